"""What the page of a titration takes beside its schedule: how rows are filled in, more rows, and a row less.

`fill-from`, `fill-by`, `fill-days` and `fill-to` say how, and `fill` that the button was pressed; `more` and `less` are
the buttons of the rows. They change the rows that the page shows, and no order, hash, code or endpoint has them.
"""

from __future__ import annotations

import re
from typing import Any

from calc.faults import Fault, FaultCode
from calc.orders.query import Pairs
from calc.reading.fields import TypedCount
from calc.reading.numbers import joined
from calc.titration.filling import FILL, Filled
from calc.web.forms.query import filled_in, parted_quantities
from calc.wording.titration import SCHEDULE

PRESSED, MORE, LESS, YES = FILL, "more", "less", "yes"
DOSES, DAYS = (f"{FILL}-from", f"{FILL}-by", f"{FILL}-to"), f"{FILL}-days"
_NAMES = frozenset({PRESSED, MORE, LESS, DAYS, *DOSES, *(f"{name}_unit" for name in DOSES)})
_ROW = re.compile(r"schedule-([0-9]{1,2})-(?:dose|dose_unit|days)", re.ASCII)


def apart(pairs: Pairs) -> tuple[Pairs, Pairs]:
    """Return the pairs of the titration, and those of the page alone.

    >>> apart([("schedule-0-dose", "3"), ("fill-by", "0.5"), ("more", "schedule")])
    ([('schedule-0-dose', '3')], [('fill-by', '0.5'), ('more', 'schedule')])
    """
    return [pair for pair in pairs if pair[0] not in _NAMES], [pair for pair in pairs if pair[0] in _NAMES]


def canonical(pairs: Pairs) -> Pairs:
    """Return what the address keeps of the pairs of the page: how rows are filled in, and that more are wanted.

    >>> canonical([("fill-by", "0.5 mg"), ("fill-by_unit", "g"), ("fill-to_unit", "mg"), ("fill", "yes")])
    [('fill-by', '0.5'), ('fill-by_unit', 'mg')]
    """
    kept = parted_quantities(filled_in(pairs), DOSES)
    names = {name for name, _ in kept}
    return [pair for pair in kept if pair[0] not in {PRESSED, LESS} and pair[0].removesuffix("_unit") in names]


def faults_of(pairs: Pairs) -> list[Fault]:
    """Return the faults of the pairs of the page: a name given twice, and a button with another value than its own."""
    faults: dict[str, Fault] = {}
    seen: set[str] = set()
    for name, value in pairs:
        path = name.removesuffix("_unit").replace("-", ".")
        if name in seen and name != MORE:
            faults.setdefault(path, Fault(FaultCode.DUPLICATE_FIELD, path))
        elif {PRESSED: YES, MORE: SCHEDULE}.get(name, value) != value:
            faults.setdefault(path, Fault(FaultCode.UNKNOWN_FIELD, path))
        seen.add(name)
    return list(faults.values())


def is_filling(pairs: Pairs, beside: Pairs) -> bool:
    """Return True if the rows are to be filled in: the button was pressed, and not for rows typed without it."""
    return (PRESSED, YES) in beside and (bool(_typed(beside)) or not _rows_in(pairs))


def filling(beside: Pairs) -> dict[str, Any]:
    """Return the tree of how rows are filled in, without validating it; blank fields are left out.

    >>> filling([("fill-from", "0.5"), ("fill-from_unit", "mg"), ("fill-days", "7")])
    {'from': '0.5 mg', 'days': '7'}
    """
    values = dict(canonical(beside))
    tree: dict[str, Any] = {
        name.removeprefix(f"{FILL}-"): joined(values[name], values.get(f"{name}_unit", ""))
        for name in DOSES
        if name in values
    }
    return tree | ({"days": TypedCount(values[DAYS])} if DAYS in values else {})


def with_rows(pairs: Pairs, rows: Filled) -> Pairs:
    """Return the pairs of a titration with the rows of a filling in place of its own."""
    return [*rows_of(rows), *(pair for pair in pairs if not is_of_row(pair[0]))]


def rows_of(rows: Filled) -> Pairs:
    """Return the pairs of the rows of a filling."""
    return [
        pair
        for number, dose in enumerate(rows.doses)
        for pair in (
            (f"schedule-{number}-dose", dose),
            (f"schedule-{number}-dose_unit", rows.unit.one),
            (f"schedule-{number}-days", str(rows.days)),
        )
    ]


def is_of_row(name: str) -> bool:
    """Return True for the name of a field of a row."""
    return _ROW.fullmatch(name) is not None


def row_less(pairs: Pairs, beside: Pairs) -> Pairs | None:
    """Return the pairs of a titration without the row whose button was pressed; None if none was."""
    row = dict(beside).get(LESS)
    if row is None:
        return None
    return [pair for pair in pairs if not ((match := _ROW.fullmatch(pair[0])) and match[1] == row)]


def _typed(beside: Pairs) -> list[str]:
    """Return the fields of a filling that are not blank."""
    return [name for name, value in beside if name in {DAYS, *DOSES} and value.strip(" ")]


def _rows_in(pairs: Pairs) -> list[str]:
    """Return the fields of rows that are not blank; a unit alone is no row."""
    return [name for name, value in pairs if is_of_row(name) and not name.endswith("_unit") and value.strip(" ")]
