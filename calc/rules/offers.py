"""Other ways to make the same order: batches that use whole tablets, and the most capsules the same tablets give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from calc.arithmetic.formula import Capsules, CapsulesPerTablet, MgPerCapsule, MgPerTablet, Ratio, Tablets, formula
from calc.arithmetic.units import RATIO, Figure


@formula(reference="definition")
def capsules_of_one_tablet(strength: MgPerTablet, dose: MgPerCapsule) -> CapsulesPerTablet:
    """Capsules that the drug of one tablet makes.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, MG_PER_TABLET, figure
    >>> capsules_of_one_tablet(figure(50, MG_PER_TABLET), figure("4.5", MG_PER_CAPSULE)).value
    Fraction(100, 9)
    """
    return strength / dose


@formula(reference="crushing-loss")
def most_capsules(tablets: Tablets, strength: MgPerTablet, crushing_loss: Ratio, dose: MgPerCapsule) -> Capsules:
    """Capsules that these tablets give with the crushing loss kept in reserve; rounded down afterwards.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, MG_PER_TABLET, PERCENT, TABLET, figure
    >>> given = figure(3, TABLET), figure(50, MG_PER_TABLET), figure(3, PERCENT), figure("4.5", MG_PER_CAPSULE)
    >>> most_capsules(*given).value // 1
    32
    """
    return tablets * strength * (1 - crushing_loss) / dose


@formula(reference="whole-tablets")
def dose_of_whole_tablets(tablets: Tablets, strength: MgPerTablet, capsules: Capsules) -> MgPerCapsule:
    """Drug in one capsule when whole tablets are shared out among so many capsules and nothing is lost.

    >>> from calc.arithmetic.units import CAPSULE, MG_PER_TABLET, TABLET, figure
    >>> dose_of_whole_tablets(figure(3, TABLET), figure(50, MG_PER_TABLET), figure(33, CAPSULE)).value
    Fraction(50, 11)
    """
    return tablets * strength / capsules


@formula(reference="definition")
def dose_deviated(dose: MgPerCapsule, deviation: Ratio) -> MgPerCapsule:
    """The dose that deviates so much from the one ordered, in the chemical form of that one.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> dose_deviated(figure("4.5", MG_PER_CAPSULE), figure("1/99", RATIO)).value
    Fraction(50, 11)
    """
    return dose * (1 + deviation)


@formula(reference="whole-tablets")
def deviation_after_loss(deviation: Ratio, crushing_loss: Ratio) -> Ratio:
    """The deviation of a dose once the crushing loss has gone as well.

    >>> from calc.arithmetic.units import figure
    >>> deviation_after_loss(figure("1/99", RATIO), figure("0.03", RATIO)).value
    Fraction(-2, 99)
    """
    return (1 + deviation) * (1 - crushing_loss) - 1


class WholeTablets(NamedTuple):
    """One batch of whole tablets: how many of each."""

    tablets: int
    capsules: int


def whole_tablet_batches(
    strength: Figure, dose: Figure, least_capsules: int, most_capsules: int, most_deviation: Figure
) -> tuple[WholeTablets, ...]:
    """Batches of whole tablets whose dose is within `most_deviation` of the one ordered when nothing is lost.

    Of all batches from `least_capsules` to `most_capsules`, one for each number of tablets (least deviation, then more
    capsules): the exact one with the fewest tablets and the two inexact ones with the fewest tablets, by tablets.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, MG_PER_TABLET, figure
    >>> given = figure(50, MG_PER_TABLET), figure("4.5", MG_PER_CAPSULE), 30, 120, figure("0.02", RATIO)
    >>> [(batch.tablets, batch.capsules) for batch in whole_tablet_batches(*given)]
    [(3, 33), (4, 44), (9, 100)]
    """
    if least_capsules > most_capsules:
        return ()
    per_tablet, within = capsules_of_one_tablet(strength, dose), most_deviation.to(RATIO)
    exact = _exact(per_tablet, least_capsules, most_capsules)
    found = [] if exact is None else [exact]
    inexact = 0
    for batch in _each(per_tablet, least_capsules, most_capsules, within):
        # Whole tablets give whole capsules exactly where the denominator divides their number.
        if batch.tablets * per_tablet.numerator != batch.capsules * per_tablet.denominator:
            found.append(batch)
            inexact += 1
        if inexact == 2:
            break
    return tuple(sorted(found, key=lambda batch: batch.tablets))


def _exact(per_tablet: Figure, least: int, most: int) -> WholeTablets | None:
    """The fewest tablets that give whole capsules exactly: a multiple of the fraction's denominator."""
    times = -(-least // per_tablet.numerator)
    batch = WholeTablets(per_tablet.denominator * times, per_tablet.numerator * times)
    return batch if batch.capsules <= most else None


def _each(per_tablet: Figure, least: int, most: int, within: Figure) -> Iterator[WholeTablets]:
    """For each number of tablets, fewest first, its best batch within bounds, where there is one.

    In whole numbers throughout: with `per_tablet` = p / q, so many tablets miss n capsules by |T p - n q| / (n q).
    """
    p, q = per_tablet.numerator, per_tablet.denominator
    part, whole = within.numerator, within.denominator
    tablets = max(1, -(-least * (whole - part) * q // (whole * p)))
    while tablets * p * whole <= most * q * (whole + part):
        best = missed_by_best = 0
        floor = tablets * p // q
        # The larger number first: of two that miss by as much of the dose, more capsules are the better batch.
        for capsules in (min(max(floor + 1, least), most), min(max(floor, least), most)):
            miss = abs(tablets * p - capsules * q)
            if miss * whole <= part * capsules * q and (not best or miss * best < missed_by_best * capsules):
                best, missed_by_best = capsules, miss
        if best:
            yield WholeTablets(tablets, best)
        tablets += 1
