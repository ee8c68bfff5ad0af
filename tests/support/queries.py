"""The page's query of a JSON tree."""

from calc.orders.query import pairs_of
from calc.service.preparations import PREPARATIONS

_QUANTITIES = frozenset(name for each in PREPARATIONS.values() for name in each.query.quantities)


def as_query(tree, prefix=""):
    """The page's query of a JSON tree, as pairs: a quantity is split at its last space."""
    pairs = []
    for name, value in tree.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict):
            pairs += as_query(value, f"{path}-")
        elif isinstance(value, list):
            for index, item in enumerate(value):
                pairs += as_query(item, f"{path}-{index}-")
        elif path in _QUANTITIES:
            number, _, unit = value.rpartition(" ")
            pairs += [(path, number), (f"{path}_unit", unit)]
        else:
            pairs.append((path, str(value)))
    return pairs


def query_of(tree):
    """The query of an order's tree as the program itself writes it, without what is null."""
    return pairs_of(tree, _QUANTITIES)
