"""A plot of the dots of a check against its limits, to scale; every place is decided before it is drawn.

Places are finished texts in the units of the drawing, written down by a template; the drawing is described in words,
too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from calc import limits
from calc.arithmetic import notation
from calc.arithmetic.units import PERCENT, Figure, figure
from calc.checks.contract import UniformityAnswer, WeightsAnswer
from calc.checks.uniformity import UniformityChecked
from calc.checks.weights import WeightsChecked
from calc.pictures.drawing import sides
from calc.wording import checks as words
from calc.wording.figures import said

WIDTH, LEFT, RIGHT = 360, 40, 24
TOP, ROW, FOOT = 36, 11, 26
#: In per cent: the margin of the axis on either side of the values shown, and the bounds it never exceeds.
MARGIN, FLOOR, CEILING = Fraction(3), Fraction(-20), Fraction(250)
STEPS, MOST_TICKS = (1, 2, 5, 10, 20, 25, 50), 7
#: Names of two limits nearer than this are set outside of them, so that they do not overlap.
APART = 42


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the drawing and its label; `anchor` is the part of the label that is set at `x`."""

    x: str
    y: str
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the axis."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One capsule or unit: its place and number, whether it is out, and the end of the axis it lies beyond, if any."""

    x: str
    y: str
    number: int
    out: bool
    beyond: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything drawn, in the units of the drawing, and its description."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    inside: int
    mean_top: int
    title: str
    text: str
    band: Bar
    mean_band: Bar | None
    spread: Bar | None
    mean: Bar
    ticks: tuple[Mark, ...]
    lines: tuple[Mark, ...]
    rows: tuple[Mark, ...]
    dots: tuple[Dot, ...]


#: A line by its value, its name, and the level of the name; two are at level 1, the low limit and the high one.
_Named = tuple[Fraction, str, int]


class _Axis:
    """The axis: per cent along the width of the drawing."""

    def __init__(self, shown: Iterable[Fraction]) -> None:
        inside = [min(max(value, FLOOR), CEILING) for value in shown]
        self.low, self.high = min(inside) - MARGIN, max(inside) + MARGIN

    def __call__(self, percent: Fraction) -> str:
        at = (min(max(percent, self.low), self.high) - self.low) / (self.high - self.low)
        return notation.trimmed(notation.fixed(LEFT + at * (WIDTH - LEFT - RIGHT), 2))

    def bar(self, low: Fraction, high: Fraction) -> Bar:
        start, end = Fraction(self(low)), Fraction(self(high))
        return Bar(self(low), notation.trimmed(notation.fixed(end - start, 2)))

    def beyond(self, percent: Fraction) -> str:
        return "low" if percent < self.low else "high" if percent > self.high else ""

    def ticks(self) -> list[tuple[Fraction, str]]:
        step = next(step for step in STEPS if (self.high - self.low) / step <= MOST_TICKS)
        return [(Fraction(n * step), f"{n * step}") for n in range(ceil(self.low / step), floor(self.high / step) + 1)]

    def lines(self, lines: Sequence[_Named]) -> Iterator[Mark]:
        """Yield the names over lines: those of the two limits above the others, set outside if they are near."""
        low, high = (Fraction(self(value)) for value, _, level in lines if level)
        anchors = iter(sides(low, high, APART))
        for value, label, level in lines:
            yield Mark(self(value), str(TOP - 6 - 14 * level), label, next(anchors) if level else "middle")


def plot_weights(checked: WeightsChecked, shown: WeightsAnswer) -> Plot:
    """Return the fills in per cent of the theoretical fill between their limits, the mean between its own."""
    texts = [fill["share"]["text"] for fill in shown["fills"]]
    shares = [_percent(capsule.share) for capsule in checked.capsules]
    low, high = _percent(limits.CAPSULE_BAND_LOW.value), _percent(limits.CAPSULE_BAND_HIGH.value)
    mean_low, mean_high = _percent(limits.MEAN_FILL_LOW.value), _percent(limits.MEAN_FILL_HIGH.value)
    axis = _Axis([*shares, low, high])
    mean = _percent(checked.mean_share)
    text = words.WEIGHTS_PLOT.format(
        count=len(shares),
        least=texts[shares.index(min(shares))],
        most=texts[shares.index(max(shares))],
        low=_said(low),
        high=_said(high),
        out=_out(checked.out),
        mean=shown["mean_share"]["text"],
        mean_low=_said(mean_low),
        mean_high=_said(mean_high),
        mean_out=words.WITHIN if checked.mean_ok else words.NOT_WITHIN,
    )
    lines = [(low, _said(low), 1), (Fraction(100), _said(Fraction(100)), 0), (high, _said(high), 1)]
    return _plot(
        axis,
        shares,
        checked.out,
        mean,
        lines,
        axis.bar(low, high),
        mean_band=axis.bar(mean_low, mean_high),
        title=words.OF_THEORETICAL,
        text=text,
    )


def plot_contents(checked: UniformityChecked, shown: UniformityAnswer) -> Plot:
    """Return the contents in per cent of the label, and the mean with k standard deviations against M and its limit."""
    texts = [unit["content"]["text"] for unit in shown["units"]]
    contents = [_percent(unit.content) for unit in checked.units]
    mean, reference, limit = _percent(checked.mean), _percent(checked.reference), limits.ACCEPTANCE_VALUE.value.value
    spread = checked.value.to(PERCENT).rounded(6) - abs(reference - mean)
    low, high, bar = reference - limit, reference + limit, (mean - spread, mean + spread)
    single = [] if checked.unit_limits is None else [_percent(bound) for bound in checked.unit_limits]
    axis = _Axis([*contents, low, high, *bar, *single])
    text = words.CONTENTS_PLOT.format(
        count=len(contents),
        least=texts[contents.index(min(contents))],
        most=texts[contents.index(max(contents))],
        mean=shown["mean"]["text"],
        reference=shown["reference_value"]["text"],
        value=shown["acceptance_value"]["text"],
        low=_said(low),
        high=_said(high),
        within=words.WITHIN if checked.within else words.NOT_WITHIN,
    )
    names = [(low, words.M_LOW, 1), (reference, words.M, 0), (high, words.M_HIGH, 1)]
    if single:
        text += words.UNITS_PLOT.format(low=_said(single[0]), high=_said(single[1]), out=_out(checked.out))
        names += [(single[0], words.UNIT_LOW, 0), (single[1], words.UNIT_HIGH, 0)]
    if any(map(axis.beyond, bar)):
        text += words.BAR_BEYOND
    return _plot(
        axis,
        contents,
        checked.out,
        mean,
        names,
        axis.bar(low, high),
        spread=axis.bar(*bar),
        title=words.OF_LABEL,
        text=text,
    )


def _plot(
    axis: _Axis,
    values: Sequence[Fraction],
    out: Sequence[int],
    mean: Fraction,
    lines: Sequence[_Named],
    band: Bar,
    *,
    title: str,
    text: str,
    mean_band: Bar | None = None,
    spread: Bar | None = None,
) -> Plot:
    bottom = TOP + ROW * (len(values) + 3)
    dots = tuple(
        Dot(axis(value), str(TOP + ROW * number), number, number in out, axis.beyond(value))
        for number, value in enumerate(values, start=1)
    )
    numbered = [number for number in range(1, len(values) + 1) if number == 1 or number % 5 == 0]
    return Plot(
        width=WIDTH,
        height=bottom + FOOT,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        bottom=bottom,
        inside=bottom - TOP,
        mean_top=bottom - ROW - 8,
        title=title,
        text=text + (words.BEYOND if any(dot.beyond for dot in dots) else ""),
        band=band,
        mean_band=mean_band,
        spread=spread,
        mean=Bar(notation.trimmed(notation.fixed(Fraction(axis(mean)) - 1, 2)), "2"),
        ticks=tuple(Mark(axis(value), str(bottom + 18), label) for value, label in axis.ticks()),
        lines=tuple(axis.lines(lines)),
        rows=(
            *(Mark(str(LEFT - 8), str(TOP + ROW * number + 4), str(number)) for number in numbered),
            Mark(str(LEFT - 8), str(bottom - ROW + 4), words.MEAN),
        ),
        dots=dots,
    )


def _percent(part: Figure) -> Fraction:
    return part.to(PERCENT).value


def _said(percent: Fraction) -> str:
    return said(figure(percent, PERCENT))


def _out(numbers: Sequence[int]) -> str:
    return words.OUT.format(numbers=words.numbers_said(numbers)) if numbers else words.NONE_OUT
