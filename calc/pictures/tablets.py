"""A picture of the tablets to crush, side by side, and of the share of them that goes into the capsules."""

from __future__ import annotations

from fractions import Fraction

from calc.answers.figures import share
from calc.arithmetic.units import RATIO
from calc.capsule.plan import Plan
from calc.pictures.drawing import LEFT, ROOM, Bar, Picture, bar
from calc.planning.parts import Tablets
from calc.sheet.names import tablets_said
from calc.wording import pictures as said

#: Tablets in a row, the longest side of one, the gap, and the most drawn one by one; more become one bar.
IN_A_ROW, MOST_SIDE, GAP, MOST = 10, 60, 4, 40


def tablets(plan: Plan) -> Picture | None:
    """Draw the tablets as squares, filled as far as they are used; None if the source is bulk powder."""
    crushed = plan.powder.tablets
    if crushed is None:
        return None
    used = crushed.share.to(RATIO).value * crushed.number
    one_by_one = crushed.number <= MOST
    columns = min(crushed.number, IN_A_ROW)
    side = min(MOST_SIDE, ROOM // columns - GAP) if one_by_one else MOST_SIDE // 2
    bars = _one_by_one(crushed, used, columns, side) if one_by_one else _one_bar(crushed, side)
    rows = -(-crushed.number // columns) if one_by_one else 1
    facts = {"tablets": tablets_said(crushed.number), "share": share(crushed.share)["text"]}
    text = said.TABLETS_ALL if used == crushed.number else said.TABLETS
    return Picture("tablets", said.TABLETS_TITLE, text.format(**facts), rows * (side + GAP) + GAP, bars=bars)


def _one_by_one(of: Tablets, used: Fraction, columns: int, side: int) -> tuple[Bar, ...]:
    bars = []
    for index in range(of.number):
        row, column = divmod(index, columns)
        x, y = LEFT + column * (side + GAP), GAP + row * (side + GAP)
        part = min(max(used - index, Fraction(0)), Fraction(1))
        bars += [bar("filled", x, y, part * side, side)] if part else []
        bars.append(bar("outline", x, y, side, side))
    return tuple(bars)


def _one_bar(of: Tablets, side: int) -> tuple[Bar, ...]:
    part = of.share.to(RATIO).value
    return bar("filled", LEFT, GAP, part * ROOM, side), bar("outline", LEFT, GAP, ROOM, side)
