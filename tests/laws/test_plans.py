"""Laws of the bench: what must hold for every order, whatever its figures."""

from datetime import date
from fractions import Fraction
from math import prod

from hypothesis import assume, given
from hypothesis import strategies as st

from calc.arithmetic.units import MCG, MG, MG_PER_CAPSULE, MG_PER_TABLET, RATIO, figure
from calc.capsule.answer import answer, plan_shown
from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.faults import Refused
from calc.library import load
from calc.reading.fields import canonical
from calc.rules.blending import ladder
from calc.rules.offers import whole_tablet_batches
from tests.support.notation import shown_figures, zero_faults_of

LIBRARY = load()
TODAY = date(2026, 11, 22)
steps = st.sampled_from(["0.1 mg", "1 mg", "2 mg", "5 mg"])


@st.composite
def orders(draw):
    """Valid trees over the contract: doses, quantities, tablets weighed, balances, ways to know the fill."""
    dose = Fraction(draw(st.integers(5, 150)), 10)
    quantity = draw(st.integers(1, 300))
    strength = draw(st.sampled_from([25, 50, 100]))
    tablets = -(-dose * quantity // strength) + draw(st.integers(0, 3))
    each = draw(st.integers(strength * 11, strength * 40)) / Fraction(10)
    tree = {
        "drug": {"name": "any drug"},
        "dose": f"{float(dose)} mg",
        "quantity": quantity,
        "prepared_on": "2026-11-22",
        "source": {"strength": f"{strength} mg", "tablets_weighed": int(tablets), "total_mass": mg(tablets * each)},
        "balance": {"readability": draw(steps), "sensitivity": "2 mg", "tolerated_error": "5 %"},
        "capsule": {"size": "00"},
    }
    if draw(st.booleans()):
        tree["diluent"] = {"packing_statistic": f"{draw(st.integers(300, 800))} mg"}
        tree["tablet_powder"] = {"packing_statistic": f"{draw(st.integers(300, 800))} mg"}
    elif draw(st.booleans()):
        tree["capsule"]["fill_mass"] = f"{draw(st.integers(200, 900))} mg"
    return tree


def mg(value):
    return f"{int(value)} mg"


def planned(tree):
    """The plan, where the order passes; Hypothesis looks for another one where a limit stops it."""
    try:
        return plan(Order.read(tree, LIBRARY, today=TODAY), LIBRARY)
    except Refused as refused:
        assert not refused.faults, refused
        assume(False)


def weighed(tree):
    """The plan, where its portion can be weighed."""
    made = planned(tree)
    assume(made.powder.portion is not None)
    return made


@st.composite
def small_orders(draw):
    """Valid trees of so little drug that its powder has to be diluted."""
    tree = draw(orders())
    quantity, strength = tree["quantity"], int(tree["source"]["strength"].split()[0])
    mcg = draw(st.integers(1, 500))
    tablets = -(-mcg * quantity // (strength * 1000)) + draw(st.integers(0, 2)) or 1
    each = draw(st.integers(strength + 1, strength * 6))
    source = {**tree["source"], "tablets_weighed": tablets, "total_mass": f"{tablets * each} mg"}
    tree = {**tree, "dose": f"{mcg} mcg", "source": source}
    if Fraction(mcg * each, 1000 * strength) < Fraction("0.05"):
        value = canonical(figure(mcg, MCG))
        fine = {"code": "too_fine_for_powder", "value": value, "reason": "reference_checked"}
        return {**tree, "acknowledgements": [*tree.get("acknowledgements", []), fine]}
    return tree


def strength_of_powder(tree):
    """Drug in one part of the powder, by the tablets weighed."""
    source = tree["source"]
    total = Fraction(source["total_mass"].split()[0])
    return Fraction(source["strength"].split()[0]) * source["tablets_weighed"] / total


def diluted(tree):
    """The plan and its triturations, where there are any."""
    made = planned(tree)
    assume(made.triturations)
    return made, made.triturations


@given(small_orders())
def test_the_aliquot_holds_the_drug_ordered(tree):
    made, steps = diluted(tree)
    strength = strength_of_powder(tree)
    assert steps[0].all_of_it is (steps[0].weigh == made.powder.tablets.there)
    for step in steps:
        strength = strength * step.weigh.value / step.total.value
        assert step.strength_after.value == strength
    assert steps[-1].take.exact.value * strength == made.powder.dose.value * made.powder.batch
    assert abs(made.powder.rounding_effect.value) <= Fraction(1, 100)


@given(small_orders())
def test_everything_a_trituration_weighs_can_be_weighed(tree):
    made, steps = diluted(tree)
    step_of_balance = Fraction(tree["balance"]["readability"].split()[0])
    assert [after.weigh for after in steps[1:]] == [before.take.shown for before in steps[:-1]]
    for step in steps:
        assert step.diluent.exact.value == step.total.value - step.weigh.value
        for mass in (step.weigh, step.diluent.shown, step.total, step.take.shown):
            assert mass >= made.powder.least or (step.all_of_it and mass is step.weigh)
            assert mass.value % step_of_balance == 0 or (mass is step.weigh is not None and step.all_of_it)
        assert step.total.value <= min(20 * step.weigh.value, 20000)
        assert step.take.exact.value <= step.total.value * Fraction(97, 100)
        assert not step.all_of_it or step.diluent.exact.value >= 500
    assert len(steps) <= 4
    assert {offer.code for offer in made.offers} <= {"dilute_by_volume"}
    assert made.powder.portion is None
    assert all(line.ok for line in made.weighings if line.name in ("trituration", "aliquot"))


@given(small_orders())
def test_aliquot_and_diluent_fill_the_capsules(tree):
    made, steps = diluted(tree)
    assume(made.fill.diluent is not None)
    assert steps[-1].take.exact.value + made.fill.diluent.exact.value == made.fill.fill_mass.value * made.powder.batch


@given(small_orders())
def test_the_dose_computed_back_by_way_of_the_trituration_is_the_dose_ordered(tree):
    """But for what is printed: 1 % of the aliquot; half a step of tablets, of both parts of the blend, of the fill.

    Two capsules on a coarse balance: half a step is some per cent of their blend.
    """
    made, steps = diluted(tree)
    assume(made.reverse_check is not None)
    half, fill = made.order.balance.readability.to(MG).value / 2, made.fill.fill_mass.value
    blend = steps[-1].take.shown.value + made.fill.diluent.shown.value
    off = [Fraction(1, 100), half / made.powder.tablets.total_mass.value, 2 * half / blend, half / 10 / fill]
    most = prod(1 + part for part in off) / prod(1 - part for part in off) - 1
    assert abs(made.reverse_check.deviation.value) <= most


@given(orders())
def test_the_parts_add_up_to_the_whole(tree):
    made = weighed(tree)
    of = made.powder.tablets
    assert made.powder.drug_needed.value + of.drug_left_over.value == of.drug_held.value
    if made.fill.diluent is not None:
        total = made.powder.portion.exact.value + made.fill.diluent.exact.value
        assert total == made.fill.fill_mass.value * made.powder.batch


@given(orders())
def test_the_powder_weighed_holds_the_drug_ordered(tree):
    made = weighed(tree)
    drug_share = strength_of_powder(tree)
    assert made.powder.portion.exact.value * drug_share == made.powder.dose.value * made.powder.batch


@given(orders())
def test_twice_the_capsules_take_twice_every_mass(tree):
    assume(tree["quantity"] <= 150)
    made = weighed(tree)
    source = tree["source"]
    twice_as_many = {
        **tree,
        "quantity": tree["quantity"] * 2,
        "source": {
            **source,
            "tablets_weighed": source["tablets_weighed"] * 2,
            "total_mass": mg(2 * Fraction(source["total_mass"].split()[0])),
        },
    }
    twice = weighed(twice_as_many)
    assert twice.powder.portion.exact.value == 2 * made.powder.portion.exact.value
    assert twice.fill.fill_mass == made.fill.fill_mass
    if made.fill.diluent is not None:
        assert twice.fill.diluent.exact.value == 2 * made.fill.diluent.exact.value


@given(orders())
def test_a_lost_powder_does_not_change_the_dose(tree):
    made = weighed(tree)
    total = made.powder.tablets.there.value
    recovered = max(total * Fraction(97, 100), made.powder.portion.shown.value, made.powder.portion.exact.value)
    tree["source"]["recovered_mass"] = mg(-(-recovered // 1))
    assert planned(tree).powder.portion == made.powder.portion


@given(orders())
def test_grams_or_milligrams_give_the_same_sheet(tree):
    made = answer(planned(tree))
    source = tree["source"]
    total = Fraction(source["total_mass"].split()[0])
    in_grams = {**tree, "source": {**source, "total_mass": f"{total.numerator // 1000}.{total.numerator % 1000:03} g"}}
    assert answer(planned(in_grams)) == made


@given(orders())
def test_no_mass_asked_for_is_below_the_least_weighable_quantity(tree):
    made = weighed(tree)
    by_name = {weighing.name.value: weighing for weighing in made.weighings}
    assert by_name["tablets"].ok
    if made.powder.all_used:
        assert "portion" not in by_name  # nothing is weighed out
    else:
        assert by_name["portion"].ok
        assert made.powder.portion.shown >= made.powder.least


@given(orders())
def test_the_dose_computed_back_from_the_sheet_is_the_dose_ordered(tree):
    made = weighed(tree)
    assume(made.reverse_check is not None)
    shown = plan_shown(made)
    total, portion, diluent = (
        1000 * Fraction(figure["value"])
        for figure in (shown["weighings"][0]["mass"], shown["portion"], shown["diluent"])
    )
    fill = Fraction(shown["fill_mass"]["value"])
    drug = Fraction(tree["source"]["strength"].split()[0]) * tree["source"]["tablets_weighed"]
    dose = drug / total * portion / (portion + diluent) * fill
    step = Fraction(tree["balance"]["readability"].split()[0])
    parts = ((step, total), (step, portion), (step, portion + diluent), (step, portion + diluent), (1, fill))
    most = sum(part / whole for part, whole in parts)
    assert abs(dose / made.powder.dose.value - 1) <= 2 * most


@given(orders())
def test_an_order_understood_is_the_same_order_and_says_everything(tree):
    first = answer(planned(tree))
    again = answer(planned(first["order"]))
    assert again["defaults"] == []
    assert (again["order"], again["plan"]) == (first["order"], first["plan"])
    assert again["fingerprint"] == first["fingerprint"]


@given(orders())
def test_nothing_that_is_not_zero_shows_as_zero(tree):
    for path, shown in shown_figures(plan_shown(planned(tree))):
        assert zero_faults_of(shown) == [], path


@given(orders())
def test_offers_stay_within_their_bounds(tree):
    made = weighed(tree)
    whole = [offer for offer in made.offers if offer.code == "whole_tablets"]
    assert made.offers[0].code == "weigh_portion"
    assert [offer.tablets for offer in whole] == sorted(offer.tablets for offer in whole)
    assert sum(offer.deviation.value == 0 for offer in whole) <= 1
    assert sum(offer.deviation.value != 0 for offer in whole) <= 2
    for offer in whole:
        assert made.powder.batch <= offer.capsules <= 4 * tree["quantity"]
        assert abs(offer.deviation.value) <= Fraction(2, 100)
        held = offer.tablets * made.order.source.strength.value
        assert held == offer.dose.value * offer.capsules


@given(
    st.integers(5, 100).map(lambda n: figure(n, MG_PER_TABLET)),
    st.integers(1, 400).map(lambda n: figure(Fraction(n, 10), MG_PER_CAPSULE)),
    st.integers(1, 30),
    st.integers(0, 40),
)
def test_whole_tablet_offers_are_those_that_trying_everything_finds(strength, dose, least, more):
    within, most = Fraction(2, 100), least + more
    best = {}
    for tablets in range(1, int(most * dose.value * 2 // strength.value) + 2):
        for capsules in range(least, most + 1):
            off = abs(tablets * strength.value / (capsules * dose.value) - 1)
            if off <= within and (tablets not in best or (off, -capsules) < best[tablets]):
                best[tablets] = (off, -capsules)
    exact = [(t, -n) for t, (off, n) in sorted(best.items()) if off == 0][:1]
    inexact = [(t, -n) for t, (off, n) in sorted(best.items()) if off != 0][:2]
    found = whole_tablet_batches(strength, dose, least, most, figure(within, RATIO))
    assert [(batch.tablets, batch.capsules) for batch in found] == sorted(exact + inexact)


masses = st.integers(1, 50_000).map(lambda n: figure(n, MG))


@given(masses, st.integers(0, 50_000).map(lambda n: figure(n, MG)), masses)
def test_a_ladder_adds_all_of_the_diluent_and_never_more_than_doubles(portion, diluent, least):
    rungs = ladder(portion, diluent, least)
    assert sum(rung.add.value for rung in rungs) == diluent.value
    inside = portion.value
    for index, rung in enumerate(rungs):
        last = index == len(rungs) - 1
        assert rung.add.value <= inside or (last and rung.add.value < inside + least.value)
        inside += rung.add.value
        assert rung.total.value == inside


def test_one_order_planned_twice_is_one_plan():
    tree = {"dose": "4.5 mg", "quantity": 30}
    one, other = (answer(plan(Order.read(tree, LIBRARY, today=TODAY), LIBRARY)) for _ in range(2))
    assert one == other
