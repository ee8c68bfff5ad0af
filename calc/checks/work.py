"""The shown work of one check: formulas, sums and roots in the order in which they ran."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from calc.arithmetic.formula import Formula
from calc.arithmetic.notation import working
from calc.arithmetic.roots import Root
from calc.arithmetic.sums import Sum
from calc.arithmetic.units import RATIO, Figure
from calc.planning.codes import StepCode
from calc.planning.work import Step, Working
from calc.rules.spread import Spread, Term

ROOT_TEXT, ROOT_SIGN = "square root of {of}", "\u221a"


@dataclass(frozen=True, slots=True)
class RootStep:
    """One line of shown work whose result is a square root; no limit is compared with it.

    `method` names the formula, if it is one.
    """

    code: StepCode
    text: str
    substituted: str
    result: Root
    reference: str
    method: str = ""


class OfWeighing(NamedTuple):
    """The weighing of a batch that a step is about."""

    term: Term
    batch: Spread


@dataclass(frozen=True, slots=True)
class ChanceStep:
    """One line of shown work whose result is a probability: that a capsule lies between two limits.

    `below` and `above` are the distances to the limits, `combined` is the spread and `degrees` its degrees of freedom;
    `about` is the fraction of its label that the source is assumed to hold.
    """

    code: StepCode
    below: Figure
    above: Figure
    combined: Root
    degrees: int
    result: Fraction
    reference: str
    about: Figure
    certain: bool
    method: str = ""


AnyStep = Step | RootStep | ChanceStep


class Work(Working[AnyStep]):
    """The collected steps of one check; its only mutable object."""

    def add_up(self, code: StepCode, total: Sum, given: Sequence[Figure]) -> Figure:
        """Add up figures and keep the step."""
        result = total(given)
        self.steps.append(Step(code, total, tuple(given), result))
        return result

    def squares(
        self, code: StepCode, formula: Formula[Any], mean: Figure, given: Sequence[Figure], reference: str
    ) -> Figure:
        """Return the sum of the squared deviations of figures from their mean, and keep the step."""
        total = Sum(f"sum of {formula.text}", reference)
        return self.add_up(code, total, [formula(figure, mean) for figure in given])

    def root(self, code: StepCode, of: str, square: Figure, reference: str) -> Root:
        """Return the square root of a ratio, and keep the step."""
        result = Root(square.to(RATIO), RATIO)
        text = f"{ROOT_SIGN}({working(square)})"
        self.steps.append(RootStep(code, ROOT_TEXT.format(of=of), text, result, reference))
        return result
