"""Ways around the rules of a batch, and dead ends, that a review of release 0.5.0 found: each with its sequence."""

from dataclasses import replace

import pytest

from calc.arithmetic.units import CAPSULE, ML, figure
from calc.record.batch import acts
from calc.record.batch.correcting import ends_batch
from calc.record.batch.evolve import evolve
from calc.record.batch.points import point_named
from calc.record.batch.review import Item
from calc.record.batch.stock import to_dispense
from calc.record.batch.values import values_of
from calc.record.batch.view import data_shown, is_hidden, withheld_points
from calc.record.refusals import NeedsSignature, NotAllowed
from tests.record.test_kinds import KINDS, made_of
from tests.support.batch import (
    ANSWERS,
    FOUR,
    MADE,
    ONE,
    ORDER,
    READ_CONTAINERS,
    READ_CRUSHING,
    READ_MIXING,
    READ_RELEASE,
    THREE,
    TWO,
    faults,
    made,
    opened,
    portioned,
    released,
    seq_of,
    weighed,
    why,
)
from tests.support.reader import bench_of

OF_TRAY = ("count_tablets", "all_tablets")
#: What can still be read once the tablets are crushed, with the lot put right.
READ_BOTTLE = {**{name: read for name, read in READ_CRUSHING.items() if name not in OF_TRAY}, "source_lot": "A10423"}
CONFIRMED = tuple(Item)


def crushed(tablets="0.480"):
    """The worked case crushed; its tablets were typed as `tablets` and put right before they were read."""
    pharmacy = opened()
    pharmacy.do(ONE, [acts.Record("count_tablets", "3"), acts.Record("all_tablets", tablets, "g")])
    if tablets != "0.480":
        typed = seq_of(pharmacy, "amount.recorded", "all_tablets")
        pharmacy.do(ONE, acts.Correct(typed, "actual", "0.480", "typed wrong", "g"), signed=False)
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    pharmacy.do(ONE, acts.Record("crush", done=True))
    return pharmacy


def lot_corrected(pharmacy):
    """A batch of which a pharmacist corrects the lot of the tablets, so that the check before crushing is void."""
    pharmacy.do(FOUR, acts.Correct(seq_of(pharmacy, "lot.taken", "source"), "text", "A10-423", "typed wrong"))
    return pharmacy


def test_nothing_is_weighed_again_that_is_crushed():
    """The lot corrected, the check is void: tablets of 0.500 g instead of 0.480 g would have passed unread."""
    pharmacy = lot_corrected(crushed())
    old = seq_of(pharmacy, "amount.recorded", "all_tablets")
    again = acts.Record("all_tablets", "0.500", "g", replaces=old, reason="weighed again")
    assert why(pharmacy, ONE, again) == "used_up"
    assert pharmacy.do(THREE, acts.Check("crushing", READ_BOTTLE)) == ["check.made"]
    mixed = portioned(reading="slip")  # nobody reads these masses, and they are mixed all the same
    mixed.do(ONE, acts.Record("begin_blend", done=True))
    portion = seq_of(mixed, "amount.recorded", "portion")
    again = acts.Record("portion", "0.430", "g", replaces=portion, reason="weighed again")
    assert why(mixed, ONE, again) == "used_up"


def test_an_older_record_of_what_was_weighed_again_when_crushed():
    pharmacy = lot_corrected(crushed())
    old = next(each for each in pharmacy.events if each.data.get("step") == "all_tablets")
    data = {**old.data, "actual": "0.500 g", "replaces": old.seq, "reason": "weighed again"}
    pharmacy.state = evolve(pharmacy.state, replace(old, seq=99, version=pharmacy.state.version + 1, data=data))
    assert why(pharmacy, THREE, acts.Check("crushing", READ_BOTTLE)) == "evidence_gone"


def test_what_was_put_right_before_it_was_read_does_not_end_the_batch_later():
    """0.490 g put right to 0.480 g, read and crushed; then the lot is corrected: the bottle alone is read again."""
    pharmacy = lot_corrected(crushed("0.490"))
    assert [each.name for each in values_of(pharmacy.state, point_named(pharmacy.state, "crushing"))] == [*READ_BOTTLE]
    assert pharmacy.do(THREE, acts.Check("crushing", READ_BOTTLE)) == ["check.made"]
    weighed_as = seq_of(pharmacy, "amount.recorded", "all_tablets")
    pharmacy.do(FOUR, acts.Correct(weighed_as, "actual", "480 mg", "read wrong"))
    assert why(pharmacy, THREE, acts.Check("crushing", READ_BOTTLE)) == "evidence_gone"


def read_otherwise(pharmacy, values):
    """A batch of which tray and label are read otherwise twice, and the first reading was wrong."""
    for _ in range(2):
        pharmacy.do(THREE, acts.Check("release", values))
    pharmacy.do(TWO, acts.Resolve("first was wrong", "counted again"))
    return pharmacy


def test_what_is_counted_again_was_made_all_the_same():
    """Of 29 made and 10 given out there are 19: the batch is not cancelled, and what it was is not lost."""
    pharmacy = released()
    pharmacy.do(TWO, acts.Dispense("10", reference="RX 1"))
    pharmacy.do(FOUR, acts.Correct(seq_of(pharmacy, "batch.made"), "made", "29", "typed wrong"))
    pharmacy.do(FOUR, acts.Free("checked again"))
    read_otherwise(pharmacy, {**READ_RELEASE, "made": "18", "label_quantity": "29"})
    assert (pharmacy.state.status.value, pharmacy.state.on_hand) == ("open", figure(19, CAPSULE))
    assert why(pharmacy, ONE, acts.Cancel("not needed")) == "wrong_state"
    assert is_hidden(pharmacy.state, "p9")
    assert pharmacy.do(TWO, acts.Move("returned", "2", reason="recall")) == ["batch.returned"]
    assert pharmacy.do(TWO, acts.Reject("damaged")) == ["batch.rejected"]
    destroyed = acts.Move("destroyed", "19", way="drug waste", reason="damaged")
    assert pharmacy.do(TWO, destroyed) == ["batch.destroyed"]


def test_no_fewer_were_made_than_were_given_out():
    """10 of 30 given out and back: corrected to 5, minus 5 would be there; 10 is the fewest."""
    pharmacy = released()
    pharmacy.do(TWO, acts.Dispense("10", reference="RX 1"))
    pharmacy.do(TWO, acts.Move("returned", "10", reason="recall"))
    made_of_it = seq_of(pharmacy, "batch.made")
    for number in ("5", "9"):
        assert why(pharmacy, FOUR, acts.Correct(made_of_it, "made", number, "typed wrong")) == "not_enough"
    pharmacy.do(FOUR, acts.Correct(made_of_it, "made", "10", "typed wrong"))
    assert to_dispense(pharmacy.state) == figure(0, CAPSULE)


def test_the_books_of_a_liquid_are_in_ml_whatever_was_typed():
    """0.1 L made and 50 mL given out: 51 mL never come back, nor 1 L; 10 mL and 0.04 L do."""
    for volume in (("0.1", "L"), ("100", "mL")):
        pharmacy, _ = made_of(KINDS["liquid of powder"][0])
        pharmacy.do(ONE, acts.Make(*volume, description="clear liquid", blank="not done"))
        label = bench_of(pharmacy.state).read(pharmacy.state, "release")
        pharmacy.do(TWO, acts.Release(label, ANSWERS, "", CONFIRMED))
        pharmacy.do(TWO, acts.Dispense("50", "mL", reference="RX 1"))
        for amount, unit in (("51", "mL"), ("1", "L")):
            assert why(pharmacy, TWO, acts.Move("returned", amount, unit, reason="recall")) == "not_enough"
        pharmacy.do(TWO, acts.Move("returned", "10", "mL", reason="recall"))
        pharmacy.do(TWO, acts.Move("returned", "0.04", "L", reason="recall"))
        assert (pharmacy.state.on_hand, to_dispense(pharmacy.state)) == (figure(100, ML), figure(50, ML))


def test_a_batch_of_which_nothing_is_left_is_used_up_also_when_it_is_freed():
    pharmacy = released()
    pharmacy.do(TWO, acts.Hold("recall"))
    pharmacy.do(TWO, acts.Move("destroyed", "30", way="drug waste", reason="recall"))
    pharmacy.do(TWO, acts.Free("answered"))
    assert pharmacy.state.status.value == "used up"


def test_what_was_signed_or_read_is_corrected_with_a_signature():
    """One's own entry is corrected without one only before anybody read it; "made" was signed, and is signed again."""
    pharmacy = portioned()
    for _ in range(2):
        pharmacy.do(TWO, acts.Check("mixing", {**READ_MIXING, "portion": "1.700 g"}))
    pharmacy.do(FOUR, acts.Resolve("check was wrong", "weighed again"))
    portion = acts.Correct(seq_of(pharmacy, "amount.recorded", "portion"), "actual", "0.430", "typed wrong", "g")
    with pytest.raises(NotAllowed):
        pharmacy.do(ONE, portion, signed=False)
    pharmacy = made()
    number = acts.Correct(seq_of(pharmacy, "batch.made"), "made", "29", "typed wrong")
    with pytest.raises(NeedsSignature):
        pharmacy.do(ONE, number, signed=False)
    assert pharmacy.do(ONE, number) == ["entry.corrected"]


def test_a_count_has_no_boat_and_what_packs_is_corrected_as_a_mass():
    """Diluent of 135 mg a body, typed wrong for 160 mg: then 3.696 g are too little, which a pharmacist looks at.

    30 bodies hold 4,800 mg; the powder takes the place of 432 mg x 160/165 = 418.9 mg; 4,381 mg are left.
    """
    pharmacy = weighed(order={**ORDER, "capsule": {"size": "3"}})
    count = seq_of(pharmacy, "count.recorded")
    assert why(pharmacy, ONE, acts.Correct(count, "tare", "1 g", "typed wrong"), signed=False) == "field_not_corrected"
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    pharmacy.do(ONE, acts.Deviate("packing_of_diluent", "equipment"), signed=False)
    draft = seq_of(pharmacy, "deviation.recorded")
    packed = [("packing_of_diluent", "1.350", "10"), ("packing_of_powder", "0.330", "2")]
    pharmacy.do(ONE, [acts.Record(step, total, "g", shells=shells) for step, total, shells in packed])
    pharmacy.do(ONE, [acts.Record("portion", "0.432", "g", reading="slip"), acts.Record("diluent", "3.696", "g")])
    packing = seq_of(pharmacy, "amount.recorded", "packing_of_diluent")
    act = acts.Correct(packing, "actual", "1.600", "typed wrong", "g")
    assert pharmacy.do(ONE, act, signed=False) == ["entry.corrected", "batch.planned", "batch.held"]
    assert pharmacy.events[-1].data["text"] == "diluent"
    pharmacy.do(FOUR, acts.Free("checked again"))
    diluent = seq_of(pharmacy, "amount.recorded", "diluent")
    pharmacy.do(ONE, acts.Record("diluent", "4.381", "g", replaces=diluent, reason="put right"))
    assert pharmacy.events[-1].data["in_band"]
    # the step has gone from the work, and its draft is signed all the same
    assert pharmacy.do(FOUR, acts.Deviate("packing_of_diluent", "equipment", signs=draft)) == ["deviation.recorded"]
    assert not pharmacy.state.has_draft


def test_who_weighs_again_does_not_learn_what_the_other_has_read():
    """From the first reading that differs until one matches, also once a pharmacist has found what was wrong."""
    pharmacy = portioned()
    pharmacy.do(TWO, acts.Check("mixing", {**READ_MIXING, "portion": "1.700 g"}))
    pharmacy.do(TWO, acts.Check("mixing", {**READ_MIXING, "portion": "1.701 g"}))
    pharmacy.do(FOUR, acts.Resolve("first was wrong", "weighed again"))
    for event in pharmacy.events:
        told = data_shown(pharmacy.state, event, ONE.person)
        assert "1.70" not in str(told)
        assert ("values" in told) == (event.data.get("point") == "crushing")
    assert withheld_points(pharmacy.state, FOUR.person) == frozenset()  # who resolved it has seen both
    pharmacy.do(ONE, acts.Record("portion", "0.433", "g", tare="1.2 g", boat="1"))
    pharmacy.do(THREE, acts.Check("mixing", READ_MIXING))
    assert withheld_points(pharmacy.state, ONE.person) == frozenset()


def test_a_second_container_is_noted_after_the_first_was_read():
    """A box of shells ends while they are filled: the next one is no correction, and is kept for a recall."""
    pharmacy = portioned()
    pharmacy.do(TWO, acts.Check("mixing", READ_MIXING))
    pharmacy.do(ONE, acts.Record("begin_blend", done=True))
    assert pharmacy.do(ONE, acts.TakeLot("capsule", "", "S2", "05/2028"))[0] == "lot.taken"
    assert (pharmacy.state.point_due, why(pharmacy, ONE, MADE)) == ("mixing", "missing")
    both = {**READ_CONTAINERS, "capsule.lot": "S30981\nS2"}
    assert pharmacy.do(TWO, acts.Check("mixing", both)) == ["check.made"]
    assert pharmacy.do(ONE, MADE) == ["batch.made"]


def test_nothing_is_mixed_while_the_dose_is_off_also_where_nobody_reads():
    """On a balance of 15 mg steps 460 mg for 432 mg are near enough, and 6.5 % above the dose."""
    pharmacy = weighed(order={**ORDER, "balance": {"readability": "15 mg", "minimum": "300 mg"}})
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    pharmacy.do(ONE, [acts.Record("portion", "0.460", "g", reading="slip"), acts.Record("diluent", "3.700", "g")])
    pharmacy.do(FOUR, acts.Deviate("portion", "equipment"))
    assert why(pharmacy, ONE, acts.Record("begin_blend", done=True)) == "dose_off"
    portion = seq_of(pharmacy, "amount.recorded", "portion")
    again = acts.Record("portion", "0.430", "g", reading="slip", replaces=portion, reason="put right")
    pharmacy.do(ONE, again)
    assert pharmacy.do(ONE, acts.Record("begin_blend", done=True)) == ["step.done"]


def planned_until(pharmacy, day):
    """A batch planned by another version, which gives another last day of use."""
    planned = next(each for each in reversed(pharmacy.events) if each.type == "batch.planned")
    data = {**planned.data, "why": "program", "use_until": day, "changed": True}
    event = replace(planned, seq=len(pharmacy.events) + 1, version=pharmacy.state.version + 1, data=data)
    pharmacy.events.append(event)
    pharmacy.state = evolve(pharmacy.state, event)
    return pharmacy


def test_a_label_that_was_read_counts_no_more_once_the_last_day_of_use_is_another():
    """The label says May 28, the plan of another version says April 1: label and release are of the plan as it is."""
    pharmacy = made()
    pharmacy.do(TWO, acts.Check("release", READ_RELEASE))
    planned_until(pharmacy, "2027-04-01")
    assert pharmacy.state.point_due == "release"
    pharmacy.do(FOUR, acts.Deviate("plan", "other version"))
    assert "values.made" in faults(pharmacy, TWO, acts.Release({}, ANSWERS, "", CONFIRMED))
    given_out = planned_until(released(), "2027-04-01")
    assert (given_out.state.status.value, given_out.state.before_hold.value) == ("held", "made")


def test_what_is_released_stays_as_it_was_planned():
    pharmacy = released()
    act = acts.Deviate("dose", "equipment")
    assert pharmacy.do(TWO, act, program="another version") == ["deviation.recorded"]
    pharmacy.do(TWO, acts.Hold("recall"))
    assert pharmacy.do(TWO, act, program="another version") == ["deviation.recorded"]


def test_no_paper_is_printed_of_a_batch_that_is_out_as_another_version_plans_it():
    """Released until May 28; a version that says April 1 prints no label of it, but the record. One made is planned."""
    pharmacy = released()
    label = acts.Print("label", "4x2", reason="first lost")
    assert pharmacy.do(TWO, label) == ["label.printed"]
    pharmacy.state = replace(pharmacy.state, use_until="2027-04-01")
    for paper in (label, acts.Print("sheet")):
        assert why(pharmacy, TWO, paper) == "plans_otherwise"
    assert pharmacy.do(TWO, acts.Print("record")) == ["record.printed"]
    pharmacy = made()
    assert pharmacy.do(TWO, acts.Print("record"), program="another version") == ["record.printed"]
    assert pharmacy.do(TWO, label, program="another version") == ["batch.planned", "label.printed"]


def test_a_correction_after_which_nobody_can_read_again_is_told_before():
    """Tablets and boats are used up once they are crushed and mixed; a lot, and what was made, are read again."""
    pharmacy = crushed()
    assert [ends_batch(pharmacy.state, each) for each in ("all_tablets", "lot.source")] == [True, False]
    assert [ends_batch(made().state, each) for each in ("portion", "made", "recovered")] == [True, False, False]
    assert not ends_batch(weighed().state, "all_tablets")


def test_a_tick_that_was_no_work_is_taken_back():
    """All of a stage ticked too early: nothing is mixed yet, and the boats are weighed again and read."""
    pharmacy = portioned()
    pharmacy.do(TWO, acts.Check("mixing", READ_MIXING))
    pharmacy.do(ONE, acts.Record("begin_blend", done=True))
    pharmacy.do(FOUR, acts.Correct(seq_of(pharmacy, "lot.taken", "diluent"), "text", "C7716", "typed wrong"))
    portion = seq_of(pharmacy, "amount.recorded", "portion")
    again = acts.Record("portion", "0.430", "g", tare="1.2 g", boat="1", replaces=portion, reason="weighed again")
    assert why(pharmacy, ONE, again) == "used_up"
    tick = seq_of(pharmacy, "step.done", "begin_blend")
    assert faults(pharmacy, ONE, acts.Correct(tick, "done", "later", "wrong line"), signed=False) == {
        "new": "unknown_choice"
    }
    assert pharmacy.do(ONE, acts.Correct(tick, "done", "no", "wrong line"), signed=False) == ["entry.corrected"]
    assert "begin_blend" not in pharmacy.state.entries
    pharmacy.do(ONE, again)
    read = {**READ_MIXING, "diluent.lot": "C7716"}
    assert pharmacy.do(THREE, acts.Check("mixing", read)) == ["check.made"]
    assert pharmacy.events[-1].data["differ"] == ["portion"]  # 0.433 g are read, and 0.430 g are there
    pharmacy.do(ONE, acts.Record("recovered", "0.475", "g"))
    assert why(pharmacy, ONE, acts.Record("begin_blend", done=True)) == "step_locked"
