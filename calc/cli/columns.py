"""The columns of the command line: chosen fields of an answer, each a single value."""

from __future__ import annotations

from collections.abc import Sequence

from calc.service.chosen import UnknownField, parts_of
from calc.wording import cli as words

#: The default columns of a plan in CSV.
USUAL = (
    "order.dose",
    "order.quantity",
    "plan.batch",
    "plan.tablets_to_crush",
    "plan.portion.text",
    "plan.diluent.text",
    "plan.fill_mass.text",
    "plan.beyond_use.date",
    "fingerprint",
    "plan.beyond_use.hours",
)


class BadColumn(Exception):
    """Unknown column, or not a single value."""


def check(columns: Sequence[str]) -> None:
    """Raise `BadColumn` for the first column that is unknown or not a single value."""
    for column in columns:
        try:
            parts = parts_of(column)
        except UnknownField as unknown:
            raise BadColumn(str(unknown)) from unknown
        if parts:
            named = ", ".join(f"{column}.{name}" for name in parts)
            raise BadColumn(words.COLUMN_IS_GROUP.format(column=column, parts=named))
