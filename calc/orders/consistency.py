"""Consistency checks of an order: incomplete pairs, fields that exclude each other, dates out of order.

They read the tree itself, so that their faults are reported beside those of single fields, not after them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from calc.faults import Fault, FaultCode
from calc.orders.defaults import Names
from calc.reading.fields import peek_date, peek_mass


def _has(tree: Mapping[str, Any], path: str) -> bool:
    part, _, name = path.rpartition(".")
    group = tree[part] if part else tree
    return isinstance(group, Mapping) and name in group


def _of_this_order(rules: Iterable[tuple[str, str]], names: Names) -> Iterator[tuple[str, str]]:
    """Yield the rules whose two fields both exist in this kind of order; an unknown field is another fault."""
    for rule in rules:
        parts = [path.rpartition(".") for path in rule]
        if all(name in names.get(part, ()) for part, _, name in parts):
            yield rule


_PAIRS = (
    ("source.tablets_weighed", "source.total_mass"),
    ("balance.sensitivity", "balance.tolerated_error"),
    ("diluent.packing_statistic", "tablet_powder.packing_statistic"),
)
#: The same for bulk powder.
_PAIRS_OF_BULK = (
    ("balance.sensitivity", "balance.tolerated_error"),
    ("diluent.packing_statistic", "source.packing_statistic"),
)
#: Fields for tablets, meaningless for bulk powder.
_OF_TABLETS = ("crushing_loss", "tablet_powder.packing_statistic")
_EXCLUSIVE = (
    ("allowance", "extra_capsules"),
    ("balance.sensitivity", "balance.repeatability"),
    ("balance.sensitivity", "balance.minimum"),
    ("balance.repeatability", "balance.minimum"),
    ("diluent.packing_statistic", "capsule.fill_mass"),
    ("tablet_powder.packing_statistic", "capsule.fill_mass"),
    ("source.packing_statistic", "capsule.fill_mass"),
)
#: Fields that are meaningless alone, each with the field it needs.
_NEEDS = (
    ("source.recovered_mass", "source.total_mass"),
    ("source.recovered_mass", "source.tablets_weighed"),
    ("diluent.packing_statistic", "capsule.size"),
    ("tablet_powder.packing_statistic", "capsule.size"),
    ("source.packing_statistic", "capsule.size"),
)


def fields_together(tree: Mapping[str, Any], names: Names) -> Iterator[Fault]:
    """Yield a fault for each missing or excluded field, whatever the values; `names` are those of the order."""
    source = tree["source"]
    bulk = isinstance(source, Mapping) and source.get("kind") == "powder"
    pairs = _PAIRS_OF_BULK if bulk else _PAIRS
    for field, needed in _of_this_order((*pairs, *(pair[::-1] for pair in pairs), *_NEEDS), names):
        if _has(tree, field) and not _has(tree, needed):
            yield Fault(FaultCode.PAIR_INCOMPLETE, needed, {"given": field})
    for field, excluded in _of_this_order(_EXCLUSIVE, names):
        if _has(tree, field) and _has(tree, excluded):
            yield Fault(FaultCode.EXCLUDES_EACH_OTHER, excluded, {"given": field})
    if bulk:
        yield from _of_bulk(tree, source, names)
    elif isinstance(tree["drug"], Mapping) and isinstance(source, Mapping) and not _has(tree, "source.strength"):
        yield Fault(FaultCode.REQUIRED, "source.strength")


def _of_bulk(tree: Mapping[str, Any], source: Mapping[str, Any], names: Names) -> Iterator[Fault]:
    """Yield a fault for each field that bulk powder excludes, and for the water content it may need."""
    for path, kind in _of_this_order(((path, "source.kind") for path in _OF_TABLETS), names):
        if _has(tree, path):
            yield Fault(FaultCode.EXCLUDES_EACH_OTHER, path, {"given": kind})
    if source.get("assay_basis") == "dried" and "water" not in source:
        yield Fault(FaultCode.PAIR_INCOMPLETE, "source.water", {"given": "source.assay_basis"})


def values_in_sequence(tree: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each pair of values that contradict each other, if both can be parsed."""
    source = tree["source"] if isinstance(tree["source"], Mapping) else {}
    balance = tree["balance"] if isinstance(tree["balance"], Mapping) else {}
    weighed, prepared = peek_date(source.get("weighed_on")), peek_date(tree.get("prepared_on"))
    if weighed is not None and prepared is not None and weighed > prepared:
        yield Fault(FaultCode.DATE_ORDER, "source.weighed_on", {"weighed_on": weighed, "prepared_on": prepared})
    recovered, total = peek_mass(source.get("recovered_mass")), peek_mass(source.get("total_mass"))
    readability = peek_mass(balance.get("readability"))
    if recovered is not None and total is not None and readability is not None:
        most = total.to(recovered.unit).value + 2 * readability.to(recovered.unit).value
        if recovered.value > most:
            yield Fault(
                FaultCode.RECOVERED_ABOVE_TOTAL, "source.recovered_mass", {"typed": recovered, "total_mass": total}
            )
