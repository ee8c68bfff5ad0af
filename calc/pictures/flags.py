"""Labels on lines that rise from an axis, like flags: none lies over another, or over the line of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

#: The parts of a unit of the drawing that places are given in here.
FINE = 1000
#: The room between a line and its own label, in units; in parts: that between two labels, and between a label and the
#: line of another.
BESIDE, APART, CLEAR = 4, 8 * FINE, 2 * FINE
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
    spans = [_spans(at, wide, width) for at, wide in lines]
    if not all(spans):
        return None
    if len(lines) > MOST_TRIED:
        spans = [{False: of_line[False]} if False in of_line else of_line for of_line in spans]
    pairs = [
        (one, other, _higher(lines[one][0], lines[other][0], spans[one], spans[other]))
        for other in range(len(lines))
        for one in range(other)
    ]
    best: tuple[tuple[bool, int], ...] | None = None
    fewest = 0, 0
    for sides in product(*spans):
        rows = _rows(sides, pairs)
        if rows is not None and (best is None or (max(rows, default=0), sum(rows)) < fewest):
            best, fewest = tuple(zip(sides, rows, strict=True)), (max(rows, default=0), sum(rows))
    return best


#: Which of two labels must stand in a higher row: neither, the first, the second, or each of them, which cannot be.
NEITHER, FIRST, SECOND, BOTH = range(4)
#: Where a label begins and ends, by its side.
_Spans = Mapping[bool, tuple[int, int]]
#: Which of two labels must be higher, by the sides of both.
_Higher = Mapping[tuple[bool, bool], int]


def _spans(at: int, wide: int, width: int) -> _Spans:
    """Return where a label begins and ends on each side on which it fits within the width; first on the right."""
    low, high = at + BESIDE * FINE, at - BESIDE * FINE
    spans = {True: (low, low + wide), False: (high - wide, high)}
    return {right: span for right, span in spans.items() if span[0] >= 0 and span[1] <= width}


def _higher(one: int, other: int, of_one: _Spans, of_other: _Spans) -> _Higher:
    """Return which of two labels must be higher, for the sides on which they fit."""
    return {
        (one_right, other_right): _over(one, other, one_span, other_span)
        for one_right, one_span in of_one.items()
        for other_right, other_span in of_other.items()
    }


def _over(one: int, other: int, one_span: tuple[int, int], other_span: tuple[int, int]) -> int:
    """A label over the line of another is higher than its label; two that would overlap stand in two rows."""
    first = one_span[0] - CLEAR < other < one_span[1] + CLEAR
    second = other_span[0] - CLEAR < one < other_span[1] + CLEAR
    if first and second:
        return BOTH
    if first:
        return FIRST
    apart = other_span[0] >= one_span[1] + APART or one_span[0] >= other_span[1] + APART
    return NEITHER if apart and not second else SECOND


def _rows(sides: Sequence[bool], pairs: Sequence[tuple[int, int, _Higher]]) -> list[int] | None:
    """Return the lowest rows in which no label lies over anything; None if there are none."""
    above = []
    for one, other, higher in pairs:
        which = higher[sides[one], sides[other]]
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
