"""Triturations: too little powder to weigh is diluted, in steps, until an aliquot that holds as much can be weighed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from calc.arithmetic.formula import Mg, MgPerTablet, Ratio, Tablets, formula
from calc.arithmetic.units import MG, Figure


@formula(reference="definition")
def strength_of_powder(tablets: Tablets, strength: MgPerTablet, total_mass: Mg) -> Ratio:
    """Drug in one part of the powder of whole tablets, or of what they were made up to.

    >>> from calc.arithmetic.units import MG, MG_PER_TABLET, TABLET, figure
    >>> strength_of_powder(figure(3, TABLET), figure(50, MG_PER_TABLET), figure(480, MG)).value
    Fraction(5, 16)
    """
    return tablets * strength / total_mass


@formula(reference="definition")
def diluent_to_total(total: Mg, weighed: Mg) -> Mg:
    """Diluent that makes a powder up to a total.

    >>> from calc.arithmetic.units import MG, figure
    >>> diluent_to_total(figure(1000, MG), figure(160, MG)).value
    Fraction(840, 1)
    """
    return total - weighed


@formula(reference="definition")
def strength_after(strength: Ratio, weighed: Mg, total: Mg) -> Ratio:
    """Drug in one part of the trituration, once so much of a powder of this strength is made up to the total.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> strength_after(figure("5/16", RATIO), figure(160, MG), figure(1000, MG)).value
    Fraction(1, 20)
    """
    return strength * weighed / total


@formula(reference="trituration")
def aliquot(drug_needed: Mg, strength: Ratio) -> Mg:
    """The part of a trituration of this strength that holds the drug needed.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> aliquot(figure("1.5", MG), figure("1/20", RATIO)).value
    Fraction(30, 1)
    """
    return drug_needed / strength


@formula(reference="definition")
def least_powder(least: Mg, share: Ratio) -> Mg:
    """Powder of which this share is just enough to weigh: with less a trituration is needed.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> least_powder(figure(20, MG), figure("0.03", RATIO)).value
    Fraction(2000, 3)
    """
    return least / share


@formula(reference="definition")
def made_up_to(ratio: Ratio, weighed: Mg) -> Mg:
    """The most that a powder may be made up to in one step.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> made_up_to(figure(10, RATIO), figure(160, MG)).value
    Fraction(1600, 1)
    """
    return ratio * weighed


@formula(reference="definition")
def least_made_up(total: Mg, ratio: Ratio) -> Mg:
    """The least powder that may be made up to this total in one step.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> least_made_up(figure(350, MG), figure(10, RATIO)).value
    Fraction(35, 1)
    """
    return total / ratio


@dataclass(frozen=True, slots=True)
class Dilution:
    """One step found: how much is made up to which total, and how much of that is taken, exact and as weighed."""

    weigh: Figure
    all_of_it: bool
    total: Figure
    take: Figure
    take_shown: Figure


@dataclass(frozen=True, slots=True)
class Bounds:
    """Within what a trituration is looked for.

    Masses in mg: `step` of the balance, its `least` weighable quantity, the `most_total` of a step, and the largest
    last aliquot that there is room for. `most_ratio` times what is weighed is the most that it is made up to;
    `roundings` are how far the last aliquot may be rounded, the best first.
    """

    step: Figure
    least: Figure
    most_total: Figure
    most_aliquot: Figure | None
    most_ratio: int
    most_steps: int
    roundings: tuple[Figure, ...]


#: A way so far, ranked as the finished ones are: diluent, sum of the totals, the totals, the aliquots.
_Way = tuple[int, int, tuple[int, ...], tuple[int, ...]]


def triturations(needed: Figure, whole: Figure | None, most_weighed: Figure, bounds: Bounds) -> tuple[Dilution, ...]:
    """The best trituration whose last aliquot holds what `needed` of the powder holds; nothing where there is none.

    Of crushed tablets, `whole` is all there is, which may be used without weighing it, and `most_weighed` the most
    that may be weighed. Of bulk powder `whole` is None, and as little of it is weighed as will do.

    The search is complete: every first weighing (all of it, or a handy mass: the least weighable quantity up to a
    multiple of five steps, times 1, 2, 5, 10, 20 and so on), whole ratios and handy aliquots in all steps but the
    last, every total in the last. Fewest steps come first; then, of bulk powder, the least that is weighed; then the
    least rounding, all of the powder before a weighed part, the least diluent, an aliquot in fives of the balance's
    step, the smallest totals.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> of = lambda number: figure(number, MG)
    >>> none, little = figure(0, RATIO), figure("0.001", RATIO)
    >>> bounds = Bounds(of(1), of(20), of(20000), None, 10, 4, (none, little))
    >>> [(str(s.total.value), str(s.take.value)) for s in triturations(of("4.8"), of(160), of(155), bounds)]
    [('700', '21')]
    """
    if bounds.most_aliquot is not None and bounds.most_aliquot < bounds.least:
        return ()
    search = _Search(needed, bounds)
    weighed = [[mass] for mass in search.handy(search.steps(most_weighed))]
    first: list[int] = []
    if whole is not None:
        weighed = [[mass for masses in weighed for mass in masses]]
        if search.steps(whole).denominator == 1 and whole >= bounds.least:
            first = [int(search.steps(whole))]
    for number in range(1, bounds.most_steps + 1):
        for masses in weighed:
            for rounding in bounds.roundings:
                for starts, all_of_it in ((first, True), (masses, False)):
                    found = search.best(starts, number, rounding.value)
                    if found is not None:
                        return search.told(found, all_of_it)
    return ()


def one_step_of_whole(share: Figure, bounds: Bounds) -> Figure | None:
    """The total of one step that uses all of the powder, whatever that weighs.

    `share` is the part of the powder that is needed: the aliquot is the same part of the total, whatever the tablets
    weigh, as long as they weigh less than the total. None where no total within the bounds does.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> of = lambda number: figure(number, MG)
    >>> bounds = Bounds(of(1), of(20), of(20000), None, 10, 4, (figure(0, RATIO),))
    >>> one_step_of_whole(figure("0.03", RATIO), bounds).value
    Fraction(700, 1)
    """
    search = _Search(Figure(share.value, MG), bounds)
    most = floor(search.steps(bounds.most_total))
    for rounding in bounds.roundings:
        total = search.last_total(share.value, ceil(search.least / share.value), most, rounding.value)
        if total is not None:
            return search.mass(total)
    return None


class _Search:
    """The search in whole steps of the balance."""

    def __init__(self, needed: Figure, bounds: Bounds) -> None:
        self.bounds, self.step = bounds, bounds.step.to(MG).value
        self.needed = self.steps(needed)
        self.least = ceil(self.steps(bounds.least))
        self.cap = floor(self.steps(bounds.most_total))
        self.most_aliquot = None if bounds.most_aliquot is None else self.steps(bounds.most_aliquot)

    def steps(self, mass: Figure) -> Fraction:
        """A mass in steps of the balance."""
        return mass.to(MG).value / self.step

    def mass(self, steps: Fraction | int) -> Figure:
        """Steps of the balance as a mass."""
        return Figure(steps * self.step, MG)

    def handy(self, most: Fraction | int) -> Iterator[int]:
        """The least weighable quantity, up to five steps, times 1, 2, 5, 10 and so on, up to `most`."""
        first, power = -(-self.least // 5) * 5, 1
        while first * power <= most:
            yield from (first * power * times for times in (1, 2, 5) if first * power * times <= most)
            power *= 10

    def best(self, starts: Iterable[int], number: int, rounding: Fraction) -> tuple[_Way, Fraction] | None:
        """The best way of so many steps, with its last aliquot; None where there is none.

        Two ways that weigh the same and have diluted it alike go on alike: of these only the better one is kept.
        """
        ways: dict[tuple[int, int], _Way] = {}
        for start in starts:
            ways[(1, start)] = (0, 0, (), (start,))
        for left in range(number - 1, 0, -1):
            ways = self._further(ways, left)
        best: tuple[tuple[int, bool, _Way], _Way, Fraction] | None = None
        for (times, weigh), (diluent, sum_of_totals, totals, weighed) in ways.items():
            part = self.needed * times / weigh
            total = self.last_total(part, weigh, min(self.bounds.most_ratio * weigh, self.cap), rounding)
            if total is None:
                continue
            taken = part * total
            way = (diluent + total - weigh, sum_of_totals + total, (*totals, total), weighed)
            rank = way[0], _half_up(taken) % 5 != 0, way
            if best is None or rank < best[0]:
                best = rank, way, taken
        return None if best is None else (best[1], best[2])

    def _further(self, ways: dict[tuple[int, int], _Way], left: int) -> dict[tuple[int, int], _Way]:
        """Every way with one more step that is not the last; `left` more steps come after it."""
        found: dict[tuple[int, int], _Way] = {}
        for (times, weigh), (diluent, sum_of_totals, totals, weighed) in ways.items():
            for ratio in range(2, self.bounds.most_ratio + 1):
                total = ratio * weigh
                if total > self.cap or self.needed * times * ratio * self.bounds.most_ratio**left < self.least:
                    continue
                for taken in self.handy(total - 1):
                    if self.needed * times * ratio >= taken:
                        continue
                    way = (diluent + total - weigh, sum_of_totals + total, (*totals, total), (*weighed, taken))
                    state = (times * ratio, taken)
                    found[state] = min(way, found.get(state, way))
        return found

    def last_total(self, part: Fraction, weigh: int, most: int, rounding: Fraction) -> int | None:
        """The smallest total of the last step, of which this part is taken, rounded by no more than this.

        What is added to the powder can be weighed as well.
        """
        if part >= 1:
            return None
        if self.most_aliquot is not None:
            most = min(most, floor(self.most_aliquot / part))
        low = max(weigh + self.least, ceil(self.least / part))
        if rounding == 0:
            total = -(-low // part.denominator) * part.denominator
            return total if total <= most else None
        taken = max(self.least, _half_up(part * low))
        while True:
            total = max(low, ceil(taken / (1 + rounding) / part), ceil((taken - Fraction(1, 2)) / part))
            if total > most:
                return None
            if part * total * (1 - rounding) <= taken and part * total < taken + Fraction(1, 2):
                return total
            taken += 1

    def told(self, found: tuple[_Way, Fraction], all_of_it: bool) -> tuple[Dilution, ...]:
        """A way as masses."""
        (_, _, totals, weighed), last = found
        takes: list[Fraction | int] = [*weighed[1:], last]
        return tuple(
            Dilution(
                self.mass(weigh),
                all_of_it and index == 0,
                self.mass(total),
                self.mass(take),
                self.mass(_half_up(Fraction(take))),
            )
            for index, (weigh, total, take) in enumerate(zip(weighed, totals, takes, strict=True))
        )


def _half_up(steps: Fraction) -> int:
    """A positive number of steps, rounded half up."""
    return floor(steps + Fraction(1, 2))
