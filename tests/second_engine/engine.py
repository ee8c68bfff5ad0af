"""From an Order to a plan or to stops: limits, notices, offers, and the plan put together."""

from fractions import Fraction
from typing import Any

from tests.second_engine import tables
from tests.second_engine.dates import beyond_use
from tests.second_engine.figures import fill_figures
from tests.second_engine.fill import GIVEN
from tests.second_engine.offers import Offer, offers_of
from tests.second_engine.order import Order
from tests.second_engine.shown import (
    deviation,
    drug_mass,
    exact,
    on_grid,
    per_capsule,
    quantity,
    share,
    significant,
    trimmed,
    weighed,
)
from tests.second_engine.stops import Stop, answer, order_stops, tablet_stops, written
from tests.second_engine.triturations import Step
from tests.second_engine.work import Work, begin, could_be_too_light, rounded_too_far, too_little

LOSS_NOTICE = Fraction(3, 100)


def stops_of(work: Work) -> list[Stop]:
    """Every stop of the order."""
    order = work.order
    stops = order_stops(order, work.dose)
    total, portion = work.total, work.portion
    if total is None or portion is None:
        return stops
    stops += tablet_stops(order, work.tablets, total, work.needed)
    printed = on_grid(portion, order.readability)
    if order.recovered is not None and order.recovered < max(portion, printed):
        stops.append(Stop("recovered_mass_too_small", "source.recovered_mass", exact(order.recovered)))
    if total < work.least:
        stops.append(Stop("below_least_weighable", "source.total_mass", exact(total)))
    if too_little(work) and not work.steps:
        stops.append(Stop("below_least_weighable", "dose", exact(portion)))
    if rounded_too_far(work) and not work.steps:
        stops.append(Stop("rounding_above_limit", "dose", exact(portion)))
    if work.fill is not None and work.fill.too_small:
        place = "capsule.fill_mass" if work.fill.way == GIVEN else "capsule.size"
        stops.append(Stop("capsule_too_small", place, exact(work.powder or Fraction(0))))
    return stops


def _notices(work: Work) -> None:
    """Notices that tablets, dose and balance give rise to; those of the fill follow with it."""
    order, notices = work.order, work.notices
    if not order.filed:
        notices.append("no_drug_file")
    elif tables.DOSE["notice_low"] <= work.dose < tables.DOSE["usual_low"]:
        notices.append("dose_below_usual_notice")
    if work.total is None:
        if order.total_mass is not None:
            notices.append("weighed_another_day")
        notices.append("weigh_tablets")
    bare = -(-(work.needed / order.strength) // 1)
    if work.total is None and work.reserve > bare:
        notices.append("tablet_for_reserve")
    elif work.total is not None and work.tablets < work.reserve:
        notices.append("no_reserve")
    elif work.total is not None and work.tablets > work.reserve:
        notices.append("more_tablets_than_needed")
    if (
        work.total is not None
        and order.recovered is not None
        and work.total - order.recovered > LOSS_NOTICE * work.total
    ):
        notices.append("crushing_loss_high")
    if work.total is None and could_be_too_light(work):
        notices.append("trituration_possible")
    if work.total is not None and work.steps:
        notices.append("trituration")


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


def plan(order: Order) -> dict[str, Any]:
    """The plan, or the stops, or the faults of acknowledgements that answer nothing."""
    work = begin(order)
    stops, answered, faults = answer(stops_of(work), order.acknowledgements)
    if faults:
        return {"faults": faults}
    if stops:
        return {"stops": [written(stop) for stop in stops]}
    _notices(work)
    exact_tablets = work.needed / order.strength
    instead = work.total is not None and bool(work.steps)  # a trituration takes the place of the portion
    offers = (
        [] if instead else offers_of(work.dose, order.strength, order.quantity, work.batch, work.tablets, order.loss)
    )
    figures: dict[str, Any] = {
        "batch": work.batch,
        "drug_needed": drug_mass(work.needed),
        "tablets_exact": quantity(exact_tablets, "{tablet}", trimmed(exact_tablets, 4)),
        "tablets_to_crush": work.tablets,
        "portion_share": share(work.share),
        "portion": None if work.portion is None or instead else weighed(work.portion, order.readability),
        "triturations": [_step(step, work) for step in work.steps],
        "powder_per_capsule": None if work.powder is None else per_capsule(work.powder, order.readability),
        "drug_left_over": drug_mass(work.tablets * order.strength - work.needed),
        "offers": [_offer(offer, work) for offer in offers],
        "acknowledged": [{"code": item.code, "value": item.value, "reason": item.reason} for item in answered],
        "beyond_use": beyond_use(order),
    }
    figures |= fill_figures(work)
    figures["notices"] = work.notices
    return {"plan": figures}
