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
    choices = [
        tuple(right for right in (True, False) if 0 <= _span(at, wide, right=right)[0] <= width - wide)
        for at, wide in lines
    ]
    if len(lines) > MOST_TRIED:
        choices = [(False,) if False in sides else sides for sides in choices]
    best: tuple[tuple[bool, int], ...] | None = None
    fewest = 0, 0
    for sides in product(*choices):
        rows = _rows(lines, sides)
        if rows is not None and (best is None or (max(rows, default=0), sum(rows)) < fewest):
            best, fewest = tuple(zip(sides, rows, strict=True)), (max(rows, default=0), sum(rows))
    return best


def _span(at: int, wide: int, *, right: bool) -> tuple[int, int]:
    """Return where a label begins and ends."""
    low = at + BESIDE * FINE if right else at - BESIDE * FINE - wide
    return low, low + wide


def _rows(lines: Sequence[tuple[int, int]], sides: Sequence[bool]) -> list[int] | None:
    """Return the lowest rows in which no label lies over anything; None where two would each have to be the higher."""
    spans = [_span(at, wide, right=right) for (at, wide), right in zip(lines, sides, strict=True)]
    above: list[tuple[int, int]] = []
    for lower, (at, _) in enumerate(lines):
        for higher, (low, high) in enumerate(spans):
            if lower != higher and low - CLEAR * FINE < at < high + CLEAR * FINE:
                above.append((lower, higher))
    for one, (low, high) in enumerate(spans):
        for other in range(one + 1, len(spans)):
            apart = spans[other][0] >= high + APART * FINE or low >= spans[other][1] + APART * FINE
            if not apart and (other, one) not in above:
                above.append((one, other))
    rows = [0] * len(lines)
    for _ in range(len(lines) + 1):
        raised = [pair for pair in above if rows[pair[1]] <= rows[pair[0]]]
        if not raised:
            return rows
        for lower, higher in raised:
            rows[higher] = rows[lower] + 1
    return None
