"""How sure a dose is, against 90 to 110 % of the dose ordered: that of a batch, and that of one capsule of it."""

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
from calc.pictures.drawing import LEFT, ROOM, Line, Picture, Words, bar, place, sides, words
from calc.wording import pictures as said
from calc.wording.figures import said as figure_said

TOP, ROW, THICK, INSET, FOOT = 22, 46, 14, 24, 22
#: Deviations to both sides: at least 19 in 20 batches lie within them.
REACH = 2
#: In per cent: room beside what is shown, and how far apart the marks of the axis may be.
MARGIN, STEPS, MOST_MARKS = 3, (5, 10, 20, 50, 100, 200, 500), 7
#: Names of the two bounds that are nearer than this stand outside of them, so that neither lies on the other.
APART = 44


@dataclass(frozen=True, slots=True)
class Spreading:
    """A part of the dose ordered, its standard deviation as a part of itself, and what it is called."""

    name: str
    content: Figure
    deviation: Root


def spread(plan: Plan) -> Picture | None:
    """The dose of the batch as a line, with two standard deviations to both sides; none while it is not known."""
    found = plan.spread
    if found is None:
        return None
    batch = Spreading(said.BY_WEIGHINGS, Figure(1 + found.shift.to(RATIO).value, RATIO), found.batch)
    return _drawn(said.SPREAD_TITLE, said.SPREAD, (batch,))


def spread_of_capsule(found: Sequence[Spreading]) -> Picture | None:
    """The same of one capsule that was not weighed, by what the source may hold; none where nothing is known of it."""
    return _drawn(said.CAPSULE_SPREAD_TITLE, said.CAPSULE_SPREAD, found) if found else None


def _drawn(title: str, text: str, found: Sequence[Spreading]) -> Picture:
    """One under another, on one axis, between the limits of the dose."""
    low, high = (bound.value.to(PERCENT).value for bound in (limits.DOSE_LOW, limits.DOSE_HIGH))
    contents = [one.content.to(PERCENT).value for one in found]
    reaches = [
        REACH * one.deviation.to(PERCENT).rounded(9) * content / 100
        for one, content in zip(found, contents, strict=True)
    ]
    ends = [content + sign * reach for content, reach in zip(contents, reaches, strict=True) for sign in (-1, 1)]
    axis = _Axis((low, high, *ends), bottom=TOP + ROW * len(found))
    bars, lines, texts = [], [*axis.marks(), *map(axis.bound, (low, high))], [*axis.words((low, high))]
    for index, (one, content, reach) in enumerate(zip(found, contents, reaches, strict=True)):
        y, dose = TOP + ROW * index, figure_said(Figure(content, PERCENT))
        texts.append(words(LEFT, y + 13, said.CONTENT.format(name=one.name, dose=dose)))
        start, end = axis(content - reach), axis(content + reach)
        bars += [bar("open", start, y + 24, end - start, THICK)] if reach else []
        lines.append(Line("dose", place(axis(content)), place(y + 20), place(y + 28 + THICK)))
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
    """Per cent of the dose along the width of the drawing."""

    def __init__(self, shown: Sequence[Fraction], *, bottom: int) -> None:
        self.bottom = bottom
        self.low, self.high = Fraction(floor(min(shown)) - MARGIN), Fraction(ceil(max(shown)) + MARGIN)
        step = next((step for step in STEPS if (self.high - self.low) / step <= MOST_MARKS), STEPS[-1])
        first = ceil(self.low / step)
        self.at = [Fraction(step * number) for number in range(first, floor(self.high / step) + 1)]

    def __call__(self, percent: Fraction) -> Fraction:
        return LEFT + INSET + (percent - self.low) / (self.high - self.low) * (ROOM - 2 * INSET)

    def marks(self) -> list[Line]:
        return [self._line("grid", at) for at in self.at]

    def bound(self, at: Fraction) -> Line:
        return self._line("bound", at)

    def _line(self, kind: str, at: Fraction) -> Line:
        return Line(kind, place(self(at)), place(TOP), place(self.bottom))

    def words(self, bounds: tuple[Fraction, Fraction]) -> list[Words]:
        """What stands at the marks: the bounds above, everything else below."""
        below = [words(self(at), self.bottom + 16, _percent(at), "middle") for at in self.at if at not in bounds]
        low, high = bounds
        anchors = sides(self(low), self(high), APART)
        above = [words(self(at), TOP - 6, _percent(at), anchor) for at, anchor in zip(bounds, anchors, strict=True)]
        return [*below, *above]


def _percent(value: Fraction) -> str:
    return notation.plain(Figure(value, PERCENT))
