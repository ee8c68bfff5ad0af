"""The page's query of a JSON tree."""

from calc.orders.query import LIQUID_QUANTITIES, QUANTITIES


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
        elif path in QUANTITIES | LIQUID_QUANTITIES:
            number, _, unit = value.rpartition(" ")
            pairs += [(path, number), (f"{path}_unit", unit)]
        else:
            pairs.append((path, str(value)))
    return pairs
