"""How sure the dose of one capsule is: the check by weight of an order, worked out anew in floats and drawn by lot."""

import random
import statistics
from fractions import Fraction
from functools import cache
from math import isclose, sqrt
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from calc.arithmetic.student_t import probability_below
from calc.checks.uncertainty_answer import about_said, probability
from calc.web.openapi.checks import WEIGHTS, WEIGHTS_EXAMPLE
from tests.arithmetic.test_student_t import integrated
from tests.capsule.test_uncertainty import BULK, FINE, SIX, WEAK
from tests.support.checked_client import soup, words
from tests.support.client import PLAN, PROBLEM, ask_page, make_client
from tests.support.orders import GOOD, changed
from tests.support.pages import page_faults
from tests.support.plain_uncertainty import dose_of, masses_of, mg, root
from tests.support.queries import as_query
from tests.support.schemas import validate

CLIENT = make_client()
SAMPLE = {name: value for name, value in WEIGHTS_EXAMPLE.items() if name != "theoretical_fill"}
LABELS = (1, 0.95, 0.9)
#: Bulk powder without diluent: no weighing changes what a part of the fill holds.
PURE = {
    **WEAK,
    "dose": "98 mg",
    "source": BULK,
    "capsule": {"size": "3", "fill_mass": "100 mg"},
}


def check(order, fills=None, **changes):
    """The answer to a check of capsules of an order; `fills` in mg, in shells of 50 mg."""
    asked = {**SAMPLE, "order": order}
    if fills is not None:
        capsules = [f"{50 + fill:.4f} mg" for fill in fills]
        asked |= {"capsules": capsules, "shell_mass": "50 mg"}
    asked |= changes
    answer = CLIENT.post(WEIGHTS, json=asked)
    assert answer.status_code == 200, answer.text
    validate("check_weights.schema.json", asked)
    validate("check_weights_answer.schema.json", answer.get_json())
    return answer.get_json()


def refused(**changes):
    answer = CLIENT.post(WEIGHTS, json={**SAMPLE, "order": GOOD, **changes})
    assert (answer.status_code, answer.content_type) == (422, PROBLEM)
    return answer.get_json()


def closed_form(batch, shift, fills, theoretical):
    """Content at the full label, combined spread and degrees of freedom, in plain floats."""
    mean = statistics.fmean(fills)
    fill = statistics.stdev(fills) / mean * sqrt(1 + 1 / len(fills))
    combined = sqrt(batch**2 + fill**2)
    degrees = 1000 if fill == 0 else min(1000, int((len(fills) - 1) * combined**4 / fill**4))
    return (1 + shift) * mean / theoretical, combined, degrees


def between(content, combined, degrees):
    """The probability of 90 to 110 % by integrating the density of Student's t."""
    above, below = ((limit / content - 1) / combined for limit in (1.1, 0.9))
    return integrated(above, degrees) - integrated(below, degrees)


FILLS = [132, 134, 136, 137, 137, 138, 138, 139, 140, 141.6]
ORDERS = {
    "portion": GOOD,
    "balance of 6 mg": changed(GOOD, {"balance": SIX}),
    "trituration": {**WEAK, "dose": "0.05 mg"},
    "base": changed(GOOD, {"dose_basis": "base"}),
    "repeatability": changed(GOOD, {"balance": {"readability": "0.1 mg", "repeatability": "0.2 mg"}}),
}


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize("times", [1, 3])
def test_every_term_is_that_of_an_independent_computation(name, times):
    """Ten capsules, and thirty."""
    order = ORDERS[name]
    plan = CLIENT.post(PLAN, json=order).get_json()["plan"]
    theoretical = mg(plan["fill_mass"])
    fills = [fill * theoretical / 137.6 for fill in FILLS * times]
    found = check(order, fills)["spread"]
    batch, shift = root(plan["spread"]["batch"]), float(Fraction(plan["spread"]["shift"]["exact"]))
    content, combined, degrees = closed_form(batch, shift, [round(fill, 4) for fill in fills], theoretical)
    assert found["batch"] == plan["spread"]["batch"]
    assert isclose(root(found["combined"]), combined, rel_tol=1e-9)
    assert isclose(root(found["combined"]) ** 2, batch**2 + root(found["fill"]) ** 2, rel_tol=1e-9)
    assert found["degrees_of_freedom"] == degrees
    for label, within in zip(LABELS, found["within"], strict=True):
        assert float(within["label"]) == label
        assert isclose(float(Fraction(within["content"]["exact"])), label * content, rel_tol=1e-9)
        assert isclose(float(within["probability"]["exact"]), between(label * content, combined, degrees), abs_tol=1e-9)


def test_every_step_is_shown():
    found = check(changed(GOOD, {"balance": SIX}))
    codes = [step["code"] for step in found["steps"]]
    terms = CLIENT.post(PLAN, json=changed(GOOD, {"balance": SIX})).get_json()["plan"]["spread"]["terms"]
    assert codes.count("weighing_variance") == len(terms)
    assert codes.count("dose_variance") == len(terms) - 1
    for code in ("content_at_label", "room_below", "room_above", "probability"):
        assert codes.count(code) == 3
    once = {"batch_variance", "batch_spread", "one_more_variance", "one_more_spread", "combined_variance"}
    assert once | {"combined_spread", "degrees_of_freedom", "fill_shift"} <= set(codes)
    titles = [step["title"] for step in found["steps"]]
    assert "Powder weighed out: variance of the weighing, as a part of the mass" in titles
    assert "With 95 % of the label: mean content as a part of the dose" in titles
    (spread,) = (step for step in found["steps"] if step["code"] == "batch_spread")
    assert found["spread"]["batch"]["text"] == "1 %"
    assert spread["result"] == "0.0102145... (1.021 %)"


def test_the_fill_of_the_plan_takes_the_place_of_the_one_typed():
    ordered, typed = check(GOOD), CLIENT.post(WEIGHTS, json=WEIGHTS_EXAMPLE).get_json()
    assert typed["spread"] is None
    assert ordered["spread"] is not None
    own = ("spread", "steps", "verdicts", "weighed_in", "mass_balance", "mass_balance_uncertainty")
    own += ("notices",)  # which name the dose of the order
    assert {name: ordered[name] for name in ordered if name not in own} == {
        name: typed[name] for name in typed if name not in own
    }


def test_the_largest_is_a_weighing_or_the_filling():
    assert check(GOOD)["spread"]["largest"] == {"name": "fill", "step": 1}
    even = [137.6, 137.7] * 5
    assert check(changed(GOOD, {"balance": SIX}), even)["spread"]["largest"] == {"name": "tablets", "step": 1}
    weak = check(FINE, [120, 120.1] * 5)["spread"]
    assert weak["largest"] == {"name": "aliquot", "step": 2}


def test_capsules_of_one_fill_lose_no_degrees_of_freedom():
    found = check(GOOD, [137.6] * 10)["spread"]
    assert (found["fill"]["exact"], found["fill"]["text"], found["degrees_of_freedom"]) == ("sqrt(0/1)", "0 %", 1000)
    assert found["combined"] == found["batch"]


@pytest.mark.parametrize(
    ("fill", "chances"),
    [(90, ("1", "0", "0")), (89.9999, ("0", "0", "0")), (100, ("1", "1", "1")), (110, ("1", "1", "1"))],
)
def test_without_any_spread_a_capsule_is_within_or_not_and_a_limit_includes_its_value(fill, chances):
    found = check(PURE, [fill] * 10)["spread"]
    assert (found["combined"]["exact"], found["largest"]) == ("sqrt(0/1)", None)
    assert tuple(within["probability"]["exact"] for within in found["within"]) == chances
    assert {within["probability"]["text"] for within in found["within"]} <= {"0 %", "100 %"}


def test_capsules_that_hold_nothing_say_nothing_of_others():
    found = check(GOOD, [0] * 10)["spread"]
    assert [found[name] for name in ("fill", "combined", "degrees_of_freedom", "within")] == [None, None, None, []]
    assert found["fill_shift"]["text"] == "-100 %"
    assert found["batch"]["text"] == "0.17 %"


@pytest.mark.parametrize(
    ("chance", "value", "text", "exact"),
    [
        (Fraction(1), "0.999999999999", "above 99.9 %", "0.999999999999"),
        (Fraction(0), "0.000000000001", "below 0.1 %", "0.000000000001"),
        (Fraction("0.9995"), "0.9995", "above 99.9 %", "0.9995"),
        (Fraction("0.99949999"), "0.999", "99.9 %", "0.99949999"),
        (1 - Fraction(1, 10**30), "0.999999999999", "above 99.9 %", "0.999999999999"),
        (Fraction("0.0005"), "0.001", "0.1 %", "0.0005"),
        (Fraction("0.00049999"), "0.0005", "below 0.1 %", "0.00049999"),
        (Fraction(1, 10**30), "0.000000000001", "below 0.1 %", "0.000000000001"),
        (Fraction(2, 3), "0.667", "66.7 %", "0.666666666667"),
        (Fraction("0.98"), "0.98", "98 %", "0.98"),
    ],
)
def test_a_probability_is_never_shown_as_certain_where_it_is_not(chance, value, text, exact):
    assert probability(chance, certain=False) == {"value": value, "unit": "1", "text": text, "exact": exact}


@pytest.mark.parametrize(("chance", "text"), [(0, "0 %"), (1, "100 %")])
def test_a_certain_one_is_shown_as_certain(chance, text):
    shown = probability(Fraction(chance), certain=True)
    assert shown == {"value": str(chance), "unit": "1", "text": text, "exact": str(chance)}


def test_a_capsule_that_is_all_but_certainly_within_is_not_called_certain():
    """On a balance of 0.01 mg, with fills that are all alike."""
    order = changed(GOOD, {"balance": {"readability": "0.01 mg", "repeatability": "0.001 mg"}})
    fill = mg(CLIENT.post(PLAN, json=order).get_json()["plan"]["fill_mass"])
    chances = [within["probability"]["text"] for within in check(order, [fill] * 10)["spread"]["within"]]
    assert chances[:2] == ["above 99.9 %"] * 2


# What is refused.


def test_the_fill_comes_from_the_order_or_is_typed():
    assert refused(theoretical_fill="137.6 mg")["faults"] == [
        {
            "code": "excludes_each_other",
            "field": "theoretical_fill",
            "text": "Theoretical fill of one capsule: take this or \u201cThe order of these capsules\u201d away; only "
            "one of them can hold.",
        }
    ]
    both = CLIENT.post(WEIGHTS, json={**WEIGHTS_EXAMPLE, "order": None})
    assert both.status_code == 200
    neither = CLIENT.post(WEIGHTS, json=SAMPLE).get_json()
    assert [(fault["code"], fault["field"]) for fault in neither["faults"]] == [("required", "theoretical_fill")]


def test_faults_of_the_order_and_of_the_check_are_told_together():
    order = changed(GOOD, {"dose": "4,5 mg", "balance": {"readability": "9 g"}, "extra": 1})
    found = {(f["code"], f["field"]) for f in refused(order=order, shell_mass="2 g", capsules=["1 mg"])["faults"]}
    assert found == {
        ("decimal_comma", "order.dose"),
        ("out_of_range", "order.balance.readability"),
        ("unknown_field", "order.extra"),
        ("out_of_range", "shell_mass"),
        ("out_of_range", "capsules.0"),
        ("list_length", "capsules"),
    }
    assert [(f["code"], f["field"]) for f in refused(order="30")["faults"]] == [("wrong_type", "order")]


@pytest.mark.parametrize(
    "changes",
    [
        {"source.tablets_weighed": None, "source.total_mass": None},
        {"diluent.packing_statistic": None, "tablet_powder": None},
    ],
)
def test_an_order_whose_masses_are_not_all_known_is_a_fault(changes):
    found = refused(order=changed(GOOD, changes))
    assert [(fault["code"], fault["field"]) for fault in found["faults"]] == [("spread_unknown", "order")]
    assert "Enter the tablets weighed today" in found["faults"][0]["text"]


def test_a_limit_that_stops_the_order_stops_its_check():
    problem = refused(
        order=changed(GOOD, {"dose": "45 mg", "source.tablets_weighed": 30, "source.total_mass": "4.8 g"})
    )
    assert problem["type"] == "/problems/stops"
    (stop,) = problem["stops"]
    assert (stop["code"], stop["field"], stop["value"]) == ("dose_above_usual", "order.dose", "45 mg")
    faults = refused(order=changed(GOOD, {"dose": "45 mg"}), shell_mass="2 g")
    assert [(fault["code"], fault["field"]) for fault in faults["faults"]] == [("out_of_range", "shell_mass")]


# The page.


def link_of(tree):
    page = soup(ask_page(CLIENT, as_query(tree)))
    (link,) = (a["href"] for a in page.main.find_all("a") if a["href"].startswith("/check?"))
    return link


def test_the_plan_leads_to_a_check_of_its_order_in_which_nothing_is_typed_again():
    link = link_of(GOOD)
    page = soup(CLIENT.get(link))
    form = page.find("form", attrs={"aria-labelledby": "by-weight"})
    hidden = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}
    assert hidden == {"by": "weight"} | {
        name: value for name, value in parse_qsl(urlsplit(link).query) if name.startswith("order-")
    }
    assert hidden["order-source-total_mass"] == "480"
    assert form.find(id="theoretical_fill") is None
    assert form.find(id="planned")["value"] == "30"
    assert "each with 4.5 mg of naltrexone hydrochloride" in words(form)
    assert "Theoretical fill of one capsule: 137.6 mg" in words(form)
    typed = {"capsules": " ".join(mass.split()[0] for mass in SAMPLE["capsules"]), "capsules_unit": "mg"}
    typed |= {
        "shell_mass": "48",
        "shell_mass_unit": "mg",
        "shells": "",
        "shells_unit": "mg",
        "planned": "30",
        "made": "30",
    }
    answer = CLIENT.get(f"/check?{urlencode(hidden | typed)}")
    assert answer.status_code == 200
    section = soup(answer).find(id="sure-title").parent
    found = check(GOOD)["spread"]
    assert [[words(cell) for cell in row.find_all(["th", "td"])] for row in section.tbody.find_all("tr")] == [
        [f"{label} of its label", within["content"]["text"], within["probability"]["text"]]
        for label, within in zip(("100 %", "95 %", "90 %"), found["within"], strict=True)
    ]
    text = words(section)
    assert "may be off by 2.1 % (one standard deviation)" in text
    assert "The largest part comes from filling." in text
    assert all(condition in text for condition in found["conditions"])
    assert "With 90 % of the label: probability that a capsule" in words(soup(answer).main)


def page_of(order, capsules):
    query = [("by", "weight"), *((f"order-{name}", value) for name, value in as_query(order))]
    query += [("capsules", capsules), ("capsules_unit", "mg"), ("shell_mass", "50"), ("shell_mass_unit", "mg")]
    return CLIENT.get(f"/check?{urlencode(query)}")


def test_the_page_names_a_weighing_as_the_largest_and_says_where_nothing_is_known():
    text = words(soup(page_of(changed(GOOD, {"balance": SIX}), "187.6 187.7 " * 5)).find(id="sure-title").parent)
    assert "The largest part comes from weighing the tablets, 0.72 % by itself." in text
    text = words(soup(page_of(GOOD, "50 " * 10)).find(id="sure-title").parent)
    assert "nothing is known of the others" in text
    assert "%" not in text.partition("Only if")[0]
    assert "largest" not in words(soup(page_of(PURE, "150 " * 10)).find(id="sure-title").parent)


def test_the_page_tells_faults_and_stops_of_the_order():
    answer = page_of(changed(GOOD, {"dose": "4,5 mg"}), "187 " * 10)
    assert answer.status_code == 422
    assert page_faults(soup(answer)) == [
        ("forms", "Dose: write decimals with a point; \u201c4,5\u201d can be read two ways.")
    ]
    stopped = page_of(changed(GOOD, {"dose": "45 mg", "source.tablets_weighed": 30}), "187 " * 10)
    assert stopped.status_code == 422
    summary = soup(stopped).find(id="summary")
    assert "A limit stops the order of these capsules" in words(summary)
    assert summary.a["href"].startswith("/?dose=45&dose_unit=mg")
    assert not soup(stopped).find_all(class_="answer")
    unknown = CLIENT.get(f"/check?{urlencode([('by', 'weight'), ('order-dosis', '4'), ('order-dose', '4')])}")
    assert "\u201cdosis\u201d" in words(soup(unknown).find(id="summary"))
    both = CLIENT.get(f"{link_of(GOOD)}&by=weight&theoretical_fill=137.6&theoretical_fill_unit=mg")
    assert both.status_code == 422
    assert "take this or" in words(soup(both).find(id="summary"))


# By lot: the closed form against capsules that are made, weighed and taken.

#: By name: the order, the true spread of its fills, how many are weighed, and a bound for what the closed form leaves
#: out: that rectangles are not normal (two alike differ by 0.013, their sum with others by less), and the approximation
#: by Welch and Satterthwaite.
LOTS = {
    "filling counts most": (GOOD, 0.03, 10, 0.004),
    "weighing counts most": (changed(GOOD, {"balance": SIX}), 0.002, 10, 0.02),
    "trituration": ({**WEAK, "dose": "0.05 mg"}, 0.015, 10, 0.02),
    "three steps, thirty weighed": (FINE, 0.03, 30, 0.01),
    "repeatability": (ORDERS["repeatability"], 0.0004, 10, 0.01),
}
DRAWS = 8_000
PLACES = (0.025, 0.16, 0.5, 0.84, 0.975)


@cache
def place(t, degrees):
    """How much of the distribution lies below t, which is rounded so that few are worked out."""
    return float(probability_below(Fraction(t), Fraction(1), degrees))


def drawn(lot, terms, weighed, fill_spread, count):
    """One batch made by lot: its strength over that of the figures as printed, the fills weighed, and one more."""
    actual = []
    for term, (name, mass) in zip(terms, weighed, strict=True):
        error = mg(term["error"])
        off = lot.uniform(-error, error) if term["kind"] == "bound" else lot.gauss(0, error)
        actual.append((name, mass + off))
    fills = [lot.gauss(1, fill_spread) for _ in range(count + 1)]
    return dose_of(actual) / dose_of(weighed), fills[1:], fills[0]


@pytest.mark.parametrize("name", LOTS)
def test_capsules_made_by_lot_lie_where_the_closed_form_says(name):
    """Each draw makes a batch anew, weighs its fills anew, and takes one more capsule: where that lies in the predicted
    distribution is even, and no fewer lie within 90 to 110 % than is predicted on average: from a few capsules the
    prediction is the more careful one.
    """
    order, fill_spread, count, bound = LOTS[name]
    plan = CLIENT.post(PLAN, json=order).get_json()["plan"]
    spread = plan["spread"]
    whole = spread["terms"][0]["name"] == "tablets" and spread["terms"][1]["name"] == "diluent"
    weighed, batch = masses_of(plan, whole=whole), root(spread["batch"])
    lot = random.Random(f"{name} 1")
    below = dict.fromkeys(PLACES, 0)
    inside, predicted, far = 0, 0.0, 0
    for _ in range(DRAWS):
        strength, fills, one_more = drawn(lot, spread["terms"], weighed, fill_spread, count)
        content, combined, degrees = closed_form(batch, 0, fills, 1)
        dose = strength * one_more
        lies = place(round((dose / content - 1) / combined, 2), degrees)
        for share in PLACES:
            below[share] += lies <= share
        inside += 0.9 <= dose <= 1.1
        far += abs(strength - 1) > 2 * batch
        low, high = (round((limit / content - 1) / combined, 1) for limit in (0.9, 1.1))
        predicted += place(high, degrees) - place(low, degrees)
    for share, number in below.items():
        assert abs(number / DRAWS - share) <= 4 * sqrt(share * (1 - share) / DRAWS) + bound, share
    part = inside / DRAWS
    assert predicted / DRAWS <= part + 4 * sqrt(part * (1 - part) / DRAWS) + bound
    assert far / DRAWS <= 0.05, "at least 19 in 20 batches lie within twice the spread"


def test_a_step_about_anything_else_has_no_words():
    with pytest.raises(TypeError, match="about a weighing or a part of the label"):
        about_said("a capsule")
