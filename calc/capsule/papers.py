"""The preparation sheet: the order, its components, the work in order with boxes to fill in, every figure's proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calc.answers.contract import PlanShown
from calc.arithmetic import notation
from calc.capsule.answer import answer
from calc.capsule.components import components, made_from
from calc.capsule.plan import FillRule, Plan
from calc.capsule.sheet import Sheet, sheet
from calc.paper.label import label_lines
from calc.paper.press import press
from calc.paper.record import record
from calc.sheet.names import capsules_said, count_said, form_name, release_said
from calc.wording import paper as words
from calc.wording.figures import said


def sheet_pdf(plan: Plan, paper: str) -> bytes:
    """The preparation sheet of a plan on `paper`, one of `PAPERS`."""
    return press("sheet.typ", sheet_content(plan, paper), plan.order.prepared_on, words.PAPER_NAMES[paper])


def sheet_content(plan: Plan, paper: str) -> Mapping[str, Any]:
    """Everything that the sheet prints, as finished strings."""
    whole = answer(plan)
    made = sheet(plan)
    return {
        **record(plan, made, whole, paper),
        "product": product(plan),
        "facts": _facts(plan, made),
        "components": components(plan, whole["plan"]),
        "capsule": _capsule(plan, whole["plan"]),
        "ten": True,
        "remarks": [*made.remarks, *made.sureness.on_paper],
        "until_lines": [
            *made.beyond_use_lines,
            words.RULE.format(days=plan.beyond_use.rule.days, reference=plan.beyond_use.rule.reference),
            *_studies(plan),
            words.STORAGE,
        ],
        "label": label_lines(plan, made),
        "steps": [
            [step["title"], step["formula"], step["substituted"], step["result"], step["reference"]]
            for step in made.steps
            if step["code"] not in whole["plan"]["estimated"]
        ],
    }


def product(plan: Plan) -> str:
    """What is made, in one line that stands on every page."""
    return words.PRODUCT.format(
        batch=capsules_said(plan.powder.batch), form=form_name(plan, plan.order.dose_basis), dose=said(plan.order.dose)
    )


def _facts(plan: Plan, made: Sheet) -> list[list[str]]:
    """The head of the sheet: a name and its text; a blank text is a line to write on."""
    order = plan.order
    extra = plan.powder.batch - order.quantity
    form, dose = form_name(plan, order.dose_basis), said(order.dose)
    quantity = capsules_said(order.quantity)
    brand = f", {order.capsule.brand}" if order.capsule.brand is not None else ""
    sized = words.CAPSULE.format(size=order.capsule.size, brand=brand)
    texts = {
        "preparation": words.PREPARATION.format(form=form, release=release_said(plan)),
        "strength": words.STRENGTH.format(dose=dose, form=form),
        "quantity": words.QUANTITY_EXTRA.format(
            quantity=quantity, batch=count_said(plan.powder.batch), extra=count_said(extra)
        )
        if extra
        else quantity,
        "from": made_from(plan),
        "capsule": sized if order.capsule.size is not None else words.CAPSULE_NONE,
        "diluent": order.diluent.name,
        "master": "",
        "batch": order.internal_number or "",
        "made": words.TIMES.format(date=order.prepared_on.isoformat()),
        "beyond_use": made.beyond_use,
    }
    return [[name, texts[key]] for key, name in words.FACTS.items()]


def _capsule(plan: Plan, shown: PlanShown) -> Mapping[str, Any] | None:
    """The share of a capsule body that the tablet powder takes up, where it was measured: drawn to scale."""
    share = shown["share_of_body"]
    if share is None or plan.fill.rule is not FillRule.PACKING or plan.fill.share_of_body is None:
        return None
    return {
        "share": notation.significant(plan.fill.share_of_body.value, 4),
        "text": words.CAPSULE_DRAWING.format(share=share["text"]),
        "names": [name.format(share=share["text"]) for name in words.CAPSULE_NAMES],
    }


def _studies(plan: Plan) -> Iterator[str]:
    """The stability studies that apply, which may bound the date but never lengthen it."""
    for study in plan.drug.studies if plan.drug is not None else ():
        if study.preparation == "capsule" and plan.order.diluent.name in study.diluents:
            yield words.STUDY.format(reference=study.reference.rstrip("."), days=study.days)
