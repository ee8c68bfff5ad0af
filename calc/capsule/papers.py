"""The papers of capsules: the preparation sheet, the label of their container, the patient's leaflet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.arithmetic import notation
from calc.capsule.components import components
from calc.capsule.contract import PlanShown
from calc.capsule.plan import Plan
from calc.capsule.sheet import Sheet, sheet
from calc.drug import Drug
from calc.paper.components import made_from
from calc.paper.label import STOCKS, label_on, lines_of
from calc.paper.leaflet import code_of, drug_with_leaflet, leaflet_of, of_the_drug, section
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
    made = sheet(plan)
    shown = made.whole["plan"]
    return {
        **record(plan, made, paper, storage=words.STORAGE),
        "product": product(plan),
        "facts": _facts(plan, made),
        "components": components(plan, shown),
        "capsule": _capsule(plan, shown),
        "ten": True,
        "remarks": [*made.remarks, *made.uncertainty.on_paper],
        "label": label_lines(plan, made),
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
        "from": made_from(plan, plan.powder.tablets, words.MADE_FROM_BULK),
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


def label_pdf(plan: Plan, stock: str) -> bytes:
    """The label of a plan on `stock`, one of `STOCKS`; raises `DoesNotFit` where its texts or code need more room."""
    return press("label.typ", label_content(plan, stock), plan.order.prepared_on, STOCKS[stock].name)


def label_content(plan: Plan, stock: str) -> Mapping[str, Any]:
    """Everything that a label prints, as finished strings."""
    made = sheet(plan)
    return label_on(stock, label_lines(plan, made), made.fingerprint, plan.order)


def label_lines(plan: Plan, made: Sheet) -> Mapping[str, Any]:
    """The lines of a label; the same lines stand on the preparation sheet."""
    order = plan.order
    form, dose = form_name(plan, order.dose_basis), said(order.dose)
    return lines_of(
        plan,
        made,
        title=words.LABEL_TITLE_LINE.format(form=form, dose=dose),
        what=words.LABEL_QUANTITY.format(quantity=capsules_said(order.quantity), release=release_said(plan)),
        store=words.LABEL_STORE,
    )


def leaflet_pdf(plan: Plan, paper: str) -> bytes:
    """The leaflet of a plan on `paper`; raises `NoLeaflet` for a drug without a file, `DoesNotFit` beyond a page."""
    content = leaflet_content(plan, drug_with_leaflet(plan.drug), paper)
    return press("leaflet.typ", content, plan.order.prepared_on, words.PAPER_NAMES[paper])


def leaflet_content(plan: Plan, drug: Drug, paper: str) -> Mapping[str, Any]:
    """Everything that the leaflet prints, as finished strings."""
    made = sheet(plan)
    until = words.LEAFLET_UNTIL_OPEN if made.expiry_open else words.LEAFLET_UNTIL
    lines = [*words.LEAFLET_KEEP_LINES, until.format(date=plan.beyond_use.bound.date.isoformat())]
    form = form_name(plan, plan.order.dose_basis)
    return leaflet_of(
        drug,
        paper,
        state=made.not_released,
        intro=[words.LEAFLET_STRENGTH.format(dose=said(plan.order.dose), form=form), words.LEAFLET_MADE],
        sections=[
            section(words.LEAFLET_TAKE, words.LEAFLET_TAKE_LINES, words.LEAFLET_TAKE_BLANK),
            *of_the_drug(drug),
            section(words.LEAFLET_KEEP, lines),
        ],
        fingerprint=made.fingerprint,
        version=made.version,
        drawn=code_of(made.fingerprint, plan.order),
        code_alt=words.CODE_ALT.format(fingerprint=made.fingerprint),
    )
