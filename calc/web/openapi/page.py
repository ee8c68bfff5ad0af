"""The OpenAPI description as finished strings for a page, taken from the document so that the two agree."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from calc.web.openapi.common import SCHEMAS
from calc.wording import openapi as words

#: A text in pieces, each with True if it is code.
Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: a name, its type, the schema that the type links to, and its description."""

    name: str
    kind: str
    leads_to: str
    about: Pieces
    required: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """One example, as text."""

    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    anchor: str
    summary: str
    sent: tuple[Row, ...]
    answers: tuple[Row, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """One schema: its fields, and the codes of each field that has a list of codes."""

    name: str
    about: Pieces
    fields: tuple[Row, ...]
    codes: tuple[tuple[str, tuple[Row, ...]], ...]


@dataclass(frozen=True, slots=True)
class Readable:
    """The whole page."""

    about: Pieces
    operations: tuple[Operation, ...]
    schemas: tuple[Schema, ...]


def readable(document: Mapping[str, Any]) -> Readable:
    """Return the content of the page for a document."""
    operations = tuple(
        _operation(method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    )
    schemas = tuple(_schema(name, schema) for name, schema in sorted(document["components"]["schemas"].items()))
    return Readable(pieces(document["info"]["description"]), operations, schemas)


def pieces(text: str) -> Pieces:
    """Split a text into pieces; text between backquotes is code.

    >>> pieces("see `exact` there")
    (('see ', False), ('exact', True), (' there', False))
    """
    return tuple((piece, bool(index % 2)) for index, piece in enumerate(text.split("`")) if piece)


def _row(name: str, schema: Mapping[str, Any], about: str, *, before: str = "", required: bool = False) -> Row:
    kind = f"{before} {_kind(schema)}".strip()
    leads_to = next((str(node["$ref"]).removeprefix(SCHEMAS) for node in _nodes(schema) if "$ref" in node), "")
    return Row(name, kind, leads_to, pieces(about.strip()), required)


def _nodes(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield schema
    for node in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *filter(None, [schema.get("items")])):
        yield from _nodes(node)


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> Operation:
    sent = operation.get("requestBody", {}).get("content", {})
    answers = operation["responses"]
    examples = [
        Example(example["summary"], _text(example["value"]))
        for content in (sent, *(answer["content"] for answer in answers.values()))
        for media in content.values()
        for example in media.get("examples", {}).values()
    ]
    asked_rows = [
        _row(parameter["name"], parameter["schema"], parameter["description"], before=parameter["in"])
        for parameter in operation.get("parameters", ())
    ]
    body_rows = [_row(kind, media["schema"], _about(media)) for kind, media in sent.items()]
    answer_rows = [
        _row(status, media["schema"], f"{answer['description']} {_about(media)}", before=kind)
        for status, answer in answers.items()
        for kind, media in answer["content"].items()
    ]
    anchor, summary = operation["operationId"], operation["summary"]
    return Operation(
        method.upper(), path, anchor, summary, (*asked_rows, *body_rows), tuple(answer_rows), tuple(examples)
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


def _about(media: Mapping[str, Any]) -> str:
    return str(media["schema"].get("description", ""))


def _schema(name: str, schema: Mapping[str, Any]) -> Schema:
    required = schema.get("required", ())
    fields = schema.get("properties", {})
    rows = [
        _row(field, kind, kind.get("description", ""), required=field in required) for field, kind in fields.items()
    ]
    codes = [
        (field, tuple(Row(code["const"], "", "", pieces(code["description"])) for code in kind["oneOf"]))
        for field, kind in fields.items()
        if "oneOf" in kind and "enum" in kind
    ]
    return Schema(name, pieces(schema.get("description", "")), tuple(rows), tuple(codes))


def _kind(kind: Mapping[str, Any]) -> str:
    """Return the type of a schema in a few words."""
    if "$ref" in kind:
        return str(kind["$ref"]).removeprefix(SCHEMAS)
    branches = kind.get("anyOf", ()) or (kind.get("oneOf", ()) if "enum" not in kind and "type" not in kind else ())
    if branches:
        return words.OR.join(map(_kind, branches))
    if kind.get("type") == "array":
        return words.LIST_OF.format(kind=_kind(kind["items"]))
    if "const" in kind:
        return json.dumps(kind["const"])
    if "enum" in kind and "oneOf" not in kind:
        return words.ONE_OF.format(choices=", ".join(map(str, kind["enum"])))
    bounds = [str(kind[name]) for name in ("minimum", "maximum") if name in kind]
    return " ".join([str(kind.get("type", "")), words.TO.join(bounds)]).strip()
