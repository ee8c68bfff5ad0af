"""A plan as the answer of the endpoint: every figure as shown, exact, and as printed; and its fingerprint."""

from __future__ import annotations

from importlib.metadata import version

from calc.answers.contract import (
    AcknowledgedShown,
    Answer,
    Band,
    BeyondUseShown,
    CautionShown,
    NoticeShown,
    OfferShown,
    PlanShown,
    Shown,
    SizeShown,
    SpreadShown,
    StepShown,
    WeighingShown,
)
from calc.answers.figures import (
    amount,
    as_shown,
    deviation,
    dose,
    in_capsule,
    in_grams,
    on_display,
    root_share,
    share,
    strength_after,
)
from calc.answers.fingerprint import fingerprint
from calc.arithmetic import notation
from calc.arithmetic.rounding import to_step
from calc.arithmetic.units import MG, RATIO, TABLET, Figure, G
from calc.capsule.plan import Acknowledged, BeyondUse, Offer, OnBalance, Plan, SizeRow, Weighing
from calc.capsule.planning.reverse_check import capsule_step
from calc.drug import Drug
from calc.faults import Notice, Reason
from calc.planning.codes import Step
from calc.references import REFERENCES
from calc.rules.spread import Spread
from calc.wording import STEPS, notice_text, stop_text, uncertainty
from calc.wording.figures import said
from calc.wording.steps import GIVEN_A_REASON, REASONS, ROUNDINGS

VERSION = version("triturate")


class Writer:
    """Writes the figures of one plan: what is weighed in grams with the balance's decimals, throughout."""

    def __init__(self, readability: Figure) -> None:
        self.readability = readability
        step = readability.to(G)
        self.balance_decimals = len((notation.decimal(step) or "").partition(".")[2])
        self.capsule_decimals = len((notation.decimal(capsule_step(readability)) or "").partition(".")[2])

    def on_balance(self, mass: OnBalance | Figure) -> Shown:
        """A mass as the balance shows it."""
        exact, shown = (
            (mass.exact, mass.shown) if isinstance(mass, OnBalance) else (mass, to_step(mass, self.readability))
        )
        return in_grams(exact, on_display(shown, self.balance_decimals)).shown()

    def on_balance_or_none(self, mass: OnBalance | Figure | None) -> Shown | None:
        """The same, where the mass may not be known."""
        return None if mass is None else self.on_balance(mass)

    def per_capsule(self, figure: Figure | None) -> Shown | None:
        """A mass in one capsule, one decimal finer than the balance."""
        return None if figure is None else self.of_capsule(figure)

    def of_capsule(self, figure: Figure) -> Shown:
        """The same, where the mass is known."""
        return in_capsule(figure, self.capsule_decimals).shown()

    def band(self, mass: OnBalance) -> Shown:
        """A limit of the capsule's band, in mg as the balance resolves it."""
        return as_shown(mass.exact.to(MG), notation.trimmed(notation.fixed(mass.shown.to(MG), 6)))


def answer(plan: Plan) -> Answer:
    """The whole answer of the endpoint to the order of this plan."""
    understood = plan.order.understood()
    shown = plan_shown(plan)
    return {
        "order": understood,
        "defaults": list(plan.order.defaults),
        "plan": shown,
        "fingerprint": fingerprint(understood, shown),
        "version": VERSION,
    }


def plan_shown(plan: Plan) -> PlanShown:
    """The plan as the contract names it."""
    write = Writer(plan.order.balance.readability)
    powder, fill = plan.powder, plan.fill
    of = powder.tablets
    check = plan.reverse_check
    return {
        "batch": powder.batch,
        "drug_needed": amount(powder.drug_needed),
        "tablets_exact": None if of is None else tablets_exact(of.exact),
        "tablets_to_crush": None if of is None else of.number,
        "portion_share": None if of is None else share(of.share),
        "portion": write.on_balance_or_none(powder.portion),
        "powder_per_capsule": write.per_capsule(fill.powder_per_capsule),
        "share_of_body": None if fill.share_of_body is None else share(fill.share_of_body),
        "diluent_per_capsule": write.per_capsule(fill.diluent_per_capsule),
        "diluent": write.on_balance_or_none(fill.diluent),
        "fill_mass": write.per_capsule(fill.fill_mass),
        "gross_band": _band(plan, write),
        "drug_left_over": None if of is None else amount(of.drug_left_over),
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
        "spread": None if plan.spread is None else spread_shown(plan, plan.spread),
    }


def weighings_shown(weighings: tuple[Weighing, ...], write: Writer) -> list[WeighingShown]:
    """The things on the balance and the balance's verdicts."""
    return [
        {
            "name": weighing.name.value,
            "mass": write.on_balance_or_none(weighing.mass),
            "least": write.on_balance(weighing.least),
            "ok": weighing.ok,
        }
        for weighing in weighings
    ]


def cautions_shown(drug: Drug | None) -> list[CautionShown]:
    """The clinical warnings of a drug; none of a drug without a file."""
    return [
        {"code": caution.code, "text": caution.text, "reference": caution.reference}
        for caution in (drug.cautions if drug is not None else ())
    ]


def notices_shown(notices: tuple[Notice, ...]) -> list[NoticeShown]:
    """What to read first."""
    return [{"code": notice.code.value, "text": notice_text(notice)} for notice in notices]


def acknowledged_shown(acknowledged: tuple[Acknowledged, ...]) -> list[AcknowledgedShown]:
    """The stops that were let pass, each with the reason given."""
    return [
        {
            "code": passed.stop.code.value,
            "value": passed.stop.value,
            "reason": passed.acknowledgement.reason,
            "text": GIVEN_A_REASON.format(
                stop=stop_text(passed.stop), reason=REASONS[Reason(passed.acknowledgement.reason)]
            ),
        }
        for passed in acknowledged
    ]


def beyond_use_shown(dated: BeyondUse) -> BeyondUseShown:
    """The beyond-use date, what bound it, and the other dates."""
    return {
        "date": dated.bound.date.isoformat(),
        "bound_by": dated.bound.by,
        "others": [{"by": limit.by, "date": limit.date.isoformat()} for limit in dated.others],
    }


def spread_shown(plan: Plan, found: Spread) -> SpreadShown:
    """What the weighings leave open in the dose of the batch, as the contract names it."""
    write, largest = Writer(plan.order.balance.readability), found.largest
    return {
        "terms": [
            {
                "name": term.name,
                "step": term.step,
                "mass": write.on_balance(term.mass),
                "error": as_shown(term.error, notation.exact(term.error), said(term.error)),
                "kind": term.kind.value,
                "of_mass": root_share(term.of_mass),
                "of_dose": root_share(term.of_dose),
            }
            for term in found.terms
        ],
        "batch": root_share(found.batch),
        "largest": None if largest is None else {"name": largest.name, "step": largest.step},
        "shift": deviation(found.shift),
        "conditions": uncertainty.conditions(plan, found),
    }


def tablets_exact(figure: Figure) -> Shown:
    """Tablets as a fraction of tablets, to four significant digits."""
    return as_shown(figure.to(TABLET), notation.significant(figure, 4))


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


def step_shown(step: Step, write: Writer) -> StepShown:
    """One line of work: the equation in words, with its numbers, and what came out."""
    result = notation.working(step.result)
    if step.rounded is not None and step.rounding is not None and step.rounded != step.result:
        result = f"{result}, {ROUNDINGS[step.rounding]} {_rounded(step.rounded, write)}"
    elif step.result.unit is RATIO and step.rounding is None:
        result = f"{result} ({said(step.result)})"
    return {
        "code": step.code.value,
        "title": STEPS[step.code],
        "formula": step.formula.text,
        "substituted": step.formula.substituted(step.given),
        "result": result,
        "reference": REFERENCES[step.formula.reference],
    }


def _rounded(figure: Figure, write: Writer) -> str:
    if figure.unit is MG:
        return write.on_balance(figure)["text"]
    return notation.plain(figure)
