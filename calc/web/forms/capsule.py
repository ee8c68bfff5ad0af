"""The form of an order of capsules: its groups of fields, with the values as typed.

The form validates nothing: `calc.capsule.order` does, and the form shows each fault at its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from calc.library import Library
from calc.service.preparations import CAPSULES
from calc.web.forms import query
from calc.web.forms.fields import Group, choices_from, field_of

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
    """The fields of an order with the values as typed, and with the faults and soft stops of the order."""

    def __init__(self, library: Library, typed: MultiDict[str, str], errors: Mapping[str, str]) -> None:
        super().__init__(_fields(library))
        self.process(typed or None)
        for name, field in self._fields.items():
            field.errors = [errors[name]] if name in errors else []
        self.typed = typed
        self.groups = tuple((group, [self[name] for name in group.names]) for group in GROUPS)

    @staticmethod
    def is_open(fields: Iterable[Any]) -> bool:
        """Return True if a folded group must open, because a field in it has a fault or a stop."""
        return any(field.errors for field in fields)

    def entered(self, fields: Iterable[Any]) -> int:
        """Return the number of fields that a person filled in, so that a folded group hides nothing unnoticed."""
        return sum(query.is_entered(self.typed, field.name) for field in fields)


def _fields(library: Library) -> dict[str, UnboundField[Any]]:
    choices = choices_from(library)
    return {name: field_of(name, CAPSULES.query, choices) for group in GROUPS for name in group.names}
