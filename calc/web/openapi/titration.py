"""The OpenAPI description of `POST /api/v1/titration`, written from that of an order."""

from __future__ import annotations

import copy
import json
from typing import Any

from calc import limits
from calc.titration.contract import TitrationAnswer
from calc.titration.liquid_contract import LiquidTitrationAnswer
from calc.titration.liquid_schedule import GIVEN_BY_SCHEDULE
from calc.titration.schedule import OF_ONE_BATCH
from calc.web.openapi.common import SCHEMAS, closed, refusals_of_a_body, says
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
#: Three doses measured from one liquid.
LIQUID_EXAMPLE = {
    "schedule": [{"dose": dose, "days": 7} for dose in ("0.5 mg", "1 mg", "1.5 mg")],
    "order": {"preparation": "liquid", "strength": "5 mg", "vehicle": {"name": "suspending vehicle"}},
}
_ABOUT = (
    "A schedule of doses, one after another, and the order that every batch of it follows. Only `schedule` is "
    "required; null is as good as left out elsewhere."
)
_ORDER = (
    "An order without what belongs to one batch: the schedule gives dose and quantity of each batch, and tablets are "
    "weighed for one batch, in its own plan. A reason in `acknowledgements` holds for every batch that raises the stop."
)
_LIQUID_ORDER = (
    "An order of a liquid without what belongs to one batch and without what the schedule gives: its dose and the "
    "doses a day. Every dose is a volume of this one liquid."
)
_BATCH = "The order of this batch: posted to `/api/v1/plan` it gives the same plan, or is refused."
_REFUSED = (
    f"`/problems/faults`: {TITLES['faults']}. A batch that a limit stops refuses that batch alone: the answer is 200, "
    "the stops stand at the batch, and no figure of its plan is given."
)


def described() -> dict[str, Any]:
    """Return the only operation of the path."""
    example = {"summary": "Naltrexone 1.5 mg, 3 mg and 4.5 mg", "value": EXAMPLE}
    measured = {"summary": "Naltrexone 0.5 mg to 1.5 mg from a liquid of 5 mg/mL", "value": LIQUID_EXAMPLE}
    examples = {"three_steps": example, "from_liquid": measured}
    body = {"schema": {"$ref": f"{SCHEMAS}Titration"}, "examples": examples}
    return {
        "operationId": "titrate",
        "summary": "A schedule of doses as capsules, in two ways side by side, or from one liquid",
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {
            "200": says(
                "Both ways; or the liquid that the doses are measured from.",
                "application/json",
                {"oneOf": [{"$ref": f"{SCHEMAS}TitrationAnswer"}, {"$ref": f"{SCHEMAS}LiquidTitrationAnswer"}]},
            ),
            **refusals_of_a_body(_REFUSED),
        },
    }


def schemas() -> tuple[dict[str, Any], ...]:
    """Return the schemas of both answers."""
    return closed(TitrationAnswer), closed(LiquidTitrationAnswer)


def added(parts: dict[str, Any]) -> dict[str, Any]:
    """Return all schemas with those of a titration, whose fields of an order are described as in an order."""
    source = _tablets(parts["TabletSource"], "TitrationSource", OF_ONE_BATCH)
    of_a_liquid = _tablets(parts["TabletsOfLiquid"], "LiquidTitrationSource", GIVEN_BY_SCHEDULE)
    capsules = _tablets(parts["CapsuleSource"], "TitrationCapsules", OF_ONE_BATCH)
    of_a_liquid_too = _tablets(parts["CapsulesOfLiquid"], "LiquidTitrationCapsules", GIVEN_BY_SCHEDULE)
    named_anew = {"TabletSource": "TitrationSource", "CapsuleSource": "TitrationCapsules"}
    order = _without(parts["Order"], OF_ONE_BATCH, named_anew) | {
        "title": "TitrationOrder",
        "description": _ORDER,
        "required": [],
    }
    named_anew = {"TabletsOfLiquid": "LiquidTitrationSource", "CapsulesOfLiquid": "LiquidTitrationCapsules"}
    of_liquid = _without(parts["LiquidOrder"], GIVEN_BY_SCHEDULE, named_anew) | {
        "title": "LiquidTitrationOrder",
        "description": _LIQUID_ORDER,
        "required": ["preparation", "strength", "vehicle"],
    }
    of_liquid["properties"]["volume"] = {
        "anyOf": [of_liquid["properties"]["volume"], {"type": "null"}],
        "description": "Left out: what the doses take while the liquid may be used, in whole mL.",
    }
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
            "common_powder": {"anyOf": [{"$ref": f"{SCHEMAS}WeighedTogether"}, {"type": "null"}]},
            "start": {**start, "title": "Start", "description": "Not before `prepared_on`. Left out: `prepared_on`."},
            "order": {
                "anyOf": [
                    {"$ref": f"{SCHEMAS}TitrationOrder"},
                    {"$ref": f"{SCHEMAS}LiquidTitrationOrder"},
                    {"type": "null"},
                ]
            },
        },
        "required": ["schedule"],
        "additionalProperties": False,
    }
    for batch in ("BatchShown", "LiquidBatchShown"):
        parts[batch]["properties"]["order"]["description"] = _BATCH
    named = {"Titration": titration, "TitrationOrder": order, "LiquidTitrationOrder": of_liquid}
    tablets = parts["TabletSource"]["properties"]
    named["WeighedTogether"] = {
        "title": "WeighedTogether",
        "description": "Tablets weighed together on the day of making, whose powder is common to all batches.",
        "type": "object",
        "properties": {name: copy.deepcopy(tablets[name]["anyOf"][0]) for name in ("tablets_weighed", "total_mass")},
        "required": ["tablets_weighed", "total_mass"],
        "additionalProperties": False,
    }
    named |= {"TitrationCapsules": capsules, "LiquidTitrationCapsules": of_a_liquid_too}
    return {**parts, **named, "TitrationSource": source, "LiquidTitrationSource": of_a_liquid, "Step": step}


def _tablets(tablets: dict[str, Any], title: str, given: tuple[str, ...]) -> dict[str, Any]:
    """Return the schema of tablets without what belongs to one batch."""
    of_all = copy.deepcopy(tablets) | {"title": title}
    for path in given:
        part, _, name = path.rpartition(".")
        if part:
            of_all["properties"].pop(name, None)  # tablets and capsules have fields of their own
    return of_all


def _without(order: dict[str, Any], given: tuple[str, ...], named_anew: dict[str, str]) -> dict[str, Any]:
    """Return the schema of an order without the fields of one batch, its tablets without theirs."""
    of_all = copy.deepcopy(order)
    for path in given:
        if "." not in path:
            del of_all["properties"][path]
    source = json.dumps(of_all["properties"]["source"])
    for tablets, of_all_tablets in named_anew.items():
        source = source.replace(f"{SCHEMAS}{tablets}", f"{SCHEMAS}{of_all_tablets}")
    of_all["properties"]["source"] = json.loads(source)
    return of_all


def _count(path: str, title: str) -> dict[str, Any]:
    bounds = limits.RANGES[path]
    return {
        "title": title,
        "type": "integer",
        "minimum": int(bounds.low.value),
        "maximum": int(bounds.high.value),
    }
