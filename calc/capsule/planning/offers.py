"""Ways to make the same order of capsules."""

from __future__ import annotations

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.units import CAPSULE, MG, RATIO, TABLET, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Offer, Powder
from calc.capsule.planning.particles import is_too_fine, one_tablet_holds
from calc.planning.codes import OfferCode
from calc.planning.crushing import loss_in_reserve
from calc.planning.parts import Tablets
from calc.rules import checks, offers
from calc.rules import tablets as tablet_rules

#: Of a dose that does not deviate, and of tablets that are used whole.
_NOTHING_OFF, _NO_DRUG = figure(0, RATIO), figure(0, MG)


def all_offers(order: Order, powder: Powder, tablets: Tablets) -> tuple[Offer, ...]:
    """Return the ways to make the same order, none of them preferred; the order's own first."""
    strength, count, quantity = tablets.strength, figure(tablets.number, TABLET), order.quantity
    loss = loss_in_reserve(order)
    ways = [_by_weighing(OfferCode.WEIGH_PORTION, powder.batch, tablets.number, tablets.drug_left_over, order, powder)]
    most = rounding.down_to_whole(offers.most_capsules(count, strength, loss, powder.dose_as_labeled))
    if most > powder.batch:
        needed = tablet_rules.drug_needed(powder.dose_as_labeled, figure(most, CAPSULE))
        left = tablet_rules.drug_left_over(count, strength, needed)
        ways.append(_by_weighing(OfferCode.MOST_CAPSULES, most, tablets.number, left, order, powder))
    times = limits.WHOLE_TABLET_BATCH.value
    largest = quantity * times.numerator // times.denominator
    for batch in offers.whole_tablet_batches(
        strength, powder.dose_as_labeled, powder.batch, largest, limits.WHOLE_TABLET_DEVIATION.value
    ):
        inputs = figure(batch.tablets, TABLET), strength, figure(batch.capsules, CAPSULE)
        deviation = checks.dose_deviation(offers.dose_of_whole_tablets(*inputs), powder.dose_as_labeled)
        ways.append(
            Offer(
                OfferCode.WHOLE_TABLETS,
                batch.capsules,
                batch.tablets,
                offers.dose_deviated(powder.dose, deviation),
                deviation,
                offers.deviation_after_loss(deviation, loss),
                _NO_DRUG,
                batch.capsules - quantity,
                weighings=0,
            )
        )
    return tuple(ways)


def of_ten_tablets(order: Order, powder: Powder, tablets: Tablets) -> Offer | None:
    """Return the offer of ten tablets, of which the same drug is weighed; None if as many or more are crushed."""
    even = rounding.down_to_whole(limits.EVEN_TABLETS.value)
    if tablets.number >= even:
        return None
    left = tablet_rules.drug_left_over(figure(even, TABLET), tablets.strength, powder.drug_needed)
    return _by_weighing(OfferCode.TEN_TABLETS, powder.batch, even, left, order, powder)


def beside_trituration(order: Order, powder: Powder) -> tuple[Offer, ...]:
    """Return the only other way where powder is triturated: a first dilution by volume, where powder is too fine."""
    if powder.tablets is None or not (is_too_fine(powder) and one_tablet_holds(powder)):
        return ()
    left = tablet_rules.drug_left_over(figure(1, TABLET), powder.tablets.strength, powder.drug_needed)
    none, surplus = _NOTHING_OFF, powder.batch - order.quantity
    return (Offer(OfferCode.DILUTE_BY_VOLUME, powder.batch, 1, powder.dose, none, none, left, surplus, weighings=0),)


def _by_weighing(code: OfferCode, batch: int, tablets: int, left: Figure, order: Order, powder: Powder) -> Offer:
    """Return an offer with a weighed portion: the dose is the one ordered, whatever is lost in the mortar.

    `left` is the drug that stays in the powder not used; of none, nothing is weighed.
    """
    weighings, surplus = 1 if left.numerator else 0, batch - order.quantity
    return Offer(code, batch, tablets, powder.dose, _NOTHING_OFF, _NOTHING_OFF, left, surplus, weighings)
