"""The search for a trituration: the best chain of dilutions from whole tablets, or from powder that is weighed.

Complete within its bounds, as a brute force in the tests shows: for a chain of ratios the least masses are the best
ones, so that only chains are compared.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import product
from math import prod

from calc.arithmetic.grids import Grid, is_round, times_powers_of_ten
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


@dataclass(frozen=True, slots=True)
class Bounds:
    """Within what a trituration is looked for; `grid` of the masses in mg, the balance's `least` weighable quantity.

    One part becomes one of `ratios` parts in a step. A strength and a total are round by their first `digits`. At most
    the part `kept` of a mixture is taken. The last aliquot may be rounded by the second of `roundings`, and better by
    no more than the first. A mass is well weighed from `well_weighed` on, if it is also so many `times` the least.
    """

    grid: Grid
    least: Figure
    ratios: tuple[Figure, ...]
    digits: tuple[Figure, ...]
    most_total: Figure
    most_steps: int
    least_aliquot: Figure
    most_aliquot: Figure | None
    kept: Figure
    roundings: tuple[Figure, Figure]
    well_weighed: Figure
    times: Figure


def triturations(needed: Figure, first: Whole | Part, bounds: Bounds) -> tuple[Dilution, ...]:
    """Return the best trituration whose last aliquot holds the drug needed; nothing where there is none.

    Of powder as little is weighed as is well weighed. Then fewest steps come first; then round strengths, an aliquot
    that is handy, masses that are well weighed, the least diluent, the smallest totals.

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
    return _Search(needed, bounds).best(first)


#: What a way is ranked by after its steps: strengths not round, the kind of aliquot, the class of the lightest mass,
#: the diluent, the sum of the totals, the totals from the last to the first, the masses made up to them.
_Rank = tuple[int, int, int, Fraction, Fraction, tuple[Fraction, ...], tuple[Fraction, ...]]
_Chain = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class _First:
    """A first quantity with the totals to try; `lightest` is its mass if it is weighed, else nothing to judge by."""

    drug: Fraction
    mass: Fraction | None
    lightest: Fraction | None
    totals: tuple[Fraction, ...]


class _Search:
    """The search for one order, in mg."""

    def __init__(self, needed: Figure, bounds: Bounds) -> None:
        self.needed, self.grid = _mg(needed), bounds.grid
        self.least, self.most_total, self.most_steps = _mg(bounds.least), _mg(bounds.most_total), bounds.most_steps
        self.digits = tuple(digit.value for digit in bounds.digits)
        self.small, self.most_rounding = (rounding.value for rounding in bounds.roundings)
        ratios = tuple(ratio.value for ratio in bounds.ratios)
        self.ratios = _that_can_be_weighed(ratios, self.grid, self.least, self.most_total)
        self.most_ratio = max(self.ratios, default=Fraction(1))
        enough = bounds.times.value * self.least
        #: The least mass of each class, the best class first.
        self.classes = max(_mg(bounds.well_weighed), enough), enough, self.least
        self.kept = bounds.kept.value
        self.least_aliquot = max(self.least, _mg(bounds.least_aliquot))
        self.most_aliquot = self.kept * self.most_total
        if bounds.most_aliquot is not None:
            self.most_aliquot = min(self.most_aliquot, _mg(bounds.most_aliquot))

    def best(self, given: Whole | Part) -> tuple[Dilution, ...]:
        """Return the best way from whole tablets, or from the least powder that is well weighed."""
        if not self._reaches(given):
            return ()
        for first in self._of_whole(given) if isinstance(given, Whole) else self._of_part(given):
            for number in range(self.most_steps):
                ways = (way for total in first.totals for way in self._ways(first, total, number))
                best = min(ways, default=None)
                if best is not None:
                    return self._told(first, best)
        return ()

    def _reaches(self, given: Whole | Part) -> bool:
        """Return False if no aliquot can be weighed even after the largest ratio in every step."""
        steps = self.most_steps
        if isinstance(given, Whole):
            portion, steps = self.needed * min(_mg(given.most_total), self.most_total) / _mg(given.drug), steps - 1
        else:
            portion = self.needed / given.strength.value
        return self.least_aliquot <= self.most_aliquot and portion * self.most_ratio**steps >= self.least_aliquot

    def _of_whole(self, tablets: Whole) -> Iterator[_First]:
        drug, mass = _mg(tablets.drug), None if tablets.mass is None else _mg(tablets.mass)
        numbers = (*self.digits, *(drug / digit for digit in self.digits))
        most = min(_mg(tablets.most_total), self.most_total)
        totals = times_powers_of_ten(numbers, _mg(tablets.least_total), most)
        yield _First(drug, mass, None, tuple(total for total in totals if self.grid.has(total)))

    def _of_part(self, powder: Part) -> Iterator[_First]:
        strength, most = powder.strength.value, _mg(powder.most)
        for least in self.classes:
            mass = self._least_first(self.needed / strength, least, most)
            if mass is not None:
                totals = tuple(mass * ratio for ratio in self.ratios if self._can_be_made(mass, ratio))
                yield _First(strength * mass, mass, mass, totals)

    def _least_first(self, portion: Fraction, least: Fraction, most: Fraction) -> Fraction | None:
        """Return the least powder, at or above a bound, that any way begins with; `portion` is the powder needed."""
        found, smallest = None, self.grid.up(least)
        if smallest > most:
            return None
        for number in range(1, self.most_steps + 1):
            for chain, aliquot in self._ends(portion, number):
                masses = self._masses(chain, aliquot, self.least, least)
                if masses is not None and masses[0] <= most and (found is None or masses[0] < found):
                    found = masses[0]
                    if found == smallest:
                        return found
        return found

    def _ways(self, first: _First, total: Fraction, number: int) -> Iterator[tuple[_Rank, Fraction]]:
        """Yield every way on from the first total by so many steps, each with its least masses, and its aliquot."""
        strength = first.drug / total
        for chain, aliquot in self._ends(self.needed / strength, number):
            lightest = aliquot if first.lightest is None else min(aliquot, first.lightest)
            for index, least in enumerate(self.classes):
                masses = self._masses(chain, aliquot, least, least) if lightest >= least else None
                if masses is not None and (*masses, aliquot)[0] <= self.kept * total:
                    yield self._rank(first, total, chain, masses, aliquot, index), aliquot
                    break

    def _ends(self, portion: Fraction, number: int) -> Iterator[tuple[_Chain, Fraction]]:
        """Yield every chain of so many steps with the aliquot that it makes of a portion, if that can be weighed."""
        products = _chains(self.ratios, number)
        for times, chains in products[bisect_left(products, (self.least_aliquot / portion,)) :]:
            aliquot = portion * times
            if aliquot > self.most_aliquot:
                return
            if abs(self.grid.shown(aliquot) - aliquot) <= self.most_rounding * aliquot:
                for chain in chains:
                    yield chain, aliquot

    def _masses(self, chain: _Chain, aliquot: Fraction, least: Fraction, first: Fraction) -> _Chain | None:
        """Return the least masses that a chain makes up, the first at or above `first`; None if a total is too large.

        What a step has to make follows from what the next one takes.
        """
        masses: list[Fraction] = []
        taken = aliquot
        for index in reversed(range(len(chain))):
            ratio = chain[index]
            mass = _least_made(
                self.grid,
                ratio,
                max(least if index else first, taken / (self.kept * ratio)),
                self.least,
                self.most_total,
            )
            if mass is None:
                return None
            masses.insert(0, mass)
            taken = mass
        return tuple(masses)

    def _can_be_made(self, mass: Fraction, ratio: Fraction) -> bool:
        total = mass * ratio
        return total <= self.most_total and total - mass >= self.least and self.grid.has(total)

    def _rank(
        self, first: _First, total: Fraction, chain: _Chain, masses: _Chain, aliquot: Fraction, lightest: int
    ) -> _Rank:
        totals = (total, *(mass * ratio for mass, ratio in zip(masses, chain, strict=True)))
        weighed = (first.mass or Fraction(0), *masses)
        strength = first.drug / total
        strengths = [strength, *(strength / prod(chain[:number]) for number in range(1, len(chain) + 1))]
        not_round = sum(not is_round(strength, self.digits) for strength in strengths)
        made = sum(totals, Fraction(0))
        diluent = made - sum(weighed)
        return not_round, self._kind(aliquot), lightest, diluent, made, totals[::-1], weighed[::-1]

    def _kind(self, aliquot: Fraction) -> int:
        """Return how well a balance shows the aliquot: 0 handy, 1 exactly, 2 nearly, 3 rounded."""
        if self.grid.has(aliquot):
            return 0
        off = abs(self.grid.shown(aliquot) - aliquot)
        return 1 if off == 0 else 2 if off <= self.small * aliquot else 3

    def _told(self, first: _First, best: tuple[_Rank, Fraction]) -> tuple[Dilution, ...]:
        """Return a way as masses."""
        (*_, backwards, weighed_backwards), aliquot = best
        later = weighed_backwards[-2::-1]
        weighed, totals = (first.mass, *later), backwards[::-1]
        return tuple(
            Dilution(
                None if weigh is None else Figure(weigh, MG),
                first.lightest is None and not index,
                Figure(total, MG),
                Figure(take, MG),
                Figure(self.grid.shown(take), MG),
            )
            for index, (weigh, total, take) in enumerate(zip(weighed, totals, (*later, aliquot), strict=True))
        )


def _least_made(grid: Grid, ratio: Fraction, bound: Fraction, least: Fraction, most: Fraction) -> Fraction | None:
    """Return the least mass, at or above a bound, that may be made up so many times; None if that is too much."""
    mass = grid.up(max(bound, least, least / (ratio - 1)))
    while mass * ratio <= most:
        if grid.has(mass * ratio):
            return mass
        mass = grid.after(mass)
    return None


@lru_cache(maxsize=256)
def _that_can_be_weighed(ratios: _Chain, grid: Grid, least: Fraction, most: Fraction) -> _Chain:
    """Return the ratios of which one step can be weighed at all."""
    return tuple(ratio for ratio in ratios if _least_made(grid, ratio, least, least, most) is not None)


@cache
def _chains(ratios: _Chain, number: int) -> tuple[tuple[Fraction, tuple[_Chain, ...]], ...]:
    """Return the products of so many ratios, the smallest first, each with the chains that make it."""
    chains = defaultdict(list)
    for chain in product(ratios, repeat=number):
        chains[prod(chain, start=Fraction(1))].append(chain)
    return tuple((times, tuple(chains[times])) for times in sorted(chains))


def _mg(mass: Figure) -> Fraction:
    return mass.to(MG).value
