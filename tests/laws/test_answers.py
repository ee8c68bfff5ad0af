"""Laws of a plan as it is answered: over random orders each line of work comes to the figure beside it, sums add up,
what cannot be known is null and everything else is told; by hand how an order is read and how figures are written.

What is compared stands in docs/contract.md and in the pharmacy's rules; nothing was read off the program.
"""

import json
import re
from fractions import Fraction
from math import isqrt

import pytest
from jsonschema import Draft202012Validator

from calc.answers.figures import as_shown, dose, share, strength_after
from calc.arithmetic.roots import Root
from calc.arithmetic.rounding import combined, down_to_step, larger, size_of, to_step, total, up_to_step, up_to_whole
from calc.arithmetic.student_t import probability_below
from calc.arithmetic.sums import Sum
from calc.arithmetic.units import MG, MG_PER_CAPSULE, PERCENT, RATIO, TABLET, G, figure
from calc.capsule.order import Order
from calc.faults import REASONS, Reason, StopCode
from calc.library import load
from tests.laws.test_checks import figures_in, result_is, said, says_nothing_empty, value_of
from tests.support.client import PLAN, make_client
from tests.support.orders import GOOD, OF_BULK, changed
from tests.tools.compare_engines import number, trees

CLIENT, LIBRARY = make_client(), load()
PARTS, EACH = 20, 3
#: 30 capsules of 0.05 mg from one tablet: too little to weigh.
WEAK = {
    "drug": {"name": "a weak drug"},
    "dose": "0.05 mg",
    "quantity": 30,
    "source": {"strength": "50 mg", "tablets_weighed": 1, "total_mass": "0.160 g"},
    "capsule": {"size": "3", "fill_mass": "120 mg"},
}
IN_MG = {"g": 1000, "mg": 1, "mg/{capsule}": 1, "ug": Fraction(1, 1000)}


def ask(tree):
    """The answer, which keeps every law of a plan where it has one."""
    answer = CLIENT.post(PLAN, json={"prepared_on": "2026-11-23", **tree}).get_json()
    if "plan" in answer:
        keeps_the_laws(answer)
    return answer


def planned(part):
    """The answers to the random orders of one part that have a plan."""
    answers = (ask(tree) for tree in trees(EACH, part))
    return [answer for answer in answers if "plan" in answer]


def mg(shown):
    """The exact mass in mg."""
    return number(shown["exact"]) * IN_MG[shown["unit"]]


def weighed(answer):
    """Whether the mass of the powder is known: bulk powder, or tablets weighed on the day of making."""
    order, source = answer["order"], answer["order"]["source"]
    of_bulk = source.get("kind") == "powder"
    return of_bulk or (source["total_mass"] is not None and source["weighed_on"] == order["prepared_on"])


def figures_are_shown_as_they_are(answer):
    """Value and text are the exact figure, rounded: nothing but zero is shown as zero, and no word is empty."""
    says_nothing_empty([notice["text"] for notice in answer["plan"]["notices"]])
    says_nothing_empty([list(step.values()) for step in answer["plan"]["steps"]])
    step = Fraction(answer["order"]["balance"]["readability"].split()[0])
    if answer["plan"]["gross_band"] is not None:
        (low, lowest), (high, highest) = (
            (Fraction(shown["value"]), number(shown["exact"])) for shown in answer["plan"]["gross_band"].values()
        )
        assert lowest <= low < lowest + step, "rounded inwards"
        assert highest - step < high <= highest, "rounded inwards"
    for shown in figures_in({**answer["plan"], "gross_band": None}):
        exact, value, text = value_of(shown), Fraction(shown["value"]), shown["text"]
        assert (value == 0) is (exact == 0), shown
        if text.startswith("below"):
            least = re.search(r"[\d.]+", text)[0]
            assert abs(exact) < Fraction(least) * (Fraction(1, 100) if "%" in text else 1), shown
            assert set(least) <= set("0.1"), shown
        elif text.startswith("1 mg in "):
            assert abs(said(text[8:]) * exact - 1) <= Fraction(1, 1000), shown
        else:
            scale = 100 if shown["unit"] == "1" else Fraction(1000) if "mcg" in text and shown["unit"] == "mg" else 1
            last = step / IN_MG[shown["unit"]] if shown["unit"] in IN_MG else Fraction(1, 10**4)
            for got in (value, said(text) / scale):
                assert abs(got - exact) * 2 <= max(abs(exact) / 10, last), shown


def nulls_are_what_cannot_be_known(answer):
    """What cannot be known is null and everything else is told; sums add up."""
    plan, order, known = answer["plan"], answer["order"], weighed(answer)
    of_tablets = order["source"].get("kind") != "powder"
    for name in ("tablets_exact", "tablets_to_crush", "portion_share", "drug_left_over"):
        assert (plan[name] is not None) is of_tablets, name
    assert (plan["portion"] is not None) is (known and not plan["triturations"])
    assert (plan["powder_per_capsule"] is not None) is known
    given = any(order["diluent"][name] is not None for name in ("packing_statistic", "packing"))
    assert (plan["share_of_body"] is not None) is (known and (given or plan["estimated"] != [])) or not given
    spread = known and plan["diluent"] is not None and "diluent" not in plan["estimated"]
    assert (plan["spread"] is not None) is (plan["reverse_check"] is not None) is spread
    if spread:
        for name in ("fill_mass", "diluent_per_capsule"):
            assert plan[name] is not None, name
    for index, step in enumerate(plan["triturations"]):
        assert (step["weigh"] is None) is (step["diluent"] is None) is (not known and not index)
        if step["weigh"] is not None:
            assert mg(step["weigh"]) + mg(step["diluent"]) == mg(step["total"])
        assert 0 < mg(step["take"]) < mg(step["total"])
    for row in plan["sizes"]:
        assert (row["share"] is None) is (row["fill_mass"] is None) is (row["diluent"] is None)
        if row["share"] is not None and not plan["triturations"]:
            assert number(row["share"]["exact"]) == mg(plan["powder_per_capsule"]) / mg(row["fill_mass"])
    for weighing in plan["weighings"]:
        assert (weighing["mass"] is None) is (weighing["ok"] is None)
        if weighing["mass"] is not None:
            assert weighing["ok"] is (mg(weighing["mass"]) >= mg(weighing["least"]))
    if plan["fill_mass"] is not None and known:
        assert mg(plan["diluent_per_capsule"]) + mg(plan["powder_per_capsule"]) == mg(plan["fill_mass"])
    codes = {caution["code"] for caution in plan["cautions"]}
    assert bool(codes) is (order["drug"] == "naltrexone")


def work_comes_to_the_figures(answer):
    """Each line of work comes to the figure of the plan; the dose computed back is in the form of the source."""
    plan, order, work = answer["plan"], answer["order"], {}
    for step in answer["plan"]["steps"]:
        work.setdefault(step["code"], []).append(step)
        unit = re.sub(
            r"^-?[\d,.]+ ?", "", step["result"].partition(",")[0] if ", " in step["result"] else step["result"]
        )
        assert ("(" in unit) <= unit.endswith("%)"), step
        if unit.endswith("%)"):
            assert abs(said(unit[1:]) - 100 * said(step["result"])) <= abs(said(unit[1:])) / 1000, step
    pairs = {"drug_needed": plan["drug_needed"], "diluent_per_capsule": plan["diluent_per_capsule"]}
    pairs |= {"tablets_exact": plan["tablets_exact"], "portion_share": plan["portion_share"]}
    pairs |= {"portion": plan["portion"], "powder_per_capsule": plan["powder_per_capsule"]}
    pairs |= {"drug_left_over": plan["drug_left_over"], "share_of_body": plan["share_of_body"]}
    weight = {"hydrochloride": Fraction("377.86"), "base": Fraction("341.40"), None: Fraction("377.86")}
    form = weight[order["dose_basis"]] / weight[order["source"].get("basis")]
    if plan["reverse_check"] is not None:
        pairs |= {"dose_computed_back": plan["reverse_check"]["dose"]}
        pairs |= {"dose_deviation": plan["reverse_check"]["deviation"]}
    for code, shown in pairs.items():
        if code in work and shown is not None:
            exact = value_of(shown) * IN_MG.get(shown["unit"], 1)
            result_is(work[code][0], exact / form if code == "dose_computed_back" else exact)
    for code in ("portion", "diluent"):
        rounded = re.search(r"on the balance (.+)", work[code][0]["result"]) if plan[code] and code in work else None
        assert rounded is None or rounded[1] == plan[code]["text"]
    assert (
        work["batch"][0]["result"].startswith(f"{plan['batch']:,} capsule") or "rounded" in work["batch"][0]["result"]
    )
    if not weighed(answer) and "tablets_to_crush" in work and order["source"]["tablets_crushed"] is None:
        need = int(re.search(r"([\d,]+) tablets?$", work["tablets_to_crush"][0]["result"])[1].replace(",", ""))
        assert plan["tablets_to_crush"] == max(need, order["source"]["least_tablets"])


def spread_is_of_its_terms(answer):
    """The batch is the root of the sum of squares; an error below 0.1 mg is said in mcg."""
    spread = answer["plan"]["spread"]
    if spread is None:
        return
    squares = [value_of(term["of_dose"]) ** 2 for term in spread["terms"]]
    assert abs(sum(squares) - value_of(spread["batch"]) ** 2) <= sum(squares) / 10**9
    if max(squares) == 0:
        assert spread["largest"] is None
    else:
        names = [{"name": term["name"], "step": term["step"]} for term in spread["terms"]]
        assert max(squares) - squares[names.index(spread["largest"])] <= max(squares) / 10**9
    assert number(spread["shift"]["exact"]) == number(answer["plan"]["reverse_check"]["deviation"]["exact"])
    for term in spread["terms"]:
        error = number(term["error"]["exact"])
        assert term["error"]["unit"] == "mg"
        assert term["error"]["text"].endswith(" mcg" if error < Fraction("0.1") else " mg")
        assert any(term["error"]["text"] in condition for condition in spread["conditions"])
        of_mass = error / (Fraction(term["mass"]["value"]) * 1000)
        times = 3 if term["kind"] == "bound" else 1
        assert abs(value_of(term["of_mass"]) ** 2 * times - of_mass**2) <= of_mass**2 / 10**9


def keeps_the_laws(answer):
    """All laws of a plan."""
    for law in (figures_are_shown_as_they_are, nulls_are_what_cannot_be_known, work_comes_to_the_figures):
        law(answer)
    spread_is_of_its_terms(answer)


@pytest.mark.parametrize("part", range(PARTS))
def test_random_orders_keep_every_law(part):
    for tree in trees(EACH, part):
        ask(tree)


@pytest.mark.parametrize("part", range(PARTS))
def test_an_order_understood_is_the_same_order_with_nothing_filled_in(part):
    for answer in planned(part):
        again = ask(answer["order"])
        assert again["defaults"] == []
        assert (again["order"], again["fingerprint"]) == (answer["order"], answer["fingerprint"])
        understood = Order.read(answer["order"], LIBRARY).understood()
        assert json.loads(json.dumps(understood)) == understood == answer["order"]
        if again["plan"]["spread"] is not None:  # whether the balance was entered or assumed is told, and differs
            del again["plan"]["spread"]["conditions"], answer["plan"]["spread"]["conditions"]
        # An amount of drug in a sentence has the unit that the dose was typed in; the order understood has mg.
        for part in ("notices", "acknowledged"):
            texts = [[one.pop("text") for one in each["plan"][part]] for each in (again, answer)]
            assert [plainly(text) for text in texts[0]] == [plainly(text) for text in texts[1]]
        assert again["plan"] == answer["plan"]


def plainly(text):
    """A sentence without its amounts of drug."""
    return re.sub(r"[\d.,]+ mc?g\b", "AMOUNT", text)


def test_a_trituration_says_what_is_weighed_added_and_taken():
    """1.5 mg of drug of a tablet of 50 mg in 160 mg is 4.8 mg of powder; the balance may weigh 20 mg and more.

    The capsules hold 3.6 g, so that 180 mg to 3.6 g are taken: of 5 mg in a gram 300 mg. The tablet is made up to 1 g,
    50 mg in a gram, 1 mg in 20 mg; 0.1 g of that to 1 g, 1 mg in 200 mg.
    """
    first, last = ask(WEAK)["plan"]["triturations"]
    assert [step["all_of_it"] for step in (first, last)] == [True, False]
    texts = [{name: step[name]["text"] for name in step.keys() - {"all_of_it"}} for step in (first, last)]
    weighed_out = {"weigh": "0.160 g", "diluent": "0.840 g", "total": "1.000 g", "take": "0.100 g"}
    assert texts[0] == weighed_out | {"strength_after": "1 mg in 20 mg"}
    weighed_out = {"weigh": "0.100 g", "diluent": "0.900 g", "total": "1.000 g", "take": "0.300 g"}
    assert texts[1] == weighed_out | {"strength_after": "1 mg in 200 mg"}
    unweighed = {**WEAK, "source": {"strength": "50 mg"}}
    first, *later = ask(unweighed)["plan"]["triturations"]
    assert (first["weigh"], first["diluent"]) == (None, None)
    assert all(step["weigh"] and step["diluent"] for step in later)


STOPPED = {
    "dose_above_usual": {"dose": "7 mg", "source.tablets_weighed": 5, "source.total_mass": "0.8 g"},
    "opioids_yes": {"screening": {"opioids": "yes"}},
    "heavy_tablet": {"source.total_mass": "3.603 g"},
    "diluent_to_avoid": {"diluent.name": "calcium carbonate"},
}
SAID = {
    "prescriber_confirmed": "The prescriber confirmed it",
    "reference_checked": "Checked in a reference",
    "weighed_again": "Weighed again with the same result",
}


@pytest.mark.parametrize("code", STOPPED)
def test_a_stop_that_was_let_pass_is_told_with_its_reason(code):
    order = changed(GOOD, STOPPED[code])
    stops = [stop for stop in ask(order)["stops"] if stop["code"] == code]
    (stop,) = stops
    reasons = [reason for reason in stop["reasons"] if reason in SAID]
    assert set(stop["reasons"]) == {reason.value for reason in REASONS[StopCode(code)]}
    for reason in reasons:
        given = {"code": code, "value": stop["value"], "reason": Reason(reason).value}
        (passed,) = ask({**order, "acknowledgements": [given]})["plan"]["acknowledged"]
        assert passed == {**given, "text": f"{stop['text']} Overridden: {SAID[reason]}."}


# How an order is read.


def faults(tree):
    return [(fault["code"], fault["field"], fault["text"]) for fault in ask(tree).get("faults", [])]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"allowance": "0.1 %"}, "Allowance for loss: 0.1 % is less than 1 %; one in ten is 10 %, not 0.1 %."),
        ({"allowance": "0.999999 %"}, "Allowance for loss: 0.999999 % is less than 1 %; one in ten is 10 %"),
        ({"allowance": "1 %"}, None),
        ({"allowance": "0 %"}, None),
        ({"dose_basis": "salt"}, "\u201csalt\u201d is not one of the choices (hydrochloride, base)."),
        ({"dose_basis": "base"}, None),
        ({"drug": {"name": "a weak drug"}, "dose_basis": "base"}, "\u201cbase\u201d is not one of the choices ()."),
        ({**OF_BULK, "source.basis": "salt"}, "\u201csalt\u201d is not one of the choices (hydrochloride, base)."),
        ({**OF_BULK, "source.basis": " base "}, None),
        (
            {**OF_BULK, "drug": {"name": "a weak drug"}, "source.basis": "base"},
            "\u201cbase\u201d is not one of the choices ().",
        ),
        (
            {"drug": "naloxone", "dose_basis": "base"},
            "Drug: \u201cnaloxone\u201d is not one of the choices (naltrexone).",
        ),
        ({"acknowledgements": [{}] * 21}, "give at most 20."),
        ({"acknowledgements": {}}, "this must be a list."),
    ],
)
def test_a_fault_says_what_was_typed_and_what_is_taken(changes, found):
    order = {**GOOD, **{name: value for name, value in changes.items() if "." not in name}}
    for path, value in changes.items():
        part, _, name = path.partition(".")
        if name:
            order[part] = {**order[part], name: value}
    read = faults({name: value for name, value in order.items() if value is not None})
    told = [text for _, _, text in read]
    assert len(told) == (found is not None)
    assert all(field in changes for _, field, _ in read)
    assert all(found in text for text in told)
    says_nothing_empty(told)


def test_twenty_reasons_are_read_before_they_are_found_to_be_of_nothing():
    given = {"code": "quantity_large", "value": "301", "reason": "prescriber_confirmed"}
    codes = {code for code, _, _ in faults({**GOOD, "acknowledgements": [given] * 20})}
    assert "list_too_long" not in codes
    assert codes


@pytest.mark.parametrize("drug", ["naltrexone", {"name": "a weak drug"}], ids=["of a file", "by name"])
@pytest.mark.parametrize(
    "part", ["source", "capsule", "diluent", "balance", "tablet_powder", "beyond_use", "screening", None]
)
def test_null_is_as_good_as_left_out_wherever_a_field_may_be_left_out(part, drug):
    """In the order and in each of its parts; a name that does not exist is not taken because it is null."""
    order = {**GOOD, "drug": drug}
    answer = ask(order)
    given, whole = (tree if part is None else tree.get(part, {}) for tree in (order, answer["order"]))
    for name in whole.keys() - given.keys():
        with_null = {**given, name: None}
        assert ask(with_null if part is None else {**order, part: with_null})["plan"] == answer["plan"], name
    unknown = {**given, "x": None}
    found = faults(unknown if part is None else {**order, part: unknown})
    expected = [("unknown_field", "x" if part is None else f"{part}.x")]
    assert [fault[:2] for fault in found] == ([] if part == "screening" else expected)  # a question not asked is none


def test_what_must_be_said_of_a_drug_or_a_reason_is_said():
    assert faults({**GOOD, "drug": {"name": "a weak drug", "x": None}})[0][:2] == ("unknown_field", "drug.x")
    assert faults({**GOOD, "drug": {"name": None}})[0][:2] == ("required", "drug.name")
    given = {"code": None, "value": "301", "reason": "prescriber_confirmed"}
    found = [fault[:2] for fault in faults({**GOOD, "acknowledgements": [given]})]
    assert ("required", "acknowledgements.0.code") in found


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ({}, True),
        ({"dose": None}, False),
        ({"quantity": None}, False),
        ({"quantity": "30"}, False),
        ({"capsule": None, "balance": None, "source": None, "screening": None}, True),
        ({"capsule": {"size": None, "shell_mass": None}}, True),
        ({"drug": {"name": "a weak drug"}}, True),
        ({"drug": {"name": None}}, False),
        ({"drug": {}}, False),
        ({"acknowledgements": [{"code": "quantity_large", "value": "301"}]}, False),
        ({"acknowledgements": [{"code": "quantity_large", "value": "301", "reason": "prescriber_confirmed"}]}, True),
        ({"source": {"kind": "powder", "assay": "98 %"}}, True),
        ({"source": {"kind": "powder", "assay": None}}, False),
        ({"source": {"kind": "powder"}}, False),
        ({"x": None}, False),
    ],
)
def test_the_schema_of_an_order_takes_and_refuses_what_the_contract_says(changes, taken):
    """Little is required; null is as good as left out elsewhere."""
    assert Draft202012Validator(Order.input_schema()).is_valid({"dose": "4.5 mg", "quantity": 30, **changes}) is taken


# How single figures are written and rounded.


@pytest.mark.parametrize(
    ("exact", "shown", "value", "text"),
    [
        (figure("0.00034", G), "0.000", "0.0003", "below 0.001 g"),
        (figure("-0.00034", G), "-0.000", "-0.0003", "below 0.001 g"),
        (figure("1/3000", G), "0.000", "0.0003", "below 0.001 g"),
        (figure("0.034", MG_PER_CAPSULE), "0.0", "0.03", "below 0.1 mg"),
        (figure("0.0034", MG), "0.00", "0.003", "below 0.01 mg"),
        (figure("0.34", MG), "0", "0.3", "below 1 mg"),
        (figure(0, MG), "0", "0", "0 mg"),
        (figure("0.4", MG), "0.4", "0.4", "0.4 mg"),
        (figure("1234.5", MG_PER_CAPSULE), "1234.5", "1234.5", "1,234.5 mg"),
        (figure(1, TABLET), "1", "1", "1 tablet"),
        (figure(2, TABLET), "2", "2", "2 tablets"),
    ],
)
def test_nothing_but_zero_is_shown_as_zero(exact, shown, value, text):
    """What would be rounded to nothing says what it is below: one in the last place that is shown."""
    found = as_shown(exact, shown)
    assert (found["value"], found["text"], found["unit"]) == (value, text, exact.unit.code)


def test_four_significant_digits_and_no_more():
    """1/3 is 33.33 %; 2/3 mg; a trituration of 3/40 holds 1 mg in 13.33 mg and 0.075 mg in each."""
    assert (share(figure("1/3", RATIO))["value"], share(figure("1/3", RATIO))["text"]) == ("0.3333", "33.33 %")
    assert (dose(figure("2/3", MG))["value"], dose(figure("2/3", MG))["text"]) == ("0.6667", "0.6667 mg")
    found = strength_after(figure("3/40", RATIO))
    assert (found["value"], found["text"], found["exact"]) == ("0.075", "1 mg in 13.33 mg", "0.075")
    assert strength_after(figure("1/3", RATIO))["value"] == "0.3333"
    assert strength_after(figure("1/3700", RATIO))["text"] == "1 mg in 3,700 mg"
    assert ask({**GOOD, "quantity": 29})["plan"]["tablets_exact"]["value"] == "2.61"
    assert ask({**GOOD, "dose": "4.444444 mg"})["plan"]["tablets_exact"]["value"] == "2.667"


def test_an_error_is_said_in_the_unit_that_needs_no_zeros():
    """On a balance of 0.01 mg the error of a bound is 10 mcg."""
    order = changed(GOOD, {"balance": {"readability": "0.01 mg", "minimum": "20 mg"}})
    assert {term["error"]["text"] for term in ask(order)["plan"]["spread"]["terms"]} == {"10 mcg"}
    assert {term["error"]["text"] for term in ask(GOOD)["plan"]["spread"]["terms"]} == {"1 mg"}


@pytest.mark.parametrize("plus", [Fraction(0), Fraction(1, 3), Fraction(19, 10)])
@pytest.mark.parametrize("square", [Fraction(2), Fraction(1, 4), Fraction(5792, 125), Fraction(0), Fraction(1, 10**9)])
def test_a_root_is_the_same_in_another_unit_and_is_held_against_limits_by_its_square(square, plus):
    """In per cent the square is ten thousand times as much and what is added a hundred times."""
    root = Root(square, RATIO, plus)
    percent = root.to(PERCENT)
    assert (percent.square, percent.plus, percent.unit) == (square * 10**4, plus * 100, PERCENT)
    assert percent.to(RATIO) == root
    assert percent.significant(4) == Root(square * 10**4, RATIO, plus * 100).significant(4)
    near = Fraction(isqrt(square.numerator * 10**60 // square.denominator), 10**30)
    assert root.at_most(figure(plus + near, RATIO)) is (near * near == square)
    assert root.at_most(figure(plus + near + Fraction(1, 10**30), RATIO))
    assert root.at_most(figure(100 * (plus + near) + 1, PERCENT))
    assert not root.at_most(figure(plus + near - Fraction(1, 10**30), RATIO))
    for decimals in (0, 2, 7):
        assert abs(root.rounded(decimals) - plus - near) <= Fraction(1, 2 * 10**decimals) + Fraction(1, 10**29)
    shown = Fraction(root.significant(4))
    assert abs(shown - plus - near) * 2 <= (plus + near) / 1000
    assert len(root.significant(4).replace(".", "").lstrip("0")) <= 4 or shown >= 10**4
    ends = near * near == square and plus.denominator != 3
    assert root.working().endswith("...") is not ends
    if not ends:
        assert len(root.working().replace(".", "").lstrip("0")) == 6, "six significant digits and an ellipsis"
    cut = Fraction(root.working().rstrip(".").replace(",", "")) - plus - near
    assert abs(cut) <= (plus + near) / 10**5
    assert cut <= Fraction(1, 10**29) or cut == 0


def test_a_half_is_rounded_up_and_a_limit_includes_its_own_value():
    """The root of 6.25 is 2.5; of 0.0025, 5 %."""
    assert Root(Fraction("6.25"), MG).rounded(0) == 3
    assert Root(Fraction("6.2499"), MG).rounded(0) == 2
    assert Root(Fraction("0.0025"), RATIO).at_most(figure(5, PERCENT))
    assert not Root(Fraction("0.0025"), RATIO, Fraction(1, 10)).at_most(figure(5, PERCENT))
    assert not Root(Fraction(0), RATIO, Fraction(1, 10)).at_most(figure(5, PERCENT))
    assert Root(Fraction(0), RATIO, Fraction(1, 20)).at_most(figure(5, PERCENT))


def test_masses_are_rounded_to_the_steps_of_a_balance_in_their_own_unit():
    """1.2345 g on a balance of 2 mg: 1.234 g and 1.236 g lie about it; half of a step goes up. A tenth more of a
    quarter more is 1.1 x 1.25, or 0.375 more.
    """
    mass, step = figure("1.2345", G), figure(2, MG)
    assert [rule(mass, step) for rule in (to_step, up_to_step, down_to_step)] == [
        figure(text, G) for text in ("1.234", "1.236", "1.234")
    ]
    assert to_step(figure("1.235", G), step) == figure("1.236", G)
    assert up_to_step(figure("1.234", G), step) == down_to_step(figure("1.234", G), step) == figure("1.234", G)
    assert (up_to_whole(figure("2.7", TABLET)), up_to_whole(figure(3, TABLET))) == (3, 3)
    assert [size_of(figure(value, MG)).value for value in (-2, 0, 2)] == [2, 0, 2]
    assert larger(figure(1, G), figure(999, MG)) == figure(1, G)
    assert (larger(figure(1, G), figure(1001, MG)).value, larger(figure(1, G), figure(1001, MG)).unit) == (
        Fraction("1.001"),
        G,
    )
    assert combined((figure(1, MG), figure(10, MG)), (figure(1, MG), figure(4, MG))) == figure("0.375", RATIO)
    assert total([], MG) == figure(0, MG)
    assert total([figure(1, G), figure("0.5", MG)], MG) == figure("1000.5", MG)
    shells = Sum("sum of the shells")
    assert shells([figure(1, G), figure(500, MG)]) == figure("1.5", G)
    assert shells.substituted([figure(1, G), figure(500, MG)]) == "1 g + 500 mg"


@pytest.mark.parametrize("degrees", [1, 2, 3, 9, 10, 29, 1000])
def test_students_t_grows_is_even_and_is_told_in_any_unit_of_its_spread(degrees):
    """P(t) + P(-t) is 1; P of twice the distance over four times the square is the same; a half at nothing."""
    below = Fraction(1, 2)
    for distance in (Fraction(1, 1000), Fraction(1, 2), Fraction(1), Fraction(3), Fraction(40)):
        found = probability_below(distance, Fraction(1, 2), degrees)
        assert below < found <= 1
        assert found + probability_below(-distance, Fraction(1, 2), degrees) == 1
        assert abs(probability_below(2 * distance, Fraction(2), degrees) - found) < Fraction(1, 10**50)
        below = found
    assert probability_below(Fraction(0), Fraction(1, 2), degrees) == Fraction(1, 2)
