"""From the order tree to a liquid: strength, volume, vehicle, syringes, and what every preparation asks for."""

from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_engine.common import TOP, given, read_common, together
from tests.second_engine.forms import as_ordered, needed_of_liquid
from tests.second_engine.ingredients import in_batch
from tests.second_engine.order import Liquid, Syringe
from tests.second_engine.reader import Reader
from tests.second_engine.strengths import read_strength
from tests.second_engine.tables import RANGES
from tests.second_engine.vehicles import read_vehicle

LIQUID = TOP | {"strength", "volume", "doses_per_day", "vehicle", "syringes"}
MOST_SYRINGES = 10
USED = ("tablets_used", "capsules_used")
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


def _volumes_together(reader: Reader, liquid: Liquid) -> None:
    """Fault what is measured into a bottle that it fills by itself."""
    typed = liquid.vehicle.typed_volumes
    measured = [in_batch(one, liquid.volume) for one in liquid.ingredients if one.measured]
    if (typed or measured) and sum(typed + measured) >= liquid.volume:
        reader.fault("volumes_too_large", "vehicle.parts" if typed else "ingredients")


def _tablets_used(reader: Reader, tree: dict[str, Any], read: dict[str, Any]) -> int | None:
    """The whole tablets that the strength follows from, in the place of a strength."""
    source = tree.get("source")
    name = "tablets_used" if read["opened"] is None else "capsules_used"
    if not isinstance(source, dict) or source.get(name) is None:
        used = isinstance(source, dict) and any(given(source, other) for other in USED)
        if tree.get("strength") is None and not used:  # those of another kind of source are unknown, and no strength
            reader.fault("required", "strength")
        return None
    if tree.get("strength") is not None:
        reader.fault("excludes_each_other", "strength")
    if read["bulk"] is not None:
        return None
    if source.get("tablets_crushed") is not None:
        reader.fault("excludes_each_other", "source.tablets_crushed")
    return reader.count(source, f"source.{name}")


def _follow(reader: Reader, liquid: Liquid) -> None:
    """What follows from tablets and volume, and from a dose in mL; either may leave its range."""
    if liquid.tablets_used is not None:
        liquid.concentration = as_ordered(liquid, liquid.tablets_used * liquid.strength / liquid.volume)
        if not in_range("strength", liquid.concentration):
            reader.fault("out_of_range", f"source.{'tablets' if liquid.opened is None else 'capsules'}_used")
            return
    if liquid.dose_volume is not None:
        liquid.dose = liquid.concentration * liquid.dose_volume
        if not in_range("dose", liquid.dose):
            reader.fault("out_of_range", "dose")


def in_range(field: str, value: Fraction) -> bool:
    """Whether a value lies in the range of a field."""
    low, high = RANGES[field]
    return low <= value <= high


def read_liquid(tree: dict[str, Any], today: date) -> tuple[Liquid, list[dict[str, str]]]:
    """An order of a liquid, complete only when there are no faults."""
    reader = Reader()
    reader.unknown(tree, "", LIQUID)
    if tree.get("volume") is None:
        reader.fault("required", "volume")
    read = read_common(reader, tree, today, capsules=False)
    used, strength = _tablets_used(reader, tree, read), read_strength(reader, tree)
    concentration, said = strength or (Fraction(1), None)
    liquid = Liquid(
        **read,
        concentration=concentration,
        said=said,
        tablets_used=used,
        volume=reader.amount(tree, "volume", "volume") or Fraction(1),
        doses_per_day=reader.count(tree, "doses_per_day") or 1,
        vehicle=read_vehicle(reader, tree),
        syringes=_syringes(reader, tree),
    )
    _volumes_together(reader, liquid)
    if not reader.faults:
        _follow(reader, liquid)
    if not reader.faults:
        together(reader, liquid, needed_of_liquid(liquid), may_be_whole=True)
    return liquid, reader.faults
