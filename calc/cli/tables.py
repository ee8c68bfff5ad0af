"""What the command line writes: CSV, NDJSON or one JSON text, whole answers or chosen columns."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

from calc.cli.columns import USUAL, value_at
from calc.service.many import written

#: What a spreadsheet takes for the start of a formula, and what begins so and is a number all the same.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?([ \u00a0]%)?", re.ASCII)
Write = Callable[[int, Mapping[str, Any]], None]


def writer(kind: str, out: IO[bytes], columns: Sequence[str]) -> Write:
    """What writes one answer or refusal after another to `out` as `kind`: csv, ndjson or json."""
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
    """A cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("-0.02 %"), harmless("-1+1"), harmless("4.5 mg")
    ("'=1+1", '-0.02 %', "'-1+1", '4.5 mg')
    """
    return f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell


def why(said: Mapping[str, Any]) -> str:
    """Each code of a refusal with its sentence, on one line."""
    found = [f"{part['code']}: {part['text']}" for name in ("faults", "stops") for part in said.get(name, ())]
    return " | ".join(found) or f"{code_of(said)}: {said.get('detail', said['title'])}"


def codes_of(said: Mapping[str, Any]) -> list[str]:
    """The codes of a refusal."""
    found = [part["code"] for name in ("faults", "stops") for part in said.get(name, ())]
    return found or [code_of(said)]


def code_of(said: Mapping[str, Any]) -> str:
    """The code of a refusal that has neither faults nor stops, or else its kind."""
    return str(said.get("code") or said["type"].rpartition("/")[2])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
