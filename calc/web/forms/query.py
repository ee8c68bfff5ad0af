"""The page's query: the tree of an order in names with hyphens, and its one canonical way to be written."""

from __future__ import annotations

import re
from typing import Any

from calc.faults import Fault, FaultCode
from calc.orders.query import Fields, Pairs
from calc.reading.fields import TypedCount

_ACKNOWLEDGEMENT = re.compile(r"acknowledgements-(0|[1-9][0-9]?)-(code|value|reason)", re.ASCII)
#: What the page's list of drugs sends for "another drug"; it stands for nothing once a name is written.
ANOTHER_DRUG = "-"


_SYRINGE = re.compile(r"syringes-([0-9])-(capacity|graduation)(_unit)?", re.ASCII)


def canonical(pairs: Pairs, fields: Fields) -> Pairs:
    """The query without what says nothing: blank names, units without a number, acknowledgements without a reason.

    >>> from calc.capsule.order import Order
    >>> from calc.orders.query import fields_of
    >>> fields = fields_of(Order)
    >>> canonical([("dose", "4.5"), ("dose_unit", "mg"), ("allowance", ""), ("allowance_unit", "%")], fields)
    [('dose', '4.5'), ('dose_unit', 'mg')]
    """
    filled = [(name, value) for name, value in pairs if value.strip(" ")]
    names = {name for name, _ in filled}
    kept: Pairs = []
    numbers: dict[str, int] = {}
    for name, value in filled:
        if name in fields.units and name.removesuffix("_unit") not in names:
            continue
        if name == "drug" and value == ANOTHER_DRUG and "drug-name" in names:
            continue
        match = _ACKNOWLEDGEMENT.fullmatch(name)
        if match:
            if f"acknowledgements-{match[1]}-reason" not in names:
                continue
            number = numbers.setdefault(match[1], len(numbers))
            kept.append((f"acknowledgements-{number}-{match[2]}", value))
            continue
        kept.append((name, value))
    return _without_gaps(kept)


def _without_gaps(pairs: Pairs) -> Pairs:
    """The same with the syringes numbered one after another, whatever rows were left blank."""
    rows = sorted({match[1] for name, _ in pairs if (match := _SYRINGE.fullmatch(name))})
    found: Pairs = []
    for name, value in pairs:
        match = _SYRINGE.fullmatch(name)
        if match:
            name = f"syringes-{rows.index(match[1])}-{match[2]}{match[3] or ''}"
        found.append((name, value))
    return found


def faults_of(pairs: Pairs, fields: Fields) -> list[Fault]:
    """Names given twice, names that an order does not have, and a drug given in both of its ways."""
    faults: dict[tuple[str, str], Fault] = {}
    seen: set[str] = set()

    def add(code: FaultCode, name: str, **facts: object) -> None:
        path = name.replace("-", ".")
        faults.setdefault((code, path), Fault(code, path, facts))

    for name, _ in pairs:
        if name in seen:
            add(FaultCode.DUPLICATE_FIELD, name.removesuffix("_unit"))
        elif not (name in fields.names or name in fields.units or _ACKNOWLEDGEMENT.fullmatch(name)):
            add(FaultCode.UNKNOWN_FIELD, name)
        seen.add(name)
    if {"drug", "drug-name"} <= {name for name, _ in canonical(pairs, fields)}:
        add(FaultCode.EXCLUDES_EACH_OTHER, "drug-name", given="drug")
    return list(faults.values())


def tree(pairs: Pairs, fields: Fields) -> dict[str, Any]:
    """The tree of the order that a canonical query writes; nothing is judged here, names not known are left out.

    >>> from calc.capsule.order import Order
    >>> from calc.orders.query import fields_of
    >>> tree([("dose", "4.5"), ("dose_unit", "mg"), ("source-tablets_weighed", "3")], fields_of(Order))
    {'dose': '4.5 mg', 'source': {'tablets_weighed': '3'}}
    """
    values: dict[str, str] = {}
    for name, value in pairs:
        values.setdefault(name, value)
    if "drug-name" in values:
        values.pop("drug", None)
    full: dict[str, Any] = {}
    acknowledgements: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        match = _ACKNOWLEDGEMENT.fullmatch(name)
        if match:
            acknowledgements.setdefault(match[1], {})[match[2]] = value
        elif name in fields.names:
            part, hyphen, rest = name.partition("-")
            group = full.setdefault(part, {}) if hyphen else full
            group[rest if hyphen else name] = _value(name, value, values, fields)
    if acknowledgements:
        full["acknowledgements"] = list(acknowledgements.values())
    if "syringes" in full:
        full["syringes"] = _listed(full["syringes"])
    return full


def _listed(syringes: dict[str, str]) -> list[dict[str, str]]:
    """The syringes in the order of their numbers, from names such as "0-capacity"."""
    rows: dict[str, dict[str, str]] = {}
    for name, value in sorted(syringes.items()):
        number, _, part = name.partition("-")
        rows.setdefault(number, {})[part] = value
    return list(rows.values())


def _value(name: str, value: str, values: dict[str, str], fields: Fields) -> str:
    if name in fields.counts:
        return TypedCount(value)
    if name in fields.quantities:
        return f"{value} {values.get(f'{name}_unit', '')}"
    return value
