"""The first figures of an order: batch, drug, tablets, portion, fill, and the least weighable quantity."""

from dataclasses import dataclass, field
from fractions import Fraction

from tests.second_engine import tables
from tests.second_engine.fill import ESTIMATE, Fill, fill_of, table_shell
from tests.second_engine.order import Order
from tests.second_engine.shown import on_grid, up_to_grid
from tests.second_engine.stops import HEAVY_TABLET
from tests.second_engine.triturations import Powder, Step, bench_step, triturate

DEFAULT_SENSITIVITY = Fraction(1)
DEFAULT_ERROR = Fraction(1, 20)
REPEATABILITY_FLOOR = Fraction(41, 100)
REPEATABILITY_FACTOR = Fraction(2000)
ROUNDING_LIMIT = Fraction(1, 100)


@dataclass(slots=True)
class Work:
    """Figures worked out on the way; masses in mg, None while unknown."""

    order: Order
    dose: Fraction
    batch: int
    needed: Fraction
    reserve: int
    tablets: int
    least: Fraction
    total: Fraction | None
    share: Fraction
    portion: Fraction | None = None
    powder: Fraction | None = None
    fill: Fill | None = None
    shell: Fraction | None = None
    steps: list[Step] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def least_weighable(order: Order) -> Fraction:
    """The least weighable quantity by the rule of the order, rounded up to a step."""
    step = order.readability
    if order.minimum is not None:
        least = order.minimum
    elif order.repeatability is not None:
        least = REPEATABILITY_FACTOR * max(order.repeatability, REPEATABILITY_FLOOR * step)
    elif order.sensitivity is not None and order.tolerated_error is not None:
        least = order.sensitivity / order.tolerated_error
    else:
        least = max(DEFAULT_SENSITIVITY, step) / DEFAULT_ERROR
    return up_to_grid(least, step)


def begin(order: Order) -> Work:
    """Batch, drug and tablets; then whatever the weighed tablets make known."""
    dose = order.dose
    if order.basis is not None:
        dose = dose * tables.BASES[tables.LIMIT_BASIS] / tables.BASES[order.basis]
    if order.extra is not None:
        batch = order.quantity + order.extra
    else:
        batch = -(-(order.quantity * (1 + order.allowance)) // 1)
    needed = dose * batch
    reserve = -(-(needed / (order.strength * (1 - order.loss))) // 1)
    today = order.total_mass is not None and order.weighed_on == order.prepared_on
    total = order.total_mass if today else None
    tablets = order.tablets_weighed if today and order.tablets_weighed is not None else reserve
    work = Work(
        order=order,
        dose=dose,
        batch=batch,
        needed=needed,
        reserve=reserve,
        tablets=tablets,
        least=least_weighable(order),
        total=total,
        share=needed / (tablets * order.strength),
    )
    if total is not None:
        work.portion = work.share * total
        work.powder = work.portion / batch
    work.fill = fill_of(order, work.powder)
    work.shell = order.shell if order.shell is not None else table_shell(order)
    if work.portion is None:
        work.steps = _before_weighing(work)
    elif too_little(work) or rounded_too_far(work):
        work.steps = triturate(_powder(work, work.total or Fraction(0)))
    return work


def too_little(work: Work) -> bool:
    """Whether the portion is known and below the least weighable quantity."""
    return work.portion is not None and work.portion < work.least


def rounded_too_far(work: Work) -> bool:
    """Whether the balance's rounding would change the portion by more than 1 %."""
    if work.portion is None:
        return False
    printed = on_grid(work.portion, work.order.readability)
    return abs(printed - work.portion) > ROUNDING_LIMIT * work.portion


def could_be_too_light(work: Work) -> bool:
    """Whether tablets not weighed yet, heavier than their drug, could be too light to weigh a portion of."""
    drug = work.tablets * work.order.strength
    return work.total is None and work.least / work.share > drug and work.order.strength < HEAVY_TABLET


def room(work: Work) -> Fraction | None:
    """The fill of the whole batch where it is known, not estimated, and where its powder fits the capsules."""
    fill = work.fill
    if fill is None or fill.fill is None or fill.way == ESTIMATE:
        return None
    if fill.share_of_body is not None and fill.share_of_body > 1:
        return None
    return fill.fill * work.batch


def _powder(work: Work, total: Fraction) -> Powder:
    """The powder as it is after crushing: lost powder has the same share of drug as the rest."""
    order = work.order
    there = total if order.recovered is None else order.recovered
    usable = there if order.recovered is not None else there * (1 - order.loss)
    strength = work.tablets * order.strength / total
    return Powder(there, usable, strength, work.needed, order.readability, work.least, room(work))


def _before_weighing(work: Work) -> list[Step]:
    """The one step that does for every mass of the tablets that is too little, where there is one."""
    if not could_be_too_light(work):
        return []
    order = work.order
    drug = work.tablets * order.strength
    step = bench_step(work.share, drug, work.tablets, HEAVY_TABLET, order.readability, work.least, room(work))
    return [] if step is None else [step]
