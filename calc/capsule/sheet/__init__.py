"""A plan of capsules as finished strings, for page and paper; nothing is computed or rounded afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from calc.capsule.answer import answer_for_sheet
from calc.capsule.contract import OfferShown, PlanShown
from calc.capsule.plan import Offer, Plan
from calc.capsule.sheet.bench import dose_back, work
from calc.capsule.sheet.headings import answer_line, echo, headline, human_scale, key_figures, next_action
from calc.capsule.sheet.lines import OfferLine, Sheet, SizeLine
from calc.capsule.sheet.remarks import materials, remarks
from calc.capsule.sheet.uncertainty import uncertainty
from calc.capsule.sheet.workbench import progress, readout
from calc.orders.sources import last_use
from calc.planning.basis import unit_of_drug
from calc.planning.bench_entries import NOTHING_AT_BENCH, AtBench
from calc.planning.codes import FillRule, OfferCode
from calc.sheet.names import amount_said, count_said, text_of_drug, text_or
from calc.sheet.parts import expiries_of_ingredients, framed, questions_asked
from calc.wording import page
from calc.wording.spelled_out import order_in_words
from calc.wording.steps import OFFERS

__all__ = ["Sheet", "sheet"]


def sheet(plan: Plan, at_bench: AtBench = NOTHING_AT_BENCH) -> Sheet:
    """Return the finished strings of a plan, with what was typed at the bench."""
    json_answer = answer_for_sheet(plan)
    shown = json_answer["plan"]
    questions = questions_asked(plan)
    expiries = {
        plan.order.source.component: last_use(plan.order.source),
        "diluent": plan.order.diluent.expiry,
        "shells": plan.order.capsule.expiry,
        **expiries_of_ingredients(plan.order),
    }
    return framed(
        Sheet,
        plan,
        json_answer,
        expiries,
        headline=headline(plan),
        in_words=order_in_words(plan.order.quantity, plan.order.dose.to(unit_of_drug(plan.order.dose))),
        echo=echo(plan),
        answer=answer_line(plan, shown),
        readout=tuple(readout(plan, shown)),
        progress=tuple(progress(plan, shown, questions, expiries)),
        next_action=next_action(plan, questions),
        human=human_scale(plan, shown),
        key_figures=key_figures(plan, shown),
        materials=materials(plan),
        work=work(plan, shown, at_bench),
        bench_back=dose_back(plan, at_bench),
        remarks=remarks(plan, shown),
        uncertainty=uncertainty(plan, shown),
        offers=tuple(_offers(plan, shown)),
        sizes=tuple(
            SizeLine(
                row["size"],
                text_or(row["fill_mass"], page.TOO_SMALL),
                text_or(row["diluent"], page.TOO_SMALL),
                text_or(row["share"], page.TOO_SMALL),
                row["size"] == plan.order.capsule.size,
            )
            for row in shown["sizes"]
        ),
        sizes_estimated="sizes" in shown["estimated"],
        estimated_fill=plan.fill.rule is FillRule.ESTIMATE,
    )


def _offers(plan: Plan, shown: PlanShown) -> Iterator[OfferLine]:
    """Yield the ways to make the order; that of ten tablets comes last."""
    for offer, cells in zip(plan.offers, shown["offers"], strict=True):
        yield _offer(plan, offer, cells)
    if plan.ten_tablets is not None and shown["ten_tablets"] is not None:
        yield _offer(plan, plan.ten_tablets, shown["ten_tablets"])


def _offer(plan: Plan, offer: Offer, cells: OfferShown) -> OfferLine:
    return OfferLine(
        OFFERS[OfferCode(cells["code"])],
        count_said(cells["capsules"]),
        count_said(cells["tablets"]),
        str(offer.weighings),
        text_of_drug(plan, offer.dose, cells["dose"]),
        cells["deviation"]["text"],
        cells["deviation_at_loss"]["text"],
        text_of_drug(plan, offer.drug_left_over, cells["drug_left_over"]),
        f"{count_said(offer.surplus)} ({amount_said(plan, offer.surplus_drug)})" if offer.surplus else "0",
    )
