"""Ways around a check that a review found, each tried by hand, and what now stands there."""

import pytest

from calc.record.batch import acts
from calc.record.batch.points import points_of
from calc.record.batch.review import Item
from calc.record.batch.view import is_hidden
from calc.record.refusals import NeedsSignature
from tests.support.batch import (
    ANSWERS,
    FOUR,
    LOTS,
    MADE,
    ONE,
    ORDER,
    READ_CRUSHING,
    READ_MIXING,
    READ_RELEASE,
    THREE,
    TWO,
    Pharmacy,
    faults,
    made,
    portioned,
    weighed,
    why,
)


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


def test_who_releases_has_read_tray_and_label_herself_as_they_are_now():
    """Pharmacist Two reads 30 capsules; Three signs the release, and later Two with 5 of them destroyed."""
    pharmacy = made()
    pharmacy.do(TWO, acts.Check("release", READ_RELEASE))
    unread = acts.Release({}, ANSWERS, reviewed=tuple(Item))
    assert "values.made" in faults(pharmacy, THREE, unread)
    pharmacy.do(TWO, acts.Move("destroyed", "5", way="drug waste", reason="damaged"))
    assert "values.made" in faults(pharmacy, TWO, unread)
    assert pharmacy.do(THREE, acts.Release(READ_RELEASE, ANSWERS)) == ["check.made"]
    assert (pharmacy.events[-1].data["differ"], pharmacy.state.point_due) == (["made"], "release")
    written = pharmacy.do(THREE, acts.Release({**READ_RELEASE, "made": "25"}, ANSWERS))
    assert written == ["check.made", "batch.released"]
    own = made()
    own.do(TWO, acts.Check("release", READ_RELEASE))
    assert own.do(TWO, unread) == ["batch.released"]


def test_who_works_alone_waits_before_she_reads_and_not_only_before_she_signs():
    """The check before the release on its own page is no other act; work at another batch is one."""
    pharmacy = alone_until_made()
    read = acts.Check("release", READ_RELEASE)
    assert why(pharmacy, TWO, read, after=599) == "too_soon"
    assert pharmacy.do(TWO, read, elsewhere=True) == ["check.made"]
    later = alone_until_made()
    assert why(later, TWO, read, after=599) == "too_soon"
    assert later.do(TWO, read, after=1) == ["check.made"]


def test_figures_are_hidden_from_who_may_still_read_them_also_before_and_while_held():
    """Nothing yet; from the first lot to the check before mixing; from "made" to the release, unless she read it."""
    pharmacy = Pharmacy()

    def hidden():
        return [is_hidden(pharmacy.state, each.person) for each in (ONE, TWO, THREE)]

    pharmacy.do(ONE, acts.Open(ORDER))
    assert hidden() == [False, False, False]
    for component, lot in LOTS.items():
        pharmacy.do(ONE, acts.TakeLot(component, "", lot, "05/2028"))
    assert hidden() == [False, True, True]
    pharmacy.do(ONE, [acts.Record("count_tablets", "3"), acts.Record("all_tablets", "0.480", "g")])
    pharmacy.do(FOUR, acts.Hold("equipment"))
    assert (pharmacy.state.point_due, hidden()) == (None, [False, True, True])
    pharmacy.do(THREE, acts.ShowFigures())
    pharmacy.do(FOUR, acts.Free("answered"))
    assert hidden() == [False, True, False]
    assert why(pharmacy, THREE, acts.Check("crushing", READ_CRUSHING)) == "saw_figures"
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    pharmacy.do(ONE, acts.Record("portion", "0.433", "g", tare="1.2 g", boat="1"))
    assert (pharmacy.state.point_due, hidden()) == (None, [False, True, False])
    pharmacy.do(ONE, acts.Record("diluent", "3.696", "g"))
    pharmacy.do(TWO, acts.Check("mixing", READ_MIXING))
    assert hidden() == [False, False, False]
    pharmacy.do(ONE, MADE)
    assert hidden() == [False, True, False]
    pharmacy.do(FOUR, acts.Check("release", READ_RELEASE))
    assert (hidden(), is_hidden(pharmacy.state, FOUR.person)) == ([False, True, False], False)
    pharmacy.do(FOUR, acts.Release({}, ANSWERS, reviewed=tuple(Item)))
    assert hidden() == [False, False, False]


def test_a_batch_is_cancelled_with_a_signature_by_its_maker_or_a_pharmacist():
    pharmacy, other = weighed(), weighed()
    cancel = acts.Cancel("opened twice")
    assert why(pharmacy, ONE._replace(person="p9"), cancel) == "maker_cancels"
    with pytest.raises(NeedsSignature):
        pharmacy.do(ONE, cancel, signed=False)
    assert pharmacy.do(ONE, cancel) == other.do(TWO, cancel) == ["batch.cancelled"]
    assert pharmacy.events[-1].signature.meaning == "I cancel this batch."


def alone_until_made():
    """The worked case made by one who works alone."""
    pharmacy = Pharmacy()
    pharmacy.do(TWO, acts.Open(ORDER, checking="self-check", reason="alone today"))
    for component, lot in LOTS.items():
        pharmacy.do(TWO, acts.TakeLot(component, "", lot, "2028-05"))
    pharmacy.do(TWO, [acts.Record("count_tablets", "3"), acts.Record("all_tablets", "0.480", "g")])
    pharmacy.do(TWO, acts.Check("crushing", {**READ_CRUSHING, "zeroed": "yes"}))
    pharmacy.do(TWO, acts.Record("portion", "0.433", "g", tare="1.2 g", boat="1"))
    pharmacy.do(TWO, acts.Record("diluent", "3.696", "g"))
    pharmacy.do(TWO, acts.Check("mixing", {**READ_MIXING, "zeroed": "yes"}))
    pharmacy.do(TWO, MADE)
    return pharmacy
