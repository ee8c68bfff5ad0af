"""The ways to make the same order of capsules."""

from __future__ import annotations

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.units import CAPSULE, MG, RATIO, TABLET, figure
from calc.capsule.order import Order
from calc.capsule.plan import Offer, Powder
from calc.planning.codes import OfferCode
from calc.planning.parts import Tablets
from calc.planning.source import loss_in_reserve
from calc.rules import checks, offers
from calc.rules import tablets as tablet_rules


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
