"""A picture of the masses to weigh on a logarithmic line, with the minimum weighable quantity and the ground below."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from calc.answers.parts import Writer, mass_shown
from calc.capsule.plan import Plan
from calc.pictures.axis import ACROSS, FOOT, INSET, MARK, ROW, STEM, Axis, logarithm, named, ticks
from calc.pictures.drawing import LETTER, LETTER_HEIGHT, Line, Mark, Picture, Shape, bar, place, words
from calc.pictures.flags import BESIDE, FINE, flags
from calc.planning.codes import WeighingName
from calc.wording import pictures as said

#: How far the axis is moved to the right, at a time, until every label has its place.
MOVED = 12


def balance(plan: Plan) -> Picture | None:
    """Draw a mark for each known mass of drug and diluent, and a dashed line for the least; None if none is known."""
    write = Writer(plan.order.balance.readability)
    known = [
        (line, line.mass, shown["text"])
        for line in plan.weighings
        if line.name is not WeighingName.INGREDIENT  # as many as eight more have no room
        and line.mass is not None
        and line.mass.value
        and (shown := mass_shown(line, write)) is not None
    ]
    if not known:
        return None
    least = known[0][0].least
    least_said = write.on_balance(least)["text"]
    flagged = [_Flag(logarithm(least), "least", said.MWQ.format(least=least_said))]
    for line, mass, text in known:
        kind = "kept" if mass >= least else "missed"
        flagged.append(_Flag(logarithm(mass), kind, said.MASSES[kind].format(mass=text, name=said.WEIGHED[line.name])))
    missed = sum(flag.kind == "missed" for flag in flagged)
    verdict = (
        said.MISSED[missed == 1].format(missed=missed, weighed=len(known)) if missed else said.KEPT[len(known) == 1]
    )
    return _drawn(sorted(flagged), said.BALANCE.format(verdict=verdict, least=least_said))


class _Flag(NamedTuple):
    """A mass by its power of ten of a mg, its kind, and its label."""

    power: Fraction
    kind: str
    text: str


def _laid_out(flagged: Sequence[_Flag], low: int, high: int) -> tuple[Axis, Sequence[tuple[bool, int]]]:
    """Return the axis on which the labels take the fewest rows, and the side and row of each label.

    It is as wide as it can be, or leaves room for the last label.
    """
    widths = [len(flag.text) * LETTER for flag in flagged]
    found = []
    for right in (INSET, ceil(widths[-1]) + BESIDE):
        for left in range(INSET, ACROSS - right, MOVED):
            axis = Axis(low, left, Fraction(ACROSS - right - left, high - low))
            places = [int(axis(flag.power) * FINE) for flag in flagged]
            sides = flags([(at, int(wide * FINE)) for at, wide in zip(places, widths, strict=True)], ACROSS * FINE)
            if sides is not None:
                found.append((max(row for _, row in sides), axis, sides))
                break
    _, axis, sides = min(found, key=lambda each: each[0])
    return axis, sides


def _drawn(flagged: Sequence[_Flag], text: str) -> Picture:
    """Draw all masses on an axis with their labels above it."""
    low = floor(flagged[0].power)
    high = max(ceil(flagged[-1].power), low + 1)
    axis, sides = _laid_out(flagged, low, high)
    places = [axis(flag.power) for flag in flagged]
    rows = 1 + max(row for _, row in sides)
    level = rows * ROW + STEM
    (powers, multiples), marks = ticks(axis, high, level), []
    lines, texts = [*powers], [*named(axis, high, level)]
    for flag, at, (right, row) in zip(flagged, places, sides, strict=True):
        y = (rows - row) * ROW - 6
        texts.append(words(at + (BESIDE if right else -BESIDE), y, flag.text, "start" if right else "end"))
        least = flag.kind == "least"
        lines.append(
            Line("least" if least else "leader", place(at), place(y - LETTER_HEIGHT), place(level + 6 * least))
        )
        marks += [] if least else [Mark(flag.kind, place(at), place(level - MARK))]
    ground = next(at for flag, at in zip(flagged, places, strict=True) if flag.kind == "least")
    return Picture(
        "balance",
        said.BALANCE_TITLE,
        text,
        level + FOOT,
        bars=(bar("ground", 0, level - STEM + 2, ground, STEM - 2),),
        shapes=(Shape("axis", f"M0 {level}H{ACROSS}"), *multiples),
        lines=tuple(lines),
        marks=tuple(marks),
        words=tuple(texts),
        width=ACROSS,
    )
