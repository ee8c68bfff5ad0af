"""The preparation sheet: the order, its components, the work in order with boxes to fill in, every figure's proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calc.arithmetic import notation
from calc.capsule.answer import answer
from calc.capsule.components import components, made_from
from calc.capsule.contract import PlanShown
from calc.capsule.plan import Plan
from calc.capsule.sheet import Sheet, sheet
from calc.drug import Drug
from calc.paper.label import STOCKS, label_on
from calc.paper.leaflet import NoLeaflet, _how_to_keep, leaflet_of
from calc.paper.press import press
from calc.paper.record import record
from calc.planning.codes import FillRule
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


def label_pdf(plan: Plan, stock: str) -> bytes:
    """The label of a plan on `stock`, one of `STOCKS`; raises `DoesNotFit` where its texts or code need more room."""
    return press("label.typ", label_content(plan, stock), plan.order.prepared_on, STOCKS[stock].name)


def label_content(plan: Plan, stock: str) -> Mapping[str, Any]:
    """Everything that a label prints, as finished strings."""
    return label_on(stock, label_lines(plan, sheet(plan)), answer(plan)["fingerprint"], plan.order)


def label_lines(plan: Plan, made: Sheet) -> Mapping[str, Any]:
    """The lines of a label, the most important first; the same lines stand on the preparation sheet."""
    order = plan.order
    form, dose = form_name(plan, order.dose_basis), said(order.dose)
    number = order.internal_number
    return {
        "state": words.LABEL_NOT_RELEASED if made.not_released else "",
        "title": words.LABEL_TITLE_LINE.format(form=form, dose=dose),
        "what": words.LABEL_QUANTITY.format(quantity=capsules_said(order.quantity), release=release_said(plan)),
        "until": words.LABEL_UNTIL.format(date=plan.beyond_use.bound.date.isoformat()),
        "until_open": words.LABEL_UNTIL_OPEN if made.expiry_open else "",
        "batch": words.LABEL_BATCH_OPEN if number is None else words.LABEL_BATCH.format(number=number),
        "store": words.LABEL_STORE,
        "warnings": [warning.text for warning in (plan.drug.label_warnings if plan.drug is not None else ())],
        "compounded": words.LABEL_COMPOUNDED,
        "children": words.LABEL_CHILDREN,
        "blanks": [words.LABEL_PATIENT, words.LABEL_PHARMACY],
    }


def leaflet_pdf(plan: Plan, paper: str) -> bytes:
    """The leaflet of a plan on `paper`; raises `NoLeaflet` for a drug without a file, `DoesNotFit` beyond a page."""
    if plan.drug is None or not plan.drug.leaflet:
        raise NoLeaflet
    return press(
        "leaflet.typ", leaflet_content(plan, plan.drug, paper), plan.order.prepared_on, words.PAPER_NAMES[paper]
    )


def leaflet_content(plan: Plan, drug: Drug, paper: str) -> Mapping[str, Any]:
    """Everything that the leaflet prints, as finished strings."""
    whole = answer(plan)
    made = sheet(plan)
    until = plan.beyond_use.bound.date.isoformat()
    return leaflet_of(
        drug,
        paper,
        title=words.LEAFLET_TITLE.format(drug=drug.name),
        state=made.not_released,
        intro=[
            words.LEAFLET_STRENGTH.format(dose=said(plan.order.dose), form=form_name(plan, plan.order.dose_basis)),
            words.LEAFLET_MADE,
        ],
        take={"title": words.LEAFLET_TAKE, "lines": words.LEAFLET_TAKE_LINES, "blank": words.LEAFLET_TAKE_BLANK},
        keep=_how_to_keep([(words.LEAFLET_UNTIL_OPEN if made.expiry_open else words.LEAFLET_UNTIL).format(date=until)]),
        printed=(whole["fingerprint"], whole["version"], plan.order),
    )
