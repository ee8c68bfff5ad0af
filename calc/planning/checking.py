"""What leaves with the batch: the band of a capsule's mass, the dose computed back, things to weigh, dates, offers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from calc import limits, rounding
from calc.drug import Drug
from calc.faults import NoticeCode
from calc.figures import decimal
from calc.library import Library
from calc.order import Order
from calc.planning.screens import in_basis
from calc.planning.work import Work, of_one_capsule
from calc.plans import (
    BeyondUse,
    Fill,
    FillRule,
    Offer,
    OfferCode,
    OnBalance,
    Powder,
    ReverseCheck,
    Rounding,
    StepCode,
    Weighing,
    WeighingName,
)
from calc.rules import beyond_use as dates
from calc.rules import capsules, checks, offers
from calc.rules import tablets as tablet_rules
from calc.units import CAPSULE, MG, MG_PER_CAPSULE, RATIO, TABLET, Figure, figure


class CheckFailed(Exception):
    """The dose computed back is not the dose ordered: our own mistake, and no figure may leave."""


def weighings(powder: Powder, fill: Fill, shell: Figure | None, work: Work) -> tuple[Weighing, ...]:
    """The four things on the balance, in the order of work, each with the balance's verdict."""
    estimate = fill.rule is FillRule.ESTIMATE
    diluent = None if fill.diluent is None or estimate else fill.diluent.exact
    gross = None
    if shell is not None and fill.fill_mass is not None and not estimate:
        gross = of_one_capsule(capsules.fill_mass(shell, fill.fill_mass))
        if gross < powder.least:
            work.notice(NoticeCode.CAPSULE_BELOW_LEAST_WEIGHABLE, mass=gross, least=powder.least)
    return (
        Weighing(WeighingName.TABLETS, powder.total_mass, powder.least),
        Weighing(WeighingName.PORTION, None if powder.portion is None else powder.portion.exact, powder.least),
        Weighing(WeighingName.DILUENT, diluent if diluent is None or diluent.value > 0 else None, powder.least),
        Weighing(WeighingName.CAPSULE, gross, powder.least),
    )


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
    size = readability.to(MG).value
    decimals = len((decimal(size) or "").partition(".")[2])
    finer = decimals + 1 if decimals else max(2 - len(str(int(size))), 0)
    return Figure(Fraction(10) ** -finer, MG_PER_CAPSULE)


def reverse_check(
    order: Order, drug: Drug | None, strength: Figure, powder: Powder, fill: Fill, work: Work
) -> ReverseCheck | None:
    """The dose computed back from the printed figures; raises `CheckFailed` where rounding does not explain it."""
    if fill.diluent is None or fill.fill_mass is None or powder.portion is None or powder.total_mass is None:
        return None
    if fill.rule is FillRule.ESTIMATE or powder.portion.shown.value == 0:
        return None
    printed_total = rounding.to_step(powder.total_mass, work.readability)
    step = capsule_step(work.readability)
    printed_fill = rounding.to_step(fill.fill_mass, step)
    if printed_total.value == 0 or printed_fill.value == 0:
        return None
    found = work.run(
        StepCode.DOSE_COMPUTED_BACK,
        checks.dose_computed_back,
        strength,
        figure(powder.tablets, TABLET),
        printed_total,
        powder.portion.shown,
        fill.diluent.shown,
        printed_fill,
    )
    deviation = work.run(StepCode.DOSE_DEVIATION, checks.dose_deviation, found, powder.dose_as_labelled)
    blend = Figure(powder.portion.shown.value + fill.diluent.shown.value, MG)
    most = rounding.combined(
        (work.readability, printed_total),
        (work.readability, powder.portion.shown),
        (work.readability, blend),
        (work.readability, blend),
        (step, printed_fill),
    )
    if rounding.size_of(deviation) > most:
        raise CheckFailed("the dose computed back differs from the dose ordered by more than the printed roundings")
    if drug is not None and order.dose_basis is not None:
        found = in_basis(found, drug, drug.default_basis, order.dose_basis)
    return ReverseCheck(found, deviation)


def beyond_use(order: Order, drug: Drug | None, library: Library) -> BeyondUse:
    """The beyond-use date, what bound it, and every other date that was looked at."""
    counting = order.beyond_use.counting
    rule = library.beyond_use[limits.CAPSULE_CLASS]
    found = [dates.DatedLimit("default", dates.last_day(order.prepared_on, rule.days, counting))]
    expiries: tuple[tuple[dates.LimitedBy, date | None], ...] = (
        ("tablets", order.source.expiry),
        ("diluent", order.diluent.expiry),
        ("shells", order.capsule.expiry),
    )
    found += [dates.DatedLimit(by, expiry) for by, expiry in expiries if expiry is not None]
    for study in drug.studies if drug is not None else ():
        if study.preparation == "capsule" and order.diluent.name in study.diluents:
            found.append(dates.DatedLimit("study", dates.last_day(order.prepared_on, study.days, counting)))
    bound = dates.earliest(tuple(found))
    return BeyondUse(bound, tuple(limit for limit in found if limit is not bound), rule)


def all_offers(order: Order, strength: Figure, powder: Powder) -> tuple[Offer, ...]:
    """The ways to make the same order, none of them preferred; the order's own first."""
    loss = order.crushing_loss.to(RATIO)
    tablets = figure(powder.tablets, TABLET)
    found = [_by_weighing(OfferCode.WEIGH_PORTION, powder.batch, order, strength, powder)]
    most = rounding.down_to_whole(offers.most_capsules(tablets, strength, loss, powder.dose_as_labelled))
    if most > powder.batch:
        found.append(_by_weighing(OfferCode.MOST_CAPSULES, most, order, strength, powder))
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
                Figure(powder.dose.value * (1 + deviation.value), MG_PER_CAPSULE),
                deviation,
                offers.deviation_after_loss(deviation, loss),
                figure(0, MG),
                batch.capsules - order.quantity,
                weighings=0,
            )
        )
    return tuple(found)


def _by_weighing(code: OfferCode, batch: int, order: Order, strength: Figure, powder: Powder) -> Offer:
    """An offer that weighs its portion: the dose is the one ordered, whatever is lost in the mortar."""
    needed = tablet_rules.drug_needed(powder.dose_as_labelled, figure(batch, CAPSULE))
    left = tablet_rules.drug_left_over(figure(powder.tablets, TABLET), strength, needed)
    none = figure(0, RATIO)
    surplus = batch - order.quantity
    return Offer(code, batch, powder.tablets, powder.dose, none, none, left, surplus, weighings=1)
