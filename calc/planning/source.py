"""From the drug needed to the portion of powder on the balance: crushed tablets or bulk powder."""

from __future__ import annotations

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.notation import significant
from calc.arithmetic.units import MG, RATIO, TABLET, Figure, figure
from calc.faults import NoticeCode, StopCode
from calc.orders.base import AnyOrder
from calc.orders.parts import Balance, Bulk, TabletSource
from calc.planning.codes import Rounding, StepCode
from calc.planning.parts import DrugSource, OnBalance, Tablets
from calc.planning.work import Work, per_tablet
from calc.reading.fields import canonical
from calc.rules import bulk, triturations, weighing
from calc.rules import tablets as rules


def labeled_strength(source: TabletSource) -> Figure:
    """Return the drug in one tablet by its label. Raises `TypeError` if the order is not complete."""
    if source.strength is None:
        raise TypeError("an order of tablets without a strength is not complete")
    return per_tablet(source.strength)


def of_bulk(order: AnyOrder, source: Bulk, needed: Figure, work: Work) -> DrugSource:
    """Return the bulk powder that holds the drug needed, by the assay on its certificate, and its portion."""
    least = least_weighable(order.balance, work)
    assay = source.assay.to(RATIO)
    if source.assay_basis != "as is":
        water = source.water or figure(0, RATIO)
        strength = work.run(StepCode.STRENGTH_OF_BULK, bulk.strength_of_dried, assay, water.to(RATIO))
    else:
        strength = assay
    portion = work.weigh(StepCode.PORTION, bulk.powder_by_assay, needed, strength)
    effect = _effect(order, None, portion, work)
    return DrugSource(needed, None, portion.exact, strength, portion, effect, least)


def loss_in_reserve(order: AnyOrder) -> Figure:
    """Return the fraction of the powder that may be lost in crushing; zero for bulk powder."""
    return figure(0, RATIO) if order.crushing_loss is None else order.crushing_loss.to(RATIO)


def of_tablets(order: AnyOrder, source: TabletSource, needed: Figure, exact: Figure, work: Work) -> DrugSource:
    """Return the tablets to crush, the least weighable quantity, the strength of their powder and its portion."""
    strength = labeled_strength(source)
    loss = loss_in_reserve(order)
    _, least_tablets = work.run_rounded(
        StepCode.TABLETS_TO_CRUSH, Rounding.UP_TO_WHOLE, rules.tablets_with_reserve, needed, strength, loss
    )
    least = least_weighable(order.balance, work)
    total_mass = _weighed_today(order, source, least_tablets, work)
    count = least_tablets
    if total_mass is not None and source.tablets_weighed is not None:
        count = figure(source.tablets_weighed, TABLET)
    _check_tablet_count(loss, count, exact, least_tablets, total_mass is not None, work)
    share = work.run(StepCode.PORTION_SHARE, rules.portion_share, needed, count, strength)
    left_over = work.run(StepCode.DRUG_LEFT_OVER, rules.drug_left_over, count, strength, needed)
    portion, one_tablet, of_powder = None, None, None
    if total_mass is not None:
        one_tablet = likely_mass(total_mass, count, strength, work)
        if total_mass < least:
            facts = {"what": "tablets", "mass": total_mass, "least": least}
            work.stop(StopCode.BELOW_LEAST_WEIGHABLE, "source.total_mass", canonical(total_mass), **facts)
        portion = work.weigh(StepCode.PORTION, rules.portion, needed, total_mass, count, strength)
        of_powder = triturations.strength_of_powder(count, strength, total_mass)
    tablets = Tablets(
        number=count.numerator,
        strength=strength,
        exact=exact,
        share=share,
        drug_held=rules.drug_held(count, strength),
        drug_left_over=left_over,
        total_mass=total_mass,
        one_tablet=one_tablet,
    )
    effect = None if portion is None else _effect(order, tablets, portion, work)
    in_powder = None if portion is None else portion.exact
    return DrugSource(needed, tablets, in_powder, of_powder, portion, effect, least)


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


def weighed_on_the_day(order: AnyOrder, source: TabletSource) -> bool:
    """Return True if the tablets were weighed on the day of making; a mass from another day does not count."""
    return source.total_mass is not None and source.weighed_on == order.prepared_on


def _weighed_today(order: AnyOrder, source: TabletSource, least_tablets: Figure, work: Work) -> Figure | None:
    """Return the mass of the tablets if it counts; otherwise give notice to weigh them."""
    if source.total_mass is None:
        work.notice(NoticeCode.WEIGH_TABLETS, tablets=least_tablets)
        return None
    if not weighed_on_the_day(order, source):
        work.notice(NoticeCode.WEIGHED_ANOTHER_DAY, weighed_on=source.weighed_on, prepared_on=order.prepared_on)
        work.notice(NoticeCode.WEIGH_TABLETS, tablets=least_tablets)
        return None
    return source.total_mass.to(MG)


def _check_tablet_count(
    loss: Figure, count: Figure, exact: Figure, least_tablets: Figure, weighed: bool, work: Work
) -> None:
    facts = {"tablets": count, "exact": exact, "least": least_tablets, "crushing_loss": loss}
    if not weighed:
        if least_tablets.numerator > rounding.up_to_whole(exact):
            work.notice(NoticeCode.TABLET_FOR_RESERVE, **facts)
    elif count < exact:
        work.stop(StopCode.TOO_FEW_TABLETS, "source.tablets_weighed", str(count.numerator), **facts)
    elif count < least_tablets:
        work.notice(NoticeCode.NO_RESERVE, **facts)
    elif count > least_tablets:
        work.notice(NoticeCode.MORE_TABLETS_THAN_NEEDED, **facts)


def likely_mass(total: Figure, count: Figure, strength: Figure, work: Work) -> tuple[Figure, Figure]:
    """Check that the tablets can weigh `total`; return the bounds for the mass of a single tablet."""
    each = work.run(StepCode.MASS_OF_ONE_TABLET, rules.mass_of_one_tablet, total, count)
    facts = {"total_mass": total, "tablets": count, "each": each, "strength": strength}
    if each <= strength:
        work.stop(StopCode.TABLET_LIGHTER_THAN_DRUG, "source.total_mass", canonical(total), **facts)
    elif each > limits.HEAVY_TABLET.value:
        value = f"{significant(each, 4)} mg"
        work.stop(StopCode.HEAVY_TABLET, "source.total_mass", value, most=limits.HEAVY_TABLET.value, **facts)
    return (
        rules.one_tablet_alone(limits.ONE_TABLET_LOW.value, each),
        rules.one_tablet_alone(limits.ONE_TABLET_HIGH.value, each),
    )


def _effect(order: AnyOrder, tablets: Tablets | None, portion: OnBalance, work: Work) -> Figure:
    """Return the effect of rounding the portion on the dose; for tablets, also check the powder recovered."""
    effect = work.run(StepCode.ROUNDING_EFFECT, rules.deviation, portion.shown, portion.exact)
    if order.balance.sensitivity is not None and portion.shown.numerator > 0:
        work.run(StepCode.WEIGHING_ERROR, weighing.weighing_error, order.balance.sensitivity.to(MG), portion.shown)
    recovered = order.source.recovered_mass
    if recovered is not None and tablets is not None and tablets.total_mass is not None:
        wanted = rounding.larger(portion.exact, portion.shown)
        powder_recovered(recovered.to(MG), tablets.total_mass, work, wanted)
    return effect


def powder_recovered(
    recovered: Figure, total: Figure, work: Work, wanted: Figure | None = None, **facts: object
) -> None:
    """Check the powder recovered from the mortar against the mass wanted, and its loss against the usual one.

    `facts` are further facts for the notice of a high loss.
    """
    loss = work.run(StepCode.LOSS_IN_CRUSHING, rules.loss_in_crushing, total, recovered)
    most = limits.CRUSHING_LOSS_NOTICE.value
    if wanted is not None and recovered < wanted:
        mass = {"mass": recovered, "portion": wanted}
        work.stop(StopCode.RECOVERED_MASS_TOO_SMALL, "source.recovered_mass", canonical(recovered), **mass)
    elif loss > most:
        work.notice(NoticeCode.CRUSHING_LOSS_HIGH, loss=loss, most=most, **facts)


def printed_total(powder: DrugSource, work: Work) -> Figure | None:
    """Return the mass of the tablets as printed; None for bulk powder, or if the tablets are not weighed."""
    if powder.tablets is None or powder.tablets.total_mass is None:
        return None
    return rounding.to_step(powder.tablets.total_mass, work.readability)
