"""The page's query: the tree of an order in names with hyphens, and its one canonical way to be written."""

from __future__ import annotations

import re
from typing import Any

from calc.faults import Fault, FaultCode
from calc.links import COUNTS, QUANTITIES, Pairs
from calc.readers import TypedCount
from calc.wording.fields import LABELS

_PARTS = frozenset(
    {"", "source", "balance", "capsule", "diluent", "tablet_powder", "beyond_use", "screening", "acknowledgements"}
    | {"paper", "label"}  # of the papers' addresses alone
)
NAMES = frozenset(path.replace(".", "-") for path in LABELS if path not in _PARTS)
UNITS = frozenset(f"{name}_unit" for name in QUANTITIES)
_ACKNOWLEDGEMENT = re.compile(r"acknowledgements-(0|[1-9][0-9]?)-(code|value|reason)", re.ASCII)
#: What the page's list of drugs sends for "another drug"; it stands for nothing once a name is written.
ANOTHER_DRUG = "-"


def canonical(pairs: Pairs) -> Pairs:
    """The query without what says nothing: blank names, units without a number, acknowledgements without a reason.

    >>> canonical([("dose", "4.5"), ("dose_unit", "mg"), ("allowance", ""), ("allowance_unit", "%")])
    [('dose', '4.5'), ('dose_unit', 'mg')]
    """
    filled = [(name, value) for name, value in pairs if value.strip(" ")]
    names = {name for name, _ in filled}
    kept: Pairs = []
    numbers: dict[str, int] = {}
    for name, value in filled:
        if name in UNITS and name.removesuffix("_unit") not in names:
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
    return kept


def faults_of(pairs: Pairs) -> list[Fault]:
    """Names given twice, names that an order does not have, and a drug given in both of its ways."""
    faults: dict[tuple[str, str], Fault] = {}
    seen: set[str] = set()

    def add(code: FaultCode, name: str, **facts: object) -> None:
        path = name.replace("-", ".")
        faults.setdefault((code, path), Fault(code, path, facts))

    for name, _ in pairs:
        if name in seen:
            add(FaultCode.DUPLICATE_FIELD, name.removesuffix("_unit"))
        elif not _is_known(name):
            add(FaultCode.UNKNOWN_FIELD, name)
        seen.add(name)
    if {"drug", "drug-name"} <= {name for name, _ in canonical(pairs)}:
        add(FaultCode.EXCLUDES_EACH_OTHER, "drug-name", given="drug")
    return list(faults.values())


def _is_known(name: str) -> bool:
    return name in NAMES or name in UNITS or _ACKNOWLEDGEMENT.fullmatch(name) is not None


def tree(pairs: Pairs) -> dict[str, Any]:
    """The tree of the order that a canonical query writes; nothing is judged here, names not known are left out.

    >>> tree([("dose", "4.5"), ("dose_unit", "mg"), ("source-tablets_weighed", "3")])
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
        elif name in NAMES:
            part, hyphen, rest = name.partition("-")
            group = full.setdefault(part, {}) if hyphen else full
            group[rest if hyphen else name] = _value(name, value, values)
    if acknowledgements:
        full["acknowledgements"] = list(acknowledgements.values())
    return full


def _value(name: str, value: str, values: dict[str, str]) -> str:
    if name in COUNTS:
        return TypedCount(value)
    if name in QUANTITIES:
        return f"{value} {values.get(f'{name}_unit', '')}"
    return value
