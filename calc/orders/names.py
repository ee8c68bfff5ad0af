"""The names of the fields of an order and of its parts, and those that are required."""

from __future__ import annotations

from collections.abc import Mapping

from calc.orders.forms import Forms
from calc.orders.parts import Acknowledgement, NamedDrug, Part
from calc.orders.studies import PublishedDate


def names_of(model: type[Part]) -> dict[str, frozenset[str]]:
    """The names of an order and of each part that is of one kind; for a list, of its items."""
    parts = {
        name: frozenset(field.annotation.model_fields)
        for name, field in model.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Part)
    }
    return {
        "": frozenset(model.model_fields),
        **parts,
        "beyond_use.studies": frozenset(PublishedDate.model_fields),
        "drug": frozenset(NamedDrug.model_fields),
        "forms": frozenset(Forms.model_fields),
        "acknowledgements": frozenset(Acknowledgement.model_fields),
    }


#: Required fields of the parts common to all orders.
NEEDED_OF_PARTS: Mapping[str, frozenset[str]] = {
    "NamedDrug": frozenset({"name"}),
    "Acknowledgement": frozenset({"code", "value", "reason"}),
    "PublishedDate": frozenset({"storage", "reference"}),
    "Forms": frozenset({"dose", "source"}),
}
