"""A picture of one capsule with its powder and diluent: the true outline of its size, its layers true to volume."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property, lru_cache
from math import ceil

from calc.answers.figures import share
from calc.answers.writer import Writer
from calc.arithmetic.units import ML_PER_CAPSULE, RATIO
from calc.capsule.plan import Plan
from calc.pictures.drawing import LETTER, Line, Picture, Shape, Words, place, words
from calc.pictures.outlines import OUTLINES, PI, half_chord, height_of
from calc.planning.codes import FillRule
from calc.wording import pictures as said

#: The length of every capsule as drawn, the width of the drawing, and the height of the words above and below.
LENGTH, ACROSS, BESIDE, ROW = 222, 236, 7, 28
#: What a cap covers of a closed capsule, about; how much wider on each side it is than its body, as drawn; and how far
#: a line leads into a layer.
COVERED, LIP, INSIDE = Fraction(1, 2), 2, 6


def capsule(plan: Plan) -> Picture | None:
    """Draw powder and diluent in one capsule; None unless its size and how the powders pack are known or estimated."""
    fill, size = plan.fill, plan.order.capsule.size
    powder, room, diluent = fill.powder_per_capsule, fill.share_of_body, fill.diluent_per_capsule
    if powder is None or room is None or diluent is None or size not in OUTLINES:
        return None
    volume = None if fill.body_volume is None else fill.body_volume.to(ML_PER_CAPSULE).value * 1000
    drawn = _drawn(size, volume)
    part, estimate = room.to(RATIO).value, fill.rule is FillRule.ESTIMATE
    write = Writer(plan.order.balance.readability)
    facts = {
        "size": size,
        "powder": write.of_capsule(powder)["text"],
        "share": share(room)["text"],
        "diluent": write.of_capsule(diluent)["text"],
    }
    surface = drawn.height(part)
    shapes = [Shape("filled", drawn.layer(Fraction(0), surface))]
    labels = [drawn.label(surface / 2, said.POWDER.format(**facts), above=True)]
    if diluent.value:
        shapes.append(Shape("hatched" if estimate else "light", drawn.layer(surface, drawn.top)))
        name = (said.DILUENT_ABOUT if estimate else said.DILUENT).format(**facts)
        labels.append(drawn.label(drawn.clear_of_cap(surface), name, above=False))
    text = (said.CAPSULE_ESTIMATE if estimate else said.CAPSULE) if diluent.value else said.CAPSULE_FULL
    return Picture(
        "capsule",
        said.CAPSULE_TITLE.format(**facts),
        text.format(**facts),
        drawn.high,
        estimate=estimate,
        shapes=(*shapes, *drawn.outlines),
        lines=tuple(line for line, _ in labels),
        words=tuple(text for _, text in labels),
        width=ACROSS,
    )


@lru_cache(maxsize=64)
def _drawn(size: str, volume: Fraction | None) -> _Drawn:
    return _Drawn(*OUTLINES[size], volume)


class _Drawn:
    """One closed capsule on its side: the round end of its body at the left, and its cap at the right.

    Heights run from the left, in mm. The body is slimmer than its cap; `top` is where the powder in it ends.
    """

    def __init__(self, length: Fraction, diameter: Fraction, volume: Fraction | None) -> None:
        self._unit, self._length, self._seam = LENGTH / length, length, (1 - COVERED) * length
        self._cap = diameter / 2
        self._radius = self._cap - LIP / self._unit
        self._half_tube = self._radius * self._unit
        self.high = ceil(diameter * self._unit) + 2 * ROW
        self._middle = Fraction(self.high, 2)
        # The round end of the cap lets the body in until both are equally wide.
        most = length - self._cap + half_chord(self._cap - self._radius, self._cap)
        self.top = most if volume is None else min(height_of(volume, self._radius), most)
        radius = self._radius
        self._contents = PI * (Fraction(2, 3) * radius**3 + radius**2 * (self.top - radius))
        self._turn = f"A{place(self._half_tube)} {place(self._half_tube)} 0 0 0 "
        self._shoulder = self._points(radius)

    def height(self, part: Fraction) -> Fraction:
        """Return how high a part of the contents stands."""
        return self.top if part == 1 else height_of(part * self._contents, self._radius)

    def clear_of_cap(self, surface: Fraction) -> Fraction:
        """Return a height in what lies above the surface, off the edge of the cap."""
        third = (self.top - surface) / 3
        near = abs(surface + third - self._seam) * self._unit < INSIDE
        return surface + third * (2 if near else 1)

    def layer(self, low: Fraction, high: Fraction) -> str:
        """Return the outline of the body between two heights."""
        begin, end = self._points(low), self._points(high)
        rounded, even = low < self._radius, high > self._radius
        path = [f"M{end[0]}"]
        path += [f"L{(self._shoulder if rounded else begin)[0]}"] if even else []
        path += [f"{self._turn}{begin[0]}"] if rounded else []
        path += [f"L{begin[1]}"] if low else []
        path += [f"{self._turn}{(self._shoulder if even else end)[1]}"] if rounded else []
        path += [f"L{end[1]}"] if even else []
        return "".join(path) + "Z"

    @cached_property
    def outlines(self) -> tuple[Shape, Shape]:
        """Return the body as far as the cap leaves it bare, and the cap."""
        radius, x, end = self._cap * self._unit, self._x(self._seam), self._x(self._length - self._cap)
        upper, lower = self._middle - radius, self._middle + radius
        turn = f"A{place(radius)} {place(radius)} 0 0 1 {place(end)} {place(lower)}"
        cap = f"M{place(x)} {place(upper)}L{place(end)} {place(upper)}{turn}L{place(x)} {place(lower)}Z"
        return Shape("outline", self.layer(Fraction(0), self._seam)), Shape("outline", cap)

    def label(self, height: Fraction, text: str, *, above: bool) -> tuple[Line, Words]:
        """Return a text above or below the capsule, and the line that leads to it from its layer."""
        x, wide = self._x(height), len(text) * LETTER
        left = min(max(x - wide / 2, Fraction(0)), ACROSS - wide)
        if above:
            line = Line("leader", place(x), place(ROW - 10), place(self._middle - self._half(height) + INSIDE))
            return line, words(left, ROW - 14, text)
        low = self._middle + self._half(height) - INSIDE
        return Line("leader", place(x), place(low), place(self.high - ROW + 10)), words(left, self.high - 4, text)

    def _x(self, height: Fraction) -> Fraction:
        return BESIDE + height * self._unit

    def _half(self, height: Fraction) -> Fraction:
        """Return half the width of the body at a height, as drawn."""
        return self._half_tube if height >= self._radius else half_chord(height, self._radius) * self._unit

    def _points(self, height: Fraction) -> tuple[str, str]:
        """Return the points of the outline at a height, the upper one first."""
        x, half = place(self._x(height)), self._half(height)
        return f"{x} {place(self._middle - half)}", f"{x} {place(self._middle + half)}"
