"""Query strings of orders: every field under a hyphenated name, quantities split into number and unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, get_args, get_origin
from urllib.parse import quote

from annotated_types import MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from calc.arithmetic.notation import exact
from calc.arithmetic.units import MCG, Figure, Unit
from calc.limits import TARED
from calc.orders.base import ReadableOrder
from calc.orders.studies import PublishedDate
from calc.reading.fields import Reader

Pairs = list[tuple[str, str]]
#: A name within an open part, as the code of a question.
CODE = re.compile(r"[a-z][a-z_]{0,39}")
_NEVER_QUOTED = re.compile(r"[\w.~-]*", re.ASCII)


@dataclass(frozen=True)
class Fields:
    """The fields of one kind of order, by their names in a query.

    `names` holds all of them, `quantities` those with a number and a unit, each with its base unit, and `counts` those
    with a whole number. The fields of a list are numbered, up to its maximum length.
    """

    names: frozenset[str]
    quantities: Mapping[str, Unit]
    counts: frozenset[str]
    #: Fields whose own names are data, as the codes of questions are.
    open_parts: frozenset[str] = frozenset()
    #: Quantities that may be the word "tared" instead; a query says it by leaving them out.
    tared: frozenset[str] = frozenset()

    def takes(self, name: str) -> bool:
        """Return True if a name in a query is that of a field, or of one within an open part."""
        part, _, code = name.partition("-")
        return name in self.names or (part in self.open_parts and CODE.fullmatch(code) is not None)

    @cached_property
    def units(self) -> frozenset[str]:
        """The names that hold the units of the quantities."""
        return frozenset(f"{name}_unit" for name in self.quantities)


@cache
def fields_of(model: type[BaseModel]) -> Fields:
    """Return the fields that the model of an order declares, without acknowledgements, which every order has.

    >>> from calc.capsule.order import Order
    >>> fields_of(Order).quantities["dose"], "quantity" in fields_of(Order).counts
    (Unit('mg'), True)
    """
    names: set[str] = set()
    quantities: dict[str, Unit] = {}
    counts: set[str] = set()
    open_parts: set[str] = set()
    tared: set[str] = set()
    for name, declared in _declared(model, ""):
        if Mapping in _parts_of(declared):
            open_parts.add(name)
            continue
        names.add(name)
        parts = tuple(_parts_of(declared))
        for part in parts:
            if part is int:
                counts.add(name)
            elif isinstance(part, Reader) and part.kind is not None:
                quantities[name] = part.kind
                tared.update([name] if str in parts else [])
    return Fields(frozenset(names), quantities, frozenset(counts), frozenset(open_parts), frozenset(tared))


def _declared(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, Any]]:
    """Yield each field with a value of its own: its name in a query, and its annotation with all metadata."""
    for name, field in model.model_fields.items():
        if name == "acknowledgements":
            continue
        declared = (field.annotation, *field.metadata)
        parts = tuple(_parts_of(declared))
        models = [part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)]
        items = [str(index) for index in range(_most_items(field))] if tuple in parts else [""]
        for model_of_part in models:
            for item in items:
                yield from _declared(model_of_part, "-".join(filter(None, (prefix, name, item))))
        if not models or str in parts:
            yield "-".join(filter(None, (prefix, name))), declared


def _most_items(field: FieldInfo) -> int:
    """Return the maximum length of a list."""
    return next(part.max_length for part in field.metadata if isinstance(part, MaxLen))


def _parts_of(declared: Any) -> Iterator[Any]:
    """Yield the components of an annotation: its types and their metadata."""
    if isinstance(declared, tuple):
        for part in declared:
            yield from _parts_of(part)
        return
    yield get_origin(declared) or declared
    yield from _parts_of(get_args(declared))


def pairs_of(
    tree: Mapping[str, Any], quantities: Collection[str], left_out: frozenset[str] = frozenset(), prefix: str = ""
) -> Pairs:
    """Return the query of a normalized order, without the dotted paths in `left_out`.

    >>> pairs_of({"dose": "4.5 mg", "capsule": {"size": "3", "lot": None}}, {"dose"})
    [('dose', '4.5'), ('dose_unit', 'mg'), ('capsule-size', '3')]
    """
    pairs: Pairs = []
    for key, value in tree.items():
        path = f"{prefix}{key}"
        name = path.replace(".", "-")
        if value is None or path in left_out:
            continue
        if isinstance(value, Mapping):
            pairs += pairs_of(value, quantities, left_out, f"{path}.")
        elif isinstance(value, list):
            for index, item in enumerate(value):
                pairs += pairs_of(item, quantities, left_out, f"{path}.{index}.")
        elif name in quantities and value == TARED:
            continue  # it is what the query means without it
        elif name in quantities:
            number, _, unit = str(value).partition(" ")
            pairs += [(name, number), (f"{name}_unit", unit)]
        else:
            pairs.append((name, str(value)))
    return pairs


def shortest_pairs_of(order: ReadableOrder) -> Pairs:
    """Return the query of an order without its defaults, but with what may change its meaning: date, facts of a table.

    A dose in mcg stays in mcg: the page and the papers of the query then say what those of the order said.

    >>> from datetime import date
    >>> from calc.library import load
    >>> from calc.capsule.order import Order
    >>> shortest_pairs_of(Order.read({"dose": "4.5 mg", "quantity": 30}, load(), today=date(2026, 11, 22)))
    [('dose', '4.5'), ('dose_unit', 'mg'), ('quantity', '30'), ('prepared_on', '2026-11-22')]
    """
    quantities = fields_of(type(order)).quantities
    tree = order.understood()
    dose = getattr(order, "dose", None)
    if isinstance(dose, Figure) and dose.unit is MCG:  # the unit that amounts of drug are said in
        tree["dose"] = f"{exact(dose)} {MCG.one}"
    left_out = frozenset(order.defaults).union(_unsaid(tree)) - {"prepared_on"} - order.by_table
    return pairs_of(tree, quantities, left_out)


def _unsaid(tree: Mapping[str, Any]) -> Iterator[str]:
    """Yield the paths of what published dates leave at its default, which the list of defaults does not name."""
    for index, study in enumerate(tree["beyond_use"]["studies"]):
        for name, field in PublishedDate.model_fields.items():
            if study[name] == field.default:
                yield f"beyond_use.studies.{index}.{name}"


def written(pairs: Pairs) -> str:
    """Encode the pairs as one query string.

    >>> written([("dose", "4.5"), ("capsule-lot", "A & B")])
    'dose=4.5&capsule-lot=A%20%26%20B'
    """
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def _quoted(text: str) -> str:
    return text if _NEVER_QUOTED.fullmatch(text) else quote(text, safe="")
