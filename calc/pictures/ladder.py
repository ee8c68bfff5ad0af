"""A picture of geometric dilution as growing bars: the powder in the mortar and each addition to it."""

from __future__ import annotations

from fractions import Fraction

from calc.answers.parts import Writer
from calc.arithmetic.units import MG, Figure
from calc.capsule.plan import Plan
from calc.pictures.drawing import LEFT, RIGHT, ROOM, WIDTH, Bar, Picture, Words, bar, words
from calc.wording import pictures as said

ROW, THICK, TOP = 38, 14, 16


def ladder(plan: Plan) -> Picture | None:
    """Draw a bar for the first powder in the mortar and one for each addition; None if nothing is added."""
    if not plan.ladder:
        return None
    write = Writer(plan.order.balance.readability)
    final = _mg(plan.ladder[-1].total)
    first = _mg(plan.ladder[0].total) - _mg(plan.ladder[0].add)
    begin = said.ALIQUOT if plan.triturations else said.PORTION
    begin = begin.format(mass=write.on_balance(Figure(first, MG))["text"])
    bars, texts = list(_row(0, first, Fraction(0), final)), list(_said(0, begin, ""))
    for index, rung in enumerate(plan.ladder, start=1):
        add, total = _mg(rung.add), _mg(rung.total)
        bars += _row(index, total - add, add, final)
        added = said.ADD.format(mass=write.on_balance(rung.add)["text"])
        texts += _said(index, added, said.TOTAL.format(mass=write.on_balance(rung.total)["text"]))
    last = write.on_balance(plan.ladder[-1].total)["text"]
    steps = said.STEPS_ONE if len(plan.ladder) == 1 else said.STEPS.format(steps=len(plan.ladder))
    return Picture(
        "ladder",
        said.LADDER_TITLE,
        said.LADDER.format(steps=steps, total=last),
        TOP + ROW * len(plan.ladder) + THICK + 4,
        bars=tuple(bars),
        words=tuple(texts),
    )


def _row(index: int, inside: Fraction, add: Fraction, whole: Fraction) -> tuple[Bar, ...]:
    y, filled = TOP + ROW * index, inside / whole * ROOM
    bars = [bar("filled", LEFT, y, filled, THICK)] if inside else []
    return (*bars, *([bar("open", LEFT + filled, y, add / whole * ROOM, THICK)] if add else []))


def _said(index: int, text: str, total: str) -> tuple[Words, ...]:
    y = TOP + ROW * index - 5
    return (words(LEFT, y, text), *([words(WIDTH - RIGHT, y, total, "end")] if total else []))


def _mg(mass: Figure) -> Fraction:
    return mass.to(MG).value
