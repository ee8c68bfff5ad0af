"""A second, independent working-out of every kind of order: exact fractions, standard library only."""

from datetime import date

from tests.second_engine.engine import plan
from tests.second_engine.liquid import plan_of_liquid
from tests.second_engine.order import Liquid
from tests.second_engine.reading import read_order

__all__ = ["work_out"]


def work_out(tree: dict, today: date) -> dict:
    """Answer an order tree with {"plan": ...}, {"faults": [...]} or {"stops": [...]}."""
    order, faults = read_order(tree, today)
    if order is None or faults:
        return {"faults": faults}
    return plan_of_liquid(order) if isinstance(order, Liquid) else plan(order)
