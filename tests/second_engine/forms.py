"""Chemical forms: the one on the label of the source, the one of the limits, and from one to another."""

from fractions import Fraction

from tests.second_engine import tables
from tests.second_engine.order import Common, Liquid, Order


def of_source(order: Common) -> str | None:
    """The form on the label of the tablets, or of the bulk powder; None for a drug without a file."""
    if not order.filed:
        return None
    return tables.DEFAULT_BASIS if order.bulk is None else order.bulk.basis


def turned(mass: Fraction, form: str | None, other: str | None) -> Fraction:
    """So much drug of one form, as of another."""
    return mass if form is None or other is None else mass * tables.BASES[other] / tables.BASES[form]


def on_label(order: Common, mass: Fraction) -> Fraction:
    """Drug in the form ordered, as on the label of the source."""
    if order.factor is not None:
        return mass * order.factor
    return turned(mass, order.basis, of_source(order))


def as_ordered(order: Common, mass: Fraction) -> Fraction:
    """Drug in the form on the label of the source, as ordered."""
    if order.factor is not None:
        return mass / order.factor
    return turned(mass, of_source(order), order.basis)


def for_limits(order: Common) -> Fraction:
    """The dose in the form that the drug's file states its limits in."""
    return turned(order.dose, order.basis, tables.LIMIT_BASIS)


def batch_of(order: Order) -> int:
    """Capsules that are made, with those for loss."""
    if order.extra is not None:
        return order.quantity + order.extra
    return -(-(order.quantity * (1 + order.allowance)) // 1)


def needed_of(order: Order) -> Fraction:
    """Drug of the batch, in the form on the label of the source."""
    return on_label(order, order.dose) * batch_of(order)


def needed_of_liquid(order: Liquid) -> Fraction:
    """Drug of the whole volume, in the form on the label of the source."""
    return on_label(order, order.concentration * order.volume)
