"""The additions of a blend by what was weighed out for it, which is seldom just what was planned."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from calc.arithmetic.units import MG, Figure
from calc.planning.bench_codes import BenchCode
from calc.record.batch import figures
from calc.record.batch.state import BatchState
from calc.web.record.batches.names import Names
from calc.wording.bench_targets import RUNG_TOTAL


class Addition(NamedTuple):
    """What is added at one step, and what is in the mortar then."""

    target: str
    total: str


def additions(state: BatchState, names: Names) -> Mapping[str, Addition]:
    """Return the additions of the blend by the powder and the diluent weighed out, by step.

    Each doubles what is in the mortar, and the last brings the rest. None before both were weighed, none of a blend
    with other ingredients, and none where the plan's number of additions does not fit what was weighed.
    """
    rungs = [target.step for target in state.targets if target.code is BenchCode.RUNG]
    weighed = [state.entries.get(code.value) for code in (BenchCode.PORTION, BenchCode.DILUENT)]
    masses = [each.actual.to(MG).value for each in weighed if each is not None and each.actual is not None]
    if not rungs or state.order.get("ingredients") or len(masses) < len(weighed):
        return {}

    def said(mass: Fraction) -> str:
        return names.amount(figures.written(Figure(mass, MG)))

    inside, whole = masses[0], masses[0] + masses[1]
    found = {BenchCode.BEGIN_BLEND.value: Addition(said(inside), "")}
    for step in rungs[:-1]:
        found[step] = Addition(said(inside), RUNG_TOTAL.format(total=said(2 * inside)))
        inside *= 2
    rest = whole - inside
    if not 0 < rest <= inside:
        return {}
    found[rungs[-1]] = Addition(said(rest), RUNG_TOTAL.format(total=said(whole)))
    return found
