"""Uncertainty of the dose of one capsule in the JSON answer: spreads, mean contents, probabilities."""

from __future__ import annotations

from fractions import Fraction
from itertools import count
from typing import Any

from calc.answers.contract import Shown, StepShown
from calc.answers.figures import deviation, root_share, share
from calc.arithmetic import notation
from calc.arithmetic.units import RATIO, Figure, figure
from calc.capsule.conditions import conditions
from calc.capsule.contract import LargestShown
from calc.capsule.plan import Plan
from calc.checks.contract import DoseSpreadShown
from calc.checks.uncertainty import DoseSpread
from calc.checks.work import ChanceStep, OfWeighing
from calc.references import REFERENCES
from calc.rules.spread import Spread
from calc.wording import STEPS
from calc.wording import uncertainty as words
from calc.wording.checks import title_about
from calc.wording.figures import said

#: Decimals of a probability as shown, and as given unrounded.
DECIMALS, PLACES = 3, 12
TENTH = Fraction(1, 10**DECIMALS)


def dose_shown(dose: DoseSpread, plan: Plan) -> DoseSpreadShown:
    """Return the spread of the dose of one capsule under the keys of the contract."""
    return {
        "batch": root_share(dose.batch.batch),
        "largest": _largest(dose),
        "fill": None if dose.fill is None else root_share(dose.fill),
        "fill_shift": deviation(dose.fill_shift),
        "combined": None if dose.combined is None else root_share(dose.combined),
        "degrees_of_freedom": dose.degrees,
        "within": [
            {
                "label": _label(at.label),
                "content": share(at.content),
                "probability": probability(at.probability, certain=at.certain),
            }
            for at in dose.within
        ],
        "conditions": conditions_of_check(plan, dose.batch),
    }


def _label(part: Figure) -> Any:
    return notation.exact(part.value)


def _largest(dose: DoseSpread) -> LargestShown | None:
    if dose.fill_is_largest:
        return {"name": "fill", "step": 1}
    most = dose.largest
    return None if most is None else {"name": most.name, "step": most.step}


def probability(chance: Fraction, *, certain: bool) -> Shown:
    """Return a probability to 0.1 %; unless certain, never shown as certain, nor as zero.

    >>> [probability(Fraction(chance), certain=False)["text"] for chance in ("0.9871", "0.99996", "1")]
    ['98.7 %', 'above 99.9 %', 'above 99.9 %']
    """
    rounded, exact = Fraction(notation.fixed(chance, DECIMALS)), _to_places(chance, certain=certain)
    shown: Shown = {"value": notation.exact(rounded), "unit": "1", "text": said(figure(rounded, RATIO)), "exact": exact}
    if certain or TENTH <= rounded <= 1 - TENTH:
        return shown
    if rounded == 0:
        below = words.BELOW.format(least=said(figure(TENTH, RATIO)))
        return {**shown, "value": notation.significant(Fraction(exact), 1), "text": below}
    above = words.ABOVE.format(most=said(figure(1 - TENTH, RATIO)))
    return {**shown, "value": _short_of_one(Fraction(exact)), "text": above}


def _to_places(chance: Fraction, *, certain: bool) -> str:
    """Return a probability to twelve places; unless certain, never rounded to zero or to one."""
    last = Fraction(1, 10**PLACES)
    if not certain:
        chance = min(max(chance, last), 1 - last)
    return notation.trimmed(notation.fixed(chance, PLACES))


def _short_of_one(chance: Fraction) -> str:
    """Return a probability near one, to as few places as distinguish it from one."""
    written = (notation.fixed(chance, places) for places in count(4))
    return next(text for text in written if Fraction(text) < 1)


def about_said(about: object) -> str:
    """Return the words for the subject of a step: a weighing, or the fraction of its label that the source holds.

    Raises `TypeError` for any other subject.
    """
    if isinstance(about, OfWeighing):
        return words.term_said(*about)
    if isinstance(about, Figure):
        return words.at_label(about)
    raise TypeError("a step is about a weighing or a part of the label")


def chance_step(step: ChanceStep) -> StepShown:
    """Return the step that computes a probability, as shown."""
    room = notation.working(step.below), notation.working(step.above)
    exact = figure(_to_places(step.result, certain=step.certain), RATIO)
    return {
        "code": step.code.value,
        "title": title_about(about_said(step.about), STEPS[step.code]),
        "formula": words.CHANCE,
        "substituted": words.chance_said(*room, step.combined.working(), step.degrees),
        "result": f"{notation.working(exact)} ({probability(step.result, certain=step.certain)['text']})",
        "reference": REFERENCES[step.reference],
    }


def conditions_of_check(plan: Plan, spread: Spread) -> list[str]:
    """Return the conditions of the probabilities: those of the batch, but for its source, and those of the check."""
    source = words.SOURCE_AT[plan.order.source.component]
    return [source, *conditions(plan, spread)[1:], words.NOT_WEIGHED]
