"""A schedule of doses as asked for: its steps with their days, and the order that holds for every batch."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.second_engine.common import in_mcg
from tests.second_engine.common_powder import CommonPowder, read_common_powder
from tests.second_engine.order import Liquid, Order
from tests.second_engine.reader import Reader
from tests.second_engine.reading import read_order
from tests.second_engine.shown import drug_mass

NAMES = frozenset(["schedule", "doses_per_day", "start", "order", "common_powder"])
OF_A_BATCH = ("dose", "quantity", "internal_number", "formulation")
OF_A_LIQUID = ("dose", "doses_per_day", "internal_number", "formulation")
OF_ITS_TABLETS = ("tablets_weighed", "total_mass", "weighed_on", "tablets_crushed", "crushed_mass", "recovered_mass")
OF_ITS_TABLETS += ("capsules_weighed", "full_mass", "shells_mass", "common_powder")
USED = ("tablets_used", "capsules_used")
MOST_STEPS = 24
MOST_CAPSULES = 1000
Tree = dict[str, Any]


@dataclass(slots=True)
class Taken:
    """One step: what is taken at one time, and on which days."""

    number: int
    dose: Fraction
    days: int
    doses: int
    start: date
    end: date


@dataclass(slots=True)
class Schedule:
    """The whole schedule; the order has the dose and the quantity of no batch, and seldom its volume."""

    steps: list[Taken]
    doses_per_day: int
    order: Order | Liquid
    common: CommonPowder | None = None
    volume_given: bool = True


def _steps(reader: Reader, tree: Tree) -> list[tuple[Fraction, int]]:
    """Dose and days of each step."""
    items = tree.get("schedule")
    if items is None or items == []:
        reader.fault("required", "schedule")
        return []
    if not isinstance(items, list):
        reader.fault("wrong_type", "schedule")
        return []
    if len(items) > MOST_STEPS:
        reader.fault("list_too_long", "schedule")
        return []
    read = []
    for index, item in enumerate(items):
        path = f"schedule.{index}"
        if not isinstance(item, dict):
            reader.fault("required" if item is None else "wrong_type", path)
            continue
        reader.unknown(item, f"{path}.", ("dose", "days"))
        for name in ("dose", "days"):
            if item.get(name) is None:
                reader.fault("required", f"{path}.{name}")
        dose = reader.amount(item, f"{path}.dose", like="dose")
        days = reader.count(item, f"{path}.days", like="days")
        if dose is not None and days is not None:
            read.append((dose, days))
    return read


def is_liquid(given: Tree) -> bool:
    """Whether the doses are taken from a liquid."""
    preparation = given.get("preparation")
    return isinstance(preparation, str) and preparation.strip(" ") == "liquid"


def _batch_faults(reader: Reader, given: Tree, names: tuple[str, ...], of_source: tuple[str, ...]) -> Tree:
    """The order without what belongs to one batch, of which each is a fault."""
    bare = {name: value for name, value in given.items() if name not in names}
    for name in names:
        if given.get(name) is not None:
            reader.fault("belongs_to_batch", f"order.{name}")
    source = given.get("source")
    if isinstance(source, dict):
        bare["source"] = {name: value for name, value in source.items() if name not in of_source}
        for name in of_source:
            if source.get(name) is not None:
                reader.fault("belongs_to_batch", f"order.source.{name}")
    for at, one in enumerate(given["ingredients"] if isinstance(given.get("ingredients"), list) else ()):
        per = one.get("per") if isinstance(one, dict) else ""
        if per is None or (isinstance(per, str) and per.strip(" ") == "batch"):
            reader.fault("belongs_to_batch", f"order.ingredients.{at}.per")
    return bare


def _order(reader: Reader, tree: Tree, today: date) -> Order | Liquid | None:
    """The order of every batch, read as an order of one capsule, or of 1 mL; its faults stand under `order`."""
    given = tree.get("order")
    if given is None:
        given = {}
    if not isinstance(given, dict):
        reader.fault("wrong_type", "order")
        return None
    liquid = is_liquid(given)
    if liquid:
        bare = _batch_faults(reader, given, OF_A_LIQUID, (*OF_ITS_TABLETS, *USED))
        bare |= {"volume": "1 mL"} if bare.get("volume") is None else {}
    else:
        bare = _batch_faults(reader, given, OF_A_BATCH, OF_ITS_TABLETS) | {"quantity": 1}
    typed = [step.get("dose") for step in tree.get("schedule") or [] if isinstance(step, dict)]
    dose = "1 mcg" if all(map(in_mcg, typed)) else "1 mg"  # a batch's dose was typed in mcg where all doses were
    order, faults = read_order(bare | {"dose": dose}, today)
    for fault in faults:
        if fault["code"] == "volumes_too_large" and given.get("volume") is None:
            reader.fault("pair_incomplete", "order.volume")
        else:
            reader.fault(fault["code"], f"order.{fault['field']}")
    return order


def read_titration(tree: Any, today: date) -> tuple[Schedule | None, list[dict[str, str]]]:
    """Read the whole, all faults at once."""
    reader = Reader()
    if not isinstance(tree, dict):
        return None, [{"code": "wrong_type", "field": ""}]
    if isinstance(tree.get("order"), dict):
        reader.choice(tree["order"], "order.preparation", ("capsule", "liquid"))
        if reader.faults:
            return None, reader.faults  # what else is asked hangs on it
    reader.unknown(tree, "", NAMES)
    read = _steps(reader, tree)
    a_day = reader.count(tree, "doses_per_day") or 1
    start = reader.day(tree, "start")
    order = _order(reader, tree, today)
    given = tree["order"] if isinstance(tree.get("order"), dict) else {}
    common = read_common_powder(reader, tree, given, is_liquid(given))
    sound = not any(fault["field"] != "common_powder" for fault in reader.faults)
    if order is not None and start is not None and sound and start < order.prepared_on:
        reader.fault("start_before_making", "start")
    if order is None or reader.faults:
        return None, reader.faults
    steps = []
    first = start or order.prepared_on
    for number, (dose, days) in enumerate(read):
        last = first + timedelta(days - 1)
        steps.append(Taken(number, dose, days, days * a_day, first, last))
        first = last + timedelta(1)
    return Schedule(steps, a_day, order, common, given.get("volume") is not None), []


def steps_shown(schedule: Schedule) -> list[Tree]:
    """The steps for the answer."""
    return [
        {
            "dose": drug_mass(one.dose),
            "days": one.days,
            "from": one.start.isoformat(),
            "to": one.end.isoformat(),
            "doses": one.doses,
            "drug": drug_mass(one.dose * one.doses),
        }
        for one in schedule.steps
    ]
