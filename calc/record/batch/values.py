"""What a second person reads at a point, from which thing, on an empty form.

The list depends on the shape of a batch alone: what it is made of, which steps it has, how they were recorded; never
on a figure, a name or a lot. So the forms of two batches of one shape are the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from calc.planning.bench_codes import BenchCode
from calc.record.batch.points import MIXING, RELEASE, Point, is_gone, point_named
from calc.record.batch.state import BatchState

PRESCRIPTION, BOTTLE, TRAY = "prescription", "bottle", "tray"
BALANCE, CONTAINER, LABEL = "balance", "container", "label"
#: Forms to choose from on an empty form, whatever the batch is.
FORMS = ("capsules", "oral liquid", "tablets", "cream or ointment", "other")
FORM_OF = {"capsule": "capsules", "liquid": "oral liquid"}
ALL, PART = "all of it", "a part of it"
#: The end of the name of a value that is what a container calls its content.
NAME = ".name"
#: What is still there after a step that used up what stood on tray and balance.
_STAYS = frozenset({PRESCRIPTION, BOTTLE, CONTAINER, LABEL})


class Asked(NamedTuple):
    """One value to be read: its name, the code of its label, the thing that it is read from, and the kind of field.

    `stands_on` is the step, the component ("lot.source") or the entry that the value is compared with; blank for what
    the order says.
    """

    name: str
    label: str
    read_from: str
    kind: str
    stands_on: str = ""


def values_of(state: BatchState, point: Point) -> tuple[Asked, ...]:
    """Return what is read at a point, in the order of the bench."""
    found = [*_of_order(state, point), *_of_bottle(state, point), *_of_masses(state, point)]
    found += _of_containers(point)
    if point.key == RELEASE:
        found += _of_release(state)
    elif is_gone(state, point):
        found = [each for each in found if each.read_from in _STAYS]
    if state.self_checked and any(each.read_from == BALANCE for each in found):
        found.append(Asked("zeroed", "zeroed", BALANCE, "yes-no"))
    return tuple(found)


def _of_order(state: BatchState, point: Point) -> Iterator[Asked]:
    if "source" not in point.components:
        return
    yield Asked("drug", "drug", PRESCRIPTION, "name")
    yield Asked("form", "form", PRESCRIPTION, "form")
    if state.is_liquid:
        if state.order["strength"] is not None:
            yield Asked("strength", "strength", PRESCRIPTION, "strength")
        yield Asked("volume", "volume", PRESCRIPTION, "volume")
        yield Asked("dose", "dose_liquid", PRESCRIPTION, "dose")
    else:
        yield Asked("dose", "dose", PRESCRIPTION, "mass")
        yield Asked("quantity", "quantity", PRESCRIPTION, "count")


def _of_bottle(state: BatchState, point: Point) -> Iterator[Asked]:
    if "source" not in point.components:
        return
    yield Asked("source_drug", "source_drug", BOTTLE, "name")
    source = state.order["source"]
    if state.source in ("tablet", "capsule"):
        yield Asked("source_strength", f"strength_of_{state.source}", BOTTLE, "mass")
        yield Asked("immediate", "immediate", BOTTLE, "yes-no")
    elif state.source == "dilution":
        yield Asked("drug_in_gram", "drug_in_gram", BOTTLE, "in-gram")
    else:
        yield Asked("assay", "assay", BOTTLE, "percent")
        if source["water"] is not None:
            yield Asked("water", "water", BOTTLE, "percent")
    if source.get("basis") is not None and isinstance(state.order["drug"], str):
        yield Asked("basis", "basis", BOTTLE, "basis")
    yield Asked("source_lot", "lot", BOTTLE, "lots", "lot.source")
    yield Asked("source_expiry", "expiry", BOTTLE, "dates", "lot.source")


def _of_masses(state: BatchState, point: Point) -> Iterator[Asked]:
    if point.key == MIXING + "-1" and any(each.code is BenchCode.ALL_OF_THE_POWDER for each in state.targets):
        yield Asked("all_of_the_powder", "all_of_the_powder", TRAY, "all-or-part")
    for step in point.needs:
        code, entry = BenchCode(step.partition("-")[0]), state.entries.get(step)
        if code is BenchCode.COUNT_TABLETS:
            yield Asked(step, f"counted_{state.source}", TRAY, "count", step)
            continue
        if code is BenchCode.CRUSHED_TABLETS:
            yield Asked("number_crushed", "number_crushed", TRAY, "count")
        kind = "gross" if entry is not None and entry.tare is not None else "mass"
        yield Asked(step, code.value, BALANCE, kind, step)
        if entry is not None and entry.boat:
            yield Asked(f"{step}.boat", "boat", BALANCE, "text", step)


def _of_containers(point: Point) -> Iterator[Asked]:
    for component in point.components:
        if component == "source":
            continue
        if component == "capsule":
            yield Asked("size", "size", CONTAINER, "size")
        else:
            yield Asked(f"{component}{NAME}", f"name_of_{component.partition('.')[0]}", CONTAINER, "name")
        yield Asked(f"{component}.lot", "lot", CONTAINER, "lots", f"lot.{component}")


def _of_release(state: BatchState) -> Iterator[Asked]:
    if state.is_liquid:
        yield Asked("bottles", "bottles", TRAY, "count")
    else:
        yield Asked("made", "made", TRAY, "count", "made")
    yield Asked("label_number", "label_number", LABEL, "text")
    yield Asked("label_drug", "label_drug", LABEL, "name")
    yield Asked("label_strength", "label_strength", LABEL, "strength" if state.is_liquid else "mass")
    yield Asked("label_quantity", "label_quantity", LABEL, "volume" if state.is_liquid else "count")
    yield Asked("label_until", "label_until", LABEL, "date")


def stands_on(state: BatchState, point: Point) -> frozenset[str]:
    """Return the entries and lots that a check at this point stands on: steps, "lot.COMPONENT" and "made"."""
    named = {each.stands_on for each in values_of(state, point) if each.stands_on}
    lots = {f"lot.{component}" for component in point.components}
    return frozenset(named | lots | set(point.needs))


def things_read(state: BatchState, key: str, names: Collection[str]) -> frozenset[str]:
    """Return the entries and lots that were read at a point by values of these names; none at a point there is not."""
    point = point_named(state, key)
    asked = () if point is None else values_of(state, point)
    return frozenset(each.stands_on for each in asked if each.stands_on and each.name in names)


def has_read(state: BatchState, person: str) -> bool:
    """Return True if a person has read tray and label of a batch as they are now, and all matched."""
    reading = [each for each in state.checks if each.point == RELEASE and each.matched and each.by.person == person]
    if not reading:
        return False
    entered = [*(entry.seq for entry in state.entries.values()), *(lot.seq for lot in state.lots)]
    written = [*state.moves, *state.corrections, *([] if state.made_as is None else [state.made_as])]
    written += [event for event in state.papers if event.type == "label.printed"]
    return reading[-1].seq > max((*entered, *(event.seq for event in written)), default=0)


def was_read_before(state: BatchState, point: Point) -> bool:
    """Return True if what is used up of a point was read as the record has it: what changed since is still there."""
    gone = is_gone(state, point) and point.key != RELEASE
    return not gone or not state.unread & {
        each.stands_on for each in (*_of_masses(state, point),) if each.read_from not in _STAYS
    }
