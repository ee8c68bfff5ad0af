"""The entries of a batch as sentences: when, who, and what; without any figure for who may not see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from calc.record.batch.codes import NO
from calc.record.batch.correcting import SHELLS, correctable
from calc.record.batch.state import BatchState
from calc.record.batch.tested import hands_on
from calc.record.envelope import Event
from calc.record.words.readings import lower_first, of_shells, point_words, shells_said
from calc.web.record.batches.acting import address_of
from calc.web.record.batches.from_paper import done_when, written_later
from calc.web.record.batches.moments import day_of
from calc.web.record.batches.names import Names
from calc.web.record.batches.titles import TITLES

#: What a field is called that can be corrected.
FIELDS: Mapping[str, str] = {
    "actual": "Amount",
    "boat": "Boat no.",
    "tare": "Boat, empty",
    "shells": "How many shells",
    "text": "Lot or text",
    "maker": "Maker",
    "expiry": "Expires",
    "made": "Made",
    "test": "Test",
    "what": "What was tested",
    "laboratory": "Laboratory",
    "found": "Found",
    "passes": "Passes",
    "done": "Done",
}


#: Why the order was planned.
PLANNED: Mapping[str, str] = {
    "opened": "the batch was opened",
    "lot": "a lot was taken",
    "weighed": "something was counted or weighed",
    "corrected": "an entry was corrected",
    "program": "the program has another version",
}


class Line(NamedTuple):
    """One entry: its sequence, when, who, what, the values that were corrected, and where it is corrected.

    `planned` is True for one that nobody made: the order was planned again.
    """

    seq: int
    when: str
    who: str
    what: str
    old: tuple[str, ...]
    correct: str
    signed: str
    planned: bool


def lines_of(
    state: BatchState, events: Sequence[Event], names: Names, *, hidden: bool, corrects: bool, person: str
) -> Iterator[Line]:
    """Yield the entries of a batch as they count now, the last one first, with what was corrected in them.

    `corrects` is True if `person` may correct one, but for a test that she entered or corrected before.
    """
    old: dict[int, list[str]] = {}
    new: dict[int, dict[str, Any]] = {}
    for event in events:
        if event.type == "entry.corrected":
            old.setdefault(event.data["seq"], []).append(_value(event.data, "old", names))
            new.setdefault(event.data["seq"], {})[event.data["field"]] = event.data["new"]
    for event in reversed(events):
        what = TITLES[event.type]
        if not hidden:
            now = replace(event, data={**event.data, **new.get(event.seq, {})})
            more = said(now, names)
            what = _work(now, names) or (f"{what}: {more}" if more else what)
        later = written_later(event)
        may = corrects and not hidden and correctable(state, event.seq) is not None
        may = may and person not in hands_on(state, event.seq)
        yield Line(
            event.seq,
            done_when(event),
            event.by.name if event.data.get("by") != "program" else "The program",
            f"{what} ({later})" if later else what,
            () if hidden else tuple(old.get(event.seq, ())),
            address_of(state.number, f"correct/{event.seq}") if may else "",
            event.signature.meaning if event.signature is not None else "",
            event.type == "batch.planned",
        )


def replaced(state: BatchState, events: Sequence[Event], names: Names) -> dict[str, tuple[str, ...]]:
    """Return the values that later ones stand for, by step: recorded again, or corrected."""
    by_seq = {event.seq: event.data for event in events}
    corrections = [event.data for event in state.corrections]
    return {
        key: (
            *(_amount(by_seq[seq], names) or by_seq[seq].get("text", "") for seq in entry.replaced if seq in by_seq),
            *(_value(data, "old", names) for data in corrections if data["seq"] == entry.seq),
        )
        for key, entry in state.entries.items()
    }


def _amount(data: Mapping[str, Any], names: Names) -> str:
    """Return the amount of an entry with the shells that it is of; blank for one without."""
    if not data.get("actual"):
        return ""
    shells = data.get("shells")
    return of_shells(names.amount(data["actual"], data["step"]), None if shells is None else int(shells))


def said(event: Event, names: Names) -> str:
    """Return the details of an entry; blank if its title says all."""
    data = event.data
    if event.type == "batch.opened":
        return f"{data['checking']}, for {data['purpose']}"
    if event.type == "batch.planned":
        return PLANNED[data["why"]]
    if event.type == "lot.taken":
        return f"{lower_first(names.component(data['component']))}, {data['text']}"
    if event.type == "check.made":
        differ = len(data["differ"])
        outcome = "all match" if not differ else "1 value differs" if differ == 1 else f"{differ} values differ"
        return f"{lower_first(point_words(data['point']).title)}, {outcome}"
    if event.type == "deviation.recorded":
        return _reason(f"{names.step(data['step'])}, {data['reason']}", data)
    if event.type == "entry.corrected":
        value = _value(data, "new", names)
        return f"{lower_first(FIELDS.get(data['field'], data['field']))} is {value}, {data['reason']}"
    if event.type == "batch.made":
        return names.amount(data["made"])
    if event.type in ("batch.dispensed", "batch.returned", "batch.destroyed", "batch.counted"):
        return _reason(names.amount(data["amount"]), data)
    if event.type == "test.recorded":
        return _reason(f"{data['what']}, {'passes' if data['passes'] == 'yes' else 'fails'}", data)
    if event.type == "mismatch.resolved":
        return _reason(str(data["finding"]), data)
    return _reason(str(data.get("reason", "")), data)


def _work(event: Event, names: Names) -> str:
    """Return what was recorded of a step; blank for an entry that is of no step."""
    if event.type not in ("amount.recorded", "count.recorded", "step.done"):
        return ""
    step, data = lower_first(names.step(event.data["step"])), event.data
    value = "not done" if data.get("done") == NO else _amount(data, names) or data.get("text", "")
    return f"recorded: {step}, {value}" if value else f"recorded: {step}"


def _value(corrected: Mapping[str, Any], which: str, names: Names) -> str:
    """Return the "old" or the "new" value of a correction."""
    return value_of(corrected["field"], corrected[which], names, corrected["touches"][0])


def value_of(field: str, value: Any, names: Names, step: str) -> str:
    """Return a value that was corrected, as the bench reads it."""
    if field == SHELLS:
        return shells_said(int(value))
    return day_of(str(value)) if field == "expiry" else names.amount(str(value), step)


def _reason(text: str, data: Mapping[str, Any]) -> str:
    remark = data.get("text", "")
    return ", ".join(part for part in (text, remark) if part)
