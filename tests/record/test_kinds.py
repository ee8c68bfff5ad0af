"""Each kind of batch from open to released: its points, what they read, and what stands between them."""

import pytest

from calc.arithmetic.notation import exact, fixed
from calc.arithmetic.units import G
from calc.faults import Refused
from calc.record.batch import acts
from calc.record.batch.bench_order import components_of
from calc.record.batch.finishing import missing_for_made
from calc.record.batch.points import points_of
from calc.record.batch.review import review, to_confirm
from calc.record.batch.values import values_of
from calc.record.refusals import ActRefused
from tests.support.batch import ANSWERS, DAY, LIBRARY, MADE, ONE, TWO, Pharmacy
from tests.support.orders import OPENED
from tests.support.reader import bench_of, compare

FILL = {"capsule": {"size": "3", "fill_mass": "137.6 mg"}}
OF_POWDER = {"kind": "powder", "assay": "98.5 %", "assay_basis": "as is"}
EMPTY = {
    name: value
    for name, value in OPENED["source"].items()
    if name not in ("capsules_weighed", "full_mass", "shells_mass")
}
LIQUID = {"preparation": "liquid", "dose": "4.5 mg", "strength": "1 mg/mL"}
NAMED = {"drug": {"name": "baclofen"}, "assessment": {"may_be_crushed": "yes"}}
#: Each order, and its points once all is weighed, with what is put on the balance again.
KINDS = {
    "bulk powder": (
        {"dose": "4.5 mg", "quantity": 30, "source": OF_POWDER, **FILL},
        {"mixing": ["portion", "diluent"], "release": []},
    ),
    "opened capsules": (
        {"dose": "4.5 mg", "quantity": 30, "source": EMPTY, "acknowledgements": OPENED["acknowledgements"], **FILL},
        {"crushing": ["full_capsules"], "mixing": ["empty_shells", "portion", "diluent"], "release": []},
    ),
    "triturated tablets": (
        {"dose": "0.1 mg", "quantity": 30, "source": {"strength": "50 mg"}, **FILL},
        {
            "crushing": ["all_tablets"],
            "mixing-1": ["trituration_diluent-1"],
            "mixing-2": ["aliquot-1", "trituration_diluent-2"],
            "mixing": ["aliquot-2", "diluent"],
            "release": [],
        },
    ),
    "triturated powder": (
        {"dose": "0.1 mg", "quantity": 30, "source": OF_POWDER, **FILL},
        {
            "mixing-1": ["trituration_powder-1", "trituration_diluent-1"],
            "mixing-2": ["aliquot-1", "trituration_diluent-2"],
            "mixing": ["aliquot-2", "diluent"],
            "release": [],
        },
    ),
    "dilution": (
        {"dose": "0.1 mg", "quantity": 30, "source": {"kind": "dilution", "drug_in_gram": "10 mg"}, **FILL},
        {"mixing": ["portion", "diluent"], "release": []},
    ),
    "a drug without a file": (
        {"dose": "4.5 mg", "quantity": 30, "source": {"strength": "50 mg", "release": "immediate"}, **FILL, **NAMED},
        {"crushing": ["all_tablets"], "mixing": ["portion", "diluent"], "release": []},
    ),
    "liquid of whole tablets": (
        {**LIQUID, "volume": "100 mL", "vehicle": {"name": "water", "storage": "refrigerator"}},
        {"crushing": [], "release": []},
    ),
    "liquid of crushed tablets": (
        {**LIQUID, "volume": "120 mL", "vehicle": {"name": "water"}},
        {"crushing": ["all_tablets"], "mixing": ["portion"], "release": []},
    ),
    "liquid of powder": (
        {
            **LIQUID,
            "volume": "100 mL",
            "vehicle": {"parts": [{"name": "Ora-Plus", "share": 1}, {"name": "Ora-Sweet", "share": 1}]},
            "source": {"kind": "powder", "assay": "98 %"},
        },
        {"mixing": ["portion"], "release": []},
    ),
}
#: What is measured here, in g.
WEIGHED = {"all_tablets": "0.480", "full_capsules": "0.630", "empty_shells": "0.150"}


def amount_of(target):
    """What is typed at a step: what was weighed here, or the target as the balance shows it."""
    if target.step in WEIGHED:
        return WEIGHED[target.step], "g"
    if target.wants == "mass":
        return fixed(target.target.to(G), 3), "g"
    return exact(target.target), target.unit if target.wants == "volume" else ""


def made_of(order):
    """The batch of an order up to its signature, each check made once it is due; and what each point weighs again."""
    pharmacy, weighed = Pharmacy(), {}
    pharmacy.do(ONE, acts.Open(order))
    for at, component in enumerate(components_of(pharmacy.state.order)):
        pharmacy.do(ONE, acts.TakeLot(component, "", f"L{at}", "2028-05"))
    while missing := missing_for_made(pharmacy.state):
        if pharmacy.state.point_due is not None:
            key = pharmacy.state.point_due
            values = values_of(pharmacy.state, next(each for each in points_of(pharmacy.state) if each.key == key))
            weighed[key] = [each.name for each in values if each.kind == "mass" and each.read_from == "balance"]
            assert pharmacy.do(TWO, acts.Check(key, bench_of(pharmacy.state).read(pharmacy.state, key))) == [
                "check.made"
            ]
            assert not pharmacy.state.checks[-1].differ, (key, pharmacy.state.checks[-1])
        else:
            value, unit = amount_of(pharmacy.state.target(missing[0]))
            pharmacy.do(ONE, acts.Record(missing[0], value, unit))
    return pharmacy, weighed


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_from_open_to_released(kind):
    order, points = KINDS[kind]
    pharmacy, weighed = made_of(order)
    liquid = pharmacy.state.is_liquid
    assert {**weighed, "release": []} == points
    if liquid:
        pharmacy.do(
            ONE,
            acts.Make(
                "100" if "100 mL" in str(order) else "120", "mL", description="white, even liquid", blank="not done"
            ),
        )
    else:
        pharmacy.do(ONE, MADE)
    values = bench_of(pharmacy.state).read(pharmacy.state, "release")
    found = review(pharmacy.state, LIBRARY, DAY)
    answers = ANSWERS if isinstance(pharmacy.state.order["drug"], str) else {}
    written = pharmacy.do(TWO, acts.Release(values, answers, reviewed=tuple(to_confirm(found))))
    assert written == ["check.made", "batch.released"], (pharmacy.events[-1].data, found)
    assert [point.key for point in points_of(pharmacy.state)] == list(points)


def test_prescription_and_bottle_are_read_once_and_containers_at_the_first_mixing():
    for kind, (order, points) in KINDS.items():
        state = made_of(order)[0].state
        read = {point.key: {each.read_from for each in values_of(state, point)} for point in points_of(state)}
        first, with_containers = (
            next(iter(points)),
            next((key for key in points if key.startswith("mixing")), "release"),
        )
        for key, things in read.items():
            assert ("prescription" in things) == ("bottle" in things) == (key == first), (kind, key)
            assert ("container" in things) == (key == with_containers), (kind, key)


def test_whole_tablets_are_exactly_as_many_as_planned():
    """100 mL of 1 mg/mL are 2 tablets of 50 mg: 3 would be half as strong again, and two people could count 3."""
    pharmacy = Pharmacy()
    pharmacy.do(ONE, acts.Open(KINDS["liquid of whole tablets"][0]))
    for number in ("1", "3"):
        with pytest.raises(ActRefused, match="other_count"):
            pharmacy.do(ONE, acts.Record("count_tablets", number))
    pharmacy.do(ONE, acts.Record("count_tablets", "2"))


def test_more_tablets_weighed_than_crushed_are_read_apart():
    """4 tablets of 0.640 g weighed together, 3 of them crushed: 0.480 g by the mean."""
    pharmacy = Pharmacy()
    pharmacy.do(ONE, acts.Open({"dose": "4.5 mg", "quantity": 30, "source": {"strength": "50 mg"}, **FILL}))
    pharmacy.do(ONE, [acts.Record("count_tablets", "4"), acts.Record("all_tablets", "0.640", "g")])
    point = points_of(pharmacy.state)[0]
    assert point.needs == ("count_tablets", "all_tablets", "crushed_tablets")
    pharmacy.do(ONE, acts.Record("crushed_tablets", "0.481", "g"))
    asked = [each.name for each in values_of(pharmacy.state, point) if each.read_from in ("tray", "balance")]
    assert asked == ["count_tablets", "all_tablets", "number_crushed", "crushed_tablets"]
    pharmacy.do(ONE, acts.TakeLot("source", "", "A1", "2028-05"))
    values = {**bench_of(pharmacy.state).read(pharmacy.state, "crushing"), "number_crushed": "3"}
    assert compare(pharmacy.state, point, values, LIBRARY) == ()
    assert compare(pharmacy.state, point, {**values, "number_crushed": "4"}, LIBRARY) == ("number_crushed",)


def test_a_diluent_waits_until_its_target_is_known():
    pharmacy = Pharmacy()
    pharmacy.do(ONE, acts.Open({"dose": "4.5 mg", "quantity": 30, "source": OF_POWDER}))
    with pytest.raises(ActRefused, match="no_target"):
        pharmacy.do(ONE, acts.Record("diluent", "3.697", "g"))
    pharmacy.do(ONE, acts.Record("packing_of_diluent", "1.350", "g", shells="10"))
    assert pharmacy.do(ONE, acts.Record("packing_of_powder", "1.500", "g", shells="10")) == [
        "amount.recorded",
        "batch.planned",
    ]
    assert pharmacy.state.target("diluent").target is not None


def test_a_measured_mass_that_the_plan_stops_is_refused_unless_its_reason_is_given():
    """3 tablets of 0.12 g together are lighter than their drug; 3 of 3.7 g, 1233 mg each, heavier than tablets are."""
    pharmacy = Pharmacy()
    pharmacy.do(ONE, acts.Open({"dose": "4.5 mg", "quantity": 30, "source": {"strength": "50 mg"}, **FILL}))
    pharmacy.do(ONE, acts.Record("count_tablets", "3"))
    for mass, code, override in (("0.12", "tablet_lighter_than_drug", "weighed_again"), ("3.7", "heavy_tablet", "")):
        with pytest.raises(Refused) as refused:
            pharmacy.do(ONE, acts.Record("all_tablets", mass, "g", override=override))
        assert [stop.code for stop in refused.value.stops] == [code]
    pharmacy.do(ONE, acts.Record("all_tablets", "3.7", "g", override="weighed_again"))
    assert pharmacy.state.order["acknowledgements"] == [
        {"code": "heavy_tablet", "value": "1233 mg", "reason": "weighed_again"}
    ]
    pharmacy.do(ONE, acts.TakeLot("source", "", "A1", "2028-05"))  # planned again, with the reason
    assert pharmacy.state.order["acknowledgements"][0]["reason"] == "weighed_again"
