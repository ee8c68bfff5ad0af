"""Shells weighed together at the bench, empty or filled: how many they are is a part of the entry."""

from dataclasses import replace
from fractions import Fraction

import pytest

from calc.faults import Refused
from calc.record.batch import acts
from calc.record.batch.back import at_bench_of
from calc.record.batch.bench_order import order_with
from calc.record.batch.evolve import evolve
from calc.record.batch.planned import plan_batch
from calc.service.preparations import preparation_of
from tests.support.batch import (
    LIBRARY,
    MADE,
    ONE,
    ORDER,
    READ_CRUSHING,
    READ_MIXING,
    TWO,
    faults,
    opened,
    seq_of,
    weighed,
    why,
)

#: The worked case of which nothing is known of how it packs: size 3, a body of 0.30 mL, a shell of 48 mg.
UNPACKED = {**ORDER, "capsule": {"size": "3"}}
DILUENT = acts.Record("packing_of_diluent", "1.350", "g", shells="10")
POWDER = acts.Record("packing_of_powder", "0.330", "g", shells="2")
#: 14.4 of 165 mg leave 150.6/165 of 135 mg for diluent: 6777/55 = 123.218... mg; with the powder 137.618... mg.
FILL = Fraction(7569, 55)


def crushed():
    """The worked case with its tablets crushed, packing not measured yet."""
    pharmacy = weighed(order=UNPACKED)
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    pharmacy.do(ONE, acts.Record("crush", done=True))
    return pharmacy


def planned(pharmacy):
    """The diluent as the balance shows it in mg, and the fill of one capsule, exactly."""
    fill = plan_batch(pharmacy.state.order, LIBRARY).plan.fill
    return fill.diluent.shown.value, fill.fill_mass.value


def stops(pharmacy, act):
    """The codes of the stops that refuse an act, each with its field."""
    with pytest.raises(Refused) as refused:
        pharmacy.do(ONE, act)
    return [(stop.code.value, stop.field) for stop in refused.value.stops]


def test_what_two_shells_hold_is_no_packing_of_one():
    """0.330 g of two shells are 165 mg each: 30 x 123.218 mg of diluent, 3.697 g; of one it would be 3.873 g."""
    pharmacy = crushed()
    assert faults(pharmacy, ONE, replace(POWDER, shells="")) == {"bench.packing_of_powder.shells": "required"}
    assert faults(pharmacy, ONE, replace(POWDER, shells="31")) == {"bench.packing_of_powder.shells": "out_of_range"}
    assert pharmacy.do(ONE, [DILUENT, POWDER]) == ["amount.recorded", "amount.recorded", "batch.planned"]
    assert planned(pharmacy) == (3697, FILL)
    assert pharmacy.state.order["tablet_powder"]["packing"] == {"bodies": 2, "total": "330 mg", "shells": "tared"}
    powder = pharmacy.events[seq_of(pharmacy, "amount.recorded", "packing_of_powder") - 1]
    assert (powder.data["actual"], powder.data["shells"]) == ("0.330 g", 2)


def test_a_number_of_shells_typed_wrong_is_corrected_and_the_plan_follows():
    """One instead of two: 330 mg each leave 315.6/330 of 135 mg, 129.109 mg; 30 of them 3,873.27 mg."""
    pharmacy = crushed()
    pharmacy.do(ONE, [DILUENT, replace(POWDER, shells="1")])
    assert planned(pharmacy)[0] == 3873
    seq = seq_of(pharmacy, "amount.recorded", "packing_of_powder")
    for new, field in (("0", "shells"), ("two", "shells"), ("0.330 mL", "actual")):
        assert set(faults(pharmacy, ONE, acts.Correct(seq, field, new, "typed wrong"), signed=False)) == {"new"}
    assert stops(pharmacy, acts.Correct(seq, "actual", "3.30", "typed wrong", "g")) == [("packs_too_dense", "new")]
    corrected = pharmacy.do(ONE, acts.Correct(seq, "shells", "2", "typed wrong"), signed=False)
    assert corrected == ["entry.corrected", "batch.planned"]
    assert planned(pharmacy) == (3697, FILL)


def test_an_entry_without_a_number_is_of_one_shell_as_it_was():
    pharmacy = crushed()
    pharmacy.do(ONE, [DILUENT, POWDER])
    state = pharmacy.state
    for event in pharmacy.events[-3:-1]:
        alone = {name: value for name, value in event.data.items() if name != "shells"} | {"actual": "150 mg"}
        state = evolve(state, replace(event, data=alone))
    tree = order_with(state)
    for part in ("diluent", "tablet_powder"):
        assert (tree[part]["packing_statistic"], tree[part]["packing"]) == ("150 mg", None)


def test_what_no_shell_holds_or_weighs_is_refused_at_its_own_box():
    """Size 3 holds 0.30 mL: 1,350 mg are 4,500 mg/mL, 420 mg 1,400 mg/mL, above 1,200. Its shell weighs 48 mg."""
    pharmacy = weighed(order=UNPACKED)
    assert stops(pharmacy, replace(DILUENT, shells="1")) == [("packs_too_dense", "bench.packing_of_diluent")]
    dense = replace(DILUENT, value="4.200")
    assert stops(pharmacy, dense) == [("packs_dense", "bench.packing_of_diluent")]
    assert faults(pharmacy, ONE, replace(DILUENT, value="0.005")) == {"bench.packing_of_diluent": "out_of_range"}
    shells = acts.Record("ten_shells", "483", "mg", shells="10")
    assert why(pharmacy, ONE, replace(shells, shells="1")) == "shells_unlikely"
    assert faults(pharmacy, ONE, replace(shells, value="48.3")) == {"bench.ten_shells": "out_of_range"}
    pharmacy.do(ONE, [replace(dense, override="weighed_again"), shells])
    assert pharmacy.state.order["capsule"]["shells"] == {"number": 10, "total": "483 mg"}
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    pharmacy.do(ONE, acts.Record("crush", done=True))
    pharmacy.do(ONE, POWDER)  # the reason was given: what is recorded later is not asked for it again
    passed = [{"code": "packs_dense", "value": "diluent 420 mg", "reason": "weighed_again"}]
    assert pharmacy.state.order["acknowledgements"] == passed


def test_ten_shells_give_the_mean_of_the_check_by_weight():
    """Ten shells of 0.483 g: 185.5 mg less 48.3 mg are 137.2 mg of fill."""
    pharmacy = crushed()
    pharmacy.do(ONE, [DILUENT, POWDER, acts.Record("ten_shells", "0.483", "g", shells="10")])
    pharmacy.do(
        ONE, [acts.Record("portion", "0.433", "g", boat="1", tare="1.2 g"), acts.Record("diluent", "3.696", "g")]
    )
    pharmacy.do(TWO, acts.Check("mixing", READ_MIXING))
    pharmacy.do(ONE, replace(MADE, shells="", masses=" ".join(["185.5"] * 10)))
    assert pharmacy.state.made_as.data["mean_fill"] == "137.2 mg"


#: The same order as it comes from the calculator, with what somebody measured at some time.
PACKED = {**UNPACKED, "diluent": {"packing_statistic": "135 mg"}, "tablet_powder": {"packing_statistic": "165 mg"}}
ALL_AS_ORDERED = "As ordered, not measured in this batch: In one shell: powder 165 mg, diluent 135 mg."


def measured(pharmacy):
    """What sheet and record say was measured."""
    planned = plan_batch(pharmacy.state.order, LIBRARY)
    at_bench = at_bench_of(pharmacy.state.entries, pharmacy.state.made_as)
    content = preparation_of(planned.plan).sheet_content(planned.plan, "letter", at_bench=at_bench)
    return f"{content['measured']['title']} {content['measured']['text']}"


def test_what_came_with_the_order_is_not_called_measured():
    """Diluent of 140 mg instead of 135: 150.6/165 of 140 mg, 30 times, are 3,833.45 mg instead of 3,696.54."""
    pharmacy = weighed(order=PACKED)
    assert measured(pharmacy).endswith(ALL_AS_ORDERED)
    assert "Measured 2026-11-30: 3 tablets 0.480 g, 160 mg each." in measured(pharmacy)
    assert pharmacy.do(ONE, replace(DILUENT, value="1.400")) == ["amount.recorded", "batch.planned"]
    assert planned(pharmacy)[0] == 3833
    assert "In one shell: diluent 140 mg. Empty" in measured(pharmacy)
    assert measured(pharmacy).endswith("not measured in this batch: In one shell: powder 165 mg.")
    first = seq_of(pharmacy, "amount.recorded", "packing_of_diluent")
    pharmacy.do(ONE, replace(DILUENT, replaces=first, reason="weighed again"))
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    pharmacy.do(ONE, [acts.Record("crush", done=True), POWDER])
    assert planned(pharmacy) == (3697, FILL)
    assert "not measured in this batch" not in measured(pharmacy)
    pharmacy.do(ONE, acts.Record("diluent", "3.697", "g"))
    again = replace(POWDER, replaces=seq_of(pharmacy, "amount.recorded", "packing_of_powder"), reason="weighed again")
    assert why(pharmacy, ONE, again) == "followed"


def test_tablets_weighed_before_the_batch_are_said_as_ordered():
    source = {"strength": "50 mg", "tablets_weighed": 3, "total_mass": "0.480 g"}
    pharmacy = opened(order={**PACKED, "source": source})
    assert "Measured" not in measured(pharmacy)
    assert "not measured in this batch: 3 tablets 0.480 g, 160 mg each. In one shell: powder" in measured(pharmacy)
    pharmacy.do(ONE, [acts.Record("count_tablets", "3"), acts.Record("all_tablets", "0.481", "g")])
    assert "Measured 2026-11-30: 3 tablets 0.481 g, 160.3 mg each." in measured(pharmacy)
