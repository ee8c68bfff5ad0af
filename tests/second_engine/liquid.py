"""An oral liquid: tablets or a portion of powder, brought to volume, its dose in a syringe, its bottle and its days."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.second_engine import tables
from tests.second_engine.dates import beyond_use_of_liquid
from tests.second_engine.expiries import far_expiries
from tests.second_engine.forms import as_ordered, for_limits, needed_of_liquid, on_label
from tests.second_engine.ingredients import (
    expiries_of,
    ingredient_figures,
    ingredient_weighings,
    least_stops,
    most_stops,
)
from tests.second_engine.ndc import unlikely_ndc
from tests.second_engine.opened import opened_stops
from tests.second_engine.order import Liquid
from tests.second_engine.portion import portion_figure, powder_stops, printed_portion, source_masses
from tests.second_engine.shown import as_typed, deviation, drug_mass, exact, in_ml, per_ml, quantity, unlike, weighed
from tests.second_engine.stops import Stop, answer, common_stops, expired, tablet_stops, unit_stops, written
from tests.second_engine.strengths import strength_figures
from tests.second_engine.syringes import Drawn, drawn, other_strengths, syringe_figures
from tests.second_engine.tablets import Counted, counted, tablet_figures, tablet_notices
from tests.second_engine.vehicles import as_understood, notices_of, vehicle_figures
from tests.second_engine.weighing import least_weighable, weighing_stops

BOTTLES = [Fraction(size) for size in (30, 60, 90, 120, 180, 240, 360, 480)]
THICK = Fraction(1, 2)
#: Powder in 1 mL, in mg: a notice above the first, a soft stop above the second, a hard one above the last.
SOLIDS = (Fraction(100), Fraction(200), Fraction(1000))
ROOM = Fraction(9, 10)
VOLUMES = (Fraction(1), Fraction(2000))
USUAL_VOLUMES = (Fraction(1, 10), Fraction(10))
USUAL_DAYS = (5, 120)


@dataclass(slots=True)
class Working:
    """Figures worked out on the way; drug in the form on the label of the source, masses in mg, None while unknown.

    `whole`: whole tablets are used, and nothing is weighed. Of bulk powder tablets stay 0.
    """

    order: Liquid
    needed: Fraction
    least: Fraction
    dose: Drawn
    doses: int
    counted: Counted | None = None
    tablets: int = 0
    whole: bool = False
    total: Fraction | None = None
    portion: Fraction | None = None

    @property
    def days(self) -> int:
        """Whole days of doses."""
        return self.doses // self.order.doses_per_day


def begin(order: Liquid) -> Working:
    """Drug, tablets or powder, dose volume, doses and days."""
    needed = needed_of_liquid(order)
    one = drawn(order)
    work = Working(order, needed, least_weighable(order), one, order.volume // one.volume)
    if order.bulk is not None:
        work.portion = needed / order.bulk.strength
        return work
    tablets = work.counted = counted(order, needed, may_be_whole=True)
    work.total, work.tablets = tablets.total, tablets.crushed
    work.whole = tablets.all_of_it
    if tablets.mean is not None and not work.whole:
        work.portion = tablets.exact * tablets.mean
    return work


def solids(work: Working) -> Fraction | None:
    """Powder in 1 mL, in mg, where it is known."""
    mass = work.portion
    if work.whole and work.counted is not None and work.counted.mean is not None:
        mass = work.counted.mean * work.tablets
    return None if mass is None else mass / work.order.volume


def said_in(order: Liquid) -> str:
    """The field that the strength of a liquid was said in."""
    if order.tablets_used is None:
        return "strength"
    return "source.tablets_used" if order.opened is None else "source.capsules_used"


def solids_stops(in_one_ml: Fraction | None, field: str) -> list[Stop]:
    """A stop on more powder than a liquid takes up."""
    if in_one_ml is None or in_one_ml <= SOLIDS[1]:
        return []
    return [Stop("solids_above_most" if in_one_ml > SOLIDS[2] else "solids_high", field, "")]


def stops_of(work: Working) -> list[Stop]:
    """Every stop of the order."""
    order, volume = work.order, work.dose.volume
    said = f"{exact(volume)} mL"
    stops = common_stops(order) + expired(order, order.vehicle.expiries | expiries_of(order))
    stops += opened_stops(order)
    stops += least_stops(order, order.volume, work.least)
    stops += most_stops(order, order.volume, solids(work) or Fraction(0), SOLIDS[2])
    if order.volume < volume:
        stops.append(Stop("less_than_one_dose", "volume", said))
    if volume < work.dose.syringe.graduation:
        stops.append(Stop("dose_below_mark", "dose", said))
    if order.bulk is None:
        each = on_label(order, order.concentration) / order.strength
        if each > THICK:
            stops.append(Stop("thick_liquid", said_in(order), exact(each), each))
    if work.counted is not None:
        stops += tablet_stops(order, work.counted)
    if work.whole:
        stops += powder_stops(order, Fraction(0), work.counted)
    stops += unit_stops(order, work.needed, 0 if work.counted is None else work.counted.crushed)
    stops += solids_stops(solids(work), said_in(order))
    if work.portion is not None:
        stops += weighing_stops(order, work.counted, work.portion, work.least, "strength")
    return stops


def _tablet_notices(work: Working) -> list[str]:
    """Notices that the tablets give rise to: of whole ones only that some was lost, and that they are few."""
    order, tablets = work.order, work.counted
    if tablets is None:
        return []
    found = tablet_notices(order, tablets)
    return [code for code in found if code in ("few_tablets", "batch_low")] if work.whole else found


def _notices(work: Working, use: Any, bottles: int) -> list[str]:
    """All notices of the plan; `use` is the beyond-use date, None where there is none."""
    order, one = work.order, work.dose
    last = order.prepared_on + timedelta(work.days - 1) if work.days else order.prepared_on  # making is the first day
    low = order.filed and tables.DOSE["notice_low"] <= for_limits(order) < tables.DOSE["usual_low"]
    found = {
        "ndc_unlikely": unlikely_ndc(order.ndc),
        "water_not_used": order.bulk is not None and order.bulk.idle_water,
        "no_drug_file": not order.filed,
        "forms_converted": order.factor is not None,
        "dose_in_other_unit": not order.filed and order.bulk is not None,
        "solids_notice": (solids(work) or 0) > SOLIDS[0],
        "assessment_open": not order.filed and "not asked" in order.assessment.values(),
        "dose_below_usual_notice": low,
        "off_a_mark": not one.on_a_mark,
        "several_syringes": one.fillings > 1,
        "outlasts_use": use is not None and last > date.fromisoformat(use),
        "several_bottles": bottles > 1,
        "dose_volume_unusual": not USUAL_VOLUMES[0] <= one.volume <= USUAL_VOLUMES[1],
        "days_unusual": not USUAL_DAYS[0] <= work.days <= USUAL_DAYS[1],
    }
    found_far = far_expiries(order, tuple((order.vehicle.expiries | expiries_of(order)).values()))
    return _tablet_notices(work) + found_far + [code for code, holds in found.items() if holds]


def _bottle(volume: Fraction) -> tuple[Fraction, int]:
    """The bottle, and how many of it."""
    for size in BOTTLES:
        if volume <= ROOM * size:
            return size, 1
    return BOTTLES[-1], -(-volume // (ROOM * BOTTLES[-1]))


def _nearly_whole(work: Working) -> dict[str, Any] | None:
    """Whole tablets a thousandth or less from the number that holds the drug: the strength or the volume of them."""
    order = work.order
    if order.bulk is not None or order.tablets_used is not None:
        return None
    holding = work.needed / order.strength
    count = (2 * holding + 1) // 2
    if holding == count or abs(holding - count) * 1000 > count:
        return None
    drug = count * order.strength
    strength, volume = as_ordered(order, drug / order.volume), drug / on_label(order, order.concentration)
    low, high = tables.RANGES["strength"]
    if not (low <= strength <= high and VOLUMES[0] <= volume <= VOLUMES[1]):
        return None
    return {
        "code": "nearly_whole_tablets",
        "tablets": count,
        "strength": quantity(strength, "mg/mL", unlike(strength, order.concentration)),
        "deviation": deviation(strength / order.concentration - 1),
        "volume": quantity(volume, "mL", unlike(volume, order.volume)),
    }


def _whole_volumes(work: Working) -> list[dict[str, Any]]:
    """Volumes that whole tablets make: the largest at or below the tablets of the order, and the next two above."""
    order = work.order
    if order.bulk is not None:
        return []
    each = order.strength / on_label(order, order.concentration)
    times = work.needed / order.strength // each.denominator
    found = []
    for count in (times, times + 1, times + 2):
        volume = Fraction(count * each.numerator)
        if VOLUMES[0] <= volume <= VOLUMES[1]:
            doses = volume // work.dose.volume
            found.append(
                {
                    "tablets": count * each.denominator,
                    "volume": quantity(volume, "mL", exact(volume)),
                    "doses": doses,
                    "days": doses // order.doses_per_day,
                }
            )
    return found


def _weighing(work: Working, name: str, mass: Fraction) -> dict[str, str]:
    """One mass: the tablets as typed, a portion as there is powder for."""
    if name == "portion":
        return portion_figure(work.order, mass, work.counted)
    return as_typed(mass, work.order.readability)


def _weighings(work: Working) -> list[dict[str, Any]]:
    """What the balance is asked for: no tablets and no portion where whole tablets are used."""
    order = work.order
    masses = [*source_masses(order, work.total), ("portion", work.portion)]
    entries = [
        {
            "name": name,
            "mass": None if mass is None else _weighing(work, name, mass),
            "ok": None if mass is None else mass >= work.least,
        }
        for name, mass in ([] if work.whole else masses)
    ]
    entries += ingredient_weighings(order, order.volume, work.least)
    least = quantity(work.least / 1000, "g", weighed(work.least, order.readability)["value"])
    return [entry | {"least": least} for entry in entries]


def _reverse(work: Working) -> dict[str, Any] | None:
    """The strength computed back from what is printed."""
    order = work.order
    if work.whole:
        drug = order.strength * work.tablets
    elif work.portion is None:
        return None
    else:
        drug = printed_portion(order, work.portion, work.counted)
        if order.bulk is not None:
            drug *= order.bulk.strength
        elif work.total is not None:
            weighed = work.counted.weighed if work.counted else None
            drug *= order.strength * (weighed or 0) / work.total
    strength = as_ordered(order, drug / order.volume)
    return {"strength": per_ml(strength), "deviation": deviation(strength / order.concentration - 1)}


def plan_of_liquid(order: Liquid) -> dict[str, Any]:
    """The plan, or the stops, or the faults of acknowledgements that answer nothing."""
    work = begin(order)
    stops, answered, faults = answer(stops_of(work), order.acknowledgements)
    if faults:
        return {"faults": faults}
    if stops:
        return {"stops": [written(stop) for stop in stops]}
    use, of_date = beyond_use_of_liquid(order)
    capacity, bottles = _bottle(order.volume)
    figures = tablet_figures(order, work.needed, work.tablets) | {
        "drug_needed": drug_mass(work.needed),
        "portion": None if work.portion is None else portion_figure(order, work.portion, work.counted),
        "weighings": _weighings(work),
        "whole_tablet_volumes": _whole_volumes(work),
        "nearly_whole_tablets": _nearly_whole(work),
        "strength": strength_figures(order),
        "strength_per_container": drug_mass(order.concentration * order.volume / bottles),
        "dose_volume": in_ml(work.dose.volume),
        "syringe": syringe_figures(order, work.dose),
        "other_strengths": [] if work.dose.on_a_mark else other_strengths(order),
        "doses": work.doses,
        "days": work.days,
        "bottle": {"capacity": in_ml(capacity), "count": bottles},
        "reverse_check": _reverse(work),
        "beyond_use": use,
        "vehicle": vehicle_figures(order.vehicle, order.volume),
        "ingredients": ingredient_figures(order, order.volume, None),
        "vehicle_as_understood": as_understood(order.vehicle),
        "notices": of_date + notices_of(order.vehicle) + _notices(work, use["date"], bottles),
        "acknowledged": [{"code": item.code, "value": item.value, "reason": item.reason} for item in answered],
    }
    if work.counted is not None:
        figures["all_of_the_powder"] = work.whole
    return {"plan": figures}
