"""Ways by which a wrong batch could leave: each is a case that was found by reading the rules against them."""

from dataclasses import replace

import pytest

from calc.record.batch import acts
from calc.record.batch.review import Item, review
from calc.record.refusals import ActRefused
from tests.support.batch import (
    ANSWERS,
    DAY,
    FOUR,
    LIBRARY,
    MADE,
    ONE,
    READ_MIXING,
    READ_RELEASE,
    TWO,
    made,
    portioned,
    released,
)

FAILS = acts.RecordTest("assay", "Laboratory One", "60 % of label", "no")


def refused(pharmacy, by, act, **more):
    """The code of the rule that refuses an act, and what it names."""
    with pytest.raises(ActRefused) as found:
        pharmacy.do(by, act, **more)
    problem = found.value.problems[0]
    return problem.code, problem.facts.get("items")


def test_a_failed_test_stops_release_and_dispensing():
    before = portioned()  # tested before it is signed as made: nothing to hold yet, and nothing to release later
    assert before.do(TWO, FAILS) == ["test.recorded"]
    before.do(TWO, acts.Check("mixing", READ_MIXING))
    before.do(ONE, MADE)
    assert refused(before, TWO, acts.Release(READ_RELEASE, ANSWERS)) == ("review_fails", ("tests",))
    for pharmacy in (made(), released()):
        assert pharmacy.do(TWO, FAILS) == ["test.recorded", "batch.held"]
        pharmacy.do(TWO, acts.RecordTest("assay", "Laboratory Two", "99 % of label", "yes"))
        assert refused(pharmacy, TWO, acts.Free("test passes")) == ("test_fails", None)
        assert refused(pharmacy, TWO, acts.Dispense("1", reference="RX 1")) == ("never_dispensed", None)
        assert pharmacy.do(TWO, acts.Reject("test fails")) == ["batch.rejected"]
    gone = released()  # all of it is given out: what comes back is released again, and still not given out
    gone.do(TWO, acts.Dispense("30", reference="RX 1"))
    gone.do(TWO, FAILS)
    gone.do(TWO, acts.Move("returned", "5", reason="recall"))
    assert refused(gone, TWO, acts.Dispense("1", reference="RX 2")) == ("test_fails", None)


def test_a_draft_stops_dispensing_until_a_pharmacist_signs_it():
    pharmacy = released()
    pharmacy.do(ONE, acts.Deviate("dose", "other", "something was very wrong"), signed=False)
    assert refused(pharmacy, TWO, acts.Dispense("30", reference="RX 1")) == ("draft_open", None)
    draft = pharmacy.events[-1].seq
    pharmacy.do(FOUR, acts.Deviate("dose", "other", "looked into, nothing found", signs=draft))
    assert pharmacy.do(TWO, acts.Dispense("30", reference="RX 1")) == ["batch.dispensed"]


def test_only_a_test_of_the_content_stands_for_a_dose_that_is_off():
    """Each mass 11 mg above 137.6 mg of fill and 48 mg of shell: a mean fill 8 % above the planned one."""
    pharmacy = portioned()
    passes = acts.RecordTest("assay", "Laboratory One", "99 % of label", "yes")
    pharmacy.do(TWO, passes)  # of something, before anything is made
    pharmacy.do(TWO, acts.Check("mixing", READ_MIXING))
    heavy = " ".join(str(float(mass) + 11) for mass in MADE.masses.split())
    assert pharmacy.do(ONE, replace(MADE, masses=heavy)) == ["batch.made", "batch.held"]
    pharmacy.do(TWO, acts.RecordTest("other", found="white", passes="yes", text="color"))
    assert review(pharmacy.state, LIBRARY, DAY)[Item.DOSE] == "no"
    pharmacy.do(TWO, passes)
    found = review(pharmacy.state, LIBRARY, DAY)
    assert (found[Item.DOSE], found[Item.TESTS]) == ("explained", "yes")
