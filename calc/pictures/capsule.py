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
        self.high = ceil(diameter * self._unit) + 2 * ROW
        # The round end of the cap lets the body in until both are equally wide.
        most = length - self._cap + half_chord(self._cap - self._radius, self._cap)
        self.top = most if volume is None else min(height_of(volume, self._radius), most)

    def height(self, part: Fraction) -> Fraction:
        """Return how high a part of the contents stands."""
        radius = self._radius
        whole = PI * (Fraction(2, 3) * radius**3 + radius**2 * (self.top - radius))
        return self.top if part == 1 else height_of(part * whole, radius)

    def clear_of_cap(self, surface: Fraction) -> Fraction:
        """Return a height in what lies above the surface, off the edge of the cap."""
        third = (self.top - surface) / 3
        near = abs(surface + third - self._seam) * self._unit < INSIDE
        return surface + third * (2 if near else 1)

    def layer(self, low: Fraction, high: Fraction) -> str:
        """Return the outline of the body between two heights."""
        round_end = self._radius
        turn = f"A{place(round_end * self._unit)} {place(round_end * self._unit)} 0 0 0 "
        path = [f"M{self._at(high, -1)}"]
        if high > round_end:
            path.append(f"L{self._at(max(low, round_end), -1)}")
        path += [f"{turn}{self._at(low, -1)}"] if low < round_end else []
        path += [f"L{self._at(low, 1)}"] if low else []
        path += [f"{turn}{self._at(min(high, round_end), 1)}"] if low < round_end else []
        path += [f"L{self._at(high, 1)}"] if high > round_end else []
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

    @property
    def _middle(self) -> Fraction:
        return Fraction(self.high, 2)

    def _x(self, height: Fraction) -> Fraction:
        return BESIDE + height * self._unit

    def _half(self, height: Fraction) -> Fraction:
        """Return half the width of the body at a height, as drawn."""
        radius = self._radius
        return (radius if height >= radius else half_chord(height, radius)) * self._unit

    def _at(self, height: Fraction, side: int) -> str:
        return f"{place(self._x(height))} {place(self._middle + side * self._half(height))}"
