"""A picture of the masses to weigh against the least weighable quantity, on a logarithmic axis."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from math import ceil, floor

from calc.answers.parts import Writer, mass_shown
from calc.arithmetic import notation
from calc.arithmetic.units import MG, Figure, G, Unit
from calc.capsule.plan import Plan
from calc.pictures.drawing import LEFT, ROOM, Line, Mark, Picture, Words, place, words
from calc.wording import WEIGHINGS
from calc.wording import pictures as said
from calc.wording.figures import said as figure_said

ROW, TOP, FOOT = 34, 30, 22
#: Room at both ends of the axis for the words below them.
INSET = 34
#: Digits of a logarithm, far more than a drawing shows; a context of our own, so no thread's settings change it.
LOGARITHMS = Context(prec=12)


def balance(plan: Plan) -> Picture | None:
    """Draw a mark for each known mass, with its least weighable quantity; None if no mass is known."""
    write = Writer(plan.order.balance.readability)
    known = [
        (line, line.mass, shown)
        for line in plan.weighings
        if line.mass is not None and line.mass.value and (shown := mass_shown(line, write)) is not None
    ]
    if not known:
        return None
    axis = _Axis([mass for line, mass, _ in known for mass in (mass, line.least)])
    bottom = TOP + ROW * len(known)
    marks, texts, lines = [], [*axis.words(bottom + FOOT - 6)], [*axis.lines(TOP - 14, bottom)]
    for index, (line, mass, shown) in enumerate(known):
        y, least = TOP + ROW * index, line.least
        kept = mass >= least
        marks.append(Mark("kept" if kept else "missed", place(axis(mass)), place(y + 12)))
        lines.append(Line("least", place(axis(least)), place(y + 3), place(y + ROW - 13)))
        text = said.WEIGHED if kept else said.TOO_LITTLE
        texts.append(words(LEFT, y, text.format(name=WEIGHINGS[line.name], mass=shown["text"])))
    return Picture(
        "balance",
        said.BALANCE_TITLE,
        said.BALANCE.format(least=write.on_balance(known[0][0].least)["text"]),
        bottom + FOOT,
        lines=tuple(lines),
        marks=tuple(marks),
        words=tuple(texts),
    )


class _Axis:
    """A logarithmic axis of masses along the width of the drawing."""

    def __init__(self, shown: list[Figure]) -> None:
        self._powers: dict[tuple[int, int, Unit], Fraction] = {}
        powers = [self._power(mass) for mass in shown]
        self.low = floor(min(powers))
        self.high = max(ceil(max(powers)), self.low + 1)
        self._scale = Fraction(ROOM - 2 * INSET, self.high - self.low)
        self._start = LEFT + INSET - self.low * self._scale

    def __call__(self, mass: Figure) -> Fraction:
        return self._at(self._power(mass))

    def _power(self, mass: Figure) -> Fraction:
        key = mass.numerator, mass.denominator, mass.unit
        if key not in self._powers:
            self._powers[key] = _logarithm(mass)
        return self._powers[key]

    def _at(self, power: Fraction) -> Fraction:
        return self._start + power * self._scale

    def lines(self, top: int, bottom: int) -> list[Line]:
        powers = range(self.low, self.high + 1)
        return [Line("grid", place(self._at(Fraction(power))), place(top), place(bottom)) for power in powers]

    def words(self, y: int) -> list[Words]:
        powers = range(self.low, self.high + 1)
        return [
            words(self._at(Fraction(power)), y, _mass_said(Figure(Fraction(10) ** power, MG)), "middle")
            for power in powers
        ]


def _mass_said(mass: Figure) -> str:
    """Write a mass in the unit that needs the fewest digits."""
    in_g = mass.to(G)
    return notation.plain(in_g) if in_g.value >= 1 else figure_said(mass)


def _logarithm(mass: Figure) -> Fraction:
    """Return the decimal logarithm of a mass in mg, to ten digits."""
    value = mass.to(MG).value
    above, below = (LOGARITHMS.log10(Decimal(part)) for part in (value.numerator, value.denominator))
    return Fraction(above) - Fraction(below)
