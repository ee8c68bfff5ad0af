"""What happened on paper while the record was down: lots, steps, "made" and what left the batch, written down later.

The clock of a `Pharmacy` stands at 12:00 in Chicago and goes on by a minute with each act.
"""

from datetime import UTC, date, datetime

import pytest

from calc.arithmetic.units import CAPSULE, figure
from calc.record.batch import acts
from calc.record.batch.review import Item
from calc.record.envelope import Late
from tests.support.batch import (
    ANSWERS,
    FOUR,
    MADE,
    ONE,
    READ_CRUSHING,
    READ_MIXING,
    READ_RELEASE,
    THREE,
    TWO,
    made,
    opened,
    portioned,
    released,
    weighed,
    why,
)


def at(time, day="2026-11-30"):
    """Written down later: done at this time."""
    return {"late": Late(f"{day} {time}", "record was down")}


def test_lots_and_steps_are_done_after_the_checks_that_they_waited_for():
    """Opened at 12:01, weighed at 12:06, checked at 12:07; crushed on paper at 12:07, not at 12:06."""
    pharmacy = weighed()
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    crushed = acts.Record("crush", done=True)
    assert why(pharmacy, ONE, crushed, **at("12:06")) == "late_too_early"
    pharmacy.do(ONE, crushed, **at("12:07"))
    pharmacy.do(ONE, acts.Record("portion", "0.440", "g"), **at("12:10"))
    assert pharmacy.state.entries["portion"].day == "2026-11-30"
    again = acts.Record("portion", "0.433", "g", replaces=pharmacy.events[-1].seq, reason="put right")
    assert why(pharmacy, ONE, again, **at("12:09")) == "late_too_early"
    pharmacy.do(ONE, again, **at("12:11"))
    # a lot that was taken before all of it, found on the paper last
    pharmacy.do(ONE, acts.TakeLot("container", "", "V7"), **at("09:30"))
    assert [each.done_at for each in pharmacy.state.lots_of("container")] == ["2026-11-30 09:30"]
    assert why(opened(), ONE, acts.TakeLot("source", "", "B1", "05/2028"), **at("23:59", "2026-11-29")) == (
        "late_out_of_order"
    )


def test_made_is_signed_later_but_not_of_work_that_was_done_after_it():
    """The mixing is read at 12:11 and blended on paper at 12:11, so that it was made from 12:11 on."""
    pharmacy = portioned()
    pharmacy.do(TWO, acts.Check("mixing", READ_MIXING))
    pharmacy.do(ONE, acts.Record("begin_blend", done=True), **at("12:11"))
    pharmacy.do(ONE, acts.TakeLot("container", "", "V7"), **at("12:12"))
    assert why(pharmacy, ONE, MADE, **at("12:10")) == "late_too_early"
    few = acts.Make("20", "", MADE.description, MADE.masses, "mg", MADE.shells, reason="spilled", blank="not done")
    assert pharmacy.do(ONE, few, **at("12:11")) == ["batch.made", "batch.held"]
    assert [event.late for event in pharmacy.events[-2:]] == [Late("2026-11-30 12:11", "record was down"), None]
    counted = acts.Move("counted", "20", reason="as in the books")
    assert why(pharmacy, TWO, counted, **at("12:10")) == "late_too_early"
    assert pharmacy.do(TWO, counted, **at("12:11")) == ["batch.counted"]


DECIDED = (
    (weighed, TWO, acts.Check("crushing", READ_CRUSHING)),
    (made, TWO, acts.Release(READ_RELEASE, ANSWERS)),
    (made, TWO, acts.RecordTest("assay", "Laboratory One", "99 %", "yes")),
    (made, FOUR, acts.Hold("equipment")),
    (made, FOUR, acts.Reject("damaged")),
    (weighed, ONE, acts.Cancel("not needed")),
    (weighed, FOUR, acts.Deviate("dose", "equipment")),
    (weighed, ONE, acts.Correct(3, "text", "A1", "typed wrong")),
    (weighed, ONE, acts.Print("sheet")),
    (weighed, THREE, acts.ShowFigures()),
)


@pytest.mark.parametrize(("start", "by", "act"), DECIDED, ids=lambda each: type(each).__name__)
def test_what_is_read_or_decided_is_never_written_down_later(start, by, act):
    assert why(start(), by, act, **at("12:00")) == "never_late"


def test_what_was_given_out_is_written_down_also_where_the_batch_is_held_since():
    """Released at 12:13 and held at 12:15 for a recall, which needs to know whom 10 of 30 went to at 12:13."""
    pharmacy = released()
    assert pharmacy.state.out[-1] == ("2026-11-30 12:13", "")
    given = acts.Dispense("10", reference="RX 1")
    assert why(pharmacy, TWO, given, **at("12:12")) == "not_released_then"
    pharmacy.do(TWO, acts.Hold("recall"))
    assert why(pharmacy, TWO, given) == "never_dispensed"
    assert why(pharmacy, TWO, given, **at("12:16"), after=600) == "not_released_then"
    assert pharmacy.do(TWO, given, **at("12:13")) == ["batch.dispensed"]
    assert why(pharmacy, TWO, acts.Dispense("21", reference="RX 2", answers=ANSWERS), **at("12:14")) == "not_enough"
    back = acts.Move("returned", "2", reason="recall")
    assert why(pharmacy, TWO, back, **at("12:12")) == "late_too_early"
    assert pharmacy.do(TWO, back, **at("12:14")) == ["batch.returned"]
    pharmacy.do(FOUR, acts.Reject("damaged"))
    pharmacy.do(TWO, acts.Dispense("3", reference="RX 2", answers=ANSWERS), **at("12:14"))
    assert (pharmacy.state.status.value, pharmacy.state.on_hand) == ("rejected", figure(19, CAPSULE))


def test_a_batch_that_was_freed_and_released_again_was_not_released_in_between():
    pharmacy = released()
    pharmacy.do(TWO, acts.Hold("recall"))
    pharmacy.do(TWO, acts.Free("answered"), after=600)
    assert pharmacy.state.out == (("2026-11-30 12:13", "2026-11-30 12:14"), ("2026-11-30 12:24", ""))
    assert why(pharmacy, TWO, acts.Dispense("1", reference="RX 1"), **at("12:20"), after=600) == "not_released_then"
    assert pharmacy.do(TWO, acts.Dispense("1", reference="RX 1"), **at("12:30")) == ["batch.dispensed"]


def test_the_last_day_of_use_is_held_to_the_day_on_paper():
    """May 28, 2027, is the last one: given out on it, written down on the next day; on that day nothing more."""
    pharmacy = released()
    pharmacy.at, pharmacy.day = datetime(2027, 5, 29, 15, 0, tzinfo=UTC), date(2027, 5, 29)
    given = acts.Dispense("1", reference="RX 1")
    assert why(pharmacy, TWO, given) == why(pharmacy, TWO, given, **at("09:00", "2027-05-29")) == "past_use"
    assert pharmacy.do(TWO, given, **at("16:00", "2027-05-28")) == ["batch.dispensed"]
    assert (pharmacy.events[-1].data["day"], pharmacy.events[-1].day) == ("2027-05-28", "2027-05-29")


def test_what_was_written_down_later_is_confirmed_before_the_release():
    pharmacy = portioned()
    pharmacy.do(TWO, acts.Check("mixing", READ_MIXING))
    pharmacy.do(ONE, MADE, **at("12:11"))
    assert why(pharmacy, TWO, acts.Release(READ_RELEASE, ANSWERS)) == "review_open"
    assert pharmacy.do(TWO, acts.Release(READ_RELEASE, ANSWERS, "", (Item.LATE,))) == ["check.made", "batch.released"]
