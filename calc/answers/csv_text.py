"""Rows of CSV that are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

#: Characters that a spreadsheet takes for the start of a formula; numbers, which may start with them too.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?([ \u00a0]%)?", re.ASCII)


def csv_row(cells: Sequence[str]) -> bytes:
    """Return cells as a row of CSV, each as `harmless` leaves it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(map(harmless, cells))
    return text.getvalue().encode("utf-8", "backslashreplace")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: quoted if it looks like one.

    >>> harmless("=1+1"), harmless("-0.02 %"), harmless("-1+1"), harmless("4.5 mg")
    ("'=1+1", '-0.02 %', "'-1+1", '4.5 mg')
    """
    return f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell
