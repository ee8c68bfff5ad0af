"""Trees of orders from dotted names and typed texts; they are then parsed as strictly as any other input."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from calc.faults import Fault, FaultCode, Refused
from calc.reading.fields import TypedCount
from calc.service.preparations import PREPARATIONS

_COUNTS = frozenset[str]().union(*(each.query.counts for each in PREPARATIONS.values()))


def tree_of(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Build a tree from names and texts; numbers in a name are indexes of a list. Nothing is validated here.

    Raises `Refused` if a name and a part of it are both given, such as `drug` and `drug.name`.

    >>> tree_of([("dose", "4.5 mg"), ("source.strength", "50 mg"), ("acknowledgements.0.code", "heavy_tablet")])
    {'dose': '4.5 mg', 'source': {'strength': '50 mg'}, 'acknowledgements': [{'code': 'heavy_tablet'}]}
    """
    tree: dict[str, Any] = {}
    for path, text in pairs:
        group, *names = path.split(".")
        inner: dict[str, Any] = tree
        for name in names:
            inner = _inside(inner, group, path)
            group = name
        if group in inner:
            raise Refused((Fault(FaultCode.EXCLUDES_EACH_OTHER, path, {"given": path}),))
        inner[group] = TypedCount(text) if path.replace(".", "-") in _COUNTS else text
    return {name: _listed(value) for name, value in tree.items()}


def _inside(group: dict[str, Any], name: str, path: str) -> dict[str, Any]:
    inner = group.setdefault(name, {})
    if not isinstance(inner, dict):
        raise Refused((Fault(FaultCode.EXCLUDES_EACH_OTHER, path, {"given": name}),))
    return inner


def _listed(value: Any) -> Any:
    """Turn each group whose names are 0, 1, 2 and so on into a list."""
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(part) for name, part in value.items()}
    if all(str(index) in inner for index in range(len(inner))):
        return [inner[str(index)] for index in range(len(inner))]
    return inner
