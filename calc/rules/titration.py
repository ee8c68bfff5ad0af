"""From a schedule of doses to capsules: doses in a step, capsules for one dose, the strength that divides all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, gcd, lcm

from calc.arithmetic.formula import Capsules, Days, Mg, MgPerCapsule, Ml, PerDay, Ratio, formula
from calc.arithmetic.units import MG, MG_PER_CAPSULE, ML, Figure


@formula(reference="definition")
def doses_of_step(days: Days, doses_per_day: PerDay) -> Ratio:
    """Doses taken in one step of a schedule, as a count.

    >>> from calc.arithmetic.units import DAY, PER_DAY, figure
    >>> doses_of_step(figure(14, DAY), figure(2, PER_DAY)).value
    Fraction(28, 1)
    """
    return days * doses_per_day


@formula(reference="definition")
def drug_of_step(dose: Mg, doses: Ratio) -> Mg:
    """Drug taken in one step of a schedule.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> drug_of_step(figure("4.5", MG), figure(14, RATIO)).value
    Fraction(63, 1)
    """
    return dose * doses


@formula(reference="definition")
def capsules_for_dose(dose: Mg, strength: MgPerCapsule) -> Capsules:
    """Capsules of one strength that together hold one dose.

    >>> from calc.arithmetic.units import MG, MG_PER_CAPSULE, figure
    >>> capsules_for_dose(figure("4.5", MG), figure("1.5", MG_PER_CAPSULE)).value
    Fraction(3, 1)
    """
    return dose / strength


@formula(reference="definition")
def capsules_of_step(capsules_for_dose: Capsules, doses: Ratio) -> Capsules:
    """Capsules taken in one step of a schedule.

    >>> from calc.arithmetic.units import CAPSULE, RATIO, figure
    >>> capsules_of_step(figure(3, CAPSULE), figure(14, RATIO)).value
    Fraction(42, 1)
    """
    return capsules_for_dose * doses


@formula(reference="definition")
def capsules_left_over(batch: Capsules, quantity: Capsules) -> Capsules:
    """Capsules of a batch that no step of the schedule takes.

    >>> from calc.arithmetic.units import CAPSULE, figure
    >>> capsules_left_over(figure(93, CAPSULE), figure(84, CAPSULE)).value
    Fraction(9, 1)
    """
    return batch - quantity


@formula(reference="definition")
def volume_of_step(dose_volume: Ml, doses: Ratio) -> Ml:
    """Liquid taken in one step of a schedule.

    >>> from calc.arithmetic.units import ML, RATIO, figure
    >>> volume_of_step(figure("0.1", ML), figure(7, RATIO)).value
    Fraction(7, 10)
    """
    return dose_volume * doses


def volume_until(until: date, steps: Iterable[tuple[Figure, int, date]], doses_per_day: int) -> Figure:
    """The liquid that the doses of a schedule take up to a day, which counts; steps are as in `last_day_held`.

    >>> from calc.arithmetic.units import ML, figure
    >>> steps = [(figure("0.1", ML), 7, date(2026, 11, 23)), (figure("0.2", ML), 7, date(2026, 11, 30))]
    >>> volume_until(date(2026, 12, 2), steps, 1).value
    Fraction(13, 10)
    """
    days = ((volume, max(0, min(days, (until - first).days + 1))) for volume, days, first in steps)
    return Figure(sum((volume.to(ML).value * doses_per_day * number for volume, number in days), Fraction()), ML)


def last_day_held(volume: Figure, steps: Iterable[tuple[Figure, int, date]], doses_per_day: int) -> date | None:
    """The last day whose doses a volume holds whole, taken step by step; no day if it does not hold those of the first.

    Each step is its volume of one dose, its days and its first day.

    >>> from calc.arithmetic.units import ML, figure
    >>> steps = [(figure("0.1", ML), 7, date(2026, 11, 23)), (figure("0.2", ML), 7, date(2026, 11, 30))]
    >>> last_day_held(figure("1.4", ML), steps, 1).isoformat()
    '2026-12-02'
    """
    rest, held = volume.to(ML).value, None
    for dose_volume, days, first in steps:
        a_day = dose_volume.to(ML).value * doses_per_day
        whole = min(days, rest // a_day)
        if whole:
            held = last_day_of_step(first, int(whole))
        if whole < days:
            break
        rest -= whole * a_day
    return held


def largest_common_strength(doses: Iterable[Figure]) -> Figure:
    """The largest strength of a capsule of which every dose is a whole multiple: the greatest common divisor.

    Takes masses of drug, one or more; answers with a strength in mg a capsule. It is exact: 1.5 and 4.5 mg have 1.5 mg.

    >>> from calc.arithmetic.units import MG, MG_PER_CAPSULE, figure
    >>> largest_common_strength([figure("1.5", MG), figure(3, MG), figure("4.5", MG)]).value
    Fraction(3, 2)
    >>> largest_common_strength([figure(1, MG), figure("4.5", MG)]).value
    Fraction(1, 2)
    """
    masses = [dose.to(MG).value for dose in doses]
    whole = lcm(*(mass.denominator for mass in masses))
    parts = gcd(*(int(mass * whole) for mass in masses))
    return Figure(Fraction(parts, whole), MG_PER_CAPSULE)


def last_day_of_step(first: date, days: int) -> date:
    """The last day of a step of so many days; its first day counts.

    >>> last_day_of_step(date(2026, 11, 23), 14).isoformat()
    '2026-12-06'
    """
    return first + timedelta(days=days - 1)


def doses_by_steps(first: Figure, by: Figure, last: Figure) -> int:
    """The number of doses from `first` up or down to `last` by one step, both counted; the last step may be smaller.

    >>> from calc.arithmetic.units import MG, figure
    >>> doses_by_steps(figure("0.5", MG), figure("0.5", MG), figure("4.5", MG))
    9
    >>> doses_by_steps(figure("0.5", MG), figure(1, MG), figure(4, MG))
    5
    """
    return ceil(abs(last.to(MG).value - first.to(MG).value) / by.to(MG).value) + 1


def dose_by_steps(first: Figure, by: Figure, last: Figure, number: int) -> Figure:
    """The dose after so many steps from `first` up or down towards `last`, and never beyond it; in mg.

    >>> from calc.arithmetic.units import MG, figure
    >>> [str(dose_by_steps(figure(4, MG), figure("1.5", MG), figure(1, MG), number).value) for number in range(4)]
    ['4', '5/2', '1', '1']
    """
    start, step, end = (each.to(MG).value for each in (first, by, last))
    return Figure(min(start + number * step, end) if end >= start else max(start - number * step, end), MG)
