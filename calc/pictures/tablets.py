"""A picture of the tablets to crush: each of them round, and used as far as its angle is filled."""

from __future__ import annotations

from fractions import Fraction

from calc.answers.figures import share
from calc.arithmetic import notation
from calc.arithmetic.units import RATIO
from calc.capsule.plan import Plan
from calc.pictures.drawing import TURN, Picture, Pie, place
from calc.sheet.names import amount_said, tablets_said
from calc.wording import pictures as said
from calc.wording.figures import Said

#: The width of the drawing, and the largest circle in it with the gap around; the most tablets drawn one by one.
ACROSS, MOST_CELL, GAP, MOST = 144, 48, 2, 40
#: How many stand in a row, by the most that this holds for.
IN_A_ROW = ((3, 3), (4, 4), (10, 5), (21, 7), (MOST, 8))


def tablets(plan: Plan) -> Picture | None:
    """Draw the tablets round, filled by the angle that is used of them; None if the source is bulk powder.

    Equal angles of a circle are equal areas. More than `MOST` are drawn as one that stands for all.
    """
    crushed = plan.powder.tablets
    if crushed is None:
        return None
    part = crushed.share.to(RATIO).value
    one_by_one = crushed.number <= MOST
    number, used = (crushed.number, part * crushed.number) if one_by_one else (1, part)
    columns = next(columns for most, columns in IN_A_ROW if number <= most)
    cell = min(MOST_CELL, ACROSS // columns) if one_by_one else 2 * MOST_CELL
    pies = tuple(
        _pie(index % columns, index // columns, cell, min(max(used - index, Fraction(0)), Fraction(1)))
        for index in range(number)
    )
    facts = {
        "tablets": Said(tablets_said(crushed.number)),
        "used": notation.grouped(notation.counted(part * crushed.number, 4)),
        "share": share(crushed.share)["text"],
        "left": amount_said(plan, crushed.drug_left_over),
    }
    text = said.TABLETS if part < 1 else said.TABLETS_ALL
    if not one_by_one:
        text += said.TABLETS_AS_ONE
    rows = -(-number // columns)
    return Picture("tablets", said.TABLETS_TITLE, text.format(**facts), rows * cell, pies=pies, width=ACROSS)


def _pie(column: int, row: int, cell: int, used: Fraction) -> Pie:
    """Return one tablet in its cell; its used part is the stroke of a circle of half the radius."""
    middle, radius = Fraction(cell, 2), Fraction(cell, 2) - GAP
    return Pie(
        place(middle + column * cell),
        place(middle + row * cell),
        place(radius),
        place(radius / 2),
        int(used * TURN + Fraction(1, 2)),
    )
