"""From the drug needed to the portion of powder on the balance: crushed tablets or bulk powder."""

from __future__ import annotations

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.units import MG, RATIO, TABLET, Figure, G, figure
from calc.faults import StopCode
from calc.orders.base import AnyOrder
from calc.orders.parts import Balance
from calc.orders.sources import Counted, Dilution, Powders, field_of
from calc.planning.before_crushing import enough_for_portion
from calc.planning.codes import Rounding, StepCode
from calc.planning.crushing import (
    all_recovered,
    enough_crushed,
    not_above_what_there_was,
    powder_recovered,
    tablets_of,
    with_reserve,
)
from calc.planning.parts import DrugSource, OnBalance
from calc.planning.work import Work
from calc.reading.fields import canonical
from calc.rules import bulk, triturations, weighing
from calc.rules import tablets as rules


def of_bulk(order: AnyOrder, source: Powders, needed: Figure, work: Work) -> DrugSource:
    """Return the powder that holds the drug needed, by its certificate or its label, and its portion."""
    least = least_weighable(order.balance, work)
    strength = _of_powder(source, work)
    rule = bulk.dilution_with_drug if isinstance(source, Dilution) else bulk.powder_by_assay
    portion = work.weigh(StepCode.PORTION, rule, needed, strength)
    effect = _effect(order, portion, work)
    return DrugSource(needed, None, portion.exact, strength, portion, effect, least)


def _of_powder(source: Powders, work: Work) -> Figure:
    """Return the drug in one part of bulk powder, by its assay, or of a dilution."""
    if isinstance(source, Dilution):
        in_gram = source.drug_in_gram.to(MG), figure(1, G).to(MG)
        return work.run(StepCode.STRENGTH_OF_DILUTION, bulk.drug_in_one_part, *in_gram)
    assay = source.assay.to(RATIO)
    if source.assay_basis == "as is":
        return assay
    water = source.water or figure(0, RATIO)
    return work.run(StepCode.STRENGTH_OF_BULK, bulk.strength_of_dried, assay, water.to(RATIO))


def of_tablets(order: AnyOrder, source: Counted, needed: Figure, exact: Figure, work: Work) -> DrugSource:
    """Return the tablets to crush, the least weighable quantity, the strength of their powder and its portion."""
    need = with_reserve(order, source, needed, work)
    least = least_weighable(order.balance, work)
    tablets = tablets_of(order, source, needed, exact, need, work)
    not_above_what_there_was(order, source, tablets)
    if tablets.total_mass is None or tablets.weighed is None or tablets.there is None:
        enough = enough_for_portion(tablets, least, work.readability)
        return DrugSource(needed, tablets, None, None, None, None, least, enough)
    if tablets.total_mass < least and not tablets.all_used:
        facts = {"what": "tablets", "mass": tablets.total_mass, "least": least}
        work.stop(
            StopCode.BELOW_LEAST_WEIGHABLE, field_of(source, "total_mass"), canonical(tablets.total_mass), **facts
        )
    weighed = figure(tablets.weighed, TABLET)
    of_powder = triturations.strength_of_powder(weighed, tablets.strength, tablets.total_mass)
    given = needed, tablets.total_mass, weighed, tablets.strength
    recovered = None if source.recovered_mass is None else source.recovered_mass.to(MG)
    if tablets.all_used:
        all_of_it = work.run(StepCode.PORTION, rules.portion, *given)
        if recovered is not None:
            all_recovered(recovered, tablets.there, work)
        return DrugSource(needed, tablets, all_of_it, of_powder, OnBalance(all_of_it, all_of_it), None, least)
    most = tablets.there if recovered is None else recovered
    portion = work.weigh(StepCode.PORTION, rules.portion, *given, most=most)
    effect = _effect(order, portion, work)
    if recovered is None:
        enough_crushed(tablets, portion.exact, work)
    else:
        powder_recovered(recovered, tablets.there, rounding.larger(portion.exact, portion.shown), work)
    return DrugSource(needed, tablets, portion.exact, of_powder, portion, effect, least)


def least_weighable(balance: Balance, work: Work) -> Figure:
    """Return the least weighable quantity by the rule that the order names, rounded up to the balance."""
    if balance.minimum is not None:
        return rounding.up_to_step(balance.minimum.to(MG), work.readability)
    if balance.repeatability is not None:
        floor = work.run(
            StepCode.LEAST_STANDARD_DEVIATION,
            weighing.least_standard_deviation,
            limits.REPEATABILITY_FLOOR.value,
            work.readability,
        )
        inputs = (
            limits.REPEATABILITY_FACTOR.value,
            rounding.larger(balance.repeatability.to(MG), floor),
            limits.REPEATABILITY_LIMIT.value,
        )
        _, least = work.run_rounded(
            StepCode.LEAST_WEIGHABLE, Rounding.UP_TO_STEP, weighing.least_by_repeatability, *inputs
        )
        return least
    sensitivity, error = balance.sensitivity, balance.tolerated_error
    if sensitivity is None or error is None:
        raise TypeError("an order names one rule for its balance")
    return work.run_rounded(
        StepCode.LEAST_WEIGHABLE,
        Rounding.UP_TO_STEP,
        weighing.least_by_sensitivity,
        sensitivity.to(MG),
        error.to(RATIO),
    )[1]


def _effect(order: AnyOrder, portion: OnBalance, work: Work) -> Figure:
    """Return the effect of rounding the portion on the dose."""
    effect = work.run(StepCode.ROUNDING_EFFECT, rules.deviation, portion.shown, portion.exact)
    if order.balance.sensitivity is not None and portion.shown.numerator > 0:
        work.run(StepCode.WEIGHING_ERROR, weighing.weighing_error, order.balance.sensitivity.to(MG), portion.shown)
    return effect
