"""Dotted names and typed texts as the tree of an order, which is then read as strictly as from any other door."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from calc.faults import Fault, FaultCode, Refused
from calc.reading.fields import TypedCount
from calc.service.preparations import PREPARATIONS

_COUNTS = frozenset[str]().union(*(each.query.counts for each in PREPARATIONS.values()))


def tree_of(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The tree that names and texts write; numbers in a name count the items of a list. Nothing is judged here.

    Raises `Refused` where a name and a part of it are both given, such as `drug` and `drug.name`.

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
    found = group.setdefault(name, {})
    if not isinstance(found, dict):
        raise Refused((Fault(FaultCode.EXCLUDES_EACH_OTHER, path, {"given": name}),))
    return found


def _listed(value: Any) -> Any:
    """A group whose names are 0, 1, 2 and so on is a list."""
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(part) for name, part in value.items()}
    if all(str(index) in inner for index in range(len(inner))):
        return [inner[str(index)] for index in range(len(inner))]
    return inner
