"""A schedule of doses worked out as capsules: of one strength, of one for each dose, and of two or three together."""

from datetime import date
from typing import Any

from tests.second_engine.liquid_titration import work_out_from_liquid
from tests.second_engine.order import Liquid
from tests.second_engine.said import unused_faults
from tests.second_engine.schedule import read_titration, steps_shown
from tests.second_engine.ways import judge, late, plan_of, recipes_of, recommended, way_figures, way_of

MANY_AT_ONE_TIME = 6
#: Ways of which a dose is made of one strength; all others stand in a list of their own.
OF_ONE = ("one_strength", "each_strength")
Figures = dict[str, Any]


def work_out_titration(tree: Any, today: date) -> Figures:
    """Answer a titration with {"plan": ...} or {"faults": ...}."""
    schedule, faults = read_titration(tree, today)
    if schedule is None or faults:
        return {"faults": faults}
    if isinstance(schedule.order, Liquid):
        return work_out_from_liquid(schedule, schedule.order)
    order, said = schedule.order, schedule.order.acknowledgements
    ways = [way_of(code, recipe, schedule, order) for code, recipe in recipes_of(schedule, order).items()]
    for way in ways:
        judge(way, said, schedule.common)
    unused = unused_faults(said, [stop for way in ways for batch in way.batches for stop in batch.raised])
    if unused:
        return {"faults": unused}
    notices = []
    for way in ways:
        plan_of(way, said)
        if way.code in OF_ONE:
            notices += late(way)
        if way.code == "one_strength" and way.most > MANY_AT_ONE_TIME:
            notices.append("many_capsules_at_one_time")
    return {
        "plan": {
            "schedule": steps_shown(schedule),
            "doses_per_day": schedule.doses_per_day,
            "ways": [way_figures(way, schedule, said, parted=False) for way in ways if way.code in OF_ONE],
            "together": [way_figures(way, schedule, said, parted=True) for way in ways if way.code not in OF_ONE],
            "recommended": recommended(ways),
            "notices": notices,
        },
    }
