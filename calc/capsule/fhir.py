"""The capsules of a plan as a FHIR R5 Medication, validated by fhir.resources if that is installed.

Every number is the text that the plan shows: a FHIR decimal keeps its digits, and no float is involved.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from calc.capsule.answer import answer
from calc.capsule.plan import Plan
from calc.capsule.sheet import Sheet, sheet
from calc.paper.until import last_day_of
from calc.sheet.names import form_name, strength_said
from calc.wording import fhir as words

UCUM = "http://unitsofmeasure.org"
#: Units as an order types them, and their codes in UCUM.
CODES = {"g": "g", "mg": "mg", "mcg": "ug", "ug": "ug"}
PER_CAPSULE = "/{capsule}"


class Exact(str):
    """A number as its digits, written to JSON without quotes."""

    __slots__ = ()


def is_installed() -> bool:
    """Return True if fhir.resources, the extra `[fhir]`, is installed."""
    try:
        return find_spec("fhir.resources") is not None
    except ModuleNotFoundError:
        return False


def medication(plan: Plan) -> dict[str, Any]:
    """Return the Medication made by a plan: ingredients with strengths per capsule, batch, beyond-use date.

    A date that is left to the pharmacist stands in its text alone.
    """
    json_answer, plan_sheet = answer(plan), sheet(plan)
    form = form_name(plan, plan.order.dose_basis)
    dose = json_answer["order"]["dose"]
    last = last_day_of(plan.beyond_use).isoformat()
    batch = {} if plan_sheet.by_pharmacist else {"expirationDate": last}
    if plan.order.internal_number is not None:
        batch = {"lotNumber": plan.order.internal_number, **batch}
    return {
        "resourceType": "Medication",
        "text": {"status": "generated", "div": _narrative(plan_sheet)},
        "identifier": [
            {
                "type": {"text": words.FINGERPRINT.format(version=json_answer["version"])},
                "value": json_answer["fingerprint"],
            }
        ],
        "code": {"text": words.MEDICATION.format(form=form, dose=dose)},
        "status": "active",
        "doseForm": {"text": words.CAPSULE},
        "totalVolume": _capsules(json_answer["plan"]["batch"]),
        "ingredient": [_drug(form, dose), *_others(plan, json_answer["plan"])],
        **({"batch": batch} if batch else {}),
    }


def written(resource: Mapping[str, Any]) -> bytes:
    """Return a resource as JSON, validated against FHIR R5 by fhir.resources.

    Raises `pydantic.ValidationError` if it is not valid, an internal error, and `ModuleNotFoundError` if the extra
    `[fhir]` is not installed.
    """
    from fhir.resources.medication import Medication

    text = _json(resource)
    Medication.model_validate_json(text)
    return text.encode()


def _json(part: Any) -> str:
    """Return a tree as JSON that writes exact numbers as their digits.

    >>> _json({"value": Exact("4.50"), "unit": "mg"})
    '{"value":4.50,"unit":"mg"}'
    """
    if isinstance(part, Mapping):
        return f"{{{','.join(f'{json.dumps(name)}:{_json(value)}' for name, value in part.items())}}}"
    if isinstance(part, list):
        return f"[{','.join(map(_json, part))}]"
    return str(part) if isinstance(part, Exact) else json.dumps(part, ensure_ascii=False)


def _quantity(number: str, unit: str) -> dict[str, Any]:
    return {"value": Exact(number), "unit": unit, "system": UCUM, "code": CODES[unit]}


def _capsules(count: int) -> dict[str, Any]:
    return {"value": Exact(count), "unit": words.CAPSULE, "system": UCUM, "code": "{capsule}"}


def _strength(number: str, unit: str) -> dict[str, Any]:
    return {"numerator": _quantity(number, unit), "denominator": _capsules(1)}


def _drug(form: str, dose: str) -> dict[str, Any]:
    number, _, unit = dose.partition(" ")
    return {"item": {"concept": {"text": form}}, "isActive": True, "strengthRatio": _strength(number, unit)}


def _others(plan: Plan, shown: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the other ingredients of a capsule; an estimated diluent has no strength."""
    ingredients: list[dict[str, Any]] = []
    if plan.powder.tablets is not None:
        text = words.EXCIPIENTS.format(strength=strength_said(plan))
        ingredients.append({"item": {"concept": {"text": text}}, "isActive": False})
    for item in shown["ingredients"]:
        strength = _strength(item["per_capsule"]["value"], item["per_capsule"]["unit"].removesuffix(PER_CAPSULE))
        added = {"item": {"concept": {"text": item["name"]}}, "isActive": False, "strengthRatio": strength}
        ingredients.append(added)
    each = shown["diluent_per_capsule"]
    if each is not None and each["exact"] == "0":
        return ingredients
    diluent: dict[str, Any] = {"item": {"concept": {"text": plan.order.diluent.name}}, "isActive": False}
    if each is not None and "diluent_per_capsule" not in shown["estimated"]:
        diluent["strengthRatio"] = _strength(each["value"], each["unit"].removesuffix(PER_CAPSULE))
    return [*ingredients, diluent]


def _narrative(plan_sheet: Sheet) -> str:
    """Return, as XHTML, what a person must read: headline, restrictions on release, notices, stops overridden."""
    passed = [words.PASSED.format(text=text) for text in plan_sheet.acknowledged]
    date_open = plan_sheet.beyond_use if plan_sheet.by_pharmacist else ""
    first = [plan_sheet.headline, plan_sheet.not_released, plan_sheet.general_rules_only, date_open]
    lines = [*filter(None, first), *(notice["text"] for notice in plan_sheet.notices), *passed]
    inside = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{inside}</div>'
