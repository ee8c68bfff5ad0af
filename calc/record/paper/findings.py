"""What was found, decided and corrected in a batch: checks, deviations, holds, tests, moves, papers, corrections."""

from __future__ import annotations

from typing import Any

from calc.paper.label import STOCKS
from calc.record.batch.state import SELF_CHECK
from calc.record.envelope import Event
from calc.record.paper.people import by_and_when, short, when, who
from calc.record.paper.work import Written, joined
from calc.record.words import paper as words
from calc.record.words.readings import READINGS, component_words, point_words
from calc.record.words.steps import step_name
from calc.wording.paper import PAPER_NAMES, plan_id

Printed = dict[str, Any]
#: The sizes of sheets and labels, in words.
_SIZES = PAPER_NAMES | {key: stock.name for key, stock in STOCKS.items()}


def name_of(code: str) -> str:
    """Return a code as words.

    >>> name_of("tablets_counted"), name_of("mass-2")
    ('tablets counted', 'mass 2')
    """
    return code.replace("_", " ").replace("-", " ")


def point_said(point: str) -> str:
    """Return the title of a check point.

    >>> point_said("crushing"), point_said("mixing-1")
    ('Check before crushing', 'Check before mixing, trituration step 1')
    """
    return point_words(point).title


def value_said(name: str, *, liquid: bool = False) -> str:
    """Return the label of a value that was read, by its name.

    >>> value_said("source_lot"), value_said("diluent.lot"), value_said("portion.boat"), value_said("aliquot-2")
    ('Lot on the bottle', 'Diluent: lot', 'Powder weighed out: boat no.', 'Aliquot of the trituration 2')
    """
    if name in words.OF_BOTTLE:
        return words.OF_BOTTLE[name]
    about, _, part = name.rpartition(".")
    if part in words.OF_CONTAINER and about:
        return words.OF_CONTAINER[part].format(name=component_words(about))
    if part == "boat":
        return words.BOAT_OF.format(name=value_said(about))
    code, _, number = name.partition("-")
    if liquid and code == "dose":
        code = "dose_liquid"
    said = READINGS[code].label if code in READINGS else name_of(code)
    return f"{said} {number}".strip()


def signatures(written: Written) -> list[list[str]]:
    """Return every signature: for what, by whom, when, its meaning and method, and what it stands for."""
    return [
        [
            _what(event),
            who(event.by),
            when(event),
            f"{event.signature.meaning} ({event.signature.method})",
            words.UPTO.format(seq=event.signature.upto, hash=short(event.signature.hash)),
        ]
        for event in written.events
        if event.signature is not None
    ]


def _what(event: Event) -> str:
    """Return what an event is; for a check its point, its try, and how it ended."""
    if event.type != "check.made":
        return words.EVENTS.get(event.type, name_of(event.type))
    said = words.SIGNED_DIFFERS if event.data["differ"] else words.SIGNED_MATCHES
    return said.format(point=point_said(event.data["point"]), attempt=event.data["attempt"])


def checks(written: Written) -> list[Printed]:
    """Return every check with all values that were read, of each attempt."""
    void = {check.seq for check in written.state.checks if check.void}
    return [_check(written, event, is_void=event.seq in void) for event in written.of("check.made")]


def _check(written: Written, event: Event, *, is_void: bool) -> Printed:
    data = event.data
    liquid = written.state.is_liquid
    differ = [value_said(name, liquid=liquid) for name in data["differ"]]
    outcome = words.DIFFER.format(names=", ".join(differ)) if differ else words.MATCH
    said = words.CHECK.format(point=point_said(data["point"]), attempt=data["attempt"], outcome=outcome)
    is_self = data["checking"] == SELF_CHECK
    return {
        "said": said,
        "marks": [*([words.VOID] if is_void else []), *([words.SELF_CHECK] if is_self else [])],
        "by": words.READ_BY.format(who=who(event.by), at=when(event)),
        "values": [
            words.VALUE.format(name=value_said(each["name"], liquid=liquid), value=each["value"])
            for each in data["values"]
        ],
    }


def step_said(step: str) -> str:
    """Return the name of a step, or of what a deviation is at that is none.

    >>> step_said("portion"), step_said("recovered"), step_said("dose")
    ('Powder weighed out', 'Powder recovered', 'Dose by what was weighed')
    """
    return words.AT.get(step) or step_name(step) or value_said(step)


def deviations(written: Written) -> list[list[str]]:
    """Return every deviation: where, why, its effect on the dose, and who signed it."""
    return [
        [
            step_said(written.value(event, "step", "what")),
            joined([written.value(event, "reason"), written.value(event, "text")]),
            _effect(event),
            by_and_when(event) if event.signature is not None else f"{by_and_when(event)}: {words.DRAFT}",
        ]
        for event in written.state.deviations
    ]


def _effect(event: Event) -> str:
    """Return how far the dose was off when a deviation was written down; blank before the first mass of drug."""
    effect = event.data["effect"]
    return "" if effect is None else words.EFFECT.format(off=effect["off"])


def holds(written: Written) -> list[list[str]]:
    """Return holds, mismatches resolved, rejection and cancelling, with their reasons."""
    found = written.of("batch.held", "batch.freed", "mismatch.resolved", "batch.rejected", "batch.cancelled")
    return [
        [
            _what(event),
            joined(written.value(event, name) for name in ("finding", "reason", "text")),
            words.BY_PROGRAM.format(at=when(event)) if event.data.get("by") == "program" else by_and_when(event),
        ]
        for event in found
    ]


def tests(written: Written) -> list[list[str]]:
    """Return every test: what, by whom, what was found, whether it passes."""
    return [
        [
            joined([written.value(event, "what"), written.value(event, "text")], ", "),
            written.value(event, "laboratory"),
            joined([written.value(event, "found"), written.value(event, "passes"), *_struck(written, event)], ", "),
            by_and_when(event),
        ]
        for event in written.of("test.recorded")
    ]


def _struck(written: Written, event: Event) -> list[str]:
    """Return what a correction struck out of a test, if it did."""
    old = written.struck(event)
    return [words.STRUCK.format(old=", ".join(old))] if old else []


def moves(written: Written) -> list[list[str]]:
    """Return what left the pharmacy, came back, was destroyed or counted; whose it was stands beside the record."""
    found = written.of("batch.dispensed", "batch.returned", "batch.destroyed", "batch.counted")
    return [
        [
            _what(event),
            written.value(event, "amount"),
            joined((_named(event, name) for name in words.OF_MOVE), ", "),
            by_and_when(event),
        ]
        for event in found
    ]


def _named(event: Event, name: str) -> str:
    """Return a value of a move with the word that names it; blank if there is none."""
    value = event.data.get(name)
    return words.OF_MOVE[name].format(value=value) if value else ""


def papers(written: Written) -> list[list[str]]:
    """Return the papers that were printed, those void that were printed before the batch was planned again."""
    planned = max((event.seq for event in written.of("batch.planned")), default=0)
    found = []
    for event in written.of("sheet.printed", "label.printed"):
        fingerprint = event.data.get("fingerprint") or written.state.fingerprint
        is_void = event.seq < planned and fingerprint != written.state.fingerprint
        filled = event.data.get("filled") or ()
        details = [
            _numbers(event),
            _SIZES.get(written.value(event, "size"), ""),
            plan_id(fingerprint),
            written.value(event, "reason"),
            words.PATIENT_LINES.format(names=", ".join(map(name_of, filled))) if filled else "",
            words.VOID_SHEET if is_void else "",
        ]
        found.append([_what(event), joined(details, ", "), by_and_when(event)])
    return found


def _numbers(event: Event) -> str:
    first, last = event.data["from"], event.data["to"]
    return words.NUMBER.format(number=first) if first == last else words.NUMBERED.format(first=first, last=last)


def corrections(written: Written) -> list[list[str]]:
    """Return every correction: of which entry and field, the old value, the new one, why, by whom."""
    return [
        [
            words.LAST_CHANGE.format(entry=event.data["seq"]),
            name_of(event.data["field"]),
            str(event.data["old"]),
            str(event.data["new"]),
            written.value(event, "reason"),
            by_and_when(event),
        ]
        for event in written.of("entry.corrected")
    ]
