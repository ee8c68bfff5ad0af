"""Remarks on a batch of capsules: its materials, the dose computed back, errors that weighing cannot remove."""

from __future__ import annotations

from calc.capsule.contract import PlanShown
from calc.capsule.plan import Plan
from calc.sheet.names import text_of_drug
from calc.wording import page
from calc.wording.figures import said


def materials(plan: Plan) -> str:
    """Return the diluent that fills up the capsules, and their size."""
    size = plan.order.capsule.size
    capsules = page.MATERIALS_SIZE.format(size=size) if size is not None else page.MATERIALS_NO_SIZE
    return page.MATERIALS.format(diluent=plan.order.diluent.name, capsules=capsules)


def remarks(plan: Plan, shown: PlanShown) -> tuple[str, ...]:
    """Return the remarks on the batch: the dose computed back, the effect of rounding, the label claim."""
    lines = []
    if plan.reverse_check is not None and shown["reverse_check"] is not None:
        check = shown["reverse_check"]
        dose = text_of_drug(plan, plan.reverse_check.dose, check["dose"])
        lines.append(page.REVERSE.format(dose=dose, deviation=check["deviation"]["text"]))
    if plan.powder.rounding_effect is not None and plan.powder.rounding_effect.value:
        lines.append(page.ROUNDING.format(effect=said(plan.powder.rounding_effect)))
    return (*lines, page.LABEL_CLAIM) if plan.powder.tablets is not None else tuple(lines)
