"""The folded groups of a form that open by themselves: what a plan or a stop asks for, a default that shaped it."""

from __future__ import annotations

from collections.abc import Iterator

from calc.capsule.plan import Plan
from calc.faults import Stop, StopCode
from calc.liquid.plan import LiquidPlan
from calc.orders.sources import POWDERS, CapsuleSource
from calc.planning.parts import Planned
from calc.sheet.parts import for_reserve, questions_asked

#: Groups whose fields can resolve a stop, besides the group of its own field.
_MENDED_BY = {
    StopCode.BELOW_LEAST_WEIGHABLE: ("balance",),
    StopCode.ROUNDING_ABOVE_LIMIT: ("balance",),
    StopCode.STRENGTH_NOT_IN_DRUG_FILE: ("form",),
}


def opened_by_plan(plan: Plan) -> frozenset[str]:
    """Return the groups that a plan opens: questions on the drug, a certificate, a balance too coarse by default."""
    opened = set(_of_the_source(plan))
    if for_reserve(plan.notices, plan.powder.tablets):
        opened.add("loss")
    if plan.triturations and "balance.readability" in plan.order.defaults:
        opened.add("balance")
    return frozenset(opened)


def opened_by_liquid(plan: LiquidPlan) -> frozenset[str]:
    """Return the groups that the plan of a liquid opens."""
    more = {"loss"} if for_reserve(plan.notices, plan.source.tablets) else set()
    return frozenset({*_of_the_source(plan), *more})


def _of_the_source(plan: Planned) -> Iterator[str]:
    """Yield the groups about the source: a bulk powder's certificate; questions on a drug without a file."""
    if isinstance(plan.order.source, POWDERS):
        yield "bulk"
    if isinstance(plan.order.source, CapsuleSource):
        yield "capsules"
    if plan.drug is None and any(question.open for question in questions_asked(plan)):
        yield "assessment"


def opened_by_stops(stops: tuple[Stop, ...]) -> frozenset[str]:
    """Return the groups that stops open, besides those of their own fields."""
    return frozenset(key for stop in stops for key in _MENDED_BY.get(stop.code, ()))
