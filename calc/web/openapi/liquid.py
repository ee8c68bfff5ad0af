"""The OpenAPI description of an order of a liquid, beyond the schemas of its models."""

from __future__ import annotations

from typing import Any

from calc import limits

#: 100 mL from two tablets; the tests post it.
EXAMPLE = {
    "preparation": "liquid",
    "drug": "naltrexone",
    "dose": "4.5 mg",
    "strength": "1 mg",
    "volume": "100 mL",
    "source": {"strength": "50 mg"},
    "vehicle": {"name": "suspending vehicle", "aqueous": "yes", "preserved": "yes"},
}
EXAMPLE_OF_BODY = {"summary": "100 mL of naltrexone 1 mg/mL from 2 tablets, doses of 4.5 mg", "value": EXAMPLE}

_ORDER = (
    "One order of an oral liquid. `preparation`, `dose`, `strength` (drug in 1 mL), `volume` and the name of the "
    "vehicle are required; the rest is read as in an order of capsules."
)
_SYRINGES = "The oral syringes of the bench; the capacity is a whole number of graduations. Left out: {syringes} mL."
_STORAGE = "Left out: {aqueous} where the vehicle is aqueous, else {nonaqueous}. A liquid with water and without a "
_STORAGE_UNPRESERVED = "preservative has no date at room temperature, unless a published study gives one."


def say(parts: dict[str, Any]) -> None:
    """Write the descriptions into the schemas of an order of a liquid."""
    order = parts["LiquidOrder"]
    order["description"] = _ORDER
    each = (
        f"{syringe['capacity'].removesuffix(' mL')} in {syringe['graduation'].removesuffix(' mL')}"
        for syringe in limits.SYRINGES
    )
    order["properties"]["syringes"]["description"] = _SYRINGES.format(syringes=", ".join(each))
    usual = {"aqueous": limits.STORAGE_AQUEOUS, "nonaqueous": limits.STORAGE_NONAQUEOUS}
    parts["Vehicle"]["properties"]["storage"]["description"] = _STORAGE.format(**usual) + _STORAGE_UNPRESERVED
