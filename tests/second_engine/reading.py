"""From the order tree to an Order: every field read and checked, all faults at once."""

from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_engine import tables
from tests.second_engine.order import Order
from tests.second_engine.reader import Reader

TOP = frozenset(
    [
        "drug",
        "dose",
        "quantity",
        "dose_basis",
        "allowance",
        "extra_capsules",
        "prepared_on",
        "internal_number",
        "crushing_loss",
        "source",
        "balance",
        "capsule",
        "diluent",
        "tablet_powder",
        "beyond_use",
        "screening",
        "acknowledgements",
    ]
)
PARTS = {
    "source": frozenset(
        [
            "kind",
            "strength",
            "release",
            "tablets_weighed",
            "total_mass",
            "weighed_on",
            "recovered_mass",
            "maker",
            "ndc",
            "lot",
            "expiry",
        ]
    ),
    "balance": frozenset(["readability", "sensitivity", "tolerated_error", "repeatability", "minimum"]),
    "capsule": frozenset(["size", "brand", "shell_mass", "fill_mass", "lot", "expiry"]),
    "diluent": frozenset(["name", "packing_statistic", "lot", "expiry"]),
    "tablet_powder": frozenset(("packing_statistic",)),
    "beyond_use": frozenset(("counting",)),
    "screening": frozenset(("opioids", "liver_disease")),
}
ANSWERS = ("not asked", "no", "yes")


def _given(tree: dict[str, Any], name: str) -> bool:
    """Whether a name was filled in, readable or not."""
    return tree.get(name) is not None


def _pairs(reader: Reader, tree: dict[str, Any], parts: dict[str, dict[str, Any]]) -> None:
    """Values that exclude each other, and one of a pair alone."""
    source, balance = parts["source"], parts["balance"]
    if _given(tree, "allowance") and _given(tree, "extra_capsules"):
        reader.fault("excludes_each_other", "extra_capsules")
    pairs = (
        (source, "source.tablets_weighed", source, "source.total_mass"),
        (balance, "balance.sensitivity", balance, "balance.tolerated_error"),
        (parts["diluent"], "diluent.packing_statistic", parts["tablet_powder"], "tablet_powder.packing_statistic"),
    )
    for first, first_field, second, second_field in pairs:
        has_first = _given(first, first_field.rpartition(".")[2])
        has_second = _given(second, second_field.rpartition(".")[2])
        if has_first != has_second:
            reader.fault("pair_incomplete", second_field if has_first else first_field)
    if _given(source, "recovered_mass") and not (_given(source, "total_mass") or _given(source, "tablets_weighed")):
        reader.fault("pair_incomplete", "source.total_mass")
    rules = [
        name
        for name, present in (
            ("sensitivity", _given(balance, "sensitivity") or _given(balance, "tolerated_error")),
            ("repeatability", _given(balance, "repeatability")),
            ("minimum", _given(balance, "minimum")),
        )
        if present
    ]
    for name in rules[1:]:
        reader.fault("excludes_each_other", f"balance.{name}")
    statistics = _given(parts["diluent"], "packing_statistic") or _given(parts["tablet_powder"], "packing_statistic")
    if statistics and _given(parts["capsule"], "fill_mass"):
        reader.fault("excludes_each_other", "capsule.fill_mass")


def _together(reader: Reader, order: Order) -> None:
    """Faults of the order as a whole."""
    if order.weighed_on > order.prepared_on:
        reader.fault("date_order", "source.weighed_on")
    if (
        order.recovered is not None
        and order.total_mass is not None
        and order.recovered > order.total_mass + 2 * order.readability
    ):
        reader.fault("recovered_above_total", "source.recovered_mass")


def _percent(value: Fraction | None) -> Fraction | None:
    """Per cent to a ratio."""
    return None if value is None else value / 100


def read_order(tree: Any, today: date) -> tuple[Order | None, list[dict[str, str]]]:
    """Read and check the whole tree; the order is complete only when there are no faults."""
    reader = Reader()
    if not isinstance(tree, dict):
        return None, [{"code": "wrong_type", "field": ""}]
    reader.unknown(tree, "", TOP)
    parts = {name: reader.part(tree, name, names) for name, names in PARTS.items()}
    for name in ("dose", "quantity"):
        if tree.get(name) is None:
            reader.fault("required", name)
    filed = reader.drug(tree)
    source, balance, capsule, diluent = parts["source"], parts["balance"], parts["capsule"], parts["diluent"]
    if not filed and source.get("strength") is None:
        reader.fault("required", "source.strength")
    reader.text(tree, "internal_number")
    for name in ("maker", "ndc", "lot"):
        reader.text(source, f"source.{name}")
    reader.text(capsule, "capsule.lot")
    reader.text(diluent, "diluent.lot")
    reader.choice(source, "source.kind", ("tablet",))
    prepared_on = reader.day(tree, "prepared_on") or today
    basis = reader.choice(tree, "dose_basis", tables.BASES if filed else ())
    order = Order(
        filed=filed,
        dose=reader.amount(tree, "dose") or Fraction(1),
        quantity=reader.count(tree, "quantity") or 1,
        basis=(basis or tables.DEFAULT_BASIS) if filed else None,
        allowance=_percent(reader.amount(tree, "allowance", ratio=True)) or Fraction(0),
        extra=reader.count(tree, "extra_capsules"),
        prepared_on=prepared_on,
        loss=Fraction(3, 100),
        strength=reader.amount(source, "source.strength") or tables.DEFAULT_STRENGTH,
        release=reader.choice(source, "source.release", ("immediate", "extended")) or "immediate",
        tablets_weighed=reader.count(source, "source.tablets_weighed"),
        total_mass=reader.amount(source, "source.total_mass"),
        weighed_on=reader.day(source, "source.weighed_on") or prepared_on,
        recovered=reader.amount(source, "source.recovered_mass"),
        tablets_expiry=reader.day(source, "source.expiry", month=True),
        readability=reader.amount(balance, "balance.readability") or Fraction(1),
        sensitivity=reader.amount(balance, "balance.sensitivity"),
        tolerated_error=_percent(reader.amount(balance, "balance.tolerated_error", ratio=True)),
        repeatability=reader.amount(balance, "balance.repeatability"),
        minimum=reader.amount(balance, "balance.minimum"),
        size=reader.choice(capsule, "capsule.size", tables.SIZES) or (tables.DEFAULT_SIZE if filed else None),
        brand=reader.text(capsule, "capsule.brand"),
        shell=reader.amount(capsule, "capsule.shell_mass"),
        fill=reader.amount(capsule, "capsule.fill_mass"),
        shells_expiry=reader.day(capsule, "capsule.expiry", month=True),
        diluent=reader.choice(diluent, "diluent.name", tables.DILUENTS) or tables.DEFAULT_DILUENT,
        diluent_statistic=reader.amount(diluent, "diluent.packing_statistic"),
        diluent_expiry=reader.day(diluent, "diluent.expiry", month=True),
        powder_statistic=reader.amount(parts["tablet_powder"], "tablet_powder.packing_statistic"),
        day_one=reader.choice(parts["beyond_use"], "beyond_use.counting", ("day 0", "day 1")) == "day 1",
        screening={
            name: reader.choice(parts["screening"], f"screening.{name}", ANSWERS) or ANSWERS[0]
            for name in ("opioids", "liver_disease")
        },
        acknowledgements=reader.acknowledgements(tree),
    )
    loss = reader.amount(tree, "crushing_loss", ratio=True)
    if loss is not None:
        order.loss = loss / 100
    _pairs(reader, tree, parts)
    if (_given(diluent, "packing_statistic") or _given(parts["tablet_powder"], "packing_statistic")) and not order.size:
        reader.fault("pair_incomplete", "capsule.size")
    if not reader.faults:
        _together(reader, order)
    return order, reader.faults
