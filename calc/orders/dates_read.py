"""Expiries typed as packs or GS1 codes have them, anywhere in an order's tree, each with the day it was read as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calc.faults import Notice, NoticeCode
from calc.reading.dates import said_back


def dates_read_in(tree: Mapping[str, Any]) -> Iterator[Notice]:
    """Yield a notice for each expiry that is not written as the normalized order writes one."""
    for path, fields in _groups(tree, ""):
        typed = fields.get("expiry")
        if typed is not None and (day := said_back(typed)) is not None:
            yield Notice(NoticeCode.DATE_READ, {"field": f"{path}.expiry", "typed": typed, "read": day})


def _groups(tree: Mapping[str, Any], place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the groups of fields in a tree and in its lists, each with its path."""
    for name, given in tree.items():
        items = enumerate(given) if isinstance(given, list) else ()
        found = [(f"{place}{name}", given), *((f"{place}{name}.{index}", item) for index, item in items)]
        for path, group in found:
            if isinstance(group, dict):
                yield path, group
                yield from _groups(group, f"{path}.")
