"""Parts that every path of the OpenAPI description shares: answers, refusals, bounds and schemas."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from calc.arithmetic.units import Figure
from calc.reading.json_body import MOST_DEPTH
from calc.web import problems
from calc.web.guard import MOST_BODY, MOST_QUERY
from calc.wording.figures import said
from calc.wording.web import DETAILS, TITLES

DEFS, SCHEMAS = "#/$defs/", "#/components/schemas/"
ALLOW = {"Allow": {"description": "The methods that are taken.", "required": True, "schema": {"type": "string"}}}


def says(about: str, media_type: str, schema: Any, headers: Any = None) -> dict[str, Any]:
    """Return the description of an answer in one media type."""
    answer = {"description": about, "content": {media_type: {"schema": schema}}}
    return {**answer, "headers": headers} if headers else answer


def refused(about: str, headers: Any = None) -> dict[str, Any]:
    """Return the description of a refusal."""
    return says(about, problems.MEDIA_TYPE, {"$ref": f"{SCHEMAS}Problem"}, headers)


def refused_everywhere(media_type: str, schema: Any) -> dict[str, Any]:
    """Return the refusals of a path that takes no body."""
    return {
        "400": says(TITLES["host"], media_type, schema),
        "405": says(TITLES["method"], media_type, schema, ALLOW),
        "413": says(TITLES["too-large"], media_type, schema),
        "414": says(TITLES["too-large"], media_type, schema),
    }


def refusals_of_a_body(faults: str) -> dict[str, Any]:
    """Return the refusals of a path that takes a JSON body; `faults` describes its status 422."""
    unreadable = (
        f"`/problems/json`: nested at most {MOST_DEPTH} deep, no key twice, UTF-8. Or another host is asked for."
    )
    return {
        "400": refused(unreadable),
        "405": refused("`Allow` names the methods that are taken.", ALLOW),
        "413": refused(f"The body is longer than {MOST_BODY} bytes."),
        "414": refused(f"The query is longer than {MOST_QUERY} bytes; none is needed."),
        "415": refused("Only application/json is taken, and never compressed."),
        "422": refused(faults),
        "500": refused(DETAILS["unexpected"].partition(".")[0] + "."),
    }


def closed(model: Any) -> dict[str, Any]:
    """Return the schema of an answer, without additional properties. Its order has a schema of its own."""
    schema = TypeAdapter(model).json_schema(mode="serialization")
    for part in (schema, *schema.get("$defs", {}).values()):
        if "properties" in part:
            part["additionalProperties"] = False
    return schema


def plain(bound: Figure) -> str:
    """Return a bound as it may be typed: no thousands separators, an ordinary space."""
    return said(bound).replace(",", "").replace("\u00a0", " ")
