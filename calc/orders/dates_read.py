"""Expiries typed as packs or GS1 codes have them, anywhere in an order's tree, each with the day it was read as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calc.faults import Notice, NoticeCode
from calc.reading.dates import said_back


def dates_read_in(tree: Mapping[str, Any]) -> Iterator[Notice]:
    """Yield a notice for each expiry that is not written as the normalized order writes one."""
    groups: list[tuple[str, Any]] = []
    for name, given in tree.items():
        if isinstance(given, dict):
            groups.append((name, given))
            groups += _items(f"{name}.parts", given["parts"]) if "parts" in given else ()
        elif isinstance(given, list):
            groups += _items(name, given)
    for path, fields in groups:
        typed = fields.get("expiry")
        if typed is not None and (day := said_back(typed)) is not None:
            yield Notice(NoticeCode.DATE_READ, {"field": f"{path}.expiry", "typed": typed, "read": day})


def _items(place: str, listed: Any) -> list[tuple[str, Any]]:
    items = listed if isinstance(listed, list) else ()
    return [(f"{place}.{index}", item) for index, item in enumerate(items) if isinstance(item, dict)]
