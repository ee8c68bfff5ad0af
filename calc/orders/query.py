"""Query strings of orders: every field under a hyphenated name, quantities split into number and unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from calc.limits import MOST_SYRINGES
from calc.orders.base import Read

COUNTS = frozenset({"quantity", "extra_capsules", "source-tablets_weighed"})
QUANTITIES = frozenset(
    {"dose", "allowance", "crushing_loss", "source-strength", "source-total_mass", "source-recovered_mass"}
    | {"source-assay", "source-water", "source-packing_statistic"}
    | {f"balance-{name}" for name in ("readability", "sensitivity", "tolerated_error", "repeatability", "minimum")}
    | {"capsule-shell_mass", "capsule-fill_mass", "diluent-packing_statistic", "tablet_powder-packing_statistic"}
)

#: Further numeric fields of a liquid, for each possible syringe too.
LIQUID_COUNTS = frozenset({"doses_per_day"})
LIQUID_QUANTITIES = frozenset(
    {"strength", "volume"}
    | {f"syringes-{index}-{part}" for index in range(MOST_SYRINGES) for part in ("capacity", "graduation")}
)
_EVERY_QUANTITY = QUANTITIES | LIQUID_QUANTITIES

Pairs = list[tuple[str, str]]


def pairs_of(tree: Mapping[str, Any], left_out: frozenset[str] = frozenset(), prefix: str = "") -> Pairs:
    """Return the query of a normalized order, without the dotted paths in `left_out`.

    >>> pairs_of({"dose": "4.5 mg", "capsule": {"size": "3", "lot": None}})
    [('dose', '4.5'), ('dose_unit', 'mg'), ('capsule-size', '3')]
    """
    pairs: Pairs = []
    for key, value in tree.items():
        path = f"{prefix}{key}"
        name = path.replace(".", "-")
        if value is None or path in left_out:
            continue
        if isinstance(value, Mapping):
            pairs += pairs_of(value, left_out, f"{path}.")
        elif isinstance(value, list):
            for index, item in enumerate(value):
                pairs += pairs_of(item, left_out, f"{path}.{index}.")
        elif name in _EVERY_QUANTITY:
            number, _, unit = str(value).partition(" ")
            pairs += [(name, number), (f"{name}_unit", unit)]
        else:
            pairs.append((name, str(value)))
    return pairs


def shortest_pairs_of(order: Read) -> Pairs:
    """Return the query of an order without defaults, but with the date of making: it means the same tomorrow.

    >>> from datetime import date
    >>> from calc.library import load
    >>> from calc.capsule.order import Order
    >>> shortest_pairs_of(Order.read({"dose": "4.5 mg", "quantity": 30}, load(), today=date(2026, 11, 22)))
    [('dose', '4.5'), ('dose_unit', 'mg'), ('quantity', '30'), ('prepared_on', '2026-11-22')]
    """
    return pairs_of(order.understood(), frozenset(order.defaults) - {"prepared_on"})


def written(pairs: Pairs) -> str:
    """Encode the pairs as one query string.

    >>> written([("dose", "4.5"), ("capsule-lot", "A & B")])
    'dose=4.5&capsule-lot=A%20%26%20B'
    """
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
