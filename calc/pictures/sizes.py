"""A picture of the fill of each capsule size: the same powder in all, and the diluent that each needs."""

from __future__ import annotations

from fractions import Fraction

from calc.answers.writer import Writer
from calc.arithmetic.units import MG_PER_CAPSULE, Figure
from calc.capsule.plan import Plan, SizeRow
from calc.pictures.drawing import LEFT, ROOM, Bar, Picture, bar, words
from calc.planning.codes import FillRule
from calc.wording import pictures as said

ROW, THICK, TOP = 38, 14, 16


def sizes(plan: Plan) -> Picture | None:
    """Draw a bar for each size that holds the powder; None if sizes are not compared."""
    powder, fills = plan.fill.powder_per_capsule, [row.fill_mass for row in plan.sizes if row.fill_mass is not None]
    if powder is None or not fills:
        return None
    write = Writer(plan.order.balance.readability)
    most = max(fill.to(MG_PER_CAPSULE).value for fill in fills)
    bars: list[Bar] = []
    texts, of_powder = [], _width(powder, most)
    for index, row in enumerate(plan.sizes):
        y, estimate = TOP + ROW * index, _estimated(plan, row)
        chosen = row.size == plan.order.capsule.size
        texts.append(words(LEFT, y - 5, _said(row, write, chosen=chosen, estimate=estimate)))
        if row.fill_mass is not None:
            bars += _row(y, of_powder, _width(row.fill_mass, most), "hatched" if estimate else "open")
    measured = any(not _estimated(plan, row) for row in plan.sizes)
    facts = {"powder": write.of_capsule(powder)["text"]}
    return Picture(
        "sizes",
        said.SIZES_TITLE,
        (said.SIZES if measured else said.SIZES_ESTIMATED).format(**facts),
        TOP + ROW * (len(plan.sizes) - 1) + THICK + 4,
        estimate=True,
        bars=tuple(bars),
        words=tuple(texts),
    )


def _estimated(plan: Plan, row: SizeRow) -> bool:
    """Return True if the fill of a size is an estimate, as it always is for sizes that were not chosen."""
    return row.size != plan.order.capsule.size or plan.fill.rule is FillRule.ESTIMATE


def _said(row: SizeRow, write: Writer, *, chosen: bool, estimate: bool) -> str:
    name = (said.SIZE_CHOSEN if chosen else said.SIZE).format(size=row.size)
    if row.fill_mass is None:
        return said.SIZE_TOO_SMALL.format(name=name)
    text = said.SIZE_ESTIMATE if estimate else said.SIZE_FILL
    return text.format(name=name, fill=write.of_capsule(row.fill_mass)["text"])


def _width(mass: Figure, most: Fraction) -> Fraction:
    return mass.to(MG_PER_CAPSULE).value / most * ROOM


def _row(y: int, powder: Fraction, total: Fraction, kind: str) -> tuple[Bar, ...]:
    beside = [bar(kind, LEFT + powder, y, total - powder, THICK)] if total > powder else []
    return (bar("filled", LEFT, y, powder, THICK), *beside)
