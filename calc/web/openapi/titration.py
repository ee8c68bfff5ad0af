"""The OpenAPI description of `POST /api/v1/titration`, written from that of an order."""

from __future__ import annotations

import copy
import json
from typing import Any

from calc import limits
from calc.titration.schedule import OF_ONE_BATCH
from calc.web.openapi.common import SCHEMAS, refusals_of_a_body, says
from calc.wording.web import TITLES

ADDRESS = "/api/v1/titration"
#: Three doses, one after another; the tests post it.
EXAMPLE = {
    "schedule": [
        {"dose": "1.5 mg", "days": 14},
        {"dose": "3 mg", "days": 14},
        {"dose": "4.5 mg", "days": 30},
    ],
    "order": {"drug": "naltrexone", "source": {"strength": "50 mg"}},
}
_ABOUT = (
    "A schedule of doses, one after another, and the order that every batch of it follows. Only `schedule` is "
    "required; null is as good as left out elsewhere."
)
_ORDER = (
    "An order without what belongs to one batch: the schedule gives dose and quantity of each batch, and tablets are "
    "weighed for one batch, in its own plan. A reason in `acknowledgements` holds for every batch that raises the stop."
)
_BATCH = "The order of this batch: posted to `/api/v1/plan` it gives the same plan, or is refused."
_REFUSED = (
    f"`/problems/faults`: {TITLES['faults']}. A batch that a limit stops refuses that batch alone: the answer is 200, "
    "the stops stand at the batch, and no figure of its plan is given."
)


def described() -> dict[str, Any]:
    """Return the only operation of the path."""
    example = {"summary": "Naltrexone 1.5 mg, 3 mg and 4.5 mg", "value": EXAMPLE}
    body = {"schema": {"$ref": f"{SCHEMAS}Titration"}, "examples": {"three_steps": example}}
    return {
        "operationId": "titrate",
        "summary": "A schedule of doses as capsules, in two ways side by side",
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {
            "200": says("Both ways.", "application/json", {"$ref": f"{SCHEMAS}TitrationAnswer"}),
            **refusals_of_a_body(_REFUSED),
        },
    }


def added(parts: dict[str, Any]) -> dict[str, Any]:
    """Return all schemas with those of a titration, whose fields of an order are described as in an order."""
    order, source = copy.deepcopy(parts["Order"]), copy.deepcopy(parts["TabletSource"])
    order |= {"title": "TitrationOrder", "description": _ORDER, "required": []}
    source["title"] = "TitrationSource"
    for path in OF_ONE_BATCH:
        part, _, name = path.rpartition(".")
        del (source if part else order)["properties"][name]
    of_a_batch, of_all = f"{SCHEMAS}TabletSource", f"{SCHEMAS}TitrationSource"
    order["properties"]["source"] = json.loads(json.dumps(order["properties"]["source"]).replace(of_a_batch, of_all))
    step = {
        "title": "Step",
        "description": "One step of a schedule: what is taken at one time, and for how many days.",
        "type": "object",
        "properties": {
            "dose": copy.deepcopy(parts["Order"]["properties"]["dose"]),
            "days": _count("schedule.days", "Days"),
        },
        "required": ["dose", "days"],
        "additionalProperties": False,
    }
    start = copy.deepcopy(parts["Order"]["properties"]["prepared_on"])
    start["anyOf"][0]["title"] = "Start"
    often = {**_count("doses_per_day", "Doses Per Day"), "description": f"Left out: {limits.DOSES_PER_DAY}."}
    titration = {
        "title": "Titration",
        "description": _ABOUT,
        "type": "object",
        "properties": {
            "schedule": {
                "type": "array",
                "items": {"$ref": f"{SCHEMAS}Step"},
                "minItems": 1,
                "maxItems": limits.SCHEDULE_STEPS,
            },
            "doses_per_day": {"anyOf": [often, {"type": "null"}]},
            "start": {**start, "title": "Start", "description": "Not before `prepared_on`. Left out: `prepared_on`."},
            "order": {"anyOf": [{"$ref": f"{SCHEMAS}TitrationOrder"}, {"type": "null"}]},
        },
        "required": ["schedule"],
        "additionalProperties": False,
    }
    parts["BatchShown"]["properties"]["order"]["description"] = _BATCH
    named = {"Titration": titration, "TitrationOrder": order, "TitrationSource": source, "Step": step}
    return {**parts, **named}


def _count(path: str, title: str) -> dict[str, Any]:
    bounds = limits.RANGES[path]
    return {
        "title": title,
        "type": "integer",
        "minimum": int(bounds.low.value),
        "maximum": int(bounds.high.value),
    }
