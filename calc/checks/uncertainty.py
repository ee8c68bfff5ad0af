"""How sure the dose of one capsule is: the weighings of its batch, and what the fills of some say of the others.

What a batch shares and what one capsule may differ are kept apart until the end. The probability of 90 to 110 % of the
dose is told for a source that holds all of its label, and for one that holds less.
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
    """Where the source holds `label` of what it says: the mean content as a part of the dose, and how likely a capsule
    lies from 90 to 110 % of the dose; whether that is certain, because nothing spreads.
    """

    label: Figure
    content: Figure
    probability: Fraction
    certain: bool


@dataclass(frozen=True, slots=True)
class DoseSpread:
    """The spread of the dose of one capsule. `fill`, `combined`, `degrees` are None where the capsules hold nothing."""

    batch: Spread
    fill: Root | None
    fill_shift: Figure
    combined: Root | None
    degrees: int | None
    within: tuple[Within, ...]

    @property
    def largest(self) -> Term | None:
        """The weighing that does most, where it does more than the fill; else None."""
        most = self.batch.largest
        if most is None or (self.fill is not None and self.fill.square > most.squared_effect.value):
            return None
        return most

    @property
    def fill_is_largest(self) -> bool:
        """Whether the fill does most to the dose."""
        return self.largest is None and self.fill is not None and self.fill.square > 0


def spread_of_dose(work: Work, batch: Spread, variance: Figure | None, count: int, mean_share: Figure) -> DoseSpread:
    """The spread of the dose of a capsule that was not weighed, from `count` that were.

    `variance` is that of their fills, as a part of their mean: None where they hold nothing, and then nothing is known
    of a capsule. `mean_share` is their mean fill as a part of the theoretical fill.
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
    """The variance of the batch, with every term."""
    effects = []
    for term in batch.terms:
        about = OfWeighing(term, batch)
        rule, given = term.error_working
        effect = work.run(StepCode.WEIGHING_VARIANCE, rule, *given, about=about)
        made = term.effect_working(effect)
        if made is not None:
            effect = work.run(StepCode.DOSE_VARIANCE, made[0], *made[1], about=about)
        effects.append(effect)
    squared = work.add_up(StepCode.BATCH_VARIANCE, WEIGHINGS, effects)
    work.root(StepCode.BATCH_SPREAD, "variance", squared, WEIGHINGS.reference)
    return squared


def _degrees(work: Work, units: Figure, combined: Figure, fill: Figure) -> int:
    """Degrees of freedom, cut down to a whole number: none are lost where the fills do not spread."""
    most = limits.MOST_DEGREES.value
    if fill.value == 0:
        return int(most.value)
    given = units, combined, fill
    exact = rules.degrees_of_freedom(*given)
    whole = figure(min(rounding.down_to_whole(exact), int(most.value)), RATIO)
    rule, code = rules.degrees_of_freedom, StepCode.DEGREES_OF_FREEDOM
    work.steps.append(Step(code, rule, given, exact, Rounding.DOWN_TO_STEP, whole))
    return int(whole.value)


def _within(work: Work, label: Figure, shifts: tuple[Figure, Figure], combined: Root, degrees: int) -> Within:
    """How likely a capsule lies between the limits, where the source holds so much of its label."""
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
