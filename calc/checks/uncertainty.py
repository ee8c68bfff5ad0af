"""Uncertainty of the dose of one capsule: the weighings of its batch, and the spread of the fills weighed.

Errors common to the batch and variation between capsules are kept apart until the end. The probability of 90 to 110 %
of the dose is reported for a source that holds all of its label, and for one that holds less.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.roots import Root
from calc.arithmetic.student_t import probability_below
from calc.arithmetic.sums import Sum
from calc.arithmetic.units import RATIO, Figure, figure
from calc.checks.work import ChanceStep, OfWeighing, Work
from calc.planning.codes import Rounding, StepCode
from calc.planning.work import Step
from calc.rules import spread as rules
from calc.rules.spread import Spread, Term

WEIGHINGS = Sum("sum of what each weighing makes in the dose", "uncertainty")
LABELS = limits.LABEL_KEPT.value, limits.LABEL_LOW.value, limits.LABEL_LEAST.value


@dataclass(frozen=True, slots=True)
class Within:
    """If the source holds `label` of its label: the mean content as a fraction of the dose, the probability that a
    capsule lies from 90 to 110 % of the dose, and whether that is certain because nothing varies.
    """

    label: Figure
    content: Figure
    probability: Fraction
    certain: bool


@dataclass(frozen=True, slots=True)
class DoseSpread:
    """The spread of one capsule's dose. `fill`, `combined`, `degrees` are None if there is no spread of the fills."""

    batch: Spread
    fill: Root | None
    fill_shift: Figure
    combined: Root | None
    degrees: int | None
    within: tuple[Within, ...]

    @property
    def largest(self) -> Term | None:
        """The weighing that contributes most, if it contributes more than the fill; otherwise None."""
        most = self.batch.largest
        if most is None or (self.fill is not None and self.fill.square > most.squared_effect.value):
            return None
        return most

    @property
    def fill_is_largest(self) -> bool:
        """True if the fill contributes most to the spread of the dose."""
        return self.largest is None and self.fill is not None and self.fill.square > 0


def spread_of_dose(work: Work, batch: Spread, variance: Figure | None, count: int, mean_share: Figure) -> DoseSpread:
    """Return the spread of the dose of a capsule that was not weighed, from `count` that were.

    `variance` is that of the fills, relative to their mean; if it is None, they hold nothing or there is only one, and
    nothing is known of a single capsule. `mean_share` is the mean fill as a fraction of the theoretical fill.
    """
    squared = _batch(work, batch)
    shift = work.run(StepCode.FILL_SHIFT, rules.shift_of_fill, mean_share)
    if variance is None:
        return DoseSpread(batch, None, shift, None, None, ())
    units = figure(count, RATIO)
    one_more = work.run(StepCode.ONE_MORE_VARIANCE, rules.squared_fill, variance, units)
    fill = work.root(StepCode.ONE_MORE_SPREAD, "variance", one_more, rules.squared_fill.reference)
    both = work.run(StepCode.COMBINED_VARIANCE, rules.squared_combined, squared, one_more)
    combined = work.root(StepCode.COMBINED_SPREAD, "variance", both, rules.squared_combined.reference)
    degrees = _degrees(work, units, both, one_more)
    within = tuple(_within(work, label, (batch.shift, shift), combined, degrees) for label in LABELS)
    return DoseSpread(batch, fill, shift, combined, degrees, within)


def _batch(work: Work, batch: Spread) -> Figure:
    """Return the variance of the batch; run every term."""
    effects = []
    for term in batch.terms:
        about = OfWeighing(term, batch)
        rule, given = term.error_working
        effect = work.run(StepCode.WEIGHING_VARIANCE, rule, *given, about=about)
        in_dose = term.effect_working(effect)
        if in_dose is not None:
            effect = work.run(StepCode.DOSE_VARIANCE, in_dose[0], *in_dose[1], about=about)
        effects.append(effect)
    squared = work.add_up(StepCode.BATCH_VARIANCE, WEIGHINGS, effects)
    work.root(StepCode.BATCH_SPREAD, "variance", squared, WEIGHINGS.reference)
    return squared


def _degrees(work: Work, units: Figure, combined: Figure, fill: Figure) -> int:
    """Return the degrees of freedom, cut off to a whole number; the most allowed if the fills do not vary."""
    most = limits.MOST_DEGREES.value
    if fill.value == 0:
        return int(most.value)
    inputs = units, combined, fill
    exact = rules.degrees_of_freedom(*inputs)
    cut_off = figure(min(rounding.down_to_whole(exact), int(most.value)), RATIO)
    rule, code = rules.degrees_of_freedom, StepCode.DEGREES_OF_FREEDOM
    work.steps.append(Step(code, rule, inputs, exact, Rounding.DOWN_TO_STEP, cut_off))
    return int(cut_off.value)


def _within(work: Work, label: Figure, shifts: tuple[Figure, Figure], combined: Root, degrees: int) -> Within:
    """Return how likely a capsule lies between the limits if the source holds this fraction of its label."""
    low, high = limits.DOSE_LOW.value, limits.DOSE_HIGH.value
    content = work.run(StepCode.CONTENT_AT_LABEL, rules.content_of_capsules, label, *shifts, about=label)
    below = work.run(StepCode.ROOM_BELOW, rules.room_to_limit, low, content, about=label)
    above = work.run(StepCode.ROOM_ABOVE, rules.room_to_limit, high, content, about=label)
    certain = combined.square == 0
    if certain:
        chance = Fraction(int(low <= content <= high))
    else:
        chance = _chance(above, combined, degrees) - _chance(below, combined, degrees)
    work.steps.append(
        ChanceStep(StepCode.PROBABILITY, below, above, combined, degrees, chance, "student-t", label, certain)
    )
    return Within(label, content, chance, certain)


def _chance(room: Figure, combined: Root, degrees: int) -> Fraction:
    return probability_below(room.value, combined.square, degrees)
