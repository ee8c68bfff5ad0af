"""Tests of a batch that were entered wrongly: corrected by another pharmacist, and believed by a third hand.

Who entered a test, or corrected it before, does not correct it; and who made one pass by a correction neither takes the
batch out of hold nor releases it. So it never takes one person alone to make a test pass that failed.
"""

from __future__ import annotations

from calc.record.batch.codes import CHOICES, NO, YES
from calc.record.batch.state import BatchState
from calc.record.batch.typed import Typed
from calc.record.envelope import Event

#: What a test is called among what is corrected.
TEST = "test"
FIELDS = ("passes", "found", "laboratory", "what", "text")


def test_of(state: BatchState, seq: int) -> Event | None:
    """Return the test with this sequence, with its values as corrected; None if there is none."""
    return next((event for event in state.tests if event.seq == seq), None)


def hands_on(state: BatchState, seq: int) -> frozenset[str]:
    """Return who entered a test, and who corrected it; nobody for what is no test."""
    test = test_of(state, seq)
    if test is None:
        return frozenset()
    return frozenset({test.by.person, *(each.by.person for each in state.corrections if each.data["seq"] == seq)})


def made_to_pass(state: BatchState) -> frozenset[str]:
    """Return who has corrected a test of a batch so that it passes."""
    tests = {event.seq for event in state.tests}
    found = (event for event in state.corrections if event.data["seq"] in tests and event.data["field"] == "passes")
    return frozenset(event.by.person for event in found if event.data["new"] == YES)


def new_of_test(typed: Typed, field: str, given: str) -> str:
    """Return the new value of a field of a test."""
    if field in ("what", "passes"):
        return typed.chosen("new", given, CHOICES[TEST] if field == "what" else (YES, NO))
    return typed.remark("new", given) if field == "text" else typed.text("new", given, needed=field == "found")
