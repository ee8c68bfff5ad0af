"""From dose and quantity of capsules to the portion of powder on the balance."""

from __future__ import annotations

from typing import Any

from calc.arithmetic import rounding
from calc.arithmetic.formula import Formula
from calc.arithmetic.units import CAPSULE, RATIO, TABLET, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Powder
from calc.drug import Drug
from calc.faults import NoticeCode
from calc.orders.sources import POWDERS
from calc.planning.basis import as_labeled
from calc.planning.codes import Rounding, StepCode
from calc.planning.crushing import labeled_strength
from calc.planning.parts import DrugSource
from calc.planning.source import of_bulk, of_tablets
from calc.planning.work import Work, per_capsule
from calc.rules import tablets as rules


def powder_for(order: Order, drug: Drug | None, work: Work) -> Powder:
    """Return the powder of a batch up to its portion; masses that depend on unweighed tablets are None."""
    batch = _batch(order, work)
    dose = per_capsule(order.dose)
    labeled = as_labeled(order, drug, dose, work, StepCode.DOSE_AS_LABELLED, rules.dose_as_labelled)
    needed = work.run(StepCode.DRUG_NEEDED, rules.drug_needed, labeled, batch)
    source, for_quantity = order.source, None
    if isinstance(source, POWDERS):
        drug_source = of_bulk(order, source, needed, work)
    else:
        strength = labeled_strength(source)
        exact = for_quantity = work.run(StepCode.TABLETS_EXACT, rules.tablets_exact, needed, strength)
        if batch.numerator != order.quantity:
            quantity = figure(order.quantity, CAPSULE)
            for_quantity = work.run(StepCode.TABLETS_FOR_QUANTITY, rules.tablets_per_dose, labeled, strength, quantity)
        drug_source = of_tablets(order, source, needed, exact, work)
        _more_weighed_than_made(drug_source, batch, work)
    return Powder(
        drug_needed=drug_source.drug_needed,
        tablets=drug_source.tablets,
        needed=drug_source.needed,
        strength=drug_source.strength,
        portion=drug_source.portion,
        rounding_effect=drug_source.rounding_effect,
        least=drug_source.least,
        enough=drug_source.enough,
        batch=batch.numerator,
        dose=dose,
        dose_as_labeled=labeled,
        tablets_for_quantity=for_quantity,
    )


def _more_weighed_than_made(source: DrugSource, batch: Figure, work: Work) -> None:
    """Give notice of more tablets weighed than capsules made, as if each number stood in the other's place."""
    tablets = source.tablets
    weighed = None if tablets is None else tablets.weighed
    if tablets is not None and weighed is not None and weighed > max(tablets.number, batch.numerator):
        facts = {"weighed": figure(weighed, TABLET), "tablets": figure(tablets.number, TABLET), "made": batch}
        work.notice(NoticeCode.MORE_WEIGHED_THAN_MADE, **facts)


def _batch(order: Order, work: Work) -> Figure:
    rule, more = _rule_of_batch(order)
    return work.run_rounded(StepCode.BATCH, Rounding.UP_TO_WHOLE, rule, figure(order.quantity, CAPSULE), more)[1]


def batch_of(order: Order, quantity: int) -> int:
    """Return the number of capsules to make for another quantity of the same order."""
    rule, more = _rule_of_batch(order)
    return rounding.up_to_whole(rule(figure(quantity, CAPSULE), more))


def _rule_of_batch(order: Order) -> tuple[Formula[Any], Figure]:
    """Return the rule for the size of the batch, by extra capsules or by an allowance, and its argument."""
    if order.extra_capsules is not None:
        return rules.batch_with_extra, figure(order.extra_capsules, CAPSULE)
    return rules.batch_with_allowance, figure(0, RATIO) if order.allowance is None else order.allowance.to(RATIO)
