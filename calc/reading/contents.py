"""The content of a unit as typed: in per cent of a label, or as a mass beside it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from calc.arithmetic.units import MG, PERCENT, Figure, figure
from calc.reading.fields import Reader, canonical, quantity_in
from calc.reading.numbers import NUMBER


def _content(given: Any, context: Any) -> Figure:
    """Parse a content: a mass beside a label, otherwise in per cent of it; a mass alone lacks its label."""
    if not context["label"] and is_mass(given):
        return figure(0, PERCENT)
    return quantity_in(given, MG if context["label"] else PERCENT, zero=True)


_SCHEMA = {"type": "string", "pattern": rf"^ *{NUMBER.pattern} +(g|mg|mcg|ug|%) *$", "examples": ["98.5 %"]}
Content = Annotated[Figure, Reader(_content, _SCHEMA, canonical, in_context=True)]


def is_mass(given: Any) -> bool:
    """Return True for a text that can be parsed as a mass, nothing at all included."""
    try:
        quantity_in(given, MG, zero=True)
    except PydanticCustomError:
        return False
    return True
