"""The meaning of every field and code, and the unit of every figure, in the OpenAPI description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from calc.faults import Reason
from calc.planning.codes import OfferCode
from calc.web.openapi.common import SCHEMAS
from calc.wording import FAULTS, HARD_STOPS, NOTICES, OFFERS, REASONS, SOFT_STOPS, STEPS
from calc.wording.fields import LABELS, TITRATION_LABELS
from calc.wording.openapi import AS_RATIO, FIELDS, IN_UNIT, MEANINGS, UNITS
from calc.wording.web import JSON_FAULTS, TITLES

FIGURE = f"{SCHEMAS}Shown"
#: Endings of the names of input schemas, whose fields have labels.
ASKED = ("Order", "Titration")
#: A word that agrees with a fact, in a sentence: the plural is what is described.
AGREEING = re.compile(r"\{\w+:[^|}]*\|([^}]*)\}")
_STOPS = {**HARD_STOPS, **SOFT_STOPS}
#: The sentences of the codes, by the field that holds them.
SENTENCES: Mapping[tuple[str, str], Mapping[Any, str]] = {
    ("FaultShown", "code"): FAULTS,
    ("StopShown", "code"): _STOPS,
    ("NoticeShown", "code"): NOTICES,
    ("AcknowledgedShown", "code"): _STOPS,
    ("AcknowledgedShown", "reason"): REASONS,
    ("StepShown", "code"): STEPS,
    ("OfferShown", "code"): {code.value: OFFERS[code] for code in OfferCode},
    ("Problem", "code"): JSON_FAULTS,
    ("Problem", "type"): {f"/problems/{kind}": title for kind, title in TITLES.items()},
}


def say(parts: Mapping[str, Any]) -> None:
    """Write the meaning of every field and code into the schemas, beside their existing descriptions."""
    for name, schema in parts.items():
        for field, kind in schema.get("properties", {}).items():
            _say_field(name, field, kind)
    for (name, field), sentences in SENTENCES.items():
        kind = parts[name]["properties"][field]
        kind["oneOf"] = [{"const": code, "description": AGREEING.sub(r"\1", sentences[code])} for code in kind["enum"]]
        kind["description"] = f"{kind['description']} {MEANINGS}"
    reasons = "; ".join(f"{reason.value}: {REASONS[reason]}" for reason in Reason)
    reason_field = parts["Acknowledgement"]["properties"]["reason"]
    reason_field["description"] = f"{reason_field['description']} {reasons}."


def _say_field(name: str, field: str, kind: dict[str, Any]) -> None:
    text = kind.get("description") or about(name, field)
    if not text:
        return
    figures = [node for node in _nodes(kind) if node.get("$ref") == FIGURE]
    units = UNITS.get(f"{name}.{field}") or UNITS.get(field, ())
    for node in figures:
        node["properties"] = {"unit": {"enum": list(units)}}
    if figures and units == ("1",):
        text = AS_RATIO.format(text=text)
    elif figures:
        text = IN_UNIT.format(text=text, units=" or ".join(units))
    kind["description"] = text


def about(name: str, field: str) -> str:
    """Return the meaning of a field by schema and name, by name alone, or by its label; empty if it has none."""
    meaning = FIELDS.get(f"{name}.{field}") or FIELDS.get(field)
    if meaning or not name.endswith(ASKED):
        return meaning or ""
    label = LABELS.get(field) or TITRATION_LABELS.get(field)
    return f"{label}." if label else ""


def _nodes(kind: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a schema and its alternatives."""
    yield kind
    for node in kind.get("anyOf", ()):
        yield from _nodes(node)
