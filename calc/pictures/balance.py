"""A picture of the masses to weigh on a logarithmic line, with the minimum weighable quantity and the ground below."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from calc.answers.parts import mass_shown
from calc.answers.writer import Writer
from calc.capsule.plan import Plan
from calc.pictures.axis import ACROSS, FOOT, INSET, MARK, ROW, STEM, Axis, logarithm, named, powers_around, ticks
from calc.pictures.drawing import LETTER, LETTER_HEIGHT, Bar, Line, Mark, Picture, Shape, Words, place
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
    """A mass by its logarithm, its kind, and its label."""

    power: int
    kind: str
    text: str


def _laid_out(flagged: Sequence[_Flag], low: int, high: int) -> tuple[Axis, Sequence[tuple[bool, int]]]:
    """Return the axis on which the labels take the fewest rows, and the side and row of each label.

    It is as wide as it can be, or leaves room for the last label.
    """
    widths = [int(len(flag.text) * LETTER * FINE) for flag in flagged]
    found = []
    for right in (INSET, ceil(len(flagged[-1].text) * LETTER) + BESIDE):
        for left in range(INSET, ACROSS - right, MOVED):
            axis = Axis(low, high, left, ACROSS - right - left)
            places = [above * FINE // below for above, below in (axis(flag.power) for flag in flagged)]
            sides = flags(list(zip(places, widths, strict=True)), ACROSS * FINE)
            if sides is not None:
                found.append((max(row for _, row in sides), axis, sides))
                break
    _, axis, sides = min(found, key=lambda each: each[0])
    return axis, sides


def _drawn(flagged: Sequence[_Flag], text: str) -> Picture:
    """Draw all masses on an axis with their labels above it."""
    axis, sides = _laid_out(flagged, *powers_around(flag.power for flag in flagged))
    rows = 1 + max(row for _, row in sides)
    level = rows * ROW + STEM
    (powers, multiples), marks = ticks(axis, level), []
    lines, texts = [*powers], [*named(axis, level)]
    for flag, (right, row) in zip(flagged, sides, strict=True):
        at, y = axis.place(flag.power), (rows - row) * ROW - 6
        beside = axis.place(flag.power, BESIDE if right else -BESIDE)
        texts.append(Words("start" if right else "end", beside, place(y), flag.text))
        least = flag.kind == "least"
        lines.append(Line("least" if least else "leader", at, place(y - LETTER_HEIGHT), place(level + 6 * least)))
        marks += [] if least else [Mark(flag.kind, at, place(level - MARK))]
    ground = next(axis.place(flag.power) for flag in flagged if flag.kind == "least")
    return Picture(
        "balance",
        said.BALANCE_TITLE,
        text,
        level + FOOT,
        bars=(Bar("ground", "0", place(level - STEM + 2), ground, place(STEM - 2)),),
        shapes=(Shape("axis", f"M0 {level}H{ACROSS}"), *multiples),
        lines=tuple(lines),
        marks=tuple(marks),
        words=tuple(texts),
        width=ACROSS,
    )
