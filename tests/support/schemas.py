"""The machine-readable contract: JSON Schemas made from the models, as they stand in docs/.

Run `python -m tests.support.schemas` to write them again after the models changed.
"""

import json
from functools import cache

from jsonschema import Draft202012Validator
from jsonschema_rs import validator_for

from calc.answers.contract import Problem
from calc.capsule.contract import Answer
from calc.capsule.order import Order
from calc.checks.assayed import UniformityAsked
from calc.checks.contract import UniformityAnswer, WeightsAnswer
from calc.checks.sample import WeightsAsked
from calc.library import load
from calc.liquid.contract import LiquidAnswer
from calc.liquid.order import LiquidOrder
from calc.titration.contract import TitrationAnswer
from calc.titration.liquid_contract import LiquidTitrationAnswer
from calc.web.openapi import document
from calc.web.openapi.common import closed
from tests.support.places import ROOT

DOCS = ROOT / "docs"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


SCHEMAS = {
    "order.schema.json": {"$schema": DIALECT, **Order.input_schema()},
    "answer.schema.json": {"$schema": DIALECT, **closed(Answer)},
    "liquid_order.schema.json": {"$schema": DIALECT, **LiquidOrder.input_schema()},
    "liquid_answer.schema.json": {"$schema": DIALECT, **closed(LiquidAnswer)},
    "problem.schema.json": {"$schema": DIALECT, **closed(Problem)},
    "check_weights.schema.json": {"$schema": DIALECT, **WeightsAsked.input_schema()},
    "check_weights_answer.schema.json": {"$schema": DIALECT, **closed(WeightsAnswer)},
    "check_uniformity.schema.json": {"$schema": DIALECT, **UniformityAsked.input_schema()},
    "check_uniformity_answer.schema.json": {"$schema": DIALECT, **closed(UniformityAnswer)},
    "titration_answer.schema.json": {"$schema": DIALECT, **closed(TitrationAnswer)},
    "liquid_titration_answer.schema.json": {"$schema": DIALECT, **closed(LiquidTitrationAnswer)},
}


#: The description of the endpoint that machines read, and which of its schemas says the same as one of `docs/`.
DOCUMENT = document.described(load())
IN_DOCUMENT = {
    "order.schema.json": "Order",
    "answer.schema.json": "Answer",
    "liquid_order.schema.json": "LiquidOrder",
    "liquid_answer.schema.json": "LiquidAnswer",
    "problem.schema.json": "Problem",
    "check_weights.schema.json": "WeightsAsked",
    "check_weights_answer.schema.json": "WeightsAnswer",
    "check_uniformity.schema.json": "UniformityAsked",
    "check_uniformity_answer.schema.json": "UniformityAnswer",
    "titration_answer.schema.json": "TitrationAnswer",
    "liquid_titration_answer.schema.json": "LiquidTitrationAnswer",
}


@cache
def _validator(name):
    Draft202012Validator.check_schema(SCHEMAS[name])
    return validator_for(SCHEMAS[name])


def schema_of(component):
    """One schema of the endpoint's description, with all that it refers to."""
    return {"$schema": DIALECT, "$ref": f"#/components/schemas/{component}", **DOCUMENT}


@cache
def described(component):
    """The validator of one schema of the endpoint's description."""
    return validator_for(schema_of(component))


def validate(name, instance):
    """Raise where `instance` does not follow the schema of that name, in `docs/` or in the endpoint's description."""
    _validator(name).validate(instance)
    described(IN_DOCUMENT[name]).validate(instance)


if __name__ == "__main__":
    for name, schema in SCHEMAS.items():
        (DOCS / name).write_text(json.dumps(schema, indent=1) + "\n", encoding="utf-8")
