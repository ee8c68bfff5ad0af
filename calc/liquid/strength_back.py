"""The strength of a liquid computed back from what was weighed and measured at the bench."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calc.arithmetic.units import ML, TABLET, Figure, figure
from calc.liquid.plan import LiquidPlan
from calc.planning.basis import as_ordered
from calc.planning.bench import BenchCode, BenchStep
from calc.planning.bench_entries import AtBench
from calc.planning.bench_judged import Back
from calc.planning.bench_used import Used
from calc.rules import liquids as rules


def strengths_back(plan: LiquidPlan, steps: Sequence[BenchStep], at_bench: AtBench) -> Iterator[Back]:
    """Yield the strength by what was weighed and measured; nothing before the first of it was typed."""
    used = Used(steps, at_bench)
    measured = used.entry(BenchCode.TO_VOLUME)
    volume = plan.order.volume.to(ML) if measured is None else measured
    strength = _strength(plan, used, volume)
    if strength is None or not used.typed:
        return
    deviation = rules.strength_deviation(strength, plan.strength_as_labeled)
    found = as_ordered(plan.order, plan.drug, strength, rules.strength_in_form)
    yield Back(found, deviation, by_fill=False, open=used.open or measured is None)


def _strength(plan: LiquidPlan, used: Used, volume: Figure) -> Figure | None:
    source = plan.source
    tablets, strength = source.tablets, source.strength
    if tablets is not None and plan.whole_tablets:
        return rules.strength_of_whole_tablets(figure(tablets.number, TABLET), tablets.strength, volume)
    crushed = None
    if tablets is not None:
        of_tablets = used.tablets(tablets)
        strength, crushed = (None, None) if of_tablets is None else of_tablets
    if source.all_used:
        portion = used.entry(BenchCode.RECOVERED) or crushed
    else:
        portion = used.mass(BenchCode.PORTION, boat=BenchCode.PORTION_BOAT)
    if strength is None or portion is None:
        return None
    return rules.strength_of_bulk_portion(strength, portion, volume)
