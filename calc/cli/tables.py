"""Output of the command line: CSV, NDJSON or one JSON text, with whole answers or selected columns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from calc.answers.csv_text import csv_row
from calc.answers.json_text import written


def header(kind: str, columns: Sequence[str]) -> bytes:
    """Return what stands before the answers: the names of the columns of CSV."""
    return csv_row(["line", "status", *columns, "problem"]) if kind == "csv" else b""


def text_of(kind: str, number: int, said: Mapping[str, Any], columns: Sequence[str]) -> bytes:
    """Return an answer, or its chosen columns, or a refusal, as `kind`: a row of csv, a line of ndjson, or json."""
    refused = "status" in said
    if kind == "csv":
        if refused:
            return csv_row([str(number), str(said["status"]), *("" for _ in columns), why(said)])
        return csv_row([str(number), "200", *(_cell(said[column]) for column in columns), ""])
    if kind == "json":
        said = {name: value for name, value in said.items() if name != "line"}
        return json.dumps(said, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"
    if columns and not refused:
        said = {"line": number, **said}
    return written(said) + b"\n"


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
