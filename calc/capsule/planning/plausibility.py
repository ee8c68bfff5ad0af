"""Plausibility checks of capsules before weighing: legal but unlikely values, as from a lost point or a wrong unit."""

from __future__ import annotations

from calc import limits
from calc.arithmetic.units import CAPSULE, figure
from calc.capsule.order import Order
from calc.capsule.planning.packing import Masses, judge_masses
from calc.drug import Drug
from calc.faults import NoticeCode
from calc.planning.stops import dose_beside_strength
from calc.planning.work import Work


def plausible(order: Order, drug: Drug | None, masses: Masses, work: Work) -> None:
    """Give notice of values that are far from usual but break no rule."""
    quantity = figure(order.quantity, CAPSULE)
    fewest, most = limits.QUANTITY_USUAL_LOW.value, limits.QUANTITY_USUAL_HIGH.value
    if not fewest <= quantity <= most:
        work.notice(NoticeCode.QUANTITY_UNUSUAL, quantity=quantity, low=fewest, high=most)
    dose_beside_strength(order, drug, work)
    judge_masses(order, masses, work)
