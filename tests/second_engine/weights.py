"""Capsules that were made, checked by weight: each fill, the mean fill, the batch loss, and how sure the dose is."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_engine.common import given
from tests.second_engine.contents_rule import contents_rule
from tests.second_engine.engine import plan
from tests.second_engine.lists import LENGTHS, read_list
from tests.second_engine.order import Liquid
from tests.second_engine.probability import spread_of_check
from tests.second_engine.reader import Reader
from tests.second_engine.reading import read_order
from tests.second_engine.roots import root_quantity
from tests.second_engine.shown import exact, on_grid, quantity
from tests.second_engine.tables import RANGES
from tests.second_engine.verdicts import of_count, of_mass_balance, worst

NAMES = frozenset(
    ["theoretical_fill", "order", "capsules", "shell_mass", "shells", "planned", "made", "weighed_in", "blend_left"]
)
EACH, MEAN = Fraction(1, 10), Fraction(3, 100)
LOSS, RSD = Fraction(3, 100), Fraction(1, 20)
Answer = dict[str, Any]


@dataclass(slots=True)
class Check:
    """What was weighed, in mg; `planned` is the plan of the order where one was sent in the place of the fill."""

    theoretical: Fraction
    capsules: list[Fraction]
    shell: Fraction
    planned: int | None
    made: int | None
    weighed_in: Fraction | None
    blend_left: Fraction | None
    plan: Answer | None = None
    dose: Fraction | None = None


def one_of(reader: Reader, tree: Answer, names: tuple[str, str]) -> None:
    """Fault both, or neither, of two that exclude each other."""
    present = [name for name in names if given(tree, name)]
    if len(present) == 2:
        reader.fault("excludes_each_other", names[1])
    elif not present:
        reader.fault("required", names[0])


def read_check(tree: Answer) -> tuple[Check, Reader]:
    """Read everything but the order."""
    reader = Reader()
    reader.unknown(tree, "", NAMES)
    one_of(reader, tree, ("theoretical_fill", "order"))
    one_of(reader, tree, ("shell_mass", "shells"))
    if tree.get("capsules") is None:
        reader.fault("required", "capsules")
    made = reader.count(tree, "made")
    fewest = min(made or LENGTHS[0], LENGTHS[0])  # all of them, where fewer than ten were made
    shells = read_list(reader, tree, "shells")
    shell = reader.amount(tree, "shell_mass")
    check = Check(
        theoretical=(None if given(tree, "order") else reader.amount(tree, "theoretical_fill")) or Fraction(1),
        capsules=read_list(reader, tree, "capsules", lengths=range(fewest, LENGTHS[-1] + 1)),
        shell=shell or sum(shells, Fraction(0)) / (len(shells) or 1),
        planned=reader.count(tree, "planned"),
        made=made,
        weighed_in=reader.amount(tree, "weighed_in"),
        blend_left=reader.amount(tree, "blend_left"),
    )
    if (tree.get("planned") is None) != (tree.get("made") is None):
        reader.fault("pair_incomplete", "made" if tree.get("made") is None else "planned")
    if (given(tree, "weighed_in") or given(tree, "blend_left")) and not given(tree, "made"):
        reader.fault("pair_incomplete", "made")
    if given(tree, "blend_left") and not (given(tree, "weighed_in") or given(tree, "order")):
        reader.fault("pair_incomplete", "weighed_in")
    if check.made is not None and check.made < len(check.capsules):
        reader.fault("out_of_range", "made")
    return check, reader


def work_out_weights(tree: Any, today: date) -> Answer:
    """Answer a check by weight with {"plan": ...}, {"faults": ...} or, where its order is stopped, {"stops": ...}."""
    if not isinstance(tree, dict):
        return {"faults": [{"code": "wrong_type", "field": ""}]}
    check, reader = read_check(tree)
    if tree.get("order") is None:
        return {"faults": reader.faults} if reader.faults else {"plan": figures(check)}
    order, faults = read_order(tree["order"], today)
    inside = [{"code": fault["code"], "field": f"order.{fault['field']}".rstrip(".")} for fault in faults]
    if isinstance(order, Liquid):
        return {"faults": [*reader.faults, *inside, {"code": "unknown_choice", "field": "order.preparation"}]}
    if order is None or faults:
        return {"faults": reader.faults + inside}
    answer = plan(order)
    if "plan" in answer and answer["plan"]["spread"] is None:
        reader.fault("spread_unknown", "order")
    inside = [entry | {"field": f"order.{entry['field']}"} for entry in answer.get("faults", [])]
    if reader.faults or inside:
        return {"faults": reader.faults + inside}
    if "stops" in answer:
        return {"stops": [entry | {"field": f"order.{entry['field']}"} for entry in answer["stops"]]}
    check.plan, check.dose = answer["plan"], order.dose
    check.theoretical = Fraction(check.plan["fill_mass"]["value"])
    if check.made is not None and check.weighed_in is None:
        check.weighed_in = _blended(check.plan, order.readability)
    low, high = RANGES["theoretical_fill"]
    if not low <= check.theoretical <= high:
        return {"faults": [{"code": "out_of_range", "field": "theoretical_fill"}]}
    return {"plan": figures(check)}


def _blended(plan: Answer, step: Fraction) -> Fraction:
    """All that was weighed into the blend, as the balance shows it: the portion or the last aliquot, and diluent.

    Of all of the powder nothing is weighed out, so nothing is rounded.
    """
    steps = plan["triturations"]
    first = steps[-1]["take"] if steps else plan["portion"]
    powder = Fraction(first["exact" if plan.get("all_of_the_powder") else "value"])
    others = sum(1000 * Fraction(one["amount"]["value"]) for one in plan["ingredients"])
    return 1000 * powder + on_grid(1000 * Fraction(plan["diluent"]["exact"]), step) + others


def _balance(check: Check, mean: Fraction, square: Fraction | None) -> Answer:
    """What became of the blend, where it is known; `square` is of the deviation of the fills."""
    figures: Answer = dict.fromkeys(("weighed_in", "blend_left", "mass_balance", "mass_balance_uncertainty", "verdict"))
    if check.weighed_in is None or check.made is None:
        return figures
    found = check.made * mean + (check.blend_left or 0)
    balance, uncertain = found / check.weighed_in, None
    if square is not None:
        uncertain = check.made**2 * square / (len(check.capsules) * check.weighed_in**2)
    return {
        "weighed_in": _mass(check.weighed_in),
        "blend_left": None if check.blend_left is None else _mass(check.blend_left),
        "mass_balance": _ratio(balance),
        "mass_balance_uncertainty": None if uncertain is None else root_quantity(uncertain),
        "verdict": of_mass_balance(balance, uncertain or Fraction(0), check.weighed_in - found, check.theoretical),
    }


def _mass(mass: Fraction) -> dict[str, str]:
    """A mass in mg; how many places it is shown with is not worked out here."""
    return quantity(mass, "mg", exact(mass))


def _ratio(ratio: Fraction) -> dict[str, str]:
    """A part of a whole."""
    return quantity(ratio, "1", exact(ratio))


def figures(check: Check) -> Answer:
    """Every figure of the answer, with the verdicts."""
    theoretical, number = check.theoretical, len(check.capsules)
    fills = [gross - check.shell for gross in check.capsules]
    mean = sum(fills, Fraction(0)) / number
    square = sum(((fill - mean) ** 2 for fill in fills), Fraction(0)) / max(number - 1, 1)
    rsd_square = square / mean**2 if mean > 0 and number > 1 else None
    oks = [abs(fill - theoretical) <= EACH * theoretical for fill in fills]
    mean_ok = abs(mean - theoretical) <= MEAN * theoretical
    loss = loss_ok = rsd_ok = None
    if check.planned is not None and check.made is not None:
        loss = Fraction(check.planned - check.made, check.planned)
        loss_ok = loss <= LOSS
    notices = ["weight_not_content"]
    if rsd_square is not None:
        rsd_ok = rsd_square <= RSD**2
        notices += [] if rsd_ok else ["fill_spread_high"]
    if loss is not None and loss < 0:
        notices.append("more_made_than_planned")
    rule = contents_rule(fills, check.dose, theoretical)
    if rule is not None:
        notices += ["shell_spread_counts"] + ([] if rule["content_asked"] is False else ["content_asked"])
    balance = _balance(check, mean, None if rsd_square is None else square)
    verdicts = {
        "masses": "pass" if all(oks) and mean_ok else "fail",
        "count": of_count(check.planned, check.made),
        "mass_balance": balance.pop("verdict"),
    }
    return balance | {
        "verdict": worst(list(verdicts.values())),
        "verdicts": verdicts,
        "contents_rule": rule,
        "mean_shell": _mass(check.shell),
        "fills": [
            {"gross": _mass(gross), "fill": _mass(fill), "share": _ratio(fill / theoretical), "ok": ok}
            for gross, fill, ok in zip(check.capsules, fills, oks, strict=True)
        ],
        "mean_fill": _mass(mean),
        "mean_share": _ratio(mean / theoretical),
        "mean_ok": mean_ok,
        "band": {"low": _mass((1 - EACH) * theoretical), "high": _mass((1 + EACH) * theoretical)},
        "mean_band": {"low": _mass((1 - MEAN) * theoretical), "high": _mass((1 + MEAN) * theoretical)},
        "rsd": None if rsd_square is None else root_quantity(rsd_square),
        "rsd_ok": rsd_ok,
        "batch_loss": None if loss is None else _ratio(loss),
        "loss_ok": loss_ok,
        "notices": notices,
        "spread": None if check.plan is None else spread_of_check(check.plan["spread"], fills, theoretical),
    }
