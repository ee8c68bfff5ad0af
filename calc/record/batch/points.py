"""Where a second person reads the things again: before crushing, before each mixing, before release.

A check stands before each step that destroys what could be checked. All of this follows from the shape of a batch: what
it is made of and which steps it has, never from its figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from calc.planning.bench_codes import BenchCode
from calc.record.batch.bench_order import components_of
from calc.record.batch.state import BatchState, BatchStatus, Target
from calc.record.rights import Act

CRUSHING, MIXING, RELEASE = "crushing", "mixing", "release"
#: Readings that no person typed: the balance wrote the mass itself, or a printed slip is kept with the record.
BY_WIRE = frozenset({"wire", "keyboard"})
NOT_TYPED = BY_WIRE | {"slip"}
#: Steps that cannot be undone: capsules opened, tablets crushed.
_OPENS, _CRUSHES = BenchCode.EMPTY_SHELLS, frozenset({BenchCode.CRUSH, BenchCode.CRUSH_IN_DILUENT})
_TRITURATES = frozenset({BenchCode.RUB_DILUENT, BenchCode.CRUSH_IN_DILUENT, BenchCode.TRITURATION_MIX})
_MIXES = frozenset(
    {
        *(BenchCode.MIX_INGREDIENTS, BenchCode.BEGIN_BLEND, BenchCode.RUNG, BenchCode.RUNGS_OPEN, BenchCode.END_POINT),
        *(BenchCode.WET_WITH, BenchCode.WET, BenchCode.THIN, BenchCode.ADD_PART, BenchCode.RINSE),
        *(BenchCode.ADD_INGREDIENT, BenchCode.TO_VOLUME),
    }
)
_OF_TABLETS = (BenchCode.COUNT_TABLETS, BenchCode.ALL_TABLETS, BenchCode.CRUSHED_TABLETS)
_OF_CAPSULES = (BenchCode.COUNT_TABLETS, BenchCode.FULL_CAPSULES)
_OF_TRITURATION = (BenchCode.TRITURATION_POWDER, BenchCode.TRITURATION_DILUENT)
_OF_BLEND = (BenchCode.EMPTY_SHELLS, BenchCode.PORTION, BenchCode.INGREDIENT, BenchCode.DILUENT)
#: What is measured after the last check of masses, and belongs to what is made.
_MEASURED = frozenset({BenchCode.MEASURE_PART, BenchCode.INGREDIENT_VOLUME, BenchCode.TO_VOLUME})
#: Masses of drug whose boats are gone after mixing.
DRUG_MASSES = frozenset({BenchCode.PORTION, BenchCode.TRITURATION_POWDER, BenchCode.ALIQUOT, BenchCode.EMPTY_SHELLS})
#: Steps that are no entries: what they ask for is signed with "made", or is a deviation.
NOT_RECORDED = frozenset(
    {
        *(BenchCode.TEN_CAPSULES, BenchCode.MEAN_FILL, BenchCode.YIELD, BenchCode.DESCRIBE, BenchCode.VOLUME_MADE),
        BenchCode.DEVIATIONS,
    }
)


class Point(NamedTuple):
    """A point of a batch: its key, the steps that must be recorded before, those that it locks, and the act it is."""

    key: str
    needs: tuple[str, ...]
    locks: tuple[str, ...]
    components: tuple[str, ...]
    act: Act


def points_of(state: BatchState) -> tuple[Point, ...]:
    """Return the points of a batch, in order. Until tablets are weighed, those after crushing may still change."""
    targets, counted = state.targets, state.source in ("tablet", "capsule")
    found: list[tuple[str, tuple[str, ...], int, Act]] = []
    if counted:
        codes: tuple[BenchCode, ...] = _OF_CAPSULES if state.source == "capsule" else _OF_TABLETS
        if not _of(targets, (BenchCode.ALL_TABLETS,)):
            codes = (BenchCode.COUNT_TABLETS,)
        opens = state.source == "capsule" and bool(_of(targets, (_OPENS,)))
        first = _first(targets, {_OPENS} if opens else _CRUSHES)
        found.append((CRUSHING, _of(targets, codes), first, Act.CHECK_BEFORE_CRUSHING))
    triturated = [each.number for each in targets if each.code is BenchCode.TRITURATION_MIX]
    for at, number in enumerate(triturated):
        needs = _of(targets, _OF_TRITURATION, number)
        if at:
            needs = (f"{BenchCode.ALIQUOT.value}{triturated[at - 1]}", *needs)
        first = _first(targets, _TRITURATES, number)
        found.append((f"{MIXING}-{at + 1}", needs, first, Act.CHECK_BEFORE_MIXING))
    needs = _of(targets, _OF_BLEND)
    if triturated:
        needs = (f"{BenchCode.ALIQUOT.value}{triturated[-1]}", *needs)
    if _is_mixing_read(state, needs):
        found.append((MIXING, needs, _first(targets, _MIXES), Act.CHECK_BEFORE_MIXING))
    found.append((RELEASE, (), len(targets), Act.RELEASE))
    points, components = [], list(components_of(state.order))
    for at, (key, steps, first, act) in enumerate(found):
        of_source = [name for name in components if name == "source"] if at == 0 else []
        others = [name for name in components if name != "source"] if _reads_containers(found, at) else []
        locks = tuple(each.step for each in targets[first:])
        points.append(Point(key, steps, locks, (*of_source, *others), act))
    return tuple(points)


def _reads_containers(found: list[tuple[str, tuple[str, ...], int, Act]], at: int) -> bool:
    """Return True for the first point with a mixing, or that before release if there is none."""
    first = next((place for place, each in enumerate(found) if each[0].startswith(MIXING)), len(found) - 1)
    return at == first


def _is_mixing_read(state: BatchState, needs: Iterable[str]) -> bool:
    """Return True if the masses of the blend are read by a second person.

    Not where the drug is plain and no mass of it was typed; before it is weighed it counts as typed.
    """
    of_drug = [step for step in needs if BenchCode(step.partition("-")[0]) in DRUG_MASSES]
    if state.careful:
        return bool(list(needs))
    entries = [state.entries.get(step) for step in of_drug]
    return any(entry is None or entry.reading not in NOT_TYPED for entry in entries)


def _of(targets: tuple[Target, ...], codes: Iterable[BenchCode], number: str | None = None) -> tuple[str, ...]:
    wanted = frozenset(codes)
    return tuple(each.step for each in targets if each.code in wanted and (number is None or each.number == number))


def _first(targets: tuple[Target, ...], codes: Iterable[BenchCode], number: str | None = None) -> int:
    wanted = frozenset(codes)
    places = (
        at for at, each in enumerate(targets) if each.code in wanted and (number is None or each.number == number)
    )
    return next(places, len(targets))


def point_named(state: BatchState, key: str) -> Point | None:
    """Return the point of this key; None if the batch has none."""
    return next((point for point in points_of(state) if point.key == key), None)


def needed_for_made(state: BatchState) -> tuple[str, ...]:
    """Return the steps without which a batch cannot be signed as made, in order."""
    needs = {step for point in points_of(state) for step in point.needs}
    needs |= set(_of(state.targets, (*_OF_BLEND, *_MEASURED, BenchCode.ALIQUOT)))
    return tuple(each.step for each in state.targets if each.step in needs)


def missing_at(state: BatchState, point: Point) -> tuple[str, ...]:
    """Return what is missing before a point is due: steps, lots as "lot.COMPONENT", deviations as "deviation.STEP"."""
    steps = needed_for_made(state) if point.key == RELEASE else point.needs
    missing = [step for step in steps if step not in state.entries]
    lots = components_of(state.order) if point.key == RELEASE else point.components
    missing += [f"lot.{component}" for component in lots if not state.lots_of(component)]
    explained = {event.data["step"] for event in state.deviations}
    out = [step for step, entry in state.entries.items() if entry.side and step not in point.locks]
    missing += [f"deviation.{step}" for step in out if step not in explained]
    if state.changed_figures and "plan" not in explained:
        missing.append("deviation.plan")
    return tuple(missing)


def lock_of(state: BatchState, step: str) -> str | None:
    """Return the first point that locks a step and is not matched; None if the step may be recorded."""
    return next((point.key for point in points_of(state) if step in point.locks and not state.matched(point.key)), None)


def is_gone(state: BatchState, point: Point) -> bool:
    """Return True if what stood on tray and balance at a point is used up: a step that it locks was recorded."""
    return (state.made is not None and point.key != RELEASE) or any(step in state.entries for step in point.locks)


def due_at(state: BatchState) -> str | None:
    """Return the point at which a batch is due for a check; None if it is not due."""
    if state.status not in (BatchStatus.OPEN, BatchStatus.DUE, BatchStatus.MADE):
        return None
    for point in points_of(state):
        if state.matched(point.key):
            continue
        if point.key == RELEASE:
            return RELEASE if state.status is BatchStatus.MADE else None
        if not missing_at(state, point):
            return point.key
        return None
    return None
