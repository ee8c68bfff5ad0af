"""The JSON answer to an order of capsules: every figure as shown, exact and as printed; and its fingerprint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from calc.answers.bench import bench_shown
from calc.answers.contract import Band, Fills, IngredientShown, Shown
from calc.answers.figures import as_shown
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
from calc.arithmetic import notation
from calc.arithmetic.units import CAPSULE, figure
from calc.capsule.conditions import conditions
from calc.capsule.contract import (
    Answer,
    ContentOfTabletsShown,
    OfferShown,
    PlanShown,
    ReverseCheckShown,
    SizeShown,
    SpreadShown,
    TriturationShown,
)
from calc.capsule.plan import Offer, Plan, SizeRow, Trituration
from calc.capsule.planning.bench import work_of
from calc.planning.codes import FillRule
from calc.rules.ingredients import ingredient_per_capsule
from calc.rules.spread import Spread
from calc.wording.figures import said


def answer(plan: Plan) -> Answer:
    """Return the whole JSON answer to the order of this plan."""
    return whole(plan.order, plan_shown(plan))


def answer_for_sheet(plan: Plan) -> Answer:
    """Return the answer as a sheet needs it, without the work at the bench."""
    return whole(plan.order, plan_shown(plan, _ON_SHEETS))


def plan_shown(plan: Plan, keys: Iterable[str] = ()) -> PlanShown:
    """Return the plan under the keys of the contract, or under these alone."""
    return cast(PlanShown, shown_under(plan, WRITERS, keys or WRITERS))


def spread_shown(plan: Plan, spread: Spread, write: Writer) -> SpreadShown:
    """Return the spread of the batch's dose due to its weighings, under the keys of the contract."""
    largest, error = spread.largest, spread.terms[0].error  # of the balance, the same at every weighing
    error_shown = as_shown(error, notation.exact(error), said(error))
    as_typed = {"tablets", "portion"} if plan.powder.all_used else {"tablets"}
    return {
        "terms": [
            {
                "name": term.name,
                "step": term.step,
                "mass": write.as_it_is(term.mass) if term.name in as_typed else write.on_balance(term.mass),
                "error": error_shown,
                "kind": term.kind.value,
                "of_mass": write.root_share(term.of_mass),
                "of_dose": write.root_share(term.of_dose),
            }
            for term in spread.terms
        ],
        "batch": write.root_share(spread.batch),
        "largest": None if largest is None else {"name": largest.name, "step": largest.step},
        "shift": write.deviation(spread.shift),
        "conditions": conditions(plan, spread),
    }


def _band(plan: Plan, write: Writer) -> Band | None:
    if plan.gross_band is None:
        return None
    low, high = plan.gross_band
    return {"low": write.band(low), "high": write.band(high)}


def _size(row: SizeRow, write: Writer) -> SizeShown:
    return {
        "size": row.size,
        "fill_mass": write.per_capsule(row.fill_mass),
        "diluent": write.on_balance_or_none(row.diluent),
        "share": None if row.share is None else write.share(row.share),
    }


def _offer(offer: Offer, write: Writer) -> OfferShown:
    return {
        "code": offer.code.value,
        "capsules": offer.capsules,
        "tablets": offer.tablets,
        "dose": write.dose(offer.dose),
        "deviation": write.deviation(offer.deviation),
        "deviation_at_loss": write.deviation(offer.deviation_at_loss),
        "drug_left_over": write.amount(offer.drug_left_over),
        "surplus": offer.surplus,
    }


def _trituration(step: Trituration, write: Writer) -> TriturationShown:
    return {
        "weigh": write.on_balance_or_none(step.weigh),
        "all_of_it": step.all_of_it,
        "diluent": write.on_balance_or_none(step.diluent),
        "total": write.on_balance(step.total),
        "take": write.on_balance(step.take),
        "strength_after": write.strength_after(step.strength_after),
    }


def _portion(plan: Plan, write: Writer) -> Shown | None:
    portion = plan.powder.portion
    if portion is None:
        return None
    return write.as_it_is(portion.exact) if plan.powder.all_used else write.on_balance(portion)


def _content_of_tablets(plan: Plan, write: Writer) -> ContentOfTabletsShown | None:
    content, tablets = plan.content_of_tablets, plan.powder.tablets
    if content is None or tablets is None:
        return None
    return {
        "weighed": tablets.weighed,
        "crushed": tablets.number,
        "typical": write.root_share(content.typical),
        "worst": write.root_share(content.worst),
    }


def _ingredients(plan: Plan, write: Writer) -> list[IngredientShown]:
    return [
        ingredient_shown(
            each,
            write,
            write.of_capsule(ingredient_per_capsule(each.amount.exact, figure(plan.powder.batch, CAPSULE))),
            _fills(plan, measured=plan.order.ingredients[each.place].packing_statistic is not None),
        )
        for each in plan.ingredients
    ]


def _fills(plan: Plan, *, measured: bool) -> Fills | None:
    """Return what room an ingredient takes in a capsule: by its packing, its mass, none, or as the diluent packs."""
    if plan.fill.rule is FillRule.UNKNOWN:
        return None
    if plan.fill.rule is FillRule.GIVEN:
        return "mass"
    return "packing" if measured else "diluent" if plan.fill.rule is FillRule.ESTIMATE else "neglected"


def _share_of_body(plan: Plan, write: Writer) -> Shown | None:
    return None if plan.fill.share_of_body is None else write.share(plan.fill.share_of_body)


def _reverse_check(plan: Plan, write: Writer) -> ReverseCheckShown | None:
    check = plan.reverse_check
    return None if check is None else {"dose": write.dose(check.dose), "deviation": write.deviation(check.deviation)}


#: What writes each key of the plan, in the order of the contract: chosen keys are written without the others.
WRITERS: Writers[Plan] = {
    "batch": lambda plan, _: plan.powder.batch,
    "drug_needed": lambda plan, write: write.amount(plan.powder.drug_needed),
    "tablets_exact": lambda plan, _: tablets_exact(plan.powder),
    "tablets_to_crush": lambda plan, _: tablets_to_crush(plan.powder),
    "portion_share": lambda plan, _: portion_share(plan.powder),
    "portion": _portion,
    "all_of_the_powder": lambda plan, _: plan.powder.all_used,
    "powder_per_capsule": lambda plan, write: write.per_capsule(plan.fill.powder_per_capsule),
    "share_of_body": _share_of_body,
    "diluent_per_capsule": lambda plan, write: write.per_capsule(plan.fill.diluent_per_capsule),
    "diluent": lambda plan, write: write.on_balance_or_none(plan.fill.diluent),
    "fill_mass": lambda plan, write: write.per_capsule(plan.fill.fill_mass),
    "gross_band": _band,
    "drug_left_over": lambda plan, _: left_over_shown(plan.powder),
    "estimated": lambda plan, _: list(plan.estimated),
    "weighings": lambda plan, write: weighings_shown(plan.weighings, write),
    "triturations": lambda plan, write: [_trituration(step, write) for step in plan.triturations],
    "ingredients": _ingredients,
    "ladder": lambda plan, write: [
        {"add": write.on_balance(rung.add), "total": write.on_balance(rung.total)} for rung in plan.ladder
    ],
    "sizes": lambda plan, write: [_size(row, write) for row in plan.sizes],
    "offers": lambda plan, write: [_offer(offer, write) for offer in plan.offers],
    "ten_tablets": lambda plan, write: None if plan.ten_tablets is None else _offer(plan.ten_tablets, write),
    **OF_EVERY_PLAN,
    "reverse_check": _reverse_check,
    "spread": lambda plan, write: None if plan.spread is None else spread_shown(plan, plan.spread, write),
    "content_of_tablets": _content_of_tablets,
    "bench": lambda plan, write: bench_shown(work_of(plan), write),
}
_ON_SHEETS = but_the_bench(WRITERS)
