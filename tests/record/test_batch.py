"""A batch from open to released and after, worked by hand: what is written, and what is refused on the way."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from calc.arithmetic.units import CAPSULE, MG, Figure, figure
from calc.record.batch import acts
from calc.record.batch.points import points_of
from calc.record.batch.stock import to_dispense
from calc.record.envelope import Late
from calc.record.refusals import NeedsSignature, NotAllowed, Unknown
from calc.record.settings import Settings
from tests.support.batch import (
    ANSWERS,
    AUDITOR,
    FOUR,
    MADE,
    ONE,
    ORDER,
    READ_CONTAINERS,
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
    weighed,
    why,
)


def stands(pharmacy):
    state = pharmacy.state
    return state.status.value, state.point_due


def test_the_worked_case_from_open_to_used_up():
    """3 tablets of 0.480 g hold 150 mg: 135 mg of drug are 9/10 of them, 432 mg; 30 x 137.6 less 432 is 3696 mg."""
    pharmacy = Pharmacy()
    assert pharmacy.do(ONE, acts.Open(ORDER, container="vial")) == ["batch.opened", "batch.planned"]
    assert pharmacy.state.order["internal_number"] == "26-000123"
    assert pharmacy.state.order["prepared_on"] == "2026-11-30"
    assert pharmacy.state.target("portion").target is None
    for component, lot in (("source", "A10-422"), ("diluent", "C7715"), ("capsule", "S30981")):
        assert pharmacy.do(ONE, acts.TakeLot(component, "", lot, "05/2028")) == ["lot.taken", "batch.planned"]
    assert pharmacy.state.order["source"]["expiry"] == "2028-05-31"
    assert pharmacy.do(ONE, acts.Record("count_tablets", "3", "tablets")) == ["count.recorded"]
    assert stands(pharmacy) == ("open", None)
    assert pharmacy.do(ONE, acts.Record("all_tablets", "0.480", "g")) == ["amount.recorded", "batch.planned"]
    assert pharmacy.state.target("portion").target == figure(432, MG)
    assert pharmacy.state.target("diluent").target == figure(3696, MG)
    assert stands(pharmacy) == ("due for a check", "crushing")
    assert pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING)) == ["check.made"]
    assert stands(pharmacy) == ("open", None)
    assert pharmacy.do(ONE, acts.Record("crush", done=True)) == ["step.done"]
    portion = acts.Record("portion", "0.433", "g", tare="1.2 g", boat="1")
    assert pharmacy.do(ONE, portion) == ["amount.recorded"]
    assert pharmacy.do(ONE, acts.Record("diluent", "3.696", "g")) == ["amount.recorded"]
    assert stands(pharmacy) == ("due for a check", "mixing")
    assert pharmacy.do(TWO, acts.Check("mixing", READ_MIXING)) == ["check.made"]
    assert pharmacy.do(ONE, MADE) == ["batch.made"]
    assert stands(pharmacy) == ("made", "release")
    label = acts.Print("label", "2.25 x 1.25 in", "2", ("Naltrexone 4.5 mg", "Batch 26-000123"), ("patient",))
    assert pharmacy.do(ONE, label) == ["label.printed"]
    assert pharmacy.do(TWO, acts.Release(READ_RELEASE, ANSWERS)) == ["check.made", "batch.released"]
    assert stands(pharmacy) == ("released", None)
    assert pharmacy.do(TWO, acts.Dispense("28", reference="RX 4711")) == ["batch.dispensed"]
    assert pharmacy.state.on_hand == figure(2, CAPSULE)
    assert pharmacy.do(TWO, acts.Move("destroyed", "2", way="drug waste", reason="kept as samples")) == [
        "batch.destroyed"
    ]
    assert stands(pharmacy) == ("used up", None)
    assert pharmacy.state.makers == {"p1"}
    assert pharmacy.state.checkers == {"p2"}
    assert [event.type for event in pharmacy.events].count("batch.planned") == 5
    for event in pharmacy.events:  # no float, and every event is JSON as it stands
        assert event.envelope() == json.loads(json.dumps(event.envelope()), parse_float=lambda _: None)


def test_what_an_amount_says():
    data = portioned().events[-2].data
    assert data == {
        "step": "portion",
        "what": "",
        "actual": "0.433 g",
        "target": "432 mg",
        "in_band": True,
        "reading": "typed",
        "boat": "1",
        "tare": "1.2 g",
        "replaces": None,
        "reason": "",
    }


def test_signatures_say_what_they_stand_for():
    signed = {event.type: event.signature.meaning for event in released().events if event.signature is not None}
    assert signed == {
        "check.made": "I read tray and label myself, reviewed this record and release the batch.",
        "batch.made": "I made this batch as recorded.",
        "batch.released": "I read tray and label myself, reviewed this record and release the batch.",
    }


@pytest.mark.parametrize(
    ("by", "act", "error"),
    [
        (AUDITOR, acts.Record("count_tablets", "3"), NotAllowed),
        (SYSTEM, acts.Record("count_tablets", "3"), NotAllowed),
        (ONE, acts.Check("crushing", READ_CRUSHING), NotAllowed),
        (ONE, acts.Hold("equipment"), NotAllowed),
        (ONE, acts.Release(READ_RELEASE, ANSWERS), NotAllowed),
    ],
)
def test_the_table_of_rights_decides_also_here(by, act, error):
    with pytest.raises(error):
        weighed().do(by, act)


def test_what_is_signed_is_not_done_without_a_signature():
    for pharmacy, by, act in (
        (weighed(), TWO, acts.Check("crushing", READ_CRUSHING)),
        (made(), TWO, acts.Release(READ_RELEASE, ANSWERS)),
        (weighed(), TWO, acts.Hold("equipment")),
    ):
        with pytest.raises(NeedsSignature):
            pharmacy.do(by, act, signed=False)
    with pytest.raises(Unknown):
        Pharmacy().do(ONE, acts.Record("count_tablets", "3"))


def test_a_technician_checks_before_crushing_where_the_pharmacy_says_so():
    pharmacy = weighed(by=TWO, settings=Settings(technicians_check_before_crushing=True))
    other = ONE._replace(person="p9")
    assert pharmacy.do(other, acts.Check("crushing", READ_CRUSHING)) == ["check.made"]


def test_nothing_is_done_out_of_its_turn():
    pharmacy = weighed()
    assert why(pharmacy, ONE, acts.Record("crush", done=True)) == "step_locked"
    assert why(pharmacy, ONE, acts.Record("portion", "0.432", "g")) == "step_locked"
    assert why(pharmacy, ONE, MADE) == "missing"
    assert why(pharmacy, TWO, acts.Release(READ_RELEASE, ANSWERS)) == "wrong_state"
    assert why(pharmacy, TWO, acts.Dispense("1", reference="RX 1")) == "never_dispensed"
    assert why(pharmacy, TWO, acts.Check("mixing", READ_MIXING)) == "not_due"
    assert why(pharmacy, ONE, acts.Record("all_tablets", "0.480", "g")) == "already_recorded"
    assert why(pharmacy, ONE, acts.Record("yield", "30", "capsules")) == "not_recorded_here"
    assert why(pharmacy, ONE, acts.Record("rinse", done=True)) == "no_such_step"
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    assert why(pharmacy, ONE, acts.Record("all_tablets", "0.481", "g", replaces=10)) == "checked_already"
    taken = pharmacy.state.lots_of("source")[0].seq
    assert why(pharmacy, ONE, acts.TakeLot("source", "", "B1", "2028-05", taken)) == "checked_already"
    assert why(pharmacy, TWO, acts.Record("portion", "0.432", "g")) == "checker_makes"


def test_an_amount_out_of_band_needs_a_deviation_and_one_far_off_is_refused():
    """1 % of 432 mg is 4.32 mg and 3 % are 12.96 mg: 437 mg is out of band, 445 mg far off."""
    pharmacy = weighed()
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    assert why(pharmacy, ONE, acts.Record("portion", "0.445", "g")) == "too_far"
    pharmacy.do(ONE, acts.Record("portion", "0.437", "g"))
    assert pharmacy.events[-1].data["in_band"] is False
    pharmacy.do(ONE, acts.Record("diluent", "3.696", "g"))
    assert stands(pharmacy) == ("open", None)
    pharmacy.do(ONE, acts.Deviate("portion", "weighed out too much"), signed=False)
    assert stands(pharmacy) == ("due for a check", "mixing")
    effect = pharmacy.events[-1].data["effect"]  # 437/432 of the dose: 5/432 above it
    assert effect == {"off": "+1.16 %", "exact": f"{Fraction(500, 432)} %", "state": "notice"}
    draft = pharmacy.events[-1].seq
    read = {name: value for name, value in READ_MIXING.items() if name != "portion.boat"}
    pharmacy.do(TWO, acts.Check("mixing", {**read, "portion": "0.437 g"}))
    pharmacy.do(ONE, MADE)
    assert why(pharmacy, TWO, acts.Release(READ_RELEASE, ANSWERS)) == "draft_open"
    pharmacy.do(FOUR, acts.Deviate("portion", "weighed out too much", signs=draft))
    assert why(pharmacy, TWO, acts.Release(READ_RELEASE, ANSWERS)) == "review_open"
    items = ("bands", "deviations")
    assert pharmacy.do(TWO, acts.Release(READ_RELEASE, ANSWERS, reviewed=items))[-1] == "batch.released"


def test_a_plain_batch_with_a_slip_is_read_twice_and_its_containers_at_the_release():
    pharmacy = portioned("slip")
    assert [point.key for point in points_of(pharmacy.state)] == ["crushing", "release"]
    pharmacy.do(ONE, MADE)
    values = {**READ_RELEASE, **READ_CONTAINERS}
    assert why(pharmacy, TWO, acts.Release(values, ANSWERS)) == "review_open"
    assert pharmacy.do(TWO, acts.Release(values, ANSWERS, reviewed=("slips",)))[-1] == "batch.released"


def test_a_release_needs_every_answer_and_keeps_none():
    pharmacy = made()
    assert faults(pharmacy, TWO, acts.Release(READ_RELEASE, {"opioids": "no"})) == {"answers.liver_disease": "required"}
    given = {**ANSWERS, "opioids": "yes"}
    assert why(pharmacy, TWO, acts.Release(READ_RELEASE, given)) == "answer_stops"
    pharmacy.do(TWO, acts.Release(READ_RELEASE, given, override="opioid_free_interval_kept"))
    data = pharmacy.events[-1].data
    assert data["screening"] == "asked, overridden"
    assert "opioid" not in json.dumps(data)
    ((digest, salt, text),) = pharmacy.references
    assert (digest, salt) == (data["answers"], "s" * 32)
    assert json.loads(text) == {"answers": given, "override": "opioid_free_interval_kept"}


def test_a_release_with_another_label_is_only_a_reading():
    pharmacy = made()
    assert pharmacy.do(TWO, acts.Release({**READ_RELEASE, "label_strength": "45 mg"}, ANSWERS)) == ["check.made"]
    assert pharmacy.events[-1].data["differ"] == ["label_strength"]
    assert stands(pharmacy) == ("made", "release")
    assert pharmacy.do(TWO, acts.Release({**READ_RELEASE, "label_until": "2028-05-28"}, ANSWERS)) == [
        "check.made",
        "batch.held",
    ]
    assert stands(pharmacy) == ("held", None)
    pharmacy.do(FOUR, acts.Resolve("first was wrong", "label read again"))
    assert stands(pharmacy) == ("made", "release")
    assert why(pharmacy, FOUR, acts.Release(READ_RELEASE, ANSWERS)) == "saw_figures"
    assert pharmacy.do(THREE, acts.Release(READ_RELEASE, ANSWERS))[-1] == "batch.released"


def test_one_who_works_alone_says_so_everywhere():
    alone = TWO
    pharmacy = Pharmacy()
    assert faults(pharmacy, alone, acts.Open(ORDER, checking="self-check")) == {"reason": "required"}
    pharmacy.do(alone, acts.Open(ORDER, checking="self-check", reason="alone today"))
    for component in ("source", "diluent", "capsule"):
        pharmacy.do(
            alone,
            acts.TakeLot(component, "", {"source": "A10422", "diluent": "C7715"}.get(component, "S30981"), "2028-05"),
        )
    pharmacy.do(alone, acts.Record("count_tablets", "3"))
    pharmacy.do(alone, acts.Record("all_tablets", "0.480", "g"))
    pharmacy.do(alone, acts.Check("crushing", {**READ_CRUSHING, "zeroed": "yes"}), after=30)
    assert pharmacy.events[-1].data["checking"] == "self-check"
    assert pharmacy.events[-1].data["interval"] == 30
    assert "No second person" in pharmacy.events[-1].signature.meaning
    pharmacy.do(alone, acts.Record("portion", "0.433", "g", tare="1.2 g", boat="1"))
    pharmacy.do(alone, acts.Record("diluent", "3.696", "g"))
    pharmacy.do(alone, acts.Check("mixing", {**READ_MIXING, "zeroed": "yes"}))
    pharmacy.do(alone, MADE)
    release = acts.Release(READ_RELEASE, ANSWERS, reviewed=("self_check",))
    assert why(pharmacy, alone, release, after=599) == "too_soon"
    assert pharmacy.do(alone, release, after=1)[-1] == "batch.released"
    assert pharmacy.events[-1].data["checking"] == "self-check"
    refusing = Pharmacy(settings=Settings(self_check_allowed=False))
    assert (
        why(refusing, alone, acts.Open(ORDER, checking="self-check", reason="alone today")) == "self_check_not_allowed"
    )


def test_on_hand_follows_what_left_and_came_back():
    pharmacy = released()
    pharmacy.do(TWO, acts.Dispense("20", reference="RX 1"))
    assert faults(pharmacy, TWO, acts.Move("returned", "21", reason="recall ")) == {"reason": "unknown_choice"}
    assert why(pharmacy, TWO, acts.Move("returned", "21", reason="recall")) == "not_enough"
    pharmacy.do(TWO, acts.Move("returned", "5", reason="recall"))
    assert pharmacy.state.on_hand == figure(15, CAPSULE)
    assert why(pharmacy, TWO, acts.Dispense("11", reference="RX 2")) == "not_enough"  # what came back is destroyed
    pharmacy.do(TWO, acts.Move("destroyed", "5", way="drug waste", reason="returned"))
    assert pharmacy.state.on_hand == figure(10, CAPSULE)
    assert faults(pharmacy, TWO, acts.Move("counted", "9", reason="as in the books")) == {"reason": "unknown_choice"}
    pharmacy.do(TWO, acts.Move("counted", "9", reason="fewer than in the books"))
    assert pharmacy.state.on_hand == figure(10, CAPSULE)
    pharmacy.do(TWO, acts.Move("destroyed", "1", way="not found", reason="not found"))
    assert to_dispense(pharmacy.state) == figure(9, CAPSULE)
    pharmacy.do(TWO, acts.Dispense("9", reference="RX 3", answers=ANSWERS))
    assert stands(pharmacy) == ("used up", None)
    pharmacy.do(TWO, acts.Move("returned", "1", reason="recall"))
    assert stands(pharmacy) == ("released", None)
    assert to_dispense(pharmacy.state) == figure(0, CAPSULE)
    assert to_dispense(weighed().state) is None


def test_a_batch_past_its_date_is_not_dispensed():
    pharmacy = released()
    pharmacy.day = pharmacy.day.replace(year=2027, month=5, day=29)  # 180 days, the day of making among them: to May 28
    assert why(pharmacy, TWO, acts.Dispense("1", reference="RX 1")) == "past_use"
    pharmacy.day = pharmacy.day.replace(day=28)
    assert pharmacy.do(TWO, acts.Dispense("1", reference="RX 1")) == ["batch.dispensed"]


def test_what_is_written_later_says_so_and_stays_in_order():
    pharmacy, down = Pharmacy(), "record was down"
    pharmacy.do(ONE, acts.Open(ORDER), late=Late("2026-11-29 14:05", down))
    assert pharmacy.state.order["prepared_on"] == "2026-11-29"
    take = acts.TakeLot("source", "", "A10422", "2028-05")
    assert why(pharmacy, ONE, take, late=Late("2026-11-29 14:04", down)) == "late_out_of_order"
    assert why(pharmacy, ONE, take, late=Late("2026-12-01 09:00", down)) == "late_out_of_order"
    assert faults(pharmacy, ONE, take, late=Late("yesterday", "")) == {
        "late.reason": "required",
        "late.done_at": "date_format",
    }
    pharmacy.do(ONE, take, late=Late("2026-11-29 14:10", down))
    assert pharmacy.events[-2].late == Late("2026-11-29 14:10", down)
    assert pharmacy.state.from_paper


def test_several_acts_are_decided_together_all_or_none():
    pharmacy = opened()
    together = [acts.Record("count_tablets", "3"), acts.Record("all_tablets", "0.480", "g")]
    assert pharmacy.do(ONE, together) == ["count.recorded", "amount.recorded", "batch.planned"]
    assert stands(pharmacy) == ("due for a check", "crushing")
    refused = opened()
    typed = [acts.Record("count_tablets", "many"), acts.Record("all_tablets", "0,480", "g")]
    assert faults(refused, ONE, typed) == {"bench.count_tablets": "number_format", "bench.all_tablets": "decimal_comma"}
    assert stands(refused) == ("open", None)


def test_reasons_are_choices_and_a_remark_says_something():
    pharmacy = weighed()
    for reason, text, found in (
        ("", "", {"reason": "required"}),
        ("because", "", {"reason": "unknown_choice"}),
        ("other", "", {"text": "required"}),
        ("other", "x", {"text": "required"}),
        ("other", " . ", {"text": "required"}),
        ("equipment", "y" * 301, {"text": "text_too_long"}),
    ):
        assert faults(pharmacy, TWO, acts.Hold(reason, text)) == found
    pharmacy.do(TWO, acts.Hold("other", "balance to be serviced"))
    assert stands(pharmacy) == ("held", None)
    pharmacy.do(TWO, acts.Free("checked again"))
    assert stands(pharmacy) == ("due for a check", "crushing")


def test_nothing_leads_out_of_rejected_and_cancelled():
    rejected, cancelled = weighed(), weighed()
    rejected.do(TWO, acts.Reject("contaminated"))
    cancelled.do(ONE, acts.Cancel("opened twice"))
    assert (stands(rejected), stands(cancelled)) == (("rejected", None), ("cancelled", None))
    for pharmacy in (rejected, cancelled):
        for act in (
            acts.Record("one_tablet", "0.160", "g"),
            acts.TakeLot("source", "", "B", "2028-05"),
            acts.Hold("equipment"),
            acts.Free("answered"),
            acts.Reject("damaged"),
            acts.Cancel("not needed"),
            acts.Release(READ_RELEASE, ANSWERS),
            MADE,
        ):
            assert why(pharmacy, FOUR, act) == "wrong_state"


def test_fewer_capsules_are_explained_and_far_fewer_held():
    """Of 30, 29 ask for nothing, 27 and 28 for a reason, and 26 are held."""
    for number, reason, types in (
        ("28", "capsules broken", ["batch.made"]),
        ("26", "spilled", ["batch.made", "batch.held"]),
    ):
        pharmacy = portioned()
        pharmacy.do(TWO, acts.Check("mixing", READ_MIXING))
        fewer = replace(MADE, made=number)
        assert faults(pharmacy, ONE, fewer) == {"reason": "required"}
        assert pharmacy.do(ONE, replace(fewer, reason=reason)) == types
    more = replace(MADE, made="31")
    pharmacy = portioned()
    pharmacy.do(TWO, acts.Check("mixing", READ_MIXING))
    assert why(pharmacy, ONE, more) == "more_than_planned"
    assert Figure(Fraction(30), CAPSULE) == pharmacy.state.planned
