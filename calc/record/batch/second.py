"""The second calculation: the order as the second person read it, planned from the start by the program that runs now.

What was put on the balance twice keeps its first reading, and a text that can be written in several ways (a lot, the
name of a diluent, the drug's form) the way of the record; everything else that an order says comes from what was read.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from calc.arithmetic.units import MG, ML, PERCENT, Figure, same_kind
from calc.faults import Refused
from calc.library import Library
from calc.reading.fields import canonical
from calc.reading.strengths import Strength, mass_or_volume, strength_in
from calc.record.batch.bench_order import order_with
from calc.record.batch.planned import plan_again, plan_anew
from calc.record.batch.state import BatchState

#: How an order names what is counted on the tray.
_COUNTED = {"tablet": "tablets_weighed", "capsule": "capsules_weighed"}


def follows(state: BatchState, read: Mapping[str, Any], library: Library) -> bool:
    """Return True if the order as it was read gives the plan of the batch: its fingerprint, and its last day of use.

    `read` is what `blind.read_values` returns, of values that match. A batch whose corrected entries plan nothing has
    no plan to compare with: it was held for that, and cannot be released.
    """
    try:
        return plan_anew(order_as_read(state, read, library), library).is_of(state)
    except Refused:
        return not _plans(order_with(state), library)


def _plans(tree: Mapping[str, Any], library: Library) -> bool:
    try:
        plan_again(tree, library)
    except Refused:
        return False
    return True


def order_as_read(state: BatchState, read: Mapping[str, Any], library: Library) -> dict[str, Any]:
    """Return the order of a batch with the values that were read in the place of its own."""
    tree: dict[str, Any] = copy.deepcopy(dict(state.order))
    for name, write in _PLACES.items():
        if name in read:
            write(tree, read[name])
    for name in _NAMES_OF_DRUG & read.keys():
        if isinstance(tree["drug"], str):
            (tree["drug"],) = library.drugs_meant_by(read[name])
    counted = _COUNTED.get(state.source)
    if "count_tablets" in read and counted is not None and tree["source"][counted] is not None:
        tree["source"][counted] = read["count_tablets"]
    return tree


def _dose(tree: dict[str, Any], read: Figure) -> None:
    """Write a dose as the order has it, a mass or a volume; one that was read as the other by the strength."""
    ordered = mass_or_volume(tree["dose"])
    if same_kind(ordered.unit, read.unit):
        tree["dose"] = canonical(read)
    elif tree["strength"] is not None:
        in_one_ml = strength_in(tree["strength"]).in_one_ml.value
        by_volume = same_kind(read.unit, ML)
        tree["dose"] = canonical(
            Figure(read.to(ML).value * in_one_ml, MG) if by_volume else Figure(read.to(MG).value / in_one_ml, ML)
        )


def _strength(tree: dict[str, Any], read: Strength) -> None:
    """Write a strength in the form that the order has: per cent, or a mass in its volume."""
    if tree["strength"] is None:  # it follows from tablets and volume
        return
    ordered = strength_in(tree["strength"])
    if ordered.stated.unit is PERCENT:
        stated = Figure(ordered.stated.value / ordered.in_one_ml.value * read.in_one_ml.value, PERCENT)
    else:
        stated = Figure(read.in_one_ml.value * ordered.volume.to(ML).value, MG)
    tree["strength"] = str(Strength(stated, ordered.volume))


def _label_strength(tree: dict[str, Any], read: Figure | Strength) -> None:
    """Write what a label calls the strength: of capsules it is the dose in one."""
    if isinstance(read, Strength):
        _strength(tree, read)
    else:
        tree["dose"] = canonical(read)


def _in_source(name: str) -> Callable[[dict[str, Any], Any], None]:
    def write(tree: dict[str, Any], read: Figure) -> None:
        tree["source"][name] = canonical(read)

    return write


def _expiry(tree: dict[str, Any], read: list[date]) -> None:
    tree["source"]["expiry"] = min(read).isoformat()


def _size(tree: dict[str, Any], read: str) -> None:
    tree["capsule"]["size"] = read


def _quantity(tree: dict[str, Any], read: int) -> None:
    tree["quantity"] = read


def _volume(tree: dict[str, Any], read: Figure) -> None:
    tree["volume"] = canonical(read)


_NAMES_OF_DRUG = frozenset({"drug", "source_drug", "label_drug"})
#: Where the order says what is read under these names; a dose that was read as its volume follows the strength.
_PLACES: dict[str, Callable[[dict[str, Any], Any], None]] = {
    "strength": _strength,
    "dose": _dose,
    "quantity": _quantity,
    "volume": _volume,
    "label_strength": _label_strength,
    "size": _size,
    "source_expiry": _expiry,
    "source_strength": _in_source("strength"),
    **{name: _in_source(name) for name in ("drug_in_gram", "assay", "water")},
}
