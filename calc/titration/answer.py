"""The JSON answer to a titration: every figure as shown and exact, every batch with its order."""

from __future__ import annotations

from typing import Any, cast

from calc.answers.contract import Shown
from calc.answers.figures import amount, share
from calc.answers.parts import VERSION, acknowledged_shown, cautions_shown, notices_shown
from calc.answers.problems import stop_shown
from calc.answers.writer import Writer
from calc.arithmetic.notation import plain
from calc.arithmetic.units import CAPSULE, MG, Figure, Unit, figure
from calc.capsule.answer import answer as plan_answer
from calc.capsule.plan import Plan
from calc.drug import Drug
from calc.library import Library
from calc.orders.query import shortest_pairs_of, written
from calc.planning.basis import doses_told_of
from calc.titration.contract import (
    BatchPlanShown,
    BatchShown,
    CommonPowderShown,
    RecommendedShown,
    ScheduleStepShown,
    TakenTogetherShown,
    TakingShown,
    TitrationAnswer,
    TogetherShown,
    WayShown,
)
from calc.titration.liquid_plan import LiquidTitrationPlan
from calc.titration.plan import Batch, CommonPowder, DatedStep, Recommended, Taking, TitrationPlan, Way
from calc.titration.planning import notices_of
from calc.wording.figures import drug_said, said
from calc.wording.titration import AND, BATCHES, HOW_OFTEN, RECOMMENDED, TAKE, WAY_TITLES


def answer(plan: TitrationPlan, library: Library) -> TitrationAnswer:
    """Return the whole JSON answer to one schedule."""
    order = plan.titration.order
    drug = library.drug_of(order.drug)
    often = plan.titration.doses_per_day
    return {
        "schedule": [step_shown(step) for step in plan.steps],
        "doses_per_day": often,
        "ways": [_alone(way, often) for way in plan.ways],
        "together": [_together(way, often) for way in plan.together],
        "recommended": _recommended(plan),
        "cautions": cautions_shown(drug, doses_of_schedule(plan, drug)),
        "notices": notices_shown(plan.notices),
        "version": VERSION,
    }


def doses_of_schedule(plan: TitrationPlan | LiquidTitrationPlan, drug: Drug | None) -> tuple[Figure, ...]:
    """Return the largest dose of a schedule and the amount of it on one day; nothing for a drug without a file."""
    if drug is None:
        return ()
    most = max(step.dose for step in plan.steps)
    return doses_told_of(plan.titration.order, drug, most, plan.titration.doses_per_day)


def take_said(line: tuple[Taking, ...], often: int, unit: Unit) -> str:
    """Return what is taken, as a patient reads it: "2 capsules of 1.5 mg once a day"; strengths are in `unit`."""
    return f"{AND.join(capsules_said(taking, unit) for taking in line)} {HOW_OFTEN[often]}"


def capsules_said(taking: Taking, unit: Unit) -> str:
    """Return what is taken at one time of one strength: "2 capsules of 1.5 mg"."""
    capsules = plain(figure(taking.at_one_time, CAPSULE))
    return TAKE.format(capsules=capsules, strength=drug_said(Figure(taking.strength.value, MG), unit))


def in_full(dose: Figure) -> Shown:
    """Return a dose or a strength in full; a small one is printed in mcg, as in a sentence."""
    return {**amount(dose), "text": said(dose)}


def step_shown(step: DatedStep) -> ScheduleStepShown:
    """Return one step of the schedule."""
    return {
        "dose": in_full(step.dose.to(MG)),
        "days": step.days,
        "from": step.first.isoformat(),
        "to": step.last.isoformat(),
        "doses": step.doses,
        "drug": amount(step.drug),
    }


def _way(way: Way) -> dict[str, Any]:
    """Return what every way has, without its calendar."""
    needed, left = way.drug_needed, way.drug_left_over
    return {
        "code": way.code.value,
        "batches": [_batch(batch) for batch in way.batches],
        "capsules": way.capsules,
        "most_capsules_a_dose": way.most_at_one_time,
        "tablets": way.tablets,
        "drug_needed": None if needed is None else amount(needed),
        "drug_left_over": None if left is None else amount(left),
        "capsules_left_over": way.capsules_left_over,
        "common_powder": None if way.common_powder is None else _common(way.common_powder, way.plans[0]),
    }


def _common(powder: CommonPowder, plan: Plan) -> CommonPowderShown:
    """Return the common powder; masses are on the balance of `plan`, which is that of every batch."""
    write = Writer(plan.order.balance.readability)
    return {
        "tablets": powder.tablets,
        "mass": None if powder.mass is None else write.as_it_is(powder.mass),
        "portions": [
            {
                "strength": in_full(each.strength),
                "share": share(each.share),
                "portion": write.on_balance_or_none(each.portion),
            }
            for each in powder.portions
        ],
        "left_over": None if powder.left_over is None else write.as_it_is(powder.left_over),
    }


def _alone(way: Way, often: int) -> WayShown:
    return cast(WayShown, {**_way(way), "calendar": [_taking(line, often, way.unit) for line in way.calendar]})


def _taking(line: tuple[Taking, ...], often: int, unit: Unit) -> TakingShown:
    (taking,) = line
    return {
        "from": taking.step.first.isoformat(),
        "to": taking.step.last.isoformat(),
        "dose": in_full(taking.step.dose.to(MG)),
        "capsules_a_dose": taking.at_one_time,
        "strength": in_full(taking.strength),
        "capsules": taking.capsules,
        "text": take_said(line, often, unit),
    }


def _together(way: Way, often: int) -> TogetherShown:
    calendar: list[TakenTogetherShown] = [
        {
            "from": line[0].step.first.isoformat(),
            "to": line[0].step.last.isoformat(),
            "dose": in_full(line[0].step.dose.to(MG)),
            "capsules_a_dose": sum(taking.at_one_time for taking in line),
            "parts": [
                {
                    "strength": in_full(taking.strength),
                    "capsules_a_dose": taking.at_one_time,
                    "capsules": taking.capsules,
                }
                for taking in line
            ],
            "capsules": sum(taking.capsules for taking in line),
            "text": take_said(line, often, way.unit),
        }
        for line in way.calendar
    ]
    notices = notices_shown(tuple(notices_of((way,))))
    return cast(TogetherShown, {**_way(way), "notices": notices, "calendar": calendar})


def _recommended(plan: TitrationPlan) -> RecommendedShown | None:
    if plan.recommended is None:
        return None
    way, why = plan.recommended.way, plan.recommended.why
    return {"way": way.code.value, "reason": why.value, "text": recommended_said(plan.recommended)}


def recommended_said(recommended: Recommended) -> str:
    """Return the recommendation with its reason."""
    way = recommended.way
    return RECOMMENDED[recommended.why].format(
        way=WAY_TITLES[way.code],
        batches=BATCHES[min(len(way.batches), 2)].format(count=len(way.batches)),
        capsules=plain(figure(way.most_at_one_time, CAPSULE)),
    )


def _batch(batch: Batch) -> BatchShown:
    return {
        "strength": in_full(batch.strength),
        "quantity": batch.quantity,
        "from": batch.first.isoformat(),
        "to": batch.last.isoformat(),
        "order": batch.order.understood(),
        "query": written(shortest_pairs_of(batch.order)),
        "plan": _plan(batch),
        "stops": [stop_shown(stop) for stop in batch.stops],
        "acknowledged": acknowledged_shown(batch.acknowledged),
    }


def _plan(batch: Batch) -> BatchPlanShown | None:
    if batch.plan is None or batch.left_over is None:
        return None
    json_answer = plan_answer(batch.plan)
    shown = json_answer["plan"]
    return {
        "batch": shown["batch"],
        "tablets_to_crush": shown["tablets_to_crush"],
        "drug_needed": shown["drug_needed"],
        "drug_left_over": shown["drug_left_over"],
        "capsules_left_over": batch.left_over,
        "beyond_use": shown["beyond_use"],
        "notices": shown["notices"],
        "fingerprint": json_answer["fingerprint"],
    }
