"""A logarithmic axis of masses, with marks below it for the powers of ten and their multiples, and names for some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil

from calc.arithmetic import notation
from calc.arithmetic.units import MG, Figure, G
from calc.pictures.drawing import Line, Shape, Words, place, words
from calc.wording.figures import said

#: The width of a drawing; the height of a row of labels, of what stands between them and the line, and below it.
ACROSS, ROW, STEM, FOOT = 312, 18, 22, 26
#: Room at both ends of the axis for the words below them; a mark of a whole power of ten, and of any other; how far a
#: dot stands above the axis.
INSET, LONG, SHORT, MARK = 28, 9, 4, 4
#: What a power of ten must be wide for its multiples to be marked, and for two names to stand beside one another.
ROOM_FOR_MULTIPLES, ROOM_FOR_NAMES = 40, 58
#: Digits of a logarithm, far more than a drawing shows; a context of our own, so no thread's settings change it.
LOGARITHMS = Context(prec=12)


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from a power of ten of a mg on: where that stands, and how wide a power of ten is."""

    low: int
    left: int
    scale: Fraction

    def __call__(self, power: Fraction | int) -> Fraction:
        """Return where a power of ten of a mg stands."""
        return self.left + (power - self.low) * self.scale


@lru_cache(maxsize=256)
def ticks(axis: Axis, high: int, level: int) -> tuple[tuple[Line, ...], tuple[Shape, ...]]:
    """Return a mark below the axis for each power of ten, and shorter ones for its multiples where there is room."""
    powers = [
        Line("grid", place(axis(power)), place(level), place(level + LONG)) for power in range(axis.low, high + 1)
    ]
    if axis.scale < ROOM_FOR_MULTIPLES:
        return tuple(powers), ()
    between = [axis(power + part) for power in range(axis.low, high) for part in _PARTS]
    return tuple(powers), (Shape("grid", "".join(f"M{place(x)} {level}v{SHORT}" for x in between)),)


def named(axis: Axis, high: int, level: int) -> Iterator[Words]:
    """Yield the names of the powers of ten below the axis, of as many as have room beside one another."""
    for power in range(axis.low, high + 1, ceil(ROOM_FOR_NAMES / axis.scale)):
        yield words(axis(power), level + FOOT - 4, _mass_said(Figure(Fraction(10) ** power, MG)), "middle")


def logarithm(mass: Figure) -> Fraction:
    """Return the decimal logarithm of a mass in mg, to ten digits."""
    value = mass.to(MG).value
    above, below = (LOGARITHMS.log10(Decimal(part)) for part in (value.numerator, value.denominator))
    return Fraction(above) - Fraction(below)


def _mass_said(mass: Figure) -> str:
    """Write a mass in the unit that needs the fewest digits."""
    in_g = mass.to(G)
    return notation.plain(in_g) if in_g.value >= 1 else said(mass)


#: Where the multiples of a power of ten stand between it and the next.
_PARTS = tuple(logarithm(Figure(Fraction(digit), MG)) for digit in range(2, 10))
