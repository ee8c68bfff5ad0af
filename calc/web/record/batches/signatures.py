"""Checks, signatures and deviations of a batch as its page lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from calc.library import Library
from calc.record.batch.state import BatchState
from calc.record.envelope import Event
from calc.record.words.paper import VERDICTS, of_planned
from calc.record.words.readings import point_words
from calc.verdicts import Verdict
from calc.web.record.batches.acting import address_of
from calc.web.record.batches.from_paper import done_when, written_later
from calc.web.record.batches.names import Names
from calc.web.record.batches.states import DIFFERS, MATCHED, VOID, Chip
from calc.web.record.batches.weighed import sample_said

DRAFT = Chip("wait", "clock", "Draft")
SIGNED = Chip("ok", "tick", "Signed")
_OTHERS = {
    "batch.made": "Made",
    "batch.released": "Released",
    "mismatch.resolved": "Difference resolved",
    "batch.rejected": "Rejected",
    "test.recorded": "Test recorded",
}


class Signature(NamedTuple):
    """One check or signature: what it is, its state, who stands for it with which sentence, and where it is signed."""

    title: str
    state: Chip
    said: str
    sign: str = ""


def checks_of(state: BatchState, events: Sequence[Event], library: Library) -> Iterator[Signature]:
    """Yield the checks and the signatures of a batch in their order, and beside "made" what was weighed of it."""
    void = {check.seq: check.void for check in state.checks}
    for event in events:
        if event.type == "check.made":
            differ = len(event.data["differ"])
            chip = VOID if void.get(event.seq) else DIFFERS if differ else MATCHED
            attempt = f", try {event.data['attempt']}" if differ or event.data["attempt"] > 1 else ""
            yield Signature(f"{point_words(event.data['point']).title}{attempt}", chip, _signed(event))
        elif event.type in _OTHERS:
            sample = sample_said(state, library) if _is_last_made(state, event) else ""
            made = _made(event) if event.type == "batch.made" else ""
            yield Signature(_OTHERS[event.type], SIGNED, " ".join(filter(None, (made, sample, _signed(event)))))


def _is_last_made(state: BatchState, event: Event) -> bool:
    return state.made_as is not None and state.made_as.seq == event.seq


def _made(event: Event) -> str:
    """Return what was made: how much, and what the check by weight says of a sample."""
    data = event.data
    weights = f"; {VERDICTS[Verdict(data['weights'])]}" if data["weights"] else ""
    fill = f", mean fill {data['mean_fill']}" if data["mean_fill"] else ""
    return f"{of_planned(data['made'], data['planned'])}{weights}{fill}."


def _signed(event: Event) -> str:
    meaning = f" \u201c{event.signature.meaning}\u201d" if event.signature is not None else ""
    role = f", {event.by.role}"
    later = written_later(event)
    return f"{event.by.name}{role}, {done_when(event)}{later and f', {later}'}.{meaning}"


def deviations_of(state: BatchState, names: Names) -> Iterator[Signature]:
    """Yield the deviations of a batch; a draft waits for a pharmacist."""
    for event in state.deviations:
        data = event.data
        remark = f" {data['text']}" if data["text"] else ""
        title = f"{names.step(data['step'])}: {data['reason']}.{remark}"
        draft = event.signature is None
        sign = address_of(state.number, f"deviation?signs={event.seq}") if draft else ""
        yield Signature(title, DRAFT if draft else SIGNED, _signed(event), sign)
