"""Defaults for fields left out of an order, written into the tree before it is validated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from calc import limits
from calc.library import Library
from calc.orders.parts import is_powder, kind_of_source
from calc.reading.dates import peek_date
from calc.reading.fields import canonical, peek_mass
from calc.reading.numbers import QUANTITY, read_quantity
from calc.reading.validation import TREES, trimmed, without_null

_NONE: Mapping[str, Any] = {}
#: The names of an order's fields (under "") and those of each of its parts.
Names = Mapping[str, frozenset[str]]


@cache
def part_and_name(path: str) -> tuple[str, str]:
    """Return the part of an order that a path of the program leads into, "" for the order itself, and the name there.

    >>> part_and_name("source.strength"), part_and_name("dose")
    (('source', 'strength'), ('', 'dose'))
    """
    part, _, name = path.rpartition(".")
    return part, name


def group_at(tree: Mapping[str, Any], part: str) -> Any:
    """Return the part of a tree at a path, "" for the tree itself; None if there is none.

    >>> group_at({"capsule": {"shells": {"number": 10}}}, "capsule.shells")
    {'number': 10}
    """
    group: Any = tree
    for name in part.split(".") if part else ():
        if isinstance(group, list):
            group = group[int(name)] if name.isdecimal() and int(name) < len(group) else None
        else:
            group = group.get(name) if isinstance(group, TREES) else None
    return group


@dataclass(frozen=True, slots=True)
class Shape:
    """How the tree of one kind of order is completed, prepared once: its groups of fields, and its defaults by path.

    `groups` lie in the order itself, `inner` within one of those, and stay out if they are left out; `lists` are lists
    of groups.
    """

    names: Names
    groups: tuple[str, ...]
    inner: tuple[str, ...]
    lists: tuple[str, ...]
    of_tablets: Mapping[str, Any]
    of_bulk: Mapping[str, Any]


def shape_of(names: Names, defaults: Mapping[str, Any]) -> Shape:
    """Return the shape of the orders with these names and defaults."""
    parts = names.keys() - {"", *_ALONE, *_LISTS}
    return Shape(
        names,
        groups=tuple(part for part in parts if "." not in part),
        inner=tuple(part for part in parts if "." in part),
        lists=tuple(names.keys() & _LISTS),
        of_tablets={path: _as_read(value) for path, value in defaults.items() if path not in _OF_BULK},
        of_bulk={path: _as_read(value) for path, value in defaults.items() if path not in _OF_TABLETS},
    )


def _as_read(default: Any) -> Any:
    """Return a default with its quantities as fields read them, once and not for each order."""
    if isinstance(default, list):
        return [{name: _as_read(value) for name, value in item.items()} for item in default]
    return read_quantity(default) if isinstance(default, str) and QUANTITY.fullmatch(default) else default


def complete(
    tree: Mapping[str, Any],
    shape: Shape,
    library: Library,
    today: date | None,
    earlier: Mapping[str, Any] = _NONE,
    facts_of: Callable[[Mapping[str, Any], Library], dict[str, Any]] | None = None,
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the tree with trimmed texts, without nulls and with every default in it, and the paths of those defaults.

    Defaults from the drug's file and for the date are added to those of the shape. `earlier` holds those that were
    others when the order was printed: they go before, and as values of the order's own, because they are no defaults
    any more. `facts_of` returns what follows from the order itself and the tables, by path: it goes before the shape's.
    A value that should be an object but is not stays as it is, for validation to report.
    """
    names = shape.names
    full: dict[str, Any] = without_null(trimmed(tree), names[""])
    for part in shape.groups:
        if part not in full:
            full[part] = {}
        elif isinstance(full[part], dict):
            full[part] = without_null(full[part], names[part])
    for path in shape.inner:
        part, name = part_and_name(path)
        group = full[part]
        if isinstance(group, dict) and isinstance(group.get(name), dict):
            group[name] = without_null(group[name], names[path])
    for part in _ALONE:
        if isinstance(full.get(part), dict):
            full[part] = without_null(full[part], names[part])
    for path in shape.lists:
        part, name = part_and_name(path)
        group = full[part] if part else full
        given = group.get(name) if isinstance(group, dict) else None
        if isinstance(given, list):
            group[name] = [without_null(item, names[path]) if isinstance(item, dict) else item for item in given]
    full.setdefault("acknowledgements", [])
    answers = full.setdefault("screening", {})
    filled: list[str] = []

    def default(path: str, value: Any) -> None:
        part, name = part_and_name(path)
        group = full if not part else full[part] if part in full else group_at(full, part)
        if isinstance(group, dict) and name not in group:
            group[name] = earlier.get(path, value)
            if path not in earlier:
                filled.append(path)

    default("drug", limits.DEFAULT_DRUG)
    full["drug"] = library.key_of(full["drug"])
    questions = library.questions_of(full["drug"]) or ()
    if isinstance(answers, dict):
        full["screening"] = _answers(answers, questions)
        filled += [f"screening.{code}" for code in questions if answers.get(code) is None]
    if today is not None:
        default("prepared_on", today.isoformat())
    bulk = is_powder(full["source"])
    has_file = isinstance(full["drug"], str)
    if has_file and isinstance(full["assessment"], dict):  # its file answers; what nobody was asked is not said
        full["assessment"] = {name: answer for name, answer in full["assessment"].items() if answer != _UNASKED[-1]}
    left_out = _left_out(full, has_file)
    known = {} if facts_of is None else facts_of(full, library)
    for path, value in (shape.of_bulk if bulk else shape.of_tablets).items():
        if path not in left_out:
            default(path, known.pop(path, value))
    for path, value in known.items():
        default(path, value)
    _no_finer_than_readability(full["balance"], filled)
    if "vehicle" in names:
        default("vehicle.storage", _usual_storage(full["vehicle"]))
    if "strength" in names[""] and _uses_tablets(full["source"]):
        full.setdefault("strength", None)  # it follows; without either it is missing
    drug = library.drugs.get(full["drug"]) if has_file else None
    if drug is not None:
        default("dose_basis", drug.default_basis)
        if bulk:
            default("source.basis", drug.default_basis)
        elif kind_of_source(full["source"]) == "tablet":
            default("source.strength", drug.default_strength)
        if "capsule" in names:
            default("capsule.size", drug.default_size)
    source = full["source"]
    mass = "full_mass" if kind_of_source(source) == "capsule" else "total_mass"
    undated = isinstance(source, dict) and mass in source and "weighed_on" not in source and not bulk
    if undated and peek_date(full.get("prepared_on")) is not None:
        default("source.weighed_on", full["prepared_on"])
    return full, tuple(filled)


def _left_out(full: Mapping[str, Any], has_file: bool) -> set[str]:
    """Return the paths of defaults that say nothing beside what an order says itself."""
    left_out = set(limits.ASSESSMENT if has_file else ())
    if "extra_capsules" in full:
        left_out.add("allowance")
    kind = kind_of_source(full["source"])
    if kind != "powder":
        left_out.add("source.assay_basis")
    if kind == "capsule":  # of capsules it is asked
        left_out |= {"source.release", "source.least_tablets"}
    balance = full["balance"]
    if isinstance(balance, dict) and not _RULES.isdisjoint(balance):  # it says how to find the least weighable quantity
        left_out.add("balance.sensitivity")
        if "sensitivity" not in balance:  # the rule that a customary error belongs to
            left_out.add("balance.tolerated_error")
    return left_out


def filled_in_now(path: str, tree: Mapping[str, Any], full: Mapping[str, Any]) -> bool:
    """Return True if the tree says nothing at a path and its completed form does.

    >>> filled_in_now("source.kind", {"source": {"kind": None}}, {"source": {"kind": "tablet"}})
    True
    """
    part, name = part_and_name(path)
    given, filled = (group_at(each, part) for each in (tree, full))
    said = isinstance(given, Mapping) and given.get(name) is not None
    return not said and isinstance(filled, dict) and name in filled


#: An answer to a question that the drug does not have, which says nothing.
_UNASKED = (None, "not asked")


def _answers(given: Mapping[str, Any], questions: tuple[str, ...]) -> dict[str, Any]:
    """Return the answers to these questions, in their order, and any other answer that says something."""
    answers = {code: _UNASKED[-1] if given.get(code) is None else given[code] for code in questions}
    return answers | {code: given[code] for code in given if code not in questions and given[code] not in _UNASKED}


#: The parts that are no groups of their own: what is not said of them stays out.
_ALONE = ("drug", "forms")
#: The paths of lists of parts.
_LISTS = frozenset({"acknowledgements", "syringes", "beyond_use.studies", "vehicle.parts", "ingredients"})


#: Defaults that say nothing of the other kind of source.
_OF_TABLETS = frozenset({"crushing_loss", "source.release", "source.least_tablets"})
_OF_BULK = frozenset({"source.assay_basis"})


def _uses_tablets(source: Any) -> bool:
    """Return True if a number of tablets, used whole, stands in place of a strength."""
    return isinstance(source, dict) and ("tablets_used" in source or "capsules_used" in source)


def _usual_storage(vehicle: Any) -> str:
    """Return cold storage for a vehicle with water, room temperature for one without."""
    aqueous = vehicle.get("aqueous") if isinstance(vehicle, dict) else None
    return limits.STORAGE_NONAQUEOUS if aqueous == "no" else limits.STORAGE_AQUEOUS


_RULES = frozenset({"sensitivity", "tolerated_error", "repeatability", "minimum"})


def _no_finer_than_readability(balance: Any, filled: list[str]) -> None:
    """Coarsen a default sensitivity that is finer than the balance's readability."""
    if "balance.sensitivity" in filled and "balance.readability" not in filled:
        readability = peek_mass(balance["readability"])
        sensitivity = peek_mass(balance["sensitivity"])
        if readability is None or sensitivity is None:
            return
        if sensitivity < readability <= limits.RANGES["balance.readability"].high:
            balance["sensitivity"] = canonical(readability)
