"""Orders of a CSV or NDJSON file, one at a time; a row that is not an order is refused and stops no other."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calc.answers.problems import problem
from calc.cli.trees import tree_of
from calc.reading.json_body import is_utf_16
from calc.reading.numbers import parted, shortened
from calc.service.many import BLANK, LONGEST_LINE, Line, answer_or_problem, answer_to_line
from calc.service.preparations import PREPARATIONS
from calc.wording import cli as words
from calc.wording.web import LINE_TOO_LONG

WorkOut = Callable[[Any], Mapping[str, Any]]
#: What may part the cells of a row, the usual one first.
SEPARATORS = (",", ";", "\t")
#: The line that a spreadsheet is told its separator by.
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_FIELDS = frozenset(name.replace("-", ".") for each in PREPARATIONS.values() for name in each.query.names)
_QUANTITIES = frozenset(name.replace("-", ".") for each in PREPARATIONS.values() for name in each.query.quantities)
_UNITS = frozenset(f"{name}_unit" for name in _QUANTITIES)
_ACKNOWLEDGEMENT = re.compile(r"acknowledgements\.[0-9]{1,2}\.(code|value|reason)", re.ASCII)
#: Names that a message lists before it stops, and the letters of each.
MOST_NAMES, LONGEST_NAME = 8, 60


class BadOrders(Exception):
    """Orders cannot be read from the file."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How each line of a file is read as an order: as NDJSON, or as CSV with the names of the fields."""

    names: tuple[str, ...] | None
    separator: str = SEPARATORS[0]

    def answer(self, line: Line, work_out: WorkOut) -> Mapping[str, Any]:
        """Return the result of `work_out` for the order of one line, or its refusal with the line number."""
        if self.names is None:
            return answer_to_line(line, work_out)
        return _answer_to_row(line, self.names, self.separator, work_out)


def reading(lines: Iterable[Line], read_as: str) -> tuple[Reading, Iterator[Line]]:
    """Return how to read the orders of a file, and its lines that hold one: not blank, and below the header of CSV.

    Raises `BadOrders` if the header is missing or does not name fields.
    """
    filled = (line for line in lines if line.text is None or line.text.strip(BLANK))
    if read_as != "csv":
        return Reading(None), filled
    first = next(filled, None)
    text = None if first is None else _header(first)
    separator = ""
    if text is not None and (told := SEPARATOR_LINE.fullmatch(text.strip(" "))):
        first, separator = next(filled, None), told[1]
        text = None if first is None else _header(first)
    if text is None:
        raise BadOrders(words.NO_HEADER)
    separator = separator or max(SEPARATORS, key=text.count)
    blank = BLANK + b'"' + separator.encode()
    rows = (line for line in filled if line.text is None or line.text.strip(blank))
    return Reading(tuple(_names(text, separator)), separator), rows


def _header(line: Line) -> str:
    """Return the text of a first line. Raises `BadOrders` if it is none, and says what the file is instead."""
    if line.text is None:
        raise BadOrders(words.LONG_HEADER)
    if is_utf_16(line.text):
        raise BadOrders(words.UTF_16)
    text = line.text.removesuffix(b"\r")
    if b"\r" in text:
        raise BadOrders(words.BARE_CR)
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise BadOrders(words.LATIN_1) from fault


def _names(header: str, separator: str) -> list[str]:
    """Return the names of the columns, in small letters, without those at the end that have none."""
    try:
        names = [name.lower() for name in _cells(header.encode(), separator)]
    except _BadRow as fault:
        raise BadOrders(words.BAD_HEADER.format(name=words.ROWS[str(fault)])) from fault
    while names and not names[-1]:
        names.pop()
    for name in names:
        if not name or names.count(name) > 1:
            raise BadOrders(words.BAD_HEADER.format(name=f'"{shortened(name, LONGEST_NAME)}"'))
    unknown = [name for name in names if name not in _FIELDS | _UNITS and not _ACKNOWLEDGEMENT.fullmatch(name)]
    if unknown:
        listed = ", ".join(f'"{shortened(name, LONGEST_NAME)}"' for name in unknown[:MOST_NAMES])
        raise BadOrders(words.UNKNOWN_COLUMNS.format(names=listed))
    return names


class _BadRow(Exception):
    """A row that is not valid CSV; the message is the reason, a key of `words.ROWS`."""


def _cells(text: bytes, separator: str) -> list[str]:
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise _BadRow("utf8") from fault
    if "\r" in (row := decoded.removesuffix("\r")):
        raise _BadRow("cr")
    csv.field_size_limit(LONGEST_LINE)
    try:
        (cells,) = csv.reader([row], strict=True, delimiter=separator)
    except (csv.Error, ValueError) as fault:
        raise _BadRow("csv") from fault
    return [cell.strip(" ") for cell in cells]


def _answer_to_row(line: Line, names: Sequence[str], separator: str, work_out: WorkOut) -> Mapping[str, Any]:
    if line.text is None:
        return {**problem("too-large", 413, LINE_TOO_LONG), "line": line.number}
    try:
        cells = _cells(line.text, separator)
    except _BadRow as fault:
        return {**problem("request", 400, words.ROWS[str(fault)]), "line": line.number}
    if len(cells) < len(names) or any(cells[len(names) :]):
        said = words.ROWS["cells"].format(cells=len(cells), names=len(names))
        return {**problem("request", 400, said), "line": line.number}
    row = dict(zip(names, cells, strict=False))
    filled = [(name, _whole(name, cell, row)) for name, cell in row.items() if cell and name not in _UNITS]
    return answer_or_problem(lambda: work_out(tree_of(filled)), line.number)


def _whole(name: str, cell: str, row: Mapping[str, str]) -> str:
    """Return what a cell says, with the unit that may stand in a column of its own; two units are both kept."""
    unit = row.get(f"{name}_unit", "")
    both = parted(cell)
    return cell if not unit or (both and both[1] == unit) else f"{cell} {unit}"
