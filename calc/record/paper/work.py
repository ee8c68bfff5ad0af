"""The work as it was done: actual amounts beside their targets, lots of the components, what was corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from calc.answers.writer import Writer
from calc.arithmetic import notation
from calc.arithmetic.units import MG, ML, G
from calc.planning.bench import BenchCode
from calc.record.batch import figures
from calc.record.batch.blending import Addition, additions
from calc.record.batch.correcting import SHELLS
from calc.record.batch.state import OWN_TARGET, BatchState, Entry
from calc.record.envelope import Event
from calc.record.paper.people import brief
from calc.record.paper.planned import Component, OfPlan, PlannedRow
from calc.record.words import paper as words
from calc.record.words.readings import of_shells, shells_said
from calc.wording import sheet as of_sheet

Printed = dict[str, Any]
#: The steps at which the amount of a component is measured, by the part of the order; those of a list by its code.
_MEASURED = {
    "source": ("count_tablets", "full_capsules", "empty_shells", "all_tablets", "crushed_tablets"),
    "diluent": ("trituration_diluent", "rub_diluent", "diluent"),
    "capsule": ("shells",),
    "vehicle": ("to_volume",),
    "container": ("container", "bottles"),
}
#: The names under which an event has the value of an entry.
_VALUES = ("actual", "number", "text")
#: The steps that are written down when the batch is signed as made.
_WITH_MADE = frozenset({"ten_capsules", "mean_fill", "yield", "describe", "volume_made"})
#: What is weighed out of bulk powder, which is not counted or weighed before.
_OF_POWDER = ("portion", "trituration_powder")


class Written:
    """What was written of one batch: its events by their sequence, and the corrections of each."""

    def __init__(self, state: BatchState, events: Sequence[Event]) -> None:
        self.state, self.events = state, events
        self.by_seq = {event.seq: event for event in events}
        self.units = {target.step: target.unit for target in state.targets}
        self.decimals = Writer(figures.read(state.order["balance"]["readability"])).balance_decimals
        self.day = str(state.order["prepared_on"])
        self.corrections: dict[int, list[Event]] = {}
        for event in events:
            if event.type == "entry.corrected":
                self.corrections.setdefault(event.data["seq"], []).append(event)

    def of(self, *types: str) -> list[Event]:
        """Return the events of some types, in their order."""
        return [event for event in self.events if event.type in types]

    def value(self, event: Event, *names: str) -> str:
        """Return the first value that an event has under one of some names, as corrected; blank if it has none."""
        for name in names:
            for corrected in reversed(self.corrections.get(event.seq, [])):
                if corrected.data["field"] == name:
                    return str(corrected.data["new"])
            found = event.data.get(name)
            if found not in (None, ""):
                return str(found)
        return ""

    def said(self, event: Event, text: str) -> str:
        """Return a value of an entry as the bench reads it; that it is done where it has none."""
        unit = self.units.get(event.data.get("step", ""), "")
        return amount_said(text, unit, self.decimals) if text else words.DONE

    def struck(self, event: Event, *names: str) -> list[str]:
        """Return the values that corrections struck out of an event, the oldest first."""
        return [
            str(each.data["old"])
            for each in self.corrections.get(event.seq, [])
            if each.data["field"] in names or not names
        ]


def rows(plan: OfPlan, written: Written) -> list[Printed]:
    """Return the sections of the work, each row with what was recorded for its step."""
    entries, printed, added = written.state.entries, set[str](), additions(written.state)
    sections: list[Printed] = []
    for title, planned in plan.sections:
        of_section = [
            {
                "do": row.do,
                "target": _target(row, entries),
                **_entry(written, row.key, entries.get(row.key)),
                **_added(written, entries.get(row.key), added.get(row.key)),
            }
            for row in planned
        ]
        printed |= {row.key for row in planned}
        sections.append({"title": title, "rows": of_section})
    others = [entry for key, entry in entries.items() if key not in printed]
    if others:
        named = [{"do": _step_name(entry.step), "target": "", **_entry(written, entry.step, entry)} for entry in others]
        sections.append({"title": words.OTHER_STEPS, "rows": named})
    return sections


def _added(written: Written, entry: Entry | None, addition: Addition | None) -> Printed:
    """Return what was added at a step of the blend by what was weighed out; nothing of another step or undone."""
    if entry is None or addition is None:
        return {}
    added, *total = (amount_said(figures.written(mass), "g", written.decimals) for mass in addition if mass is not None)
    return {"actual": words.MAKES.format(added=added, total=total[0]) if total else added}


def _target(row: PlannedRow, entries: Mapping[str, Entry]) -> str:
    """Return the target of a step; blank where it is what was recorded at it."""
    entry = entries.get(row.key)
    return "" if entry is not None and entry.code in OWN_TARGET else row.target


def _step_name(key: str) -> str:
    """Return the name of a step that has a field or a box on the sheet, or its key in words."""
    for fields in of_sheet.EQUIPMENT.values():
        for name, _, step in fields:
            if step == key:
                return name
    return key.replace("_", " ").capitalize()


def _entry(written: Written, key: str, entry: Entry | None) -> Printed:
    """Return what was recorded for a step: the amount, those struck out, the side of the band, who and when."""
    if entry is None:
        return {"actual": "", "struck": [], "side": "", "by": "", "entry": "", **_with_made(written, key)}
    event = written.by_seq[entry.seq]
    struck = [
        (actual(written, written.by_seq[seq]), written.value(event, "reason"))
        for seq in entry.replaced
        if seq in written.by_seq
    ]
    struck += [(written.said(event, old), "") for old in written.struck(event, *_VALUES)]
    struck += [(shells_said(int(old)), "") for old in written.struck(event, SHELLS)]
    return {
        "actual": actual(written, event),
        "struck": [[old, f" ({why})" if why else ""] for old, why in struck],
        "side": words.SIDES[entry.side],
        "by": brief(event, written.day),
        "entry": str(entry.seq),
    }


def _with_made(written: Written, key: str) -> Printed:
    """Return what was written down of a step when the batch was signed as made; nothing of another step."""
    made = written.state.made_as
    if made is None or key not in _WITH_MADE:
        return {}
    masses = made.data["masses"]
    found = {
        "describe": written.value(made, "description"),
        "ten_capsules": words.BELOW.format(number=len(masses)) if masses else "",
        "mean_fill": written.value(made, "mean_fill"),
    }.get(key, written.value(made, "made"))
    return {"actual": found, "by": brief(made, written.day), "entry": str(made.seq)} if found else {}


def actual(written: Written, event: Event) -> str:
    """Return the amount, the count or the text of an entry, with its boat and how it was read."""
    shells = written.value(event, SHELLS) if event.type == "amount.recorded" else ""
    found = of_shells(amount(written, event), int(shells) if shells else None)
    boat, tare = written.value(event, "boat"), written.value(event, "tare")
    more = [words.BOAT.format(boat=boat)] if boat else []
    more += [words.TARE.format(tare=written.said(event, tare))] if tare else []
    return ", ".join([found, *more])


def amount(written: Written, event: Event) -> str:
    """Return the amount or the text of an entry; that it is done where it has neither."""
    return written.said(event, written.value(event, *_VALUES))


def amount_said(text: str, unit: str, decimals: int) -> str:
    """Return an amount of an event as the bench reads it: in the unit of its step, grams with their decimals.

    >>> amount_said("432 mg", "g", 3), amount_said("30 capsules", "capsules", 3), amount_said("3 pieces", "shells", 3)
    ('0.432 g', '30 capsules', '3 shells')
    """
    try:
        found = figures.read(text)
    except (KeyError, ValueError):  # no figure: a text
        return text
    if unit == "g":
        places = max(decimals, len(notation.exact(found.to(G)).partition(".")[2]))
        return notation.with_unit(notation.grouped(notation.fixed(found.to(G), places)), G)
    if unit in ("mg", "mL"):
        wanted = MG if unit == "mg" else ML
        return notation.with_unit(notation.grouped(notation.exact(found.to(wanted))), wanted)
    return f"{notation.grouped(notation.exact(found))} {unit or text.partition(' ')[2]}"


def components(plan: OfPlan, written: Written) -> list[Printed]:
    """Return each component with the amounts that were measured of it and every lot of it that was taken."""
    lots = [written.by_seq[lot.seq] for lot in written.state.lots]
    known = {each.key for each in plan.components}
    others = [
        Component(key, key, "", "") for key in dict.fromkeys(lot.data["component"] for lot in lots) if key not in known
    ]
    return [
        {
            "name": each.name,
            "note": each.note,
            "planned": each.planned,
            "actual": list(_measured(each, written)),
            "lots": [_lot(written, lot) for lot in lots if lot.data["component"] == each.key],
        }
        for each in (*plan.components, *others)
    ]


def _measured(component: Component, written: Written) -> Iterator[str]:
    """Yield the amounts that were measured of a component."""
    entries = written.state.entries
    kind, _, place = component.key.rpartition(".")
    if kind == "vehicle.parts":
        yield from _of_part(int(place), written)
        return
    codes: tuple[str, ...] = _MEASURED.get(component.key, ())
    if component.key == "source" and not any(_of(entries, code) for code in codes):
        codes = _OF_POWDER
    if kind == "ingredients":
        codes = (BenchCode.INGREDIENT.value, BenchCode.INGREDIENT_VOLUME.value)
    for code in codes:
        for entry in _of(entries, code):
            event = written.by_seq[entry.seq]
            if kind != "ingredients" or event.data["what"] == component.name:
                yield amount(written, event)


def _of_part(place: int, written: Written) -> Iterator[str]:
    """Yield the volume that was measured of one part of a vehicle; of the last to volume that it was brought to."""
    entries, number = written.state.entries, len(written.state.order["vehicle"]["parts"])
    keys = [f"{BenchCode.MEASURE_PART}-{place + 1}", *([BenchCode.MEASURE_PART.value] if place == 0 else [])]
    if place == number - 1:
        keys.append(BenchCode.TO_VOLUME.value)
    entry = next((entries[key] for key in keys if key in entries), None)
    if entry is not None:
        yield amount(written, written.by_seq[entry.seq])


def _of(entries: Mapping[str, Entry], code: str) -> list[Entry]:
    """Return the entries of the steps of one code."""
    return [entry for key, entry in entries.items() if key == code or key.startswith(f"{code}-")]


def _lot(written: Written, event: Event) -> Printed:
    """Return one lot of a component with maker and expiry, and what corrections struck out."""
    names = {"maker": ("maker",), "lot": ("lot", "text"), "expiry": ("expiry",)}
    said = {name: [written.value(event, *kept), *written.struck(event, *kept)] for name, kept in names.items()}
    replaced = written.by_seq.get(event.data.get("replaces") or 0)
    while replaced is not None:
        said["lot"].append(written.value(replaced, "lot", "text"))
        replaced = written.by_seq.get(replaced.data.get("replaces") or 0)
    return {**said, "by": brief(event, written.day)}


def joined(parts: Iterable[str], between: str = ". ") -> str:
    """Return those parts of a sentence that are not blank, joined."""
    return between.join(part for part in parts if part)
