"""The OpenAPI description of the checks on finished capsules, written from their models."""

from __future__ import annotations

from typing import Any

from calc.checks.assayed import ALL, FIRST, UniformityAsked
from calc.checks.contract import UniformityAnswer, WeightsAnswer
from calc.checks.sample import WeightsAsked
from calc.limits import CHECK_RANGES
from calc.web.openapi.common import SCHEMAS, closed, plain, refusals_of_a_body, says
from calc.wording.checks import LABELS, TITLE_OF_FAULTS

WEIGHTS, UNIFORMITY = "/api/v1/check/weights", "/api/v1/check/uniformity"
#: Thirty capsules planned and made, ten of them weighed; and ten capsules assayed. The tests post both.
WEIGHTS_EXAMPLE = {
    "theoretical_fill": "137.6 mg",
    "capsules": [f"{mass} mg" for mass in (180, 182, 184, 185, 185, 186, 186, 187, 188, 189)],
    "shell_mass": "48 mg",
    "planned": 30,
    "made": 30,
}
UNIFORMITY_EXAMPLE = {"contents": [f"{content} %" for content in (94, 93, 97, 96, 94, 100, 102, 95, 97, 98)]}

_ABOUT = {
    "WeightsAsked": "The masses of filled capsules. Either `theoretical_fill` or `order`, whose plan gives it and "
    "the spread of the batch; either `shell_mass`, the mean of at least ten empty shells, or "
    "`shells`, each of them; `planned` and `made` together or not at all. Quantities are texts, as in an order.",
    "UniformityAsked": f"What an assay found in each of {FIRST} units, or of {ALL}: the same {FIRST} first, then the "
    "others. Each in per cent of the label, or as a mass beside `label`. Instead of `contents`: `masses` of the filled "
    "units with `shell`, `assay` and `label`, where a unit holds at least 25 mg and at least 25 % of drug.",
    "WeightsAnswer": "`band` and `mean_band` are what one fill and the mean fill may be. `rsd` is judged for a notice "
    'only. The `exact` value of a root is written "sqrt(n/d)". `rsd` is null where the capsules hold nothing, '
    "`batch_loss` and `loss_ok` where nothing was planned, `spread` without an order.",
    "UniformityAnswer": 'By USP <905>. `exact` of the standard deviation is "sqrt(n/d)", of the acceptance value that '
    "with the distance of the mean from `reference_value` before it. `unit_limits` and each `ok` are null in stage 1.",
}


def paths() -> dict[str, Any]:
    """Return the paths of both checks."""
    return {
        WEIGHTS: {"post": _check("check_weights", "Check capsules by weight", "Weights", WEIGHTS_EXAMPLE)},
        UNIFORMITY: {
            "post": _check("check_uniformity", "Check contents found by assay", "Uniformity", UNIFORMITY_EXAMPLE)
        },
    }


def schemas() -> list[dict[str, Any]]:
    """Return the schemas of the samples and answers, each with its references in `$defs`."""
    samples = [_with_ranges(model.input_schema()) for model in (WeightsAsked, UniformityAsked)]
    answers = [closed(model) for model in (WeightsAnswer, UniformityAnswer)]
    for schema in samples:
        schema["$defs"] = {}  # an order is described with its own endpoint
    for schema in (*samples, *answers):
        schema["description"] = _ABOUT[schema["title"]]
    return [*samples, *answers]


def _check(operation: str, summary: str, name: str, example: Any) -> dict[str, Any]:
    body = {"schema": {"$ref": f"{SCHEMAS}{name}Asked"}, "examples": {"ten": {"summary": summary, "value": example}}}
    return {
        "operationId": operation,
        "summary": summary,
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {
            "200": says("The verdict, whatever it is.", "application/json", {"$ref": f"{SCHEMAS}{name}Answer"}),
            **refusals_of_a_body(f"`/problems/faults`: {TITLE_OF_FAULTS}."),
        },
    }


def _with_ranges(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with the ranges, which the models enforce but their schemas leave out."""
    for name, field in schema["properties"].items():
        if name not in CHECK_RANGES:
            continue
        bounds = CHECK_RANGES[name]
        if field.get("default", "") is None:
            del field["default"]
        kind = field["anyOf"][0] if "anyOf" in field else field
        each = "Each from" if kind["type"] == "array" else "From"
        field["description"] = f"{LABELS[name]}. {each} {plain(bounds.low)} to {plain(bounds.high)}."
        if kind["type"] == "integer":
            kind |= {"minimum": int(bounds.low.value), "maximum": int(bounds.high.value)}
        if kind["type"] == "array":
            kind["items"].pop("examples", None)
            kind |= {size: field.pop(size) for size in ("minItems", "maxItems") if size in field and kind is not field}
        kind.pop("examples", None)
    for name in {"contents", "masses"} & schema["properties"].keys():
        assayed = schema["properties"][name]
        assayed = assayed["anyOf"][0] if "anyOf" in assayed else assayed
        for size in ("minItems", "maxItems"):
            assayed.pop(size, None)
        assayed["oneOf"] = [{"minItems": count, "maxItems": count} for count in (FIRST, ALL)]
    return schema
