"""The order of a batch with what was found at the bench: tablets counted and weighed, packing, shells, lots."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from calc import limits
from calc.arithmetic.units import Figure
from calc.planning.bench_codes import BenchCode
from calc.reading.fields import canonical
from calc.record.batch.state import BatchState, Entry, TakenLot
from calc.record.batch.together import part_of_step, said_in_order

#: Steps whose amounts say what the source is.
_OF_SOURCE = {
    BenchCode.CRUSHED_TABLETS: "crushed_mass",
    BenchCode.RECOVERED: "recovered_mass",
}
#: What an order says of tablets that were counted and weighed, and of capsules that are opened.
_MEASURED = {
    "tablet": ("tablets_weighed", "total_mass", "weighed_on", "crushed_mass", "recovered_mass"),
    "capsule": ("capsules_weighed", "full_mass", "shells_mass", "weighed_on", "recovered_mass"),
}
#: Steps whose entries change the order, so that it is planned again.
FEEDS = frozenset(
    {
        *(BenchCode.COUNT_TABLETS, BenchCode.ALL_TABLETS, BenchCode.FULL_CAPSULES, BenchCode.EMPTY_SHELLS),
        *(*_OF_SOURCE, BenchCode.PACKING_OF_DILUENT, BenchCode.PACKING_OF_POWDER, BenchCode.TEN_SHELLS),
    }
)


def order_with(
    state: BatchState, entries: Mapping[str, Entry] | None = None, lots: Iterable[TakenLot] | None = None
) -> dict[str, Any]:
    """Return the order that the batch was opened with, and in it what was recorded since.

    What was weighed before the batch was opened counts until all of it was weighed anew. Reasons for stops are those
    that count now.
    """
    entries = state.entries if entries is None else entries
    tree: dict[str, Any] = copy.deepcopy(dict(state.base))
    tree["acknowledgements"] = list(state.order["acknowledgements"])
    given = (each for entry in entries.values() for each in entry.passed)
    tree["acknowledgements"] += [each for each in given if each not in tree["acknowledgements"]]
    amount = _amounts(entries)
    source = tree["source"]
    if source["kind"] == "tablet":
        _tablets(tree, source, entries, amount)
    elif source["kind"] == "capsule":
        _capsules(tree, source, entries, amount)
    if "capsule" in tree:
        _packed(tree, source, entries)
        if BenchCode.TEN_SHELLS.value in entries:
            tree["capsule"] |= said_in_order(entries[BenchCode.TEN_SHELLS.value], BenchCode.TEN_SHELLS)
    for lot_component, taken in _by_component(state.lots if lots is None else lots).items():
        part = part_of(tree, lot_component)
        if part is not None:
            part["lot"] = _lots_said([lot.lot for lot in taken])
            part["expiry"] = min(lot.expiry for lot in taken)
            if "maker" in part:
                part["maker"] = ", ".join(dict.fromkeys(lot.maker for lot in taken if lot.maker)) or None
    return tree


def _amounts(entries: Mapping[str, Entry]) -> Callable[[BenchCode], Figure | None]:
    def amount(code: BenchCode) -> Figure | None:
        entry = entries.get(code.value)
        return None if entry is None else entry.actual

    return amount


def _tablets(
    tree: dict[str, Any],
    source: dict[str, Any],
    entries: Mapping[str, Entry],
    amount: Callable[[BenchCode], Figure | None],
) -> None:
    count, mass = amount(BenchCode.COUNT_TABLETS), amount(BenchCode.ALL_TABLETS)
    if count is None or mass is None:
        return
    source |= dict.fromkeys(_MEASURED["tablet"])
    source |= {"tablets_weighed": count.numerator, "total_mass": canonical(mass)}
    _weighed_on(tree, source, entries[BenchCode.ALL_TABLETS])
    _of_source(source, amount)


def _capsules(
    tree: dict[str, Any],
    source: dict[str, Any],
    entries: Mapping[str, Entry],
    amount: Callable[[BenchCode], Figure | None],
) -> None:
    count, full = amount(BenchCode.COUNT_TABLETS), amount(BenchCode.FULL_CAPSULES)
    shells = amount(BenchCode.EMPTY_SHELLS)
    if count is None or full is None or shells is None:
        return
    source |= dict.fromkeys(_MEASURED["capsule"])
    source |= {"capsules_weighed": count.numerator, "full_mass": canonical(full), "shells_mass": canonical(shells)}
    _weighed_on(tree, source, entries[BenchCode.EMPTY_SHELLS])
    _of_source(source, amount)


def _weighed_on(tree: dict[str, Any], source: dict[str, Any], entry: Entry) -> None:
    """Write when the source was weighed, which is the day of making: from it the days of use are counted."""
    source["weighed_on"] = tree["prepared_on"] = entry.day


def _of_source(source: dict[str, Any], amount: Callable[[BenchCode], Figure | None]) -> None:
    for code, name in _OF_SOURCE.items():
        found = amount(code)
        if found is not None and name in source:
            source[name] = canonical(found)


def _packed(tree: dict[str, Any], source: dict[str, Any], entries: Mapping[str, Entry]) -> None:
    """Write how diluent and powder pack: both, or what was measured anew of an order that says it already."""
    codes = BenchCode.PACKING_OF_DILUENT, BenchCode.PACKING_OF_POWDER
    parts = {code: tree[part_of_step(source, code)] for code in codes}
    said = (part["packing_statistic"] is not None or part["packing"] is not None for part in parts.values())
    if any(said) or all(code.value in entries for code in parts):
        for code, part in parts.items():
            if code.value in entries:
                part |= said_in_order(entries[code.value], code)


def _lots_said(lots: list[str]) -> str:
    """Return the lots of one component as an order says them, in one text of a bounded length."""
    joined = ", ".join(lots)
    return joined if len(joined) <= limits.LONGEST_TEXT else f"{lots[0]} and {len(lots) - 1} more"


def _by_component(lots: Iterable[TakenLot]) -> dict[str, list[TakenLot]]:
    found: dict[str, list[TakenLot]] = {}
    for lot in lots:
        found.setdefault(lot.component, []).append(lot)
    return found


def part_of(tree: Mapping[str, Any], component: str) -> Any:
    """Return the part of an order that a component is, by its path ("vehicle.parts.0"); None for one that is no part.

    >>> part_of({"vehicle": {"parts": [{"lot": None}]}}, "vehicle.parts.0")
    {'lot': None}
    """
    found: Any = tree
    for name in component.split("."):
        if isinstance(found, list):
            found = found[int(name)] if name.isdecimal() and int(name) < len(found) else None
        else:
            found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, dict) and "lot" in found else None


def components_of(tree: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the paths of the components whose lots are recorded, in the order of the sheet.

    >>> components_of({"source": {}, "capsule": {}, "diluent": {}, "ingredients": [{}, {}]})
    ('source', 'diluent', 'capsule', 'ingredients.0', 'ingredients.1')
    """
    found = [name for name in ("source", "diluent", "capsule") if name in tree]
    parts = tree.get("vehicle", {}).get("parts") or ()
    if "vehicle" in tree:
        found += [f"vehicle.parts.{at}" for at in range(len(parts))] or ["vehicle"]
    return (*found, *(f"ingredients.{at}" for at in range(len(tree.get("ingredients") or ()))))
