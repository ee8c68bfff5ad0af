"""The query of a titration: numbered steps, beside the names that a query of an order has."""

from __future__ import annotations

import re
from typing import Any

from calc.faults import Fault, FaultCode
from calc.orders.query import Fields, Pairs
from calc.reading.fields import TypedCount
from calc.reading.numbers import joined
from calc.service.preparations import CAPSULES, LIQUID, PREPARATIONS
from calc.titration.schedule import COMMON
from calc.web.forms import query

_STEP = re.compile(r"schedule-(0|[1-9][0-9]?)-(dose|dose_unit|days)", re.ASCII)
COMMON_TABLETS, COMMON_MASS = f"{COMMON}-tablets_weighed", f"{COMMON}-total_mass"
OWN = frozenset({"doses_per_day", "start", COMMON_TABLETS, COMMON_MASS, f"{COMMON_MASS}_unit"})
PREPARATION = "preparation"


def fields_for(pairs: Pairs) -> Fields:
    """Return the fields of the order in a query: those of a liquid if it says so, otherwise those of capsules."""
    named = {value.strip(" ") for name, value in pairs if name == PREPARATION}
    return LIQUID.query if named == {LIQUID.key} else CAPSULES.query


def is_from_liquid(pairs: Pairs) -> bool:
    """Return True if a query asks for a titration from a liquid."""
    return fields_for(pairs) is LIQUID.query


def of_its_preparation(pairs: Pairs) -> Pairs:
    """Return the pairs without fields that only another preparation has, which a change of the choice leaves behind.

    >>> of_its_preparation([("preparation", "liquid"), ("capsule-size", "3"), ("strength", "5")])
    [('preparation', 'liquid'), ('strength', '5')]
    """
    own = fields_for(pairs)
    others = [each.query for each in PREPARATIONS.values() if each.query is not own]

    def has(fields: Fields, name: str) -> bool:
        return name in OWN or fields.takes(name) or name in fields.units

    return [pair for pair in pairs if has(own, pair[0]) or not any(has(fields, pair[0]) for fields in others)]


def canonical(pairs: Pairs) -> Pairs:
    """Return the query without blank values and blank steps, its steps renumbered without gaps.

    >>> canonical([("schedule-1-dose", "3"), ("schedule-1-dose_unit", "mg"), ("schedule-2-dose_unit", "mg")])
    [('schedule-0-dose', '3'), ('schedule-0-dose_unit', 'mg')]
    """
    filled = query.filled_in(pairs)
    doses_typed = {name for name, _ in filled if _STEP.fullmatch(name)}
    filled = query.parted_quantities(filled, {*doses_typed, COMMON_MASS})
    steps = [(match, value) for name, value in filled if (match := _STEP.fullmatch(name))]
    rows = sorted({int(match[1]) for match, _ in steps if match[2] != "dose_unit"})
    doses = {match[1] for match, _ in steps if match[2] == "dose"}
    kept = [
        (f"schedule-{rows.index(int(match[1]))}-{match[2]}", value)
        for match, value in steps
        if int(match[1]) in rows and (match[2] != "dose_unit" or match[1] in doses)
    ]
    names = {name for name, _ in filled}
    own = [(name, value) for name, value in filled if name in OWN and name.removesuffix("_unit") in names]
    return [*kept, *own, *query.canonical(_of_the_order(filled), fields_for(filled))]


def _of_the_order(pairs: Pairs) -> Pairs:
    return [(name, value) for name, value in pairs if name not in OWN and not _STEP.fullmatch(name)]


def faults_of(pairs: Pairs) -> list[Fault]:
    """Return the faults of a query: duplicate names, and names that neither a titration nor an order has."""
    faults: list[Fault] = []
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen and (name in OWN or _STEP.fullmatch(name)):
            fault = Fault(FaultCode.DUPLICATE_FIELD, name.removesuffix("_unit").replace("-", "."))
            faults += [] if fault in faults else [fault]
        seen.add(name)
    others = query.faults_of(_of_the_order(pairs), fields_for(pairs))
    return [*faults, *(Fault(fault.code, f"order.{fault.field}", fault.facts) for fault in others)]


def tree(pairs: Pairs) -> dict[str, Any]:
    """Return the tree of the titration in a canonical query, without validating it.

    >>> tree([("schedule-0-dose", "3"), ("schedule-0-dose_unit", "mg"), ("capsule-size", "3")])
    {'schedule': [{'dose': '3 mg'}], 'order': {'capsule': {'size': '3'}}}
    """
    values: dict[str, str] = {}
    for name, value in pairs:
        values.setdefault(name, value)
    steps: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        match = _STEP.fullmatch(name)
        if match and match[2] == "dose":
            steps.setdefault(match[1], {})["dose"] = joined(value, values.get(f"{name}_unit", ""))
        elif match and match[2] == "days":
            steps.setdefault(match[1], {})["days"] = TypedCount(value)
    full: dict[str, Any] = {"schedule": list(steps.values())}
    if "doses_per_day" in values:
        full["doses_per_day"] = TypedCount(values["doses_per_day"])
    if "start" in values:
        full["start"] = values["start"]
    common: dict[str, str] = {}
    if COMMON_TABLETS in values:
        common["tablets_weighed"] = TypedCount(values[COMMON_TABLETS])
    if COMMON_MASS in values:
        common["total_mass"] = joined(values[COMMON_MASS], values.get(f"{COMMON_MASS}_unit", ""))
    if common:
        full[COMMON] = common
    return {**full, "order": query.tree(_of_the_order(pairs), fields_for(pairs))}
