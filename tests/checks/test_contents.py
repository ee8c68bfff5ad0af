"""Contents: the rule of BP and Ph. Eur. on masses, contents in mg beside a label, and masses with one assay."""

from fractions import Fraction

import pytest

from calc.arithmetic.notation import decimal
from calc.web.openapi.checks import UNIFORMITY, WEIGHTS
from tests.support.checked_client import soup, words
from tests.support.client import make_client
from tests.support.orders import GOOD
from tests.support.schemas import validate

CLIENT = make_client()


def post(path, asked):
    answer = CLIENT.post(path, json=asked)
    kind = path.rpartition("/")[2]
    validate(f"check_{kind}.schema.json", asked)
    assert answer.status_code == 200, answer.text
    validate(f"check_{kind}_answer.schema.json", answer.get_json())
    return answer.get_json()


def faults(asked):
    answer = CLIENT.post(UNIFORMITY, json=asked)
    assert answer.status_code == 422
    return [(fault["code"], fault["field"]) for fault in answer.get_json()["faults"]]


def weigh(fills, theoretical=150, **changes):
    """A check of capsules with these fills in shells of 48 mg."""
    capsules = [f"{decimal(48 + Fraction(fill))} mg" for fill in fills]
    return post(
        WEIGHTS, {"theoretical_fill": f"{theoretical} mg", "shell_mass": "48 mg", "capsules": capsules, **changes}
    )


# The rule of BP and Ph. Eur., beside the verdict against the theoretical fill.


def test_one_capsule_outside_fails_by_theory_and_passes_by_the_rule_on_contents():
    """Nineteen of 150 mg and one of 168: 12 % above theory; their mean is 150.9, of which 168 are 111.3 %."""
    found = weigh([*[150] * 19, 168])
    assert found["verdict"] == "fail"
    rule = found["contents_rule"]
    assert (rule["verdict"], rule["outside"], rule["far_outside"]) == ("pass", [20], [])
    assert (rule["mean"]["exact"], rule["limit"]["exact"], rule["content_asked"]) == ("150.9", "0.1", None)
    codes = [notice["code"] for notice in found["notices"]]
    assert codes[-2:] == ["shell_spread_counts", "content_asked"]


@pytest.mark.parametrize(("fewer", "known"), [(19, False), (20, True), (21, True), (30, True)])
def test_the_rule_is_about_the_first_twenty(fewer, known):
    found = weigh([150] * fewer)
    assert (found["contents_rule"] is not None) is known
    assert ("shell_spread_counts" in [notice["code"] for notice in found["notices"]]) is known
    late = weigh([*[150] * 20, 10, 300])["contents_rule"]
    assert (late["verdict"], late["outside"], late["mean"]["exact"]) == ("pass", [], "150")


@pytest.mark.parametrize(
    ("offs", "outside", "far", "verdict"),
    [
        ((10, -10, 10, -10), [], [], "pass"),
        ((Fraction("10.000001"), Fraction("-10.000001")), [1, 2], [], "pass"),
        ((11, -11, 12, -12), [1, 2, 3, 4], [], "fail"),
        ((20, -20), [1, 2], [], "pass"),
        ((Fraction("20.000001"), Fraction("-20.000001")), [1, 2], [1, 2], "fail"),
    ],
)
def test_at_most_two_are_outside_and_none_twice_as_far(offs, outside, far, verdict):
    """Pairs on either side of 100 mg leave the mean at 100, so a mg is a per cent; a limit includes its own value."""
    found = weigh([*(100 + off for off in offs), *[100] * (20 - len(offs))], theoretical=100)["contents_rule"]
    assert (found["outside"], found["far_outside"], found["verdict"]) == (outside, far, verdict)


@pytest.mark.parametrize(("mean", "limit"), [(Fraction("299.9"), "0.1"), (300, "0.075"), (400, "0.075")])
def test_from_300_mg_the_limit_is_narrower(mean, limit):
    assert weigh([mean] * 20, theoretical=300)["contents_rule"]["limit"]["exact"] == limit
    off = mean * Fraction(limit)
    assert weigh([mean + off, mean - off, *[mean] * 18], theoretical=300)["contents_rule"]["outside"] == []
    out = weigh([mean + off + Fraction(1, 1000), mean - off - Fraction(1, 1000), *[mean] * 18], theoretical=300)
    assert out["contents_rule"]["outside"] == [1, 2]


def test_capsules_that_hold_nothing_have_no_such_rule():
    assert weigh([0] * 20)["contents_rule"] is None


@pytest.mark.parametrize(
    ("dose", "fill", "asked"),
    [("2 mg", "100 mg", False), ("1.9999 mg", "100 mg", True), ("2 mg", "100.1 mg", True), ("4.5 mg", "120 mg", False)],
)
def test_single_contents_are_asked_for_below_2_mg_or_2_per_cent(dose, fill, asked):
    order = {**{name: GOOD[name] for name in ("prepared_on", "source")}, "dose": dose, "quantity": 30}
    order |= {"capsule": {"size": "3", "fill_mass": fill}, "balance": {"readability": "0.1 mg"}}
    capsules = [f"{decimal(48 + Fraction(fill.removesuffix(' mg')))} mg"] * 20
    found = post(WEIGHTS, {"order": order, "capsules": capsules, "shell_mass": "48 mg"})
    assert found["contents_rule"]["content_asked"] is asked
    assert ("content_asked" in [notice["code"] for notice in found["notices"]]) is asked


def test_the_page_shows_the_rule_beside_the_verdict_and_never_alone():
    query = {"by": "weight", "theoretical_fill": "150", "theoretical_fill_unit": "mg", "shell_mass": "48"}
    query |= {"shell_mass_unit": "mg", "capsules": "198 " * 19 + "216", "capsules_unit": "mg"}
    text = words(soup(CLIENT.get("/check", query_string=query)))
    assert "Fail The batch does not pass by weight." in text
    assert "Beside it: the rule of BP and Ph. Eur. on contents" in text
    assert "More than 10 % off their mean of 150.9 mg, by number: 20" in text
    assert "so the spread of the shells counts as spread of the contents." in text


# Contents in mg.


def test_contents_in_mg_are_parts_of_the_label():
    """4.43 of 4.5 mg are 98.44 %, 0.0556 below 98.5: that is the acceptance value."""
    found = post(UNIFORMITY, {"contents": ["4.43 mg"] * 10, "label": "4.5 mg"})
    assert (found["method"], found["label"]["exact"], found["verdict"]) == ("contents", "4.5", "pass")
    assert found["mean"]["exact"] == "886/9"
    assert found["acceptance_value"]["text"] == "0.05556 %"
    assert found["steps"][0]["title"] == "Unit 1: its content, as a part of the label"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [("required", "contents")]),
        ({"contents": ["4.43 mg"] * 10}, [("required", "label")]),
        ({"contents": ["98 %"] * 9 + ["0 mg"]}, [("required", "label")]),
        ({"contents": ["98 %"] * 10, "label": "4.5 mg"}, [("wrong_dimension", f"contents.{at}") for at in range(10)]),
        ({"contents": ["4.5 mg"] * 9 + ["22.500001 mg"], "label": "4.5 mg"}, [("out_of_range", "contents.9")]),
        ({"contents": ["4.5 mg"] * 10, "label": "0 mg"}, [("zero_not_allowed", "label")]),
        ({"contents": ["98 %"] * 10, "assay": "99 %"}, [("excludes_each_other", "assay")]),
        ({"contents": ["98 %"] * 10, "shell": "48 mg"}, [("excludes_each_other", "shell")]),
        ({"masses": ["198 mg"] * 10, "label": "50 mg"}, [("required", "assay"), ("required", "shell")]),
        ({"masses": ["198 mg"] * 9, "label": "50 mg", "assay": "99 %", "shell": "48 mg"}, [("list_length", "masses")]),
    ],
)
def test_what_does_not_go_together_is_refused_at_its_field(asked, found):
    assert faults(asked) == found


def test_a_unit_may_hold_nothing_and_five_times_the_label():
    found = post(UNIFORMITY, {"contents": ["0 mg", "22.5 mg", *["4.5 mg"] * 8], "label": "4.5 mg"})
    assert [unit["content"]["exact"] for unit in found["units"][:3]] == ["0", "500", "100"]


# Masses and one assay.

RICH = {"masses": ["148 mg"] * 9 + ["158 mg"], "shell": "48 mg", "assay": "98 %", "label": "50 mg"}


def test_the_acceptance_value_comes_from_masses_and_one_assay():
    """Nine of 100 and one of 110 mg: mean 101; 98 % x 100/101 = 97.0297... and 98 % x 110/101 = 106.7326...; the mean
    is 98 %, half below 98.5; s = 98 % x 10/101 x the root of 0.1 = 3.0683...; 0.5 + 2.4 s = 7.8641...
    """
    found = post(UNIFORMITY, RICH)
    assert (found["method"], found["verdict"], found["mean"]["exact"]) == ("masses", "pass", "98")
    assert [unit["content"]["exact"] for unit in found["units"][8:]] == ["9800/101", "10780/101"]
    assert found["acceptance_value"]["text"] == "7.864 %"
    titles = [step["title"] for step in found["steps"]]
    assert titles[0] == "Filled unit 1: its contents"
    assert "Drug in the contents, by the label" in titles


@pytest.mark.parametrize(
    ("label", "net", "allowed"),
    [("25 mg", 100, True), ("24.999999 mg", 99, False), ("25 mg", Fraction("100.001"), False), ("50 mg", 201, False)],
)
def test_masses_stand_for_contents_only_where_a_unit_is_rich_in_drug(label, net, allowed):
    asked = {**RICH, "label": label, "masses": [f"{decimal(48 + Fraction(net))} mg"] * 10}
    if allowed:
        assert post(UNIFORMITY, asked)["verdict"] == "pass"
        return
    answer = CLIENT.post(UNIFORMITY, json=asked)
    (fault,) = answer.get_json()["faults"]
    assert (fault["code"], fault["field"]) == ("weight_variation_not_allowed", "label")
    assert "only where a unit holds at least 25 mg and at least 25 % of drug" in fault["text"]


def test_units_lighter_than_a_shell_hold_no_drug_to_tell():
    assert faults({**RICH, "masses": ["40 mg"] * 10}) == [("weight_variation_not_allowed", "label")]


def test_thirty_masses_are_the_second_stage():
    found = post(UNIFORMITY, {**RICH, "masses": ["148 mg"] * 30})
    assert (found["stage"], found["acceptance_value"]["text"]) == (2, "0.5 %")


def test_the_page_takes_masses_and_one_assay():
    query = {"by": "content", "masses": "148 " * 9 + "158", "masses_unit": "mg", "shell": "48", "shell_unit": "mg"}
    query |= {"assay": "98", "assay_unit": "%", "label": "50", "label_unit": "mg"}
    page = CLIENT.get("/check", query_string=query)
    assert page.status_code == 200
    assert "Pass The units pass by content." in words(soup(page))
    refused = CLIENT.get("/check", query_string={**query, "label": "4.5"})
    assert refused.status_code == 422
    assert "at least 25 mg and at least 25 % of drug; here 4.5 mg in 101 mg" in words(soup(refused))
