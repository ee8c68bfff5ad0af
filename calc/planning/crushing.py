"""The tablets of a batch: how many were weighed, how many are crushed, and what their powder weighs."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.notation import significant
from calc.arithmetic.units import MG, RATIO, TABLET, Figure, figure
from calc.faults import Fault, FaultCode, NoticeCode, Refused, StopCode
from calc.orders.base import AnyOrder
from calc.orders.sources import CapsuleSource, Counted, field_of
from calc.planning.codes import Rounding, StepCode
from calc.planning.parts import Tablets
from calc.planning.work import Work, per_tablet
from calc.reading.fields import canonical
from calc.rules import tablets as rules


def labeled_strength(source: Counted) -> Figure:
    """Return the drug in one tablet by its label. Raises `TypeError` if the order is not complete."""
    if source.strength is None:
        raise TypeError("an order of tablets without a strength is not complete")
    return per_tablet(source.strength)


def loss_in_reserve(order: AnyOrder) -> Figure:
    """Return the fraction of the powder that may be lost in crushing; zero for bulk powder."""
    return figure(0, RATIO) if order.crushing_loss is None else order.crushing_loss.to(RATIO)


def weighed_on_the_day(order: AnyOrder, source: Counted) -> bool:
    """Return True if the tablets were weighed on the day of making; a mass from another day does not count."""
    return source.total_mass is not None and source.weighed_on == order.prepared_on


def with_reserve(order: AnyOrder, source: Counted, needed: Figure, work: Work) -> Figure:
    """Return the whole tablets that still hold the drug needed after the crushing loss."""
    inputs = needed, labeled_strength(source), loss_in_reserve(order)
    _, need = work.run_rounded(StepCode.TABLETS_TO_CRUSH, Rounding.UP_TO_WHOLE, rules.tablets_with_reserve, *inputs)
    return need


def tablets_of(order: AnyOrder, source: Counted, needed: Figure, exact: Figure, need: Figure, work: Work) -> Tablets:
    """Return the tablets to crush and what they weigh.

    `exact` is the number that holds just the drug needed, `need` the whole number that keeps a reserve.
    """
    strength = labeled_strength(source)
    total, weighed = None, None
    if weighed_on_the_day(order, source) and source.total_mass is not None and source.tablets_weighed is not None:
        total, weighed = source.total_mass.to(MG), figure(source.tablets_weighed, TABLET)
    most = rounding.larger(need, figure(source.least_tablets, TABLET))
    number = _number(source, most, weighed)
    if total is None:
        if source.total_mass is not None:
            work.notice(NoticeCode.WEIGHED_ANOTHER_DAY, weighed_on=source.weighed_on, prepared_on=order.prepared_on)
        work.notice(NoticeCode.WEIGH_TABLETS, tablets=number)
    facts = {"tablets": number, "exact": exact, "least": need, "crushing_loss": loss_in_reserve(order)}
    _check_number(source, facts, most, weighed, work)
    few(source, number, work)
    share = work.run(StepCode.PORTION_SHARE, rules.portion_share, needed, number, strength)
    left_over = work.run(StepCode.DRUG_LEFT_OVER, rules.drug_left_over, number, strength, needed)
    one_tablet, expected, crushed = None, None, None
    if total is not None and weighed is not None:
        net_content(source, work)
        one_tablet = likely_mass(source, total, weighed, strength, work)
        expected, crushed = mass_of_crushed(source, number, total, weighed, work)
    return Tablets(
        number=number.numerator,
        need=need.numerator,
        weighed=None if weighed is None else weighed.numerator,
        strength=strength,
        exact=exact,
        share=share,
        drug_held=rules.drug_held(number, strength),
        drug_left_over=left_over,
        total_mass=total,
        one_tablet=one_tablet,
        expected_mass=expected,
        crushed_mass=crushed,
    )


def number_crushed(order: AnyOrder, source: Counted, needed: Figure, weighed: Figure) -> int:
    """Return the number to crush of so many tablets weighed today, where the order does not say it."""
    reserve = rules.tablets_with_reserve(needed, labeled_strength(source), loss_in_reserve(order))
    least = figure(max(rounding.up_to_whole(reserve), source.least_tablets), TABLET)
    return _number(source, least, weighed).numerator


def _number(source: Counted, most: Figure, weighed: Figure | None) -> Figure:
    """Return the tablets to crush: as typed; else `most`, or all that were weighed if those are fewer or opened."""
    if isinstance(source, CapsuleSource) and weighed is not None:
        return weighed
    if source.tablets_crushed is not None:
        return figure(source.tablets_crushed, TABLET)
    return most if weighed is None or weighed > most else weighed


def _check_number(
    source: Counted,
    facts: Mapping[str, Figure],
    most: Figure,
    weighed: Figure | None,
    work: Work,
) -> None:
    """Stop too few tablets; give notice of a number without reserve, or with more than is of use."""
    number, exact, need = facts["tablets"], facts["exact"], facts["least"]
    if number < exact:
        field = field_of(source, "tablets_weighed" if source.tablets_crushed is None else "tablets_crushed")
        work.stop(StopCode.TOO_FEW_TABLETS, field, str(number.numerator), **facts)
    elif number < need:
        work.notice(NoticeCode.NO_RESERVE, more=figure(need.numerator - number.numerator, TABLET), **facts)
    elif weighed is None and source.tablets_crushed is None and need.numerator > rounding.up_to_whole(exact):
        work.notice(NoticeCode.TABLET_FOR_RESERVE, **facts)
    if number > most:
        work.notice(NoticeCode.MORE_TABLETS_THAN_NEEDED, tablets=number, least=most)
    if weighed is not None and weighed < number:
        work.notice(NoticeCode.FEWER_WEIGHED_THAN_CRUSHED, weighed=weighed, tablets=number)


def few(source: Counted, number: Figure, work: Work) -> None:
    """Give notice if fewer tablets are crushed than even out what single ones hold."""
    least = rounding.larger(figure(source.least_tablets, TABLET), limits.FEW_TABLETS.value)
    if number < least:
        work.notice(NoticeCode.FEW_TABLETS, crushed=number, least=least)


def mass_of_crushed(
    source: Counted, number: Figure, total: Figure, weighed: Figure, work: Work
) -> tuple[Figure, Figure | None]:
    """Return the mass expected of the tablets crushed, and the mass found, which is checked against it."""
    expected = total
    if number != weighed:
        expected = work.run(StepCode.MASS_OF_CRUSHED, rules.mass_of_crushed, number, total, weighed)
    if source.crushed_mass is None:
        return expected, None
    crushed = source.crushed_mass.to(MG)
    deviation = work.run(StepCode.CRUSHED_DEVIATION, rules.deviation, crushed, expected)
    low, high = crushed_band(number.numerator)
    if not low <= 1 + deviation.value <= high:
        facts = {
            "tablets": number,
            "crushed_mass": crushed,
            "low": Figure(expected.value * low, MG),
            "high": Figure(expected.value * high, MG),
        }
        work.stop(StopCode.CRUSHED_MASS_DIFFERS, "source.crushed_mass", canonical(source.crushed_mass), **facts)
    return expected, crushed


def crushed_band(number: int) -> tuple[Fraction, Fraction]:
    """Return the bounds for the mass of so many tablets crushed, as parts of the mass expected by the mean.

    >>> crushed_band(1), crushed_band(3), crushed_band(20)
    ((Fraction(9, 10), Fraction(11, 10)), (Fraction(19, 20), Fraction(21, 20)), (Fraction(39, 40), Fraction(41, 40)))
    """
    part = limits.CRUSHED_MANY
    if figure(number, TABLET) <= limits.FEW_CRUSHED.value:
        part = limits.CRUSHED_ONE if number == 1 else limits.CRUSHED_FEW
    off = min(part.value.value, limits.PART_OF_ONE_OFF.value.value / number)
    return 1 - off, 1 + off


def net_content(source: Counted, work: Work) -> None:
    """Keep what the contents of opened capsules weigh as a step: full, less the same shells empty."""
    if isinstance(source, CapsuleSource) and source.full_mass is not None and source.shells_mass is not None:
        work.run(StepCode.NET_CONTENT, rules.net_content, source.full_mass.to(MG), source.shells_mass.to(MG))


def likely_mass(source: Counted, total: Figure, count: Figure, strength: Figure, work: Work) -> tuple[Figure, Figure]:
    """Check that the tablets can weigh `total`; return the bounds for the mass of a single tablet."""
    each = work.run(StepCode.MASS_OF_ONE_TABLET, rules.mass_of_one_tablet, total, count)
    facts = {"total_mass": total, "tablets": count, "each": each, "strength": strength}
    if each <= strength:
        work.stop(StopCode.TABLET_LIGHTER_THAN_DRUG, field_of(source, "total_mass"), canonical(total), **facts)
    elif each > limits.HEAVY_TABLET.value:
        value = f"{significant(each, 4)} mg"
        work.stop(StopCode.HEAVY_TABLET, field_of(source, "total_mass"), value, most=limits.HEAVY_TABLET.value, **facts)
    return (
        rules.one_tablet_alone(limits.ONE_TABLET_LOW.value, each),
        rules.one_tablet_alone(limits.ONE_TABLET_HIGH.value, each),
    )


def powder_recovered(recovered: Figure, there: Figure, wanted: Figure, work: Work) -> None:
    """Check the powder recovered from the mortar against the mass wanted, and its loss against the usual one.

    `there` is the powder that there was before crushing.
    """
    loss = work.run(StepCode.LOSS_IN_CRUSHING, rules.loss_in_crushing, there, recovered)
    most = limits.CRUSHING_LOSS_NOTICE.value
    if recovered < wanted:
        _too_little(recovered, wanted, "source.recovered_mass", work)
    elif loss > most:
        work.notice(NoticeCode.CRUSHING_LOSS_HIGH, loss=loss, most=most)


def all_recovered(recovered: Figure, there: Figure, work: Work) -> None:
    """Check the powder recovered where all of it goes into the batch: what is lost is missing in every dose."""
    loss = work.run(StepCode.LOSS_IN_CRUSHING, rules.loss_in_crushing, there, recovered)
    if loss > limits.CRUSHING_LOSS_NOTICE.value:
        _too_little(recovered, there, "source.recovered_mass", work)
    elif loss.numerator > 0:
        work.notice(NoticeCode.BATCH_LOW, loss=loss)


def enough_crushed(tablets: Tablets, wanted: Figure, work: Work) -> None:
    """Stop if the tablets crushed, weighed together, are less powder than the portion takes."""
    if tablets.crushed_mass is not None and tablets.crushed_mass < wanted:
        _too_little(tablets.crushed_mass, wanted, "source.crushed_mass", work)


def _too_little(mass: Figure, wanted: Figure, field: str, work: Work) -> None:
    facts = {"mass": mass, "portion": wanted}
    work.stop(StopCode.RECOVERED_MASS_TOO_SMALL, field, canonical(mass), **facts)


def not_above_what_there_was(order: AnyOrder, source: Counted, tablets: Tablets) -> None:
    """Raise `Refused` if more powder came back from the mortar than went into it, by more than two readabilities.

    A mass of another day, which counts for nothing else, does for this.
    """
    if source.recovered_mass is None or source.total_mass is None or source.tablets_weighed is None:
        return
    recovered, there = source.recovered_mass.to(MG), source.crushed_mass
    if there is None:
        number, weighed = figure(tablets.number, TABLET), figure(source.tablets_weighed, TABLET)
        there = rules.mass_of_crushed(number, source.total_mass.to(MG), weighed)
    if recovered.value > there.to(MG).value + 2 * order.balance.readability.to(MG).value:
        facts = {"typed": order.source.recovered_mass, "total_mass": there}
        raise Refused((Fault(FaultCode.RECOVERED_ABOVE_TOTAL, "source.recovered_mass", facts),))
