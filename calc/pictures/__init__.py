"""Pictures of a plan, drawn to scale: every length, area or volume is in proportion to one of its figures."""

from __future__ import annotations

from dataclasses import dataclass

from calc.capsule.plan import Plan
from calc.orders.sources import CapsuleSource
from calc.pictures.balance import balance
from calc.pictures.capsule import capsule
from calc.pictures.drawing import Picture
from calc.pictures.mortar import Mortar, mortar
from calc.pictures.sizes import sizes
from calc.pictures.spread import spread
from calc.pictures.tablets import tablets
from calc.wording.opened import retold


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of one plan; None if there is nothing to draw."""

    tablets: Picture | None
    capsule: Picture | None
    mortar: Mortar | None
    balance: Picture | None
    sizes: Picture | None
    spread: Picture | None


def pictures(plan: Plan) -> Pictures:
    """Draw every picture of a plan."""
    of_tablets = None if isinstance(plan.order.source, CapsuleSource) else tablets(plan)
    drawn = Pictures(of_tablets, capsule(plan), mortar(plan), balance(plan), sizes(plan), spread(plan))
    return retold(drawn, plan.order, plan.drug)
