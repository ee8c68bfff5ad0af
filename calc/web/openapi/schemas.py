"""The schemas of the models that the endpoints run on, which no library changes: written once."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from calc.answers.contract import Problem
from calc.capsule.contract import Answer
from calc.capsule.order import Order
from calc.liquid.contract import LiquidAnswer
from calc.liquid.order import LiquidOrder
from calc.web.openapi import checks, formulations, titration
from calc.web.openapi.common import DEFS, SCHEMAS, closed


@cache
def of_models() -> str:
    """Return every schema by the name of its model, with references between schemas, as JSON."""
    own = (Order.input_schema(), closed(Answer), LiquidOrder.input_schema(), closed(LiquidAnswer), closed(Problem))
    parts: dict[str, Any] = {}
    for schema in (*own, *titration.schemas(), *checks.schemas(), *formulations.schemas()):
        named = schema.pop("$defs")
        parts |= {schema["title"]: schema, **named}
    return json.dumps(parts).replace(DEFS, SCHEMAS)
