"""The form of an order of capsules: its groups of fields, with the values as typed.

The form validates nothing: `calc.capsule.order` does, and the form shows each fault at its field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from werkzeug.datastructures import MultiDict

from calc.library import Library
from calc.limits import ASSESSMENT
from calc.orders.forms import Forms
from calc.orders.ingredients import Ingredient
from calc.service.preparations import CAPSULES
from calc.web.forms import query
from calc.web.forms.fields import (
    COMMON_POWDER,
    IN_FORMS,
    ON_A_DRUG,
    QUESTION,
    Group,
    choices_from,
    chosen_drug,
    field_of,
    packed,
    study_fields,
)
from calc.web.forms.ingredients import OF_CAPSULES, with_ingredients
from calc.web.forms.prepared import FormOfOrder, Offered
from calc.wording import label
from calc.wording.ingredients import HINTS as HINTS_OF_INGREDIENTS

GROUPS = (
    Group(
        "order",
        "What is ordered",
        ("dose", "quantity", "drug", "drug-name", "source-strength", "source-kind"),
        always_open=True,
    ),
    Group(
        "bulk",
        "Bulk powder or dilution",
        (
            "source-assay",
            "source-assay_basis",
            "source-water",
            "source-basis",
            "source-drug_in_gram",
            "source-discard_after",
            "source-packing_statistic",
            *packed("source"),
        ),
    ),
    Group(
        "capsules",
        "Opened capsules",
        ("source-contents", "source-capsules_weighed", "source-full_mass", "source-shells_mass"),
    ),
    Group("allowance", "Extra for loss", ("allowance", "extra_capsules")),
    Group("form", "Form and release", ("dose_basis", "source-release")),
    Group("forms", label("forms"), tuple(f"{IN_FORMS}{name}" for name in Forms.model_fields)),
    Group("assessment", label("assessment"), tuple(path.replace(".", "-") for path in ASSESSMENT)),
    Group(
        "weighing",
        "Tablets weighed",
        ("source-tablets_weighed", "source-total_mass", "source-weighed_on"),
        always_open=True,
        step="weigh",
    ),
    Group(
        "loss",
        "Loss and tablets to crush",
        (
            "source-tablets_crushed",
            "source-crushed_mass",
            "source-recovered_mass",
            "source-least_tablets",
            "crushing_loss",
        ),
        step="weigh",
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
        step="weigh",
    ),
    Group(
        "fill",
        "Capsule and powders",
        ("capsule-size", "diluent-name", "diluent-packing_statistic", "tablet_powder-packing_statistic"),
        always_open=True,
        step="fill",
    ),
    Group("packed", "Powder weighed in several shells", (*packed("diluent"), *packed("tablet_powder")), step="fill"),
    Group(
        "shells",
        "Empty shells, or a fixed fill",
        (
            "capsule-shell_mass",
            "capsule-shells-number",
            "capsule-shells-total",
            "capsule-brand",
            "capsule-fill_mass",
        ),
        step="fill",
    ),
    Group("screening", "Screening", (), always_open=True, step="release"),
    Group(
        "lots",
        "Lots and expiry dates",
        (
            "source-lot",
            "source-expiry",
            "diluent-lot",
            "diluent-expiry",
            "capsule-lot",
            "capsule-expiry",
        ),
        always_open=True,
        step="release",
    ),
    Group(
        "dates",
        "Batch number, dates and maker",
        (
            *("internal_number", "prepared_on", "source-maker", "source-ndc", "beyond_use-storage"),
            *("beyond_use-counting", "formulation"),
        ),
        step="release",
    ),
    Group("studies", "Published dates", (), step="release", more="studies"),
)

#: Groups for a drug without a file, each with the beginning of the names of its fields.
_OF_ANOTHER_DRUG = {"assessment": ON_A_DRUG, "forms": IN_FORMS}
_ANSWERED = ("no", "yes")


class OrderForm(FormOfOrder):
    """The fields of an order with the values as typed, and with the faults and soft stops of the order."""

    def __init__(self, library: Library, typed: MultiDict[str, str], errors: Mapping[str, str]) -> None:
        values = typed.to_dict()
        groups = with_ingredients(with_questions(GROUPS, library, values), typed, Ingredient)
        names = (name for group in groups for name in group.names)
        super().__init__(names, _offered(library, chosen_drug(library, values)), typed, errors)
        self.groups = tuple((group, [self[name] for name in group.names]) for group in groups)


@cache
def _offered(library: Library, drug: str | None) -> Offered:
    choices = {**choices_from(library, drug), **OF_CAPSULES}
    return Offered(lambda name: field_of(name, CAPSULES.query, choices, HINTS_OF_INGREDIENTS.get(name)))


def with_questions(groups: tuple[Group, ...], library: Library, typed: Mapping[str, str]) -> tuple[Group, ...]:
    """Return the groups with the rows of their lists, and with the questions on the drug chosen and all answered ones.

    The answer to a question that the drug does not have is a fault of its field, so the field must be there. The four
    questions on a drug without a file, and its two forms, are there for such a drug, and where one field of theirs is
    filled in.
    """
    asked = [f"{QUESTION}{code}" for code in library.questions_of(chosen_drug(library, typed)) or ()]
    asked += [name for name in typed if name.startswith(QUESTION) and name not in asked and typed[name] in _ANSWERED]
    named = {"screening": tuple(asked), "studies": study_fields(typed)}
    if query.is_entered(typed, COMMON_POWDER):
        loss = next(group for group in groups if group.key == "loss")
        named["loss"] = (*loss.names, COMMON_POWDER)
    filled = (replace(group, names=named[group.key]) if group.key in named else group for group in groups)
    left_out = {
        key
        for key, begin in _OF_ANOTHER_DRUG.items()
        if chosen_drug(library, typed) is not None
        and not any(name.startswith(begin) and query.is_entered(typed, name) for name in typed)
    }
    return tuple(group for group in filled if (group.names or group.more) and group.key not in left_out)
