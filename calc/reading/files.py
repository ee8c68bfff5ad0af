"""Data files as frozen models: a TOML file, the rows of a table. What cannot be used names its file and field."""

from __future__ import annotations

import csv
import tomllib
from io import StringIO
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


class BadFile(Exception):
    """A data file or a table cannot be used; the message names the file and the field."""


def text_of(path: Path) -> str:
    """Return the text of a file; raises `BadFile` if it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise BadFile(f"{path.name}: {fault}") from fault


def toml_of(path: Path, model: type[Model]) -> Model:
    """Return a TOML file as a model; raises `BadFile` for anything that cannot be used."""
    try:
        return model.model_validate(tomllib.loads(text_of(path)))
    except tomllib.TOMLDecodeError as fault:
        raise BadFile(f"{path.name}: {fault}") from fault
    except ValidationError as fault:
        raise _explain(path.name, fault) from fault


def rows_of(path: Path, model: type[Model], *columns: str) -> tuple[Model, ...]:
    """Read the rows of a table; refuse a repeated value of `columns`, as one row would hide the other."""
    rows: dict[str, Model] = {}
    lines = csv.DictReader(StringIO(text_of(path)), strict=True)
    try:
        for line in lines:
            row = model.model_validate(line)
            name = " ".join(line[column] for column in columns)
            if rows.setdefault(name.lower(), row) is not row:
                raise BadFile(f"{path.name} line {lines.line_num}: {' '.join(columns)}: {name!r} stands there twice")
    except csv.Error as fault:
        raise BadFile(f"{path.name} line {lines.reader.line_num}: {fault}") from fault
    except ValidationError as fault:
        raise _explain(f"{path.name} line {lines.line_num}", fault) from fault
    if not rows:
        raise BadFile(f"{path.name}: no rows")
    return tuple(rows.values())


def _explain(name: str, fault: ValidationError) -> BadFile:
    lines = []
    for error in fault.errors():
        where = ".".join(str(part) for part in error["loc"]) or "the file as a whole"
        lines.append(f"{name}: {where}: {error['msg']}")
    return BadFile("; ".join(lines))
