"""The drug ordered and its chemical forms: an amount in the form of the label, or in that of the dose."""

from __future__ import annotations

from collections.abc import Callable

from calc.arithmetic.units import Figure
from calc.drug import Drug
from calc.orders.base import Ordered
from calc.orders.parts import Bulk

#: A formula that writes an amount in another chemical form: the amount, and the molar masses wanted and stated.
InForm = Callable[[Figure, Figure, Figure], Figure]


def drug_name(order: Ordered, drug: Drug | None) -> str:
    """The name of the drug ordered, with or without a file."""
    if drug is not None:
        return drug.name
    return order.drug if isinstance(order.drug, str) else order.drug.name


def in_basis(amount: Figure, drug: Drug, stated: str, wanted: str, by: InForm) -> Figure:
    """An amount in another chemical form of the drug, by the formula for amounts of its kind."""
    if stated == wanted:
        return amount
    bases = drug.bases
    return by(amount, bases[wanted].molar_mass_figure, bases[stated].molar_mass_figure)


def basis_of_source(order: Ordered, drug: Drug) -> str:
    """The chemical form that the label of the source speaks of."""
    if isinstance(order.source, Bulk) and order.source.basis is not None:
        return order.source.basis
    return drug.default_basis
