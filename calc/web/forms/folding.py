"""The folded groups of a form that open by themselves: the next entry to make, or a default that shaped the plan."""

from __future__ import annotations

from calc.capsule.plan import Plan
from calc.faults import Stop, StopCode
from calc.liquid.plan import LiquidPlan
from calc.planning.codes import FillRule
from calc.planning.parts import Planned
from calc.sheet.parts import for_reserve, questions_asked

#: Groups whose fields can resolve a stop, besides the group of its own field.
_MENDED_BY = {
    StopCode.BELOW_LEAST_WEIGHABLE: ("balance",),
    StopCode.ROUNDING_ABOVE_LIMIT: ("balance",),
    StopCode.TABLET_LIGHTER_THAN_DRUG: ("weighing",),
    StopCode.CAPSULE_TOO_SMALL: ("fill",),
    StopCode.STRENGTH_NOT_IN_DRUG_FILE: ("drug",),
    StopCode.DOSE_BELOW_MARK: ("syringes",),
}


def opened_by_plan(plan: Plan) -> frozenset[str]:
    """Return the groups that a plan opens: the next entry, questions on the drug, a balance too coarse by default."""
    opened = set(_assessment(plan))
    if not plan.powder.known or for_reserve(plan.notices, plan.powder.tablets):
        opened.add("weighing")
    elif plan.fill.rule in (FillRule.ESTIMATE, FillRule.UNKNOWN):
        opened.add("fill")
    elif plan.drug is not None and _to_be_asked(plan):
        opened.add("screening")
    if plan.triturations and "balance.readability" in plan.order.defaults:
        opened.add("balance")
    return frozenset(opened)


def opened_by_liquid(plan: LiquidPlan) -> frozenset[str]:
    """Return the groups that the plan of a liquid opens: questions on the drug; weighing, if it takes a portion."""
    more = for_reserve(plan.notices, plan.source.tablets)
    if more or (not plan.source.known and not plan.whole_tablets):
        return _assessment(plan) | {"weighing"}
    return _assessment(plan) or frozenset({"screening"} if _to_be_asked(plan) else ())


def _assessment(plan: Planned) -> frozenset[str]:
    """Return the group of the questions on a drug without a file, while one of them has no answer."""
    return frozenset({"assessment"} if plan.drug is None and _to_be_asked(plan) else ())


def _to_be_asked(plan: Planned) -> bool:
    """Return True if a question before release has no answer yet."""
    return any(question.open for question in questions_asked(plan))


def opened_by_stops(stops: tuple[Stop, ...]) -> frozenset[str]:
    """Return the groups that stops open, besides those of their own fields."""
    return frozenset(key for stop in stops for key in _MENDED_BY.get(stop.code, ()))
