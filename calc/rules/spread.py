"""How sure the dose is: what the error of each weighing does to the dose, and what capsules weighed say of one more.

Spreads are computed as squares of ratios: variances, each as a part of what it is the spread of. Roots are drawn only
to be shown (`calc.arithmetic.roots`). What all capsules of a batch share (`Spread`) is kept apart from what one capsule
may differ from the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from functools import cached_property
from typing import Any, Literal, NamedTuple

from calc.arithmetic import rounding
from calc.arithmetic.formula import Formula, Mg, Ratio, formula
from calc.arithmetic.roots import Root
from calc.arithmetic.units import RATIO, Figure

#: A formula and the figures to run it on.
Working = tuple[Formula[Any], tuple[Figure, ...]]


@formula(reference="uncertainty")
def squared_error_of_bound(bound: Mg, mass: Mg) -> Ratio:
    """Variance of a weighing that is off by no more than a bound, every error within it alike, as a part of the mass.

    >>> from calc.arithmetic.units import MG, figure
    >>> squared_error_of_bound(figure(6, MG), figure(432, MG)).value
    Fraction(1, 15552)
    """
    return (bound / mass) * (bound / mass) / 3


@formula(reference="uncertainty")
def squared_error_of_deviation(standard_deviation: Mg, mass: Mg) -> Ratio:
    """Variance of a weighing on a balance whose repeated weighings spread so, as a part of the mass.

    >>> from calc.arithmetic.units import MG, figure
    >>> squared_error_of_deviation(figure("0.5", MG), figure(200, MG)).value
    Fraction(1, 160000)
    """
    return (standard_deviation / mass) * (standard_deviation / mass)


@formula(reference="uncertainty")
def squared_effect_of_mixed(squared_error: Ratio, diluent: Mg, powder: Mg) -> Ratio:
    """What the error of a powder that is diluted, or of its diluent, makes of the variance of the dose.

    A tenth more powder is not a tenth more dose: the blend is heavier, too, and fills more capsules.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> squared_effect_of_mixed(figure("0.0004", RATIO), figure(300, MG), figure(100, MG)).value
    Fraction(9, 40000)
    """
    return squared_error * (diluent / (powder + diluent)) * (diluent / (powder + diluent))


@formula(reference="uncertainty")
def squared_effect_of_all(squared_error: Ratio, powder: Mg, diluent: Mg) -> Ratio:
    """The same of tablets whose powder is used whole: their mass tells the strength and is a part of the blend.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> squared_effect_of_all(figure("0.0004", RATIO), figure(100, MG), figure(300, MG)).value
    Fraction(1, 40000)
    """
    return squared_error * (powder / (powder + diluent)) * (powder / (powder + diluent))


@formula(reference="uncertainty")
def squared_fill(variance: Ratio, units: Ratio) -> Ratio:
    """Variance of the fill of one more capsule about the mean of so many weighed, as a part of that mean.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> squared_fill(figure("0.0004", RATIO), figure(10, RATIO)).value
    Fraction(11, 25000)
    """
    return variance * (1 + 1 / units)


@formula(reference="uncertainty")
def squared_combined(batch: Ratio, fill: Ratio) -> Ratio:
    """Variance of the dose of one capsule, from that of the batch and that of the fill.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> squared_combined(figure("0.0003", RATIO), figure("0.0005", RATIO)).value
    Fraction(1, 1250)
    """
    return batch + fill


@formula(reference="welch-satterthwaite")
def degrees_of_freedom(units: Ratio, combined: Ratio, fill: Ratio) -> Ratio:
    """Degrees of freedom of the combined variance; the weighings' own are without end. Cut down to a whole number.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> degrees_of_freedom(figure(10, RATIO), figure("0.0006", RATIO), figure("0.0004", RATIO)).value
    Fraction(81, 4)
    """
    return (units - 1) * (combined / fill) * (combined / fill)


@formula(reference="definition")
def shift_of_fill(mean_share: Ratio) -> Ratio:
    """How far the mean fill is from the theoretical fill, as a part of that.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> shift_of_fill(figure("0.98", RATIO)).value
    Fraction(-1, 50)
    """
    return mean_share - 1


@formula(reference="definition")
def content_of_capsules(label: Ratio, shift: Ratio, fill_shift: Ratio) -> Ratio:
    """Mean content of the capsules as a part of the dose, where the source holds so much of what it says.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> content_of_capsules(figure("0.95", RATIO), figure("-0.01", RATIO), figure("0.02", RATIO)).value
    Fraction(95931, 100000)
    """
    return label * (1 + shift) * (1 + fill_shift)


@formula(reference="definition")
def room_to_limit(limit: Ratio, content: Ratio) -> Ratio:
    """How far a limit is from the mean content, as a part of the content; below zero where it lies under it.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> room_to_limit(figure("0.9", RATIO), figure("0.96", RATIO)).value
    Fraction(-1, 16)
    """
    return limit / content - 1


@unique
class Kind(StrEnum):
    """What is known of the error of a balance: what it is never above, or how repeated weighings spread."""

    BOUND = "bound"
    DEVIATION = "deviation"


TermName = Literal["tablets", "shells", "portion", "trituration", "aliquot", "diluent", "ingredient"]


class Weighed(NamedTuple):
    """One weighing as printed, the error of the balance at it, and the mixture that it is a part of.

    `step` tells things of one name apart, in the order of work. `powder` and `diluent` are the mixture that the mass
    becomes a part of: None where the dose follows the mass by itself. `all_of_it` says that the powder of the tablets
    goes into it whole, so that no other weighing stands between.
    """

    name: TermName
    step: int
    mass: Figure
    error: Figure
    kind: Kind
    powder: Figure | None = None
    diluent: Figure | None = None
    all_of_it: bool = False


class Term(Weighed):
    """The same with what its error does to the dose."""

    @property
    def error_working(self) -> Working:
        """The formula of the variance of the weighing, and its figures."""
        rule = squared_error_of_bound if self.kind is Kind.BOUND else squared_error_of_deviation
        return rule, (self.error, self.mass)

    def effect_working(self, squared_error: Figure) -> Working | None:
        """The formula of what that variance does to the dose; None where it is the variance of the dose itself."""
        if self.powder is None or self.diluent is None:
            return None
        if self.all_of_it:
            return squared_effect_of_all, (squared_error, self.powder, self.diluent)
        return squared_effect_of_mixed, (squared_error, self.diluent, self.powder)

    @cached_property
    def squared_error(self) -> Figure:
        """The variance of the weighing as a part of the mass."""
        rule, given = self.error_working
        return rule(*given)

    @cached_property
    def squared_effect(self) -> Figure:
        """The variance that the weighing makes in the dose."""
        error = self.squared_error
        working = self.effect_working(error)
        return error if working is None else working[0](*working[1])

    @property
    def of_mass(self) -> Root:
        """The standard uncertainty of the weighing, as a part of the mass."""
        return Root(self.squared_error, RATIO)

    @property
    def of_dose(self) -> Root:
        """What that makes in the dose, as a part of the dose."""
        return Root(self.squared_effect, RATIO)


@dataclass(frozen=True)
class Spread:
    """What all capsules of a batch share: the terms of the weighings; and the shift by rounding, which is no spread."""

    terms: tuple[Term, ...]
    shift: Figure

    @cached_property
    def squared(self) -> Figure:
        """The variance of the dose of the batch, as a part of the dose."""
        return rounding.total((term.squared_effect for term in self.terms), RATIO)

    @property
    def batch(self) -> Root:
        """The spread of the dose of the batch."""
        return Root(self.squared, RATIO)

    @cached_property
    def largest(self) -> Term | None:
        """The term that does most to the dose, of equal ones the first; None where none does anything."""
        most = max(self.terms, key=lambda term: term.squared_effect)
        return most if most.squared_effect.numerator else None
