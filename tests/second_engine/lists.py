"""Lists of quantities of a check: how long they may be, and each of them read."""

from fractions import Fraction
from typing import Any

from tests.second_engine.reader import Reader

LENGTHS = range(10, 31)


def read_list(
    reader: Reader,
    tree: dict[str, Any],
    name: str,
    dimension: str = "mass",
    lengths: Any = LENGTHS,
    like: str | None = None,
) -> list[Fraction]:
    """Every quantity of a list; faulty ones are left out and their faults noted."""
    items = tree.get(name)
    if items is None:
        return []
    if not isinstance(items, list):
        reader.fault("wrong_type", name)
        return []
    if len(items) not in lengths:
        reader.fault("list_length", name)
    if len(items) > max(lengths):
        return []  # of one that is too short the items are read all the same
    for at, item in enumerate(items):
        if item is None:
            reader.fault("wrong_type", f"{name}.{at}")
    read = [
        reader.amount({str(at): item}, f"{name}.{at}", dimension, like=like or name) for at, item in enumerate(items)
    ]
    return [value for value in read if value is not None]
