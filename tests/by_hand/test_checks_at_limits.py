"""The checks on finished capsules at their limits, worked out by hand: which side of a limit a figure is shown on, what
is refused and in which words, and what their schemas take.
"""

from fractions import Fraction

import pytest
from jsonschema import Draft202012Validator

from calc.checks.answer import answer_weights
from calc.checks.assayed import UniformityAsked
from calc.checks.from_order import read_weights
from calc.checks.sample import WeightsAsked
from calc.checks.sheet import sheet_of_contents, sheet_of_weights
from calc.checks.uncertainty_answer import probability
from calc.checks.uniformity import check_uniformity
from calc.checks.weights import check_weights
from calc.library import load
from calc.web.openapi.checks import UNIFORMITY, UNIFORMITY_EXAMPLE, WEIGHTS, WEIGHTS_EXAMPLE
from tests.laws.test_checks import contents_keep_the_laws, said, side, weights_keep_the_laws
from tests.second_engine.parts import TODAY
from tests.support.client import make_client
from tests.support.orders import GOOD, changed
from tests.tools.compare_engines import number

CLIENT, LIBRARY = make_client(), load()
SAMPLE = {name: value for name, value in WEIGHTS_EXAMPLE.items() if name != "theoretical_fill"}
STEP = Fraction(1, 10**6)


def typed(value, unit):
    return f"{float(value):.6f}".rstrip("0").rstrip(".") + f" {unit}"


def weighed(fills, **asked):
    """Capsules with these fills, in mg, in shells of 50 mg; the theoretical fill is 100 mg."""
    capsules = [typed(50 + Fraction(fill), "mg") for fill in fills]
    asked = {"theoretical_fill": "100 mg", "shell_mass": "50 mg", "capsules": capsules, **asked}
    answer = CLIENT.post(WEIGHTS, json=asked)
    assert answer.status_code == 200, answer.text
    weights_keep_the_laws(asked, answer.get_json())
    return answer.get_json()


def assayed(contents):
    asked = {"contents": [typed(content, "%") for content in contents]}
    answer = CLIENT.post(UNIFORMITY, json=asked)
    assert answer.status_code == 200, answer.text
    contents_keep_the_laws(asked, answer.get_json())
    return answer.get_json()


def test_no_rounding_carries_a_figure_over_its_limit_in_value_or_text():
    """Each is one millionth beside its limit: 5 % of spread, 98.5 and 101.5 % of mean, 15, 1.25 M, 3 % lost, 110 mg."""
    off = Fraction("7.5")
    spread = weighed([100 + off + STEP, 100 - off - STEP, 100 + off, 100 - off, *[100] * 6])["rsd"]
    assert Fraction(spread["value"]) > Fraction("0.05") < said(spread["text"]) / 100
    for mean in (Fraction("98.5") - STEP, Fraction("98.5") + STEP, Fraction("101.5") - STEP, Fraction("101.5") + STEP):
        found = assayed([mean] * 10)
        for shown in (found["mean"], found["reference_value"]):
            exact = number(shown["exact"])
            for limit in (Fraction("98.5"), Fraction("101.5")):
                assert side(Fraction(shown["value"]), limit) == side(said(shown["text"]), limit) == side(exact, limit)
    assert assayed(["83.5"] * 10)["acceptance_value"]["text"] == "15 %"
    value = assayed([Fraction("83.5") - STEP] * 10)["acceptance_value"]
    assert Fraction(value["value"]) > 15 < said(value["text"])
    unit = assayed([125 + STEP, 75 - STEP, *[100] * 28])["units"]
    assert Fraction(unit[0]["content"]["value"]) > 125 < said(unit[0]["content"]["text"])
    assert Fraction(unit[1]["content"]["value"]) < 75 > said(unit[1]["content"]["text"])
    lost = weighed([100] * 10, planned=1999, made=1939)["batch_loss"]
    assert lost["exact"] == "60/1999"
    assert Fraction(lost["value"]) > Fraction("0.03") < said(lost["text"]) / 100
    fill = weighed([110 + STEP, *[100] * 9])["fills"][0]
    assert Fraction(fill["share"]["value"]) > Fraction("1.1") < said(fill["share"]["text"]) / 100


def test_a_fill_between_two_decimals_stays_on_its_side_of_the_limit():
    """Thirty shells, 29 of 48 mg and one of 48.001 mg: a mean of 48 + 1/30000 mg. A capsule of 138 mg holds
    90 - 1/30000 mg, one of 158.001 mg 110 + 29/30000; the mean fill of ten of 145 mg is 97 - 1/30000.
    """
    shells = ["48 mg"] * 29 + ["48.001 mg"]
    found = weighed([], shells=shells, shell_mass=None, capsules=["138 mg", "158.001 mg", *["148 mg"] * 8])
    low, high = found["fills"][:2]
    assert (low["ok"], high["ok"]) == (False, False)
    assert Fraction(low["fill"]["value"]) < 90 > said(low["fill"]["text"])
    assert Fraction(high["fill"]["value"]) > 110 < said(high["fill"]["text"])
    assert low["fill"]["exact"] == "2699999/30000"
    mean = weighed([], shells=shells, shell_mass=None, capsules=["145 mg"] * 10)["mean_fill"]
    assert (mean["exact"], mean["value"]) == ("2909999/30000", "96.99997")


def test_a_limit_that_is_finer_than_what_was_sent_is_not_crossed_by_rounding():
    """Thirteen shells of 626 mg together and a capsule of 172 mg: a fill of 123 + 11/13 mg, or 123.846, where the least
    is 0.9 x 137.6 or 123.84. In one decimal that would be 123.8, below it.
    """
    shells = ["48 mg"] * 11 + ["49 mg"] * 2
    capsules = ["172 mg", *["186 mg"] * 9]
    found = weighed([], theoretical_fill="137.6 mg", shells=shells, shell_mass=None, capsules=capsules)["fills"]
    assert (found[0]["ok"], found[0]["fill"]["exact"], found[0]["fill"]["text"]) == (True, "1610/13", "123.85 mg")
    assert found[1]["fill"]["text"] == "137.8 mg"


@pytest.mark.parametrize(("fill", "known"), [(1, True), ("0.5", True), (0, False)])
def test_a_spread_is_known_wherever_the_capsules_hold_anything(fill, known):
    """Fills of 1 mg and of half a milligram, all alike, spread by nothing; of nothing no part can be told."""
    found = weighed([fill] * 10, theoretical_fill="1 mg")
    assert (found["rsd"] and found["rsd"]["text"], found["rsd_ok"]) == (("0 %", True) if known else (None, None))


def test_the_largest_part_is_a_weighing_where_the_capsules_are_all_alike():
    """1 mg on 480 mg of tablets, a bound: 1 / (480 root 3) or 0.12 %, more than any other weighing does to the dose."""
    asked = {**SAMPLE, "shell_mass": "50 mg", "capsules": ["187.6 mg"] * 10, "order": GOOD}
    found = weighed([], **asked, theoretical_fill=None)["spread"]
    assert (found["fill"]["text"], found["degrees_of_freedom"]) == ("0 %", 1000)
    assert found["largest"] == {"name": "tablets", "step": 1}
    sure = sheet_of_weights(check_weights(*read_weights(asked, LIBRARY, TODAY))).uncertainty
    assert sure.said[1] == "The largest part comes from weighing the tablets, 0.12 % by itself."


def test_fills_that_spread_leave_the_degrees_of_freedom_of_their_number():
    """Ten fills spread far more than the weighings, so that of 9 degrees of freedom hardly any are added."""
    found = weighed([], **SAMPLE, theoretical_fill=None, order=GOOD)
    assert found["spread"]["degrees_of_freedom"] == 9
    (step,) = (step for step in found["steps"] if step["code"] == "degrees_of_freedom")
    assert step["result"].endswith("..., rounded down to 9")
    assert found["spread"]["largest"] == {"name": "fill", "step": 1}


@pytest.mark.parametrize(("fill", "each", "mean"), [(97, True, True), (103, True, True), (90, True, False)])
def test_a_limit_includes_its_own_value(fill, each, mean):
    found = weighed([fill] * 10)
    assert ({one["ok"] for one in found["fills"]}, found["mean_ok"]) == ({each}, mean)


def test_a_name_that_an_order_does_not_know_is_named_as_it_was_written():
    problem = CLIENT.post(WEIGHTS, json={**SAMPLE, "order": {**GOOD, "BOX": 1, "X": None}}).get_json()
    assert [fault["field"] for fault in problem["faults"]] == ["order.BOX", "order.X"]


def test_the_page_names_the_formula_of_the_acceptance_value():
    """By it the page leads from the line of work to the page of formulas."""
    steps = sheet_of_contents(check_uniformity(UniformityAsked.read(UNIFORMITY_EXAMPLE))).steps
    methods = {step["code"]: method for step, method in steps}
    assert methods["acceptance_value"] == "acceptance_value"
    assert methods["content_deviation"] == ""


def test_a_probability_that_is_shown_as_below_a_tenth_of_a_per_cent_has_one_digit():
    """As every figure has one that is below what is shown of it."""
    shown = probability(Fraction("0.00034567"), certain=False)
    assert (shown["value"], shown["text"], shown["exact"]) == ("0.0003", "below 0.1 %", "0.00034567")
    assert probability(Fraction("0.0005"), certain=False)["text"] == "0.1 %"
    assert probability(Fraction("0.9998765"), certain=False)["value"] == "0.9999"


def test_a_fill_of_next_to_nothing_is_not_shown_as_nothing():
    """The same shells: a capsule of 48 mg holds 1/30000 mg less than nothing, one of 48.001 mg holds 29/30000 mg.

    The finest that was sent has three decimals, so masses have four.
    """
    shells = ["48 mg"] * 29 + ["48.001 mg"]
    found = weighed([], shells=shells, shell_mass=None, capsules=["48 mg", "48.001 mg", *["148 mg"] * 8])
    less, more = (fill["fill"] for fill in found["fills"][:2])
    assert (less["exact"], less["value"], less["text"]) == ("-1/30000", "-0.00003", "below 0.0001 mg")
    assert (more["value"], more["text"]) == ("0.001", "0.001 mg")
    whole = weighed([0, *[100] * 9], capsules=["50 mg", *["150 mg"] * 9])["fills"]
    assert [fill["fill"]["text"] for fill in whole[:2]] == ["0 mg", "100 mg"]


@pytest.mark.parametrize(
    ("contents", "judged_units"), [(["73.875", "123.125"], [True, True]), (["73.874", "123.126"], [False, False])]
)
def test_single_units_are_taken_from_0_75_to_1_25_m(contents, judged_units):
    """28 units of 98.5 % and two about them evenly: M is 98.5."""
    found = assayed([*contents, *["98.5"] * 28])
    assert [unit["ok"] for unit in found["units"][:2]] == judged_units
    ends = [found["unit_limits"][end]["text"] for end in ("low", "high")]
    assert ends == ["73.88 %", "123.1 %"]


def test_an_acceptance_value_far_beyond_its_limit_is_no_less_above_it():
    """Contents of 50 % without any spread are 48.5 from M; of 200 %, 98.5: both are above 15."""
    for content, value in ((50, "48.5"), (200, "98.5")):
        found = assayed([content] * 10)
        assert (found["verdict"], found["acceptance_value"]["value"]) == ("assay 20 more", value)
        assert (found["acceptance_value"]["exact"], found["acceptance_value"]["text"]) == (
            f"{value} + sqrt(0/1)",
            f"{value} %",
        )


def test_ten_that_passed_are_told_of_only_where_ten_of_them_pass_by_the_rule_of_ten():
    """Five at 107 and five at 93 %: s is the root of 490/9, 7.38, so 2.4 s is 17.7, while 2 s would be 14.8.

    Of 104 and 96 s is 4.22 and 2.4 s 10.1; with twenty of 100 % all thirty pass either way.
    """
    found = assayed([*[107, 93] * 5, *[100] * 20])
    assert (found["verdict"], found["notices"]) == ("pass", [])
    assert [notice["code"] for notice in assayed([*[104, 96] * 5, *[100] * 20])["notices"]] == ["first_ten_passed"]


# What is refused.

FILLED, SHELLS, SHELL = "Masses of the filled capsules", "Masses of the empty shells", "Mean mass of one empty shell"
RANGE = "is outside what is taken here, "


@pytest.mark.parametrize(
    ("changes", "texts"),
    [
        ({"capsules": ["150 mg"] * 31}, [f"{FILLED}: give at most 30."]),
        ({"capsules": ["150 mg"] * 9}, [f"{FILLED}: give 10 to 30; here are 9."]),
        ({"planned": 7, "made": 7, "capsules": ["150 mg"] * 6}, [f"{FILLED}: give all 7; here are 6."]),
        ({"planned": 30, "made": 10, "capsules": ["150 mg"] * 9}, [f"{FILLED}: give 10 to 30; here are 9."]),
        ({"planned": 7, "made": 1, "capsules": []}, [f"{FILLED}: give 1; here are 0."]),
        ({"shell_mass": None, "shells": ["50 mg"] * 31}, [f"{SHELLS}: give at most 30."]),
        ({"shell_mass": None, "shells": ["50 mg"] * 9}, [f"{SHELLS}: give 10 to 30; here are 9."]),
        ({"shells": ["50 mg"] * 10}, [f"{SHELLS}: take this or \u201c{SHELL}\u201d away; only one of them can hold."]),
        ({"shell_mass": None}, [f"{SHELL}: enter a value."]),
        ({"planned": 30}, ["Capsules made: enter this too; it belongs with \u201cCapsules planned\u201d."]),
        ({"made": 30}, ["Capsules planned: enter this too; it belongs with \u201cCapsules made\u201d."]),
        ({"planned": 30, "made": 9}, [f"Capsules made: 9 capsules {RANGE}10 to 2,000 capsules."]),
        ({"planned": 30, "made": 1}, [f"Capsules made: 1 capsule {RANGE}10 to 2,000 capsules."]),
        ({"planned": 30, "made": 0}, ["Capsules made: this must be more than zero."]),
        (
            {"planned": 30, "made": 29, "capsules": ["150 mg"] * 30},
            [f"Capsules made: 29 capsules {RANGE}30 to 2,000 capsules."],
        ),
        ({"planned": 30, "made": 9, "capsules": ["150 mg"] * 31}, [f"{FILLED}: give at most 30."]),
        ({"planned": 30, "made": 9, "capsules": "150 mg"}, [f"{FILLED}: this must be a list."]),
        ({"dose": None}, ["\u201cdose\u201d is not a field of this check."]),
        (
            {"order": GOOD},
            ["Theoretical fill of one capsule: take this or \u201cThe order of these capsules\u201d away; only one of"],
        ),
        (
            {"theoretical_fill": None, "order": 30},
            ["The order of these capsules: this must be an object with named fields."],
        ),
        ({"theoretical_fill": None, "order": {**GOOD, "dose": ".5 mg"}}, ["Dose: \u201c.5\u201d is not a number"]),
    ],
)
def test_a_refusal_of_weights_says_what_was_sent_and_what_is_taken(changes, texts):
    asked = {"theoretical_fill": "100 mg", "shell_mass": "50 mg", "capsules": ["150 mg"] * 10, **changes}
    faults = CLIENT.post(WEIGHTS, json=asked).get_json()["faults"]
    assert [fault["text"][: len(text)] for fault, text in zip(faults, texts, strict=True)] == texts


@pytest.mark.parametrize(
    ("contents", "text"),
    [
        (["98 %"] * 31, "Contents found: give at most 30."),
        (["98 %"] * 9, "Contents found: give 10 or 30; here are 9."),
        (["98 %"] * 29, "Contents found: give 10 or 30; here are 29."),
        (None, "Contents found: enter a value."),
        ({}, "Contents found: this must be a list."),
    ],
)
def test_a_refusal_of_contents_says_what_was_sent_and_what_is_taken(contents, text):
    (fault,) = CLIENT.post(UNIFORMITY, json={"contents": contents}).get_json()["faults"]
    assert (fault["field"], fault["text"]) == ("contents", text)


def test_a_check_that_is_no_object_says_so():
    for path in (WEIGHTS, UNIFORMITY):
        (fault,) = CLIENT.post(path, json=["98 %"]).get_json()["faults"]
        assert (fault["field"], fault["text"]) == ("", "The check: this must be an object with named fields.")


@pytest.mark.parametrize("number_made", [10, 30])
def test_as_many_may_be_made_as_were_weighed(number_made):
    assert weighed([100] * number_made, planned=number_made, made=number_made)["verdict"] == "pass"


def test_the_day_stands_in_for_the_date_of_making_and_null_for_nothing():
    """An order without its date of making is made today; null is as good as left out where nothing is required."""
    order = {name: value for name, value in GOOD.items() if name != "prepared_on"}
    order["source"] = {name: value for name, value in GOOD["source"].items() if name != "weighed_on"}
    found = answer_weights({**SAMPLE, "order": order}, LIBRARY, TODAY)
    assert found["spread"] == answer_weights({**SAMPLE, "order": GOOD}, LIBRARY, TODAY)["spread"]
    with_nulls = {**SAMPLE, "order": GOOD, "theoretical_fill": None, "shells": None}
    assert answer_weights(with_nulls, LIBRARY, TODAY) == answer_weights({**SAMPLE, "order": GOOD}, LIBRARY, TODAY)
    typed_fill = {**WEIGHTS_EXAMPLE, "order": None, "shells": None, "planned": None, "made": None}
    assert answer_weights(typed_fill, LIBRARY, TODAY)["batch_loss"] is None


def test_a_stop_of_the_order_stands_under_the_order():
    order = changed(GOOD, {"dose": "7 mg", "source.tablets_weighed": 5, "source.total_mass": "0.8 g"})
    problem = CLIENT.post(WEIGHTS, json={**SAMPLE, "order": order}).get_json()
    (stop,) = problem["stops"]
    assert (stop["code"], stop["field"], stop["value"]) == ("dose_above_usual", "order.dose", "7 mg")


# The schemas.


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ({}, True),
        ({"order": None, "shells": None, "planned": None, "made": None}, True),
        ({"theoretical_fill": None, "order": GOOD}, True),
        ({"theoretical_fill": ..., "order": GOOD}, True),
        ({"order": GOOD}, False),
        ({"theoretical_fill": None}, False),
        ({"theoretical_fill": ...}, False),
        ({"theoretical_fill": None, "order": None}, False),
        ({"theoretical_fill": ..., "order": {}}, False),
        ({"theoretical_fill": ..., "order": {**GOOD, "dose": None}}, False),
        ({"theoretical_fill": ..., "order": {**GOOD, "internal_number": None, "capsule": {"size": None}}}, True),
        ({"theoretical_fill": ..., "order": {**GOOD, "capsule": {"size": 3}}}, False),
        ({"theoretical_fill": ..., "order": "30 capsules"}, False),
        ({"theoretical_fill": 100}, False),
        ({"theoretical_fill": "100 mL"}, False),
        ({"capsules": ...}, False),
        ({"capsules": None}, False),
        ({"capsules": ["150 mg"] * 9}, False),
        ({"capsules": ["150 mg"] * 9, "planned": 9, "made": 9}, True),
        ({"capsules": ["150 mg"], "planned": 30, "made": 1}, True),
        ({"capsules": ["150 mg"] * 9, "planned": 30, "made": 10}, False),
        ({"capsules": [], "planned": 30, "made": 1}, False),
        ({"capsules": ["150 mg"] * 30}, True),
        ({"capsules": ["150 mg"] * 31}, False),
        ({"capsules": [150] * 10}, False),
        ({"shell_mass": None, "shells": ["50 mg"] * 10}, True),
        ({"shell_mass": None, "shells": "50 mg"}, False),
        ({"planned": 30, "made": 30}, True),
        ({"planned": "30", "made": 30}, False),
        ({"dose": "4.5 mg"}, False),
    ],
)
def test_the_schema_of_weights_takes_and_refuses_what_the_contract_says(changes, taken):
    """Exactly one of theoretical fill and order; null is as good as left out where nothing is required."""
    asked = {name: value for name, value in {**WEIGHTS_EXAMPLE, **changes}.items() if value is not ...}
    schema = WeightsAsked.input_schema()
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(asked) is taken
    assert taken is (CLIENT.post(WEIGHTS, json=asked).status_code == 200)


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        (UNIFORMITY_EXAMPLE, True),
        ({"contents": ["98 %"] * 30}, True),
        ({"contents": ["98 %"] * 31}, False),
        ({"contents": ["98 %"] * 9}, False),
        ({"contents": ["98 mL"] * 10}, False),
        ({"contents": ["98 mg"] * 10, "label": "100 mg"}, True),
        ({"contents": None}, False),
        ({}, False),
        ({**UNIFORMITY_EXAMPLE, "dose": "4.5 mg"}, False),
    ],
)
def test_the_schema_of_contents_takes_and_refuses_what_the_contract_says(asked, taken):
    assert Draft202012Validator(UniformityAsked.input_schema()).is_valid(asked) is taken
    assert taken is (CLIENT.post(UNIFORMITY, json=asked).status_code == 200)
