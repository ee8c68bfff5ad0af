"""A picture of the uncertainty of a dose, in a batch or in one capsule, against 90 to 110 % of the dose ordered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from calc import limits
from calc.answers.figures import root_share
from calc.arithmetic import notation
from calc.arithmetic.roots import Root
from calc.arithmetic.units import PERCENT, RATIO, Figure
from calc.capsule.plan import Plan
from calc.pictures.drawing import LEFT, ROOM, Bar, Line, Picture, Words, place, quotient, sides, words
from calc.wording import pictures as said
from calc.wording.figures import said as figure_said

TOP, ROW, BELOW, THICK, INSET, FOOT = 22, 46, 18, 14, 24, 22
#: Standard deviations shown on each side: at least 19 in 20 batches lie within them.
REACH = 2
#: The margin and the possible distances between marks of the axis, in percent; the most marks.
MARGIN, STEPS, MOST_MARKS = 3, (5, 10, 20, 50, 100, 200, 500), 7
#: How wide the axis is.
WIDE = ROOM - 2 * INSET
#: The labels of two bounds nearer than this are put outside them, so that they do not overlap.
APART = 44


@dataclass(frozen=True, slots=True)
class Spreading:
    """A content as a ratio to the dose ordered, its relative standard deviation, and its name."""

    name: str
    content: Figure
    deviation: Root


def spread(plan: Plan) -> Picture | None:
    """Draw the dose of the batch as a line, with two standard deviations on each side; None if it is unknown."""
    known = plan.spread
    if known is None:
        return None
    batch = Spreading(said.BY_WEIGHINGS, Figure(1 + known.shift.to(RATIO).value, RATIO), known.batch)
    return _drawn(said.SPREAD_TITLE, said.SPREAD, (batch,))


def spread_of_capsule(found: Sequence[Spreading]) -> Picture | None:
    """Draw the same for one capsule that was not weighed, by the content of its source; None if that is unknown."""
    return _drawn(said.CAPSULE_SPREAD_TITLE, said.CAPSULE_SPREAD, found) if found else None


def _drawn(title: str, text: str, found: Sequence[Spreading]) -> Picture:
    """Draw the contents one below another on one axis, with the limits of the dose."""
    low, high = (bound.value.to(PERCENT).value for bound in (limits.DOSE_LOW, limits.DOSE_HIGH))
    contents = [spreading.content.to(PERCENT).value for spreading in found]
    reaches = [
        REACH * spreading.deviation.to(PERCENT).rounded(9) * content / 100
        for spreading, content in zip(found, contents, strict=True)
    ]
    ends = [content + sign * reach for content, reach in zip(contents, reaches, strict=True) for sign in (-1, 1)]
    axis = _Axis((low, high, *ends), bottom=TOP + ROW * len(found))
    bars, lines, texts = [], [], [*axis.words((low, high))]
    for index, (spreading, content, reach) in enumerate(zip(found, contents, reaches, strict=True)):
        y, dose = TOP + ROW * index, figure_said(Figure(content, PERCENT))
        texts.append(words(LEFT, y + 13, said.CONTENT.format(name=spreading.name, dose=dose)))
        lines += axis.lines((low, high), y)
        if reach:
            wide = place(axis.width(2 * reach))
            bars.append(Bar("open", axis.place(content - reach), place(y + 24), wide, place(THICK)))
        lines.append(Line("dose", axis.place(content), place(y + 20), place(y + 28 + THICK)))
    facts = {"deviation": root_share(found[0].deviation)["text"], "from": _percent(axis.low)}
    facts |= {"low": _percent(low), "high": _percent(high)}
    return Picture(
        "spread",
        title.format(**facts),
        text.format(**facts),
        axis.bottom + FOOT,
        bars=tuple(bars),
        lines=tuple(lines),
        words=tuple(texts),
    )


class _Axis:
    """Percentages of the dose along the width of the drawing, from a whole one to a whole one."""

    def __init__(self, shown: Sequence[Fraction], *, bottom: int) -> None:
        self.bottom = bottom
        self.low, self.high = floor(min(shown)) - MARGIN, ceil(max(shown)) + MARGIN
        self._span = self.high - self.low
        step = next((step for step in STEPS if self._span <= step * MOST_MARKS), STEPS[-1])
        self.at = range(-(-self.low // step) * step, self.high + 1, step)

    def place(self, percent: Fraction | int) -> str:
        """Write where a percentage stands."""
        right = (percent.numerator - self.low * percent.denominator) * WIDE
        below = self._span * percent.denominator
        return quotient(right + (LEFT + INSET) * below, below)

    def width(self, percent: Fraction) -> Fraction:
        """Return how wide a part of the axis is."""
        return percent * WIDE / self._span

    def lines(self, bounds: tuple[Fraction, Fraction], y: int) -> list[Line]:
        """Return the lines of one row below its name: of the marks, then of the bounds."""
        kinds = [("grid", at) for at in self.at if at not in bounds] + [("bound", at) for at in bounds]
        return [Line(kind, self.place(at), place(y + BELOW), place(y + ROW)) for kind, at in kinds]

    def words(self, bounds: tuple[Fraction, Fraction]) -> list[Words]:
        """Return the labels of the marks: those of the bounds above, all others below."""
        below = [self._named(at, self.bottom + 16, "middle") for at in self.at if at not in bounds]
        low, high = bounds
        anchors = sides(self.width(low), self.width(high), APART)
        above = [self._named(at, TOP - 6, anchor) for at, anchor in zip(bounds, anchors, strict=True)]
        return [*below, *above]

    def _named(self, at: Fraction | int, y: int, anchor: str) -> Words:
        return Words(anchor, self.place(at), place(y), _percent(at))


def _percent(value: Fraction | int) -> str:
    return notation.plain(Figure(Fraction(value), PERCENT))
