"""The dose, or the strength, of a batch computed back from what was weighed, as at the bench: exactly."""

from __future__ import annotations

from collections.abc import Mapping

from calc.capsule.plan import Plan
from calc.capsule.planning.dose_back import doses_back
from calc.library import Library
from calc.liquid.strength_back import strengths_back
from calc.planning.bench_codes import BenchCode
from calc.planning.bench_entries import AtBench, TypedEntry
from calc.planning.bench_judged import Back, BackState, with_mass
from calc.record.batch import figures
from calc.record.batch.planned import plan_batch
from calc.record.batch.state import BatchState, Entry
from calc.record.envelope import Event

_WORST_FIRST = BackState.STOP, BackState.DEVIATION, BackState.NOTICE, BackState.IN


def at_bench_of(entries: Mapping[str, Entry], made_as: Event | None = None) -> AtBench:
    """Return what was weighed and counted in a batch, with the mean fill that its signing as made tells."""
    amounts = {step: (entry.actual,) for step, entry in entries.items() if entry.actual is not None}
    mean = None if made_as is None else figures.read_or_none(made_as.data["mean_fill"])
    if mean is not None:
        amounts[BenchCode.MEAN_FILL] = (mean,)
    return AtBench({step: TypedEntry(done=True) for step in amounts}, amounts, batch=frozenset(entries))


def back_of(state: BatchState, library: Library) -> tuple[Back, ...]:
    """Return the dose by the masses, and by the mean fill once that is known; nothing before the first mass of drug."""
    planned, at_bench = plan_batch(state.order, library), at_bench_of(state.entries, state.made_as)
    steps = with_mass(planned.steps, at_bench)
    if isinstance(planned.plan, Plan):
        return tuple(doses_back(planned.plan, steps, at_bench))
    return tuple(strengths_back(planned.plan, steps, at_bench))


def worst(found: tuple[Back, ...]) -> BackState | None:
    """Return how far the dose is off at worst; None if nothing can be computed back."""
    states = {back.state for back in found}
    return next((state for state in _WORST_FIRST if state in states), None)


def is_stopped(state: BatchState, library: Library) -> bool:
    """Return True if the dose is further off than is mixed, or released untested."""
    return worst(back_of(state, library)) is BackState.STOP
