"""Sums of any number of figures: the only step of shown work without a fixed number of terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from calc.arithmetic import notation
from calc.arithmetic.units import Figure


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum described by `text`. Call it with figures of one dimension; it returns the sum in the unit of the first.

    Raises `WrongUnit` if the dimensions differ.

    >>> from calc.arithmetic.units import MG, figure
    >>> shells = Sum("sum of the masses of the empty shells")
    >>> given = figure(47, MG), figure(49, MG)
    >>> shells(given).value, shells.substituted(given)
    (Fraction(96, 1), '47 mg + 49 mg')
    """

    text: str
    reference: str = "definition"

    def __call__(self, given: Sequence[Figure]) -> Figure:
        """Return the exact sum."""
        unit = given[0].unit
        return Figure(sum((figure.to(unit).value for figure in given), Fraction(0)), unit)

    def substituted(self, given: Sequence[Figure]) -> str:
        """Return every term, joined by plus signs."""
        return " + ".join(notation.working(figure) for figure in given)
