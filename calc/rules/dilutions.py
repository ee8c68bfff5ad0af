"""The best trituration: a chain of dilutions from whole tablets, or from powder that is weighed.

Complete within its bounds, as a brute force in the tests shows: for a chain of ratios the least masses are the best
ones, so that only chains are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from calc.arithmetic.dilution_bounds import Bounds
from calc.arithmetic.dilution_search import Search
from calc.arithmetic.units import MG, Figure


@dataclass(frozen=True, slots=True)
class Dilution:
    """One step found: how much is made up to which total, and how much of that is taken, exact and as weighed.

    `all_of_it` says that whole tablets are made up; `weigh` is None while they are not weighed.
    """

    weigh: Figure | None
    all_of_it: bool
    total: Figure
    take: Figure
    take_shown: Figure


@dataclass(frozen=True, slots=True)
class Whole:
    """Whole tablets as the first quantity: their drug, by the label, and the totals that they may be made up to."""

    drug: Figure
    mass: Figure | None
    least_total: Figure
    most_total: Figure


@dataclass(frozen=True, slots=True)
class Part:
    """Powder of which a part is weighed as the first quantity: the drug in one part of it, and the most of it."""

    strength: Figure
    most: Figure


def triturations(needed: Figure, first: Whole | Part, bounds: Bounds) -> tuple[Dilution, ...]:
    """Return the best trituration whose last aliquot holds the drug needed; nothing where there is none.

    Of powder as little is weighed as is well weighed. Then fewest steps come first; then round strengths, an aliquot
    that is handy, masses that are well weighed, the least diluent, the smallest totals.

    >>> from calc.arithmetic.grids import Grid
    >>> from calc.arithmetic.units import RATIO, figure
    >>> of, part = lambda number: figure(number, MG), lambda number: figure(number, RATIO)
    >>> grid = Grid(Fraction(1), Fraction(5), Fraction(10), Fraction(500))
    >>> bounds = Bounds(grid, of(20),
    ...     ratios=(part(2), part(5), part(10)), digits=(part(1), part(2), part(5)), most_total=of(20000), most_steps=4,
    ...     least_aliquot=of(200), most_aliquot=None, kept=part("0.97"), roundings=(part("0.001"), part("0.01")),
    ...     well_weighed=of(100), times=part("2.5"))
    >>> tablet = Whole(drug=of(50), mass=of(160), least_total=of(660), most_total=of(3200))
    >>> [(str(s.total.value), str(s.take.value)) for s in triturations(of("1.5"), tablet, bounds)]
    [('1000', '100'), ('1000', '300')]
    """
    search = Search(_mg(needed), bounds)
    whole = isinstance(first, Whole)
    if isinstance(first, Whole):
        found = search.of_whole(_mg(first.drug), _mg(first.least_total), _mg(first.most_total))
    else:
        found = search.of_part(first.strength.value, _mg(first.most))
    if found is None:
        return ()
    weighed = [Figure(mass, MG) for mass in found.weighed]
    begun = [first.mass, *weighed] if isinstance(first, Whole) else weighed
    takes = [*weighed[0 if whole else 1 :], Figure(found.aliquot, MG)]
    return tuple(
        Dilution(weigh, whole and not index, Figure(total, MG), take, Figure(bounds.grid.shown(take.value), MG))
        for index, (weigh, total, take) in enumerate(zip(begun, found.totals, takes, strict=True))
    )


def _mg(mass: Figure) -> Fraction:
    return mass.to(MG).value
