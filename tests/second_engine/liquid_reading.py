"""From the order tree to a liquid: strength, volume, vehicle, syringes, and what every preparation asks for."""

from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_engine.common import TOP, given, read_common, together
from tests.second_engine.forms import needed_of_liquid
from tests.second_engine.order import Liquid, Syringe
from tests.second_engine.reader import Reader
from tests.second_engine.vehicles import read_vehicle

LIQUID = TOP | {"strength", "volume", "doses_per_day", "vehicle", "syringes"}
MOST_SYRINGES = 10
BENCH = [
    Syringe(Fraction(capacity), Fraction(graduation))
    for capacity, graduation in ((1, "0.01"), (3, "0.1"), (5, "0.2"), (10, "0.5"))
]


def _syringes(reader: Reader, tree: dict[str, Any]) -> list[Syringe]:
    """The syringes of the bench, each with whole graduations."""
    items = tree.get("syringes")
    if items is None:
        return BENCH
    if not isinstance(items, list):
        reader.fault("wrong_type", "syringes")
        return BENCH
    if not 1 <= len(items) <= MOST_SYRINGES:
        reader.fault("list_too_long" if items else "required", "syringes")
        return BENCH
    read = []
    for index, item in enumerate(items):
        path = f"syringes.{index}"
        if not isinstance(item, dict):
            reader.fault("wrong_type", path)
            continue
        reader.unknown(item, f"{path}.", ("capacity", "graduation"))
        sizes = []
        for name in ("capacity", "graduation"):
            if item.get(name) is None:
                reader.fault("required", f"{path}.{name}")
            sizes.append(reader.amount(item, f"{path}.{name}", "volume", like=f"syringes.{name}"))
        capacity, graduation = sizes
        if capacity is not None and graduation is not None:
            if capacity % graduation:
                reader.fault("graduation_uneven", f"{path}.graduation")
            read.append(Syringe(capacity, graduation))
    return read


def read_liquid(tree: dict[str, Any], today: date) -> tuple[Liquid, list[dict[str, str]]]:
    """An order of a liquid, complete only when there are no faults."""
    reader = Reader()
    reader.unknown(tree, "", LIQUID)
    for name in ("strength", "volume"):
        if tree.get(name) is None:
            reader.fault("required", name)
    read = read_common(reader, tree, today, capsules=False)
    liquid = Liquid(
        **read,
        concentration=reader.amount(tree, "strength") or Fraction(1),
        volume=reader.amount(tree, "volume", "volume") or Fraction(1),
        doses_per_day=reader.count(tree, "doses_per_day") or 1,
        vehicle=read_vehicle(reader, tree),
        syringes=_syringes(reader, tree),
    )
    if given(tree, "volume") and sum(liquid.vehicle.typed_volumes) >= liquid.volume:
        reader.fault("volumes_too_large", "vehicle.parts")
    if not reader.faults:
        together(reader, liquid, needed_of_liquid(liquid), may_be_whole=True)
    return liquid, reader.faults
