"""A logarithmic axis of masses, with marks below it for the powers of ten and their multiples, and names for some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

from calc.arithmetic import notation
from calc.arithmetic.units import MG, Figure, G
from calc.pictures.drawing import Line, Shape, Words, place, quotient
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
#: A power of ten in the parts that logarithms are counted in: a whole number of them has all the digits of each.
POWER = 10**LOGARITHMS.prec


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of whole powers of ten of a mg: the first and the last, where the first stands, and how wide all are."""

    low: int
    high: int
    left: int
    wide: int

    def __call__(self, logarithm: int) -> tuple[int, int]:
        """Return where a logarithm stands, as a numerator and its denominator."""
        below = POWER * (self.high - self.low)
        return self.left * below + (logarithm - self.low * POWER) * self.wide, below

    def place(self, logarithm: int, beside: int = 0) -> str:
        """Write where a logarithm stands, or what is so far to its right."""
        above, below = self(logarithm)
        return quotient(above + beside * below, below)


@lru_cache(maxsize=256)
def ticks(axis: Axis, level: int) -> tuple[tuple[Line, ...], tuple[Shape, ...]]:
    """Return a mark below the axis for each power of ten, and shorter ones for its multiples where there is room."""
    powers = [
        Line("grid", axis.place(power * POWER), place(level), place(level + LONG))
        for power in range(axis.low, axis.high + 1)
    ]
    if axis.wide < ROOM_FOR_MULTIPLES * (axis.high - axis.low):
        return tuple(powers), ()
    between = [axis.place(power * POWER + part) for power in range(axis.low, axis.high) for part in _PARTS]
    return tuple(powers), (Shape("grid", "".join(f"M{x} {level}v{SHORT}" for x in between)),)


def named(axis: Axis, level: int) -> Iterator[Words]:
    """Yield the names of the powers of ten below the axis, of as many as have room beside one another."""
    every = -(-ROOM_FOR_NAMES * (axis.high - axis.low) // axis.wide)
    for power in range(axis.low, axis.high + 1, every):
        yield Words("middle", axis.place(power * POWER), place(level + FOOT - 4), _power_said(power))


def logarithm(mass: Figure) -> int:
    """Return the decimal logarithm of a mass in mg, to ten digits, in parts of a `POWER`."""
    in_mg = mass.to(MG)
    return _of_whole(in_mg.numerator) - _of_denominator(in_mg.denominator)


def _of_whole(number: int) -> int:
    return int(LOGARITHMS.scaleb(LOGARITHMS.log10(Decimal(number)), LOGARITHMS.prec))


#: Denominators come again from order to order, as their factors are few.
_of_denominator = lru_cache(maxsize=256)(_of_whole)


@lru_cache(maxsize=64)
def _power_said(power: int) -> str:
    """Write a power of ten of a mg in the unit that needs the fewest digits."""
    mass = Figure(Fraction(10) ** power, MG)
    return notation.plain(mass.to(G)) if power >= 3 else said(mass)


def powers_around(logarithms: Iterable[int]) -> tuple[int, int]:
    """Return the whole powers of ten that all of these lie between; one apart at least."""
    known = tuple(logarithms)
    low = min(known) // POWER
    return low, max(-(-max(known) // POWER), low + 1)


#: Where the multiples of a power of ten stand between it and the next.
_PARTS = tuple(logarithm(Figure(Fraction(digit), MG)) for digit in range(2, 10))
