"""From the order tree to an order: every field read and checked, all faults at once."""

from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_engine import tables
from tests.second_engine.common import TOP, given, is_powder, percent, read_common, together
from tests.second_engine.forms import needed_of
from tests.second_engine.liquid_reading import read_liquid
from tests.second_engine.order import Liquid, Order
from tests.second_engine.packing import read_packing, read_shells
from tests.second_engine.reader import Reader

CAPSULES = TOP | {"quantity", "allowance", "extra_capsules", "capsule", "diluent", "tablet_powder"}
PARTS = {
    "capsule": frozenset(["size", "brand", "shell_mass", "shells", "fill_mass", "lot", "expiry"]),
    "diluent": frozenset(["name", "packing_statistic", "packing", "lot", "expiry"]),
    "tablet_powder": frozenset(("packing_statistic", "packing")),
}
Faults = list[dict[str, str]]


def _typed_in(part: dict[str, Any], name: str) -> str:
    """The field that a packing statistic was typed in."""
    return f"{name}.packing" if given(part, "packing") else f"{name}.packing_statistic"


def _weighed(tree: dict[str, Any]) -> bool:
    """Whether an order gives the mass of its tablets."""
    source = tree.get("source")
    return isinstance(source, dict) and (given(source, "total_mass") or given(source, "full_mass"))


def _packed(part: dict[str, Any]) -> bool:
    """Whether a part says how its powder packs."""
    return given(part, "packing_statistic") or given(part, "packing")


def _pairs(reader: Reader, tree: dict[str, Any], parts: dict[str, dict[str, Any]], size: str | None) -> None:
    """Values that exclude each other, and one of a pair alone."""
    if given(tree, "allowance") and given(tree, "extra_capsules"):
        reader.fault("excludes_each_other", "extra_capsules")
    diluent, powder, name = parts["diluent"], parts["tablet_powder"], "tablet_powder"
    if is_powder(tree):
        if _packed(powder):
            reader.fault("excludes_each_other", _typed_in(powder, name))
        powder, name = tree["source"], "source"
    decided_later = _packed(diluent) and name == "tablet_powder" and _weighed(tree)
    if _packed(diluent) != _packed(powder) and not decided_later:
        reader.fault("pair_incomplete", f"{name if _packed(diluent) else 'diluent'}.packing_statistic")
    items = tree.get("ingredients")
    listed = items if isinstance(items, list) else ()
    packs = any(isinstance(one, dict) and given(one, "packing_statistic") for one in listed)
    statistics = _packed(diluent) or _packed(powder) or packs
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
    read = read_common(reader, tree, today, capsules=True)
    parts = {name: reader.part(tree, name, names) for name, names in PARTS.items()}
    capsule, diluent = parts["capsule"], parts["diluent"]
    reader.text(capsule, "capsule.lot")
    reader.text(diluent, "diluent.lot")
    of_tablets = read_packing(reader, parts["tablet_powder"], "tablet_powder")
    of_diluent, fill = read_packing(reader, diluent, "diluent"), reader.amount(capsule, "capsule.fill_mass")
    of_powder = read["bulk"].packing_statistic if read["bulk"] else of_tablets
    powder, name = (tree["source"], "source") if read["bulk"] else (parts["tablet_powder"], "tablet_powder")
    stands = read["bulk"] is None and of_diluent is not None and not _packed(powder)
    order = Order(
        **read,
        quantity=reader.count(tree, "quantity") or 1,
        allowance=percent(reader.amount(tree, "allowance", "ratio")) or Fraction(0),
        extra=reader.count(tree, "extra_capsules"),
        size=reader.choice(capsule, "capsule.size", tables.SIZES) or (tables.DEFAULT_SIZE if read["filed"] else None),
        brand=reader.text(capsule, "capsule.brand"),
        shell=read_shells(reader, capsule),
        fill=fill,
        shells_expiry=reader.day(capsule, "capsule.expiry", month=True),
        diluent=reader.choice(diluent, "diluent.name", tables.DILUENTS) or tables.DEFAULT_DILUENT,
        diluent_statistic=of_diluent,
        diluent_expiry=reader.day(diluent, "diluent.expiry", month=True),
        powder_statistic=of_diluent if stands else of_powder,
        diluent_stands=stands,
        packed={
            _typed_in(diluent, "diluent"): of_diluent,
            _typed_in(powder, name): of_powder,
            "capsule.fill_mass": fill,
        },
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
