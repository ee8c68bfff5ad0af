"""Tablets in a plan: how many are crushed, their figures, and the notices that counting and weighing give rise to."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.second_engine.order import Common, Liquid
from tests.second_engine.shown import above_whole, drug_mass, quantity, share
from tests.second_engine.tables import LEAST_TABLETS

LOSS_NOTICE = Fraction(3, 100)


@dataclass(slots=True)
class Counted:
    """Tablets as counted and weighed; masses in mg. `weighed` and `total` are None where not weighed on the day.

    `need`: those that hold the drug after the loss in crushing; `exact` without it; `powder`: mass of those crushed.
    """

    exact: Fraction
    need: int
    crushed: int
    weighed: int | None = None
    total: Fraction | None = None
    powder: Fraction | None = None

    @property
    def bare(self) -> int:
        """The whole tablets that hold the drug."""
        return -(-self.exact // 1)

    @property
    def all_of_it(self) -> bool:
        """Whether the batch needs all of the powder, so that nothing is weighed out."""
        return self.crushed == self.exact

    @property
    def mean(self) -> Fraction | None:
        """The mass of one of those weighed."""
        return None if self.total is None or self.weighed is None else self.total / self.weighed


def counted(order: Common, needed: Fraction, *, may_be_whole: bool = False) -> Counted:
    """How many tablets are crushed, and what their powder weighs; `may_be_whole`: a liquid may use them whole."""
    exact = needed / order.strength
    need = -(-(exact / (1 - order.loss)) // 1)
    today = order.weighed_on == order.prepared_on
    weighed, total = (order.tablets_weighed, order.total_mass) if today else (None, None)
    crushed = max(need, order.least_tablets)
    if isinstance(order, Liquid) and order.tablets_used is not None:
        crushed = order.tablets_used
    elif may_be_whole and exact.denominator == 1 and (order.tablets_crushed or weighed) in (None, exact):
        crushed = exact.numerator
    elif order.tablets_crushed is not None:
        crushed = order.tablets_crushed
    elif weighed is not None and (weighed <= crushed or order.opened is not None):
        crushed = weighed
    tablets = Counted(exact, need, crushed, weighed, total)
    if tablets.mean is not None:
        tablets.powder = tablets.mean * crushed if order.crushed_mass is None else order.crushed_mass
    return tablets


def heaviest_recovered(order: Common, tablets: Counted) -> Fraction | None:
    """The most powder that can come back: what there is, and two steps of the balance."""
    there = order.crushed_mass
    if there is None and order.total_mass is not None and order.tablets_weighed is not None:
        there = order.total_mass / order.tablets_weighed * tablets.crushed
    return None if there is None else there + 2 * order.readability


def tablet_figures(order: Common, needed: Fraction, tablets: int) -> dict[str, Any]:
    """Tablets, share and left-over drug; null of bulk powder."""
    if order.bulk is not None:
        return dict.fromkeys(("tablets_exact", "tablets_to_crush", "portion_share", "drug_left_over"))
    exact = needed / order.strength
    return {
        "tablets_exact": quantity(exact, "{tablet}", above_whole(exact)),
        "tablets_to_crush": tablets,
        "portion_share": share(exact / tablets),
        "drug_left_over": drug_mass(tablets * order.strength - needed),
    }


def lost_too_much(order: Common, tablets: Counted) -> bool:
    """Whether more powder was lost in crushing than is usual."""
    there = tablets.powder
    return order.recovered is not None and there is not None and there - order.recovered > LOSS_NOTICE * there


def low(order: Common, tablets: Counted) -> bool:
    """Whether all of the powder is needed, and some of it was lost."""
    there = tablets.powder
    return tablets.all_of_it and order.recovered is not None and there is not None and order.recovered < there


def few(order: Common, tablets: Counted) -> bool:
    """Whether fewer are crushed than the bench, or the default, asks for."""
    return tablets.crushed < max(order.least_tablets, LEAST_TABLETS)


def tablet_notices(order: Common, tablets: Counted) -> list[str]:
    """Notices of tablets of which a portion is weighed."""
    unweighed = tablets.total is None
    typed = order.tablets_crushed is not None or (order.opened is not None and not unweighed)
    found = {
        "weigh_tablets": unweighed,
        "weighed_another_day": unweighed and order.total_mass is not None,
        "tablet_for_reserve": unweighed and not typed and tablets.need > tablets.bare,
        "no_reserve": tablets.crushed < tablets.need,
        "more_tablets_than_needed": tablets.crushed > max(tablets.need, order.least_tablets) and typed,
        "few_tablets": few(order, tablets),
        "fewer_weighed_than_crushed": tablets.weighed is not None and tablets.weighed < tablets.crushed,
        "crushing_loss_high": lost_too_much(order, tablets) and not tablets.all_of_it,
        "batch_low": low(order, tablets),
    }
    return [code for code, holds in found.items() if holds]
