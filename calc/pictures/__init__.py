"""Pictures of a plan, drawn to scale: every length is in proportion to one of its figures."""

from __future__ import annotations

from dataclasses import dataclass

from calc.capsule.plan import Plan
from calc.pictures.balance import balance
from calc.pictures.capsule import capsule
from calc.pictures.drawing import Picture
from calc.pictures.ladder import ladder
from calc.pictures.sizes import sizes
from calc.pictures.spread import spread
from calc.pictures.tablets import tablets


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of one plan; None if there is nothing to draw."""

    tablets: Picture | None
    capsule: Picture | None
    ladder: Picture | None
    balance: Picture | None
    sizes: Picture | None
    spread: Picture | None


def pictures(plan: Plan) -> Pictures:
    """Draw every picture of a plan."""
    return Pictures(tablets(plan), capsule(plan), ladder(plan), balance(plan), sizes(plan), spread(plan))
