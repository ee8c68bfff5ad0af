"""The JSON answer to an order of a liquid: every figure as shown, exact and as printed; and its fingerprint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from calc.answers.bench import bench_shown
from calc.answers.contract import Shown
from calc.answers.figures import amount, as_shown, deviation, dose
from calc.answers.parts import (
    OF_EVERY_PLAN,
    Writers,
    but_the_bench,
    ingredient_shown,
    left_over_shown,
    portion_share,
    shown_under,
    tablets_exact,
    tablets_to_crush,
    weighings_shown,
    whole,
)
from calc.answers.writer import Writer
from calc.arithmetic.notation import apart, significant
from calc.arithmetic.units import MG, ML, Figure
from calc.liquid.bench_steps import work_of
from calc.liquid.contract import (
    LiquidAnswer,
    LiquidPlanShown,
    MarkShown,
    NearlyWholeShown,
    OtherStrengthShown,
    StrengthBackShown,
    StrengthShown,
    SyringeShown,
    VehicleShown,
    WholeTabletVolumeShown,
)
from calc.liquid.plan import LiquidPlan, Mark, OtherStrength, SyringeUsed, WholeTabletVolume
from calc.liquid.said import about_if_rounded, strength_said
from calc.wording.figures import said


def answer(plan: LiquidPlan) -> LiquidAnswer:
    """Return the whole JSON answer to the order of this plan."""
    return whole(plan.order, plan_shown(plan))


def answer_for_sheet(plan: LiquidPlan) -> LiquidAnswer:
    """Return the answer as a sheet needs it, without the work at the bench."""
    return whole(plan.order, plan_shown(plan, _ON_SHEETS))


def plan_shown(plan: LiquidPlan, keys: Iterable[str] = ()) -> LiquidPlanShown:
    """Return the plan under the keys of the contract, or under these alone."""
    return cast(LiquidPlanShown, shown_under(plan, WRITERS, keys or WRITERS))


def strength_shown(strength: Figure) -> Shown:
    """Return a strength ordered or proposed, in full; a small one is printed in mcg."""
    return {**amount(strength), "text": said(strength)}


def back_shown(strength: Figure) -> Shown:
    """Return a strength computed back, to four significant digits."""
    return as_shown(strength, significant(strength.value, 4))


def volume_of_dose(volume: Figure) -> Shown:
    """Return the volume of a dose, to four significant digits."""
    return as_shown(volume, significant(volume.value, 4))


def volume_said(volume: object) -> str:
    """Return a volume to be measured, in full; blank if there is none."""
    return said(volume) if isinstance(volume, Figure) else ""


def _vehicle(plan: LiquidPlan, _: Writer) -> VehicleShown:
    vehicle = plan.vehicle
    return {
        "sugar_free": vehicle.sugar_free,
        "contains": list(vehicle.contains),
        "mixed": None if vehicle.mixed is None else amount(vehicle.mixed),
        "parts": [
            {
                "name": part.name,
                "volume": None if part.volume is None else amount(part.volume),
                "in_table": part.in_table,
            }
            for part in vehicle.parts
        ],
    }


def syringe_shown(syringe: SyringeUsed) -> SyringeShown:
    """Return the syringe that measures a dose, with its marks on either side."""
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


def _volume_of_tablets(each: WholeTabletVolume) -> WholeTabletVolumeShown:
    return {"tablets": each.tablets, "volume": amount(each.volume), "doses": each.doses, "days": each.days}


def _nearly_whole(plan: LiquidPlan, _: Writer) -> NearlyWholeShown | None:
    near = plan.nearly_whole
    if near is None:
        return None
    return {
        "code": "nearly_whole_tablets",
        "tablets": near.tablets,
        "strength": as_shown(near.strength, apart(near.strength, plan.strength, 4)),
        "deviation": deviation(near.deviation),
        "volume": as_shown(near.volume, apart(near.volume, plan.order.volume.to(ML), 4)),
    }


def _other_strength(other: OtherStrength) -> OtherStrengthShown:
    return {
        "strength": strength_shown(other.strength),
        "dose_volume": volume_of_dose(other.dose_volume),
        "capacity": amount(other.capacity),
    }


def _strength(plan: LiquidPlan, _: Writer) -> StrengthShown:
    """Return the strength as ordered, in 1 mL and in one dose, with "about" where it is rounded."""
    in_one_ml, dose = strength_shown(plan.strength), amount(plan.order.dose.to(MG))
    return {
        "text": strength_said(plan, MG),
        "in_one_ml": {**in_one_ml, "text": about_if_rounded(plan.strength, in_one_ml["text"])},
        "in_one_dose": {**dose, "text": about_if_rounded(plan.order.dose, dose["text"])},
    }


def _reverse_check(plan: LiquidPlan, _: Writer) -> StrengthBackShown | None:
    check = plan.reverse_check
    return None if check is None else {"strength": back_shown(check.strength), "deviation": deviation(check.deviation)}


#: What writes each key of the plan, in the order of the contract: chosen keys are written without the others.
WRITERS: Writers[LiquidPlan] = {
    "drug_needed": lambda plan, _: amount(plan.source.drug_needed),
    "tablets_exact": lambda plan, _: tablets_exact(plan.source),
    "tablets_to_crush": lambda plan, _: tablets_to_crush(plan.source),
    "portion_share": lambda plan, _: portion_share(plan.source),
    "portion": lambda plan, write: write.on_balance_or_none(plan.source.portion),
    "all_of_the_powder": lambda plan, _: plan.source.all_used,
    "drug_left_over": lambda plan, _: left_over_shown(plan.source),
    "whole_tablet_volumes": lambda plan, _: [_volume_of_tablets(each) for each in plan.whole_tablet_volumes],
    "nearly_whole_tablets": _nearly_whole,
    "strength": _strength,
    "strength_per_container": lambda plan, _: amount(plan.strength_per_container),
    "vehicle": _vehicle,
    "ingredients": lambda plan, write: [ingredient_shown(each, write) for each in plan.ingredients],
    "dose_volume": lambda plan, _: volume_of_dose(plan.dose_volume),
    "syringe": lambda plan, _: syringe_shown(plan.syringe),
    "other_strengths": lambda plan, _: [_other_strength(other) for other in plan.other_strengths],
    "doses": lambda plan, _: plan.doses,
    "days": lambda plan, _: plan.days,
    "bottle": lambda plan, _: {"capacity": amount(plan.bottle.capacity), "count": plan.bottle.count},
    "weighings": lambda plan, write: weighings_shown(plan.weighings, write),
    **OF_EVERY_PLAN,
    "reverse_check": _reverse_check,
    "bench": lambda plan, write: bench_shown(work_of(plan), write),
}
_ON_SHEETS = but_the_bench(WRITERS)
