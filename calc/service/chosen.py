"""Chosen fields of an answer, by their dotted paths in it: only what they need is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from calc.answers.fingerprint import BESIDE_FINGERPRINT, fingerprint
from calc.answers.parts import OF_FINGERPRINT, VERSION, shown_under
from calc.answers.writer import ExactWriter
from calc.capsule.order import Order
from calc.liquid.order import LiquidOrder
from calc.service.asked import ASKED, asked
from calc.service.preparations import AnyAnswer, AnyPlan, Preparation, preparation_of
from calc.wording.web import AN_ANSWER, FIELD_WITHIN_VALUE, NO_FIELDS, UNKNOWN_FIELD

Schema = Mapping[str, Any]
#: The name in a query for the fields that are wanted, with commas between.
FIELDS = "fields"
#: Most digits of an index into a list of an answer.
LONGEST_INDEX = 9


class UnknownField(Exception):
    """A field that no answer has; the message says which fields there are instead."""


def parts_of(field: str) -> list[str]:
    """Return the names that can follow a field in a path; none if it holds a single value.

    Raises `UnknownField` if no answer to any preparation has the field.

    >>> parts_of("plan.portion"), parts_of("plan.portion.text")
    (['value', 'unit', 'text', 'exact'], [])
    """
    return _parts_of_all(_nodes_at(field))


def _nodes_at(field: str) -> list[Schema]:
    """Return what an answer or an order may hold at a field. Raises `UnknownField` if none has it."""
    answer, order = _schemas()
    top, _, rest = field.partition(".")
    schema, path = (order, rest) if top == "order" and rest else (answer, field)
    nodes: list[Schema] = list(_kinds(schema, schema))
    for depth, name in enumerate(names := path.split(".")):
        within = nodes
        nodes = _nodes_under(within, name, schema)
        if not nodes:
            place = ".".join([*(["order"] if schema is order else []), *names[:depth]]) or AN_ANSWER
            known = ", ".join(_parts_of_all(within))
            said = UNKNOWN_FIELD if known else FIELD_WITHIN_VALUE
            raise UnknownField(said.format(field=field[:60], place=place, known=known))
    return nodes


def split(text: str) -> tuple[str, ...]:
    """Return the fields in a text with commas between, as they are.

    >>> split("plan.portion, ,fingerprint")
    ('plan.portion', 'fingerprint')
    """
    return tuple(name.strip() for name in text.split(",") if name.strip())


def fields_in(text: str) -> tuple[str, ...]:
    """Return the fields in a text with commas between; raises `UnknownField` for an unknown one, or for none."""
    fields = split(text)
    if not fields:
        raise UnknownField(NO_FIELDS)
    for field in fields:
        if field not in _fixed_fields():
            _nodes_at(field)
    return fields


@cache
def _fixed_fields() -> frozenset[str]:
    """Return the fields that names alone lead to: no index into a list, and no name that is data."""
    return frozenset(_fields_within("", list(_kinds(_schemas()[0], _schemas()[0]))))


def _fields_within(place: str, nodes: list[Schema]) -> Iterator[str]:
    answer = _schemas()[0]
    for name in {name for node in nodes for name in node.get("properties", {})}:
        yield place + name
        yield from _fields_within(f"{place}{name}.", _nodes_under(nodes, name, answer))


def chosen(plan: AnyPlan, fields: Sequence[str], today: date) -> dict[str, Any]:
    """Return the values of these fields of the answer to a plan, each under its path; null where there is none."""
    preparation = preparation_of(plan)
    answer = {**preparation.answer(plan)} if "plan" in fields else _partly(plan, preparation, fields)
    if any(field.partition(".")[0] == ASKED for field in fields):
        answer[ASKED] = asked(plan, today)
    return {field: value_at(answer, field) for field in fields}


def _partly(plan: AnyPlan, preparation: Preparation, fields: Sequence[str]) -> dict[str, Any]:
    """Return the answer with as much of its plan as these fields need."""
    writers, wanted = preparation.writers, {field.partition(".")[0] for field in fields}
    keys = dict.fromkeys(field.split(".")[1] for field in fields if field.startswith("plan."))
    shown = shown_under(plan, writers, (key for key in keys if key in writers))
    answer: dict[str, Any] = {"defaults": list(plan.order.defaults), "plan": shown, "version": VERSION}
    if not wanted.isdisjoint({"order", "fingerprint"}):
        answer["order"] = plan.order.understood()
    if "fingerprint" in fields:
        others = (key for key in writers if key not in shown and key not in BESIDE_FINGERPRINT)
        rest = shown_under(plan, {**writers, **OF_FINGERPRINT}, others, ExactWriter)
        answer["fingerprint"] = fingerprint(answer["order"], shown | rest)
    return answer


def value_at(answer: Any, field: str) -> Any:
    """Return the value of an answer at a dotted path, or None if there is none.

    >>> value_at({"plan": {"ladder": [{"add": {"text": "1 g"}}]}}, "plan.ladder.0.add.text")
    '1 g'
    """
    for name in field.split("."):
        if isinstance(answer, dict):
            answer = answer.get(name)
        elif isinstance(answer, list) and _is_index(name) and int(name) < len(answer):
            answer = answer[int(name)]
        else:
            return None
    return answer


def _is_index(name: str) -> bool:
    """Return True for a number that can be an index; no number is made of thousands of digits."""
    return name.isdecimal() and len(name) <= LONGEST_INDEX


@cache
def _schemas() -> tuple[Schema, Schema]:
    """Return the schemas of every answer and of every order."""
    kinds: tuple[Any, ...] = (AnyAnswer, Order | LiquidOrder)
    answer, order = (TypeAdapter(kind).json_schema(mode="serialization") for kind in kinds)
    return answer, order


def _children(node: Schema, name: str) -> Iterator[Schema]:
    if name in node.get("properties", {}):
        yield node["properties"][name]
    elif node.get("type") == "array" and _is_index(name) and "items" in node:
        yield node["items"]
    elif isinstance(node.get("additionalProperties"), Mapping):  # the names are data, as those of questions
        yield node["additionalProperties"]


def _nodes_under(nodes: Iterable[Schema], name: str, schema: Schema) -> list[Schema]:
    """Return what may be held under a name of these nodes."""
    return [kind for node in nodes for child in _children(node, name) for kind in _kinds(child, schema)]


def _kinds(node: Schema, schema: Schema) -> Iterator[Schema]:
    """Yield what a schema may be, without references and alternatives."""
    branches = node.get("anyOf", ()) or node.get("oneOf", ())
    if not branches or "properties" in node:  # alternatives beside names say which of them are needed
        branches = [node]
    for branch in branches:
        if branch is not node:
            yield from _kinds(branch, schema)
        elif "$ref" in branch:
            yield from _kinds(schema["$defs"][branch["$ref"].rpartition("/")[2]], schema)
        else:
            yield branch


def _parts_of_all(nodes: Iterable[Schema]) -> list[str]:
    """Return the names that can follow any of several schemas, each once."""
    return list(dict.fromkeys(name for node in nodes for name in _parts(node)))


def _parts(node: Schema) -> Iterator[str]:
    """Yield the names that can follow a schema in a path; none for a single value."""
    if node.get("type") == "array":
        yield "0"
    elif node.get("type") == "object":
        yield from node.get("properties", {"*": None})
