"""The query of a page: its canonical form, its faults, and the tree of the order that it stands for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from calc.faults import Fault, FaultCode
from calc.limits import TARED
from calc.orders.parts import NOT_ASKED
from calc.orders.query import Fields, Pairs
from calc.reading.fields import TypedCount
from calc.reading.numbers import joined, parted
from calc.reading.strengths import parted_as

_ACKNOWLEDGEMENT = re.compile(r"acknowledgements-(0|[1-9][0-9]?)-(code|value|reason)", re.ASCII)
#: The value of "another drug" in the list of drugs; it is dropped if the drug is named.
ANOTHER_DRUG = "-"
#: Before the name of a date: the day that the page filled in for it. A date that differs from it was typed.
DATED = "dated-"
_DATES = {f"{DATED}{name}": name for name in ("prepared_on", "source-weighed_on")}
#: The rows of lists, which may be left blank between others.
_ROW = re.compile(r"(syringes|vehicle-parts|ingredients|beyond_use-studies)-([0-9])-(.+)", re.ASCII)
#: The button that adds a row to a list of the form; the page alone takes it, and drops it again.
VEHICLE_PARTS, INGREDIENTS, STUDIES = "vehicle.parts", "ingredients", "studies"
MORE, LISTS = "more", frozenset({VEHICLE_PARTS, INGREDIENTS, STUDIES})


def canonical(pairs: Pairs, fields: Fields) -> Pairs:
    """Return the query with trimmed values, without blank ones, and without what belongs to none.

    That is a unit without a number, an acknowledgement without a reason, the note that a date was filled in beside a
    date that was typed.

    >>> from calc.capsule.order import Order
    >>> from calc.orders.query import fields_of
    >>> fields = fields_of(Order)
    >>> canonical([("dose", "4.5"), ("dose_unit", "mg"), ("allowance", ""), ("allowance_unit", "%")], fields)
    [('dose', '4.5'), ('dose_unit', 'mg')]
    """
    filled = filled_in(pairs)
    filled = parted_quantities(filled, fields.quantities)
    filled = [(name, value) for name, value in filled if name not in fields.tared or value != TARED]
    values = dict(filled)
    names = values.keys()
    kept: Pairs = []
    numbers: dict[str, int] = {}
    for name, value in filled:
        if name in fields.units and name.removesuffix("_unit") not in names:
            continue
        if name in _DATES and values.get(_DATES[name]) != value:
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


def filled_in(pairs: Pairs) -> Pairs:
    """Return the pairs with their values trimmed of ASCII spaces, without blank ones."""
    return [(name, text) for name, value in pairs if (text := value.strip(" "))]


def parted_quantities(pairs: Pairs, quantities: Collection[str]) -> Pairs:
    """Return the pairs with each quantity that was typed whole into its number's box parted into number and unit.

    >>> parted_quantities([("dose", "4500 mcg"), ("dose_unit", "mg")], {"dose"})
    [('dose', '4500'), ('dose_unit', 'mcg')]
    """
    whole = {
        name: both for name, value in pairs if name in quantities and (both := parted(value) or parted_as(name, value))
    }
    if not whole:
        return pairs
    kept: Pairs = []
    for name, value in pairs:
        if name in whole:
            number, unit = whole[name]
            kept += [(name, number), (f"{name}_unit", unit)]
        elif name.removesuffix("_unit") not in whole:
            kept.append((name, value))
    return kept


def _without_gaps(pairs: Pairs) -> Pairs:
    """Return the query with the rows of its lists renumbered to close the gaps of blank ones."""
    found = [(match[1], match[2]) for name, _ in pairs if (match := _ROW.fullmatch(name))]
    if not found:
        return pairs
    rows = {each: sorted({row for of, row in found if of == each}) for each, _ in found}
    renumbered: Pairs = []
    for name, value in pairs:
        match = _ROW.fullmatch(name)
        if match:
            name = f"{match[1]}-{rows[match[1]].index(match[2])}-{match[3]}"
        renumbered.append((name, value))
    return renumbered


def without_button(pairs: Pairs) -> Pairs:
    """Return the query without the button that adds a row.

    >>> without_button([("dose", "4.5"), ("more", "vehicle.parts")])
    [('dose', '4.5')]
    """
    return [(name, value) for name, value in pairs if name != MORE or value not in LISTS]


def pressed(asked: MultiDict[str, str]) -> Pairs:
    """Return the buttons of a query that add a row, which a form looks at."""
    return [(MORE, name) for name in lists_in(asked)]


def lists_in(asked: MultiDict[str, str]) -> frozenset[str]:
    """Return the lists of the form to which a query adds a row."""
    return LISTS.intersection(asked.getlist(MORE))


def faults_of(pairs: Pairs, fields: Fields) -> list[Fault]:
    """Return the faults of a query: duplicate names, unknown names, and a drug given both by choice and by name."""
    faults: dict[tuple[str, str], Fault] = {}
    seen: set[str] = set()

    def add(code: FaultCode, name: str, **facts: object) -> None:
        path = name.replace("-", ".")
        faults.setdefault((code, path), Fault(code, path, facts))

    for name, _ in pairs:
        if name in seen:
            add(FaultCode.DUPLICATE_FIELD, name.removesuffix("_unit"))
        elif not (
            fields.takes(name)
            or name in fields.units
            or _ACKNOWLEDGEMENT.fullmatch(name)
            or _DATES.get(name) in fields.names
        ):
            add(FaultCode.UNKNOWN_FIELD, name)
        seen.add(name)
    both = {"drug", "drug-name"}
    if both <= seen and both <= {name for name, _ in canonical(pairs, fields)}:
        add(FaultCode.EXCLUDES_EACH_OTHER, "drug-name", given="drug")
    return list(faults.values())


def date_filled_in(name: str, day: str) -> Pairs:
    """Return a date that the page fills in, with the note that it did."""
    return [(name, day), (f"{DATED}{name}", day)]


def dates_filled_in(pairs: Pairs) -> frozenset[str]:
    """Return the paths of the dates that the page filled in, by the notes in a canonical query.

    >>> dates_filled_in(date_filled_in("source-weighed_on", "2026-11-23"))
    frozenset({'source.weighed_on'})
    """
    return frozenset(_DATES[name].replace("-", ".") for name, _ in pairs if name in _DATES)


def is_entered(typed: Mapping[str, str], name: str) -> bool:
    """Return True if a person gave the field a value: no blank, no open question, no date that the page filled in."""
    value = typed.get(name, "").strip(" ")
    return value not in {"", NOT_ASKED} and value != typed.get(f"{DATED}{name}")


def tree(pairs: Pairs, fields: Fields) -> dict[str, Any]:
    """Return the tree of the order in a canonical query, without validating it; unknown names are ignored.

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
        elif fields.takes(name):
            *parts, last = name.split("-")
            group = full
            for part in parts:
                group = group.setdefault(part, {})
            group[last] = _value(name, value, values, fields)
    if acknowledgements:
        full["acknowledgements"] = list(acknowledgements.values())
    lists = (
        (full, "syringes"),
        (full.get("beyond_use", {}), "studies"),
        (full.get("vehicle", {}), "parts"),
        (full, "ingredients"),
    )
    for group, name in lists:
        if name in group:
            group[name] = [row for _, row in sorted(group[name].items())]
    return full


def _value(name: str, value: str, values: dict[str, str], fields: Fields) -> str:
    if name in fields.counts:
        return TypedCount(value)
    if name in fields.quantities:
        return value if parted_as(name, value) else joined(value, values.get(f"{name}_unit", ""))
    return value


#: The names of what was counted, weighed, read or answered for one day of making.
_OF_ONE_DAY = re.compile(
    r"(?:dated-.*|prepared_on|internal_number|screening-.*|assessment-.*|acknowledgements-.*|.*-(?:lot|expiry)"
    r"|source-(?:tablets_(?:weighed|crushed)|common_powder|capsules_weighed|weighed_on"
    r"|(?:total_mass|crushed_mass|recovered_mass|full_mass|shells_mass)(?:_unit)?))"
)


def of_another_day(pairs: Pairs) -> Pairs:
    """Return the query of the same order on a day still to be said: without masses, lots, batch, answers and reasons.

    >>> of_another_day([("dose", "4.5"), ("prepared_on", "2026-11-22"), ("source-lot", "T1")])
    [('dose', '4.5')]
    """
    return [pair for pair in pairs if not _OF_ONE_DAY.fullmatch(pair[0])]
