"""Elements of a picture at final positions, and a description in words.

Every length is an exact share of the drawing, rounded to a thousandth of its unit; a template only writes it down.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from calc.arithmetic import notation

#: The width of a drawing of lines and bars, about that of a phone in points, so that words are not shrunk there.
WIDTH, LEFT, RIGHT = 360, 8, 8
ROOM = WIDTH - LEFT - RIGHT
#: How wide a letter is, on average and at most, and how high, in a text of 12 units.
LETTER, LETTER_HEIGHT = Fraction(36, 5), 10
#: The whole turn of a pie, in its own parts.
TURN = 100_000


class Bar(NamedTuple):
    """A rectangle. `kind` is "filled", "open", "hatched", "light", "outline" or "ground"."""

    kind: str
    x: str
    y: str
    width: str
    height: str


class Line(NamedTuple):
    """A vertical line; `kind` is "least", "bound", "dose", "grid" or "leader"."""

    kind: str
    x: str
    top: str
    bottom: str


class Mark(NamedTuple):
    """A mark at a position; `kind` is "kept", a dot, or "missed", an open diamond."""

    kind: str
    x: str
    y: str


class Pie(NamedTuple):
    """A round thing, of which a part by angle is used: `used` parts of `TURN`, from the top and clockwise."""

    x: str
    y: str
    radius: str
    half: str
    used: int


class Shape(NamedTuple):
    """An outline of straight lines and round ends, or many lines; `kind` as of a bar, or "axis" or "grid"."""

    kind: str
    path: str


class Words(NamedTuple):
    """A text; `anchor` is the point of it that is at `x`: "start", "middle" or "end"."""

    anchor: str
    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, its title and a description in words. An estimate is not printed: it is not for the bench."""

    key: str
    title: str
    text: str
    height: int
    estimate: bool = False
    bars: tuple[Bar, ...] = ()
    shapes: tuple[Shape, ...] = ()
    pies: tuple[Pie, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    words: tuple[Words, ...] = ()
    width: int = WIDTH

    @property
    def hatched(self) -> bool:
        """True if any part of it is drawn as an estimate."""
        return any(bar.kind == "hatched" for bar in self.bars) or any(shape.kind == "hatched" for shape in self.shapes)


def sides(low: Fraction, high: Fraction, room: int) -> tuple[str, str]:
    """Return the anchors of the labels of two bounds: centered, but outside if less than `room` is between.

    >>> sides(Fraction(40), Fraction(60), 42), sides(Fraction(40), Fraction(82), 42)
    (('end', 'start'), ('middle', 'middle'))
    """
    return ("end", "start") if high - low < room else ("middle", "middle")


def place(at: Fraction | int) -> str:
    """Write a position or a length in units of the drawing, to a thousandth.

    >>> place(Fraction(1, 3)), place(8)
    ('0.333', '8')
    """
    return str(at) if isinstance(at, int) else quotient(at.numerator, at.denominator)


def quotient(above: int, below: int) -> str:
    """Write the position `above` / `below`, as `place` does; `below` is positive."""
    return notation.trimmed(notation.with_point(notation.half_up(above * 1000, below), 3))


def bar(kind: str, x: Fraction | int, y: Fraction | int, width: Fraction | int, height: Fraction | int) -> Bar:
    """Return a rectangle at exact positions."""
    return Bar(kind, place(x), place(y), place(width), place(height))


def words(x: Fraction | int, y: Fraction | int, text: str, anchor: str = "start") -> Words:
    """Return a text at an exact position."""
    return Words(anchor, place(x), place(y), text)
