"""What is weighed and counted once a batch is made: on the check, the page of the plan, its sheet and on paper."""

from fractions import Fraction

import pytest

from calc.web.openapi.checks import WEIGHTS
from tests.support.checked_client import soup, words
from tests.support.client import PROBLEM, ask_page, make_client
from tests.support.orders import GOOD
from tests.support.papers import text_of_pdf
from tests.support.queries import as_query
from tests.support.schemas import validate

CLIENT = make_client()
HUNDRED = {"theoretical_fill": "100 mg", "shell_mass": "50 mg"}


def check(weighed, made=None, **changes):
    """The answer to a check of so many capsules of 100 mg of 100 mg, and its status."""
    counts = {} if made is None else {"planned": made, "made": made}
    asked = {**HUNDRED, "capsules": ["150 mg"] * weighed, **counts, **changes}
    answer = CLIENT.post(WEIGHTS, json={name: value for name, value in asked.items() if value is not None})
    if answer.status_code == 200:
        validate("check_weights.schema.json", asked)
        validate("check_weights_answer.schema.json", answer.get_json())
    return answer


# Counts below ten.


@pytest.mark.parametrize("made", range(1, 13))
@pytest.mark.parametrize("weighed", range(1, 13))
def test_ten_are_weighed_or_all_where_fewer_were_made(made, weighed):
    answer = check(weighed, made)
    assert (answer.status_code == 200) is (min(10, made) <= weighed <= made)
    if answer.status_code == 200:
        assert len(answer.get_json()["fills"]) == weighed
    else:
        (fault,) = answer.get_json()["faults"]
        place = ("out_of_range", "made") if weighed > made else ("list_length", "capsules")
        assert (fault["code"], fault["field"]) == place


@pytest.mark.parametrize("made", [None, 0, -1, "7", True, [7], 7.5])
def test_without_a_count_that_can_be_read_ten_are_weighed(made):
    """JSON with a count that cannot be read has its own fault beside that of the list."""
    asked = {**HUNDRED, "capsules": ["150 mg"] * 7, "planned": 7, "made": made}
    answer = CLIENT.post(WEIGHTS, json=asked)
    assert (answer.status_code, answer.content_type) == (422, PROBLEM)
    found = {(fault["code"], fault["field"]) for fault in answer.get_json()["faults"]}
    assert ("list_length", "capsules") in found
    assert "made" in {field for _, field in found}


def test_the_page_takes_seven_of_seven():
    masses = "183 183 182 184 183 183 183"
    query = {"by": "weight", "theoretical_fill": "135", "theoretical_fill_unit": "mg", "shell_mass": "48"}
    query |= {"shell_mass_unit": "mg", "capsules": masses, "capsules_unit": "mg", "planned": "7", "made": "7"}
    page = CLIENT.get("/check", query_string=query)
    assert page.status_code == 200
    assert "The batch passes by weight" in page.text
    page = CLIENT.get("/check", query_string={**query, "capsules": "183 183"})
    assert page.status_code == 422
    assert "give all 7; here are 2." in page.text
    page = CLIENT.get("/check", query_string={**query, "made": "6", "planned": "7"})
    assert "6 capsules is outside what is taken here, 7 to 2,000 capsules." in words(soup(page))


def test_one_capsule_is_judged_by_its_fill_and_has_no_spread():
    answer = check(1, 1).get_json()
    assert (answer["verdict"], answer["rsd"], answer["rsd_ok"]) == ("pass", None, None)
    assert answer["mean_fill"]["exact"] == "100"
    order = {**GOOD, "quantity": 1}
    found = check(1, 1, theoretical_fill=None, order=order, capsules=["187 mg"], shell_mass="48 mg").get_json()
    spread = found["spread"]
    assert [spread[name] for name in ("fill", "combined", "degrees_of_freedom", "within")] == [None, None, None, []]
    query = {f"order-{name}": value for name, value in as_query(order)}
    query |= {"by": "weight", "capsules": "187", "capsules_unit": "mg", "shell_mass": "48", "shell_mass_unit": "mg"}
    page = CLIENT.get("/check", query_string={**query, "planned": "1", "made": "1"})
    assert page.status_code == 200
    assert "One capsule was weighed, so nothing is known of how capsules differ." in words(soup(page))


SEVEN = {"dose": "4.5 mg", "quantity": 7, "prepared_on": "2026-11-23"}
SEVEN |= {"source": {"tablets_weighed": 1, "total_mass": "0.160 g", "weighed_on": "2026-11-23"}}
SEVEN |= {"capsule": {"fill_mass": "135 mg"}}


def printed(order):
    answer = CLIENT.get("/sheet.pdf", query_string=as_query(order))
    assert answer.status_code == 200
    return text_of_pdf(answer.data)


@pytest.mark.parametrize(
    ("quantity", "on_page", "on_paper"),
    [
        (
            1,
            ("Weigh the filled capsule.", "Work out the fill: its mass less the mean shell."),
            ("Weigh the filled capsule.", "1 Mean RSD", "Take off the mean shell: within 3 %."),
        ),
        (
            7,
            (
                "Weigh all seven filled capsules, one by one.",
                "Work out the mean fill: the mean of the seven less the mean shell.",
            ),
            ("Weigh all seven filled capsules, one by one.", "1 2 3 4 5 6 7 Mean RSD", "Take their mean less the"),
        ),
        (
            10,
            ("Weigh ten filled capsules, one by one, from the edge", "the mean of the ten less the mean shell"),
            (
                "Weigh ten filled capsules, from edge and middle.",
                "1 2 3 4 5 6 7 8 9 10 Mean RSD",
                "Take their mean less",
            ),
        ),
    ],
)
def test_page_and_paper_ask_for_as_many_as_there_are(quantity, on_page, on_paper):
    order = {**SEVEN, "quantity": quantity}
    page, paper = words(soup(ask_page(CLIENT, as_query(order)))), printed(order)
    for text, said in ((page, on_page), (paper, on_paper)):
        assert [line for line in said if line not in text] == []
        assert ("ten filled capsules" in text) is (quantity == 10)


@pytest.mark.parametrize(
    ("quantity", "asked"),
    [(1, ""), (2, "check the weights of all two capsules"), (9, "all nine capsules"), (10, "at least ten capsules")],
)
def test_what_is_not_known_yet_asks_for_as_many_as_there_are(quantity, asked):
    page = words(soup(ask_page(CLIENT, as_query({**SEVEN, "quantity": quantity}))))
    assert asked in page
    assert ("How one capsule differs from the next:" in page) is (quantity > 1)
    assert ("at least ten capsules" in page) is (quantity == 10)


# Three verdicts: masses, count, mass balance.


@pytest.mark.parametrize(
    ("planned", "verdicts"),
    [
        (30, {31: "hold", 30: "pass", 29: "pass", 28: "explain", 27: "explain", 26: "hold"}),
        (33, {34: "hold", 33: "pass", 32: "pass", 31: "explain", 30: "explain", 29: "hold"}),
        (5, {6: "hold", 5: "pass", 4: "hold"}),
        (10, {11: "hold", 10: "pass", 9: "explain", 8: "hold"}),
        (11, {11: "pass", 10: "pass", 9: "hold"}),
        (20, {20: "pass", 19: "pass", 18: "explain", 17: "hold"}),
        (100, {101: "hold", 98: "pass", 97: "pass", 96: "explain", 90: "explain", 89: "hold"}),
        (2000, {2000: "pass", 1940: "pass", 1939: "explain", 1800: "explain", 1799: "hold"}),
    ],
)
def test_the_count_asks_for_nothing_for_a_reason_or_for_a_pharmacist(planned, verdicts):
    """97 % of 33 are 32.01 and one missing asks for nothing; of ten one is a tenth; of five one leaves 80 %."""
    for made, verdict in verdicts.items():
        found = check(min(made, 10), made, planned=planned).get_json()
        assert found["verdicts"] == {"masses": "pass", "count": verdict, "mass_balance": None}
        assert found["verdict"] == verdict


def test_good_masses_do_not_hide_too_many_capsules():
    """33 from the blend of 30, each as heavy as planned: 10 % too much diluent, and the dose 9 % low."""
    masses = [f"{mass} mg" for mass in (185.6, 186.1, 184.9, 185.2, 186.4, 185.8, 185, 186, 185.5, 185.7)]
    asked = {"theoretical_fill": "137.6 mg", "shell_mass": "48 mg", "capsules": masses, "planned": 30, "made": 33}
    found = CLIENT.post(WEIGHTS, json=asked).get_json()
    assert (found["verdict"], found["verdicts"]["masses"], found["verdicts"]["count"]) == ("hold", "pass", "hold")
    assert "33 were made of a batch of 30 capsules: each holds less drug, or the count is wrong." in found["next"]
    assert "go on to the label" not in found["next"]
    assert CLIENT.post(WEIGHTS, json={**asked, "made": 29}).get_json()["verdict"] == "pass"


#: Thirty capsules of 100 mg, ten of them weighed: 3,000 mg with nothing lost.
THIRTY = {**HUNDRED, "planned": 30, "made": 30, "capsules": ["150 mg"] * 10}


@pytest.mark.parametrize(
    ("changes", "share", "verdict"),
    [
        ({"weighed_in": "3 g"}, "1", "pass"),
        ({"weighed_in": "3 g", "blend_left": "0 g"}, "1", "pass"),
        ({"weighed_in": "3 g", "blend_left": "30 mg"}, "1.01", "pass"),
        ({"weighed_in": "3 g", "blend_left": "30.000001 mg"}, "3030000001/3000000000", "hold"),
        ({"weighed_in": "3 g", "made": 27}, "0.9", "explain"),
        ({"weighed_in": "3.000001 g", "made": 27, "blend_left": "0 mg"}, "2700000/3000001", "hold"),
        ({"weighed_in": "3 g", "made": 29, "blend_left": "10 mg"}, "0.97", "pass"),
        ({"weighed_in": "3 g", "made": 29, "blend_left": "9.99 mg"}, "290999/300000", "pass"),
        ({"weighed_in": "3 g", "made": 28, "blend_left": "109 mg"}, "2909/3000", "pass"),
        ({"weighed_in": "3 g", "made": 29}, "29/30", "pass"),
        ({"weighed_in": "3.01 g", "made": 29}, "290/301", "explain"),
        ({"weighed_in": "6 g", "made": 58, "planned": 60}, "29/30", "explain"),
        ({"weighed_in": "6 g", "made": 59, "planned": 60, "blend_left": "0.1 g"}, "1", "pass"),
    ],
)
def test_capsules_and_blend_left_are_held_against_what_was_weighed_in(changes, share, verdict):
    """Below 97 % it asks only if more than one fill of 100 mg is gone; 2.909 g of 3 g lack 91 mg."""
    answer = CLIENT.post(WEIGHTS, json={**THIRTY, **changes})
    validate("check_weights.schema.json", {**THIRTY, **changes})
    found = answer.get_json()
    validate("check_weights_answer.schema.json", found)
    assert Fraction(found["mass_balance"]["exact"]) == Fraction(share)
    assert (found["verdicts"]["masses"], found["verdicts"]["mass_balance"]) == ("pass", verdict)
    assert found["mass_balance_uncertainty"]["value"] == "0"


@pytest.mark.parametrize(("left", "verdict"), [("60 mg", "pass"), ("60.001 mg", "hold")])
def test_more_than_was_weighed_in_is_measured_by_the_spread_of_the_fills(left, verdict):
    """Five fills of 97 and five of 103 mg: the squares are 90 over 9, s the root of 10; u = 30 s / (root 10 x 3,000 mg)
    is 1 %, and 3,060 mg are 102 %.
    """
    masses = ["147 mg", "153 mg"] * 5
    found = CLIENT.post(
        WEIGHTS, json={**THIRTY, "capsules": masses, "weighed_in": "3 g", "blend_left": left}
    ).get_json()
    assert found["mass_balance_uncertainty"] == {"value": "0.01", "unit": "1", "text": "1 %", "exact": "sqrt(1/10000)"}
    assert found["verdicts"]["mass_balance"] == verdict
    assert ("something else is in it" in found["next"]) is (verdict == "hold")


def test_the_plan_of_an_order_says_what_was_weighed_in_unless_it_is_entered():
    """0.432 g of powder and 3.697 g of diluent, 4.129 g; 30 fills of 137.2 mg are 4,116 mg of it."""
    masses = [f"{mass} mg" for mass in (180, 182, 184, 185, 185, 186, 186, 187, 188, 189)]
    asked = {"order": GOOD, "capsules": masses, "shell_mass": "48 mg", "planned": 30, "made": 30}
    found = CLIENT.post(WEIGHTS, json=asked).get_json()
    assert (found["weighed_in"]["exact"], found["mass_balance"]["exact"]) == ("4129", "4116/4129")
    (step,) = (step for step in found["steps"] if step["code"] == "weighed_in")
    assert (step["substituted"], step["result"]) == ("432 mg + 3,697 mg", "4,129 mg")
    entered = CLIENT.post(WEIGHTS, json={**asked, "weighed_in": "4.5 g", "blend_left": "0.3 g"}).get_json()
    assert (entered["weighed_in"]["exact"], entered["blend_left"]["exact"]) == ("4500", "300")
    assert Fraction(entered["mass_balance"]["exact"]) == Fraction(4416, 4500)
    assert not [step for step in entered["steps"] if step["code"] == "weighed_in"]
    left = CLIENT.post(WEIGHTS, json={**asked, "blend_left": "0.3 g"}).get_json()
    assert left["verdicts"] == {"masses": "pass", "count": "pass", "mass_balance": "hold"}
    uncounted = {name: value for name, value in asked.items() if name not in ("planned", "made")}
    unknown = CLIENT.post(WEIGHTS, json=uncounted).get_json()
    assert (unknown["mass_balance"], unknown["weighed_in"]) == (None, None)
    assert unknown["verdicts"] == {"masses": "pass", "count": None, "mass_balance": None}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"weighed_in": "3 g", "planned": None, "made": None}, ("pair_incomplete", "made")),
        ({"blend_left": "3 mg", "weighed_in": "3 g", "planned": None, "made": None}, ("pair_incomplete", "made")),
        ({"blend_left": "3 mg"}, ("pair_incomplete", "weighed_in")),
        ({"weighed_in": "0 g"}, ("zero_not_allowed", "weighed_in")),
        ({"weighed_in": "4001 g"}, ("out_of_range", "weighed_in")),
        ({"weighed_in": "3 g", "blend_left": "-1 g"}, ("sign_not_allowed", "blend_left")),
        ({"weighed_in": "3 g", "blend_left": 0}, ("wrong_type", "blend_left")),
        ({"weighed_in": "3 mL"}, ("wrong_dimension", "weighed_in")),
    ],
)
def test_a_mass_balance_that_cannot_be_read_is_refused_at_its_field(changes, fault):
    asked = {name: value for name, value in {**THIRTY, **changes}.items() if value is not None}
    answer = CLIENT.post(WEIGHTS, json=asked)
    assert [(one["code"], one["field"]) for one in answer.get_json()["faults"]] == [fault]


def test_the_page_of_a_check_shows_count_and_mass_balance():
    query = {"by": "weight", "theoretical_fill": "100", "theoretical_fill_unit": "mg", "shell_mass": "50"}
    query |= {"shell_mass_unit": "mg", "capsules": "150 " * 10, "capsules_unit": "mg", "planned": "30", "made": "28"}
    query |= {"weighed_in": "3", "weighed_in_unit": "g", "blend_left": "0", "blend_left_unit": "g"}
    page = CLIENT.get("/check", query_string=query)
    assert page.status_code == 200
    text = words(soup(page))
    assert "Explain The masses pass, and what is missing needs a reason." in text
    assert "28 of 30 (batch loss 6.667 %)" in text
    assert "29 or 30: go on. 27 or 28: write down why. Any other number: hold for a pharmacist." in text
    assert "93.33 % of 3,000 mg" in text
    assert soup(page).find(id="blend_left")["value"] == "0"


def test_sheet_and_check_ask_by_one_rule():
    """Thirty capsules: the paper says what the check will ask."""
    order = {**SEVEN, "quantity": 30, "source": {"strength": "50 mg", **SEVEN["source"], "tablets_weighed": 3}}
    order["source"]["total_mass"] = "0.480 g"
    paper = printed(order)
    assert "29 or 30: go on. 27 or 28: write down why. Any other number: hold for a pharmacist." in paper
    assert "Above 101 % or below 90 %: hold for a pharmacist. Below 97 %, with more than one fill missing" in paper
    assert "(made \u00d7 mean fill + blend left ____ g) / (powder + diluent)" in paper
