"""The first figures of an order: batch, drug, tablets, portion, fill, and the least weighable quantity."""

from dataclasses import dataclass, field
from fractions import Fraction

from tests.second_engine.fill import ESTIMATE, Fill, fill_of, table_shell, volume_of
from tests.second_engine.forms import on_label
from tests.second_engine.order import Order
from tests.second_engine.stops import HEAVY_TABLET
from tests.second_engine.triturations import (
    HEAVIEST,
    LARGEST_TOTAL,
    LARGEST_WEIGHED_BLEND,
    LIGHTEST,
    THINNEST,
    Asked,
    Step,
    triturate,
)
from tests.second_engine.weighing import least_weighable, rounded_too_far

LEAST_DILUENT = Fraction(500)
#: As dense as hardly any powder packs, in mg in 1 mL.
DENSEST = Fraction(1200)


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
        work.steps = triturate(_asked(work)) if could_be_too_light(work) else []
    elif work.portion < work.least or rounded_too_far(order, work.portion):
        work.steps = triturate(_asked(work))
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


def _bounds(work: Work) -> tuple[Fraction | None, Fraction]:
    """The blend of the batch where it is known, and the least of it that may be taken from a trituration.

    An estimate bounds nothing from above; from below what the bodies hold at most, so dense as hardly anything packs.
    """
    order, fill = work.order, work.fill
    blend = most = None
    if fill is not None and fill.fill is not None and fill.way != ESTIMATE and not fill.too_small:
        blend = fill.fill * work.batch
    elif fill is None and work.portion is None and order.diluent_statistic is not None:
        blend = order.diluent_statistic * work.batch  # packing measured, tablets not weighed: their powder as nothing
    volume = volume_of(order, order.size)
    if blend is None and volume is not None:
        most = DENSEST * volume * work.batch
    held = most if blend is None else blend
    return blend, Fraction(0) if held is None else min(held / THINNEST, LARGEST_WEIGHED_BLEND)


def _asked(work: Work) -> Asked:
    """What is asked of the search: whole tablets where they are crushed and nothing was weighed since, or powder."""
    order, (blend, fewest) = work.order, _bounds(work)
    asked = Asked(work.needed, order.readability, work.least, blend, fewest)
    if order.bulk is not None:
        asked.strength, asked.most = order.bulk.strength, LARGEST_TOTAL
        return asked
    apart = max(LEAST_DILUENT, work.least)
    if work.total is None:
        number, drug = work.tablets, work.tablets * order.strength
        low = min(work.least / work.share, number * HEAVIEST) + apart
        asked.drug = drug
        asked.totals = low, min(LARGEST_TOTAL, max(number * LIGHTEST, drug) * THINNEST, (low - apart) * THINNEST)
        return asked
    asked.strength = work.tablets * order.strength / work.total
    asked.most = work.total * (1 - order.loss) if order.recovered is None else order.recovered
    if order.recovered is None:
        asked.drug, asked.there = work.tablets * order.strength, work.total
        asked.totals = work.total + apart, min(LARGEST_TOTAL, THINNEST * work.total)
    return asked
