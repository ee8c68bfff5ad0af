"""Ways around a check that a review found, each tried by hand, and what now stands there."""

from calc.record.batch import acts
from calc.record.batch.points import points_of
from tests.record.test_corrections import why
from tests.support.batch import FOUR, MADE, ONE, READ_MIXING, THREE, TWO, portioned


def test_two_readings_that_differ_are_not_left_behind_by_a_slip():
    """The check before mixing differs twice; weighed again with a slip, the boats are read all the same."""
    pharmacy = portioned()
    for _ in range(2):
        pharmacy.do(TWO, acts.Check("mixing", {**READ_MIXING, "portion": "1.700 g"}))
    pharmacy.do(FOUR, acts.Resolve("first was wrong", "weighed again"))
    pharmacy.do(ONE, acts.Record("portion", "0.433", "g", tare="1.2 g", boat="1", reading="slip"))
    assert [point.key for point in points_of(pharmacy.state)] == ["crushing", "mixing", "release"]
    assert pharmacy.state.point_due == "mixing"
    assert why(pharmacy, ONE, MADE) == "missing"
    pharmacy.do(THREE, acts.Check("mixing", READ_MIXING))
    assert pharmacy.do(ONE, MADE) == ["batch.made"]


def test_who_checked_as_a_second_person_does_not_work_at_a_self_check():
    """Two differ, nobody else is there, so it is finished as self-check: by its maker, not by who read before."""
    pharmacy = portioned()
    for _ in range(2):
        pharmacy.do(TWO, acts.Check("mixing", {**READ_MIXING, "portion": "1.700 g"}))
    pharmacy.do(FOUR, acts.Resolve("first was wrong", "weighed again", finish="self-check"))
    again = acts.Record("portion", "0.433", "g", tare="1.2 g", boat="1")
    assert why(pharmacy, TWO, again) == "checker_makes"
    assert pharmacy.do(ONE, again) == ["amount.recorded"]
