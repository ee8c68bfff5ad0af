"""Stops and notices of an order of capsules that need no weighing."""

from __future__ import annotations

from calc import limits
from calc.arithmetic.units import CAPSULE, figure
from calc.capsule.order import Order
from calc.drug import Drug
from calc.faults import StopCode
from calc.library import Library
from calc.planning.stops import answers, drug_and_dose, expiries, tablets_per_dose
from calc.planning.work import Work


def screen(order: Order, drug: Drug | None, library: Library, work: Work) -> None:
    """Record every stop and notice that needs no weighing."""
    drug_and_dose(order, drug, library, work)
    _quantity(order, work)
    tablets_per_dose(order, drug, work)
    _diluent(order, drug, library, work)
    expiries(order, order.other_expiries, work)
    answers(order, drug, work)


def _quantity(order: Order, work: Work) -> None:
    quantity = figure(order.quantity, CAPSULE)
    if quantity > limits.LARGE_QUANTITY.value:
        work.stop(
            StopCode.QUANTITY_LARGE,
            "quantity",
            str(order.quantity),
            quantity=quantity,
            most=limits.LARGE_QUANTITY.value,
        )


def _diluent(order: Order, drug: Drug | None, library: Library, work: Work) -> None:
    diluent = library.diluents[order.diluent.name]
    if diluent.gel_forming:
        work.stop(StopCode.GEL_FORMING_DILUENT, "diluent.name", diluent.name)
    for avoided in drug.diluents_to_avoid if drug is not None else ():
        if avoided.name == diluent.name:
            work.stop(
                StopCode.DILUENT_TO_AVOID, "diluent.name", diluent.name, text=avoided.text, evidence=avoided.evidence
            )
