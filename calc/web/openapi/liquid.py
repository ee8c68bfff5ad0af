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
    "One order of an oral liquid. `preparation`, `dose` (a mass, or the volume that holds it), `volume`, the name of "
    "the vehicle and one of `strength` (drug in 1 mL, a mass in a volume, or per cent weight in volume) and "
    "`source.tablets_used` are required; the rest is read as in an order of capsules."
)
_SYRINGES = "The oral syringes of the bench; the capacity is a whole number of graduations. Left out: {syringes} mL."
_STORAGE = "Left out: {aqueous} where the vehicle is aqueous, else {nonaqueous}. A liquid with water and without a "
_STORAGE_UNPRESERVED = "preservative has no date at room temperature, unless a published study gives one."


_PARTS = (
    "A vehicle of several parts: shares that are mixed first, or volumes that are measured and one part to volume. "
    "Each part says one of `share`, `volume` and `to_volume`."
)
_OF_VEHICLE = {
    "aqueous": "Whether there is water in it. Left out: by the table of vehicles or the parts, else yes.",
    "preserved": "Whether a preservative works in it. Left out: by the table of vehicles or the parts, else no.",
}


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
    parts["Vehicle"]["properties"]["parts"]["description"] = _PARTS
    for part in ("Vehicle", "VehiclePart"):
        for name, text in _OF_VEHICLE.items():
            parts[part]["properties"][name]["description"] = text
