"""Corrections, mismatches and other versions of the program: nothing passes that was not read again."""

from dataclasses import replace

import pytest

from calc.arithmetic.units import CAPSULE, MG, figure
from calc.faults import Refused
from calc.record.batch import acts
from calc.record.batch.points import point_named
from calc.record.batch.values import values_of
from calc.record.refusals import ActRefused, NotAllowed
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
    seq_of,
    weighed,
    why,
)


def test_an_entry_of_ones_own_is_corrected_before_any_check_without_a_signature():
    pharmacy = weighed()
    act = acts.Correct(seq_of(pharmacy, "amount.recorded"), "actual", "0.490", "typed wrong", "g")
    assert pharmacy.do(ONE, act, signed=False) == ["entry.corrected", "batch.planned"]
    data = pharmacy.events[-2].data
    assert (data["old"], data["new"], data["voids"]) == ("0.480 g", "0.490 g", [])
    assert pharmacy.state.entries["all_tablets"].actual == figure(490, MG)
    assert pharmacy.state.target("portion").target == figure(441, MG)  # 9/10 of it
    other = ONE._replace(person="p9")
    with pytest.raises(NotAllowed):
        pharmacy.do(other, acts.Correct(seq_of(pharmacy, "amount.recorded"), "actual", "0.48", "typed wrong", "g"))


def test_a_corrected_entry_voids_the_checks_that_stood_on_it():
    pharmacy = portioned()
    act = acts.Correct(seq_of(pharmacy, "lot.taken", "source"), "text", "A10-423", "typed wrong")
    with pytest.raises(NotAllowed):
        pharmacy.do(ONE, act, signed=False)
    assert pharmacy.do(FOUR, act)[0] == "entry.corrected"
    assert pharmacy.events[-2].data["voids"] == ["crushing"]
    assert (pharmacy.state.status.value, pharmacy.state.point_due) == ("due for a check", "crushing")
    assert pharmacy.state.order["source"]["lot"] == "A10-423"
    again = [each.name for each in values_of(pharmacy.state, point_named(pharmacy.state, "crushing"))]
    gone = {"count_tablets", "all_tablets"}  # the tablets are crushed: what can still be read is read again
    assert again == [name for name in READ_CRUSHING if name not in gone]
    values = {name: READ_CRUSHING[name] for name in again}
    assert why(pharmacy, ONE, acts.Record("end_point", "even")) == "step_locked"
    pharmacy.do(THREE, acts.Check("crushing", {**values, "source_lot": "A10423"}))
    assert pharmacy.state.point_due == "mixing"


def test_what_is_used_up_cannot_be_read_again_so_the_batch_is_rejected():
    pharmacy = portioned()
    act = acts.Correct(seq_of(pharmacy, "amount.recorded", "all_tablets"), "actual", "0.481", "typed wrong", "g")
    pharmacy.do(FOUR, act)
    assert pharmacy.state.point_due == "crushing"
    values = {name: READ_CRUSHING[name] for name in list(READ_CRUSHING)[:9]}
    assert why(pharmacy, THREE, acts.Check("crushing", values)) == "evidence_gone"
    assert pharmacy.do(THREE, acts.Reject("dose off")) == ["batch.rejected"]


def test_a_released_batch_is_held_by_a_correction_and_released_anew():
    pharmacy = released()
    pharmacy.do(TWO, acts.Dispense("10", reference="RX 1"))
    act = acts.Correct(seq_of(pharmacy, "lot.taken", "diluent"), "expiry", "04/2028", "read wrong")
    pharmacy.do(FOUR, act)
    assert pharmacy.state.status.value == "held"
    assert pharmacy.events[-2].data["voids"] == ["mixing", "release"]
    assert why(pharmacy, TWO, acts.Dispense("1", reference="RX 2")) == "never_dispensed"
    pharmacy.do(TWO, acts.Free("answered"))
    assert (pharmacy.state.status.value, pharmacy.state.point_due) == ("made", "mixing")
    again = [each.name for each in values_of(pharmacy.state, point_named(pharmacy.state, "mixing"))]
    assert again == ["diluent.name", "diluent.lot", "size", "capsule.lot"]
    pharmacy.do(TWO, acts.Check("mixing", {name: READ_MIXING[name] for name in again}))
    left = {**READ_RELEASE, "made": "20"}  # what the tray holds now
    written = pharmacy.do(TWO, acts.Release(left, ANSWERS, reviewed=("corrections",)))
    assert written == ["check.made", "batch.released"]
    assert pharmacy.state.on_hand == figure(20, CAPSULE)


def test_a_batch_signed_again_keeps_what_left_it():
    """Found by a random walk: released, 10 dispensed, corrected, its tray read otherwise, signed as made once more."""
    pharmacy = released()
    pharmacy.do(TWO, acts.Dispense("10", reference="RX 1"))
    pharmacy.do(FOUR, acts.Correct(seq_of(pharmacy, "lot.taken", "diluent"), "expiry", "04/2028", "read wrong"))
    pharmacy.do(TWO, acts.Free("answered"))
    point = point_named(pharmacy.state, "mixing")
    pharmacy.do(
        TWO, acts.Check("mixing", {each.name: READ_MIXING[each.name] for each in values_of(pharmacy.state, point)})
    )
    for _ in range(2):
        read = {**READ_RELEASE, "made": "18"}
        pharmacy.do(TWO, acts.Release(read, ANSWERS, reviewed=("corrections",)))
    pharmacy.do(THREE, acts.Resolve("first was wrong", "counted again"))
    assert why(pharmacy, ONE, replace(MADE, made="9", reason="spilled")) == "not_enough"
    pharmacy.do(ONE, replace(MADE, made="28", reason="spilled"))
    assert pharmacy.state.on_hand == figure(18, CAPSULE)


def test_what_comes_back_of_a_corrected_batch_is_held():
    """Found by a random walk: used up, corrected, and then something came back."""
    pharmacy = released()
    pharmacy.do(TWO, acts.Dispense("30", reference="RX 1"))
    pharmacy.do(FOUR, acts.Correct(seq_of(pharmacy, "lot.taken", "diluent"), "expiry", "04/2028", "read wrong"))
    assert pharmacy.state.status.value == "used up"
    pharmacy.do(TWO, acts.Move("returned", "6", reason="recall"))
    assert (pharmacy.state.status.value, pharmacy.state.before_hold.value) == ("held", "made")


def test_an_expiry_that_was_read_wrong_holds_the_batch_if_it_was_past():
    pharmacy = made()
    act = acts.Correct(seq_of(pharmacy, "lot.taken", "source"), "expiry", "10/2026", "read wrong")
    assert pharmacy.do(FOUR, act) == ["entry.corrected", "batch.held"]
    assert pharmacy.events[-1].data["text"] == "expired"
    pharmacy.do(TWO, acts.Free("other", "to see what the list says"))
    again = {name: READ_CRUSHING[name] for name in list(READ_CRUSHING)[:9]}
    pharmacy.do(TWO, acts.Check("crushing", {**again, "source_expiry": "10/2026"}))
    with pytest.raises(ActRefused) as refused:
        pharmacy.do(TWO, acts.Release(READ_RELEASE, ANSWERS, reviewed=("corrections",)))
    assert refused.value.problems[0].facts["items"] == ("figures", "lots")


def test_no_more_can_be_corrected_away_than_was_given_out():
    pharmacy = released()
    pharmacy.do(TWO, acts.Dispense("30", reference="RX 1"))
    act = acts.Correct(seq_of(pharmacy, "batch.made"), "made", "29", "typed wrong")
    assert why(pharmacy, FOUR, act) == "not_enough"


def test_corrections_name_an_entry_that_counts_and_change_it():
    pharmacy = weighed()
    seq = seq_of(pharmacy, "amount.recorded")
    assert why(pharmacy, FOUR, acts.Correct(1, "actual", "1 g", "typed wrong")) == "no_such_entry"
    assert why(pharmacy, FOUR, acts.Correct(seq, "number", "1 g", "typed wrong")) == "field_not_corrected"
    assert why(pharmacy, FOUR, acts.Correct(seq, "actual", "0.480", "typed wrong", "g")) == "nothing_would_change"
    with pytest.raises(Refused) as refused:
        pharmacy.do(FOUR, acts.Correct(seq, "actual", "0,48", "because", "g"))
    assert {fault.field: fault.code.value for fault in refused.value.faults} == {
        "reason": "unknown_choice",
        "new": "decimal_comma",
    }


@pytest.mark.parametrize(
    ("finding", "next_"),
    [("first was wrong", ("open", None)), ("check was wrong", ("due for a check", "crushing"))],
)
def test_the_way_past_a_mismatch_is_a_clean_reading(finding, next_):
    pharmacy = weighed()
    wrong = {**READ_CRUSHING, "count_tablets": "4"}
    pharmacy.do(TWO, acts.Check("crushing", wrong))
    act = acts.Record("count_tablets", "4", replaces=seq_of(pharmacy, "count.recorded"), reason="counted again")
    assert why(pharmacy, ONE, act) == "read_twice"
    correct = acts.Correct(seq_of(pharmacy, "count.recorded"), "actual", "4", "typed wrong")
    assert why(pharmacy, FOUR, correct) == "read_twice"
    pharmacy.do(TWO, acts.Check("crushing", wrong))
    assert pharmacy.state.status.value == "held"
    assert why(pharmacy, TWO, acts.Free("answered")) == "resolve_first"
    assert why(pharmacy, ONE._replace(role="pharmacist"), acts.Resolve(finding, "counted again")) == "maker_checks"
    pharmacy.do(FOUR, acts.Resolve(finding, "counted again"))
    assert (pharmacy.state.status.value, pharmacy.state.point_due) == next_
    if finding == "first was wrong":
        assert "count_tablets" not in pharmacy.state.entries
        pharmacy.do(ONE, acts.Record("count_tablets", "3"))
    assert why(pharmacy, FOUR, acts.Check("crushing", READ_CRUSHING)) == "saw_figures"
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    assert pharmacy.state.matched("crushing")


def test_of_a_wrong_order_nothing_is_put_right_and_what_cannot_be_told_is_rejected():
    for finding, types in (("first was wrong", None), ("cannot be told", ["mismatch.resolved", "batch.rejected"])):
        pharmacy = weighed()
        for _ in range(2):
            pharmacy.do(TWO, acts.Check("crushing", {**READ_CRUSHING, "dose": "0.45 mg"}))
        if types is None:
            assert why(pharmacy, FOUR, acts.Resolve(finding, "typed wrong")) == "reject_instead"
        else:
            assert pharmacy.do(FOUR, acts.Resolve(finding, "typed wrong")) == types
            assert pharmacy.state.status.value == "rejected"


def test_where_nobody_else_is_there_a_batch_is_finished_as_self_check():
    pharmacy = opened(by=TWO)
    pharmacy.do(TWO, [acts.Record("count_tablets", "3"), acts.Record("all_tablets", "0.480", "g")])
    for _ in range(2):
        pharmacy.do(FOUR, acts.Check("crushing", {**READ_CRUSHING, "count_tablets": "4"}))
    pharmacy.do(FOUR, acts.Resolve("check was wrong", "counted again", finish="self-check"))
    assert pharmacy.state.self_checked
    pharmacy.do(TWO, acts.Check("crushing", {**READ_CRUSHING, "zeroed": "yes"}))
    assert pharmacy.events[-1].data["checking"] == "self-check"
    assert pharmacy.state.matched("crushing")


def test_another_version_of_the_program_plans_again_and_changed_figures_need_a_deviation():
    pharmacy = weighed()
    assert pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING), program="next") == ["batch.planned", "check.made"]
    assert pharmacy.events[-2].data["changed"] is False
    assert (pharmacy.state.program, pharmacy.events[-2].signature) == ("next", None)
    other = weighed()
    other.state = replace(other.state, fingerprint="A" * 16)  # as if the version before had worked out something else
    other.do(ONE, acts.Record("one_tablet", "0.160", "g"), program="next")
    assert other.events[-2].data["changed"] is True
    assert why(other, TWO, acts.Check("crushing", READ_CRUSHING), program="next") == "not_due"
    other.do(TWO, acts.Deviate("plan", "other version"), program="next")
    assert other.do(TWO, acts.Check("crushing", READ_CRUSHING), program="next") == ["check.made"]


def test_a_batch_that_computes_otherwise_than_it_was_planned_is_held():
    pharmacy = weighed()
    pharmacy.state = replace(pharmacy.state, fingerprint="A" * 16)
    assert pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING)) == ["check.made", "batch.held"]
    assert pharmacy.events[-1].data["by"] == "program"


def test_two_batches_exchanged_differ_by_label_boat_and_lot():
    """Tray, boats and labels of another batch of the same order: its number, boats, masses and lots tell."""
    pharmacy = portioned()
    others = {**READ_MIXING, "portion": "1.712 g", "portion.boat": "7", "diluent.lot": "C7801"}
    pharmacy.do(TWO, acts.Check("mixing", others))
    assert pharmacy.events[-1].data["differ"] == ["portion", "portion.boat", "diluent.lot"]
    batch = made()
    batch.do(TWO, acts.Release({**READ_RELEASE, "label_number": "26-000124"}, ANSWERS))
    assert batch.events[-1].data["differ"] == ["label_number"]
    assert batch.state.status.value == "made"
