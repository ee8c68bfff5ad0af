"""Expiries typed as packs or GS1 codes have them, anywhere in an order's tree, each with the day it was read as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calc.faults import Notice, NoticeCode
from calc.reading.dates import said_back


def dates_read_in(tree: Mapping[str, Any]) -> Iterator[Notice]:
    """Yield a notice for each expiry that is not written as the normalized order writes one."""
    for name, given in tree.items():
        if isinstance(given, dict):
            if "expiry" in given:
                yield from _read(name, given)
            if "parts" in given:
                yield from _read_in_items(f"{name}.parts", given["parts"])
        elif isinstance(given, list):
            yield from _read_in_items(name, given)


def _read_in_items(place: str, listed: Any) -> Iterator[Notice]:
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, dict):
            yield from _read(f"{place}.{index}", item)


def _read(path: str, fields: Mapping[str, Any]) -> Iterator[Notice]:
    typed = fields.get("expiry")
    if typed is not None and (day := said_back(typed)) is not None:
        yield Notice(NoticeCode.DATE_READ, {"field": f"{path}.expiry", "typed": typed, "read": day})
