"""The machine-readable contract: JSON Schemas made from the models, as they stand in docs/.

Run `python -m tests.schemas` to write them again after the models changed.
"""

import json
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from calc.contract import Answer, Problem
from calc.order import Order

DOCS = Path(__file__).resolve().parent.parent / "docs"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _closed(model):
    """The schema of what goes out: no key that it does not name. The order within has a schema of its own."""
    schema = TypeAdapter(model).json_schema(mode="serialization")
    for part in (schema, *schema.get("$defs", {}).values()):
        if "properties" in part:
            part["additionalProperties"] = False
    return {"$schema": DIALECT, **schema}


SCHEMAS = {
    "order.schema.json": {"$schema": DIALECT, **Order.input_schema()},
    "answer.schema.json": _closed(Answer),
    "problem.schema.json": _closed(Problem),
}


@cache
def _validator(name):
    Draft202012Validator.check_schema(SCHEMAS[name])
    return Draft202012Validator(SCHEMAS[name])


def validate(name, instance):
    """Raise where `instance` does not follow the schema of that name."""
    _validator(name).validate(instance)


if __name__ == "__main__":
    for name, schema in SCHEMAS.items():
        (DOCS / name).write_text(json.dumps(schema, indent=1) + "\n", encoding="utf-8")
