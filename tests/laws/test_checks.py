"""Laws of the checks on finished capsules: over random checks each verdict, text and line of work agrees with the
figures beside it, what is known is told and what cannot be known is null.

What is compared stands in docs/contract.md and in the pharmacy's rules; nothing was read off the program.
"""

import json
import random
import re
import statistics
from fractions import Fraction
from math import isqrt

import pytest

from calc.checks.answer import answer_weights
from calc.checks.from_order import read_weights
from calc.checks.sheet import sheet_of_weights
from calc.checks.weights import check_weights
from calc.library import load
from calc.planning.codes import StepCode
from calc.reading.json_body import read_json
from calc.web.openapi.checks import UNIFORMITY, WEIGHTS
from calc.wording import STEPS
from tests.second_engine.checks import random_uniformity, random_weights
from tests.second_engine.parts import TODAY
from tests.second_engine.student import between
from tests.support.client import PLAN, make_client
from tests.tools.compare_engines import number

CLIENT, LIBRARY = make_client(), load()
PARTS, EACH = 20, 2
MILLIGRAMS = {"g": 1000, "mg": 1, "mcg": Fraction(1, 1000), "ug": Fraction(1, 1000)}


def drawn(random_check, seed):
    lot = random.Random(seed)
    return [random_check(lot) for _ in range(EACH)]


BY_WEIGHT, BY_CONTENT = ([drawn(kind, part) for part in range(PARTS)] for kind in (random_weights, random_uniformity))


def judged(path, trees):
    """Those of these checks that are answered with a verdict, each with its answer."""
    answers = [(tree, CLIENT.post(path, json=tree).get_json()) for tree in trees]
    return [(tree, answer) for tree, answer in answers if "verdict" in answer]


def mg(typed):
    amount, unit = typed.split()
    return Fraction(amount) * MILLIGRAMS[unit]


def value_of(shown):
    """The exact figure, a root to forty places."""
    found = number(shown["exact"])
    if isinstance(found, tuple):
        rest, square = found
        return rest + Fraction(isqrt(square.numerator * 10**80 // square.denominator), 10**40)
    return found


def figures_in(part):
    if isinstance(part, dict) and "exact" in part:
        yield part
    for item in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from figures_in(item)


def texts_in(part):
    if isinstance(part, str):
        yield part
    for item in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from texts_in(item)


def said(text):
    """The number that a text begins with."""
    return Fraction(re.match(r"[-+]?[\d,]+(?:\.\d+)?", text)[0].replace(",", ""))


def is_shown_well(shown, digits=4):
    """Value and text are the exact figure to so many digits, in per cent where it is a part of a whole, and never zero
    unless it is; no zeros trail.
    """
    exact, value, text = value_of(shown), Fraction(shown["value"]), shown["text"]
    assert (value == 0) is (exact == 0), shown
    assert not re.search(r"\.\d*0(?!\d)", f"{shown['value']} {text}"), shown
    if not text.startswith(("above", "below")):
        scale = 100 if shown["unit"] == "1" and "%" in text else 1
        last = Fraction(1, 10 if shown["unit"].startswith("mg") else 1000)
        for got in (scale * value, said(text)):
            assert abs(got / scale - exact) * 2 <= max(abs(exact) / 10 ** (digits - 1), last), shown


def says_nothing_empty(answer):
    for text in texts_in(answer):
        assert text.strip()
        assert not re.search(r"None|[{}]|\b(?:XX|null)\b", text), text


def result_is(step, exact):
    """A step shows what came out: in full, or cut after six significant digits."""
    shown, cut = said(step["result"]), "..." in step["result"].partition("(")[0]
    assert abs(shown - exact) <= abs(exact) / 10**5 * cut, (step, exact)


def side(value, limit):
    return (value > limit) - (value < limit)


SQUARES = ("fill_squares", "fill_variance", "batch_variance", "one_more_variance", "combined_variance")
SQUARES += ("weighing_variance", "dose_variance", "content_squares", "content_variance", "squared_room")
SQUARES += ("balance_variance",)
SQUARES += ("squared_spread", "contents_together", "degrees_of_freedom")
SHARES = ("mean_share", "share_of_each", "fill_rsd", "batch_loss", "fill_shift", "batch_spread", "one_more_spread")
SHARES += ("combined_spread", "content_at_label", "room_below", "room_above", "probability", "mean_content")
SHARES += ("mass_balance", "balance_uncertainty", "drug_share", "content_of_each")
SHARES += ("content_deviation", "off_reference", "acceptance_value", "least_content", "most_content")


def work_of(answer):
    """The steps by code, all of one code in order; in per cent, too, where the result is a part of a whole."""
    found = {}
    for step in answer["steps"]:
        found.setdefault(step["code"], []).append(step)
        assert ("%" in step["result"]) is (step["code"] in SHARES), step
        if "(" in step["result"] and "e 9" not in step["result"] and "w 0" not in step["result"]:
            per_cent = said(step["result"].partition("(")[2])
            assert abs(per_cent - 100 * said(step["result"])) <= abs(per_cent) / 1000 + Fraction(1, 10), step
        assert all(step[name] for name in ("reference", "formula", "substituted"))
        if step["code"] not in OF_ONE:
            assert step["title"] == STEPS[StepCode(step["code"])]
    assert found.keys() <= {*SHARES, *SQUARES, *MASSES}
    return found


#: Steps that there is one of for each capsule, weighing, or part of the label.
OF_ONE = ("fill_of_each", "share_of_each", "weighing_variance", "dose_variance", "content_at_label", "room_below")
OF_ONE += ("room_above", "probability", "net_of_each", "content_of_each")
MASSES = ("shells_together", "mean_shell", "capsules_together", "mean_gross", "mean_fill")
MASSES += ("weighed_in", "unaccounted", "rule_together", "rule_mean", "rule_low", "rule_high", "rule_least")
MASSES += ("rule_most", "net_of_each", "net_together", "net_mean")
MASSES += ("fill_low", "fill_high", "mean_low", "mean_high", "fill_of_each")


def figures_are_of_the_masses(tree, answer):
    """Fill is gross less shell, judged against the theoretical fill; masses are one decimal finer than sent."""
    gross = [mg(mass) for mass in tree["capsules"]]
    shells = [mg(mass) for mass in tree.get("shells") or [tree["shell_mass"]]]
    shell = statistics.mean(shells)
    low, high = (number(answer["band"][end]["exact"]) for end in ("low", "high"))
    theoretical = low / Fraction("0.9")
    assert high == theoretical * Fraction("1.1")
    if "order" not in tree or tree["order"] is None:
        assert theoretical == mg(tree["theoretical_fill"])
    mean = statistics.mean(gross) - shell
    mean_low, mean_high = (number(answer["mean_band"][end]["exact"]) for end in ("low", "high"))
    assert (mean_low, mean_high) == (theoretical * Fraction("0.97"), theoretical * Fraction("1.03"))
    finest = 1 + max(len(str(float(mass)).partition(".")[2].rstrip("0")) for mass in [*gross, *shells])
    masses = [(answer["mean_shell"], shell, ()), (answer["mean_fill"], mean, (mean_low, mean_high))]
    for mass, fill in zip(gross, answer["fills"], strict=True):
        assert number(fill["gross"]["exact"]) == mass
        assert number(fill["share"]["exact"]) == (mass - shell) / theoretical
        assert fill["ok"] is (low <= mass - shell <= high)
        masses.append((fill["fill"], mass - shell, (low, high)))
    for shown, exact, limits in masses:
        value, places = Fraction(shown["value"]), len(shown["value"].partition(".")[2])
        assert number(shown["exact"]) == exact
        assert abs(value - exact) * 2 <= Fraction(1, 10**finest) or value == 0 != exact
        assert [side(value, limit) for limit in limits] == [side(exact, limit) for limit in limits]
        assert places <= finest or limits or exact * 10**finest < 1
    assert answer["mean_ok"] is (mean_low <= mean <= mean_high)


def count_asks(planned, made):
    """What a count of capsules asks for, by the rule in words."""
    missing = planned - made
    if missing < 0 or 10 * made < 9 * planned:
        return "hold"
    return "explain" if (100 * made < 97 * planned and missing >= 2) or 10 * missing >= planned else "pass"


def balances_the_masses(tree, answer):
    """Capsules and blend left against what was weighed in, and twice its uncertainty above 100 %."""
    balance = answer["mass_balance"]
    if balance is None:
        return
    weighed_in, left = number(answer["weighed_in"]["exact"]), answer["blend_left"]
    found = tree["made"] * number(answer["mean_fill"]["exact"]) + (0 if left is None else number(left["exact"]))
    share, theoretical = found / weighed_in, number(answer["band"]["low"]["exact"]) / Fraction(9, 10)
    assert number(balance["exact"]) == share
    assert (answer["mass_balance_uncertainty"] is None) is (answer["rsd"] is None)
    squared = Fraction(0)
    if answer["rsd"] is not None:
        fills = [number(fill["fill"]["exact"]) for fill in answer["fills"]]
        squared = statistics.variance(fills) / len(fills) * (tree["made"] / weighed_in) ** 2
        assert answer["mass_balance_uncertainty"]["exact"] == f"sqrt({squared.numerator}/{squared.denominator})"
    high = share > Fraction("1.01") and (share - 1) ** 2 > 4 * squared
    low = share < Fraction("0.97") and weighed_in - found > theoretical
    verdict = "hold" if high or share < Fraction("0.9") else "explain" if low else "pass"
    assert answer["verdicts"]["mass_balance"] == verdict


def rule_on_contents(answer):
    """The rule of BP and Ph. Eur. on the first twenty fills by their own mean; the codes of its notices."""
    rule, fills = answer["contents_rule"], [number(fill["fill"]["exact"]) for fill in answer["fills"][:20]]
    mean = sum(fills) / 20
    assert (rule is None) is (len(fills) < 20 or mean <= 0)
    if rule is None:
        return []
    limit = Fraction("0.1") if mean < 300 else Fraction("0.075")
    off = [abs(fill - mean) / mean for fill in fills]
    assert (number(rule["mean"]["exact"]), number(rule["limit"]["exact"])) == (mean, limit)
    assert rule["outside"] == [at for at, each in enumerate(off, start=1) if each > limit]
    assert rule["far_outside"] == [at for at, each in enumerate(off, start=1) if each > 2 * limit]
    passes = len(rule["outside"]) <= 2 and not rule["far_outside"]
    assert rule["verdict"] == ("pass" if passes else "fail")
    return ["shell_spread_counts"] + ["content_asked"] * (rule["content_asked"] is not False)


def contents_of(tree):
    """The contents in per cent: as sent, of the label, or by the masses of the units and one assay."""
    if "masses" in tree:
        net = [mg(mass) - mg(tree["shell"]) for mass in tree["masses"]]
        return [each / statistics.mean(net) * Fraction(tree["assay"].split()[0]) for each in net]
    if "label" in tree:
        return [100 * mg(content) / mg(tree["label"]) for content in tree["contents"]]
    return [Fraction(content.split()[0]) for content in tree["contents"]]


def verdict_is_of_its_parts(tree, answer):
    """The verdict by weight is that of its parts and names what to do; notices and nulls stand where they must."""
    out = [number for number, fill in enumerate(answer["fills"], start=1) if not fill["ok"]]
    kept = (not out, answer["mean_ok"])
    verdicts = answer["verdicts"]
    assert verdicts["masses"] == ("pass" if all(kept) else "fail")
    assert verdicts["count"] == (None if "made" not in tree else count_asks(tree["planned"], tree["made"]))
    assert (verdicts["mass_balance"] is None) is (answer["mass_balance"] is None) is (answer["weighed_in"] is None)
    worst = next(one for one in ("fail", "hold", "explain", "pass") if one in verdicts.values())
    assert answer["verdict"] == worst
    told = "by number: ", "The mean fill is too far"
    assert [words not in answer["next"] for words in told] == list(kept)
    asked = {"pass": (), "hold": ("a pharmacist decides",), "explain": ("write the reason in",), None: ()}
    assert all(words in answer["next"] for one in (verdicts["count"], verdicts["mass_balance"]) for words in asked[one])
    begins = {"fail": "Set the batch aside.", "hold": "Hold the batch.", "pass": "Write the masses"}
    assert answer["next"].startswith(begins.get(worst, ""))
    assert ("Write the masses" in answer["next"]) is (worst in ("pass", "explain"))
    balances_the_masses(tree, answer)
    assert (answer["batch_loss"] is None) is (answer["loss_ok"] is None) is (tree.get("planned") is None)
    if answer["batch_loss"] is not None:
        loss = number(answer["batch_loss"]["exact"])
        assert loss == Fraction(tree["planned"] - tree["made"], tree["planned"])
        assert (
            answer["loss_ok"]
            is (loss <= Fraction("0.03"))
            is (Fraction(answer["batch_loss"]["value"]) <= Fraction("0.03"))
        )
    nothing = number(answer["mean_fill"]["exact"]) <= 0 or len(answer["fills"]) == 1
    assert (answer["rsd"] is None) is (answer["rsd_ok"] is None) is nothing
    codes = ["weight_not_content"]
    if not nothing:
        fills = [number(fill["fill"]["exact"]) for fill in answer["fills"]]
        square = statistics.variance(fills) / statistics.mean(fills) ** 2
        assert answer["rsd"]["exact"] == f"sqrt({square.numerator}/{square.denominator})"
        assert answer["rsd_ok"] is (square <= Fraction(1, 400))
        assert (said(answer["rsd"]["text"]) <= 5) is answer["rsd_ok"]
        codes += ["fill_spread_high"] * (square > Fraction(1, 400))
    codes += ["more_made_than_planned"] * (tree.get("made", 0) > tree.get("planned", 2000))
    theoretical = number(answer["band"]["low"]["exact"]) / Fraction(9, 10)
    codes += ["shell_above_fill"] * (number(answer["mean_shell"]["exact"]) > theoretical)
    codes += rule_on_contents(answer)
    assert [notice["code"] for notice in answer["notices"]] == codes
    if "fill_spread_high" in codes:
        assert "5 %" in answer["notices"][1]["text"]


def work_comes_to_the_figures(tree, answer):
    """Each line of work comes to the figure that is answered, and every figure is shown as it is."""
    says_nothing_empty(answer)
    for shown in figures_in({**answer, "spread": None}):
        is_shown_well(shown)
    for shown in figures_in(answer["spread"]):
        is_shown_well(shown, digits=2)
    work, count = work_of(answer), len(answer["fills"])
    pairs = [(code, answer[code]) for code in ("mean_fill", "mean_share")]
    pairs += [(f"fill_{end}", answer["band"][end]) for end in ("low", "high")]
    pairs += [(f"mean_{end}", answer["mean_band"][end]) for end in ("low", "high")]
    pairs += [("mean_shell", answer["mean_shell"])] * ("shells" in tree)
    pairs += [("fill_rsd", answer["rsd"])] * (answer["rsd"] is not None)
    pairs += [("batch_loss", answer["batch_loss"])] * (answer["batch_loss"] is not None)
    for code, shown in pairs:
        (step,) = work[code]
        result_is(step, value_of(shown))
    assert ("mean_shell" in work, "batch_loss" in work) == ("shells" in tree, answer["batch_loss"] is not None)
    for code, name in (("fill_of_each", "fill"), ("share_of_each", "share")):
        for index, (step, fill) in enumerate(zip(work[code], answer["fills"], strict=True), start=1):
            result_is(step, number(fill[name]["exact"]))
            assert step["title"].startswith(f"Filled capsule {index}: its fill")
    (together,), (gross,) = work["capsules_together"], work["mean_gross"]
    result_is(together, sum(mg(mass) for mass in tree["capsules"]))
    result_is(gross, sum(mg(mass) for mass in tree["capsules"]) / count)
    if answer["rsd"] is not None:
        (squares,), (variance,), (rsd,) = work["fill_squares"], work["fill_variance"], work["fill_rsd"]
        square = Fraction(answer["rsd"]["exact"].removeprefix("sqrt(").removesuffix(")"))
        result_is(squares, square * (count - 1))
        result_is(variance, square)
        assert squares["formula"].startswith("sum of (fill / mean fill")
        assert rsd["formula"] == "square root of variance"


def spread_is_of_weighings_and_fills(tree, answer):
    """The terms of the contract: `fill` is the RSD times the root of 1 + 1/n; the rest follows from it and the plan."""
    spread, rsd = answer["spread"], answer["rsd"]
    assert (spread is None) is (tree.get("order") is None)
    if spread is None:
        return
    plan = CLIENT.post(PLAN, json=tree["order"]).get_json()["plan"]["spread"]
    assert spread["batch"] == plan["batch"]
    fill_shift = number(answer["mean_share"]["exact"]) - 1
    assert number(spread["fill_shift"]["exact"]) == fill_shift
    nothing = [spread[name] is None for name in ("fill", "combined", "degrees_of_freedom")]
    assert nothing == [rsd is None] * 3
    work = work_of(answer)
    names = [(term["name"], term["step"]) for term in plan["terms"]]
    assert len(work["weighing_variance"]) == len(names)
    if rsd is None:
        assert (spread["within"], spread["largest"]) == ([], plan["largest"])
        return
    count = len(answer["fills"])
    fill, batch = value_of(rsd) ** 2 * (1 + Fraction(1, count)), value_of(spread["batch"]) ** 2
    for name, square in (("fill", fill), ("combined", fill + batch)):
        assert abs(value_of(spread[name]) ** 2 - square) <= square / 10**12
    largest = max(value_of(term["of_dose"]) ** 2 for term in plan["terms"])
    if abs(fill - largest) > largest / 10**9 and fill > largest:
        assert spread["largest"] == {"name": "fill", "step": 1}
    elif fill < largest:
        assert spread["largest"] == plan["largest"]
    degrees = min(1000, (count - 1) * (fill + batch) ** 2 / fill**2) if fill else 1000
    assert abs(spread["degrees_of_freedom"] - int(degrees)) <= (abs(degrees - round(degrees)) < Fraction(1, 10**9))
    for code, name in (("batch", "batch"), ("one_more", "fill"), ("combined", "combined")):
        (variance,), (drawn_root,) = work[f"{code}_variance"], work[f"{code}_spread"]
        result_is(variance, value_of(spread[name]) ** 2)
        result_is(drawn_root, value_of(spread[name]))
    if fill:
        (step,) = work["degrees_of_freedom"]
        assert step["result"].replace(",", "").endswith(f" {spread['degrees_of_freedom']}") or step["result"] == str(
            degrees
        )
    result_is(work["fill_shift"][0], fill_shift)
    probable(spread, number(plan["shift"]["exact"]), fill_shift, work)


def probable(spread, shift, fill_shift, work):
    assert [within["label"] for within in spread["within"]] == ["1", "0.95", "0.9"]
    combined = value_of(spread["combined"])
    for index, within in enumerate(spread["within"]):
        content = Fraction(within["label"]) * (1 + shift) * (1 + fill_shift)
        assert number(within["content"]["exact"]) == content
        steps = [work[code][index] for code in ("content_at_label", "room_below", "room_above", "probability")]
        rooms = [limit / content - 1 for limit in (Fraction("0.9"), Fraction("1.1"))]
        chance = Fraction(rooms[0] <= 0 <= rooms[1])
        if combined:
            low, high = (room / combined for room in rooms)
            chance = between(spread["degrees_of_freedom"], low, high)
            assert f"{spread['degrees_of_freedom']:,} degrees of freedom" in steps[3]["substituted"]
        assert abs(number(within["probability"]["exact"]) - chance) <= Fraction(2, 10**12)
        for step, exact in zip(steps, (content, *rooms, number(within["probability"]["exact"])), strict=True):
            result_is(step, exact)
            assert step["title"].startswith(f"With {100 * Fraction(within['label'])} % of the label: ")
        assert f"({within['probability']['text']})" in steps[3]["result"]


def contents_keep_the_laws(tree, answer):
    """USP <905>: |M - mean| + k s, at most 15; k 2.4 and no single unit judged, or 2 and each from 0.75 to 1.25 M."""
    says_nothing_empty(answer)
    for shown in figures_in(answer):
        is_shown_well(shown)
    contents = contents_of(tree)
    second, work = len(contents) == 30, work_of(answer)
    mean, square = statistics.mean(contents), statistics.variance(contents)
    reference = min(max(mean, Fraction("98.5")), Fraction("101.5"))
    k, off = (Fraction(2) if second else Fraction("2.4")), abs(reference - mean)
    kept = off <= 15 and (15 - off) ** 2 >= k * k * square
    assert (answer["stage"], number(answer["k"]["exact"])) == (2 if second else 1, k)
    assert number(answer["mean"]["exact"]) == mean
    assert number(answer["reference_value"]["exact"]) == reference
    assert (Fraction(answer["acceptance_value"]["value"]) <= 15) is kept
    assert abs((value_of(answer["acceptance_value"]) - off) ** 2 - k * k * square) <= square / 10**9
    oks = [unit["ok"] for unit in answer["units"]]
    assert [number(unit["content"]["exact"]) for unit in answer["units"]] == contents
    assert oks == ([abs(one - reference) * 4 <= reference for one in contents] if second else [None] * 10)
    verdict = "pass" if kept and False not in oks else "fail" if second else "assay 20 more"
    assert answer["verdict"] == verdict
    starts = {"pass": "Keep the report", "fail": "Set the batch aside.", "assay 20 more": "Assay 20 more"}
    assert answer["next"].startswith(starts[verdict])
    assert ("acceptance value of the 30 units is above 15 %" in answer["next"]) is (second and not kept)
    assert ("More than 25 % of M away from it, by number: " in answer["next"]) is (False in oks)
    expected = {
        "mean_content": mean / 100,
        "content_variance": square / 10**4,
        "squared_spread": k * k * square / 10**4,
    }
    expected |= {"squared_room": (15 - off) ** 2 / 10**4, "contents_together": sum(contents) / 100}
    expected |= {"content_deviation": value_of(answer["standard_deviation"]) / 100}
    expected |= {
        "off_reference": (reference - mean) / 100,
        "acceptance_value": value_of(answer["acceptance_value"]) / 100,
    }
    expected |= {"content_squares": square * (len(contents) - 1) / 10**4}
    assert (answer["unit_limits"] is None) is not second
    if second:
        ends = [number(answer["unit_limits"][end]["exact"]) for end in ("low", "high")]
        assert ends == [reference * Fraction("0.75"), reference * Fraction("1.25")]
        expected |= {"least_content": ends[0] / 100, "most_content": ends[1] / 100}
    before = {"net_of_each", "net_together", "net_mean", "drug_share"} if "masses" in tree else set()
    before |= {"content_of_each"} if "label" in tree else set()
    assert work.keys() == expected.keys() | before
    for code, exact in expected.items():
        result_is(work[code][0], exact)
        assert work[code][0]["reference"].startswith("USP <905>") is (code != "content_variance")
    assert work["content_deviation"][0]["formula"] == "square root of variance"


def weights_keep_the_laws(tree, answer):
    """All laws of a check by weight."""
    for law in (figures_are_of_the_masses, verdict_is_of_its_parts, work_comes_to_the_figures):
        law(tree, answer)
    spread_is_of_weighings_and_fills(tree, answer)


@pytest.mark.parametrize("part", range(PARTS))
def test_random_checks_by_weight_keep_every_law(part):
    for tree, answer in judged(WEIGHTS, BY_WEIGHT[part]):
        weights_keep_the_laws(tree, answer)


@pytest.mark.parametrize("part", range(PARTS))
def test_random_checks_by_content_keep_every_law(part):
    for tree, answer in judged(UNIFORMITY, BY_CONTENT[part]):
        contents_keep_the_laws(tree, answer)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_refusal_of_a_random_check_holds_a_figure_or_an_empty_word(part):
    for path, trees in ((WEIGHTS, BY_WEIGHT[part]), (UNIFORMITY, BY_CONTENT[part])):
        for tree in trees:
            problem = CLIENT.post(path, json=tree).get_json()
            if "verdict" not in problem:
                assert problem["status"] == 422
                says_nothing_empty([entry["text"] for entry in problem.get("faults") or problem["stops"]])
                assert all(entry["field"] or path for entry in problem.get("faults") or problem["stops"])


@pytest.mark.parametrize("part", range(PARTS))
def test_the_page_says_each_figure_of_the_spread(part):
    """Its sentences and lines hold the answer's own texts; nothing is drawn or told where nothing is known."""
    for tree in (tree for tree, answer in judged(WEIGHTS, BY_WEIGHT[part]) if answer["spread"]):
        tree = read_json(json.dumps(tree).encode())  # a count may be written 30.0
        checked = check_weights(*read_weights(tree, LIBRARY, TODAY))
        made, spread = sheet_of_weights(checked), answer_weights(tree, LIBRARY, TODAY)["spread"]
        sure = made.uncertainty
        plan = CLIENT.post(PLAN, json=tree["order"]).get_json()["plan"]["spread"]
        says_nothing_empty([*sure.said, *sure.head, sure.title, *sure.conditions])
        assert sure.conditions == tuple(spread["conditions"])
        assert [label for label, *_ in sure.rows] == ["100 % of its label", "95 % of its label", "90 % of its label"][
            : len(spread["within"])
        ]
        for (_, *cells), within in zip(sure.rows, spread["within"], strict=True):
            assert tuple(cells) == (within["content"]["text"], within["probability"]["text"])
        assert "90 % to 110 % of the dose" in sure.head[-1]
        assert (made.uncertainty_picture is None) is (spread["combined"] is None)
        if spread["combined"] is None:
            alone = "One capsule was weighed, so nothing is known of how capsules differ."
            empty = "The capsules weighed hold nothing, so nothing is known of the others."
            assert sure.said == (alone if len(tree["capsules"]) == 1 else empty,)
            continue
        first, *largest, shifts = sure.said
        texts = [spread[name]["text"] for name in ("combined", "batch", "fill")]
        assert re.findall(r"by (\S+ %)", first) == texts
        assert f"({spread['fill_shift']['text']} from the theoretical fill)" in shifts
        assert f"({plan['shift']['text']})" in shifts
        assert len(largest) == (spread["largest"] is not None)
        if largest and spread["largest"]["name"] == "fill":
            assert largest == ["The largest part comes from filling."]
        elif largest:
            (term,) = (t for t in plan["terms"] if {"name": t["name"], "step": t["step"]} == spread["largest"])
            assert f", {term['of_dose']['text']} by itself" in largest[0]
            assert f"from weighing the {term['name'].replace('trituration', 'powder')}" in largest[0]
