"""The first figures of an order: batch, drug, tablets, portion, fill, and the least weighable quantity."""

from dataclasses import dataclass, field
from fractions import Fraction

from tests.second_engine.fill import ESTIMATE, Fill, fill_of, table_shell
from tests.second_engine.forms import on_label
from tests.second_engine.order import Order
from tests.second_engine.stops import HEAVY_TABLET
from tests.second_engine.triturations import LARGEST_TOTAL, Powder, Step, bench_step, triturate
from tests.second_engine.weighing import least_weighable, rounded_too_far


@dataclass(slots=True)
class Work:
    """Figures worked out on the way; drug in the form on the label of the source, masses in mg, None while unknown.

    Of bulk powder there are no tablets: reserve, tablets and share stay 0.
    """

    order: Order
    dose: Fraction
    batch: int
    needed: Fraction
    least: Fraction
    reserve: int = 0
    tablets: int = 0
    share: Fraction = Fraction(0)
    total: Fraction | None = None
    portion: Fraction | None = None
    powder: Fraction | None = None
    fill: Fill | None = None
    shell: Fraction | None = None
    steps: list[Step] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def begin(order: Order) -> Work:
    """Batch, drug and tablets; then whatever the weighed tablets, or the certificate of a powder, make known."""
    if order.extra is not None:
        batch = order.quantity + order.extra
    else:
        batch = -(-(order.quantity * (1 + order.allowance)) // 1)
    dose = on_label(order, order.dose)
    work = Work(order, dose, batch, dose * batch, least_weighable(order))
    if order.bulk is not None:
        work.portion = work.needed / order.bulk.strength
    else:
        _count(work, order)
    if work.portion is not None:
        work.powder = work.portion / batch
    work.fill = fill_of(order, work.powder)
    work.shell = order.shell if order.shell is not None else table_shell(order)
    if work.portion is None:
        work.steps = _before_weighing(work)
    elif work.portion < work.least or rounded_too_far(order, work.portion):
        work.steps = triturate(_powder(work))
    return work


def _count(work: Work, order: Order) -> None:
    """Tablets: those weighed on the day, or as many as the drug and the reserve ask for."""
    today = order.total_mass is not None and order.weighed_on == order.prepared_on
    work.reserve = -(-(work.needed / (order.strength * (1 - order.loss))) // 1)
    work.total = order.total_mass if today else None
    work.tablets = order.tablets_weighed if today and order.tablets_weighed is not None else work.reserve
    work.share = work.needed / (work.tablets * order.strength)
    if work.total is not None:
        work.portion = work.share * work.total


def could_be_too_light(work: Work) -> bool:
    """Whether tablets not weighed yet, heavier than their drug, could be too light to weigh a portion of."""
    drug = work.tablets * work.order.strength
    return work.portion is None and work.least / work.share > drug and work.order.strength < HEAVY_TABLET


def room(work: Work) -> Fraction | None:
    """The fill of the whole batch where it is known, not estimated, and where its powder fits the capsules."""
    fill = work.fill
    if fill is None or fill.fill is None or fill.way == ESTIMATE:
        return None
    if fill.share_of_body is not None and fill.share_of_body > 1:
        return None
    return fill.fill * work.batch


def _powder(work: Work) -> Powder:
    """The powder at hand: that of the tablets after crushing (what was lost had its share of drug), or the jar."""
    order = work.order
    if order.bulk is not None:
        return Powder(None, LARGEST_TOTAL, order.bulk.strength, work.needed, order.readability, work.least, room(work))
    total = work.total or Fraction(0)
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
