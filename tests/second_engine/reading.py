"""From the order tree to an order: every field read and checked, all faults at once."""

from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_engine import tables
from tests.second_engine.common import TOP, both, given, is_powder, percent, read_common, together
from tests.second_engine.forms import needed_of
from tests.second_engine.liquid_reading import read_liquid
from tests.second_engine.order import Liquid, Order
from tests.second_engine.reader import Reader

CAPSULES = TOP | {"quantity", "allowance", "extra_capsules", "capsule", "diluent", "tablet_powder"}
PARTS = {
    "capsule": frozenset(["size", "brand", "shell_mass", "fill_mass", "lot", "expiry"]),
    "diluent": frozenset(["name", "packing_statistic", "lot", "expiry"]),
    "tablet_powder": frozenset(("packing_statistic",)),
}
Faults = list[dict[str, str]]


def _pairs(reader: Reader, tree: dict[str, Any], parts: dict[str, dict[str, Any]], size: str | None) -> None:
    """Values that exclude each other, and one of a pair alone."""
    if given(tree, "allowance") and given(tree, "extra_capsules"):
        reader.fault("excludes_each_other", "extra_capsules")
    diluent, powder, powder_field = parts["diluent"], parts["tablet_powder"], "tablet_powder.packing_statistic"
    if is_powder(tree):
        if given(powder, "packing_statistic"):
            reader.fault("excludes_each_other", powder_field)
        powder, powder_field = tree["source"], "source.packing_statistic"
    both(reader, (diluent, "diluent.packing_statistic"), (powder, powder_field))
    statistics = given(diluent, "packing_statistic") or given(powder, "packing_statistic")
    if statistics and given(parts["capsule"], "fill_mass"):
        reader.fault("excludes_each_other", "capsule.fill_mass")
    if statistics and not size:
        reader.fault("pair_incomplete", "capsule.size")


def read_capsules(tree: dict[str, Any], today: date) -> tuple[Order, Faults]:
    """An order of capsules, complete only when there are no faults."""
    reader = Reader()
    reader.unknown(tree, "", CAPSULES)
    if tree.get("quantity") is None:
        reader.fault("required", "quantity")
    read = read_common(reader, tree, today, statistic=True)
    parts = {name: reader.part(tree, name, names) for name, names in PARTS.items()}
    capsule, diluent = parts["capsule"], parts["diluent"]
    reader.text(capsule, "capsule.lot")
    reader.text(diluent, "diluent.lot")
    statistic = reader.amount(parts["tablet_powder"], "tablet_powder.packing_statistic")
    order = Order(
        **read,
        quantity=reader.count(tree, "quantity") or 1,
        allowance=percent(reader.amount(tree, "allowance", "ratio")) or Fraction(0),
        extra=reader.count(tree, "extra_capsules"),
        size=reader.choice(capsule, "capsule.size", tables.SIZES) or (tables.DEFAULT_SIZE if read["filed"] else None),
        brand=reader.text(capsule, "capsule.brand"),
        shell=reader.amount(capsule, "capsule.shell_mass"),
        fill=reader.amount(capsule, "capsule.fill_mass"),
        shells_expiry=reader.day(capsule, "capsule.expiry", month=True),
        diluent=reader.choice(diluent, "diluent.name", tables.DILUENTS) or tables.DEFAULT_DILUENT,
        diluent_statistic=reader.amount(diluent, "diluent.packing_statistic"),
        diluent_expiry=reader.day(diluent, "diluent.expiry", month=True),
        powder_statistic=read["bulk"].packing_statistic if read["bulk"] else statistic,
    )
    _pairs(reader, tree, parts, order.size)
    if not reader.faults:
        together(reader, order, needed_of(order))
    return order, reader.faults


def read_order(tree: Any, today: date) -> tuple[Order | Liquid | None, Faults]:
    """Read and check the whole tree, by the preparation that it asks for."""
    if not isinstance(tree, dict):
        return None, [{"code": "wrong_type", "field": ""}]
    reader = Reader()
    preparation = reader.choice(tree, "preparation", ("capsule", "liquid"))
    if reader.faults:
        return None, reader.faults  # what else is asked hangs on it
    return read_liquid(tree, today) if preparation == "liquid" else read_capsules(tree, today)
