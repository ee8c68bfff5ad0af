"""A picture of the masses to weigh on a logarithmic line, with the minimum weighable quantity and the ground below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

from calc.answers.parts import Writer, mass_shown
from calc.arithmetic import notation
from calc.arithmetic.units import MG, Figure, G
from calc.capsule.plan import Plan
from calc.pictures.drawing import LETTER, LETTER_HEIGHT, Line, Mark, Picture, Shape, Words, bar, place, words
from calc.pictures.flags import BESIDE, FINE, flags
from calc.wording import pictures as said
from calc.wording.figures import said as figure_said

#: The width of the drawing; the height of a row of labels, of what stands between them and the line, and below it.
ACROSS, ROW, STEM, FOOT = 312, 18, 22, 26
#: Room at both ends of the axis for the words below them; a mark of a whole power of ten, and of any other; how far a
#: dot stands above the axis.
INSET, LONG, SHORT, MARK = 28, 9, 4, 4
#: What a power of ten must be wide for its multiples to be marked, and for two names to stand beside one another.
ROOM_FOR_MULTIPLES, ROOM_FOR_NAMES = 40, 58
#: How far the axis is moved to the right, at a time, until every label has its place.
MOVED = 12
#: Digits of a logarithm, far more than a drawing shows; a context of our own, so no thread's settings change it.
LOGARITHMS = Context(prec=12)


def balance(plan: Plan) -> Picture | None:
    """Draw a mark for each known mass, and a dashed line for the least; None if no mass is known."""
    write = Writer(plan.order.balance.readability)
    known = [
        (line, line.mass, shown["text"])
        for line in plan.weighings
        if line.mass is not None and line.mass.value and (shown := mass_shown(line, write)) is not None
    ]
    if not known:
        return None
    least = known[0][0].least
    least_said = write.on_balance(least)["text"]
    flagged = [_Flag(_logarithm(least), "least", said.MWQ.format(least=least_said))]
    for line, mass, text in known:
        kind = "kept" if mass >= least else "missed"
        flagged.append(_Flag(_logarithm(mass), kind, said.MASSES[kind].format(mass=text, name=said.WEIGHED[line.name])))
    missed = sum(flag.kind == "missed" for flag in flagged)
    verdict = (
        said.MISSED[missed == 1].format(missed=missed, weighed=len(known)) if missed else said.KEPT[len(known) == 1]
    )
    return _drawn(sorted(flagged), said.BALANCE.format(verdict=verdict, least=least_said))


class _Flag(NamedTuple):
    """A mass by its power of ten of a mg, its kind, and its label."""

    power: Fraction
    kind: str
    text: str


def _laid_out(flagged: Sequence[_Flag], low: int, high: int) -> _Axis:
    """Return the axis on which the labels take the fewest rows: as wide as it can be, or with room for the last one."""
    widths = [len(flag.text) * LETTER for flag in flagged]
    found = []
    for right in (INSET, ceil(widths[-1]) + BESIDE):
        for left in range(INSET, ACROSS - right, MOVED):
            axis = _Axis(low, left, Fraction(ACROSS - right - left, high - low))
            places = [int(axis(flag.power) * FINE) for flag in flagged]
            sides = flags([(at, int(wide * FINE)) for at, wide in zip(places, widths, strict=True)], ACROSS * FINE)
            if sides is not None:
                found.append((max(row for _, row in sides), replace(axis, sides=sides)))
                break
    return min(found, key=lambda each: each[0])[1]


@dataclass(frozen=True, slots=True)
class _Axis:
    """A logarithmic axis from a power of ten of a mg on, and the labels above it."""

    low: int
    left: int
    scale: Fraction
    sides: tuple[tuple[bool, int], ...] = ()

    def __call__(self, power: Fraction | int) -> Fraction:
        return self.left + (power - self.low) * self.scale


def _drawn(flagged: Sequence[_Flag], text: str) -> Picture:
    """Draw all masses on an axis with their labels above it."""
    low = floor(flagged[0].power)
    high = max(ceil(flagged[-1].power), low + 1)
    axis = _laid_out(flagged, low, high)
    places = [axis(flag.power) for flag in flagged]
    rows = 1 + max(row for _, row in axis.sides)
    level = rows * ROW + STEM
    (powers, multiples), marks = _ticks(replace(axis, sides=()), high, level), []
    lines, texts = [*powers], [*_named(axis, high, level)]
    for flag, at, (right, row) in zip(flagged, places, axis.sides, strict=True):
        y = (rows - row) * ROW - 6
        texts.append(words(at + (BESIDE if right else -BESIDE), y, flag.text, "start" if right else "end"))
        least = flag.kind == "least"
        lines.append(
            Line("least" if least else "leader", place(at), place(y - LETTER_HEIGHT), place(level + 6 * least))
        )
        marks += [] if least else [Mark(flag.kind, place(at), place(level - MARK))]
    ground = next(at for flag, at in zip(flagged, places, strict=True) if flag.kind == "least")
    return Picture(
        "balance",
        said.BALANCE_TITLE,
        text,
        level + FOOT,
        bars=(bar("ground", 0, level - STEM + 2, ground, STEM - 2),),
        shapes=(Shape("axis", f"M0 {level}H{ACROSS}"), *multiples),
        lines=tuple(lines),
        marks=tuple(marks),
        words=tuple(texts),
        width=ACROSS,
    )


@lru_cache(maxsize=256)
def _ticks(axis: _Axis, high: int, level: int) -> tuple[tuple[Line, ...], tuple[Shape, ...]]:
    """Return a mark below the axis for each power of ten, and shorter ones for its multiples where there is room."""
    powers = [
        Line("grid", place(axis(power)), place(level), place(level + LONG)) for power in range(axis.low, high + 1)
    ]
    if axis.scale < ROOM_FOR_MULTIPLES:
        return tuple(powers), ()
    between = [axis(power + part) for power in range(axis.low, high) for part in _PARTS]
    return tuple(powers), (Shape("grid", "".join(f"M{place(x)} {level}v{SHORT}" for x in between)),)


def _named(axis: _Axis, high: int, level: int) -> Iterator[Words]:
    """Yield the names of the powers of ten below the axis, of as many as have room beside one another."""
    for power in range(axis.low, high + 1, ceil(ROOM_FOR_NAMES / axis.scale)):
        yield words(axis(power), level + FOOT - 4, _mass_said(Figure(Fraction(10) ** power, MG)), "middle")


def _mass_said(mass: Figure) -> str:
    """Write a mass in the unit that needs the fewest digits."""
    in_g = mass.to(G)
    return notation.plain(in_g) if in_g.value >= 1 else figure_said(mass)


def _logarithm(mass: Figure) -> Fraction:
    """Return the decimal logarithm of a mass in mg, to ten digits."""
    value = mass.to(MG).value
    above, below = (LOGARITHMS.log10(Decimal(part)) for part in (value.numerator, value.denominator))
    return Fraction(above) - Fraction(below)


#: Where the multiples of a power of ten stand between it and the next.
_PARTS = tuple(_logarithm(Figure(Fraction(digit), MG)) for digit in range(2, 10))
