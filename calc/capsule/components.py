"""The components of a batch of capsules: source of the drug, diluent, shells."""

from __future__ import annotations

from calc.capsule.contract import PlanShown
from calc.capsule.plan import Plan
from calc.capsule.planning.bench import is_measured
from calc.paper.components import Component, component, ingredients_of, source_of
from calc.planning.bench import SPARE_SHELLS
from calc.sheet.names import count_said, text_or
from calc.wording import paper as words


def components(plan: Plan, shown: PlanShown) -> list[Component]:
    """Return each component: its name, the amount planned, and its label data, as typed or blank to be written."""
    order = plan.order
    diluent = shown["diluent"] if is_measured(plan) else None
    size = words.SHELLS_SIZE.format(size=order.capsule.size) if order.capsule.size is not None else ""
    brand = f", {order.capsule.brand}" if order.capsule.brand is not None else ""
    shells = count_said(plan.powder.batch + SPARE_SHELLS)
    return [
        source_of(plan, plan.powder.tablets, _powder_planned(shown)),
        component(
            order.diluent.name,
            words.DILUENT_CHARACTERISTICS,
            " + ".join([*_in_triturations(shown), text_or(diluent, words.BY_FORMULA)]),
            lot=order.diluent.lot,
            expiry=order.diluent.expiry,
        ),
        *ingredients_of(plan.ingredients, order.ingredients, shown["ingredients"]),
        component(
            words.SHELLS.format(size=size, brand=brand),
            words.SHELL_CHARACTERISTICS,
            words.SHELLS_PLANNED.format(shells=shells),
            lot=order.capsule.lot,
            expiry=order.capsule.expiry,
        ),
    ]


def _powder_planned(shown: PlanShown) -> str:
    """Return the bulk powder to weigh: the portion, or the powder that a trituration begins with."""
    begin = shown["triturations"][0]["weigh"] if shown["triturations"] else shown["portion"]
    return text_or(begin, "")


def _in_triturations(shown: PlanShown) -> list[str]:
    """Return the diluent for each step of a trituration."""
    return [step["diluent"]["text"] for step in shown["triturations"] if step["diluent"] is not None]
