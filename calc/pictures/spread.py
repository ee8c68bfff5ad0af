"""How sure the dose of a batch is by its weighings, against 90 to 110 % of the dose ordered."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from calc import figures, limits
from calc.pictures.drawing import LEFT, ROOM, Line, Picture, Words, bar, place, words
from calc.plans import Plan
from calc.shown import root_share
from calc.units import PERCENT, Figure
from calc.wording import pictures as said
from calc.wording.said import said as figure_said

TOP, BOTTOM, HEIGHT, THICK, INSET = 22, 70, 92, 16, 24
#: Deviations to both sides: at least 19 in 20 batches lie within them.
REACH = 2
#: In per cent: room beside what is shown, and how far apart the marks of the axis may be.
MARGIN, STEPS, MOST_MARKS = 3, (5, 10, 20, 50, 100, 200, 500), 7


def spread(plan: Plan) -> Picture | None:
    """The dose of the batch as a line, with two standard deviations to both sides; none while it is not known."""
    found = plan.spread
    if found is None:
        return None
    dose = 100 + found.shift.to(PERCENT).value
    reach = REACH * found.batch.to(PERCENT).rounded(9) * dose / 100
    low, high = (bound.value.to(PERCENT).value for bound in (limits.DOSE_LOW, limits.DOSE_HIGH))
    axis = _Axis((low, high, dose - reach, dose + reach))
    middle = Fraction(TOP + BOTTOM) / 2
    start, end = axis(dose - reach), axis(dose + reach)
    facts = {"dose": figure_said(Figure(dose, PERCENT)), "batch": root_share(found.batch)["text"]}
    facts |= {"low": _percent(low), "high": _percent(high), "from": _percent(axis.low)}
    return Picture(
        "spread",
        said.SPREAD_TITLE.format(**facts),
        said.SPREAD.format(**facts),
        HEIGHT,
        bars=(bar("open", start, middle - Fraction(THICK, 2), end - start, THICK),) if reach else (),
        lines=(
            *axis.marks(),
            *(Line("bound", place(axis(at)), place(TOP), place(BOTTOM)) for at in (low, high)),
            Line("dose", place(axis(dose)), place(middle - THICK), place(middle + THICK)),
        ),
        words=(*axis.words((low, high)), *(words(axis(at), TOP - 6, _percent(at), "middle") for at in (low, high))),
    )


class _Axis:
    """Per cent of the dose along the width of the drawing."""

    def __init__(self, shown: tuple[Fraction, ...]) -> None:
        self.low, self.high = Fraction(floor(min(shown)) - MARGIN), Fraction(ceil(max(shown)) + MARGIN)
        step = next((step for step in STEPS if (self.high - self.low) / step <= MOST_MARKS), STEPS[-1])
        first = ceil(self.low / step)
        self.at = [Fraction(step * number) for number in range(first, floor(self.high / step) + 1)]

    def __call__(self, percent: Fraction) -> Fraction:
        return LEFT + INSET + (percent - self.low) / (self.high - self.low) * (ROOM - 2 * INSET)

    def marks(self) -> tuple[Line, ...]:
        return tuple(Line("grid", place(self(at)), place(TOP), place(BOTTOM)) for at in self.at)

    def words(self, said_above: tuple[Fraction, ...]) -> tuple[Words, ...]:
        under = (at for at in self.at if at not in said_above)
        return tuple(words(self(at), BOTTOM + 16, _percent(at), "middle") for at in under)


def _percent(value: Fraction) -> str:
    return figures.plain(Figure(value, PERCENT))
