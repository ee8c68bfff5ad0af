"""The first figures of an order: batch, drug, tablets, portion, fill, and the least weighable quantity."""

from dataclasses import dataclass, field
from fractions import Fraction

from tests.second_engine.fill import ESTIMATE, Fill, fill_of, others_of, table_shell, volume_of
from tests.second_engine.forms import batch_of, needed_of, on_label
from tests.second_engine.ingredients import in_batch
from tests.second_engine.order import Order
from tests.second_engine.stops import HEAVY_TABLET
from tests.second_engine.tablets import Counted, counted
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

    Of bulk powder there are no tablets: tablets and share stay 0.
    """

    order: Order
    dose: Fraction
    batch: int
    needed: Fraction
    least: Fraction
    counted: Counted | None = None
    tablets: int = 0
    share: Fraction = Fraction(0)
    total: Fraction | None = None
    portion: Fraction | None = None
    powder: Fraction | None = None
    fill: Fill | None = None
    shell: Fraction | None = None
    steps: list[Step] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def others(self) -> Fraction:
        """The mass of all ingredients of the batch."""
        return sum((in_batch(one, self.batch) for one in self.order.ingredients), Fraction(0))

    @property
    def all_of_it(self) -> bool:
        """Whether all of the tablets' powder goes into the batch."""
        return self.counted is not None and self.counted.all_of_it


def begin(order: Order) -> Work:
    """Batch, drug and tablets; then whatever the weighed tablets, or the certificate of a powder, make known."""
    dose = on_label(order, order.dose)
    work = Work(order, dose, batch_of(order), needed_of(order), least_weighable(order))
    if order.bulk is not None:
        work.portion = work.needed / order.bulk.strength
    else:
        _count(work, order)
    if work.portion is not None:
        work.powder = work.portion / work.batch
    work.fill = fill_of(order, work.batch, work.powder)
    work.shell = order.shell if order.shell is not None else table_shell(order)
    if work.portion is None:
        work.steps = triturate(_asked(work)) if could_be_too_light(work) else []
    elif not work.all_of_it and (work.portion < work.least or rounded_too_far(order, work.portion, work.counted)):
        work.steps = triturate(_asked(work))
    return work


def _count(work: Work, order: Order) -> None:
    """Tablets: those weighed on the day, or as many as the drug and the reserve ask for."""
    tablets = work.counted = counted(order, work.needed)
    work.tablets, work.total = tablets.crushed, tablets.total
    work.share = tablets.exact / tablets.crushed
    if tablets.mean is not None:
        work.portion = tablets.exact * tablets.mean


def could_be_too_light(work: Work) -> bool:
    """Whether tablets not weighed yet, heavier than their drug, could be too light to weigh a portion of."""
    drug = work.tablets * work.order.strength
    if work.all_of_it:
        return False
    return work.portion is None and work.least / work.share > drug and work.order.strength < HEAVY_TABLET


def _bounds(work: Work) -> tuple[Fraction | None, Fraction]:
    """The blend of the batch where it is known, and the least of it that may be taken from a trituration.

    An estimate bounds nothing from above; from below what the bodies hold at most, so dense as hardly anything packs.
    """
    order, fill = work.order, work.fill
    blend = most = None
    if fill is not None and fill.fill is not None and fill.way != ESTIMATE and not fill.too_small:
        blend = fill.fill * work.batch - work.others
    elif fill is None and work.portion is None and order.diluent_statistic is not None:
        free = 1 - others_of(order, work.batch, Fraction(1)).share
        blend = order.diluent_statistic * work.batch * free  # packing measured, tablets not weighed: powder as nothing
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
    tablets, apart = work.counted, max(LEAST_DILUENT, work.least)
    if tablets is None or tablets.mean is None or tablets.powder is None:
        if order.shared:
            return asked
        number, drug = work.tablets, work.tablets * order.strength
        light = min(work.least / work.share, number * HEAVIEST)
        asked.drug = drug
        asked.totals = light + apart, min(LARGEST_TOTAL, THINNEST * max(number * LIGHTEST, drug), THINNEST * light)
        return asked
    asked.strength = order.strength / tablets.mean
    asked.most = tablets.powder * (1 - order.loss) if order.recovered is None else order.recovered
    if order.recovered is None and not order.shared:
        asked.drug, asked.there = tablets.crushed * order.strength, tablets.powder
        asked.totals = tablets.powder + apart, min(LARGEST_TOTAL, THINNEST * tablets.powder)
    return asked
