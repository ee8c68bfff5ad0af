"""The search for a trituration, in whole numbers.

Every mass that is weighed, and every total, is a whole number of one small unit, into which the step of the balance and
the bounds go without a rest. Only the drug, and what follows from it, is a fraction.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from math import lcm
from operator import itemgetter
from typing import NamedTuple

from calc.arithmetic.dilution_bounds import Bounds
from calc.arithmetic.grids import is_round, times_powers_of_ten
from calc.arithmetic.units import MG, Figure

#: What a way is ranked by after its steps: strengths not round, the kind of aliquot, the class of the lightest mass,
#: the sum of its totals less what is made up to them, that sum, the totals from the last to the first, and the masses.
_Rank = tuple[int, int, int, int, int, tuple[int, ...], tuple[int, ...]]
#: No part of a mass, for what the balance shows exactly.
_NOTHING = Fraction(0)
#: Ratios by their index, one for each step.
_Chain = tuple[int, ...]


class Found(NamedTuple):
    """The best way, in mg: what each step after whole tablets, or each step, begins with; its totals; the aliquot."""

    weighed: tuple[Fraction, ...]
    totals: tuple[Fraction, ...]
    aliquot: Fraction


class _Ratio(NamedTuple):
    """A ratio as a fraction of whole numbers, and the least mass of which a step of it can be weighed."""

    above: int
    below: int
    least: int


class _First(NamedTuple):
    """A first quantity with the totals to try: its drug, in mg, and its mass if powder is weighed."""

    drug: Fraction
    mass: int | None
    totals: tuple[int, ...]


class Search:
    """The search for one order: the drug needed, in mg, within bounds."""

    def __init__(self, needed: Fraction, bounds: Bounds) -> None:
        self.needed, self.grid = needed, bounds.grid
        self.digits = tuple(digit.value for digit in bounds.digits)
        grid, least, most_total = bounds.grid, _mg(bounds.least), _mg(bounds.most_total)
        enough = bounds.times.value * least
        classes = max(_mg(bounds.well_weighed), enough), enough, least
        self.units = lcm(*(mass.denominator for mass in (grid.fine, grid.coarse, grid.start, *classes)))
        self.fine, self.coarse, self.start = map(self._whole, (grid.fine, grid.coarse, grid.start))
        #: The least mass of each class, the best class first.
        self.classes = tuple(map(self._whole, classes))
        self.least, self.most_total = self.classes[2], int(most_total * self.units)
        self.most_steps, self.kept = bounds.most_steps, bounds.kept.value.as_integer_ratio()
        self.small, self.most_rounding = (rounding.value for rounding in bounds.roundings)
        self.least_aliquot = max(least, _mg(bounds.least_aliquot))
        self.most_aliquot = bounds.kept.value * most_total
        if bounds.most_aliquot is not None:
            self.most_aliquot = min(self.most_aliquot, _mg(bounds.most_aliquot))
        given = (ratio.value for ratio in bounds.ratios)
        ratios = tuple(ratio for ratio in given if self._least_made(self._ratio(ratio), 0, 1) is not None)
        self.exact_ratios, self.ratios = ratios, tuple(map(self._ratio, ratios))
        self.most_ratio = max(ratios, default=Fraction(1))

    def of_whole(self, drug: Fraction, least_total: Fraction, most_total: Fraction) -> Found | None:
        """Return the best way from whole tablets that hold so much drug, made up first to a total within bounds."""
        most = min(most_total, self._mg(self.most_total))
        if not self._reaches(self.needed * most / drug, self.most_steps - 1):
            return None
        numbers = (*self.digits, *(drug / digit for digit in self.digits))
        totals = (total * self.units for total in times_powers_of_ten(numbers, least_total, most))
        whole = (total.numerator for total in totals if total.denominator == 1)
        return self._best(_First(drug, None, tuple(total for total in whole if self._has(total))))

    def of_part(self, strength: Fraction, most: Fraction) -> Found | None:
        """Return the best way from the least powder of this strength that is well weighed, and no more than `most`."""
        portion = self.needed / strength
        if not self._reaches(portion, self.most_steps):
            return None
        for least in self.classes:
            mass = self._least_first(portion, least, int(most * self.units))
            if mass is not None:
                totals = tuple(mass * r.above // r.below for r in self.ratios if self._can_be_made(mass, r))
                found = self._best(_First(strength * self._mg(mass), mass, totals))
                if found is not None:
                    return found
        return None

    def _whole(self, mass: Fraction) -> int:
        return (mass * self.units).numerator

    def _mg(self, mass: int) -> Fraction:
        return Fraction(mass, self.units)

    def _ratio(self, ratio: Fraction) -> _Ratio:
        """Return a ratio with the least mass that can be weighed itself, and whose diluent can."""
        above, below = ratio.numerator, ratio.denominator
        return _Ratio(above, below, max(self._up(self.least, 1), self._up(self.least * below, above - below)))

    def _reaches(self, portion: Fraction, steps: int) -> bool:
        """Return False if no aliquot can be weighed even after the largest ratio in every step."""
        return self.least_aliquot <= self.most_aliquot and portion * self.most_ratio**steps >= self.least_aliquot

    def _has(self, mass: int) -> bool:
        """Return True for a mass that is handy to weigh."""
        return mass % (self.fine if mass < self.start else self.coarse) == 0

    def _up(self, above: int, below: int) -> int:
        """Return the least handy mass that is not below a fraction."""
        if above < self.start * below:
            handy = -(-above // (below * self.fine)) * self.fine
            if handy < self.start:
                return handy
            above, below = self.start, 1
        return -(-above // (below * self.coarse)) * self.coarse

    def _least_made(self, ratio: _Ratio, above: int, below: int) -> int | None:
        """Return the least mass, at or above a fraction, that may be made up so many times; None if it is too much."""
        mass = max(ratio.least, self._up(above, below))
        while mass * ratio.above <= self.most_total * ratio.below:
            total, rest = divmod(mass * ratio.above, ratio.below)
            if rest == 0 and self._has(total):
                return mass
            mass = self._up(mass + self.fine, 1)
        return None

    def _least_first(self, portion: Fraction, least: int, most: int) -> int | None:
        """Return the least powder, at or above a bound, that any way begins with; `portion` is the powder needed."""
        found, smallest = None, self._up(least, 1)
        if smallest > most:
            return None
        for number in range(1, self.most_steps + 1):
            for aliquot, chains in self._ends(portion, number):
                for chain in chains:
                    masses = self._masses(chain, aliquot, self.least, least)
                    if masses is not None and masses[0] <= most and (found is None or masses[0] < found):
                        found = masses[0]
                        if found == smallest:
                            return found
        return found

    def _best(self, first: _First) -> Found | None:
        """Return the best way from a first quantity, by the fewest steps that any way takes."""
        for number in range(self.most_steps):
            best: tuple[_Rank, Fraction] | None = None
            for total in first.totals:
                best = self._better(best, first, total, number)
            if best is not None:
                (*_, totals, weighed), aliquot = best
                return Found(tuple(map(self._mg, weighed[::-1])), tuple(map(self._mg, totals[::-1])), aliquot)
        return None

    def _better(
        self, best: tuple[_Rank, Fraction] | None, first: _First, total: int, number: int
    ) -> tuple[_Rank, Fraction] | None:
        """Return the best of a way and all that go on from the first total by so many steps."""
        strength, roundness = first.drug / self._mg(total), dict[tuple[int, int], bool]()
        for aliquot, chains in self._ends(self.needed / strength, number):
            kind, lightest = self._kind(aliquot), int(aliquot * self.units)
            if first.mass is not None:
                lightest = min(lightest, first.mass)
            for chain in chains:
                before = self._not_round(strength, chain, roundness), kind
                if best is None or before <= best[0][:2]:
                    rank = self._rank(first, total, chain, aliquot, lightest)
                    if rank is not None and (best is None or (*before, *rank) < best[0]):
                        best = (*before, *rank), aliquot
        return best

    def _rank(
        self, first: _First, total: int, chain: _Chain, aliquot: Fraction, lightest: int
    ) -> tuple[int, int, int, tuple[int, ...], tuple[int, ...]] | None:
        """Return how a way ranks by its masses, in the best class that it reaches; None if there are none."""
        for index, least in enumerate(self.classes):
            masses = self._masses(chain, aliquot, least, least) if lightest >= least else None
            if masses is not None and self._can_be_taken(masses[0] if masses else aliquot * self.units, total):
                totals = (total, *self._totals(masses, chain))
                weighed = masses if first.mass is None else (first.mass, *masses)
                made = sum(totals)
                return index, made - sum(weighed), made, totals[::-1], weighed[::-1]
        return None

    def _can_be_taken(self, mass: Fraction | int, total: int) -> bool:
        """Return True if so much can be taken out of a mixture."""
        above, below = self.kept
        return mass * below <= above * total

    def _ends(self, portion: Fraction, number: int) -> Iterator[tuple[Fraction, tuple[_Chain, ...]]]:
        """Yield every aliquot that so many steps make of a portion, if it can be weighed, and the chains that do."""
        products = _chains(self.exact_ratios, number)
        for times, chains in products[bisect_left(products, self.least_aliquot / portion, key=itemgetter(0)) :]:
            aliquot = portion * times
            if aliquot > self.most_aliquot:
                return
            if self.grid.shows(aliquot, self.most_rounding):
                yield aliquot, chains

    def _masses(self, chain: _Chain, aliquot: Fraction, least: int, first: int) -> tuple[int, ...] | None:
        """Return the least masses that a chain makes up, the first at or above `first`; None if a total is too large.

        What a step has to make follows from what the next one takes.
        """
        masses: list[int] = []
        kept_above, kept_below = self.kept
        above, below = aliquot.numerator * self.units, aliquot.denominator
        for place in range(len(chain) - 1, -1, -1):
            ratio = self.ratios[chain[place]]
            above, below = above * kept_below * ratio.below, below * kept_above * ratio.above
            bound = least if place else first
            if above < bound * below:
                above, below = bound, 1
            mass = self._least_made(ratio, above, below)
            if mass is None:
                return None
            masses.append(mass)
            above, below = mass, 1
        return tuple(reversed(masses))

    def _totals(self, masses: Sequence[int], chain: _Chain) -> Iterator[int]:
        """Yield what each mass is made up to."""
        for mass, index in zip(masses, chain, strict=True):
            yield mass * self.ratios[index].above // self.ratios[index].below

    def _can_be_made(self, mass: int, ratio: _Ratio) -> bool:
        total, rest = divmod(mass * ratio.above, ratio.below)
        return rest == 0 and total <= self.most_total and total - mass >= self.least and self._has(total)

    def _not_round(self, strength: Fraction, chain: _Chain, known: dict[tuple[int, int], bool]) -> int:
        """Return how many strengths along a chain are not round; `known` has those of this first strength."""
        above = below = 1
        count = 0
        for index in (None, *chain):
            if index is not None:
                above, below = above * self.ratios[index].below, below * self.ratios[index].above
            round_one = known.get((above, below))
            if round_one is None:
                round_one = known[above, below] = is_round(strength * above / below, self.digits)
            count += not round_one
        return count

    def _kind(self, aliquot: Fraction) -> int:
        """Return how well a balance shows the aliquot: 0 handy, 1 exactly, 2 nearly, 3 rounded."""
        if self.grid.has(aliquot):
            return 0
        return 1 if self.grid.shows(aliquot, _NOTHING) else 2 if self.grid.shows(aliquot, self.small) else 3


def _mg(mass: Figure) -> Fraction:
    return mass.to(MG).value


@cache
def _chains(ratios: tuple[Fraction, ...], number: int) -> tuple[tuple[Fraction, tuple[_Chain, ...]], ...]:
    """Return the products of so many ratios, the smallest first, each with the chains that make it."""
    if number == 0:
        return ((Fraction(1), ((),)),)
    chains: dict[Fraction, list[_Chain]] = defaultdict(list)
    for times, shorter in _chains(ratios, number - 1):
        for index, ratio in enumerate(ratios):
            chains[times * ratio] += [(*chain, index) for chain in shorter]
    return tuple((times, tuple(chains[times])) for times in sorted(chains))
