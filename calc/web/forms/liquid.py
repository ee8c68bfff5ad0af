"""The form of an order of a liquid: its groups of fields, with the values as typed. It validates nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import SelectField
from wtforms.fields.core import UnboundField

from calc import limits
from calc.arithmetic.units import ML
from calc.library import Library
from calc.liquid.order import VehiclePart
from calc.orders.ingredients import LiquidIngredient
from calc.service.preparations import LIQUID
from calc.web.forms.capsule import GROUPS, with_questions
from calc.web.forms.fields import (
    MASS_UNITS,
    PERCENT_UNITS,
    UNITS,
    Choices,
    Group,
    QuantityField,
    choices_from,
    chosen_drug,
    field_of,
    listed,
    packed,
    rows_of,
)
from calc.web.forms.ingredients import OF_LIQUIDS, with_ingredients
from calc.web.forms.prepared import FormOfOrder, Offered
from calc.web.forms.query import VEHICLE_PARTS
from calc.wording.fields import HINTS as ORDER_HINTS
from calc.wording.fields import label
from calc.wording.ingredients import HINTS as HINTS_OF_INGREDIENTS
from calc.wording.liquid import HINTS, STORED
from calc.wording.titration import HOW_OFTEN

#: Rows for syringes in an empty form; blank rows are ignored.
ROWS = 4
_OF_CAPSULES = frozenset(
    {
        *("source-packing_statistic", "diluent-lot", "diluent-expiry", "capsule-lot", "capsule-expiry"),
        "beyond_use-storage",
        *packed("source"),
    }
)
_KEPT = {group.key: group for group in GROUPS}
#: The fields of one part of a mixed vehicle.
PARTS, OF_A_PART = "vehicle-parts", tuple(VehiclePart.model_fields)
_OF_A_PART_CHOSEN = {
    "to_volume": (("", "no"), ("yes", "yes")),
    "aqueous": (("", "by the table, else yes"), ("yes", "yes"), ("no", "no")),
    "preserved": (("", "by the table, else no"), ("yes", "yes"), ("no", "no")),
}
#: Units that dose and strength of a liquid may be typed in besides those of a mass.
_MORE_UNITS = {"dose": UNITS[ML], "strength": PERCENT_UNITS}
_CHOICES = {
    "vehicle-aqueous": _OF_A_PART_CHOSEN["aqueous"],
    "vehicle-preserved": _OF_A_PART_CHOSEN["preserved"],
    **{
        f"{PARTS}-{row}-{part}": choices
        for row in range(limits.MOST_PARTS)
        for part, choices in _OF_A_PART_CHOSEN.items()
    },
    "vehicle-storage": (("", "as is usual"), *((place, text) for place, text in STORED.items())),
}


def liquid_groups(typed: Mapping[str, str]) -> tuple[Group, ...]:
    """Return the groups of the form, with rows for the syringes that are typed and for more."""

    def shared(key: str, *more: str) -> Group:
        group = _KEPT[key]
        return replace(group, names=(*(name for name in group.names if name not in _OF_CAPSULES), *more))

    order = ("dose", "strength", "volume", "vehicle-name", "doses_per_day", *_KEPT["order"].names[2:])
    syringes = (f"syringes-{row}-{part}" for row in range(_rows(typed)) for part in ("capacity", "graduation"))
    of_parts = (f"{PARTS}-{row}-{part}" for row in range(_parts(typed)) for part in OF_A_PART)
    kept = ("vehicle-aqueous", "vehicle-preserved", "vehicle-storage")
    return (
        replace(_KEPT["order"], names=order),
        shared("bulk"),
        shared("capsules", "source-capsules_used"),
        shared("form"),
        shared("forms"),
        shared("assessment"),
        shared("weighing"),
        shared("loss", "source-tablets_used"),
        shared("balance"),
        Group("vehicle", "Vehicle and storage", kept, always_open=True, step="fill"),
        Group(VEHICLE_PARTS, "A vehicle of several parts", tuple(of_parts), step="fill", more=VEHICLE_PARTS),
        Group("syringes", "Oral syringes of the bench", tuple(syringes), always_open=True, step="fill"),
        shared("screening"),
        shared("lots", "vehicle-lot", "vehicle-expiry"),
        shared("dates"),
        shared("studies"),
    )


class LiquidForm(FormOfOrder):
    """The fields of an order of a liquid with the values as typed, and with the faults and soft stops of the order."""

    def __init__(self, library: Library, typed: MultiDict[str, str], errors: Mapping[str, str]) -> None:
        values = typed.to_dict()
        groups = with_ingredients(with_questions(liquid_groups(values), library, values), typed, LiquidIngredient)
        names = (name for group in groups for name in group.names)
        super().__init__(names, _offered(library, chosen_drug(library, values)), typed, errors)
        self.groups = tuple((group, [self[name] for name in group.names]) for group in groups)


@cache
def _offered(library: Library, drug: str | None) -> Offered:
    choices = {**choices_from(library, drug), **OF_LIQUIDS}
    return Offered(lambda name: liquid_field(name, choices))


def _rows(typed: Mapping[str, str]) -> int:
    """Return the number of rows: at least four, and one blank row after the last while another syringe is allowed."""
    return rows_of(typed, "syringes", ("capacity", "graduation"), ROWS, limits.MOST_SYRINGES)


def _parts(typed: Mapping[str, str]) -> int:
    """Return the number of parts of the vehicle: one row, and one blank row after the last while one is allowed."""
    return rows_of(typed, PARTS, OF_A_PART, 1, limits.MOST_PARTS)


def liquid_field(name: str, choices: Choices, hint: str | None = None) -> UnboundField[Any]:
    """Return the form field for one field of an order of a liquid, with `hint` instead of its usual hint."""
    path = name.replace("-", ".")
    if name == "doses_per_day" or name in _CHOICES:
        often = (("", HOW_OFTEN[1]), *((str(count), text) for count, text in HOW_OFTEN.items() if count > 1))
        shown = {"label": label(path), "description": HINTS.get(name, ORDER_HINTS.get(path, ""))}
        return SelectField(**shown, choices=listed(_CHOICES.get(name, often)), validate_choice=False)
    if name.startswith("ingredients-") and name.endswith("-amount"):
        return QuantityField(label=label(path), units=(*MASS_UNITS, "mL"))
    usual = HINTS.get(name, HINTS_OF_INGREDIENTS.get(name))
    return field_of(name, LIQUID.query, choices, usual if hint is None else hint, _MORE_UNITS.get(name, ()))
