"""From an Order to a plan or to stops: limits, notices, offers, and the plan put together."""

from fractions import Fraction
from typing import Any

from tests.second_engine import tables
from tests.second_engine.dates import beyond_use
from tests.second_engine.expiries import far_expiries
from tests.second_engine.figures import fill_figures
from tests.second_engine.fill import GIVEN
from tests.second_engine.forms import for_limits
from tests.second_engine.ingredients import expiries_of, least_stops, neglected
from tests.second_engine.ndc import unlikely_ndc
from tests.second_engine.offers import Offer, offers_of
from tests.second_engine.opened import opened_stops
from tests.second_engine.order import Order
from tests.second_engine.packing import density_stops, packs_unlikely, stands_for_too_much
from tests.second_engine.portion import portion_figure
from tests.second_engine.shown import (
    deviation,
    drug_mass,
    exact,
    order_mass,
    per_capsule,
    quantity,
    share,
    significant,
    weighed,
)
from tests.second_engine.stops import Stop, answer, capsule_stops, expired, tablet_stops, unit_stops, written
from tests.second_engine.tablets import tablet_figures, tablet_notices
from tests.second_engine.triturations import TIMES_LEAST, Step
from tests.second_engine.weighing import weighing_stops
from tests.second_engine.work import Work, begin, could_be_too_light

#: Powder of the source in one capsule, in mg: below the first it cannot be even, below the second its grains count.
TOO_FINE, COUNTED = Fraction(5, 100), Fraction(3, 10)


def stops_of(work: Work) -> list[Stop]:
    """Every stop of the order."""
    order = work.order
    stops = capsule_stops(order) + density_stops(order) + opened_stops(order)
    stops += unit_stops(order, work.needed, 0 if work.counted is None else work.counted.crushed)
    stops += expired(order, expiries_of(order)) + least_stops(order, work.batch, work.least) + _neglected(work)[0]
    if work.powder is not None and work.powder < TOO_FINE:
        stops.append(Stop("too_fine_for_powder", "dose", order_mass(order.dose), order.dose))
    if work.counted is not None:
        stops += tablet_stops(order, work.counted)
    if work.portion is None:
        return stops
    stops += weighing_stops(order, work.counted, work.portion, work.least, "dose", helped=bool(work.steps))
    if work.fill is not None and work.fill.too_small:
        place = "capsule.fill_mass" if work.fill.way == GIVEN else "capsule.size"
        stops.append(Stop("capsule_too_small", place, exact(work.powder or Fraction(0))))
    return stops


def _neglected(work: Work) -> tuple[list[Stop], list[str]]:
    """What is said of ingredients that take no room, where the powders were measured."""
    order, fill = work.order, work.fill
    if order.diluent_statistic is None or order.powder_statistic is None or (fill is not None and fill.too_small):
        return [], []
    return neglected(order, work.batch, order.diluent_statistic if fill is None else fill.fill)


def _notices(work: Work) -> None:
    """Notices that dose and balance give rise to; those of the fill follow with it."""
    order, notices = work.order, work.notices
    if not order.filed:
        notices.append("no_drug_file")
        notices += ["forms_converted"] if order.factor is not None else []
        notices += ["dose_in_other_unit"] if order.bulk is not None else []
        notices += ["whole_tablet_dose"] if order.bulk is None and work.dose >= order.strength else []
        notices += ["assessment_open"] if "not asked" in order.assessment.values() else []
    elif tables.DOSE["notice_low"] <= for_limits(order) < tables.DOSE["usual_low"]:
        notices.append("dose_below_usual_notice")
    if packs_unlikely(order):
        notices.append("packing_unlikely")
    notices += _neglected(work)[1]
    if order.diluent_stands:
        notices.append("diluent_stands_for_powder")
    if unlikely_ndc(order.ndc):
        notices.append("ndc_unlikely")
    if work.counted is not None:
        notices += tablet_notices(order, work.counted)
        weighed = work.counted.weighed or 0
        if weighed > max(work.counted.crushed, work.batch):  # as if count and quantity stood in each other's place
            notices.append("more_weighed_than_made")
        if could_be_too_light(work):
            notices.append("trituration_possible")
    elif order.bulk is not None and order.bulk.idle_water:
        notices.append("water_not_used")
    if work.portion is not None and work.steps:
        notices.append("trituration")
    if work.powder is not None and work.powder < COUNTED:
        notices.append("powder_counts")
    bearing = [one.weigh for one in work.steps if one.weigh is not None and not one.all_of_it]
    bearing += [work.steps[-1].take] if work.steps else []
    if bearing and min(bearing) < TIMES_LEAST * work.least:
        notices.append("aliquot_light")


def _offer(offer: Offer, work: Work) -> dict[str, Any]:
    """One offer; its dose is in the basis ordered."""
    order = work.order
    dose = order.dose * (1 + offer.deviation)
    whole = offer.code == "whole_tablets"
    at_loss = (1 + offer.deviation) * (1 - order.loss) - 1 if whole else Fraction(0)
    return {
        "code": offer.code,
        "capsules": offer.capsules,
        "tablets": offer.tablets,
        "dose": quantity(dose, "mg/{capsule}", significant(dose, 4)),
        "deviation": deviation(offer.deviation),
        "deviation_at_loss": deviation(at_loss),
        "drug_left_over": drug_mass(offer.left_over),
        "surplus": offer.capsules - work.order.quantity,
    }


def _offers(work: Work) -> list[dict[str, Any]]:
    """The offers of an order from tablets."""
    order = work.order
    found = offers_of(work.dose, order.strength, order.quantity, work.batch, work.tablets, order.loss)
    return [_offer(offer, work) for offer in found]


def _by_volume(work: Work) -> list[dict[str, Any]]:
    """The offer of powder too fine to be even: one tablet in a liquid, measured by volume."""
    strength = work.order.strength
    if work.powder is None or work.powder >= TOO_FINE or work.needed > strength:
        return []
    offer = Offer("dilute_by_volume", work.batch, 1, Fraction(0), strength - work.needed)
    return [_offer(offer, work)]


def _step(step: Step, work: Work) -> dict[str, Any]:
    """One step of a trituration, as the balance shows it."""
    grid = work.order.readability
    return {
        "weigh": None if step.weigh is None else weighed(step.weigh, grid),
        "all_of_it": step.all_of_it,
        "diluent": None if step.weigh is None else weighed(step.total - step.weigh, grid),
        "total": weighed(step.total, grid),
        "take": weighed(step.take, grid),
        "strength_after": share(step.strength_after),
    }


def plan(order: Order, work: Work | None = None) -> dict[str, Any]:
    """The plan, the stops, or faults of acknowledgements that answer nothing; `work`: of this order, if begun."""
    work = begin(order) if work is None else work
    if stands_for_too_much(order, work.powder):
        return {"faults": [{"code": "pair_incomplete", "field": "tablet_powder.packing_statistic"}]}
    stops, answered, faults = answer(stops_of(work), order.acknowledgements)
    if faults:
        return {"faults": faults}
    if stops:
        return {"stops": [written(stop) for stop in stops]}
    _notices(work)
    use, of_date = beyond_use(order)
    instead = work.portion is not None and bool(work.steps)  # a trituration takes the place of the portion
    figures: dict[str, Any] = {
        "batch": work.batch,
        "drug_needed": drug_mass(work.needed),
        "portion": None if work.portion is None or instead else portion_figure(order, work.portion, work.counted),
        "triturations": [_step(step, work) for step in work.steps],
        "powder_per_capsule": None if work.powder is None else per_capsule(work.powder, order.readability),
        "offers": [] if order.bulk is not None else _by_volume(work) if instead else _offers(work),
        "acknowledged": [{"code": item.code, "value": item.value, "reason": item.reason} for item in answered],
        "beyond_use": use,
    }
    figures |= tablet_figures(order, work.needed, work.tablets)
    if work.counted is not None:
        figures["all_of_the_powder"] = work.counted.all_of_it
    figures |= fill_figures(work)
    figures["notices"] = (
        work.notices
        + of_date
        + far_expiries(order, (order.diluent_expiry, order.shells_expiry, *expiries_of(order).values()))
    )
    return {"plan": figures}
