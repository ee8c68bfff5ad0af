"""Tablets in a plan: their figures, and the notices that counting and weighing them give rise to."""

from fractions import Fraction
from typing import Any

from tests.second_engine.order import Common
from tests.second_engine.shown import drug_mass, quantity, share, trimmed
from tests.second_engine.weighing import LOSS_NOTICE


def tablet_figures(order: Common, needed: Fraction, tablets: int) -> dict[str, Any]:
    """Tablets, share and left-over drug; null of bulk powder."""
    if order.bulk is not None:
        return dict.fromkeys(("tablets_exact", "tablets_to_crush", "portion_share", "drug_left_over"))
    exact = needed / order.strength
    return {
        "tablets_exact": quantity(exact, "{tablet}", trimmed(exact, 4)),
        "tablets_to_crush": tablets,
        "portion_share": share(exact / tablets),
        "drug_left_over": drug_mass(tablets * order.strength - needed),
    }


def lost_too_much(order: Common, total: Fraction) -> bool:
    """Whether more powder was lost in crushing than is usual."""
    return order.recovered is not None and total - order.recovered > LOSS_NOTICE * total


def tablet_notices(order: Common, needed: Fraction, reserve: int, tablets: int, total: Fraction | None) -> list[str]:
    """Notices of tablets of which a portion is weighed; `total` is their mass where they were weighed on the day."""
    if total is None:
        said = ["weigh_tablets"] if order.total_mass is None else ["weighed_another_day", "weigh_tablets"]
        return [*said, "tablet_for_reserve"] if reserve > -(-(needed / order.strength) // 1) else said
    said = []
    if tablets != reserve:
        said.append("no_reserve" if tablets < reserve else "more_tablets_than_needed")
    if lost_too_much(order, total):
        said.append("crushing_loss_high")
    return said
