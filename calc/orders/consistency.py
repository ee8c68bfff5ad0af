"""Consistency checks of an order: incomplete pairs, fields that exclude each other, dates out of order.

They read the tree itself, so that their faults are reported beside those of single fields, not after them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Any

from calc import limits
from calc.arithmetic.units import Figure
from calc.faults import Fault, FaultCode
from calc.orders.defaults import Names, part_and_name
from calc.orders.packing import means_in_range, packing_pair, shells_of_capsules
from calc.orders.parts import is_powder, kind_of_source
from calc.reading.dates import peek_date
from calc.reading.fields import peek_mass

#: Two fields of which one has something to say to the other, by their paths.
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules on fields together that concern one kind of order, prepared once for each."""

    incomplete: Pairs
    incomplete_of_bulk: Pairs
    incomplete_of_capsules: Pairs
    exclusive: Pairs
    of_tablets: Pairs
    packs: bool


def rules_for(names: Names) -> Rules:
    """Return the rules whose two fields both exist in an order with these names; an unknown field is another fault."""

    def known(*pairs: tuple[str, str]) -> Pairs:
        return tuple(pair for pair in pairs if all(_is_known(path, names) for path in pair))

    return Rules(
        incomplete=known(*_PAIRS, *(pair[::-1] for pair in _PAIRS), *_NEEDS),
        incomplete_of_bulk=known(*_PAIRS_OF_BULK, *(pair[::-1] for pair in _PAIRS_OF_BULK), *_NEEDS),
        incomplete_of_capsules=known(*_PAIRS_OF_BULK, *(pair[::-1] for pair in _PAIRS_OF_BULK), *_NEEDS_OF_CAPSULES),
        exclusive=known(*_EXCLUSIVE),
        of_tablets=known(*((path, "source.kind") for path in _OF_TABLETS)),
        packs=_is_known("diluent.packing", names),
    )


def _is_known(path: str, names: Names) -> bool:
    part, name = part_and_name(path)
    return name in names.get(part, ())


def _said(tree: Mapping[str, Any]) -> set[str]:
    """Return those paths of the rules at which a completed tree says something; a part that is no dict says nothing."""
    said = {name for name in _PATHS[""] if tree.get(name) is not None}
    for part, paths in _PATHS.items():
        group = tree.get(part)
        if isinstance(group, dict):
            said.update([path for name, path in paths.items() if name in group])
    return said


_PAIRS = (
    ("source.tablets_weighed", "source.total_mass"),
    ("balance.sensitivity", "balance.tolerated_error"),
)
#: The same for bulk powder.
_PAIRS_OF_BULK = (("balance.sensitivity", "balance.tolerated_error"),)
#: The ways in which an order says how a powder packs.
_PACKING = tuple(f"{part}.{name}" for part in limits.PACKED for name in ("packing_statistic", "packing"))
#: Fields for tablets, meaningless for bulk powder.
_OF_TABLETS = ("crushing_loss", "tablet_powder.packing_statistic", "tablet_powder.packing")
_EXCLUSIVE = (
    ("allowance", "extra_capsules"),
    ("source.tablets_used", "strength"),
    ("source.capsules_used", "strength"),
    ("source.tablets_used", "source.tablets_crushed"),
    ("balance.sensitivity", "balance.repeatability"),
    ("balance.sensitivity", "balance.minimum"),
    ("balance.repeatability", "balance.minimum"),
    ("capsule.shell_mass", "capsule.shells"),
    *((f"{part}.packing_statistic", f"{part}.packing") for part in limits.PACKED),
    *((path, "capsule.fill_mass") for path in _PACKING),
)
#: Fields that are meaningless alone, each with the field it needs.
_NEEDS = (
    ("source.recovered_mass", "source.total_mass"),
    ("source.recovered_mass", "source.tablets_weighed"),
    ("source.crushed_mass", "source.total_mass"),
    ("source.common_powder", "source.total_mass"),
    ("source.common_powder", "source.tablets_crushed"),
    *((path, "capsule.size") for path in _PACKING),
)
#: The same where capsules are opened: they are weighed full, and the same shells empty.
_WEIGHED = ("source.capsules_weighed", "source.full_mass", "source.shells_mass")
_NEEDS_OF_CAPSULES = (
    *((one, other) for one in _WEIGHED for other in _WEIGHED if one != other),
    *(("source.recovered_mass", each) for each in _WEIGHED),
    *((path, "capsule.size") for path in _PACKING),
)


def _by_part(paths: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
    """Return paths by the part that they lead into, "" for the order itself, and by the name there."""
    parts: dict[str, dict[str, str]] = {}
    for path in paths:
        part, name = part_and_name(path)
        parts.setdefault(part, {})[name] = path
    return parts


#: Every path that a rule speaks of.
_PATHS = _by_part(
    {
        *chain(*_PAIRS, *_PAIRS_OF_BULK, *_NEEDS, *_NEEDS_OF_CAPSULES, *_EXCLUSIVE),
        *(*_PACKING, *_OF_TABLETS, "source.strength"),
    }
)


def fields_together(tree: Mapping[str, Any], rules: Rules) -> Iterator[Fault]:
    """Yield a fault for each field that is missing or redundant beside others, whatever its value."""
    source, said = tree["source"], _said(tree)
    bulk = is_powder(source)
    opened = kind_of_source(source) == "capsule"
    incomplete = rules.incomplete_of_capsules if opened else rules.incomplete
    for field, needed in rules.incomplete_of_bulk if bulk else incomplete:
        if field in said and needed not in said:
            yield Fault(FaultCode.PAIR_INCOMPLETE, needed, {"given": field})
    if rules.packs and not said.isdisjoint(_PACKING):
        yield from packing_pair(said, "source" if bulk else "tablet_powder")
    for field, excluded in rules.exclusive:
        if field in said and excluded in said:
            yield Fault(FaultCode.EXCLUDES_EACH_OTHER, excluded, {"given": field})
    if bulk:
        yield from _of_bulk(said, source, rules)
    elif isinstance(tree["drug"], dict) and isinstance(source, dict) and "source.strength" not in said:
        yield Fault(FaultCode.REQUIRED, "source.strength")


def _of_bulk(said: set[str], source: Mapping[str, Any], rules: Rules) -> Iterator[Fault]:
    """Yield faults for what bulk powder requires and what it excludes."""
    for path, kind in rules.of_tablets:
        if path in said:
            yield Fault(FaultCode.EXCLUDES_EACH_OTHER, path, {"given": kind})
    basis = source.get("assay_basis")
    if basis in ("anhydrous", "dried") and "water" not in source:
        facts = {"given": "source.assay_basis", "assay_basis": basis}
        yield Fault(FaultCode.PAIR_INCOMPLETE, "source.water", facts)


def values_in_sequence(tree: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each pair of values that contradict each other, if both can be parsed."""
    yield from means_in_range(tree)
    yield from shells_of_capsules(tree)
    source, balance = (tree[part] if isinstance(tree[part], dict) else {} for part in ("source", "balance"))
    weighed, prepared = source.get("weighed_on"), tree.get("prepared_on")
    if weighed != prepared:
        weighed, prepared = peek_date(weighed), peek_date(prepared)
        if weighed is not None and prepared is not None and weighed > prepared:
            yield Fault(FaultCode.DATE_ORDER, "source.weighed_on", {"weighed_on": weighed, "prepared_on": prepared})
    recovered = peek_mass(source.get("recovered_mass"))
    if recovered is None:
        return
    total, readability = peek_mass(source.get("total_mass")), peek_mass(balance.get("readability"))
    if total is not None and readability is not None:
        there = peek_mass(source.get("crushed_mass")) or _of_crushed(source, total, same_day=weighed == prepared)
        if there is None:
            return
        most = there.to(recovered.unit).value + 2 * readability.to(recovered.unit).value
        if recovered.value > most:
            facts = {"typed": recovered, "total_mass": there}
            yield Fault(FaultCode.RECOVERED_ABOVE_TOTAL, "source.recovered_mass", facts)


def _of_crushed(source: Mapping[str, Any], total: Figure, *, same_day: bool) -> Figure | None:
    """Return the most that the tablets crushed weigh by the mean of those weighed, as far as an order alone tells.

    If their number is not given, no more are crushed than were weighed on the day; else planning tells (None).
    """
    crushed, weighed = source.get("tablets_crushed") or source.get("tablets_used"), source.get("tablets_weighed")
    if type(crushed) is type(weighed) is int and crushed > 0 and weighed > 0:
        return Figure(total.value * Fraction(crushed, weighed), total.unit)
    return total if crushed is None and same_day else None
