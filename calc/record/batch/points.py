"""Where a second person reads the things again: before crushing, before each mixing, before release.

A check stands before each step that destroys what could be checked. All of this follows from the shape of a batch: what
it is made of and which steps it has, never from its figures.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from calc.capsule.planning.bench import PACKING
from calc.planning.bench_codes import BenchCode
from calc.record.batch.bench_order import components_of
from calc.record.batch.state import BatchState, BatchStatus, Target
from calc.record.rights import Act

CRUSHING, MIXING, RELEASE = "crushing", "mixing", "release"
#: The reading that nobody typed alone: a slip that the balance printed is kept with the record.
SLIP = "slip"
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
#: What is weighed out by how the powders pack.
_BY_PACKING = frozenset({*_OF_TRITURATION, BenchCode.ALIQUOT, BenchCode.DILUENT})
#: What is measured after the last check of masses, and belongs to what is made.
_MEASURED = frozenset({BenchCode.MEASURE_PART, BenchCode.INGREDIENT_VOLUME, BenchCode.TO_VOLUME})
#: Masses of drug whose boats are gone after mixing.
DRUG_MASSES = frozenset({BenchCode.PORTION, BenchCode.TRITURATION_POWDER, BenchCode.ALIQUOT, BenchCode.EMPTY_SHELLS})
#: Steps that are no entries: what they ask for is signed with "made", or is a deviation.
_NOT_RECORDED = frozenset(
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
    steps = tuple([each.step for each in state.targets])
    return _points(steps, state.source, _is_blend_read(state, steps), components_of(state.order))


@lru_cache(maxsize=512)
def _points(steps: tuple[str, ...], source: str, blend_is_read: bool, components: tuple[str, ...]) -> tuple[Point, ...]:
    """Return the points of a work of these steps."""
    found = [each for each in _places(steps, source) if each.key != MIXING or (blend_is_read and each.needs)]
    containers_at = next((at for at, each in enumerate(found) if each.key.startswith(MIXING)), len(found) - 1)
    points = []
    for at, (key, needs, first, act) in enumerate(found):
        of_source = ("source",) if at == 0 else ()
        others = tuple(name for name in components if name != "source") if at == containers_at else ()
        points.append(Point(key, needs, steps[first:], (*of_source, *others), act))
    return tuple(points)


class _Place(NamedTuple):
    """A point as the steps alone give it; `first` is the place of the first step that it locks."""

    key: str
    needs: tuple[str, ...]
    first: int
    act: Act


@lru_cache(maxsize=512)
def _places(steps: tuple[str, ...], source: str) -> tuple[_Place, ...]:
    """Return all points that a work of these steps can have."""
    work, found = _Work(steps), []
    if source in ("tablet", "capsule"):
        codes: tuple[BenchCode, ...] = _OF_CAPSULES if source == "capsule" else _OF_TABLETS
        if not work.of((BenchCode.ALL_TABLETS,)):
            codes = (BenchCode.COUNT_TABLETS,)
        opens = source == "capsule" and bool(work.of((_OPENS,)))
        first = work.first({_OPENS} if opens else _CRUSHES)
        found.append(_Place(CRUSHING, work.of(codes), first, Act.CHECK_BEFORE_CRUSHING))
    aliquot: tuple[str, ...] = ()
    for at, number in enumerate(work.numbers(BenchCode.TRITURATION_MIX), start=1):
        needs = (*aliquot, *work.of(_OF_TRITURATION, number))
        found.append(_Place(f"{MIXING}-{at}", needs, work.first(_TRITURATES, number), Act.CHECK_BEFORE_MIXING))
        aliquot = work.of((BenchCode.ALIQUOT,), number)
    needs = (*aliquot, *work.of(_OF_BLEND))
    found.append(_Place(MIXING, needs, work.first(_MIXES), Act.CHECK_BEFORE_MIXING))
    found.append(_Place(RELEASE, (), len(steps), Act.RELEASE))
    return tuple(found)


class _Work:
    """The steps of a work, each as its code and its number among those of the code."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        self.steps = [(step, *step.partition("-")[::2]) for step in steps]

    def of(self, codes: Collection[str], number: str | None = None) -> tuple[str, ...]:
        """Return the steps of these codes, of all numbers or of one."""
        return tuple(step for step, code, of in self.steps if code in codes and number in (None, of))

    def first(self, codes: Collection[str], number: str | None = None) -> int:
        """Return the place of the first of these steps; behind the last if there is none."""
        places = (at for at, (_, code, of) in enumerate(self.steps) if code in codes and number in (None, of))
        return next(places, len(self.steps))

    def numbers(self, wanted: BenchCode) -> list[str]:
        """Return the numbers of the steps of a code, in order."""
        return [number for _, code, number in self.steps if code == wanted]


def _is_blend_read(state: BatchState, steps: tuple[str, ...]) -> bool:
    """Return True if the masses of the blend are read by a second person.

    Not where the drug is plain and no mass of it was typed; before it is weighed it counts as typed. Once they were
    read they are read, however they are recorded later: else two readings that differ would be left behind.
    """
    if state.careful or any(check.point == MIXING for check in state.checks):
        return True
    needs = next(each.needs for each in _places(steps, state.source) if each.key == MIXING)
    of_drug = [state.entries.get(step) for step in needs if step.partition("-")[0] in DRUG_MASSES]
    return any(entry is None or entry.reading != SLIP for entry in of_drug)


def point_named(state: BatchState, key: str) -> Point | None:
    """Return the point of this key; None if the batch has none."""
    return next((point for point in points_of(state) if point.key == key), None)


def needed_for_made(state: BatchState) -> tuple[str, ...]:
    """Return the steps without which a batch cannot be signed as made, in order."""
    needs = {step for point in points_of(state) for step in point.needs}
    work = _Work(tuple(each.step for each in state.targets))
    needs |= set(work.of((*_OF_BLEND, *_MEASURED, BenchCode.ALIQUOT)))
    return tuple(each.step for each in state.targets if each.step in needs)


def missing_at(state: BatchState, point: Point) -> tuple[str, ...]:
    """Return what is missing before a point is due: steps, lots as "lot.COMPONENT", deviations as "deviation.STEP"."""
    steps = needed_for_made(state) if point.key == RELEASE else point.needs
    missing = [step for step in steps if step not in state.entries]
    lots = components_of(state.order) if point.key == RELEASE else point.components
    missing += [f"lot.{component}" for component in lots if not state.lots_of(component)]
    out = [step for step, entry in state.entries.items() if entry.side and step not in point.locks]
    missing += [f"deviation.{step}" for step in out if step not in state.explained]
    if state.changed_figures:
        missing.append("deviation.plan")
    return tuple(missing)


def is_recorded(state: BatchState, target: Target) -> bool:
    """Return True if a step is an entry of the record; what opened capsules held is worked out, never weighed."""
    computed = state.source == "capsule" and target.code is BenchCode.ALL_TABLETS
    return not computed and target.code not in _NOT_RECORDED


def lock_of(state: BatchState, step: str) -> str | None:
    """Return the first point that locks a step and is not matched; None if the step may be recorded."""
    return next((point.key for point in points_of(state) if step in point.locks and not state.matched(point.key)), None)


def is_gone(state: BatchState, point: Point) -> bool:
    """Return True if what stood on tray and balance at a point is used up: a step that it locks was recorded."""
    return (state.is_made and point.key != RELEASE) or any(step in state.entries for step in point.locks)


def is_used_up(state: BatchState, step: str) -> bool:
    """Return True if what was recorded at a step is crushed, opened or mixed, whether somebody reads it or not."""
    steps = tuple([each.step for each in state.targets])
    of_step = (place for place in _places(steps, state.source) if step in place.needs)
    return any(state.is_made or any(later in state.entries for later in steps[place.first :]) for place in of_step)


def is_followed(state: BatchState, step: str) -> bool:
    """Return True if a step says how a powder packs, and something was weighed out by that since."""
    if step not in PACKING:
        return False
    return any(entry.code in _BY_PACKING for entry in state.entries.values())


def begins_mixing(state: BatchState, step: str) -> bool:
    """Return True if a step begins the mixing of what is given out, whether or not somebody reads the masses before."""
    mixed = {each.step for each in state.targets if each.code in _MIXES}
    return step in mixed and mixed.isdisjoint(state.entries)


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
