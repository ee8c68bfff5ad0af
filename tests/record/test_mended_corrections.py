"""Ways by which a wrong batch could leave: each is a case that was found by reading the rules against them."""

from dataclasses import replace
from datetime import UTC, datetime

from calc.arithmetic.units import MG, TABLET, figure
from calc.record.batch import acts
from calc.record.batch.bench_order import components_of
from calc.record.batch.points import point_named
from calc.record.batch.review import Item, review
from calc.record.envelope import Late
from tests.record.test_kinds import KINDS
from tests.support.batch import (
    ANSWERS,
    DAY,
    FOUR,
    LIBRARY,
    MADE,
    ONE,
    READ_CRUSHING,
    READ_MIXING,
    READ_RELEASE,
    TWO,
    Pharmacy,
    made,
    opened,
    portioned,
    released,
    seq_of,
    weighed,
    why,
)
from tests.support.reader import bench_of, compare

FAILS = acts.RecordTest("assay", "Laboratory One", "60 % of label", "no")


def test_a_failed_test_stops_release_and_dispensing():
    before = portioned()  # tested before it is signed as made: nothing to hold yet, and nothing to release later
    assert before.do(TWO, FAILS) == ["test.recorded"]
    before.do(TWO, acts.Check("mixing", READ_MIXING))
    before.do(ONE, MADE)
    assert why(before, TWO, acts.Release(READ_RELEASE, ANSWERS)) == "review_fails"
    assert {item for item, said in review(before.state, LIBRARY, DAY).items() if said == "no"} == {Item.TESTS}
    for pharmacy in (made(), released()):
        assert pharmacy.do(TWO, FAILS) == ["test.recorded", "batch.held"]
        pharmacy.do(TWO, acts.RecordTest("assay", "Laboratory Two", "99 % of label", "yes"))
        assert why(pharmacy, TWO, acts.Free("test passes")) == "test_fails"
        assert why(pharmacy, TWO, acts.Dispense("1", reference="RX 1")) == "never_dispensed"
        assert pharmacy.do(TWO, acts.Reject("test fails")) == ["batch.rejected"]
    gone = released()  # all of it is given out: what comes back is released again, and still not given out
    gone.do(TWO, acts.Dispense("30", reference="RX 1"))
    gone.do(TWO, FAILS)
    gone.do(TWO, acts.Move("returned", "5", reason="recall"))
    assert why(gone, TWO, acts.Dispense("1", reference="RX 2")) == "test_fails"


def test_a_draft_stops_dispensing_until_a_pharmacist_signs_it():
    pharmacy = released()
    pharmacy.do(ONE, acts.Deviate("dose", "other", "something was very wrong"), signed=False)
    assert why(pharmacy, TWO, acts.Dispense("30", reference="RX 1")) == "draft_open"
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


def test_a_corrected_amount_is_held_to_what_can_be_recorded():
    """3 % of 3.696 g are 0.111 g: 3.806 g is a deviation, 3.808 g and 5.000 g are refused."""
    pharmacy = portioned()
    diluent = seq_of(pharmacy, "amount.recorded", "diluent")
    for mass, unit in (("3.808", "g"), ("5000", "mg"), ("5000 mg", "")):
        act = acts.Correct(diluent, "actual", mass, "typed wrong", unit)
        assert why(pharmacy, ONE, act, signed=False) == "too_far"
    pharmacy.do(ONE, acts.Correct(diluent, "actual", "3.806", "typed wrong", "g"), signed=False)
    gone = portioned()  # of what is rejected the record may say what there really was
    gone.do(TWO, acts.Reject("dose off"))
    act = acts.Correct(seq_of(gone, "amount.recorded", "diluent"), "actual", "5.000", "typed wrong", "g")
    assert gone.do(FOUR, act) == ["entry.corrected"]


def test_tablets_that_are_all_used_are_as_many_as_planned():
    """100 mL of 1 mg/mL are 2 tablets of 50 mg: neither corrected to 1 nor matched by who reads 1."""
    pharmacy = Pharmacy()
    pharmacy.do(ONE, acts.Open(KINDS["liquid of whole tablets"][0]))
    pharmacy.do(ONE, [acts.TakeLot(each, "", "L1", "2028-05") for each in components_of(pharmacy.state.order)])
    assert why(pharmacy, ONE, acts.Record("count_tablets", "1")) == "other_count"
    pharmacy.do(ONE, acts.Record("count_tablets", "2"))
    count = seq_of(pharmacy, "count.recorded", "count_tablets")
    act = acts.Correct(count, "actual", "1", "typed wrong")
    assert why(pharmacy, ONE, act, signed=False) == "other_count"
    entry = pharmacy.state.entries["count_tablets"]
    one = {**pharmacy.state.entries, "count_tablets": entry._replace(actual=figure(1, TABLET))}
    point = point_named(pharmacy.state, "crushing")
    values = bench_of(pharmacy.state).read(pharmacy.state, "crushing")
    for read, differ in (("1", ("count_tablets",)), ("2", ())):
        assert (
            compare(replace(pharmacy.state, entries=one), point, {**values, "count_tablets": read}, LIBRARY) == differ
        )


def test_a_corrected_number_made_is_judged_like_the_one_signed():
    """Of 30: 31 are more than planned, 29 pass (95 %), 28 are explained (90 %), of 26 the batch is held."""
    one, held = ["entry.corrected"], ["entry.corrected", "batch.held"]
    for number, written, said in (("29", one, "yes"), ("28", one, "explained"), ("26", held, "explained")):
        pharmacy = made()
        seq = seq_of(pharmacy, "batch.made")
        assert why(pharmacy, ONE, acts.Correct(seq, "made", "31", "typed wrong")) == "more_than_planned"
        assert pharmacy.do(ONE, acts.Correct(seq, "made", number, "typed wrong")) == written
        assert review(pharmacy.state, LIBRARY, DAY)[Item.YIELD] == said


def test_who_corrects_makes_and_so_never_checks_or_releases_that_figure():
    before = weighed()
    lot = seq_of(before, "lot.taken")
    assert before.do(TWO, acts.Correct(lot, "text", "S30982", "typed wrong"))[0] == "entry.corrected"
    assert why(before, TWO, acts.Check("crushing", READ_CRUSHING)) == "maker_checks"
    pharmacy = made()  # checked by Pharmacist Two, who leaves the correction to somebody else
    act = acts.Correct(seq_of(pharmacy, "batch.made"), "made", "29", "typed wrong")
    assert why(pharmacy, TWO, act) == "checker_makes"
    pharmacy.do(FOUR, act)
    read = {**READ_RELEASE, "made": "29", "label_quantity": "29"}
    assert why(pharmacy, FOUR, acts.Release(read, ANSWERS, "", tuple(Item))) == "maker_checks"
    assert pharmacy.do(TWO, acts.Release(read, ANSWERS, "", tuple(Item))) == ["check.made", "batch.released"]


def test_a_late_entry_is_not_in_the_future_by_a_minute():
    """18:00 UTC are 12:00 in Chicago: 12:02 is to come, and would refuse what was done before it."""
    pharmacy = opened()
    pharmacy.at = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)
    for done_at in ("2026-11-30 23:59", "2026-11-30 12:02"):
        late = Late(done_at, "record was down")
        assert why(pharmacy, ONE, acts.Record("count_tablets", "3"), late=late, after=0) == "late_out_of_order"
    late = Late("2026-11-30 12:00", "record was down")
    assert pharmacy.do(ONE, acts.Record("count_tablets", "3"), late=late, after=0) == ["count.recorded"]


def test_a_deviation_explains_what_it_was_written_of():
    """432 mg: in band to 1 %. 440 mg are 1.9 % above and explained; then 424 mg, 1.9 % below, are not."""
    pharmacy = weighed()
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    pharmacy.do(ONE, [acts.Record("portion", "0.440", "g"), acts.Record("diluent", "3.696", "g")])
    pharmacy.do(FOUR, acts.Deviate("portion", "weighed out too much"))
    assert pharmacy.state.point_due == "mixing"
    portion = seq_of(pharmacy, "amount.recorded", "portion")
    pharmacy.do(ONE, acts.Correct(portion, "actual", "0.424", "typed wrong", "g"), signed=False)
    assert pharmacy.state.point_due is None
    pharmacy.do(FOUR, acts.Deviate("portion", "weighed out too little"))
    assert pharmacy.state.point_due == "mixing"
    pharmacy.do(ONE, acts.Record("portion", "0.440", "g", replaces=portion, reason="weighed again"))
    assert pharmacy.state.point_due is None


def test_a_deviation_of_the_dose_covers_no_dose_that_is_further_off():
    """443/432 are 2.5 % above: what was signed before it was weighed, or at 2.1 % (441 mg), says nothing of it."""
    pharmacy = made()
    for mass, said in ((432, "yes"), (441, "explained"), (443, "no")):
        entry = pharmacy.state.entries["portion"]._replace(actual=figure(mass, MG))
        pharmacy.state = replace(pharmacy.state, entries={**pharmacy.state.entries, "portion": entry})
        if mass == 441:
            assert review(pharmacy.state, LIBRARY, DAY)[Item.DOSE] == "no"
        if mass != 443:
            pharmacy.do(FOUR, acts.Deviate("dose", "equipment"))
        assert review(pharmacy.state, LIBRARY, DAY)[Item.DOSE] == said
