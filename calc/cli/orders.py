"""Orders of a CSV or NDJSON file, one at a time; a row that is not an order is refused and stops no other."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calc.answers.problems import problem
from calc.cli.trees import tree_of
from calc.service.many import BLANK, LONGEST_LINE, Line, answer_or_problem, answer_to_line
from calc.wording import cli as words
from calc.wording.web import LINE_TOO_LONG

WorkOut = Callable[[Any], Mapping[str, Any]]
MARK = b"\xef\xbb\xbf"
#: A field name, allowed to be deeper than any order goes.
NAME = re.compile(r"[A-Za-z0-9_]{1,40}(\.[A-Za-z0-9_]{1,40}){0,5}", re.ASCII)


class BadOrders(Exception):
    """Orders cannot be read from the file."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How each line of a file is read as an order: as NDJSON, or as CSV with the names of the fields."""

    names: tuple[str, ...] | None

    def answer(self, line: Line, work_out: WorkOut) -> Mapping[str, Any]:
        """Return the result of `work_out` for the order of one line, or its refusal with the line number."""
        return answer_to_line(line, work_out) if self.names is None else _answer_to_row(line, self.names, work_out)


def reading(lines: Iterable[Line], read_as: str) -> tuple[Reading, Iterator[Line]]:
    """Return how to read the orders of a file, and its lines that hold one: not blank, and below the header of CSV.

    Raises `BadOrders` if the header is missing or does not name fields.
    """
    filled = (line for line in lines if line.text is None or line.text.strip(BLANK))
    if read_as != "csv":
        return Reading(None), filled
    first = next(filled, None)
    if first is None:
        raise BadOrders(words.NO_HEADER)
    return Reading(tuple(_names(first))), filled


def _names(line: Line) -> list[str]:
    try:
        names = _cells((line.text or b"").removeprefix(MARK))
    except _BadRow as fault:
        raise BadOrders(words.BAD_HEADER.format(name=words.ROWS[str(fault)])) from fault
    for name in names:
        if not NAME.fullmatch(name) or names.count(name) > 1:
            raise BadOrders(words.BAD_HEADER.format(name=f'"{name[:60]}"'))
    return names


class _BadRow(Exception):
    """A row that is not valid CSV; the message is the reason, a key of `words.ROWS`."""


def _cells(text: bytes) -> list[str]:
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise _BadRow("utf8") from fault
    csv.field_size_limit(LONGEST_LINE)
    try:
        (cells,) = csv.reader([decoded.removesuffix("\r")], strict=True)
    except (csv.Error, ValueError) as fault:
        raise _BadRow("csv") from fault
    return [cell.strip(" ") for cell in cells]


def _answer_to_row(line: Line, names: Sequence[str], work_out: WorkOut) -> Mapping[str, Any]:
    if line.text is None:
        return {**problem("too-large", 413, LINE_TOO_LONG), "line": line.number}
    try:
        cells = _cells(line.text)
    except _BadRow as fault:
        return {**problem("request", 400, words.ROWS[str(fault)]), "line": line.number}
    if len(cells) != len(names):
        said = words.ROWS["cells"].format(cells=len(cells), names=len(names))
        return {**problem("request", 400, said), "line": line.number}
    filled = [(name, cell) for name, cell in zip(names, cells, strict=True) if cell]
    return answer_or_problem(lambda: work_out(tree_of(filled)), line.number)
