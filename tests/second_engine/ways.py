"""The ways of a schedule in capsules: of which strengths each dose is made, and the batch of each strength."""

import math
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from tests.second_engine import engine
from tests.second_engine.common_powder import CommonPowder, Portion, common_figures
from tests.second_engine.forms import needed_of
from tests.second_engine.order import Acknowledgement, Order
from tests.second_engine.said import answering, standing
from tests.second_engine.schedule import MOST_CAPSULES, Schedule, Taken
from tests.second_engine.sets import best_set, made_of
from tests.second_engine.shown import drug_mass, exact, quantity
from tests.second_engine.stops import Stop, dose_stops, written
from tests.second_engine.tables import HARD_STOPS, RANGES
from tests.second_engine.tablets import counted
from tests.second_engine.work import Work, begin

Figures = dict[str, Any]
#: Capsules of each strength for each dose, strengths from the largest down.
Recipe = dict[Fraction, dict[Fraction, int]]
PLAN = ("batch", "tablets_to_crush", "drug_needed", "drug_left_over", "beyond_use", "notices")


@dataclass(slots=True)
class Batch:
    """All capsules of one strength, the steps that take them, and the order that they are made by."""

    strength: Fraction
    steps: list[Taken]
    quantity: int
    order: Order
    work: Work | None = None
    raised: list[Stop] = field(default_factory=list)
    left: list[Stop] = field(default_factory=list)
    plan: Figures | None = None
    portion: Figures | None = None


@dataclass(slots=True)
class Way:
    """One way to make the capsules; `common`: tablets crushed for all batches, where they were weighed."""

    code: str
    recipe: Recipe
    batches: list[Batch]
    common: CommonPowder | None = None

    @property
    def stopped(self) -> bool:
        """Whether a stop stands at one of its batches."""
        return any(batch.left for batch in self.batches)

    @property
    def most(self) -> int:
        """The most capsules that are taken at one time."""
        return max(sum(parts.values()) for parts in self.recipe.values())

    @property
    def tablets(self) -> int:
        """The tablets of all batches: of one powder the least number of the bench counts once."""
        need = sum(counted(batch.order, needed_of(batch.order)).need for batch in self.batches)
        return max(need, self.batches[0].order.least_tablets)


def recipes_of(schedule: Schedule, order: Order) -> dict[str, Recipe]:
    """Of which strengths each way makes the doses."""
    doses = list(dict.fromkeys(one.dose for one in schedule.steps))
    over = math.lcm(*(dose.denominator for dose in doses))
    unit = Fraction(math.gcd(*(int(dose * over) for dose in doses)), over)
    found: dict[str, Recipe] = {
        "one_strength": {dose: {unit: int(dose / unit)} for dose in doses},
        "each_strength": {dose: {dose: 1} for dose in doses},
    }
    times: dict[int, int] = {}
    for one in schedule.steps:
        times[int(one.dose / unit)] = times.get(int(one.dose / unit), 0) + one.doses
    tablet = None if order.bulk is not None else order.strength

    def tablets(sizes: tuple[int, ...], capsules: tuple[int, ...]) -> int:
        pairs = zip(sizes, capsules, strict=True)
        return 0 if tablet is None else sum(-(-(number * size * unit / tablet) // 1) for size, number in pairs)

    for code, number in (("two_strengths", 2), ("three_strengths", 3)):
        sizes = best_set(times, number, tablets)
        if sizes is not None:
            found[code] = {
                dose: {
                    size * unit: many
                    for size, many in zip(sizes, made_of(int(dose / unit), sizes) or (), strict=True)
                    if many
                }
                for dose in doses
            }
    return found


def way_of(code: str, recipe: Recipe, schedule: Schedule, order: Order) -> Way:
    """The batches of a way, in the order of first need."""
    strengths = dict.fromkeys(strength for one in schedule.steps for strength in recipe[one.dose])
    batches = []
    for strength in strengths:
        steps = [one for one in schedule.steps if strength in recipe[one.dose]]
        number = sum(recipe[one.dose][strength] * one.doses for one in steps)
        its = replace(order, dose=strength, quantity=number, acknowledgements=[])
        batches.append(Batch(strength, steps, number, its))
    return Way(code, recipe, batches)


def _stops(batch: Batch, recipe: Recipe) -> list[Stop]:
    """Stops of the batch as an order of its own, and of doses of which its capsules are the largest."""
    order = batch.order
    batch.work = begin(order)
    stops = engine.stops_of(batch.work)
    if batch.quantity > MOST_CAPSULES:
        stops = [stop for stop in stops if stop.code != "quantity_large"]
        stops.append(Stop("quantity_above_most", "quantity", str(batch.quantity)))
    if batch.strength < RANGES["dose"][0] and not order.filed:
        stops.append(Stop("dose_below_absolute", "dose", exact(batch.strength)))
    first = {one.dose: one.number for one in reversed(batch.steps) if one.dose != batch.strength}
    for dose, number in first.items():
        if batch.strength == max(recipe[dose]):
            together = dose_stops(replace(order, dose=dose))
            stops += [Stop(stop.code, f"schedule.{number}.dose", stop.value, stop.amount) for stop in together]
    return stops


def judge(way: Way, said: list[Acknowledgement], common: CommonPowder | None) -> None:
    """The stops of each batch; where none stands, once more with the tablets crushed for all of them."""
    for batch in way.batches:
        batch.raised = _stops(batch, way.recipe)
        batch.left = standing(batch.raised, said)
    if common is None or way.stopped or way.common is not None:
        return
    way.common, tablets = common, way.tablets
    for batch in way.batches:
        masses = {"tablets_weighed": common.tablets_weighed, "total_mass": common.total_mass}
        batch.order = replace(batch.order, tablets_crushed=tablets, shared=len(way.batches) > 1, **masses)
    judge(way, said, common)


def plan_of(way: Way, said: list[Acknowledgement]) -> None:
    """The plans of the batches at which no stop stands."""
    for batch in way.batches:
        if batch.left:
            continue
        carried = answering([stop for stop in batch.raised if not stop.field.startswith("schedule.")], said)
        planned = engine.plan(replace(batch.order, acknowledgements=carried), batch.work)["plan"]
        batch.plan = {name: planned[name] for name in PLAN}
        batch.plan["capsules_left_over"] = planned["batch"] - batch.quantity
        batch.portion = planned["portion"]


def _strength(batch: Batch) -> Figures:
    """The drug in one capsule."""
    return quantity(batch.strength, "mg/{capsule}", exact(batch.strength))


def _batch_figures(batch: Batch, said: list[Acknowledgement]) -> Figures:
    """One batch for the answer."""
    return {
        "strength": _strength(batch),
        "quantity": batch.quantity,
        "from": batch.steps[0].start.isoformat(),
        "to": batch.steps[-1].end.isoformat(),
        "plan": batch.plan,
        "stops": [written(stop) for stop in batch.left],
        "acknowledged": [
            {"code": item.code, "value": item.value, "reason": item.reason}
            for item in answering(batch.raised, said)
            if item.code not in HARD_STOPS
        ],
    }


def _calendar(schedule: Schedule, way: Way, parted: bool) -> list[Figures]:
    """What is taken when; `parted`: of several strengths at one time."""
    lines = []
    for one in schedule.steps:
        parts = [
            {
                "strength": quantity(strength, "mg/{capsule}", exact(strength)),
                "capsules_a_dose": number,
                "capsules": number * one.doses,
            }
            for strength, number in way.recipe[one.dose].items()
        ]
        line = {"from": one.start.isoformat(), "to": one.end.isoformat(), "dose": drug_mass(one.dose)}
        if parted:
            number = sum(way.recipe[one.dose].values())
            line |= {"capsules_a_dose": number, "parts": parts, "capsules": number * one.doses}
        else:
            line |= parts[0]
        lines.append(line)
    return lines


def late(way: Way) -> list[str]:
    """A notice for each batch that is needed after its beyond-use date."""
    return [
        "needed_after_beyond_use"
        for batch in way.batches
        if batch.plan and (last := batch.plan["beyond_use"]["date"]) and batch.steps[-1].end.isoformat() > last
    ]


def way_figures(way: Way, schedule: Schedule, said: list[Acknowledgement], parted: bool) -> Figures:
    """One way for the answer; nothing of its sums leaves while a stop stands."""
    order, planned, tablets = way.batches[0].order, not way.stopped, None
    tablets = way.tablets if planned and order.bulk is None else None
    needed = sum((needed_of(batch.order) for batch in way.batches), Fraction(0))
    left_over = sum(batch.plan["capsules_left_over"] for batch in way.batches if batch.plan)
    common = None
    if tablets is not None and order.opened is None and len(way.batches) > 1:
        portions = [Portion(_strength(batch), needed_of(batch.order), batch.portion) for batch in way.batches]
        common = common_figures(tablets, order.strength, portions, way.common, order.readability)
    figures = {
        "code": way.code,
        "batches": [_batch_figures(batch, said) for batch in way.batches],
        "capsules": sum(batch.quantity for batch in way.batches),
        "most_capsules_a_dose": way.most,
        "tablets": tablets,
        "drug_needed": drug_mass(needed) if planned else None,
        "drug_left_over": None if tablets is None else drug_mass(tablets * order.strength - needed),
        "capsules_left_over": left_over if planned else None,
        "common_powder": common,
        "calendar": _calendar(schedule, way, parted) if planned else [],
    }
    return figures | ({"notices": late(way)} if parted else {})


def recommended(ways: list[Way]) -> Figures | None:
    """The way with the fewest batches and capsules at one time, of those without a stop."""
    free = [way for way in ways if not way.stopped]
    if not free:
        return None
    best = min(free, key=lambda way: (len(way.batches) + way.most, len(way.batches)))
    return {"way": best.code, "reason": "only_way" if len(free) == 1 else "fewest_batches_and_capsules"}
