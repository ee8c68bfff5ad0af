"""What a preparation has besides its drug and its diluent or vehicle: how much, what it is for, lot and expiry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from calc.faults import Fault, FaultCode
from calc.orders.parts import Part
from calc.reading.amounts import within_either
from calc.reading.dates import Expiry
from calc.reading.fields import Mass, PlainText, choice, within
from calc.reading.strengths import MassOrVolume
from calc.reading.validation import LISTS

#: What an ingredient is for, and what is written where nobody says it.
ROLES = ("buffer", "preservative", "antioxidant", "sweetener", "flavor", "glidant", "wetting agent", "other")
#: What an amount is of: the whole batch, one capsule, or so much of a liquid.
BATCH, CAPSULE, LIQUID = "batch", "capsule", "100 mL"
OTHER = ROLES[-1]
UNSAID = {"per": BATCH, "role": OTHER}


class Ingredient(Part):
    """One ingredient of capsules, weighed and mixed into their diluent."""

    name: PlainText
    amount: Annotated[Mass, within("ingredients.amount")]
    per: Annotated[str, choice(BATCH, CAPSULE, elsewhere=(LIQUID,))]
    role: Annotated[str, choice(*ROLES)]
    packing_statistic: Annotated[Mass, within("ingredients.packing_statistic")] | None = None
    lot: PlainText | None = None
    expiry: Expiry | None = None


class LiquidIngredient(Part):
    """One ingredient of a liquid, weighed or, as a liquid itself, measured."""

    name: PlainText
    amount: Annotated[MassOrVolume, within_either("ingredients.amount", "ingredients.volume")]
    per: Annotated[str, choice(BATCH, LIQUID, elsewhere=(CAPSULE,))]
    role: Annotated[str, choice(*ROLES)]
    lot: PlainText | None = None
    expiry: Expiry | None = None


def unsaid(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the ingredients of a tree leave out, by path.

    >>> unsaid({"ingredients": [{"name": "silica", "role": "glidant"}]})
    {'ingredients.0.per': 'batch'}
    """
    return {
        f"ingredients.{index}.{name}": value
        for index, item in _items(tree)
        for name, value in UNSAID.items()
        if name not in item
    }


def packed_apart(tree: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault for a packing statistic that says nothing: beside a fill mass, or without a size."""
    capsule = tree.get("capsule")
    said = capsule if isinstance(capsule, Mapping) else {}
    for index, item in _items(tree):
        if "packing_statistic" not in item:
            continue
        given = f"ingredients.{index}.packing_statistic"
        if "fill_mass" in said:
            yield Fault(FaultCode.EXCLUDES_EACH_OTHER, "capsule.fill_mass", {"given": given})
        if "size" not in said:
            yield Fault(FaultCode.PAIR_INCOMPLETE, "capsule.size", {"given": given})


def _items(tree: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    items = tree.get("ingredients")
    for index, item in enumerate(items if isinstance(items, LISTS) else ()):
        if isinstance(item, Mapping):
            yield index, item
