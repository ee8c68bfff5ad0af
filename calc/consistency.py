"""What cannot stand together in an order: one of a pair alone, two ways to say one thing, dates out of order.

These checks read the tree itself, so that they speak beside the faults of single fields and not after them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calc.faults import Fault, FaultCode
from calc.readers import peek_date, peek_mass


def _has(tree: Mapping[str, Any], path: str) -> bool:
    part, _, name = path.rpartition(".")
    group = tree[part] if part else tree
    return isinstance(group, Mapping) and name in group


_PAIRS = (
    ("source.tablets_weighed", "source.total_mass"),
    ("balance.sensitivity", "balance.tolerated_error"),
    ("diluent.packing_statistic", "tablet_powder.packing_statistic"),
)
_EXCLUSIVE = (
    ("allowance", "extra_capsules"),
    ("balance.sensitivity", "balance.repeatability"),
    ("balance.sensitivity", "balance.minimum"),
    ("balance.repeatability", "balance.minimum"),
    ("diluent.packing_statistic", "capsule.fill_mass"),
    ("tablet_powder.packing_statistic", "capsule.fill_mass"),
)
#: A field that says something only beside another one.
_NEEDS = (
    ("source.recovered_mass", "source.total_mass"),
    ("source.recovered_mass", "source.tablets_weighed"),
    ("diluent.packing_statistic", "capsule.size"),
    ("tablet_powder.packing_statistic", "capsule.size"),
)


def fields_together(tree: Mapping[str, Any]) -> Iterator[Fault]:
    """Fields of which one is missing or one is too many, whatever they hold."""
    for one, other in (*_PAIRS, *(pair[::-1] for pair in _PAIRS), *_NEEDS):
        if _has(tree, one) and not _has(tree, other):
            yield Fault(FaultCode.PAIR_INCOMPLETE, other, {"given": one})
    for one, other in _EXCLUSIVE:
        if _has(tree, one) and _has(tree, other):
            yield Fault(FaultCode.EXCLUDES_EACH_OTHER, other, {"given": one})
    if isinstance(tree["drug"], Mapping) and isinstance(tree["source"], Mapping) and not _has(tree, "source.strength"):
        yield Fault(FaultCode.REQUIRED, "source.strength", {"typed": ""})


def values_in_sequence(tree: Mapping[str, Any]) -> Iterator[Fault]:
    """Values that cannot stand beside one another, where both can be read."""
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
