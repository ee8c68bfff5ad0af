"""The JSON answer to a titration from a liquid: its batch with the order, and the calendar in volumes."""

from __future__ import annotations

from calc.answers.figures import amount
from calc.answers.parts import VERSION, acknowledged_shown, cautions_shown, notices_shown
from calc.answers.problems import stop_shown
from calc.arithmetic.units import MG, ML, Figure
from calc.library import Library
from calc.liquid.answer import answer as plan_answer
from calc.liquid.answer import strength_shown, syringe_shown, volume_of_dose
from calc.orders.query import shortest_pairs_of, written
from calc.titration.answer import doses_of_schedule, in_full, step_shown
from calc.titration.liquid_contract import (
    LiquidBatchPlanShown,
    LiquidBatchShown,
    LiquidTitrationAnswer,
    MeasuredShown,
)
from calc.titration.liquid_plan import LiquidBatch, LiquidTitrationPlan, Measured
from calc.titration.liquid_planning import OF_EQUAL_DOSES, OF_ONE_DOSE
from calc.titration.liquid_schedule import LIQUID
from calc.wording.titration import HOW_OFTEN


def liquid_titration_answer(plan: LiquidTitrationPlan, library: Library) -> LiquidTitrationAnswer:
    """Return the whole JSON answer to one schedule that is taken from a liquid."""
    often, drug = plan.titration.doses_per_day, library.drug_of(plan.titration.order.drug)
    return {
        "preparation": LIQUID,
        "schedule": [step_shown(step) for step in plan.steps],
        "doses_per_day": often,
        "batch": _batch(plan, plan.batch),
        "one_syringe": plan.one_syringe,
        "other_strengths": [
            {"strength": strength_shown(each.strength), "capacity": amount(each.capacity)}
            for each in plan.other_strengths
        ],
        "calendar": [_measured(each, often) for each in plan.calendar],
        "cautions": cautions_shown(drug, doses_of_schedule(plan, drug)),
        "notices": notices_shown(plan.notices),
        "version": VERSION,
    }


def taken_said(volume: Figure, often: int) -> str:
    """Return what is taken, as a patient reads it: "0.1 mL once a day"."""
    return f"{volume_of_dose(volume)['text']} {HOW_OFTEN[often]}"


def _measured(each: Measured, often: int) -> MeasuredShown:
    return {
        "from": each.step.first.isoformat(),
        "to": each.step.last.isoformat(),
        "dose": in_full(each.step.dose.to(MG)),
        "volume": volume_of_dose(each.volume),
        "syringe": syringe_shown(each.syringe),
        "volume_in_all": volume_of_dose(each.in_all),
        "text": taken_said(each.volume, often),
    }


def _batch(plan: LiquidTitrationPlan, batch: LiquidBatch) -> LiquidBatchShown:
    return {
        "strength": strength_shown(batch.strength),
        "volume_needed": volume_of_dose(batch.volume_needed),
        "volume": amount(batch.order.volume.to(ML)),
        "from": plan.steps[0].first.isoformat(),
        "to": plan.steps[-1].last.isoformat(),
        "lasts_until": None if batch.lasts_until is None else batch.lasts_until.isoformat(),
        "order": batch.order.understood(),
        "query": written(shortest_pairs_of(batch.order)),
        "plan": _plan(batch),
        "stops": [stop_shown(stop) for stop in batch.stops],
        "acknowledged": acknowledged_shown(batch.acknowledged),
    }


def _plan(batch: LiquidBatch) -> LiquidBatchPlanShown | None:
    if batch.plan is None:
        return None
    json_answer = plan_answer(batch.plan)
    shown, told_elsewhere = json_answer["plan"], {code.value for code in (*OF_ONE_DOSE, *OF_EQUAL_DOSES)}
    return {
        "tablets_to_crush": shown["tablets_to_crush"],
        "portion": shown["portion"],
        "portion_share": shown["portion_share"],
        "drug_needed": shown["drug_needed"],
        "drug_left_over": shown["drug_left_over"],
        "bottle": shown["bottle"],
        "beyond_use": shown["beyond_use"],
        "notices": [notice for notice in shown["notices"] if notice["code"] not in told_elsewhere],
        "fingerprint": json_answer["fingerprint"],
    }
