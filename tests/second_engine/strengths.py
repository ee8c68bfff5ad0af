"""How the strength of a liquid is said: in 1 mL, in some mL, in per cent, or by tablets and volume."""

import re
from fractions import Fraction
from typing import Any

from tests.second_engine.numbers import DIMENSIONS, read_quantity
from tests.second_engine.order import Liquid
from tests.second_engine.reader import Reader
from tests.second_engine.shown import drug_mass, exact, finite_places, order_mass, quantity, significant
from tests.second_engine.tables import RANGES, VOLUME_UNITS

#: The volume that a strength is said in, in mL.
MEASURED = Fraction(1, 10), Fraction(2000)


def _read(text: str) -> tuple[Fraction, str] | str:
    """Drug in 1 mL and the strength as it is written, or the code of what is wrong."""
    mass, slash, volume = text.partition("/")
    unit = text.rpartition(" ")[2]
    if "/" in volume:
        return "number_format"
    if not slash and DIMENSIONS.get(unit) == "ratio":
        percent, fault = read_quantity(text, "ratio", zero=False)
        return fault or "" if percent is None else (10 * percent, f"{exact(percent)} %")
    drug, fault = read_quantity(mass, "mass", zero=False)
    if drug is None:
        return fault or ""
    if not slash:
        return drug, order_mass(drug)
    volume = volume.strip(" ")
    held, fault = read_quantity(f"1 {volume}" if volume in VOLUME_UNITS else volume, "volume", zero=False)
    if held is None:
        return fault or ""
    if not MEASURED[0] <= held <= MEASURED[1]:
        return "out_of_range"
    return drug / held, order_mass(drug) if held == 1 else f"{order_mass(drug)}/{exact(held)} mL"


def read_strength(reader: Reader, tree: dict[str, Any]) -> tuple[Fraction, str] | None:
    """Drug in 1 mL in mg, and the strength as it is written; None where it cannot be read."""
    typed = tree.get("strength")
    if typed is None:
        return None
    if not isinstance(typed, str):
        reader.fault("wrong_type", "strength")
        return None
    read = _read(typed.strip(" "))
    low, high = RANGES["strength"]
    if isinstance(read, str) or not low <= read[0] <= high:
        reader.fault(read if isinstance(read, str) else "out_of_range", "strength")
        return None
    return read


def as_read(text: str) -> Fraction:
    """A strength that can be read, in mg in 1 mL."""
    read = _read(text.strip(" "))
    if isinstance(read, str):
        raise TypeError(text)
    return read[0]


def _label(order: Liquid) -> str:
    """The strength as it stands on a label, thousands parted."""
    said = order.said
    if said is None:
        drug = drug_mass(order.concentration * order.volume)
        about = "" if drug["value"] == drug["exact"] else "about "
        said = f"{about}{drug['value']} mg/{exact(order.volume)} mL"
    said = said if "/" in said or "%" in said else f"{said}/mL"
    return re.sub(r"(?<![0-9.])[0-9]{4,}", lambda found: f"{int(found[0]):,}", said)


def whole(value: Fraction, unit: str) -> dict[str, str]:
    """A figure that is rounded only where decimals do not hold it."""
    return quantity(value, unit, significant(value, 4) if finite_places(value) is None else exact(value))


def strength_figures(order: Liquid) -> dict[str, Any]:
    """The strength as on the label, in 1 mL and in a dose."""
    return {
        "said": _label(order),
        "in_one_ml": whole(order.concentration, "mg/mL"),
        "in_one_dose": whole(order.dose, "mg"),
    }
