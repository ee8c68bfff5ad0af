"""What came of the last reading of a batch, for a screen that is handed over and shows nothing else of it."""

from __future__ import annotations

import re

from calc.record.batch.points import RELEASE
from calc.record.batch.state import BatchState, BatchStatus, CheckMade
from calc.record.refusals import Unknown
from calc.record.streams import NUMBER
from calc.record.words.readings import point_words
from calc.web.record.batches.acting import batch_of
from calc.web.record.batches.from_paper import done_when
from calc.web.record.batches.moments import time_of
from calc.web.record.routes import PREFIX

_PAGE = re.compile(rf"{PREFIX}/batches/({NUMBER.pattern})", re.ASCII)


def outcome_at(address: str) -> str:
    """Return what came of the last reading of the batch with this address; blank for any other address.

    No figure is told, nor what differs: that stands on the form.
    """
    page = _PAGE.fullmatch(address)
    if page is None:
        return ""
    try:
        return outcome_of(batch_of(page[1]))
    except Unknown:
        return ""


def outcome_of(state: BatchState) -> str:
    """Return what came of the last reading of a batch, with its time and who read; blank before the first."""
    if state.status is BatchStatus.RELEASED and state.released is not None:
        return f"Batch {state.number} is released: {done_when(state.released)}, {state.released.by.name}."
    if not state.checks:
        return ""
    check = state.checks[-1]
    title = point_words(check.point).title
    return f"Batch {state.number}. {title}, {time_of(check.at)}, {check.by.name}: {_came(state, check)}"


def _came(state: BatchState, check: CheckMade) -> str:
    if check.void:
        return "what it stood on was put right since; it is made again."
    if check.matched:
        goes_on = "It is not released yet." if check.point == RELEASE else "The work goes on."
        return f"all values match. {goes_on}"
    if state.status is BatchStatus.HELD:
        return "values differ again. The batch is held for a pharmacist."
    return "values differ. All are read again, once."
