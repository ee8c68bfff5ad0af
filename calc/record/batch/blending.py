"""The additions of a blend by what was weighed out for it, which is seldom just what was planned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from calc.arithmetic.units import MG, Figure, figure
from calc.planning.bench_codes import BenchCode
from calc.record.batch.state import BatchState
from calc.rules.blending import ladder


class Addition(NamedTuple):
    """What is added at one step, and what is in the mortar then; None at the first, where that is the same."""

    add: Figure
    total: Figure | None = None


def additions(state: BatchState) -> Mapping[str, Addition]:
    """Return the additions of the blend by the powder and the diluent weighed out, by step.

    Each doubles what is in the mortar, and the last brings the rest. None before both were weighed, none of a blend
    with other ingredients, and none where the plan's number of additions does not fit what was weighed.
    """
    rungs = [target.step for target in state.targets if target.code is BenchCode.RUNG]
    weighed = [state.entries.get(code.value) for code in (BenchCode.PORTION, BenchCode.DILUENT)]
    masses = [each.actual.to(MG) for each in weighed if each is not None and each.actual is not None]
    if not rungs or state.order.get("ingredients") or len(masses) < len(weighed):
        return {}
    portion, diluent = masses
    found = [Addition(rung.add, rung.total) for rung in ladder(portion, diluent, figure(0, MG))]
    if len(found) != len(rungs):
        return {}
    return {BenchCode.BEGIN_BLEND.value: Addition(portion), **dict(zip(rungs, found, strict=True))}
