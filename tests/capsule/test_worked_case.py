"""The worked case of the project, line by line, and the orders beside it that its rules are about."""

from datetime import date
from fractions import Fraction

import pytest

from calc.arithmetic.units import MG, MG_PER_CAPSULE, figure
from calc.capsule.answer import answer
from calc.capsule.order import Order
from calc.capsule.plan import Powder
from calc.capsule.planning import plan
from calc.capsule.planning.reverse_check import computed_back
from calc.faults import REASONS, Refused, StopCode
from calc.library import load
from calc.planning.work import CheckFailed, Work

LIBRARY = load()
WORKED = {
    "dose": "4.5 mg",
    "quantity": 30,
    "prepared_on": "2026-11-22",
    "source": {"tablets_weighed": 3, "total_mass": "0.480 g"},
    "balance": {"readability": "1 mg", "sensitivity": "6 mg", "tolerated_error": "5 %"},
    "capsule": {"size": "3", "shell_mass": "48 mg"},
    "diluent": {"packing_statistic": "135 mg"},
    "tablet_powder": {"packing_statistic": "165 mg"},
}


def changed(**parts):
    """The worked case with some of its parts changed."""
    return {**WORKED, **parts}


def worked_out(tree):
    return plan(Order.read(tree, LIBRARY, today=date(2026, 11, 22)), LIBRARY)


def codes(refused):
    return {stop.code.value for stop in refused.value.stops}


def test_the_worked_case_has_the_published_figures():
    made = worked_out(WORKED)
    assert made.powder.drug_needed == figure(135, MG)
    assert made.powder.tablets.exact.value == Fraction("2.7")
    assert made.powder.tablets.number == 3
    assert made.powder.tablets.share.value == Fraction("0.9")
    assert made.powder.portion.exact == made.powder.portion.shown == figure(432, MG)
    assert made.fill.powder_per_capsule == figure("14.4", MG_PER_CAPSULE)
    assert made.fill.diluent_per_capsule == figure("6777/55", MG_PER_CAPSULE)
    assert made.fill.fill_mass == figure("7569/55", MG_PER_CAPSULE)
    assert made.fill.diluent.exact == figure("40662/11", MG)
    assert made.fill.diluent.shown == figure(3697, MG)
    assert [rung.add.value for rung in made.ladder] == [432, 864, 1728, 673]
    assert [limit.shown for limit in made.gross_band] == [figure(172, MG), figure(199, MG)]
    shown = answer(made)["plan"]
    assert shown["reverse_check"]["dose"]["text"] == "4.499 mg"
    assert shown["reverse_check"]["deviation"]["text"] == "-0.02 %"
    assert [(offer.tablets, offer.capsules) for offer in made.offers] == [(3, 30), (3, 32), (3, 33), (4, 44), (9, 100)]
    assert made.powder.least == figure(120, MG)
    assert made.notices == ()


def test_thirty_three_capsules_take_a_fourth_tablet_while_none_are_weighed():
    made = worked_out(changed(quantity=33, source={}))
    assert made.powder.drug_needed == figure("148.5", MG)
    assert made.powder.tablets.exact.value == Fraction("2.97")
    assert made.powder.tablets.number == 4
    assert made.powder.tablets.share.value == Fraction("0.7425")
    assert "tablet_for_reserve" in [notice.code for notice in made.notices]


def test_thirty_three_capsules_from_three_weighed_tablets_have_no_reserve():
    made = worked_out(changed(quantity=33))
    assert made.powder.tablets.number == 3
    assert answer(made)["plan"]["portion"]["text"] == "0.475 g"
    assert [notice.code for notice in made.notices] == ["no_reserve"]


@pytest.mark.parametrize(
    ("crushed", "number", "share", "left_over"), [(None, 3, "0.9", 15), (5, 5, "0.54", 115), (4, 4, "0.675", 65)]
)
def test_five_tablets_weighed_give_the_mean_and_only_those_needed_are_crushed(crushed, number, share, left_over):
    """135 mg of drug in 800 mg of five tablets are 432 mg of powder, however many of them are crushed."""
    source = {"tablets_weighed": 5, "total_mass": "0.800 g", "tablets_crushed": crushed}
    made = worked_out(changed(source=source))
    assert made.powder.tablets.number == number
    assert made.powder.portion.shown == figure(432, MG)
    assert made.powder.tablets.share.value == Fraction(share)
    assert made.powder.tablets.drug_left_over == figure(left_over, MG)


def test_the_textbook_twin_without_a_drug_file():
    tree = {
        "drug": {"name": "the textbook's drug"},
        "dose": "4 mg",
        "quantity": 25,
        "prepared_on": "2026-11-22",
        "source": {"strength": "25 mg", "tablets_weighed": 4, "total_mass": "0.280 g"},
        "balance": {"sensitivity": "6 mg", "tolerated_error": "5 %"},
        "capsule": {"fill_mass": "120 mg"},
    }
    made = worked_out(tree)
    shown = answer(made)["plan"]
    assert shown["portion"]["text"] == "0.280 g"
    assert shown["diluent"]["text"] == "2.720 g"
    assert shown["sizes"] == []
    assert "no_drug_file" in [notice.code for notice in made.notices]
    assert shown["cautions"] == []


def test_the_plain_order_raises_no_stop_and_one_notice():
    made = worked_out({"dose": "4.5 mg", "quantity": 30})
    assert [notice.code for notice in made.notices] == ["weigh_tablets"]
    shown = answer(made)["plan"]
    unknown = ("portion", "powder_per_capsule", "share_of_body", "diluent_per_capsule", "diluent", "fill_mass")
    assert [shown[name] for name in (*unknown, "gross_band", "reverse_check")] == [None] * 8
    assert (shown["ladder"], shown["sizes"], shown["estimated"]) == ([], [], [])
    assert shown["notices"][0]["text"] == "Weigh 3 tablets together to get the masses."


def test_an_estimate_drives_no_fill():
    made = worked_out({"dose": "4.5 mg", "quantity": 30, "source": WORKED["source"]})
    shown = answer(made)["plan"]
    assert {"diluent", "fill_mass", "diluent_per_capsule"} <= set(shown["estimated"])
    assert (shown["ladder"], shown["gross_band"], shown["reverse_check"]) == ([], None, None)
    by_name = {weighing["name"]: weighing for weighing in shown["weighings"]}
    assert (by_name["diluent"]["mass"], by_name["capsule"]["mass"]) == (None, None)


@pytest.mark.parametrize(
    ("balance", "least"),
    [
        ({"sensitivity": "6 mg", "tolerated_error": "5 %"}, "120"),
        ({"sensitivity": "7.5 mg", "tolerated_error": "7.2 %"}, "105"),  # 104.17 rounds up, never down
        ({"repeatability": "0.1 mg"}, "820"),  # 0.41 of 1 mg counts, not 0.1 mg
        ({"repeatability": "0.5 mg"}, "1000"),
        ({"repeatability": "0.015 mg", "readability": "0.01 mg"}, "30"),
        ({"minimum": "99.5 mg"}, "100"),
        ({}, "20"),
        ({"readability": "10 mg"}, "200"),  # a default sensitivity is never finer than the steps of the balance
        ({"readability": "0.1 mg"}, "20"),
    ],
)
def test_the_least_weighable_quantity_by_each_rule(balance, least):
    tree = {"dose": "4.5 mg", "quantity": 30, "balance": balance}
    assert worked_out(tree).powder.least == figure(least, MG)


def test_all_stops_are_told_at_once():
    tree = changed(
        dose="45 mg",
        quantity=400,
        source={"release": "extended", "tablets_weighed": 3, "total_mass": "0.100 g", "expiry": "2026-10"},
        diluent={"name": "calcium carbonate"},
        tablet_powder={},
        screening={"opioids": "yes", "liver_disease": "yes"},
    )
    with pytest.raises(Refused) as refused:
        worked_out(tree)
    assert codes(refused) >= {
        "dose_above_usual", "quantity_large", "extended_release", "tablet_lighter_than_drug", "too_few_tablets",
        "expired", "diluent_to_avoid", "opioids_yes", "liver_disease_yes", "below_least_weighable",
    }  # fmt: skip


ACKNOWLEDGED = {"code": "dose_above_usual", "value": "45 mg", "reason": "prescriber_confirmed"}


def test_a_soft_stop_passes_with_its_value_and_a_reason():
    made = worked_out({"dose": "45 mg", "quantity": 10, "acknowledgements": [ACKNOWLEDGED]})
    assert [passed.stop.code for passed in made.acknowledged] == ["dose_above_usual"]


def test_an_acknowledgement_holds_in_whatever_unit_the_dose_is_typed():
    made = worked_out({"dose": "0.045 g", "quantity": 10, "acknowledgements": [ACKNOWLEDGED]})
    assert made.acknowledged


@pytest.mark.parametrize(
    ("dose", "given", "standing"),
    [
        ("44 mg", ACKNOWLEDGED, {"dose_above_usual"}),
        ("450 mg", {**ACKNOWLEDGED, "code": "dose_above_absolute", "value": "450 mg"}, {"dose_above_absolute"}),
    ],
)
def test_another_value_and_a_hard_stop_are_not_acknowledged_away(dose, given, standing):
    with pytest.raises(Refused) as refused:
        worked_out({"dose": dose, "quantity": 5, "acknowledgements": [given]})
    assert standing <= codes(refused)


@pytest.mark.parametrize(
    ("acknowledgements", "code", "field"),
    [
        ([{**ACKNOWLEDGED, "code": "quantity_large"}], "acknowledgement_unused", "acknowledgements.0"),
        ([ACKNOWLEDGED, ACKNOWLEDGED], "acknowledgement_unused", "acknowledgements.1"),
        ([{**ACKNOWLEDGED, "reason": "weighed_again"}], "unknown_choice", "acknowledgements.0.reason"),
    ],
)
def test_an_acknowledgement_of_nothing_or_with_a_foreign_reason_is_a_fault(acknowledgements, code, field):
    with pytest.raises(Refused) as refused:
        worked_out({"dose": "45 mg", "quantity": 10, "acknowledgements": acknowledgements})
    assert [(fault.code, fault.field) for fault in refused.value.faults] == [(code, field)]


def test_every_soft_stop_has_reasons_and_no_hard_stop_has():
    hard = {
        "extended_release", "delayed_release", "may_not_be_crushed", "expired", "tablet_lighter_than_drug",
        "too_few_tablets",
        "recovered_mass_too_small", "dose_above_absolute", "dose_below_absolute", "capsule_too_small",
        "gel_forming_diluent", "below_least_weighable", "rounding_above_limit", "quantity_above_most",
        "less_than_one_dose", "dose_below_mark", "ingredient_below_least",
        "many_tablets", "solids_above_most", "ingredients_above_most", "packs_too_dense", "pellets", "liquid_fill",
    }  # fmt: skip
    assert {code.value for code in StopCode} - {code.value for code in REASONS} == hard


def test_a_dose_computed_back_that_differs_is_our_mistake_and_gives_no_plan(monkeypatch):
    order = Order.read(WORKED, LIBRARY)
    wrong = figure("4.6", MG_PER_CAPSULE)
    powder = Powder.__dataclass_fields__
    assert "dose_as_labeled" in powder
    made = plan(order, LIBRARY)
    from dataclasses import replace

    broken = replace(made.powder, dose_as_labeled=wrong)
    with pytest.raises(CheckFailed):
        computed_back(order, made.drug, broken, (), made.fill, Work(figure(1, MG)))


def test_the_basis_of_the_dose_is_converted_and_shown():
    made = worked_out({"dose": "4.5 mg", "quantity": 30, "dose_basis": "base"})
    assert made.powder.drug_needed == figure(Fraction("4.5") * 30 * Fraction("377.86") / Fraction("341.40"), MG)
    assert "dose_as_labelled" in [step.code for step in made.steps]


def test_no_offer_makes_fewer_capsules_than_the_batch():
    """66 capsules and 200 more are 266; whole tablets are offered for at most 4 times 66, which is 264."""
    source = {"strength": "2.5 mg"}
    order = {"drug": {"name": "sildenafil"}, "dose": "2.5 mg", "quantity": 66, "extra_capsules": 200, "source": source}
    made = plan(Order.read(order, LIBRARY, today=date(2026, 11, 22)), LIBRARY)
    assert made.powder.batch == 266
    assert [offer.code for offer in made.offers if offer.capsules < 266] == []
