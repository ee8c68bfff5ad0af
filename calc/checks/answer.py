"""The JSON answer to a check: every figure as shown, exact and as printed; the verdict and the next action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from itertools import count
from typing import Any, Literal

from calc import limits
from calc.answers.contract import Shown, StepShown
from calc.answers.figures import as_shown, share
from calc.answers.parts import VERSION, notices_shown, step_shown
from calc.answers.writer import Writer
from calc.arithmetic import notation
from calc.arithmetic.roots import Root
from calc.arithmetic.units import MG, PERCENT, RATIO, Figure, figure
from calc.checks.assayed import UniformityAsked
from calc.checks.contents_rule import ContentsRule
from calc.checks.contract import ContentsRuleShown, UniformityAnswer, VerdictsShown, WeightsAnswer
from calc.checks.from_order import read_weights
from calc.checks.sample import WeightsAsked
from calc.checks.uncertainty_answer import about_said, chance_step, dose_shown
from calc.checks.uniformity import UniformityChecked, check_uniformity
from calc.checks.weights import WeightsChecked, check_weights
from calc.checks.work import AnyStep, ChanceStep, RootStep
from calc.library import Library
from calc.planning.codes import StepCode
from calc.references import REFERENCES
from calc.wording import STEPS
from calc.wording.checks import next_text, title_about, title_of_each

DIGITS = 4
#: The limits of a mass balance.
_OF_BALANCE = limits.BALANCE_LEAST.value, limits.BALANCE_EXPLAINED.value, limits.BALANCE_HELD.value


def answer_weights(tree: Any, library: Library, today: date) -> WeightsAnswer:
    """Return the whole answer to a check by weight. Raises `Refused` with every fault, or with its order's stops."""
    return weights_shown(check_weights(*read_weights(tree, library, today)))


def answer_uniformity(tree: Any) -> UniformityAnswer:
    """Return the whole answer to a check by content. Raises `Refused` with every fault."""
    return uniformity_shown(check_uniformity(UniformityAsked.read(tree)))


def weights_shown(checked: WeightsChecked) -> WeightsAnswer:
    """Return a check by weight under the keys of the contract."""
    (low, high), (mean_low, mean_high) = checked.band, checked.mean_band
    decimals = 1 + _decimals(checked.sample)
    shares = limits.CAPSULE_BAND_LOW.value, limits.CAPSULE_BAND_HIGH.value
    mean_shares = limits.MEAN_FILL_LOW.value, limits.MEAN_FILL_HIGH.value
    verdict: Any = checked.verdict.value
    balance, left = checked.balance, checked.sample.blend_left
    return {
        "verdict": verdict,
        "verdicts": _verdicts(checked),
        "next": next_text(checked.verdict, checked.next),
        "mean_shell": _mass(checked.mean_shell, decimals),
        "fills": [
            {
                "gross": _in_full(_in_mg(capsule.gross)),
                "fill": _mass(capsule.fill, decimals, (low, high)),
                "share": _share(capsule.share, shares),
                "ok": capsule.ok,
            }
            for capsule in checked.capsules
        ],
        "mean_fill": _mass(checked.mean_fill, decimals, (mean_low, mean_high)),
        "mean_share": _share(checked.mean_share, mean_shares),
        "mean_ok": checked.mean_ok,
        "band": {"low": _in_full(_in_mg(low)), "high": _in_full(_in_mg(high))},
        "mean_band": {"low": _in_full(_in_mg(mean_low)), "high": _in_full(_in_mg(mean_high))},
        "rsd": None if checked.spread is None else _root_share(checked.spread, limits.FILL_SPREAD.value),
        "rsd_ok": checked.spread_ok,
        "batch_loss": None if checked.loss is None else _share(checked.loss, (limits.BATCH_LOSS.value,)),
        "loss_ok": checked.loss_ok,
        "weighed_in": None if balance is None else _in_full(balance.weighed_in),
        "blend_left": None if left is None else _in_full(left.to(MG)),
        "mass_balance": None if balance is None else _share(balance.share, _OF_BALANCE),
        "mass_balance_uncertainty": None
        if balance is None or balance.uncertainty is None
        else _root_share(balance.uncertainty),
        "contents_rule": _contents_rule(checked.contents_rule, decimals),
        "spread": None if checked.dose is None or checked.plan is None else dose_shown(checked.dose, checked.plan),
        "steps": _steps(checked.steps),
        "notices": notices_shown(checked.notices),
        "version": VERSION,
    }


def _contents_rule(rule: ContentsRule | None, decimals: int) -> ContentsRuleShown | None:
    if rule is None:
        return None
    verdict: Any = rule.verdict.value
    return {
        "verdict": verdict,
        "mean": _mass(rule.mean, decimals, (limits.RULE_HEAVY.value,)),
        "limit": _share(rule.limit, ()),
        "outside": list(rule.outside),
        "far_outside": list(rule.far_outside),
        "content_asked": rule.content_asked,
    }


def _verdicts(checked: WeightsChecked) -> VerdictsShown:
    masses: Any = checked.masses.value
    count: Any = None if checked.count is None else checked.count.value
    balance: Any = None if checked.balance is None else checked.balance.verdict.value
    return {"masses": masses, "count": count, "mass_balance": balance}


def uniformity_shown(checked: UniformityChecked) -> UniformityAnswer:
    """Return a check by content under the keys of the contract."""
    verdict: Any = checked.verdict.value
    stage: Literal[1, 2] = 1 if checked.stage == 1 else 2
    unit_limits = checked.unit_limits
    limit = limits.ACCEPTANCE_VALUE.value
    turning = limits.REFERENCE_LOW.value, limits.REFERENCE_HIGH.value
    return {
        "verdict": verdict,
        "next": next_text(checked.verdict, checked.next),
        "method": "contents" if checked.sample.masses is None else "masses",
        "label": None if checked.sample.label is None else _in_full(checked.sample.label.to(MG)),
        "stage": stage,
        "mean": _percent(checked.mean, turning),
        "standard_deviation": _root_percent(checked.deviation),
        "k": _in_full(checked.k),
        "reference_value": _percent(checked.reference, turning),
        "acceptance_value": _root_percent(checked.value, limit),
        "limit": _in_full(limit),
        "unit_limits": None
        if unit_limits is None
        else {"low": _percent(unit_limits[0]), "high": _percent(unit_limits[1])},
        "units": [{"content": _percent(unit.content, unit_limits or ()), "ok": unit.ok} for unit in checked.units],
        "steps": _steps(checked.steps),
        "notices": notices_shown(checked.notices),
        "version": VERSION,
    }


def _decimals(sample: WeightsAsked) -> int:
    """Return the most decimals, in mg, of a mass that was typed: the best guess at what the balance shows."""
    shells = sample.shells if sample.shells is not None else (sample.shell_mass,)
    typed = [mass for mass in (*sample.capsules, *shells) if mass is not None]
    return max(len((notation.decimal(mass.to(MG).value) or "").partition(".")[2]) for mass in typed)


def _side(shown: Fraction, bound: Fraction) -> int:
    return (shown > bound) - (shown < bound)


def _digits_needed(written: Callable[[int], str], sides: Iterable[tuple[Fraction, int]], digits: int) -> int:
    """Return how many digits keep a figure on its side of each bound: no rounding carries it across a limit."""
    wanted = tuple(sides)
    return next(
        more for more in count(digits) if all(_side(Fraction(written(more)), bound) == side for bound, side in wanted)
    )


def _sides(exact: Figure, bounds: Iterable[Figure]) -> list[tuple[Fraction, int]]:
    return [(bound.to(exact.unit).value, _side(exact.value, bound.to(exact.unit).value)) for bound in bounds]


def _root_sides(root: Root, bounds: Iterable[Figure]) -> list[tuple[Fraction, int]]:
    sides = []
    for bound in bounds:
        room = bound.to(root.unit).value - root.plus
        sides.append((bound.to(root.unit).value, _side(root.square, room * room) if room >= 0 else 1))
    return sides


def _in_mg(figure: Figure) -> Figure:
    return Figure(figure.value, MG)


def _in_full(figure: Figure) -> Shown:
    """Return a figure that was typed or that is a limit, with all its decimals."""
    return as_shown(figure, notation.decimal(figure.value) or notation.significant(figure.value, DIGITS))


def _mass(mass: Figure, decimals: int, bounds: Iterable[Figure] = ()) -> Shown:
    """Return a mass in mg, one decimal finer than the masses typed."""
    needed = _digits_needed(lambda more: notation.fixed(mass.value, more), _sides(mass, bounds), decimals)
    number = notation.fixed(mass.value, needed)
    return as_shown(_in_mg(mass), notation.trimmed(number) if number.strip("-0.") or not mass.value else number)


def _share(part: Figure, bounds: Iterable[Figure]) -> Shown:
    """Return a fraction, printed as a percentage."""
    sides = _sides(part, bounds)
    return share(part, _digits_needed(lambda digits: notation.significant(part.value, digits), sides, DIGITS))


def _percent(part: Figure, bounds: Iterable[Figure] = ()) -> Shown:
    """Return a fraction of the label in per cent."""
    percent = part.to(PERCENT)
    digits = _digits_needed(lambda more: notation.significant(percent.value, more), _sides(percent, bounds), DIGITS)
    return as_shown(percent, notation.significant(percent.value, digits))


def _root_share(root: Root, *bounds: Figure) -> Shown:
    """Return a root that is a fraction, printed as a percentage; `exact` keeps it as a root."""
    percent = _root_percent(root, *bounds)
    digits = _digits_needed(root.significant, _root_sides(root, bounds), DIGITS)
    return {"value": root.significant(digits), "unit": "1", "text": percent["text"], "exact": root.exact()}


def _root_percent(root: Root, *bounds: Figure) -> Shown:
    """Return a root in per cent."""
    percent = root.to(PERCENT)
    digits = _digits_needed(percent.significant, _root_sides(percent, bounds), DIGITS)
    number = percent.significant(digits)
    return {
        "value": number,
        "unit": "%",
        "text": notation.printed(number, PERCENT),
        "exact": percent.exact(),
    }


#: No step of a check is rounded to a balance.
_WRITER = Writer(figure(1, MG))


#: Results that are not fractions of anything, as squares and added shares: they are not written in per cent.
_BARE = frozenset(
    {StepCode.FILL_SQUARES, StepCode.FILL_VARIANCE, StepCode.CONTENTS_TOGETHER, StepCode.CONTENT_SQUARES}
    | {StepCode.CONTENT_VARIANCE, StepCode.SQUARED_ROOM, StepCode.SQUARED_SPREAD, StepCode.WEIGHING_VARIANCE}
    | {StepCode.DOSE_VARIANCE, StepCode.BATCH_VARIANCE, StepCode.ONE_MORE_VARIANCE, StepCode.COMBINED_VARIANCE}
    | {StepCode.DEGREES_OF_FREEDOM, StepCode.BALANCE_VARIANCE}
)


#: The steps that there are of each item of a list, by the list.
OF_EACH = {
    StepCode.FILL_OF_EACH: "capsules",
    StepCode.SHARE_OF_EACH: "capsules",
    StepCode.NET_OF_EACH: "masses",
    StepCode.CONTENT_OF_EACH: "contents",
}


def _steps(steps: Iterable[AnyStep]) -> list[StepShown]:
    shown: list[StepShown] = []
    counted: Counter[StepCode] = Counter()
    for step in steps:
        if isinstance(step, RootStep):
            shown.append(_root_step(step))
            continue
        if isinstance(step, ChanceStep):
            shown.append(chance_step(step))
            continue
        line = step_shown(step, _WRITER)
        if step.about is not None:
            line["title"] = title_about(about_said(step.about), line["title"])
        if step.code in _BARE and step.rounded in (None, step.result):
            line["result"] = notation.working(step.result)
        counted[step.code] += 1
        if step.code in OF_EACH:
            line["title"] = title_of_each(OF_EACH[step.code], counted[step.code], line["title"])
        shown.append(line)
    return shown


def _root_step(step: RootStep) -> StepShown:
    percent = step.result.to(PERCENT).significant(DIGITS)
    result = f"{step.result.to(RATIO).working()} ({notation.printed(percent, PERCENT)})"
    return {
        "code": step.code.value,
        "title": STEPS[step.code],
        "formula": step.text,
        "substituted": step.substituted,
        "result": result,
        "reference": REFERENCES[step.reference],
    }
