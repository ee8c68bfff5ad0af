"""A sum over as many figures as there are: the one step of shown work whose number of terms is not fixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from calc.arithmetic import notation
from calc.arithmetic.units import Figure


@dataclass(frozen=True, slots=True)
class Sum:
    """A named sum. `text` says of what; call it with figures of one kind, and it answers in the unit of the first.

    Raises `WrongUnit` where the figures measure different things.

    >>> from calc.arithmetic.units import MG, figure
    >>> shells = Sum("sum of the masses of the empty shells")
    >>> given = figure(47, MG), figure(49, MG)
    >>> shells(given).value, shells.substituted(given)
    (Fraction(96, 1), '47 mg + 49 mg')
    """

    text: str
    reference: str = "definition"

    def __call__(self, given: Sequence[Figure]) -> Figure:
        """The sum, exact."""
        unit = given[0].unit
        return Figure(sum((figure.to(unit).value for figure in given), Fraction(0)), unit)

    def substituted(self, given: Sequence[Figure]) -> str:
        """Every term, one after the other."""
        return " + ".join(notation.working(figure) for figure in given)
