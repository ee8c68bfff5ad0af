"""The JSON answer to an order of capsules: every figure as shown, exact and as printed; and its fingerprint."""

from __future__ import annotations

from calc.answers.contract import Band
from calc.answers.figures import amount, as_shown, deviation, dose, root_share, share, strength_after
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
from calc.arithmetic import notation
from calc.capsule.conditions import conditions
from calc.capsule.contract import Answer, OfferShown, PlanShown, SizeShown, SpreadShown
from calc.capsule.plan import Offer, Plan, SizeRow
from calc.rules.spread import Spread
from calc.wording.figures import said


def answer(plan: Plan) -> Answer:
    """Return the whole JSON answer to the order of this plan."""
    return whole(plan.order, plan_shown(plan))


def plan_shown(plan: Plan) -> PlanShown:
    """Return the plan under the keys of the contract."""
    write = Writer(plan.order.balance.readability)
    powder, fill = plan.powder, plan.fill
    check = plan.reverse_check
    return {
        "batch": powder.batch,
        "drug_needed": amount(powder.drug_needed),
        **source_shown(powder, write),
        "powder_per_capsule": write.per_capsule(fill.powder_per_capsule),
        "share_of_body": None if fill.share_of_body is None else share(fill.share_of_body),
        "diluent_per_capsule": write.per_capsule(fill.diluent_per_capsule),
        "diluent": write.on_balance_or_none(fill.diluent),
        "fill_mass": write.per_capsule(fill.fill_mass),
        "gross_band": _band(plan, write),
        "drug_left_over": left_over_shown(powder),
        "estimated": list(plan.estimated),
        "weighings": weighings_shown(plan.weighings, write),
        "triturations": [
            {
                "weigh": write.on_balance_or_none(step.weigh),
                "all_of_it": step.all_of_it,
                "diluent": write.on_balance_or_none(step.diluent),
                "total": write.on_balance(step.total),
                "take": write.on_balance(step.take),
                "strength_after": strength_after(step.strength_after),
            }
            for step in plan.triturations
        ],
        "ladder": [{"add": write.on_balance(rung.add), "total": write.on_balance(rung.total)} for rung in plan.ladder],
        "sizes": [_size(row, write) for row in plan.sizes],
        "offers": [_offer(offer) for offer in plan.offers],
        "steps": [step_shown(step, write) for step in plan.steps],
        "cautions": cautions_shown(plan.drug),
        "notices": notices_shown(plan.notices),
        "acknowledged": acknowledged_shown(plan.acknowledged),
        "beyond_use": beyond_use_shown(plan.beyond_use),
        "reverse_check": None if check is None else {"dose": dose(check.dose), "deviation": deviation(check.deviation)},
        "spread": None if plan.spread is None else spread_shown(plan, plan.spread, write),
    }


def spread_shown(plan: Plan, spread: Spread, write: Writer) -> SpreadShown:
    """Return the spread of the batch's dose due to its weighings, under the keys of the contract."""
    largest, error = spread.largest, spread.terms[0].error  # of the balance, the same at every weighing
    error_shown = as_shown(error, notation.exact(error), said(error))
    return {
        "terms": [
            {
                "name": term.name,
                "step": term.step,
                "mass": write.on_balance(term.mass),
                "error": error_shown,
                "kind": term.kind.value,
                "of_mass": root_share(term.of_mass),
                "of_dose": root_share(term.of_dose),
            }
            for term in spread.terms
        ],
        "batch": root_share(spread.batch),
        "largest": None if largest is None else {"name": largest.name, "step": largest.step},
        "shift": deviation(spread.shift),
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
        "share": None if row.share is None else share(row.share),
    }


def _offer(offer: Offer) -> OfferShown:
    return {
        "code": offer.code.value,
        "capsules": offer.capsules,
        "tablets": offer.tablets,
        "dose": dose(offer.dose),
        "deviation": deviation(offer.deviation),
        "deviation_at_loss": deviation(offer.deviation_at_loss),
        "drug_left_over": amount(offer.drug_left_over),
        "surplus": offer.surplus,
    }
