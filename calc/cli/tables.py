"""Output of the command line: CSV, NDJSON or one JSON text, with whole answers or selected columns."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

from calc.answers.json_text import written
from calc.cli.columns import USUAL, value_at

#: Characters that a spreadsheet takes for the start of a formula; numbers, which may start with them too.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?([ \u00a0]%)?", re.ASCII)
Write = Callable[[int, Mapping[str, Any]], None]


def writer(kind: str, out: IO[bytes], columns: Sequence[str]) -> Write:
    """Return a function that writes answers and refusals, one by one, to `out` as `kind`: csv, ndjson or json."""
    if kind == "csv":
        return _csv(out, columns or USUAL)

    def write(number: int, said: Mapping[str, Any]) -> None:
        if columns and "status" not in said:
            said = {"line": number, **{column: value_at(said, column) for column in columns}}
        if kind == "json":
            said = {name: value for name, value in said.items() if name != "line"}
            text = json.dumps(said, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")
        else:
            text = written(said)
        out.write(text + b"\n")

    return write


def _csv(out: IO[bytes], columns: Sequence[str]) -> Write:
    def row(cells: Sequence[str]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(map(harmless, cells))
        out.write(text.getvalue().encode("utf-8", "backslashreplace"))

    def write(number: int, said: Mapping[str, Any]) -> None:
        if "status" in said:
            row([str(number), str(said["status"]), *("" for _ in columns), why(said)])
        else:
            row([str(number), "200", *(_cell(value_at(said, column)) for column in columns), ""])

    row(["line", "status", *columns, "problem"])
    return write


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: quoted if it looks like one.

    >>> harmless("=1+1"), harmless("-0.02 %"), harmless("-1+1"), harmless("4.5 mg")
    ("'=1+1", '-0.02 %', "'-1+1", '4.5 mg')
    """
    return f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell


def why(said: Mapping[str, Any]) -> str:
    """Return each code of a refusal with its sentence, on one line."""
    sentences = [f"{part['code']}: {part['text']}" for name in ("faults", "stops") for part in said.get(name, ())]
    return " | ".join(sentences) or f"{code_of(said)}: {said.get('detail', said['title'])}"


def codes_of(said: Mapping[str, Any]) -> list[str]:
    """Return the codes of a refusal."""
    codes = [part["code"] for name in ("faults", "stops") for part in said.get(name, ())]
    return codes or [code_of(said)]


def code_of(said: Mapping[str, Any]) -> str:
    """Return the code of a refusal without faults or stops or, if it has none, its type."""
    return str(said.get("code") or said["type"].rpartition("/")[2])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
