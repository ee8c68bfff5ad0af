"""The first figures of an order: batch, drug, tablets, portion, fill, and the least weighable quantity."""

from dataclasses import dataclass, field
from fractions import Fraction

from tests.second_engine import tables
from tests.second_engine.fill import Fill, fill_of, table_shell
from tests.second_engine.order import Order
from tests.second_engine.shown import up_to_grid

DEFAULT_SENSITIVITY = Fraction(1)
DEFAULT_ERROR = Fraction(1, 20)
REPEATABILITY_FLOOR = Fraction(41, 100)
REPEATABILITY_FACTOR = Fraction(2000)


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
    return work
