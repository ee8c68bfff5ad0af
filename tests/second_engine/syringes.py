"""The dose volume in an oral syringe: which one, how often it is filled, marks near by, strengths that fall on one."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.second_engine.order import Liquid, Syringe
from tests.second_engine.shown import deviation, exact, in_ml, per_ml, quantity, significant
from tests.second_engine.tables import RANGES

TIMES = [Fraction(text) for text in ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "7.5", "8")]
WITHIN = 5


@dataclass(slots=True)
class Drawn:
    """The dose volume and the syringe it is drawn into, so many times."""

    volume: Fraction
    syringe: Syringe
    fillings: int

    @property
    def on_a_mark(self) -> bool:
        """Whether the volume is a whole number of graduations."""
        return self.volume % self.syringe.graduation == 0


def smallest_for(syringes: list[Syringe], volume: Fraction) -> Syringe | None:
    """The smallest that holds the volume, of two of one capacity the finer one; None where none does."""
    hold = [one for one in syringes if one.capacity >= volume]
    return min(hold, key=lambda one: (one.capacity, one.graduation)) if hold else None


def drawn(order: Liquid) -> Drawn:
    """The dose volume of the order in its syringe."""
    volume = order.dose / order.concentration
    syringe = smallest_for(order.syringes, volume)
    if syringe is None:
        syringe = min(order.syringes, key=lambda one: (-one.capacity, one.graduation))
    return Drawn(volume, syringe, -(-volume // syringe.capacity))


def _round_strengths(low: Fraction, high: Fraction) -> Iterator[Fraction]:
    """Round strengths from low to high, both included, rising."""
    decade = Fraction(1)
    while decade > low:
        decade /= 10
    while decade <= high:
        yield from (decade * times for times in TIMES if low <= decade * times <= high)
        decade *= 10


def round_strengths(order: Liquid) -> Iterator[Fraction]:
    """Round strengths near that of the order, without it."""
    least, most = RANGES["strength"]
    low, high = max(order.concentration / WITHIN, least), min(order.concentration * WITHIN, most)
    return (strength for strength in _round_strengths(low, high) if strength != order.concentration)


def other_strengths(order: Liquid) -> list[dict[str, Any]]:
    """Round strengths near that of the order whose dose falls on a mark of the smallest syringe that holds it."""
    found = []
    for strength in round_strengths(order):
        volume = order.dose / strength
        syringe = smallest_for(order.syringes, volume)
        if syringe is not None and volume % syringe.graduation == 0:
            found.append(
                {
                    "strength": per_ml(strength),
                    "dose_volume": in_ml(volume),
                    "capacity": in_ml(syringe.capacity),
                }
            )
    return found


def _mark(order: Liquid, volume: Fraction, dose_volume: Fraction) -> dict[str, Any]:
    """A mark, and what it makes of the dose."""
    dose = volume * order.concentration
    return {
        "volume": quantity(volume, "mL", exact(volume)),
        "dose": quantity(dose, "mg", significant(dose, 4)),
        "deviation": deviation(volume / dose_volume - 1),
    }


def syringe_figures(order: Liquid, one: Drawn) -> dict[str, Any]:
    """The syringe for the plan."""
    below = above = None
    if not one.on_a_mark:
        step = one.syringe.graduation
        mark = one.volume // step * step
        below, above = _mark(order, mark, one.volume), _mark(order, mark + step, one.volume)
    return {
        "capacity": in_ml(one.syringe.capacity),
        "graduation": in_ml(one.syringe.graduation),
        "fillings": one.fillings,
        "on_a_mark": one.on_a_mark,
        "mark_below": below,
        "mark_above": above,
    }
