"""A test that was entered as failed by mistake: who may correct it, and who may act on what it says then."""

from dataclasses import replace

import pytest

from calc.record.batch import acts
from calc.record.batch.review import Item
from calc.record.refusals import NeedsSignature, NotAllowed
from tests.record.test_mended_checks import alone_until_made
from tests.support.batch import (
    ANSWERS,
    FOUR,
    ONE,
    READ_RELEASE,
    THREE,
    TWO,
    faults,
    made,
    released,
    seq_of,
    weighed,
    why,
)

FAILS = acts.RecordTest("assay", "Laboratory One", "60 % of label", "no")


def corrected_test(pharmacy, by, field="passes", new="yes"):
    return pharmacy.do(by, acts.Correct(seq_of(pharmacy, "test.recorded"), field, new, "typed wrong"))


def test_a_test_that_was_entered_as_failed_by_mistake_is_put_right_by_three_hands():
    """Two entered it, Four corrects it; neither makes it pass alone, and Four leaves hold and release to Two."""
    pharmacy = released()
    assert pharmacy.do(TWO, FAILS) == ["test.recorded", "batch.held"]
    act = acts.Correct(seq_of(pharmacy, "test.recorded"), "passes", "yes", "typed wrong")
    assert why(pharmacy, TWO, act) == "checker_makes"
    with pytest.raises(NotAllowed):
        pharmacy.do(ONE, act)
    with pytest.raises(NeedsSignature):
        pharmacy.do(FOUR, act, signed=False)
    assert faults(pharmacy, FOUR, replace(act, new="passes")) == {"new": "unknown_choice"}
    assert pharmacy.do(FOUR, act) == ["entry.corrected"]
    assert pharmacy.do(THREE, replace(act, field="found", new="96 % of label")) == ["entry.corrected"]
    assert why(pharmacy, FOUR, acts.Free("test passes")) == "another_hand"
    assert pharmacy.do(TWO, acts.Free("test passes")) == ["batch.freed"]
    assert (pharmacy.state.status.value, pharmacy.state.point_due) == ("made", "release")
    assert [test.data["found"] for test in pharmacy.state.tests] == ["96 % of label"]
    assert why(pharmacy, FOUR, acts.Release(READ_RELEASE, ANSWERS, "", tuple(Item))) == "maker_checks"
    pharmacy.do(TWO, acts.Release(READ_RELEASE, ANSWERS, "", tuple(Item)))
    assert pharmacy.events[-1].data["review"]["tests"] == "yes"


def test_who_said_that_a_test_fails_never_says_alone_that_it_passes():
    """Entered as passed by Three, corrected to fail by Four, which holds it: neither turns it back.

    A fifth does, and leaves the hold to Four.
    """
    pharmacy = made()
    pharmacy.do(THREE, replace(FAILS, passes="yes"))
    assert corrected_test(pharmacy, FOUR, new="no") == ["entry.corrected", "batch.held"]
    assert why(pharmacy, THREE, acts.Free("test passes")) == "test_fails"
    back = acts.Correct(seq_of(pharmacy, "test.recorded"), "passes", "yes", "typed wrong")
    assert why(pharmacy, FOUR, back) == why(pharmacy, THREE, back) == "another_hand"
    fifth = THREE._replace(person="p9", name="Pharmacist Nine")
    assert pharmacy.do(fifth, back) == ["entry.corrected"]
    assert why(pharmacy, fifth, acts.Free("test passes")) == "another_hand"
    assert pharmacy.do(FOUR, acts.Free("test passes")) == ["batch.freed"]


def test_one_who_works_alone_does_not_release_what_she_made_pass():
    """In a self-check Two makes and releases. Of a test that Four entered too early she corrects; Four releases it."""
    pharmacy = alone_until_made()
    pharmacy.do(FOUR, acts.Hold("test pending"))
    pharmacy.do(FOUR, FAILS)
    assert corrected_test(pharmacy, TWO) == ["entry.corrected"]
    assert why(pharmacy, TWO, acts.Free("test passes")) == "another_hand"
    pharmacy.do(FOUR, acts.Free("test passes"))
    act = acts.Release(READ_RELEASE, ANSWERS, "", tuple(Item))
    assert why(pharmacy, TWO, act, after=600) == "another_hand"
    assert pharmacy.do(FOUR, act) == ["check.made", "batch.released"]
    own = alone_until_made()
    own.do(TWO, FAILS)
    mistake = acts.Correct(seq_of(own, "test.recorded"), "passes", "yes", "typed wrong")
    assert why(own, TWO, mistake) == "another_hand"


def test_a_laboratory_reports_also_of_a_batch_that_was_rejected():
    pharmacy = made()
    pharmacy.do(TWO, acts.Reject("contaminated"))
    assert pharmacy.do(TWO, FAILS) == ["test.recorded"]
    assert pharmacy.state.status.value == "rejected"
    cancelled = weighed()
    cancelled.do(ONE, acts.Cancel("opened twice"))
    assert why(cancelled, TWO, FAILS) == "wrong_state"
