"""Checks on finished capsules by weight and by content: every limit on it, inside and outside; every fault; exactly."""

import json
import statistics
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.arithmetic.notation import decimal, exact, fixed
from calc.arithmetic.roots import Root
from calc.arithmetic.units import MG, PERCENT, RATIO, WrongUnit, figure
from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.checks.from_order import printed_fill
from calc.faults import FaultCode
from calc.library import load
from calc.limits import CHECK_RANGES
from calc.web.guard import MOST_BODY
from calc.web.openapi.checks import UNIFORMITY, UNIFORMITY_EXAMPLE, WEIGHTS, WEIGHTS_EXAMPLE
from calc.wording.checks import check_label
from tests.support.client import PROBLEM, make_client
from tests.support.orders import GOOD
from tests.support.schemas import validate

CLIENT = make_client()
STEP = Fraction(1, 10**6)
HUNDRED = {"theoretical_fill": "100 mg", "shell_mass": "50 mg"}


def mg(value):
    return f"{decimal(Fraction(value))} mg"


def weigh(fills=None, **changes):
    """The answer to a check of capsules with these fills, in mg, around a theoretical fill of 100 mg."""
    asked = {**HUNDRED, **changes}
    if fills is not None:
        asked["capsules"] = [mg(50 + Fraction(fill)) for fill in fills]
    answer = CLIENT.post(WEIGHTS, json=asked)
    assert answer.status_code == 200, answer.text
    validate("check_weights.schema.json", asked)
    validate("check_weights_answer.schema.json", answer.get_json())
    return answer.get_json()


def assay(contents):
    """The answer to a check of these contents, in per cent of the label."""
    asked = {"contents": [f"{decimal(Fraction(content))} %" for content in contents]}
    answer = CLIENT.post(UNIFORMITY, json=asked)
    assert answer.status_code == 200, answer.text
    validate("check_uniformity.schema.json", asked)
    validate("check_uniformity_answer.schema.json", answer.get_json())
    return answer.get_json()


def spread_out(offs, count):
    """Contents about 100: a pair on either side for each of `offs`, the others at 100."""
    pairs = [100 + sign * Fraction(off) for off in offs for sign in (1, -1)]
    return pairs + [Fraction(100)] * (count - len(pairs))


def faults(path, asked):
    answer = CLIENT.post(path, json=asked)
    assert (answer.status_code, answer.content_type) == (422, PROBLEM)
    problem = answer.get_json()
    assert problem["title"] == "The check cannot be read"
    assert problem.keys() == {"type", "title", "status", "faults"}
    return [(fault["code"], fault["field"]) for fault in problem["faults"]]


# By weight.


def test_the_sheets_own_band_is_the_band_of_the_check():
    """172 to 199 mg with a shell of 48 mg and a fill of 137.6 mg: fills of 123.84 to 151.36 mg."""
    found = CLIENT.post(WEIGHTS, json=WEIGHTS_EXAMPLE).get_json()
    assert found["verdict"] == "pass"
    assert (found["band"]["low"]["exact"], found["band"]["high"]["exact"]) == ("123.84", "151.36")
    assert found["mean_fill"] == {"value": "137.2", "unit": "mg", "text": "137.2 mg", "exact": "137.2"}
    assert found["mean_share"]["exact"] == "343/344"
    assert found["fills"][0]["gross"]["text"] == "180 mg"


def test_a_batch_that_is_light_throughout_fails():
    """12 % light, each within 1 % of the batch's own mean: only the theoretical fill tells."""
    found = weigh([88, "87.5", "88.5", 88, 88, "88.2", "87.8", 88, "88.4", "87.6"])
    assert found["verdict"] == "fail"
    assert not found["mean_ok"]
    assert not any(fill["ok"] for fill in found["fills"])
    assert found["rsd_ok"]
    assert "by number: 1 to 10." in found["next"]


@pytest.mark.parametrize(
    ("fill", "ok"), [(90, True), (90 - STEP, False), (90 + STEP, True), (110, True), (110 + STEP, False)]
)
def test_a_fill_is_taken_from_90_to_110_per_cent_inclusive(fill, ok):
    found = weigh([fill, 200 - Fraction(fill), *[100] * 8] if ok else [fill, *[100] * 9])
    assert found["fills"][0]["ok"] is ok
    assert (found["verdict"] == "pass") is ok
    shown = Fraction(found["fills"][0]["share"]["value"])
    assert (Fraction("0.9") <= shown <= Fraction("1.1")) is ok, "no rounding carries a figure over its limit"
    low, high = (Fraction(found["band"][end]["value"]) for end in ("low", "high"))
    assert (low <= Fraction(found["fills"][0]["fill"]["value"]) <= high) is ok


@pytest.mark.parametrize(
    ("mean", "ok"), [(97, True), (97 - STEP, False), (97 + STEP, True), (103, True), (103 + STEP, False)]
)
def test_the_mean_is_taken_within_3_per_cent_inclusive(mean, ok):
    found = weigh([mean] * 10)
    assert (found["mean_ok"], found["verdict"]) == (ok, "pass" if ok else "fail")
    assert all(fill["ok"] for fill in found["fills"])
    assert (97 <= Fraction(found["mean_fill"]["value"]) <= 103) is ok


@pytest.mark.parametrize(("off", "ok"), [(Fraction("7.5"), True), (Fraction("7.5") + STEP, False)])
def test_a_relative_standard_deviation_above_5_per_cent_is_a_notice_only(off, ok):
    """Four fills 7.5 % off their mean, six on it: n less one gives 5 % to the digit."""
    found = weigh(spread_out([off, off], 10))
    assert (found["verdict"], found["rsd_ok"]) == ("pass", ok)
    assert ("fill_spread_high" in {notice["code"] for notice in found["notices"]}) is not ok
    assert (Fraction(found["rsd"]["value"]) <= Fraction("0.05")) is ok
    if ok:
        assert found["rsd"] == {"value": "0.05", "unit": "1", "text": "5 %", "exact": "sqrt(1/400)"}


@pytest.mark.parametrize(
    ("planned", "made", "ok", "verdict"),
    [(1000, 970, True, "pass"), (1000, 969, False, "explain"), (30, 30, True, "pass"), (30, 29, False, "pass")],
)
def test_the_batch_loss_is_told_and_decides_nothing_by_itself(planned, made, ok, verdict):
    found = weigh([100] * 10, planned=planned, made=made)
    assert (found["loss_ok"], found["verdict"]) == (ok, verdict)
    assert Fraction(found["batch_loss"]["exact"]) == Fraction(planned - made, planned)
    assert ("count again" in found["next"]) is (verdict == "explain")


def test_what_was_not_given_or_cannot_be_known_is_null():
    found = weigh([100] * 10)
    assert (found["batch_loss"], found["loss_ok"]) == (None, None)
    empty = weigh([0] * 9 + [-1])
    assert (empty["rsd"], empty["rsd_ok"], empty["verdict"]) == (None, None, "fail")
    assert empty["fills"][9]["share"]["exact"] == "-0.01"


def test_more_made_than_planned_is_a_hold_and_a_notice():
    found = weigh([100] * 10, planned=30, made=33)
    assert (found["verdict"], found["loss_ok"]) == ("hold", True)
    assert found["verdicts"] == {"masses": "pass", "count": "hold", "mass_balance": None}
    assert "more_made_than_planned" in {notice["code"] for notice in found["notices"]}
    assert found["batch_loss"]["text"] == "-10 %"


def test_shells_weighed_one_by_one_give_their_mean():
    shells = ["47 mg", "49 mg", "0.048 g", *["48.5 mg"] * 7]
    found = weigh([100] * 10, shell_mass=None, shells=shells)
    assert found["mean_shell"]["exact"] == "48.35"
    assert [step["code"] for step in found["steps"]][:2] == ["shells_together", "mean_shell"]
    assert found["steps"][0]["substituted"].startswith("47 mg + 49 mg + 48 mg + ")


def test_weight_alone_proves_no_content():
    texts = [notice["text"] for notice in weigh([100] * 10)["notices"]]
    assert any(text.startswith("Weight alone does not prove content") for text in texts)
    assert not any("4.5 mg" in text for text in texts)


def test_every_term_is_shown():
    found = weigh([96, 104, 99, 101, *[100] * 6], planned=30, made=30)
    codes = [step["code"] for step in found["steps"]]
    assert codes.count("fill_of_each") == codes.count("share_of_each") == 10
    (squares,) = (step for step in found["steps"] if step["code"] == "fill_squares")
    assert squares["substituted"].count(" + ") == 9
    assert squares["result"] == "0.0034"
    assert {"mean_gross", "mean_fill", "mean_share", "fill_variance", "fill_rsd", "batch_loss"} <= set(codes)
    assert [s["title"] for s in found["steps"] if s["code"] == "fill_of_each"][2] == "Filled capsule 3: its fill"


@given(st.lists(st.integers(60_000_000, 140_000_000), min_size=10, max_size=30), st.integers(90, 110))
def test_the_weights_are_those_of_an_independent_computation(millionths, theoretical):
    fills = [Fraction(number, 10**6) for number in millionths]
    asked = {"theoretical_fill": f"{theoretical} mg", "shell_mass": "50 mg", "capsules": [mg(50 + f) for f in fills]}
    found = CLIENT.post(WEIGHTS, json=asked).get_json()
    mean = statistics.mean(fills)
    each = [10 * abs(fill - theoretical) <= theoretical for fill in fills]
    mean_ok = 100 * abs(mean - theoretical) <= 3 * theoretical
    square = statistics.variance(fills) / mean**2
    assert [fill["ok"] for fill in found["fills"]] == each
    assert (found["mean_fill"]["exact"], found["mean_ok"]) == (exact(mean), mean_ok)
    assert found["rsd"]["exact"] == f"sqrt({square.numerator}/{square.denominator})"
    assert found["rsd_ok"] is (square <= Fraction(1, 400))
    assert found["verdict"] == ("pass" if all(each) and mean_ok else "fail")


# By content.


def test_the_published_ten_tablets():
    found = CLIENT.post(UNIFORMITY, json=UNIFORMITY_EXAMPLE).get_json()
    assert (found["verdict"], found["stage"], found["unit_limits"]) == ("pass", 1, None)
    assert (found["mean"]["text"], found["standard_deviation"]["text"]) == ("96.6 %", "2.836 %")
    assert (found["reference_value"]["text"], found["acceptance_value"]["text"]) == ("98.5 %", "8.707 %")
    assert found["acceptance_value"]["exact"] == "1.9 + sqrt(5792/125)"
    assert found["limit"]["text"] == "15 %"
    assert [unit["ok"] for unit in found["units"]] == [None] * 10


@pytest.mark.parametrize(
    ("contents", "verdict"),
    [
        (spread_out(["9.375"] * 2, 10), "pass"),  # s 6.25: 2.4 s is 15 to the digit
        (spread_out([Fraction("9.375") + STEP, "9.375"], 10), "assay 20 more"),
        (["83.5"] * 10, "pass"),  # 15 below 98.5
        ([Fraction("83.5") - STEP] * 10, "assay 20 more"),
        (["116.5"] * 10, "pass"),
        ([Fraction("116.5") + STEP] * 10, "assay 20 more"),
        ([0] * 10, "assay 20 more"),
        (spread_out([15, "7.5", "3.75", "3.75", *["11.25"] * 4], 30), "pass"),  # s 7.5: 2 s is 15 to the digit
        (spread_out([15 + STEP, "7.5", "3.75", "3.75", *["11.25"] * 4], 30), "fail"),
        (["83.5"] * 30, "pass"),
        ([Fraction("83.5") - STEP] * 30, "fail"),
    ],
)
def test_the_acceptance_value_may_be_15_and_no_more_in_both_stages(contents, verdict):
    found = assay(contents)
    assert (found["verdict"], found["stage"]) == (verdict, 1 if len(contents) == 10 else 2)
    assert found["k"]["text"] == ("2.4" if len(contents) == 10 else "2")
    assert (Fraction(found["acceptance_value"]["value"]) <= 15) is (verdict == "pass")


@pytest.mark.parametrize(
    ("off", "out"), [(Fraction(25), []), (25 + STEP, [1, 2])], ids=["on the limit", "one step outside"]
)
def test_no_unit_of_the_second_stage_may_be_more_than_25_per_cent_off(off, out):
    contents = spread_out([off], 30)
    found = assay(contents)
    assert Fraction(found["acceptance_value"]["value"]) < 15
    assert [number for number, unit in enumerate(found["units"], start=1) if not unit["ok"]] == out
    assert found["verdict"] == ("fail" if out else "pass")
    assert ("by number: 1, 2." in found["next"]) is bool(out)


def test_the_25_per_cent_are_of_m_and_no_points():
    """M is 98.5: a unit may hold 73.875 to 123.125 %."""
    contents = [*["98.5"] * 27, "73.875", "123.125", "98.5"]
    found = assay(contents)
    assert (found["unit_limits"]["low"]["exact"], found["unit_limits"]["high"]["exact"]) == ("73.875", "123.125")
    assert found["verdict"] == "pass"
    assert assay([*contents[:27], Fraction("73.875") - STEP, Fraction("123.125") + STEP, "98.5"])["verdict"] == "fail"


def test_the_first_stage_does_not_judge_single_units():
    """One unit at 70 %: the acceptance value decides, and it asks for twenty more."""
    found = assay([*spread_out([], 9), 70])
    assert (found["verdict"], found["next"]) == (
        "assay 20 more",
        "Assay 20 more units of this batch and enter all 30, these ten first.",
    )


@pytest.mark.parametrize(
    ("mean", "reference"),
    [
        ("98.5", "98.5"),
        ("98.499999", "98.5"),
        ("98.500001", "98.500001"),
        ("101.3", "101.3"),
        ("101.5", "101.5"),
        ("101.500001", "101.5"),
    ],
)
def test_m_is_the_mean_between_98_5_and_101_5_and_the_nearer_of_them_outside(mean, reference):
    assert assay([mean] * 10)["reference_value"]["exact"] == reference


def test_twenty_more_that_were_not_needed_are_judged_and_said():
    found = assay([100] * 30)
    assert [notice["code"] for notice in found["notices"]] == ["first_ten_passed"]
    assert assay(spread_out([12] * 5, 30))["notices"] == []


@given(st.lists(st.integers(60_000, 140_000), min_size=30, max_size=30), st.sampled_from([10, 30]))
def test_the_uniformity_is_that_of_an_independent_computation(thousandths, count):
    contents = [Fraction(number, 1000) for number in thousandths[:count]]
    found = assay(contents)
    mean, square = statistics.mean(contents), statistics.variance(contents)
    reference = min(max(mean, Fraction("98.5")), Fraction("101.5"))
    k = Decimal("2.4") if count == 10 else Decimal(2)
    with localcontext() as context:
        context.prec = 60
        away = abs(reference - mean)
        spread = k * (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
        value = Decimal(away.numerator) / Decimal(away.denominator) + spread
    assert found["mean"]["exact"] == exact(mean)
    assert found["standard_deviation"]["exact"] == f"sqrt({square.numerator}/{square.denominator})"
    assert abs(Decimal(found["acceptance_value"]["value"]) - value) <= value / 1000
    out = any(4 * abs(content - reference) > reference for content in contents)
    verdict = "pass" if value <= 15 and not (out and count == 30) else "assay 20 more" if count == 10 else "fail"
    assert found["verdict"] == verdict


# Roots.


@given(st.fractions(0, 10**6), st.fractions(0, 1000), st.integers(0, 12))
def test_a_root_is_rounded_half_up_as_with_many_digits(square, plus, decimals):
    with localcontext() as context:
        context.prec = 80
        root = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
        value = root + Decimal(plus.numerator) / Decimal(plus.denominator)
    shown = Root(square, RATIO, plus).rounded(decimals)
    assert shown.denominator <= 10**decimals
    assert abs(Decimal(shown.numerator) / Decimal(shown.denominator) - value) <= Decimal(10) ** -decimals / 2 + Decimal(
        "1e-25"
    )


@given(st.fractions(0, 100), st.fractions(0, 100), st.fractions(0, 200))
def test_a_root_is_held_against_a_limit_by_squares(square, plus, limit):
    below = limit - plus
    assert Root(square, RATIO, plus).at_most(figure(limit, RATIO)) is (below >= 0 and below**2 >= square)


@pytest.mark.parametrize(
    ("root", "written", "working"),
    [
        (Root(Fraction(0), RATIO), "sqrt(0/1)", "0"),
        (Root(Fraction(9, 4), PERCENT), "sqrt(9/4)", "1.5 %"),
        (Root(Fraction(2), MG), "sqrt(2/1)", "1.41421... mg"),
        (Root(Fraction(2), RATIO, Fraction(1, 3)), "1/3 + sqrt(2/1)", "1.74754..."),
        (Root(Fraction(2, 10**12), RATIO), "sqrt(1/500000000000)", "0.00000141421..."),
    ],
)
def test_a_root_is_written_exactly_and_at_work(root, written, working):
    assert (root.exact(), root.working()) == (written, working)


def test_a_root_of_another_kind_is_no_root_in_this_unit():
    with pytest.raises(WrongUnit):
        Root(Fraction(2), MG).to(RATIO)
    assert fixed(Root(Fraction(1, 100), RATIO).to(PERCENT).rounded(1), 1) == "10.0"


# Faults.

TEN = [mg(150)] * 10


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"theoretical_fill": None}, [("required", "theoretical_fill")]),
        ({"theoretical_fill": "0 mg"}, [("zero_not_allowed", "theoretical_fill")]),
        ({"theoretical_fill": "0.9 mg"}, [("out_of_range", "theoretical_fill")]),
        ({"theoretical_fill": "2.1 g"}, [("out_of_range", "theoretical_fill")]),
        ({"theoretical_fill": "100 %"}, [("wrong_dimension", "theoretical_fill")]),
        ({"theoretical_fill": 100}, [("wrong_type", "theoretical_fill")]),
        ({"capsules": None}, [("required", "capsules")]),
        ({"capsules": []}, [("list_length", "capsules")]),
        ({"capsules": TEN[:9]}, [("list_length", "capsules")]),
        ({"capsules": TEN * 3 + TEN[:1]}, [("list_too_long", "capsules")]),
        ({"capsules": ["x"] * 5000}, [("list_too_long", "capsules")]),
        ({"capsules": "150 mg"}, [("wrong_type", "capsules")]),
        ({"capsules": {"0": "150 mg"}}, [("wrong_type", "capsules")]),
        ({"capsules": [*TEN[:9], "150,5 mg"]}, [("decimal_comma", "capsules.9")]),
        ({"capsules": [*TEN[:9], None]}, [("wrong_type", "capsules.9")]),
        ({"capsules": [*TEN[:9], 150.0]}, [("wrong_type", "capsules.9")]),
        ({"capsules": [*TEN[:9], "4.9 mg"]}, [("out_of_range", "capsules.9")]),
        ({"capsules": ["150", *TEN[:8]]}, [("unit_missing", "capsules.0"), ("list_length", "capsules")]),
        ({"shell_mass": None}, [("required", "shell_mass")]),
        ({"shells": ["50 mg"] * 10}, [("excludes_each_other", "shells")]),
        ({"shell_mass": None, "shells": ["50 mg"] * 9}, [("list_length", "shells")]),
        ({"shell_mass": None, "shells": ["50 mg"] * 9 + ["5 g"]}, [("out_of_range", "shells.9")]),
        ({"planned": 30}, [("pair_incomplete", "made")]),
        ({"made": 30}, [("pair_incomplete", "planned")]),
        ({"planned": 30, "made": "30"}, [("wrong_type", "made")]),
        ({"planned": True, "made": 30}, [("wrong_type", "planned")]),
        ({"planned": 0, "made": 30}, [("zero_not_allowed", "planned")]),
        ({"planned": 2001, "made": 2001}, [("out_of_range", "planned"), ("out_of_range", "made")]),
        ({"planned": 30, "made": 9}, [("out_of_range", "made")]),
        ({"dose": "4.5 mg"}, [("unknown_field", "dose")]),
        ({"drug": None}, [("unknown_field", "drug")]),
    ],
)
def test_a_fault_of_the_weights_is_told_at_its_field(changes, found):
    asked = {**HUNDRED, "capsules": TEN, **changes}
    assert faults(WEIGHTS, asked) == found


@pytest.mark.parametrize(
    ("contents", "found"),
    [
        (None, [("required", "contents")]),
        (["98 %"] * 9, [("list_length", "contents")]),
        (["98 %"] * 11, [("list_length", "contents")]),
        (["98 %"] * 29, [("list_length", "contents")]),
        (["98 %"] * 31, [("list_too_long", "contents")]),
        (["98 %"] * 9 + ["4.5 mg"], [("required", "label")]),
        (["98 %"] * 9 + ["4.5 mL"], [("wrong_dimension", "contents.9")]),
        (["98 %"] * 9 + ["500.000001 %"], [("out_of_range", "contents.9")]),
        (["98 %"] * 9 + ["-1 %"], [("sign_not_allowed", "contents.9")]),
        ("98 %", [("wrong_type", "contents")]),
    ],
)
def test_a_fault_of_the_contents_is_told_at_its_field(contents, found):
    assert faults(UNIFORMITY, {"contents": contents}) == found


def test_all_faults_are_told_at_once_and_nothing_that_was_computed():
    asked = {"theoretical_fill": "1,5 mg", "capsules": ["1e3 mg", "150 mg"], "planned": 30, "more": 1}
    assert {code for code, _ in faults(WEIGHTS, asked)} == {
        *("decimal_comma", "exponent_not_allowed", "list_length", "required", "pair_incomplete", "unknown_field")
    }
    answer = CLIENT.post(WEIGHTS, json={**HUNDRED, "capsules": ["151 mg"] * 9, "planned": 33, "made": 32})
    assert answer.status_code == 422
    assert not [word for word in ("101", "mean", "3.03", "verdict", "fills") if word in answer.text]


@pytest.mark.parametrize("asked", [[], "x", 1, None, True])
def test_a_check_is_an_object(asked):
    for path in (WEIGHTS, UNIFORMITY):
        answer = CLIENT.post(path, data=json.dumps(asked), content_type="application/json")
        assert answer.status_code == 422
        assert [fault["code"] for fault in answer.get_json()["faults"]] == ["wrong_type"]


@pytest.mark.parametrize("path", [WEIGHTS, UNIFORMITY])
def test_the_web_refuses_a_check_as_it_refuses_an_order(path):
    assert CLIENT.get(path).status_code == 405
    assert CLIENT.post(path, data="x").status_code == 415
    assert CLIENT.post(path, data=b" " * (MOST_BODY + 1), content_type="application/json").status_code == 413
    for body, code in ((b"{", "not_json"), (b'{"a": 1, "a": 2}', "duplicate_key"), (b"[" * 11, "too_deep")):
        answer = CLIENT.post(path, data=body, content_type="application/json")
        assert (answer.status_code, answer.get_json()["code"]) == (400, code)


def test_the_largest_check_is_answered():
    asked = {**WEIGHTS_EXAMPLE, "capsules": ["0.185000 g"] * 30, "shells": ["0.048000 g"] * 30}
    del asked["shell_mass"]
    assert CLIENT.post(WEIGHTS, json=asked).status_code == 200


@pytest.mark.parametrize(
    "name", ["theoretical_fill", "capsules", "shell_mass", "shells", "contents", "planned", "made"]
)
def test_a_range_of_a_check_holds_its_own_bounds(name):
    """On each bound and one smallest step outside it."""
    bounds = CHECK_RANGES[name]

    def told(value):
        asked = {**HUNDRED, "capsules": TEN, "planned": 30, "made": 30}
        if name in ("planned", "made"):
            asked[name] = int(value)
            kind = WEIGHTS
        else:
            typed = f"{decimal(value)} {'%' if name == 'contents' else 'mg'}"
            many = [typed] * 10 if name in ("capsules", "shells", "contents") else typed
            asked = {"contents": many} if name == "contents" else {**asked, name: many}
            if name == "shells":
                del asked["shell_mass"]
            kind = UNIFORMITY if name == "contents" else WEIGHTS
        found = CLIENT.post(kind, json=asked).get_json().get("faults", ())
        return {f["code"] for f in found if f["field"].partition(".")[0] == name} - {"pair_incomplete"}

    step = 1 if name in ("planned", "made") else STEP
    low, high = (end.value if end.unit is not None else end for end in (bounds.low, bounds.high))
    if name not in ("contents", "planned", "made"):
        low, high = bounds.low.to(MG).value, bounds.high.to(MG).value
    assert told(high) == set()
    assert told(high + step) == {"out_of_range"}
    if name == "made":
        return  # as many as were weighed, at least
    assert told(low) == set()
    if low > step:
        assert told(low - step) == {"out_of_range"}


def test_every_fault_names_its_field_in_words():
    assert check_label("shells.0") == "Empty shell 1"
    assert check_label("contents.29") == "Unit 30"
    assert check_label("capsules.99999") == "\u201ccapsules.99999\u201d"
    answer = CLIENT.post(WEIGHTS, json={**HUNDRED, "capsules": [*TEN, "150 kg"], "x": 1}).get_json()
    assert [fault["text"].partition(":")[0] for fault in answer["faults"]] == [
        "Filled capsule 11",
        "\u201cx\u201d is not a field of this check.",
    ]
    assert FaultCode.LIST_LENGTH.value == "list_length"


@pytest.mark.parametrize(
    ("shell", "fill", "told"), [("137 mg", "48 mg", True), ("48.1 mg", "48 mg", True), ("48 mg", "48 mg", False)]
)
def test_a_shell_heavier_than_the_fill_is_told_of_and_judged_all_the_same(shell, fill, told):
    """Gross masses of 185 mg less a shell of 137 mg are the 48 mg of the shell: exchanged, the check would pass."""
    gross = {"137 mg": "185 mg", "48.1 mg": "96.1 mg", "48 mg": "96 mg"}[shell]
    asked = {"theoretical_fill": fill, "shell_mass": shell, "capsules": [gross] * 10}
    answer = CLIENT.post(WEIGHTS, json=asked).get_json()
    notices = {notice["code"]: notice["text"] for notice in answer["notices"]}
    assert answer["verdict"] == "pass"
    assert ("shell_above_fill" in notices) is told
    if told:
        assert f"An empty shell of {shell} is heavier than the fill of {fill}" in notices["shell_above_fill"]


def test_a_plan_that_does_not_know_its_fill_has_none_to_be_weighed_against():
    library = load()
    made = plan(Order.read(GOOD, library, today=date(2026, 11, 23)), library)
    assert printed_fill(made) == "137.6 mg"
    with pytest.raises(TypeError, match="knows the fill"):
        printed_fill(made._replace(fill=made.fill._replace(fill_mass=None)))
