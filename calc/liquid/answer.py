"""The JSON answer to an order of a liquid: every figure as shown, exact and as printed; and its fingerprint."""

from __future__ import annotations

from calc.answers.contract import Shown
from calc.answers.figures import amount, as_shown, deviation, dose
from calc.answers.parts import (
    Writer,
    acknowledged_shown,
    beyond_use_shown,
    cautions_shown,
    left_over_shown,
    notices_shown,
    source_shown,
    step_shown,
    weighings_shown,
    whole,
)
from calc.arithmetic.notation import significant
from calc.arithmetic.units import Figure
from calc.liquid.contract import LiquidAnswer, LiquidPlanShown, MarkShown, SyringeShown
from calc.liquid.plan import LiquidPlan, Mark, SyringeUsed
from calc.wording.figures import said


def answer(plan: LiquidPlan) -> LiquidAnswer:
    """Return the whole JSON answer to the order of this plan."""
    return whole(plan.order, plan_shown(plan))


def plan_shown(plan: LiquidPlan) -> LiquidPlanShown:
    """Return the plan under the keys of the contract."""
    write = Writer(plan.order.balance.readability)
    source, check = plan.source, plan.reverse_check
    return {
        "drug_needed": amount(source.drug_needed),
        **source_shown(source, write),
        "drug_left_over": left_over_shown(source),
        "whole_tablet_volumes": [
            {"tablets": each.tablets, "volume": amount(each.volume), "doses": each.doses, "days": each.days}
            for each in plan.whole_tablet_volumes
        ],
        "strength_per_container": amount(plan.strength_per_container),
        "dose_volume": volume_of_dose(plan.dose_volume),
        "syringe": _syringe(plan.syringe),
        "other_strengths": [
            {
                "strength": strength_shown(other.strength),
                "dose_volume": volume_of_dose(other.dose_volume),
                "capacity": amount(other.capacity),
            }
            for other in plan.other_strengths
        ],
        "doses": plan.doses,
        "days": plan.days,
        "bottle": {"capacity": amount(plan.bottle.capacity), "count": plan.bottle.count},
        "weighings": weighings_shown(plan.weighings, write),
        "steps": [step_shown(step, write) for step in plan.steps],
        "cautions": cautions_shown(plan.drug),
        "notices": notices_shown(plan.notices),
        "acknowledged": acknowledged_shown(plan.acknowledged),
        "beyond_use": beyond_use_shown(plan.beyond_use),
        "reverse_check": None
        if check is None
        else {"strength": back_shown(check.strength), "deviation": deviation(check.deviation)},
    }


def strength_shown(strength: Figure) -> Shown:
    """Return a strength ordered or proposed, in full; a small one is printed in mcg."""
    return {**amount(strength), "text": said(strength)}


def back_shown(strength: Figure) -> Shown:
    """Return a strength computed back, to four significant digits."""
    return as_shown(strength, significant(strength.value, 4))


def volume_of_dose(volume: Figure) -> Shown:
    """Return the volume of a dose, to four significant digits."""
    return as_shown(volume, significant(volume.value, 4))


def _syringe(syringe: SyringeUsed) -> SyringeShown:
    return {
        "capacity": amount(syringe.capacity),
        "graduation": amount(syringe.graduation),
        "fillings": syringe.fillings,
        "on_a_mark": syringe.on_a_mark,
        "mark_below": _mark(syringe.mark_below),
        "mark_above": _mark(syringe.mark_above),
    }


def _mark(mark: Mark | None) -> MarkShown | None:
    if mark is None:
        return None
    return {"volume": amount(mark.volume), "dose": dose(mark.dose), "deviation": deviation(mark.deviation)}
