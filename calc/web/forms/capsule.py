"""The form of an order: which fields stand in which group, and what was typed in them. It judges nothing itself.

What a field may hold is decided by `calc.capsule.order` alone; the form shows the faults that come back, each at its
field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from calc import limits
from calc.library import Library
from calc.orders.query import COUNTS, QUANTITIES
from calc.web.forms.query import ANOTHER_DRUG
from calc.wording.fields import HINTS, label

MASS_UNITS = ("mg", "g", "mcg")
PERCENT_UNITS = ("%",)
PERCENTS = frozenset({"allowance", "crushing_loss", "balance-tolerated_error", "source-assay", "source-water"})
#: The unit offered first where another one than mg is the usual one.
USUAL_UNIT = {"source-total_mass": "g", "source-recovered_mass": "g"}
ANSWERS = (("not asked", "Not asked yet"), ("no", "No"), ("yes", "Yes"))


class TypedField(StringField):
    """A text as it was typed, shown again to the letter."""


class QuantityField(StringField):
    """A number and its unit under two names; the unit is always chosen."""

    def __init__(self, *given: Any, units: Sequence[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.units = units
        self.unit = units[0]

    def process(self, formdata: Any, *given: Any, **named: Any) -> None:
        """Read the number as any text, and its unit beside it."""
        super().process(formdata, *given, **named)
        self.unit = (formdata or {}).get(f"{self.name}_unit", self.units[0])
        if self.unit not in self.units:
            self.units = (*self.units, self.unit)


@dataclass(frozen=True)
class Group:
    """Some fields under one heading; folded unless `always_open`, or something in it needs to be seen."""

    key: str
    title: str
    names: tuple[str, ...]
    always_open: bool = False


GROUPS = (
    Group("order", "What is ordered", ("drug", "dose", "quantity", "source-strength"), always_open=True),
    Group("weighing", "Tablets weighed today", ("source-tablets_weighed", "source-total_mass")),
    Group("screening", "Screening", ("screening-opioids", "screening-liver_disease")),
    Group(
        "fill",
        "Capsule and fill",
        (
            "capsule-size",
            "diluent-name",
            "diluent-packing_statistic",
            "tablet_powder-packing_statistic",
            "capsule-fill_mass",
            "capsule-shell_mass",
            "capsule-brand",
        ),
    ),
    Group(
        "balance",
        "Balance",
        (
            "balance-readability",
            "balance-sensitivity",
            "balance-tolerated_error",
            "balance-repeatability",
            "balance-minimum",
        ),
    ),
    Group("loss", "Allowance and loss", ("allowance", "extra_capsules", "crushing_loss", "source-recovered_mass")),
    Group(
        "dates",
        "Dates and lots",
        (
            "prepared_on",
            "source-weighed_on",
            "internal_number",
            "source-maker",
            "source-ndc",
            "source-lot",
            "source-expiry",
            "diluent-lot",
            "diluent-expiry",
            "capsule-lot",
            "capsule-expiry",
            "beyond_use-counting",
        ),
    ),
    Group(
        "bulk",
        "Bulk powder instead of tablets",
        (
            "source-kind",
            "source-assay",
            "source-assay_basis",
            "source-water",
            "source-basis",
            "source-packing_statistic",
        ),
    ),
    Group("drug", "Another drug, form or release", ("drug-name", "dose_basis", "source-release")),
)


class OrderForm(BaseForm):
    """The fields of an order with what was typed in them, and the faults and soft stops that came back."""

    def __init__(self, library: Library, typed: MultiDict[str, str], errors: Mapping[str, str]) -> None:
        super().__init__(_fields(library))
        self.process(typed or None)
        for name, field in self._fields.items():
            field.errors = [errors[name]] if name in errors else []
        self.typed = typed
        self.groups = tuple((group, [self[name] for name in group.names]) for group in GROUPS)

    @staticmethod
    def is_open(fields: Iterable[Any]) -> bool:
        """Whether a folded group shows itself: something in it is wrong or stops the order."""
        return any(field.errors for field in fields)

    def entered(self, fields: Iterable[Any]) -> int:
        """How many fields of a group say something, so that a folded group hides nothing unnoticed."""
        return sum(self.typed.get(field.name, "").strip(" ") not in {"", "not asked"} for field in fields)


def _fields(library: Library) -> dict[str, UnboundField[Any]]:
    return {name: field_of(name, library) for group in GROUPS for name in group.names}


def field_of(name: str, library: Library) -> UnboundField[Any]:
    """The field of an order with that name, as a form shows it."""
    path = name.replace("-", ".")
    shown = {"label": label(path), "description": HINTS.get(path, "")}
    if name in QUANTITIES:
        units = PERCENT_UNITS if name in PERCENTS else MASS_UNITS
        usual = USUAL_UNIT.get(name)
        ordered = units if usual is None else (usual, *(unit for unit in units if unit != usual))
        return QuantityField(**shown, units=ordered)
    if name.startswith("screening-"):
        return RadioField(**shown, choices=_listed(ANSWERS), default="not asked", validate_choice=False)
    choices = _choices(library).get(name)
    if choices is not None:
        return SelectField(**shown, choices=_listed(choices), validate_choice=False)
    return TypedField(**shown)


def _listed(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, text) for value, text in choices]


def _choices(library: Library) -> dict[str, list[tuple[str, str]]]:
    drugs = [(key, drug.name) for key, drug in library.drugs.items()]
    bases = {basis: basis for drug in library.drugs.values() for basis in drug.bases}
    return {
        "drug": [*drugs, (ANOTHER_DRUG, "another drug (name it below)")],
        "dose_basis": [("", "as on the label of the tablets"), *bases.items()],
        "source-kind": [("", "tablets"), ("powder", "bulk powder")],
        "source-assay_basis": [("", "as is"), ("dried", "of the dried substance")],
        "source-basis": [("", "as the drug's file says"), *bases.items()],
        "source-release": [("", "immediate"), ("extended", "extended")],
        "capsule-size": [("", "the drug's usual size"), *((size, size) for size in library.sizes)],
        "diluent-name": [
            ("", limits.DEFAULTS["diluent.name"]),
            *((name, name) for name in library.diluents if name != limits.DEFAULTS["diluent.name"]),
        ],
        "beyond_use-counting": [("", "day 0 (usual)"), ("day 1", "day 1 (stricter)")],
    }


def is_number(name: str) -> bool:
    """Whether a field takes a number, so that a phone shows digits."""
    return name in COUNTS or name in QUANTITIES or name.startswith("schedule-")
