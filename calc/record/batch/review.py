"""The list that is gone through before a batch is released: each item computed where the record knows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum, unique

from calc.arithmetic.units import PERCENT
from calc.faults import Refused
from calc.library import Library
from calc.planning.bench_judged import Back, BackState
from calc.record.batch import figures
from calc.record.batch.back import back_of, worst
from calc.record.batch.bench_order import components_of, order_with
from calc.record.batch.codes import NO, OF_CONTENT, OF_DOSE, YES
from calc.record.batch.finishing import blank_steps, unexplained, yield_of
from calc.record.batch.planned import plan_again, plan_batch
from calc.record.batch.points import RELEASE, SLIP, missing_at, needed_for_made, points_of
from calc.record.batch.state import BatchState
from calc.verdicts import Verdict

#: What is said of an item that is neither yes nor no.
EXPLAINED, ASKED, NOT_KEPT = "explained", "asked", "not kept yet"
#: Steps without an entry, as who made the batch has said and signed: nothing is left to be confirmed.
LEFT_BLANK = "left blank"


@unique
class Item(StrEnum):
    """The items of the list, in order."""

    AMOUNTS = "amounts"
    STEPS = "steps"
    BANDS = "bands"
    DOSE = "dose"
    FIGURES = "figures"
    CHECKS = "checks"
    SELF_CHECK = "self_check"
    LATE = "late"
    LOTS = "lots"
    BALANCE = "balance"
    SLIPS = "slips"
    WEIGHTS = "weights"
    TESTS = "tests"
    YIELD = "yield"
    DEVIATIONS = "deviations"
    CORRECTIONS = "corrections"
    FORMULATION = "formulation"
    QUESTIONS = "questions"
    LABEL = "label"


#: Items that the form of the release itself decides.
BY_FORM = frozenset({Item.QUESTIONS, Item.LABEL})


def review(state: BatchState, library: Library, day: date) -> Mapping[Item, str]:
    """Return each item with "yes", "no", "explained", "asked" (a person has to look) or "not kept yet"."""
    found = {
        Item.AMOUNTS: _yes(all(step in state.entries for step in needed_for_made(state))),
        Item.STEPS: LEFT_BLANK if unexplained(blank_steps(state)) else YES,
        Item.BANDS: _bands(state),
        Item.DOSE: _dose(state, library),
        Item.FIGURES: _figures(state, library),
        Item.CHECKS: _yes(all(state.matched(point.key) for point in points_of(state) if point.key != RELEASE)),
        Item.LOTS: _lots(state, day),
        Item.BALANCE: NOT_KEPT,
        Item.WEIGHTS: _weights(state),
        Item.YIELD: _yield(state, library),
        Item.DEVIATIONS: _deviations(state),
        Item.CORRECTIONS: EXPLAINED if state.corrections else YES,
        Item.FORMULATION: NOT_KEPT,
        Item.QUESTIONS: ASKED,
        Item.LABEL: YES if state.matched(RELEASE) else ASKED,
    }
    if state.is_liquid:
        del found[Item.WEIGHTS]
    if state.self_checked:
        found[Item.SELF_CHECK] = EXPLAINED
    if state.tests:
        found[Item.TESTS] = _yes(not state.fails_test)
    if state.from_paper:
        found[Item.LATE] = EXPLAINED
    if any(entry.reading == SLIP for entry in state.entries.values()):
        found[Item.SLIPS] = ASKED
    return {item: found[item] for item in Item if item in found}


def to_confirm(found: Mapping[Item, str]) -> tuple[Item, ...]:
    """Return the items that a person confirms with the release."""
    return tuple(item for item, said in found.items() if said in (EXPLAINED, ASKED) and item not in BY_FORM)


def _yes(good: bool) -> str:
    return YES if good else NO


def _bands(state: BatchState) -> str:
    out = [entry for entry in state.entries.values() if entry.side]
    missing = [each for each in missing_at(state, points_of(state)[-1]) if each.startswith("deviation.")]
    return NO if missing else EXPLAINED if out else YES


def _dose(state: BatchState, library: Library) -> str:
    """Return yes up to the notice; a deviation has to be signed; beyond its limit the content has to pass."""
    found = back_of(state, library)
    off = worst(found)
    if off is BackState.STOP:
        return EXPLAINED if _content_passes(state) else NO
    if off is BackState.DEVIATION:
        return EXPLAINED if _dose_is_explained(state, found) else NO
    return ASKED if off is None else YES


def _dose_is_explained(state: BatchState, found: tuple[Back, ...]) -> bool:
    """Return True if a signed deviation was written when the dose was as far off as today, or further, on its side."""
    off = max((back.deviation.to(PERCENT).value for back in found), key=abs)
    signed = (each.data for each in state.deviations if each.data["step"] == OF_DOSE and each.signature is not None)
    known = (figures.read(data["effect"]["exact"]).value for data in signed if data["effect"] is not None)
    return any(each * off > 0 and abs(each) >= abs(off) for each in known)


def _content_passes(state: BatchState) -> bool:
    """Return True if what was made last was tested for its content and passed, and no test fails."""
    since = 0 if state.made_as is None else state.made_as.version
    passed = (test for test in state.tests if test.version > since and test.data["passes"] == YES)
    return not state.fails_test and any(test.data["what"] in OF_CONTENT for test in passed)


def _figures(state: BatchState, library: Library) -> str:
    """Return yes if the plan of the record follows from what was recorded."""
    try:
        planned = plan_again(order_with(state), library)
    except Refused:
        return NO
    return _yes(planned.order == state.order and planned.fingerprint == state.fingerprint)


def _lots(state: BatchState, day: date) -> str:
    there = all(state.lots_of(component) for component in components_of(state.order))
    return _yes(there and all(lot.expiry >= day.isoformat() for lot in state.lots if lot.expiry))


def _yield(state: BatchState, library: Library) -> str:
    """Return what is to be said of what was made, as it may be corrected; what it held a pharmacist freed."""
    if state.made is None:
        return ASKED
    verdict = yield_of(plan_batch(state.order, library).plan, state.made)
    return NO if verdict is None else YES if verdict is Verdict.PASS else EXPLAINED


def _weights(state: BatchState) -> str:
    """Return what the check by weight of "made" says; a batch that it held was freed by a pharmacist, with a reason."""
    verdict = None if state.made_as is None else state.made_as.data["weights"]
    if verdict is None:
        return ASKED
    return YES if verdict == Verdict.PASS.value else EXPLAINED


def _deviations(state: BatchState) -> str:
    if not state.deviations:
        return YES
    return EXPLAINED if all(each.signature is not None for each in state.deviations) else NO
