"""`GET /api/v1/openapi.json`: the OpenAPI 3.1 description of the endpoints, written from the models they run on.

Names and types come from the models, ranges and defaults from `calc.limits`, choices from the library, and codes from
their lists, so the description cannot disagree with the program.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from calc import limits
from calc.library import Library
from calc.service.chosen import FIELDS
from calc.web import problems
from calc.web.api import media_types
from calc.web.guard import PLANS
from calc.web.openapi import checks, codes, examples, fhir, fields, formulations, liquid, many, titration
from calc.web.openapi.common import SCHEMAS, plain, refusals_of_a_body, refused_everywhere, says
from calc.web.openapi.common import refused as refusal_said
from calc.web.openapi.schemas import of_models
from calc.wording.fields import LABELS, LIQUID_LABELS
from calc.wording.web import DETAILS, TITLES

PAGE, ADDRESS, PLAN, ALIVE = "/api", "/api/v1/openapi.json", "/api/v1/plan", "/healthz"
#: The version of the contract; the release of the program stands in every answer.
CONTRACT = "1"
#: Thirty capsules from three tablets weighed; the tests post it.
EXAMPLE = {
    "drug": "naltrexone",
    "dose": "4.5 mg",
    "quantity": 30,
    "source": {"strength": "50 mg", "tablets_weighed": 3, "total_mass": "0.480 g"},
}

_ABOUT = (
    "A compounding pharmacy's dosing calculator: one order in, one plan or one refusal out; and checks on the capsules "
    "that were made. Within version 1 names "
    "and codes may be added, never renamed or given another meaning: pass over those that you do not know. A figure "
    "of an answer is exact in `exact` and rounded in `value` and `text`. A refusal never holds a figure of a plan."
)
_ORDER = (
    "One order of capsules. Only `dose` and `quantity` are required; null is as good as left out elsewhere. A quantity "
    'is a text, a number and a unit with a space between them ("4.5 mg"), never a JSON number; a count is a JSON '
    "integer (30; 30.0 is read as 30). Texts are in Unicode's form NFC. The descriptions of quantities give "
    "their ranges; values that do not go together, and dates in the wrong order, are faults too."
)
#: The parameter that chooses fields of the answer.
_FIELDS = {
    "name": FIELDS,
    "in": "query",
    "required": False,
    "description": (
        "Paths in the answer with commas between (`plan.portion,plan.diluent.text,fingerprint`). The answer is then an "
        "object with these paths as its names, null where an answer to this preparation has none; only what they need "
        "is written. An unknown path is refused (422) with the names that there are. FHIR has no such choice (406)."
    ),
    "schema": {"type": "string"},
}
#: The answer where fields were chosen.
_CHOSEN = {
    "type": "object",
    "description": "The fields chosen, each under its path.",
    "minProperties": 1,
    "not": {"required": ["order", "defaults", "plan", "fingerprint", "version"]},
}


def document(tree: Mapping[str, Any]) -> bytes:
    """Write the description as bytes, the same for the same release and data."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def described(library: Library) -> dict[str, Any]:
    """Return the description as a tree."""
    plan = _plan()
    examples.add(plan, library)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Triturate", "version": CONTRACT, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "paths": {
            PLAN: {"post": plan},
            PLANS: {"post": many.described()},
            **checks.paths(),
            **formulations.paths(library),
            titration.ADDRESS: {"post": titration.described()},
            ADDRESS: {"get": _description()},
            PAGE: {"get": _page()},
            ALIVE: {"get": _alive()},
        },
        "components": {"schemas": _components(library)},
    }


def _plan() -> dict[str, Any]:
    example = {"summary": "30 capsules of naltrexone 4.5 mg from 3 tablets that weigh 0.480 g", "value": EXAMPLE}
    bodies = {"tablets_weighed": example, "liquid": liquid.EXAMPLE_OF_BODY}
    body = {"schema": _either("Order", "LiquidOrder"), "examples": bodies}
    refused = (
        f"`/problems/faults`: {TITLES['faults']}, or `/problems/stops`: {TITLES['stops']}. Faults hide stops. For "
        "a good order `/problems/request`: a field is chosen that no answer has."
    )
    return {
        "operationId": "plan",
        "summary": "Plan one order",
        "parameters": [_FIELDS],
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {
            "200": {
                "description": "The plan; or the capsules as a Medication of FHIR R5, where `Accept` asks for it.",
                "headers": {"Vary": {"description": "Accept", "required": True, "schema": {"type": "string"}}},
                "content": {
                    media_types.JSON: {"schema": {"oneOf": [*_either("Answer", "LiquidAnswer")["oneOf"], _CHOSEN]}},
                    media_types.FHIR: {"schema": {"$ref": f"{SCHEMAS}Medication"}},
                },
            },
            "406": refusal_said(DETAILS["not-acceptable"]),
            **refusals_of_a_body(refused),
        },
    }


def _either(capsules: str, of_liquid: str) -> dict[str, Any]:
    """Return the schema for either of the two preparations."""
    return {"oneOf": [{"$ref": f"{SCHEMAS}{capsules}"}, {"$ref": f"{SCHEMAS}{of_liquid}"}]}


def _description() -> dict[str, Any]:
    schema = {"type": "object", "required": ["openapi", "info", "servers", "paths", "components"]}
    return {
        "operationId": "describe",
        "summary": "This description",
        "responses": {
            "200": says("An OpenAPI 3.1 document.", "application/json", schema),
            **refused_everywhere(problems.MEDIA_TYPE, {"$ref": f"{SCHEMAS}Problem"}),
        },
    }


def _page() -> dict[str, Any]:
    return {
        "operationId": "read",
        "summary": "This description as a page",
        "responses": {
            "200": says("The page.", "text/html", {"type": "string"}),
            **refused_everywhere(problems.MEDIA_TYPE, {"$ref": f"{SCHEMAS}Problem"}),
        },
    }


def _alive() -> dict[str, Any]:
    return {
        "operationId": "healthz",
        "summary": "Whether the program is alive",
        "responses": {
            "200": says("It is.", "text/plain", {"type": "string", "const": "ok\n"}),
            **refused_everywhere("text/html", {"type": "string"}),
        },
    }


def _components(library: Library) -> dict[str, Any]:
    """Return every schema with what the program and its library say of its fields."""
    parts: dict[str, Any] = json.loads(of_models())
    parts["Order"]["description"] = _ORDER
    seen: set[str] = set()
    _describe_fields(parts, "Order", limits.RANGES, limits.DEFAULTS, library, seen)
    ranges = {**limits.RANGES, **limits.LIQUID_RANGES}
    _describe_fields(parts, "LiquidOrder", ranges, limits.LIQUID_DEFAULTS, library, seen)
    parts["Medication"] = fhir.MEDICATION
    parts["Text"], parts["LongText"] = _text(limits.LONGEST_TEXT), _text(limits.LONGEST_VEHICLE)
    codes.say(parts)
    for answer_name, order_name in (("Answer", "Order"), ("LiquidAnswer", "LiquidOrder")):
        parts[answer_name]["properties"]["order"] = {
            "$ref": f"{SCHEMAS}{order_name}",
            "description": "The order as understood; sent again it gives the same plan, and nothing is filled in.",
        }
    liquid.say(parts)
    parts = titration.added(parts)
    fields.say(parts)
    return parts


def _describe_fields(
    parts: dict[str, Any],
    order: str,
    ranges: Mapping[str, limits.Range],
    defaults: Mapping[str, Any],
    library: Library,
    seen: set[str],
) -> None:
    """Write ranges, choices, texts and defaults into the schemas of an order, whose models leave them out.

    Schemas in `seen` are skipped; those of this order are added to it.
    """
    bases = dict.fromkeys(basis for drug in library.drugs.values() for basis in drug.bases)
    choices: Mapping[str, Iterable[str]] = {
        "drug": library.drugs,
        "dose_basis": bases,
        "capsule.size": library.sizes,
        "diluent.name": library.diluents,
        "formulation": library.formulations,
    }
    labels = LABELS if order == "Order" else {**LABELS, **LIQUID_LABELS}
    for path, field in _fields(parts, order, seen):
        kind = field["anyOf"][0] if "anyOf" in field else field
        kind = kind["oneOf"][0] if "oneOf" in kind else kind
        kind.pop("examples", None)
        if field.get("default", "") is None:
            del field["default"]
        if path in choices:
            del kind["minLength"]
            kind["enum"] = list(choices[path])
        about = []
        if bounds := ranges.get(path):
            about.append(f"From {plain(bounds.low)} to {plain(bounds.high)}.")
            if kind["type"] == "integer":
                kind |= {"minimum": int(bounds.low.value), "maximum": int(bounds.high.value)}
        if "[0-9]{4}-" in kind.get("pattern", ""):
            about.append(f"From {limits.EARLIEST_DATE} to {limits.LATEST_DATE}.")
            for loose, close in _CALENDAR.items():
                kind["pattern"] = kind["pattern"].replace(loose, close)
        if path in defaults:
            about.append(f"Left out: {defaults[path]}{_UNLESS.get(path, '')}.")
        if "minLength" in kind:
            text = "LongText" if "maxLength" in kind else "Text"
            kind.clear()
            kind["$ref"] = f"{SCHEMAS}{text}"
        name = labels.get(path)
        field["description"] = " ".join([f"{name}.", *about] if name else about)


def _text(longest: int) -> dict[str, Any]:
    """Return the schema of a typed text of at most so many characters."""
    return {
        "description": f"At most {longest} characters that the papers can print, not all of them spaces.",
        "type": "string",
        "minLength": 1,
        "maxLength": longest,
        "pattern": f"^ *[{_printable()}][ {_printable()}]*$",
    }


#: Patterns for a year, month and day, as close to the calendar as possible; tests hold the years to `calc.limits`.
_CALENDAR = {
    "[0-9]{4}-[0-9]{2}": "(20[0-9]{2}|2100)-(0[1-9]|1[0-2])",
    "-[0-9]{2}": "-(0[1-9]|[12][0-9]|3[01])",
}
#: Exceptions to the defaults.
_UNLESS = {
    "allowance": ", unless `extra_capsules` is given",
    "balance.sensitivity": " or the readability if that is more, unless another rule of the balance is given",
    "balance.tolerated_error": ", unless the balance goes by another rule than its sensitivity",
}


def _printable() -> str:
    """Return the printable characters other than the space, as ranges of a character class."""
    points = sorted(ord(character) for character in limits.PRINTABLE - {" "})
    starts = [point for point in points if point - 1 not in points]
    ends = [point for point in points if point + 1 not in points]
    return "".join(
        f"{chr(low)}-{chr(high)}" if low < high else chr(low) for low, high in zip(starts, ends, strict=True)
    )


def _fields(
    parts: Mapping[str, Any], name: str, seen: set[str], prefix: str = ""
) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield the path and schema of each field with a value of its own, in one schema and those it refers to.

    Schemas in `seen` are skipped; this one and those that it refers to are added to it.
    """
    if name in seen:
        return
    seen.add(name)
    for field, schema in parts[name]["properties"].items():
        path = f"{prefix}{field}"
        kinds = schema.get("anyOf", [schema])
        kinds = [*kinds, *kinds[0].get("oneOf", []), kinds[0].get("items", {})]
        referred = [kind["$ref"].removeprefix(SCHEMAS) for kind in kinds if "$ref" in kind]
        for other in referred:
            yield from _fields(parts, other, seen, f"{path}.")
        if kinds[0].get("type") != "array" and "$ref" not in kinds[0]:
            yield path, schema
