"""Labels on lines that rise from an axis, like flags: none lies over another, or over the line of another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

#: The room between a line and its own label, between two labels, and between a label and the line of another.
BESIDE, APART, CLEAR = 4, 8, 2
#: The parts of a unit of the drawing that places are given in here.
FINE = 1000
#: For more lines than these, labels stand on the left wherever they can.
MOST_TRIED = 6


def flags(lines: Sequence[tuple[int, int]], width: int) -> tuple[tuple[bool, int], ...] | None:
    """Return the side of each label and its row, for lines in order, each as its place and the width of its label.

    Places are in parts of a unit, `FINE`. True is the right side; row 0 is the lowest. The fewest rows are taken. None
    if labels do not fit within the width.

    >>> of = lambda *places: flags([(place * FINE, 30 * FINE) for place in places], 200 * FINE)
    >>> of(100), of(100, 104), of(100, 104, 108), of(10, 14, 18)
    (((True, 0),), ((False, 0), (True, 0)), ((False, 0), (True, 1), (True, 0)), ((True, 2), (True, 1), (True, 0)))
    """
    spans = [tuple(_span(at, wide, right=right) for right in SIDES) for at, wide in lines]
    choices = [
        tuple(right for right in (True, False) if of_line[right][0] >= 0 and of_line[right][1] <= width)
        for of_line in spans
    ]
    if len(lines) > MOST_TRIED:
        choices = [(False,) if False in sides else sides for sides in choices]
    pairs = [(one, other, _higher(lines, spans, one, other)) for other in range(len(lines)) for one in range(other)]
    best: tuple[tuple[bool, int], ...] | None = None
    fewest = 0, 0
    for sides in product(*choices):
        rows = _rows(sides, pairs)
        if rows is not None and (best is None or (max(rows, default=0), sum(rows)) < fewest):
            best, fewest = tuple(zip(sides, rows, strict=True)), (max(rows, default=0), sum(rows))
    return best


SIDES = (False, True)
#: Which of two labels must stand in a higher row: neither, the first, the second, or each of them, which cannot be.
NEITHER, FIRST, SECOND, BOTH = range(4)
_Spans = Sequence[tuple[tuple[int, int], ...]]


def _span(at: int, wide: int, *, right: bool) -> tuple[int, int]:
    """Return where a label begins and ends."""
    low = at + BESIDE * FINE if right else at - BESIDE * FINE - wide
    return low, low + wide


def _higher(lines: Sequence[tuple[int, int]], spans: _Spans, one: int, other: int) -> tuple[tuple[int, ...], ...]:
    """Return which of two labels must be higher, by the side of the one and of the other."""
    return tuple(
        tuple(
            _over(lines[one][0], lines[other][0], spans[one][one_right], spans[other][other_right])
            for other_right in SIDES
        )
        for one_right in SIDES
    )


def _over(one: int, other: int, one_span: tuple[int, int], other_span: tuple[int, int]) -> int:
    """A label over the line of another is higher than its label; two that would overlap stand in two rows."""
    first = one_span[0] - CLEAR * FINE < other < one_span[1] + CLEAR * FINE
    second = other_span[0] - CLEAR * FINE < one < other_span[1] + CLEAR * FINE
    if first and second:
        return BOTH
    if first:
        return FIRST
    apart = other_span[0] >= one_span[1] + APART * FINE or one_span[0] >= other_span[1] + APART * FINE
    return NEITHER if apart and not second else SECOND


def _rows(sides: Sequence[bool], pairs: Sequence[tuple[int, int, tuple[tuple[int, ...], ...]]]) -> list[int] | None:
    """Return the lowest rows in which no label lies over anything; None if there are none."""
    above = []
    for one, other, higher in pairs:
        which = higher[sides[one]][sides[other]]
        if which == BOTH:
            return None
        if which:
            above.append((other, one) if which == FIRST else (one, other))
    rows = [0] * len(sides)
    for _ in range(len(sides) + 1):
        raised = False
        for lower, higher_one in above:
            if rows[higher_one] <= rows[lower]:
                rows[higher_one], raised = rows[lower] + 1, True
        if not raised:
            return rows
    return None
