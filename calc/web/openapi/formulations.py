"""The OpenAPI description of the published formulations."""

from __future__ import annotations

from typing import Any

from calc.answers.formulations import FormulationsAnswer
from calc.library import Library
from calc.web import problems
from calc.web.openapi.common import SCHEMAS, closed, refused, refused_everywhere, says

ADDRESS, KEY = "/api/v1/formulations", "key"


def paths(library: Library) -> dict[str, Any]:
    """Return the path of the published formulations."""
    key = {
        "name": KEY,
        "in": "query",
        "required": False,
        "description": "The key of one formulation, or several of them; without it all are answered.",
        "schema": {"type": "string", "enum": list(library.formulations)},
    }
    described = {
        "operationId": "formulations",
        "summary": "Published formulations",
        "parameters": [key],
        "responses": {
            "200": says("The formulations.", "application/json", {"$ref": f"{SCHEMAS}FormulationsAnswer"}),
            "404": refused("No formulation has that key."),
            **refused_everywhere(problems.MEDIA_TYPE, {"$ref": f"{SCHEMAS}Problem"}),
        },
    }
    return {ADDRESS: {"get": described}}


def schemas() -> list[dict[str, Any]]:
    """Return the schema of the answer, with its parts in `$defs`."""
    return [closed(FormulationsAnswer)]
