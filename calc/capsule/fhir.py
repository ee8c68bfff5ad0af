"""The capsules of a plan as a Medication of FHIR R5, for systems that speak it; checked by fhir.resources if installed.

Every number is the very text that the plan shows: a decimal of FHIR keeps its digits, and no float comes near it.
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
from calc.sheet.names import form_name, strength_said
from calc.wording import fhir as words

UCUM = "http://unitsofmeasure.org"
#: Units as an order types them, and their codes in UCUM.
CODES = {"g": "g", "mg": "mg", "mcg": "ug", "ug": "ug"}
PER_CAPSULE = "/{capsule}"


class Exact(str):
    """A number as its digits, which JSON writes without quotes."""

    __slots__ = ()


def is_installed() -> bool:
    """Whether the library that checks a Medication is here: the extra `[fhir]`."""
    try:
        return find_spec("fhir.resources") is not None
    except ModuleNotFoundError:
        return False


def medication(plan: Plan) -> dict[str, Any]:
    """The Medication that a plan makes: ingredients with their strengths in one capsule, batch and beyond-use date."""
    whole, said = answer(plan), sheet(plan)
    form = form_name(plan, plan.order.dose_basis)
    dose = whole["order"]["dose"]
    batch = {"expirationDate": whole["plan"]["beyond_use"]["date"]}
    if plan.order.internal_number is not None:
        batch = {"lotNumber": plan.order.internal_number, **batch}
    return {
        "resourceType": "Medication",
        "text": {"status": "generated", "div": _narrative(said)},
        "identifier": [
            {"type": {"text": words.FINGERPRINT.format(version=whole["version"])}, "value": whole["fingerprint"]}
        ],
        "code": {"text": words.MEDICATION.format(form=form, dose=dose)},
        "status": "active",
        "doseForm": {"text": words.CAPSULE},
        "totalVolume": _capsules(whole["plan"]["batch"]),
        "ingredient": [_drug(form, dose), *_others(plan, whole["plan"])],
        "batch": batch,
    }


def written(resource: Mapping[str, Any]) -> bytes:
    """A resource as JSON, checked against FHIR R5 by fhir.resources; one that does not hold is our own mistake.

    Raises `pydantic.ValidationError` then, and `ModuleNotFoundError` where the extra `[fhir]` is not installed.
    """
    from fhir.resources.medication import Medication

    text = _json(resource)
    Medication.model_validate_json(text)
    return text.encode()


def _json(part: Any) -> str:
    """JSON that writes exact numbers as their digits.

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
    """What else is in a capsule; an estimate of the diluent is no strength."""
    found: list[dict[str, Any]] = []
    if plan.powder.tablets is not None:
        text = words.EXCIPIENTS.format(strength=strength_said(plan))
        found.append({"item": {"concept": {"text": text}}, "isActive": False})
    each = shown["diluent_per_capsule"]
    if each is not None and each["exact"] == "0":
        return found
    diluent: dict[str, Any] = {"item": {"concept": {"text": plan.order.diluent.name}}, "isActive": False}
    if each is not None and "diluent_per_capsule" not in shown["estimated"]:
        diluent["strengthRatio"] = _strength(each["value"], each["unit"].removesuffix(PER_CAPSULE))
    return [*found, diluent]


def _narrative(said: Sheet) -> str:
    """What a person must read with it: the headline, what is not released, what to read first, what was let pass."""
    passed = [words.PASSED.format(text=text) for text in said.acknowledged]
    first = [said.headline, said.not_released, said.general_rules_only]
    lines = [*filter(None, first), *(notice["text"] for notice in said.notices), *passed]
    inside = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{inside}</div>'
