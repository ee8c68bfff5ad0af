"""Orders of a CSV or NDJSON file, one at a time; a row that is not an order is refused and stops no other."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from calc.answers.problems import problem
from calc.cli.trees import tree_of
from calc.service.many import BLANK, LONGEST_LINE, Line, answer_or_problem, answer_to_line
from calc.wording import cli as words
from calc.wording.web import LINE_TOO_LONG

Answered = Iterator[tuple[int, Mapping[str, Any]]]
WorkOut = Callable[[Any], Mapping[str, Any]]
MARK = b"\xef\xbb\xbf"
#: A field name, allowed to be deeper than any order goes.
NAME = re.compile(r"[A-Za-z0-9_]{1,40}(\.[A-Za-z0-9_]{1,40}){0,5}", re.ASCII)


class BadOrders(Exception):
    """Orders cannot be read from the file."""


def answers_to_ndjson(lines: Iterable[Line], work_out: WorkOut) -> Answered:
    """Yield the answer or refusal of each nonblank line, with its number."""
    for line in lines:
        if line.text is None or line.text.strip(BLANK):
            yield line.number, answer_to_line(line, work_out)


def answers_to_csv(lines: Iterable[Line], work_out: WorkOut) -> Answered:
    """Return the same for the rows below the header, which names the fields; raises `BadOrders` if it does not."""
    filled = (line for line in lines if line.text is None or line.text.strip(BLANK))
    first = next(filled, None)
    if first is None:
        raise BadOrders(words.NO_HEADER)
    names = _names(first)
    return ((line.number, _answer_to_row(line, names, work_out)) for line in filled)


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


def _answer_to_row(line: Line, names: list[str], work_out: WorkOut) -> Mapping[str, Any]:
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
