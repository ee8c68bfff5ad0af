"""The steps of geometric dilution as bars of one scale: what is in the mortar, and what is added to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from calc.answers.writer import Writer
from calc.arithmetic import notation
from calc.arithmetic.units import MG, Figure
from calc.capsule.plan import Plan
from calc.planning.bench import BenchCode
from calc.wording import pictures as said

#: The whole blend, in the parts that the bars are measured in.
WHOLE = 1000


@dataclass(frozen=True, slots=True)
class MortarStep:
    """One blending step: the parts of the whole blend in the mortar and added, in `WHOLE`, and both in words.

    `key` is that of the step at the bench, beside which it is drawn.
    """

    key: str
    inside: int
    added: int
    text: str


@dataclass(frozen=True, slots=True)
class Mortar:
    """All blending steps in their order, by the keys of their steps at the bench, and what the bars say together."""

    steps: dict[str, MortarStep]
    text: str


def mortar(plan: Plan) -> Mortar | None:
    """Draw a bar for the first powder in the mortar and one for each addition; None if nothing is added."""
    if not plan.ladder:
        return None
    write = Writer(plan.order.balance.readability)
    total = write.on_balance(plan.ladder[-1].total)["text"]
    return Mortar({step.key: step for step in _steps(plan, write)}, said.MORTAR.format(total=total))


def _steps(plan: Plan, write: Writer) -> Iterator[MortarStep]:
    whole = _mg(plan.ladder[-1].total)
    first = _mg(plan.ladder[0].total) - _mg(plan.ladder[0].add)
    facts = {"whole": write.on_balance(plan.ladder[-1].total)["text"]}
    begin = said.MORTAR_BEGIN.format(total=write.on_balance(Figure(first, MG))["text"], **facts)
    yield MortarStep(BenchCode.BEGIN_BLEND.value, _parts(first, whole), 0, begin)
    for number, rung in enumerate(plan.ladder, start=1):
        inside = _parts(_mg(rung.total) - _mg(rung.add), whole)
        texts = {"add": write.on_balance(rung.add)["text"], "total": write.on_balance(rung.total)["text"]}
        text = said.MORTAR_STEP.format(**texts, **facts)
        yield MortarStep(f"{BenchCode.RUNG.value}-{number}", inside, _parts(_mg(rung.total), whole) - inside, text)


def _parts(mass: Fraction, whole: Fraction) -> int:
    """Return a mass in parts of the whole blend; some powder is never nothing."""
    parts = notation.half_up(mass.numerator * whole.denominator * WHOLE, mass.denominator * whole.numerator)
    return max(parts, 1) if mass else 0


def _mg(mass: Figure) -> Fraction:
    return mass.to(MG).value
