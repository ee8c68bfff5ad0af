"""The edges of the record: what is refused, each at its field, and what is rarely done."""

from dataclasses import replace

import pytest

from calc import limits
from calc.arithmetic.units import MG, ML, figure
from calc.faults import Refused
from calc.record.batch import acts
from calc.record.batch.evolve import TYPES, UnknownEvent, evolve
from calc.record.batch.points import point_named, points_of
from calc.record.batch.recompute import recompute
from calc.record.batch.releasing import referred
from calc.record.batch.review import Item, review
from calc.record.batch.stock import to_dispense
from calc.record.batch.values import values_of
from calc.record.batch.view import data_shown
from calc.record.envelope import Late
from calc.record.refusals import ActRefused
from calc.record.settings import Settings
from tests.record.test_kinds import KINDS, made_of
from tests.support.batch import (
    ANSWERS,
    DAY,
    FOUR,
    LIBRARY,
    MADE,
    ONE,
    ORDER,
    READ_CRUSHING,
    READ_MIXING,
    READ_RELEASE,
    SYSTEM,
    THREE,
    TWO,
    Pharmacy,
    faults,
    made,
    opened,
    portioned,
    released,
    seq_of,
    weighed,
    why,
)
from tests.support.reader import bench_of, compare


def test_events_that_belong_to_no_batch_stop_the_reading():
    pharmacy = weighed()
    first, last = pharmacy.events[0], pharmacy.events[-1]
    for state, event in (
        (None, last),
        (pharmacy.state, first),
        (pharmacy.state, replace(last, type="batch.lost")),
        (pharmacy.state, replace(last, v=2)),
    ):
        with pytest.raises(UnknownEvent):
            evolve(state, event)
    assert {event.type for event in released().events} <= TYPES


def test_lots_are_of_a_component_and_replace_one_that_is_there():
    pharmacy = opened()
    assert why(pharmacy, ONE, acts.TakeLot("vehicle", "", "A", "2028-05")) == "no_such_component"
    assert why(pharmacy, ONE, acts.TakeLot("source", "", "A", "2028-05", replaces=99)) == "no_such_entry"
    assert faults(pharmacy, ONE, acts.TakeLot("source", "", "", "soon")) == {
        "lot.source.lot": "required",
        "lot.source.expiry": "date_format",
    }
    pharmacy.do(ONE, acts.TakeLot("source", "", "A2", "2028-04", replaces=seq_of(pharmacy, "lot.taken", "source")))
    assert [lot.lot for lot in pharmacy.state.lots_of("source")] == ["A2"]
    assert pharmacy.do(ONE, acts.TakeLot("container", "", "V77")) == ["lot.taken"]
    for number in range(limits.MOST_LOTS - 1):
        pharmacy.do(ONE, acts.TakeLot("source", "", f"LONG-LOT-{number}-OF-A-BOTTLE", "2028-05"))
    assert pharmacy.state.order["source"]["lot"] == "A2 and 9 more"
    assert faults(pharmacy, ONE, acts.TakeLot("source", "", "ONE MORE", "2028-05")) == {"lot.source": "list_too_long"}
    point = point_named(pharmacy.state, "crushing")
    values = {**READ_CRUSHING, "source_lot": "\n".join("ABCDEFGHIJK")}
    with pytest.raises(Refused) as refused:
        compare(weighed().state, point, values, LIBRARY)
    assert refused.value.faults[0].code == "list_too_long"


def test_entries_are_named_and_are_something():
    pharmacy = opened()
    assert why(pharmacy, ONE, acts.Record("count_tablets", "3", replaces=4)) == "no_such_entry"
    assert faults(pharmacy, ONE, acts.Record("count_tablets")) == {"bench.count_tablets": "required"}
    assert faults(pharmacy, ONE, acts.Record("all_tablets", "0.480", "g", reading="heard")) == {
        "bench.all_tablets.reading": "unknown_choice"
    }
    pharmacy.do(ONE, acts.Record("count_tablets", "3"))
    again = acts.Record("count_tablets", "4", replaces=seq_of(pharmacy, "count.recorded"), reason="counted again")
    pharmacy.do(ONE, again)
    assert pharmacy.state.entries["count_tablets"].replaced == (seq_of(pharmacy, "count.recorded") - 1,)
    assert (
        why(pharmacy, SYSTEM, acts.Open(ORDER, checking="self-check", reason="alone today")) == "self_check_not_allowed"
    )


def test_several_acts_are_refused_by_rules_and_stops_as_one():
    pharmacy = opened()
    rules = [acts.Record("crush", done=True), acts.Record("rinse", done=True)]
    with pytest.raises(ActRefused) as refused:
        pharmacy.do(ONE, rules)
    assert [each.code for each in refused.value.problems] == ["step_locked", "no_such_step"]
    with pytest.raises(Refused) as stopped:
        pharmacy.do(ONE, [acts.Record("count_tablets", "3"), acts.Record("all_tablets", "0.12", "g")])
    assert [stop.code for stop in stopped.value.stops] == ["tablet_lighter_than_drug"]
    assert pharmacy.state.entries == {}


def test_a_check_is_of_a_point_and_stops_a_dose_that_is_off():
    """103 of 100 mg of powder in 1219 instead of 1250 mg: 1.03 x 1250 / 1219 is 5.6 % too strong."""
    pharmacy = weighed()
    assert why(pharmacy, TWO, acts.Check("cooling", {})) == "no_such_point"
    order, _ = KINDS["triturated powder"]
    batch = Pharmacy()
    batch.do(ONE, acts.Open(order))
    for component in ("source", "diluent", "capsule"):
        batch.do(ONE, acts.TakeLot(component, "", "L1", "2028-05"))
    for step, mass in (("trituration_powder-1", "103"), ("trituration_diluent-1", "1116")):  # of 100 and 1150 mg
        batch.do(ONE, acts.Record(step, mass, "mg"))
        batch.do(FOUR, acts.Deviate(step, "spilled"))
    assert why(batch, TWO, acts.Check("mixing-1", bench_of(batch.state).read(batch.state, "mixing-1"))) == "dose_off"


def test_a_mismatch_is_resolved_by_choices():
    pharmacy = weighed(settings=Settings(self_check_allowed=False))
    for _ in range(2):
        pharmacy.do(TWO, acts.Check("crushing", {**READ_CRUSHING, "count_tablets": "4"}))
    act = acts.Resolve("check was wrong", "counted again", finish="later")
    assert faults(pharmacy, FOUR, act) == {"finish": "unknown_choice"}
    assert why(pharmacy, FOUR, replace(act, finish="self-check")) == "self_check_not_allowed"
    assert why(weighed(), FOUR, replace(act, finish="")) == "no_mismatch"


def test_figures_are_shown_once_and_never_to_a_maker():
    pharmacy = weighed()
    assert why(pharmacy, ONE, acts.ShowFigures()) == "nothing_would_change"
    pharmacy.do(THREE, acts.ShowFigures())
    assert why(pharmacy, THREE, acts.ShowFigures()) == "nothing_would_change"
    assert data_shown(pharmacy.state, pharmacy.events[-2], THREE.person) is pharmacy.events[-2].data
    pharmacy.do(TWO, acts.Print("sheet", "letter"))  # a sheet shows figures, too
    assert why(pharmacy, TWO, acts.Check("crushing", READ_CRUSHING)) == "saw_figures"


def test_papers_are_counted_and_made_of_what_is_there():
    pharmacy = made()
    assert why(weighed(), ONE, acts.Print("label", "2.25 x 1.25 in")) == "wrong_state"
    assert faults(pharmacy, ONE, acts.Print("poster")) == {"paper": "unknown_choice"}
    pharmacy.do(ONE, acts.Print("label", "2.25 x 1.25 in", "2"))
    assert faults(pharmacy, ONE, acts.Print("label", "", "100", tuple("x" * 41))) == {
        "number": "out_of_range",
        "lines": "list_too_long",
        "reason": "required",
    }
    pharmacy.do(ONE, acts.Print("label", "2.25 x 1.25 in", "1", reason="first damaged"))
    assert (pharmacy.events[-1].data["from"], pharmacy.events[-1].data["to"]) == (3, 3)
    pharmacy.do(TWO, acts.Reject("damaged"))
    assert why(pharmacy, ONE, acts.Print("sheet", "letter")) == "wrong_state"


def test_deviations_and_tests_belong_to_a_batch_that_goes_on():
    pharmacy = weighed()
    assert why(pharmacy, TWO, acts.Deviate("rinse", "spilled")) == "no_such_step"
    assert why(pharmacy, TWO, acts.Deviate("portion", "spilled", signs=3)) == "no_such_entry"
    assert faults(pharmacy, TWO, acts.RecordTest("", passes="perhaps")) == {
        "what": "required",
        "found": "required",
        "passes": "unknown_choice",
    }
    pharmacy.do(ONE, acts.Cancel("opened twice"))
    for act in (acts.Deviate("portion", "spilled"), acts.RecordTest("assay", found="99 %", passes="yes")):
        assert why(pharmacy, TWO, act) == "wrong_state"
    assert why(pharmacy, TWO, acts.Move("counted", "1", reason="as in the books")) == "wrong_state"


def test_the_sample_is_weighed_as_the_check_by_weight_asks():
    pharmacy = portioned()
    pharmacy.do(TWO, acts.Check("mixing", READ_MIXING))
    assert faults(pharmacy, ONE, replace(MADE, masses="185 186")) == {"masses": "list_length"}
    assert faults(pharmacy, ONE, replace(MADE, masses=" ".join(["185"] * 500))) == {"masses": "list_too_long"}
    assert faults(pharmacy, ONE, replace(MADE, shells="")) == {"shells": "list_length"}
    assert faults(pharmacy, ONE, replace(MADE, description="")) == {"description": "required"}
    pharmacy.do(ONE, acts.Record("ten_shells", "480", "mg", shells="10"))
    light = " ".join(["150"] * 10)
    assert pharmacy.do(ONE, replace(MADE, shells="", masses=light)) == ["batch.made", "batch.held"]
    assert pharmacy.events[-1].data["reason"] == "the weights fail"


def test_a_dose_that_is_off_once_all_is_mixed_holds_the_batch():
    """0.444 g of powder instead of 0.432 g and 3.590 g of diluent instead of 3.696 g, each within 3 %, as a fraction
    0.444/4.034 instead of 0.432/4.128: 5.2 % above; in fills of 138 mg instead of 137.6 mg 5.5 %.
    """
    pharmacy = portioned("slip")
    for step, mass in (("portion", "0.444"), ("diluent", "3.590")):
        entry = seq_of(pharmacy, "amount.recorded", step)
        pharmacy.do(ONE, acts.Correct(entry, "actual", mass, "typed wrong", "g"), signed=False)
        pharmacy.do(FOUR, acts.Deviate(step, "spilled"))
    assert why(pharmacy, TWO, MADE) == "checker_makes"
    heavy = replace(MADE, masses=" ".join(["186"] * 10))
    assert pharmacy.do(ONE, heavy) == ["batch.made", "batch.held"]
    assert pharmacy.events[-1].data["reason"] == "the dose is off"


def test_a_reason_for_a_mass_that_is_weighed_otherwise_falls_away():
    order = {
        **ORDER,
        "prepared_on": "2026-11-30",
        "source": {"strength": "50 mg", "tablets_weighed": 3, "total_mass": "3.7 g", "weighed_on": "2026-11-30"},
        "acknowledgements": [{"code": "heavy_tablet", "value": "1233 mg", "reason": "weighed_again"}],
    }
    pharmacy = opened(order)
    assert len(pharmacy.state.order["acknowledgements"]) == 1
    pharmacy.do(ONE, [acts.Record("count_tablets", "3"), acts.Record("all_tablets", "0.480", "g")])
    assert pharmacy.state.order["acknowledgements"] == []


def test_a_mass_is_typed_or_has_a_slip_and_its_maker_reads_none():
    """No balance writes into the record by itself, so nobody can say that one did."""
    pharmacy = opened(KINDS["bulk powder"][0])
    for reading in ("wire", "keyboard"):
        act = acts.Record("portion", "0.137", "g", reading=reading)
        assert faults(pharmacy, ONE, act) == {"bench.portion.reading": "unknown_choice"}
    pharmacy.do(ONE, acts.Record("portion", "0.137", "g", reading="slip", boat="1"))
    pharmacy.do(ONE, acts.Record("diluent", "3.991", "g"))
    point = point_named(pharmacy.state, "mixing")
    asked = [each.name for each in values_of(pharmacy.state, point) if each.read_from == "balance"]
    assert asked == ["portion", "portion.boat", "diluent"]
    maker = ONE._replace(role="pharmacist")
    assert why(pharmacy, maker, acts.Check("mixing", {})) == "maker_checks"
    assert why(pharmacy, maker, acts.Reject("damaged")) == "maker_checks"
    gone = released()
    assert why(gone, TWO, acts.Move("destroyed", "31", way="drug waste", reason="damaged")) == "not_enough"


def test_capsules_whose_fill_nobody_knows_are_not_judged_by_weight():
    pharmacy = Pharmacy()
    pharmacy.do(ONE, acts.Open({"dose": "4.5 mg", "quantity": 30, "source": {"strength": "50 mg"}}))
    state = pharmacy.state
    assert state.target("diluent").target is None
    assert review(replace(state, made_as=released().state.made_as), LIBRARY, DAY)[Item.AMOUNTS] == "no"


def test_a_liquid_is_made_by_its_volume():
    """3 % of 100 mL: 97 to 103 mL ask for nothing, less for a reason, more cannot be."""
    for volume, code, reason in (("103.1", "more_than_planned", ""), ("97", None, ""), ("96.9", None, "spilled")):
        pharmacy, _ = made_of(KINDS["liquid of whole tablets"][0])
        act = acts.Make(volume, "mL", description="white, even liquid", reason=reason, blank="not done")
        if code:
            assert why(pharmacy, ONE, act) == code
            continue
        if reason:
            assert faults(pharmacy, ONE, replace(act, reason="")) == {"reason": "required"}
        pharmacy.do(ONE, act)
        assert pharmacy.state.on_hand == figure(volume, ML)
    pharmacy.do(TWO, acts.Release(*_label_of(pharmacy)))
    pharmacy.do(TWO, acts.Dispense("50", "mL", reference="RX 1"))
    assert to_dispense(pharmacy.state) == figure("46.9", ML)
    correct = acts.Correct(seq_of(pharmacy, "batch.made"), "made", "97.5", "typed wrong", "mL")
    pharmacy.do(FOUR, correct)
    assert pharmacy.state.on_hand == figure("47.5", ML)


def _label_of(pharmacy):
    values = bench_of(pharmacy.state).read(pharmacy.state, "release")
    return values, ANSWERS, "", tuple(Item)


def test_a_release_needs_a_date_and_the_questions_of_its_drug():
    pharmacy = made()
    assert faults(pharmacy, TWO, acts.Release(READ_RELEASE, {**ANSWERS, "asthma": "no"})) == {
        "answers.asthma": "no_such_question"
    }
    assert why(pharmacy, ONE._replace(role="pharmacist"), acts.Release(READ_RELEASE, ANSWERS)) == "maker_checks"
    pharmacy.state = replace(pharmacy.state, use_until=None)
    assert why(pharmacy, TWO, acts.Release(READ_RELEASE, ANSWERS)) == "no_date"
    pharmacy.state = replace(pharmacy.state, use_until="2026-11-29")
    assert why(pharmacy, TWO, acts.Release(READ_RELEASE, ANSWERS)) == "past_use"
    with pytest.raises(ValueError, match="salt"):
        referred("", "RX 1")


def test_stock_is_released_without_answers():
    pharmacy = made(purpose="stock")
    pharmacy.do(TWO, acts.Release(READ_RELEASE))
    assert (pharmacy.events[-1].data["screening"], pharmacy.references) == ("asked at dispensing", [])


def test_who_has_read_tray_and_label_may_look_before_the_release():
    pharmacy = made()
    assert pharmacy.do(TWO, acts.Check("release", READ_RELEASE)) == ["check.made"]
    assert pharmacy.state.point_due is None
    assert review(pharmacy.state, LIBRARY, DAY)[Item.LABEL] == "yes"
    assert pharmacy.do(TWO, acts.Release({}, ANSWERS)) == ["batch.released"]


def test_the_list_says_what_a_person_has_to_look_at():
    late = Pharmacy()
    down = {"late": Late("2026-11-30 09:00", "record was down")}
    late.do(ONE, acts.Open(ORDER), **down)
    assert review(late.state, LIBRARY, DAY)[Item.LATE] == "explained"
    off = made()
    _weigh_portion(off, 443)  # 443/432: 2.5 % above
    assert review(off.state, LIBRARY, DAY)[Item.DOSE] == "no"
    off.do(FOUR, acts.Deviate("dose", "spilled"))
    assert review(off.state, LIBRARY, DAY)[Item.DOSE] == "explained"
    _weigh_portion(off, 460)  # 6.5 %
    assert review(off.state, LIBRARY, DAY)[Item.DOSE] == "no"
    off.do(FOUR, acts.RecordTest("assay", found="99 %", passes="yes"))
    assert review(off.state, LIBRARY, DAY)[Item.DOSE] == "explained"


def _weigh_portion(pharmacy, mass):
    entries = pharmacy.state.entries
    portion = entries["portion"]._replace(actual=figure(mass, MG))
    pharmacy.state = replace(pharmacy.state, entries={**entries, "portion": portion})


def test_water_and_strength_are_asked_where_the_order_has_them():
    order = {
        **KINDS["bulk powder"][0],
        "source": {"kind": "powder", "assay": "98 %", "assay_basis": "dried", "water": "4 %"},
    }
    state = opened(order).state
    assert "water" in {each.name for each in values_of(state, points_of(state)[0])}
    whole = {**KINDS["liquid of whole tablets"][0], "strength": None, "volume": "100 mL", "source": {"tablets_used": 2}}
    liquid = Pharmacy()
    liquid.do(ONE, acts.Open(whole))
    asked = [each.name for each in values_of(liquid.state, points_of(liquid.state)[0])]
    assert asked[:4] == ["drug", "form", "volume", "dose"]


def test_corrections_of_every_field():
    pharmacy = portioned()
    portion = seq_of(pharmacy, "amount.recorded", "portion")
    for field, new in (("tare", "1.25 g"), ("boat", "4")):
        pharmacy.do(FOUR, acts.Correct(portion, field, new, "typed wrong"))
    entry = pharmacy.state.entries["portion"]
    assert (entry.tare, entry.boat) == (figure(1250, MG), "4")
    crush = seq_of(pharmacy, "step.done")
    pharmacy.do(FOUR, acts.Correct(crush, "text", "by hand", "typed wrong"))
    assert pharmacy.state.entries["crush"].text == "by hand"
    pharmacy.do(FOUR, acts.Correct(seq_of(pharmacy, "lot.taken", "source"), "maker", "Maker Two", "typed wrong"))
    assert pharmacy.state.lots_of("source")[0].maker == "Maker Two"
    held = released()
    held.do(TWO, acts.Hold("recall"))
    held.do(FOUR, acts.Correct(seq_of(held, "lot.taken", "source"), "maker", "Maker Two", "typed wrong"))
    assert (held.state.status.value, held.state.before_hold.value) == ("held", "made")
    gone = released()
    gone.do(TWO, acts.Reject("damaged"))
    gone.do(FOUR, acts.Correct(seq_of(gone, "lot.taken", "source"), "expiry", "10/2026", "read wrong"))
    assert gone.events[-1].type == "entry.corrected"  # nothing is planned or held any more
    used = released()
    used.do(TWO, acts.Dispense("30", reference="RX 1"))
    used.do(FOUR, acts.Correct(seq_of(used, "lot.taken", "source"), "expiry", "10/2026", "read wrong"))
    assert (used.events[-1].type, used.state.status.value) == ("entry.corrected", "used up")


def test_late_days_are_days():
    late = Late("2026-02-30 10:00", "record was down")
    act = acts.Record("one_tablet", "0.160", "g")
    assert faults(weighed(), ONE, act, late=late) == {"late.done_at": "date_format"}


def test_a_liquid_is_read_by_its_dose_volume_and_its_vehicle_by_any_name():
    pharmacy, _ = made_of(KINDS["liquid of crushed tablets"][0])
    state = replace(pharmacy.state, entries={}, checks=())
    point = point_named(state, "crushing")
    values = bench_of(pharmacy.state).read(pharmacy.state, "crushing")
    state = pharmacy.state
    for dose, differs in (("4.5 mL", ()), ("4.5 mg", ()), ("5 mL", ("dose",))):
        assert compare(state, point, {**bench_of(state).read(state, "crushing"), "dose": dose}, LIBRARY) == differs
    assert values.keys() >= {"strength", "volume"}


def test_a_stored_batch_gives_its_fingerprint_or_is_named():
    """Figure 24, for each kind of batch."""
    for order, _ in KINDS.values():
        state = made_of(order)[0].state
        assert recompute(state, LIBRARY) is None
    other = replace(state, fingerprint="A" * 16)
    named = recompute(other, LIBRARY, "9.9")
    assert named == (state.number, "A" * 16, state.fingerprint, "test", "9.9")
    refused = replace(state, order={**state.order, "dose": "4.5 kg"})
    assert recompute(refused, LIBRARY, "9.9").now == ""


def test_a_lot_that_was_read_otherwise_at_the_release_is_taken_again_and_made_is_signed_again():
    """Found by a random walk: the lot was gone, and nothing could be recorded of a batch that was made."""
    pharmacy, _ = made_of(KINDS["liquid of whole tablets"][0])
    liquid = acts.Make("100", "mL", description="white, even liquid", blank="not done")
    pharmacy.do(ONE, liquid)
    values, *rest = _label_of(pharmacy)
    for _ in range(2):
        pharmacy.do(TWO, acts.Release({**values, "vehicle.lot": "OTHER"}, *rest))
    pharmacy.do(FOUR, acts.Resolve("first was wrong", "typed wrong"))
    assert (pharmacy.state.status.value, pharmacy.state.lots_of("vehicle")) == ("open", ())
    assert why(pharmacy, ONE, liquid) == "missing"
    pharmacy.do(ONE, acts.TakeLot("vehicle", "", "OTHER", "2028-05"))
    pharmacy.do(ONE, liquid)
    assert pharmacy.do(TWO, acts.Release(*_label_of(pharmacy)))[-1] == "batch.released"
