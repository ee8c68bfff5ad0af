"""A batch signed as made: how much, how it looks, the masses of a sample with the verdict of the check by weight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from calc import limits
from calc.arithmetic.units import CAPSULE, MG, ML, Figure, figure
from calc.capsule.plan import Plan
from calc.capsule.planning.bench import PACKING
from calc.checks.from_order import read_weights
from calc.checks.weights import WeightsChecked, check_weights
from calc.faults import FaultCode, Refused
from calc.library import Library
from calc.planning.bench_codes import BenchCode
from calc.planning.made import capsules_weighed, counts_of, judge_count
from calc.reading.fields import canonical
from calc.record.batch import figures
from calc.record.batch.acts import Make
from calc.record.batch.asking import Asking, Decision
from calc.record.batch.back import is_stopped
from calc.record.batch.checking import held
from calc.record.batch.codes import CHOICES, Why
from calc.record.batch.making import AFTER_MADE
from calc.record.batch.planned import plan_batch
from calc.record.batch.points import RELEASE, is_recorded, missing_at, points_of
from calc.record.batch.provisional import after
from calc.record.batch.state import BatchState, BatchStatus
from calc.record.batch.stock import in_stock, used
from calc.record.batch.together import mean_said
from calc.record.batch.typed import Typed
from calc.record.envelope import Draft
from calc.service.preparations import AnyPlan
from calc.verdicts import Verdict

#: Why the program holds a batch that was made.
BY_COUNT, BY_WEIGHTS, BY_DOSE = "too few were made", "the weights fail", "the dose is off"
#: Steps by which each capsule, and each dose of a liquid, holds what it should.
_EVEN = frozenset({BenchCode.TRITURATION_MIX, BenchCode.END_POINT, BenchCode.DIVIDE, BenchCode.SHAKE})
_MOST_MADE = limits.BENCH_RANGES["count"].high.numerator


class _Weighed(NamedTuple):
    """The check by weight of a sample: its verdict and the mean fill; both None of a liquid."""

    verdict: str | None = None
    mean_fill: Figure | None = None


def make(asking: Asking[Make]) -> Decision:
    """Sign that a batch is made. Too few, weights that fail or a dose that is off hold it for a pharmacist."""
    act, state = asking.act, asking.state
    if state.status not in (BatchStatus.OPEN, BatchStatus.DUE):
        raise asking.in_wrong_state()
    if asking.person in state.checkers:
        raise asking.refused(Why.CHECKER_MAKES)
    missing = missing_for_made(state)
    if missing:
        raise asking.refused(Why.MISSING, items=missing)
    plan, typed = plan_batch(state.order, asking.library).plan, Typed()
    made = _made(asking, plan, typed)
    masses = typed.quantities("masses", act.masses, act.masses_unit, MG)
    shells = typed.quantities("shells", act.shells, act.shells_unit, MG)
    description = typed.remark("description", act.description, needed=True)
    left_over = typed.remark("left_over", act.left_over)
    blank = blank_steps(state)
    asked = unexplained(blank)
    if asked:
        typed.chosen("blank", act.blank, CHOICES["blank"])
    typed.done()
    if state.dispensed is not None and in_stock(made).value < used(state):
        raise asking.refused(Why.NOT_ENOUGH, "made", there=None)
    verdict = yield_of(plan, made)
    if verdict is None:
        raise asking.refused(Why.MORE_THAN_PLANNED, "made")
    if verdict is not Verdict.PASS:
        typed.chosen("reason", act.reason, CHOICES["yield"])
        typed.done()
    weighed = _Weighed()
    if isinstance(plan, Plan):
        weighed = _weighed(asking, made, masses, shells)
    data = {
        "made": figures.written(made),
        "number": made.numerator if made.unit is CAPSULE else None,
        "planned": figures.written_or_none(state.planned),
        "yield": verdict.value,
        "description": description,
        "masses": [figures.written(mass) for mass in masses],
        "shells": [figures.written(mass) for mass in shells],
        "weights": weighed.verdict,
        "mean_fill": figures.written_or_none(weighed.mean_fill),
        "left_over": left_over,
        "reason": act.reason if verdict is not Verdict.PASS else "",
        **({"blank": list(blank), "blank_reason": act.blank if asked else ""} if blank else {}),
    }
    signed = asking.draft("batch.made", data)
    return Decision((signed, *(held(asking, why) for why in _holds(asking, signed, verdict, weighed))))


def blank_steps(state: BatchState) -> tuple[str, ...]:
    """Return the steps that have no entry and get none after the batch is signed as made, in order.

    How powders pack is no such step by then: it came with the order.
    """
    return tuple(
        each.step
        for each in state.targets
        if each.step not in state.entries
        and is_recorded(state, each)
        and each.code not in AFTER_MADE
        and each.code not in PACKING
    )


def unexplained(blank: Iterable[str]) -> tuple[str, ...]:
    """Return those steps without an entry for which a reason is asked: what was mixed is even, and shared whole.

    >>> unexplained(("mortar", "end_point", "divide"))
    ('end_point', 'divide')
    """
    return tuple(step for step in blank if step.partition("-")[0] in _EVEN)


def missing_for_made(state: BatchState) -> tuple[str, ...]:
    """Return what is missing before a batch is signed as made: entries, lots, deviations, checks as "check.POINT"."""
    points = points_of(state)
    checks = [f"check.{point.key}" for point in points if point.key != RELEASE and not state.matched(point.key)]
    return (*missing_at(state, points[-1]), *checks)


def _made(asking: Asking[Make], plan: Any, typed: Typed) -> Figure:
    act = asking.act
    if isinstance(plan, Plan):
        return figure(typed.count("made", act.made, _MOST_MADE), CAPSULE)
    return typed.quantity("made", f"{act.made} {act.unit}".strip(" "), ML) or figure(0, ML)


def yield_of(plan: AnyPlan, made: Figure) -> Verdict | None:
    """Return what is to be said of how much was made; None for more than there can be."""
    if isinstance(plan, Plan):
        if made.numerator > plan.powder.batch:
            return None
        return judge_count(plan.powder.batch, made.numerator)
    planned, made = plan.order.volume.to(ML), made.to(ML)
    if made.value > planned.value + limits.BENCH_FAR.value.value * planned.value:
        return None
    return Verdict.PASS if made >= least_unasked(plan) else Verdict.EXPLAIN


def least_unasked(plan: AnyPlan) -> Figure:
    """Return the least that asks for no reason: capsules, or a volume."""
    if isinstance(plan, Plan):
        return figure(counts_of(plan.powder.batch).good, CAPSULE)
    planned = plan.order.volume.to(ML).value
    return Figure(planned - limits.BENCH_FAR.value.value * planned, ML)


def _weighed(asking: Asking[Make], made: Figure, masses: tuple[Figure, ...], shells: tuple[Figure, ...]) -> _Weighed:
    """Return the check by weight of the sample. Raises `Refused` with its faults, at the fields of this act."""
    state, typed = asking.state, Typed()
    fewest = capsules_weighed(made.numerator)
    if len(masses) < fewest:
        typed.fault(FaultCode.LIST_LENGTH, "masses", wanted=str(fewest), count=len(masses))
        typed.done()
    try:
        checked = weights_of(state, made, masses, shells, asking.library, asking.day)
    except Refused as refused:
        named = tuple(replace(fault, field=_field(fault.field)) for fault in refused.faults)
        raise Refused(named, refused.stops) from refused
    return _Weighed(checked.verdict.value, checked.mean_fill.read_as(MG))


def weights_of(
    state: BatchState,
    made: Figure,
    masses: Sequence[Figure],
    shells: Sequence[Figure],
    library: Library,
    day: date,
) -> WeightsChecked:
    """Return the check by weight of a sample of a batch; without shells, by those that were weighed together before.

    Raises `Refused` with what cannot be read, at the fields of that check.
    """
    tree: dict[str, Any] = {"order": state.order, "capsules": [canonical(mass) for mass in masses]}
    tree |= {"planned": state.planned and state.planned.numerator, "made": made.numerator}
    mean = state.entries.get(BenchCode.TEN_SHELLS)
    if shells or mean is None or mean.actual is None:
        tree["shells"] = [canonical(mass) for mass in shells]
    else:
        tree["shell_mass"] = mean_said(mean)
    return check_weights(*read_weights(tree, library, day))


def _field(path: str) -> str:
    """Return the field of the act for one of the check by weight."""
    name = path.partition(".")[0]
    return {"capsules": "masses", "shell_mass": "shells"}.get(name, name)


def _holds(asking: Asking[Make], signed: Draft, verdict: Verdict, weighed: _Weighed) -> list[str]:
    """Return why a batch signed like this is held; its dose is that of its mean fill, too."""
    found = [BY_COUNT] if verdict is Verdict.HOLD else []
    if weighed.verdict in (Verdict.FAIL.value, Verdict.HOLD.value):
        found.append(BY_WEIGHTS)
    state = after(asking.state, [signed], asking.stamp, asking.moment, asking.program)
    if is_stopped(state, asking.library):
        found.append(BY_DOSE)
    return found[:1]
