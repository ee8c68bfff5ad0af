"""What leaves with the batch: the band of a capsule's mass, the dose computed back, things to weigh, dates, offers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.notation import decimal
from calc.arithmetic.units import CAPSULE, MG, MG_PER_CAPSULE, RATIO, TABLET, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import (
    BeyondUse,
    DrugSource,
    Fill,
    FillRule,
    Offer,
    OfferCode,
    OnBalance,
    Powder,
    ReverseCheck,
    Tablets,
    Trituration,
    Weighing,
    WeighingName,
)
from calc.drug import Drug
from calc.faults import NoticeCode
from calc.library import BeyondUseRule, Library
from calc.orders.base import Ordered
from calc.orders.parts import Bulk
from calc.planning.codes import Rounding, StepCode
from calc.planning.source import loss_in_reserve
from calc.planning.stops import basis_of_source, in_basis
from calc.planning.work import Work, of_one_capsule
from calc.rules import beyond_use as dates
from calc.rules import capsules, checks, offers
from calc.rules import tablets as tablet_rules
from calc.rules import triturations as trituration_rules

#: A component and its expiry, if one was entered.
Expiry = tuple[dates.LimitedBy, date | None]


class CheckFailed(Exception):
    """The dose computed back is not the dose ordered: our own mistake, and no figure may leave."""


def weighings(
    powder: Powder, triturations: tuple[Trituration, ...], fill: Fill, shell: Figure | None, work: Work
) -> tuple[Weighing, ...]:
    """The things on the balance, in the order of work, each with the balance's verdict."""
    estimate = fill.rule is FillRule.ESTIMATE
    diluent = None if fill.diluent is None or estimate else fill.diluent.exact
    gross = None
    if shell is not None and fill.fill_mass is not None and not estimate:
        gross = of_one_capsule(capsules.fill_mass(shell, fill.fill_mass))
        if gross < powder.least:
            work.notice(NoticeCode.CAPSULE_BELOW_LEAST_WEIGHABLE, mass=gross, least=powder.least)
    tablets = (
        [] if powder.tablets is None else [Weighing(WeighingName.TABLETS, powder.tablets.total_mass, powder.least)]
    )
    portion = [Weighing(WeighingName.PORTION, None if powder.portion is None else powder.portion.exact, powder.least)]
    if triturations:
        portion = list(_of_triturations(powder, triturations))
    return (
        *tablets,
        *portion,
        Weighing(WeighingName.DILUENT, diluent if diluent is None or diluent.numerator > 0 else None, powder.least),
        Weighing(WeighingName.CAPSULE, gross, powder.least),
    )


def _of_triturations(powder: Powder, triturations: tuple[Trituration, ...]) -> Iterator[Weighing]:
    """What the first step weighs, unless it uses all of the powder, and what each step takes."""
    if not triturations[0].all_of_it:
        yield Weighing(WeighingName.TRITURATION, triturations[0].weigh, powder.least)
    for step in triturations:
        yield Weighing(WeighingName.ALIQUOT, step.take.exact, powder.least)


def gross_band(fill: Fill, shell: Figure | None, work: Work) -> tuple[OnBalance, OnBalance] | None:
    """What a filled capsule may weigh, rounded inwards to the balance; None where the fill is not really known."""
    if shell is None or fill.fill_mass is None or fill.rule is FillRule.ESTIMATE:
        return None
    low, high = limits.CAPSULE_BAND_LOW.value, limits.CAPSULE_BAND_HIGH.value
    lightest, least = work.run_rounded(
        StepCode.BAND_LOW, Rounding.UP_TO_STEP, checks.gross_mass, shell, low, fill.fill_mass
    )
    heaviest, most = work.run_rounded(
        StepCode.BAND_HIGH, Rounding.DOWN_TO_STEP, checks.gross_mass, shell, high, fill.fill_mass
    )
    if least > most:
        return None
    return (
        OnBalance(of_one_capsule(lightest), of_one_capsule(least)),
        OnBalance(of_one_capsule(heaviest), of_one_capsule(most)),
    )


def capsule_step(readability: Figure) -> Figure:
    """The step that masses per capsule are shown in: one decimal finer than the readability in mg.

    >>> capsule_step(figure(1, MG)).value, capsule_step(figure("0.25", MG)).value, capsule_step(figure(10, MG)).value
    (Fraction(1, 10), Fraction(1, 1000), Fraction(1, 1))
    """
    size = readability.to(MG)
    decimals = len((decimal(size) or "").partition(".")[2])
    finer = decimals + 1 if decimals else max(2 - len(str(rounding.down_to_whole(size))), 0)
    return Figure(Fraction(10) ** -finer, MG_PER_CAPSULE)


def reverse_check(
    order: Order,
    drug: Drug | None,
    powder: Powder,
    triturations: tuple[Trituration, ...],
    fill: Fill,
    work: Work,
) -> ReverseCheck | None:
    """The dose computed back from the printed figures; raises `CheckFailed` where rounding does not explain it."""
    taken = triturations[-1].take if triturations else powder.portion
    strength = _strength_as_printed(powder, triturations, work)
    if fill.diluent is None or fill.fill_mass is None or taken is None or strength is None:
        return None
    if fill.rule is FillRule.ESTIMATE:
        return None
    step = capsule_step(work.readability)
    printed_fill = rounding.to_step(fill.fill_mass, step)
    mixed = taken.shown, fill.diluent.shown, printed_fill
    total = printed_total(powder, work)
    if powder.tablets is not None and total is not None and not triturations:
        of_tablets = powder.tablets.strength, figure(powder.tablets.number, TABLET), total
        found = work.run(StepCode.DOSE_COMPUTED_BACK, checks.dose_computed_back, *of_tablets, *mixed)
    else:
        found = work.run(StepCode.DOSE_COMPUTED_BACK, checks.dose_from_powder, strength, *mixed)
    deviation = work.run(StepCode.DOSE_DEVIATION, checks.dose_deviation, found, powder.dose_as_labelled)
    blend = rounding.total((taken.shown, fill.diluent.shown), MG)
    most = rounding.combined(
        *(() if total is None else ((work.readability, total),)),
        (work.readability, taken.shown),
        (work.readability, blend),
        (work.readability, blend),
        (step, printed_fill),
    )
    if rounding.size_of(deviation) > most:
        raise CheckFailed("the dose computed back differs from the dose ordered by more than the printed roundings")
    if drug is not None and order.dose_basis is not None:
        form = basis_of_source(order, drug), order.dose_basis
        found = in_basis(found, drug, *form, tablet_rules.dose_as_labelled)
    return ReverseCheck(found, deviation, taken.shown, fill.diluent.shown)


def printed_total(powder: DrugSource, work: Work) -> Figure | None:
    """The mass of the tablets as printed; None where there are none, or where they are not weighed."""
    if powder.tablets is None or powder.tablets.total_mass is None:
        return None
    return rounding.to_step(powder.tablets.total_mass, work.readability)


def _strength_as_printed(powder: Powder, triturations: tuple[Trituration, ...], work: Work) -> Figure | None:
    """Drug in one part of what is taken for the capsules, from the masses as printed; None while it is not known."""
    strength = powder.strength
    if powder.tablets is not None:
        total = printed_total(powder, work)
        if total is None:
            return None
        number = figure(powder.tablets.number, TABLET)
        strength = trituration_rules.strength_of_powder(number, powder.tablets.strength, total)
    for made in triturations:
        if strength is not None and made.weigh is not None:
            strength = trituration_rules.strength_after(strength, made.weigh, made.total)
    return strength


def beyond_use(order: Order, drug: Drug | None, library: Library) -> BeyondUse:
    """The beyond-use date of capsules, what bound it, and every other date that was looked at."""
    studies = tuple(
        study.days
        for study in (drug.studies if drug is not None else ())
        if study.preparation == "capsule" and order.diluent.name in study.diluents
    )
    expiries: tuple[Expiry, ...] = (("diluent", order.diluent.expiry), ("shells", order.capsule.expiry))
    return dated(order, library.beyond_use[limits.CAPSULE_CLASS], expiries, studies)


def dated(order: Ordered, rule: BeyondUseRule, expiries: tuple[Expiry, ...], studies: tuple[int, ...]) -> BeyondUse:
    """The earliest of the general limit, the expiries of the source and of the components, and the studies' days."""
    counting = order.beyond_use.counting
    found = [dates.DatedLimit("default", dates.last_day(order.prepared_on, rule.days, counting))]
    of_source: dates.LimitedBy = "powder" if isinstance(order.source, Bulk) else "tablets"
    for by, expiry in ((of_source, order.source.expiry), *expiries):
        if expiry is not None:
            found.append(dates.DatedLimit(by, expiry))
    found += [dates.DatedLimit("study", dates.last_day(order.prepared_on, days, counting)) for days in studies]
    bound = dates.earliest(tuple(found))
    return BeyondUse(bound, tuple(limit for limit in found if limit is not bound), rule)


def all_offers(order: Order, powder: Powder, of: Tablets) -> tuple[Offer, ...]:
    """The ways to make the same order, none of them preferred; the order's own first."""
    strength, tablets = of.strength, figure(of.number, TABLET)
    loss = loss_in_reserve(order)
    found = [_by_weighing(OfferCode.WEIGH_PORTION, powder.batch, order, of, powder)]
    most = rounding.down_to_whole(offers.most_capsules(tablets, strength, loss, powder.dose_as_labelled))
    if most > powder.batch:
        found.append(_by_weighing(OfferCode.MOST_CAPSULES, most, order, of, powder))
    largest = int(limits.WHOLE_TABLET_BATCH.value.value * order.quantity)
    for batch in offers.whole_tablet_batches(
        strength, powder.dose_as_labelled, powder.batch, largest, limits.WHOLE_TABLET_DEVIATION.value
    ):
        given = figure(batch.tablets, TABLET), strength, figure(batch.capsules, CAPSULE)
        deviation = checks.dose_deviation(offers.dose_of_whole_tablets(*given), powder.dose_as_labelled)
        found.append(
            Offer(
                OfferCode.WHOLE_TABLETS,
                batch.capsules,
                batch.tablets,
                offers.dose_deviated(powder.dose, deviation),
                deviation,
                offers.deviation_after_loss(deviation, loss),
                figure(0, MG),
                batch.capsules - order.quantity,
                weighings=0,
            )
        )
    return tuple(found)


def _by_weighing(code: OfferCode, batch: int, order: Order, of: Tablets, powder: Powder) -> Offer:
    """An offer that weighs its portion: the dose is the one ordered, whatever is lost in the mortar."""
    needed = tablet_rules.drug_needed(powder.dose_as_labelled, figure(batch, CAPSULE))
    left = tablet_rules.drug_left_over(figure(of.number, TABLET), of.strength, needed)
    none = figure(0, RATIO)
    surplus = batch - order.quantity
    return Offer(code, batch, of.number, powder.dose, none, none, left, surplus, weighings=1)
