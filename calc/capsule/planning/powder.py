"""From the dose and the quantity of capsules to the portion of powder on the balance."""

from __future__ import annotations

from typing import Any

from calc.arithmetic import rounding
from calc.arithmetic.formula import Formula
from calc.arithmetic.units import CAPSULE, RATIO, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Powder
from calc.drug import Drug
from calc.orders.parts import BulkPowder
from calc.planning.basis import as_labelled
from calc.planning.codes import Rounding, StepCode
from calc.planning.source import labelled_strength, of_bulk, of_tablets
from calc.planning.work import Work, per_capsule
from calc.rules import tablets as rules


def powder(order: Order, drug: Drug | None, work: Work) -> Powder:
    """Everything up to the portion; masses that depend on the tablets' are None until these are weighed."""
    batch = _batch(order, work)
    dose = per_capsule(order.dose)
    labelled = as_labelled(order, drug, dose, work, StepCode.DOSE_AS_LABELLED, rules.dose_as_labelled)
    needed = work.run(StepCode.DRUG_NEEDED, rules.drug_needed, labelled, batch)
    source, for_quantity = order.source, None
    if isinstance(source, BulkPowder):
        made = of_bulk(order, source, needed, work)
    else:
        strength = labelled_strength(source)
        exact = for_quantity = work.run(StepCode.TABLETS_EXACT, rules.tablets_exact, needed, strength)
        if batch.numerator != order.quantity:
            quantity = figure(order.quantity, CAPSULE)
            for_quantity = work.run(StepCode.TABLETS_FOR_QUANTITY, rules.tablets_per_dose, labelled, strength, quantity)
        made = of_tablets(order, source, needed, exact, work)
    return Powder(
        drug_needed=made.drug_needed,
        tablets=made.tablets,
        needed=made.needed,
        strength=made.strength,
        portion=made.portion,
        rounding_effect=made.rounding_effect,
        least=made.least,
        batch=batch.numerator,
        dose=dose,
        dose_as_labelled=labelled,
        tablets_for_quantity=for_quantity,
    )


def _batch(order: Order, work: Work) -> Figure:
    rule, more = _of_quantity(order)
    return work.run_rounded(StepCode.BATCH, Rounding.UP_TO_WHOLE, rule, figure(order.quantity, CAPSULE), more)[1]


def batch_of(order: Order, quantity: int) -> int:
    """Capsules to make for another quantity of the same order."""
    rule, more = _of_quantity(order)
    return rounding.up_to_whole(rule(figure(quantity, CAPSULE), more))


def _of_quantity(order: Order) -> tuple[Formula[Any], Figure]:
    """How a batch follows from the quantity: by a count of extra capsules, or by the allowance."""
    if order.extra_capsules is not None:
        return rules.batch_with_extra, figure(order.extra_capsules, CAPSULE)
    return rules.batch_with_allowance, figure(0, RATIO) if order.allowance is None else order.allowance.to(RATIO)
