"""A schedule of doses taken from one liquid: its volume, its syringes, and the day until which it lasts."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.second_engine.dates import beyond_use_of_liquid
from tests.second_engine.liquid import USUAL_VOLUMES, VOLUMES, begin, plan_of_liquid, stops_of
from tests.second_engine.order import Liquid, Syringe
from tests.second_engine.said import answering, standing, unused_faults
from tests.second_engine.schedule import Schedule, Taken, steps_shown
from tests.second_engine.shown import drug_mass, exact, in_ml, quantity, significant
from tests.second_engine.stops import Stop, written
from tests.second_engine.strengths import whole
from tests.second_engine.syringes import Drawn, drawn, per_ml, round_strengths, smallest_for, syringe_figures
from tests.second_engine.tables import HARD_STOPS

OF_ONE_DOSE = ("off_a_mark", "several_syringes", "dose_volume_unusual", "days_unusual", "outlasts_use")
PLAN = ("tablets_to_crush", "portion", "portion_share", "drug_needed", "drug_left_over", "bottle", "beyond_use")
Figures = dict[str, Any]


@dataclass(slots=True)
class Measured:
    """How the doses are drawn: into one syringe that has a mark for each, or each into its own."""

    one: Syringe | None
    each: dict[Fraction, Drawn]

    @property
    def same(self) -> bool:
        """Whether all of them are drawn into one, filled once."""
        kinds = {(drawn.syringe.capacity, drawn.syringe.graduation) for drawn in self.each.values()}
        return self.one is not None or (len(kinds) == 1 and all(drawn.fillings == 1 for drawn in self.each.values()))


def _on_marks(order: Liquid, volumes: list[Fraction]) -> Syringe | None:
    """The smallest syringe that holds the largest volume, where it has a mark for all of them."""
    syringe = smallest_for(order.syringes, max(volumes))
    return syringe if syringe and all(volume % syringe.graduation == 0 for volume in volumes) else None


def _measured(order: Liquid, doses: list[Fraction]) -> Measured:
    """How each dose is drawn."""
    one = _on_marks(order, [dose / order.concentration for dose in doses])
    if one is not None:
        return Measured(one, {dose: Drawn(dose / order.concentration, one, 1) for dose in doses})
    return Measured(None, {dose: drawn(replace(order, dose=dose)) for dose in doses})


def _other_strengths(order: Liquid, doses: list[Fraction]) -> list[Figures]:
    """Round strengths by which every dose falls on a mark of one syringe."""
    found = []
    for strength in round_strengths(order):
        syringe = _on_marks(order, [dose / strength for dose in doses])
        if syringe is not None:
            found.append({"strength": per_ml(strength), "capacity": in_ml(syringe.capacity)})
    return found


def _dosed(order: Liquid, dose: Fraction, measured: Measured) -> list[Stop]:
    """Stops of the order with another dose, drawn as all of them are."""
    return stops_of(begin(replace(order, dose=dose, syringes=[measured.one] if measured.one else order.syringes)))


def _raised(order: Liquid, schedule: Schedule, measured: Measured) -> list[Stop]:
    """Stops of the batch, and of each dose taken from it."""
    raised = [stop for stop in stops_of(begin(order)) if stop.field != "dose"]
    seen = {(stop.code, stop.value) for stop in raised}
    for one in schedule.steps:
        stops = _dosed(order, one.dose, measured)
        if one.dose == order.dose:
            stops += stops_of(begin(order))
        for stop in stops:
            if stop.field == "dose" and (stop.code, stop.value) not in seen:
                seen.add((stop.code, stop.value))
                raised.append(Stop(stop.code, f"schedule.{one.number}.dose", stop.value, stop.amount))
    return raised


def _taken_until(schedule: Schedule, order: Liquid, last: date | None) -> Fraction:
    """What the doses take up to and with a day."""
    total = Fraction(0)
    for one in schedule.steps:
        days = one.days if last is None else min(one.days, max(0, (last - one.start).days + 1))
        total += days * schedule.doses_per_day * one.dose / order.concentration
    return total


def _whole(volume: Fraction) -> Fraction:
    """Rounded up to a whole mL, at least 1."""
    return Fraction(max(1, -(-volume // 1)))


def _use(order: Liquid, schedule: Schedule, measured: Measured) -> tuple[Figures | None, list[Stop], list[Stop]]:
    """The plan of the batch, None where a stop stands; all stops, and those that stand."""
    said = order.acknowledgements
    raised = _raised(order, schedule, measured)
    left = standing(raised, said)
    if left:
        return None, raised, left
    batch = stops_of(begin(order))
    planned = plan_of_liquid(replace(order, acknowledgements=answering(batch, said)))
    return planned["plan"], raised, left


def _last_day(order: Liquid, schedule: Schedule, use: date | None) -> date | None:
    """The last day whose doses are held by what was made, and that the batch may be used on."""
    rest, last = order.volume, None
    for one in schedule.steps:
        a_day = schedule.doses_per_day * one.dose / order.concentration
        days = min(one.days, int(rest // a_day))
        rest -= days * a_day
        if days:
            last = one.start + timedelta(days - 1)
        if days < one.days:
            break
    if last is None or use is None:
        return last
    return min(last, use) if use >= schedule.steps[0].start else None


def _line(one: Taken, order: Liquid, measured: Measured) -> Figures:
    """One row of the calendar."""
    how = measured.each[one.dose]
    return {
        "from": one.start.isoformat(),
        "to": one.end.isoformat(),
        "dose": drug_mass(one.dose),
        "volume": in_ml(how.volume),
        "syringe": syringe_figures(replace(order, dose=one.dose), how),
        "volume_in_all": in_ml(how.volume * one.doses),
    }


def _notices(order: Liquid, schedule: Schedule, measured: Measured) -> list[str]:
    """What is told of each dose, once; nothing of one that a stop stands against, its own or one of the batch."""
    found: list[str] = []
    seen: set[Fraction] = set()
    for one in schedule.steps:
        how = measured.each[one.dose]
        if one.dose in seen or standing(_dosed(order, one.dose, measured), order.acknowledgements):
            continue
        seen.add(one.dose)
        found += ["off_a_mark"] if not how.on_a_mark else []
        found += ["several_syringes"] if how.fillings > 1 else []
        found += ["dose_volume_unusual"] if not USUAL_VOLUMES[0] <= how.volume <= USUAL_VOLUMES[1] else []
    return found + ([] if measured.same else ["syringe_changes"])


def work_out_from_liquid(schedule: Schedule, order: Liquid) -> Figures:
    """Answer a schedule from one liquid with {"plan": ...} or {"faults": ...}."""
    order = replace(order, dose=schedule.steps[0].dose, doses_per_day=schedule.doses_per_day)
    doses = list(dict.fromkeys(one.dose for one in schedule.steps))
    measured, needed = _measured(order, doses), _taken_until(schedule, order, None)
    if not schedule.volume_given:
        order.volume = _whole(needed)
        if order.volume > VOLUMES[1]:
            return {"faults": [{"code": "out_of_range", "field": "order.volume"}]}
        day = beyond_use_of_liquid(order)[0]["date"]
        stopped = stops_of(begin(order))  # let pass or not: that changes no volume
        use = date.fromisoformat(str(day)) if day and not stopped else None
        if use and schedule.steps[0].start <= use:
            order.volume = _whole(_taken_until(schedule, order, use))
    plan, raised, left = _use(order, schedule, measured)
    unused = unused_faults(order.acknowledgements, raised)
    if unused:
        return {"faults": unused}
    notices = _notices(order, schedule, measured)
    lasts = None
    first, last = schedule.steps[0].start, schedule.steps[-1].end
    if plan is not None:
        use = plan["beyond_use"]["date"] and date.fromisoformat(plan["beyond_use"]["date"])
        lasts = _last_day(order, schedule, use)
        notices += ["liquid_needed_after"] if use and last > use else []
        notices += ["volume_ends_before"] if lasts is None or (lasts < last and lasts != use) else []
    on_marks = all(how.on_a_mark for how in measured.each.values())
    batch = {
        "strength": whole(order.concentration, "mg/mL"),
        "volume_needed": quantity(needed, "mL", significant(needed, 4)),
        "volume": quantity(order.volume, "mL", exact(order.volume)),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "lasts_until": lasts and lasts.isoformat(),
        "plan": plan and _short(plan),
        "stops": [written(stop) for stop in left],
        "acknowledged": [
            {"code": item.code, "value": item.value, "reason": item.reason}
            for item in answering(raised, order.acknowledgements)
            if item.code not in HARD_STOPS
        ],
    }
    return {
        "plan": {
            "preparation": "liquid",
            "schedule": steps_shown(schedule),
            "doses_per_day": schedule.doses_per_day,
            "batch": batch,
            "one_syringe": measured.same,
            "other_strengths": [] if on_marks else _other_strengths(order, doses),
            "calendar": [] if plan is None else [_line(one, order, measured) for one in schedule.steps],
            "notices": notices,
        }
    }


def _short(plan: Figures) -> Figures:
    """The plan of the batch, without what speaks of a single dose."""
    notices = [code for code in plan["notices"] if code not in OF_ONE_DOSE]
    return {name: plan[name] for name in PLAN} | {"notices": notices}
