"""Defaults for fields left out of an order, written into the tree before it is validated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from calc import limits
from calc.library import Library
from calc.reading.dates import peek_date
from calc.reading.fields import canonical, peek_mass
from calc.reading.validation import trimmed, without_null

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
        group = group.get(name) if isinstance(group, dict | Mapping) else None
    return group


def complete(
    tree: Mapping[str, Any],
    names: Names,
    filled_in: Mapping[str, Any],
    library: Library,
    today: date | None,
    earlier: Mapping[str, Any] = _NONE,
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the tree with trimmed texts, without nulls and with every default in it, and the paths of those defaults.

    `filled_in` holds the defaults by path; those from the drug's file and for the date are added. `earlier` holds those
    that were others when the order was printed: they go before, and as values of the order's own, because they are no
    defaults any more. A value that should be an object but is not stays as it is, for validation to report.
    """
    full: dict[str, Any] = without_null(trimmed(dict(tree)), names[""])
    parts = names.keys() - {"", "drug", *_LISTS}
    for part in parts:
        if "." not in part:
            given = full.setdefault(part, {})
            if isinstance(given, Mapping):
                full[part] = without_null(given, names[part])
    for path in parts:  # those within a part stay out if they are left out
        part, name = part_and_name(path)
        group = full[part] if part else None
        if isinstance(group, dict) and isinstance(group.get(name), dict | Mapping):
            group[name] = without_null(group[name], names[path])
    if isinstance(full.get("drug"), Mapping):
        full["drug"] = without_null(full["drug"], names["drug"])
    for path in names.keys() & _LISTS:
        part, name = part_and_name(path)
        group = full[part] if part else full
        given = group.get(name) if isinstance(group, dict) else None
        if isinstance(given, list):
            group[name] = [without_null(item, names[path]) if isinstance(item, Mapping) else item for item in given]
    full.setdefault("acknowledgements", [])
    answers = full.setdefault("screening", {})
    filled: list[str] = []

    def default(path: str, value: Any) -> None:
        part, name = part_and_name(path)
        group = full[part] if part and part in full else group_at(full, part)
        if isinstance(group, dict) and name not in group:
            group[name] = earlier.get(path, value)
            if path not in earlier:
                filled.append(path)

    default("drug", limits.DEFAULT_DRUG)
    full["drug"] = library.key_of(full["drug"])
    questions = library.questions_of(full["drug"]) or ()
    if isinstance(answers, Mapping):
        full["screening"] = _answers(answers, questions)
        filled += [f"screening.{code}" for code in questions if answers.get(code) is None]
    if today is not None:
        default("prepared_on", today.isoformat())
    bulk = _is_bulk(full["source"])
    has_file = isinstance(full["drug"], str)
    if has_file and isinstance(full["assessment"], Mapping):  # its file answers; what nobody was asked is not said
        full["assessment"] = {name: answer for name, answer in full["assessment"].items() if answer != _UNASKED[-1]}
    for path, value in filled_in.items():
        if path in (_OF_TABLETS if bulk else _OF_BULK) or (has_file and path in limits.ASSESSMENT):
            continue
        if path == "allowance" and "extra_capsules" in full:
            continue
        if path == "balance.sensitivity" and _names_a_rule(full["balance"]):
            continue
        if path == "balance.tolerated_error" and not _has_sensitivity(full["balance"]):
            continue
        default(path, value)
    _no_finer_than_readability(full["balance"], filled)
    if "vehicle" in names:
        default("vehicle.storage", _usual_storage(full["vehicle"]))
    drug = library.drugs.get(full["drug"]) if isinstance(full["drug"], str) else None
    if drug is not None:
        default("dose_basis", drug.default_basis)
        if bulk:
            default("source.basis", drug.default_basis)
        else:
            default("source.strength", canonical(drug.default_strength))
        if "capsule" in names:
            default("capsule.size", drug.default_size)
    source = full["source"]
    weighed = isinstance(source, dict) and "total_mass" in source and not bulk
    if weighed and peek_date(full.get("prepared_on")) is not None:
        default("source.weighed_on", full["prepared_on"])
    return full, tuple(filled)


def filled_in_now(path: str, tree: Mapping[str, Any], full: Mapping[str, Any]) -> bool:
    """Return True if the tree says nothing at a path and its completed form does.

    >>> filled_in_now("source.kind", {"source": {"kind": None}}, {"source": {"kind": "tablet"}})
    True
    """
    part, name = part_and_name(path)
    given, filled = (group_at(each, part) for each in (tree, full))
    said = isinstance(given, Mapping) and given.get(name) is not None
    return not said and isinstance(filled, Mapping) and name in filled


#: An answer to a question that the drug does not have, which says nothing.
_UNASKED = (None, "not asked")


def _answers(given: Mapping[str, Any], questions: tuple[str, ...]) -> dict[str, Any]:
    """Return the answers to these questions, in their order, and any other answer that says something."""
    answers = {code: _UNASKED[-1] if given.get(code) is None else given[code] for code in questions}
    return answers | {code: given[code] for code in given if code not in questions and given[code] not in _UNASKED}


#: The paths of lists of parts.
_LISTS = frozenset({"acknowledgements", "syringes", "beyond_use.studies"})


#: Defaults that say nothing of the other kind of source.
_OF_TABLETS = frozenset({"crushing_loss", "source.release", "source.least_tablets"})
_OF_BULK = frozenset({"source.assay_basis"})


def _is_bulk(source: Any) -> bool:
    """Return True if the source is bulk powder."""
    return isinstance(source, Mapping) and source.get("kind") == "powder"


def _usual_storage(vehicle: Any) -> str:
    """Return cold storage for a vehicle with water, room temperature for one without."""
    aqueous = vehicle.get("aqueous") if isinstance(vehicle, Mapping) else None
    return limits.STORAGE_NONAQUEOUS if aqueous == "no" else limits.STORAGE_AQUEOUS


_RULES = frozenset({"sensitivity", "tolerated_error", "repeatability", "minimum"})


def _names_a_rule(balance: Any) -> bool:
    """Return True if the order itself says how to find this balance's least weighable quantity."""
    return isinstance(balance, dict) and not _RULES.isdisjoint(balance)


def _has_sensitivity(balance: Any) -> bool:
    """Return True if the rule is the sensitivity requirement, which a customary error belongs to."""
    return isinstance(balance, dict) and "sensitivity" in balance


def _no_finer_than_readability(balance: Any, filled: list[str]) -> None:
    """Coarsen a default sensitivity that is finer than the balance's readability."""
    if "balance.sensitivity" in filled:
        readability = peek_mass(balance["readability"])
        sensitivity = peek_mass(balance["sensitivity"])
        if readability is None or sensitivity is None:
            return
        if sensitivity < readability <= limits.RANGES["balance.readability"].high:
            balance["sensitivity"] = canonical(readability)
