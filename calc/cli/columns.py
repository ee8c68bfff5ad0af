"""Selected values of an answer by dotted path; paths are checked against its contract before planning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from calc.capsule.contract import Answer
from calc.capsule.order import Order
from calc.liquid.contract import LiquidAnswer
from calc.liquid.order import LiquidOrder
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
)


class BadColumn(Exception):
    """Unknown column, or not a scalar."""


def check(columns: Sequence[str]) -> None:
    """Raise `BadColumn` for the first column that is unknown or not a scalar."""
    answer = TypeAdapter(Answer | LiquidAnswer).json_schema(mode="serialization")
    order = TypeAdapter(Order | LiquidOrder).json_schema(mode="serialization")
    for column in columns:
        top, _, rest = column.partition(".")
        schema, path = (order, rest) if top == "order" and rest else (answer, column)
        nodes = list(_found(schema, schema, path.split(".")))
        if not nodes:
            raise BadColumn(words.UNKNOWN_COLUMN.format(column=column))
        parts = list(dict.fromkeys(name for node in nodes for name in _parts(node)))
        if parts:
            named = ", ".join(f"{column}.{name}" for name in parts)
            raise BadColumn(words.COLUMN_IS_GROUP.format(column=column, parts=named))


def value_at(answer: Any, column: str) -> Any:
    """Return the value of an answer at a dotted path, or None if there is none.

    >>> value_at({"plan": {"ladder": [{"add": {"text": "1 g"}}]}}, "plan.ladder.0.add.text")
    '1 g'
    """
    for name in column.split("."):
        if isinstance(answer, Mapping):
            answer = answer.get(name)
        elif isinstance(answer, list) and name.isdecimal() and int(name) < len(answer):
            answer = answer[int(name)]
        else:
            return None
    return answer


def _found(node: Mapping[str, Any], schema: Mapping[str, Any], path: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield each schema that the path leads to, through every branch."""
    for kind in _kinds(node, schema):
        if not path:
            yield kind
        elif path[0] in kind.get("properties", {}):
            yield from _found(kind["properties"][path[0]], schema, path[1:])
        elif kind.get("type") == "array" and path[0].isdecimal() and "items" in kind:
            yield from _found(kind["items"], schema, path[1:])


def _kinds(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for branch in node.get("anyOf", ()) or node.get("oneOf", ()) or [node]:
        if branch is not node:
            yield from _kinds(branch, schema)
        elif "$ref" in branch:
            yield from _kinds(schema["$defs"][branch["$ref"].rpartition("/")[2]], schema)
        else:
            yield branch


def _parts(node: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names that can extend the path of a schema that is not a scalar."""
    if node.get("type") == "array":
        yield "0"
    elif node.get("type") == "object":
        yield from node.get("properties", {"*": None})
