"""Ingredients besides drug and diluent or vehicle, by cases worked by hand from the contract."""

import re
from datetime import date
from fractions import Fraction

import pytest

from calc.capsule.answer import answer
from calc.capsule.components import components
from calc.capsule.order import Order
from calc.capsule.papers import label_lines
from calc.capsule.planning import plan
from calc.capsule.planning.bench import work_of
from calc.capsule.sheet import sheet
from calc.faults import Refused
from calc.library import load
from calc.liquid.answer import answer as answer_of_liquid
from calc.liquid.bench_steps import work_of as work_of_liquid
from calc.liquid.order import LiquidOrder
from calc.liquid.planning import plan_liquid
from calc.orders.query import shortest_pairs_of
from calc.paper.code import pack, unpack
from tests.support.client import make_client
from tests.support.pages import read_page
from tests.support.queries import as_query

LIBRARY = load()
WEIGHED = {"strength": "50 mg", "tablets_weighed": 3, "total_mass": "0.480 g"}
ORDER = {"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-30", "source": WEIGHED}
GIVEN = {**ORDER, "capsule": {"fill_mass": "140 mg"}}
PACKED = {**ORDER, "diluent": {"packing_statistic": "135 mg"}, "tablet_powder": {"packing_statistic": "165 mg"}}
LIQUID = {"preparation": "liquid", "dose": "5 mg", "strength": "1 mg", "volume": "150 mL", "prepared_on": "2026-11-30"}
LIQUID |= {"vehicle": {"name": "a vehicle of our own"}}
SILICA = {"name": "colloidal silica", "amount": "30 mg", "role": "glidant"}
VITAMIN = {"name": "ascorbic acid", "amount": "5 mg", "per": "capsule", "role": "antioxidant"}


def capsules(order, *ingredients, **changes):
    return plan(Order.read({**order, "ingredients": list(ingredients), **changes}, LIBRARY), LIBRARY)


def liquid(*ingredients, **changes):
    tree = {**LIQUID, "ingredients": list(ingredients), **changes}
    return plan_liquid(LiquidOrder.read(tree, LIBRARY), LIBRARY)


def faults_of(order, *ingredients):
    kind = LiquidOrder if "preparation" in order else Order
    with pytest.raises(Refused) as refused:
        kind.read({**order, "ingredients": list(ingredients)}, LIBRARY)
    return {(fault.code.value, fault.field) for fault in refused.value.faults}


def stops_of(*given, **changes):
    with pytest.raises(Refused) as refused:
        capsules(*given, **changes)
    return [(stop.code.value, stop.field, stop.value, stop.severity) for stop in refused.value.stops]


def test_a_fill_to_a_mass_holds_powder_ingredients_and_diluent():
    """4.5 x 30 / 150 x 480 = 432 mg of powder, 14.4 mg in one; 30 + 150 mg are 6 mg in one; 140 - 20.4 = 119.6 mg."""
    made = capsules(GIVEN, SILICA, VITAMIN)
    assert [each.amount.exact.value for each in made.ingredients] == [30, 150]
    assert made.fill.diluent.exact.value == Fraction("119.6") * 30 == 3588
    # Mixed into the diluent before the powder: 3588 + 180 = 3768 mg are added to 432 mg, in all 4200 = 30 x 140 mg.
    assert [rung.add.value for rung in made.ladder] == [432, 864, 1728, 744]
    assert made.ladder[-1].total.value == 4200
    assert made.reverse_check.dose.value == Fraction("4.5")
    shown = answer(made)["plan"]
    assert [(each["name"], each["role"], each["amount"]["text"], each["fills"]) for each in shown["ingredients"]] == [
        ("colloidal silica", "glidant", "0.030 g", "mass"),
        ("ascorbic acid", "antioxidant", "0.150 g", "mass"),
    ]
    assert [line["name"] for line in shown["weighings"]] == [
        *("tablets", "portion", "ingredient", "ingredient", "diluent", "capsule"),
    ]
    assert [row["size"] for row in shown["sizes"]] == ["3"]


def test_powder_and_ingredients_may_fill_a_capsule_without_diluent():
    """14.4 mg of powder and 5 mg of the ingredient are all of a fill of 19.4 mg."""
    made = capsules({**ORDER, "capsule": {"fill_mass": "19.4 mg"}}, VITAMIN)
    assert made.fill.diluent.exact.value == 0
    assert made.ladder == ()
    assert made.reverse_check.dose.value == Fraction("4.5")
    steps = {step.key: step.what for step in work_of(made)}
    assert (steps["no_diluent"], steps["mix_ingredients"]) == ("ingredients", "powder")
    assert not steps.keys() & {"diluent", "begin_blend", "rung-1", "rungs_open"}
    said = [notice["text"] for notice in answer(made)["plan"]["notices"] if notice["code"] == "no_diluent_needed"]
    assert said == ["No diluent needed: powder and ingredients fill the capsules."]


def test_the_error_of_each_ingredient_counts_in_the_dose():
    """An error of the balance of 1 mg is 1 / sqrt 3 mg: of a blend of 4200 mg that is 1 / (4200 sqrt 3) of the dose."""
    terms = {
        (term.name, term.step): term.squared_effect.value for term in capsules(GIVEN, SILICA, VITAMIN).spread.terms
    }
    blend = Fraction(1, 3) / 4200**2
    assert terms["ingredient", 1] == terms["ingredient", 2] == terms["diluent", 1] == blend
    # Of the portion: d ln dose / d p = 1/p - 1/(whole blend).
    assert terms["portion", 1] == Fraction(1, 3) * (Fraction(1, 432) - Fraction(1, 4200)) ** 2
    assert terms["tablets", 1] == Fraction(1, 3) / 480**2


def test_an_ingredient_takes_room_or_is_said_to_be_neglected():
    """5 / 200 = 1/40 of a body beside 14.4 / 165; 1 mg of silica takes none, and is less than 2 % of the fill."""
    made = capsules(PACKED, SILICA, {**VITAMIN, "packing_statistic": "200 mg"})
    each = (1 - Fraction("14.4") / 165 - Fraction(1, 40)) * 135
    assert made.fill.diluent.exact.value == 30 * each
    assert made.fill.fill_mass.value == Fraction("14.4") + 6 + each
    (told,) = [notice for notice in made.notices if notice.code == "ingredients_neglected"]
    assert told.facts["share"].value == 1 / made.fill.fill_mass.value
    shown = answer(made)["plan"]["ingredients"]
    assert [each["fills"] for each in shown] == ["neglected", "packing"]
    # Nothing else of the fill is neglected.
    alone = capsules(PACKED, {**VITAMIN, "packing_statistic": "200 mg"})
    assert [notice for notice in alone.notices if notice.code == "ingredients_neglected"] == []


def test_more_than_a_few_per_cent_without_a_packing_statistic_need_a_reason():
    """m mg neglected beside 14.4 + (1 - 14.4/165) x 135 = 137.61... mg: 2 % of the fill are m = 2.8085... mg."""
    rest = Fraction("14.4") + (1 - Fraction("14.4") / 165) * 135
    most = rest / 49
    below, above = (f"{float(most * 30 + step):.3f} mg" for step in (-0.001, 0.001))
    capsules(PACKED, {**SILICA, "amount": below})
    ((code, field, value, severity),) = stops_of(PACKED, {**SILICA, "amount": above})
    assert (code, field, severity) == ("ingredients_not_packed", "ingredients.0.packing_statistic", "soft")
    reason = {"code": code, "value": value, "reason": "reference_checked"}
    assert capsules(PACKED, {**SILICA, "amount": above}, acknowledgements=[reason]).acknowledged[0].stop.code == code


@pytest.mark.parametrize(
    ("order", "ingredient", "stop"),
    [
        # 20 mg may be weighed on this balance, and nothing below it.
        (
            GIVEN,
            {**SILICA, "amount": "19.99 mg"},
            ("ingredient_below_least", "ingredients.0.amount", "19.99 mg", "hard"),
        ),
        # 14.4 mg of powder and 126 mg are more than the 140 mg that a capsule takes.
        (GIVEN, {**VITAMIN, "amount": "126 mg"}, ("capsule_too_small", "capsule.fill_mass", "140 mg", "hard")),
        # 14.4 / 165 of a body are taken, and 190 / 200 more do not fit.
        (
            PACKED,
            {**VITAMIN, "amount": "190 mg", "packing_statistic": "200 mg"},
            ("capsule_too_small", "capsule.size", "3", "hard"),
        ),
        (
            GIVEN,
            {**SILICA, "name": "Calcium carbonate"},
            ("diluent_to_avoid", "ingredients.0.name", "Calcium carbonate", "soft"),
        ),
        (GIVEN, {**SILICA, "expiry": "2026-10"}, ("expired", "ingredients.0.expiry", "2026-10-31", "hard")),
    ],
)
def test_what_stops_an_ingredient(order, ingredient, stop):
    assert stops_of(order, ingredient) == [stop]


def test_what_a_drug_file_says_to_avoid_is_asked_about_once_in_a_liquid_too():
    chalk = {"name": "CALCIUM carbonate", "amount": "600 mg"}
    asked = ("diluent_to_avoid", "ingredients.1.name", "CALCIUM carbonate")
    for make, given in ((liquid, ()), (capsules, (GIVEN,))):
        with pytest.raises(Refused) as refused:
            make(*given, SILICA, chalk, {**chalk, "lot": "C-2"})
        assert [(stop.code.value, stop.field, stop.value) for stop in refused.value.stops] == [asked]


def test_ingredients_that_do_not_fit_are_told_of_in_one_sentence():
    many = {"name": "chalk", "amount": "12 g", "packing_statistic": "135 mg"}
    read = read_page(
        make_client().get("/", query_string=as_query({**PACKED, "ingredients": [many]}), follow_redirects=True)
    )
    assert re.search(r"ingredients do not fit: they would take [\d.]+.% of a capsule \(3\)\.", read.text)


def test_before_the_tablets_are_weighed_the_diluent_is_a_formula_less_the_ingredients():
    unweighed = {"source": {"strength": "50 mg"}}
    target = {step.key: step.target for step in work_of(capsules({**GIVEN, **unweighed}, SILICA))}
    # 135 / 150 of W are powder: 30 x 140 - 30 mg less that.
    assert (target["diluent"].constant.value, target["diluent"].times) == (4170, -Fraction(9, 10))
    packed = capsules({**PACKED, **unweighed}, {**VITAMIN, "packing_statistic": "200 mg"})
    target = {step.key: step.target for step in work_of(packed)}
    # A fortieth of 30 x 135 = 4050 mg is taken: 3948.75 mg, less the powder by 135 / 165.
    assert (target["diluent"].constant.value, target["diluent"].times) == (Fraction("3948.75"), -Fraction(81, 110))
    actions = {action.key: action for stage in sheet(packed).work for action in stage.actions}
    assert actions["diluent"].target == "30 \u00d7 0.135 g \u2212 powder \u00d7 0.135 g / 0.165 g \u2212 0.101 g"
    assert actions["divide"].band == "Each holds (powder + diluent + ingredients) / 30"


def test_each_stands_in_the_work_the_components_and_the_dates_at_its_place():
    expiries = {"source": {**WEIGHED, "expiry": "2028-01-31"}, "diluent": {"expiry": "2028-01-31"}}
    shells = {"fill_mass": "140 mg", "expiry": "2028-01-31"}
    lactose = {**VITAMIN, "name": "lactose with sorbitol", "lot": "L1", "expiry": "2027-02"}
    made = capsules({**GIVEN, **expiries, "capsule": shells}, {**SILICA, "expiry": "2028-02"}, lactose)
    keys = [step.key for step in work_of(made)]
    placed = ("read_diluent", "read_ingredient-1", "read_ingredient-2", "portion", "ingredient-1", "ingredient-2")
    placed += ("diluent", "mix_ingredients", "begin_blend")
    assert [key for key in keys if key in placed] == list(placed)
    assert made.order.unknown_expiries == ()
    assert (made.beyond_use.bound.by, made.beyond_use.date) == ("ingredient", date(2027, 2, 28))
    shown = answer(made)["plan"]
    assert [(row["name"], row["cells"][0], row["cells"][-2]) for row in components(made, shown)[2:4]] == [
        ("colloidal silica", "0.030 g", ""),
        ("lactose with sorbitol", "0.150 g", "L1"),
    ]
    assert any("Contains lactose, sorbitol" in line for line in label_lines(made, sheet(made))["text"])
    assert capsules(GIVEN, SILICA).order.unknown_expiries[-1] == "ingredients.0.expiry"


def test_in_a_liquid_they_are_weighed_or_measured_and_the_wetting_agent_comes_first():
    """200 mg for 100 mL are 300 mg for 150 mL, 2 mL are 3 mL."""
    made = liquid(
        {"name": "citric acid", "amount": "200 mg", "per": "100 mL", "role": "buffer"},
        {"name": "glycerin", "amount": "2 mL", "per": "100 mL", "role": "wetting agent"},
        {"name": "orange", "amount": "0.5 mL", "role": "flavor"},
    )
    amounts = [(each.amount.exact.value, each.is_measured) for each in made.ingredients]
    assert amounts == [(300, False), (3, True), (Fraction(1, 2), True)]
    steps = {step.key: step for step in work_of_liquid(made)}
    order = ("zero_balance", "ingredient", "ingredient_volume-1", "ingredient_volume-2", "wet_with", "thin", "rinse")
    order += ("add_ingredient-1", "add_ingredient-2", "to_volume")
    assert [key for key in steps if key in {*order, "wet"}] == list(order)
    assert (steps["wet_with"].what, steps["add_ingredient-2"].what) == ("glycerin", "orange")
    assert [line["name"] for line in answer_of_liquid(made)["plan"]["weighings"]] == ["ingredient"]
    assert made.strength_per_container.value == 150


@pytest.mark.parametrize(
    ("order", "ingredient", "faults"),
    [
        (GIVEN, {"amount": "5 mL"}, {("wrong_dimension", "ingredients.0.amount")}),
        (GIVEN, {"per": "100 mL"}, {("unknown_choice", "ingredients.0.per")}),
        (LIQUID, {"per": "capsule"}, {("unknown_choice", "ingredients.0.per")}),
        (LIQUID, {"amount": "0.000999 mg"}, {("out_of_range", "ingredients.0.amount")}),
        (LIQUID, {"amount": "1000.000001 g"}, {("out_of_range", "ingredients.0.amount")}),
        (LIQUID, {"amount": "0.009999 mL"}, {("out_of_range", "ingredients.0.amount")}),
        (
            LIQUID,
            {"amount": "1000.000001 mL"},
            {("out_of_range", "ingredients.0.amount"), ("volumes_too_large", "ingredients")},
        ),
        (LIQUID, {"amount": "150 mL"}, {("volumes_too_large", "ingredients")}),
        (LIQUID, {"amount": "100 mL", "per": "100 mL"}, {("volumes_too_large", "ingredients")}),
        (LIQUID, {"packing_statistic": "5 mg"}, {("unknown_field", "ingredients.0.packing_statistic")}),
        (LIQUID, {"role": "sugar"}, {("unknown_choice", "ingredients.0.role")}),
        (PACKED, {"packing_statistic": "5.000001 g"}, {("out_of_range", "ingredients.0.packing_statistic")}),
        (PACKED, {"packing_statistic": "0.999999 mg"}, {("out_of_range", "ingredients.0.packing_statistic")}),
        (GIVEN, {"packing_statistic": "200 mg"}, {("excludes_each_other", "capsule.fill_mass")}),
        (
            {**ORDER, "drug": {"name": "another drug"}},
            {"packing_statistic": "200 mg"},
            {("pair_incomplete", "capsule.size")},
        ),
    ],
)
def test_what_cannot_be_read_of_an_ingredient(order, ingredient, faults):
    assert faults_of(order, {**SILICA, **ingredient}) == faults


def test_eight_are_taken_with_their_ends_and_a_name_and_an_amount_are_needed():
    for amount in ("0.001 mg", "1000 g", "0.01 mL", "0.1 L"):
        LiquidOrder.read({**LIQUID, "ingredients": [{"name": "a", "amount": amount}]}, LIBRARY)
    for statistic in ("1 mg", "5 g"):
        Order.read({**PACKED, "ingredients": [{**SILICA, "packing_statistic": statistic}]}, LIBRARY)
    assert len(Order.read({**GIVEN, "ingredients": [SILICA] * 8}, LIBRARY).ingredients) == 8
    assert faults_of(GIVEN, *[SILICA] * 9) == {("list_too_long", "ingredients")}
    assert faults_of(LIQUID, {}) == {("required", "ingredients.0.name"), ("required", "ingredients.0.amount")}
    assert faults_of(LIQUID, "a") == {("wrong_type", "ingredients.0")}


def test_an_order_is_the_same_wherever_it_goes():
    for made, ask in ((capsules(GIVEN, SILICA, VITAMIN), answer), (liquid(SILICA), answer_of_liquid)):
        whole, order = ask(made), made.order
        planned = plan if ask is answer else plan_liquid
        again = ask(planned(type(order).read(whole["order"], LIBRARY), LIBRARY))
        assert again["fingerprint"] == whole["fingerprint"]
        pairs = shortest_pairs_of(order)
        assert sorted(unpack(pack(pairs))) == sorted(pairs)
        assert whole["order"]["ingredients"][0]["per"] == "batch"
    # What nobody says changes no fingerprint.
    bare = capsules(GIVEN, {"name": "silica", "amount": "30 mg"})
    said = capsules(GIVEN, {"name": "silica", "amount": "30 mg", "per": "batch", "role": "other", "lot": None})
    assert answer(bare)["fingerprint"] == answer(said)["fingerprint"] != answer(capsules(GIVEN))["fingerprint"]


def test_the_page_has_a_row_for_each_and_adds_one_and_a_schedule_takes_those_of_a_capsule():
    client = make_client()
    query = as_query({**GIVEN, "ingredients": [SILICA, VITAMIN]})
    page = read_page(client.get("/", query_string=[*query, ("more", "ingredients")], follow_redirects=True))
    assert page.find(id="ingredients-2-name") is not None
    assert page.find(id="ingredients-1-per").find("option", selected=True)["value"] == "capsule"
    assert page.find(id="ingredients-0-name")["value"] == "colloidal silica"
    assert read_page(client.get("/")).find(id="ingredients-0-name") is None
    assert client.get("/sheet.pdf", query_string=query, follow_redirects=True).mimetype == "application/pdf"
    schedule = [{"dose": f"{dose} mg", "days": 30} for dose in (1, 3)]
    found = client.post(
        "/api/v1/titration", json={"schedule": schedule, "order": {"ingredients": [VITAMIN]}}
    ).get_json()
    made = found["ways"][1]["batches"][0]["order"]["ingredients"]
    assert [(each["amount"], each["per"]) for each in made] == [("5 mg", "capsule")]
    refused = client.post(
        "/api/v1/titration", json={"schedule": schedule, "order": {"ingredients": [SILICA]}}
    ).get_json()
    assert [(each["code"], each["field"]) for each in refused["faults"]] == [
        ("belongs_to_batch", "order.ingredients.0.per")
    ]


def test_the_check_by_weight_counts_what_was_mixed_in():
    """432 + 3588 + 180 = 4200 mg went in; 30 capsules of 137 mg are 4110 mg of it."""
    sent = {"order": {**GIVEN, "ingredients": [SILICA, VITAMIN]}, "shell_mass": "48 mg", "capsules": ["185 mg"] * 10}
    found = make_client().post("/api/v1/check/weights", json={**sent, "planned": 30, "made": 30}).get_json()
    assert found["weighed_in"]["exact"] == "4200"
    assert found["mass_balance"]["exact"] == "137/140"
