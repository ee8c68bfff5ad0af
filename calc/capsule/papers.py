"""The papers of capsules: preparation sheet, container label, patient's leaflet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from calc.arithmetic import notation
from calc.capsule.components import components
from calc.capsule.contract import PlanShown
from calc.capsule.plan import Plan
from calc.capsule.planning.bench import is_triturated, needs_no_diluent
from calc.capsule.sheet import Sheet, sheet
from calc.capsule.sheet.headings import ordered_and_made
from calc.drug import Drug
from calc.paper.components import made_from
from calc.paper.excipients import excipients_of
from calc.paper.label import NOTHING_TYPED, STOCKS, Contents, label_on, lines_of, stocks_that_hold
from calc.paper.leaflet import code_of, drug_with_leaflet, leaflet_of, section
from calc.paper.pharmacy import NO_PHARMACY, Pharmacy
from calc.paper.press import press
from calc.paper.record import marked, record
from calc.paper.until import refuse_uncertain, until_said
from calc.planning.basis import doses_of
from calc.planning.codes import FillRule
from calc.planning.made import capsules_weighed, sample_of
from calc.sheet.names import amount_said, capsules_said, count_said, form_name, name_on_label, release_said
from calc.wording import paper as words
from calc.wording.spelled_out import count_in_words


def sheet_pdf(plan: Plan, paper: str, mark: str = "") -> bytes:
    """Return the preparation sheet of a plan as PDF on `paper`, one of `PAPERS`. `mark` stands on each page."""
    return press(
        "sheet.typ", marked(sheet_content(plan, paper), mark), plan.order.prepared_on, words.PAPER_NAMES[paper]
    )


def sheet_content(plan: Plan, paper: str) -> Mapping[str, Any]:
    """Return everything that the sheet prints, as finished strings."""
    plan_sheet = sheet(plan)
    shown = plan_sheet.whole["plan"]
    return {
        **record(plan, plan_sheet, paper, storage=words.STORAGE),
        "product": product(plan),
        "facts": _facts(plan, plan_sheet),
        "components": components(plan, shown),
        "capsule": _capsule(plan, shown),
        "weighed": weighed_boxes(plan),
        "remarks": [*plan_sheet.remarks, *plan_sheet.uncertainty.on_paper],
        "label": label_lines(plan, plan_sheet)["text"],
    }


def weighed_boxes(plan: Plan) -> Mapping[str, Any]:
    """Return the title over the boxes for the masses of filled capsules, and how many boxes there are."""
    batch = plan.powder.batch
    title = words.WEIGHED[sample_of(batch)].format(number=count_in_words(batch))
    return {"title": title, "boxes": capsules_weighed(batch)}


def product(plan: Plan) -> str:
    """Return the preparation in one line, printed on every page."""
    return words.PRODUCT.format(
        batch=ordered_and_made(plan),
        form=form_name(plan, plan.order.dose_basis),
        dose=amount_said(plan, plan.order.dose),
    )


def _facts(plan: Plan, plan_sheet: Sheet) -> list[list[str]]:
    """Return the head of the sheet, each line a name and its text; a blank text is a line to write on."""
    order = plan.order
    extra = plan.powder.batch - order.quantity
    form, dose = form_name(plan, order.dose_basis), amount_said(plan, order.dose)
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
        "beyond_use": plan_sheet.beyond_use,
    }
    return [[name, texts[key]] for key, name in words.FACTS.items()]


def _capsule(plan: Plan, shown: PlanShown) -> Mapping[str, Any] | None:
    """Return the share of a capsule body that the powder takes up, to be drawn to scale; None if not measured."""
    share = shown["share_of_body"]
    if share is None or plan.fill.rule is not FillRule.PACKING or plan.fill.share_of_body is None:
        return None
    return {
        "share": notation.significant(plan.fill.share_of_body.value, 4),
        "text": words.CAPSULE_DRAWING.format(share=share["text"]),
        "names": [name.format(share=share["text"]) for name in words.CAPSULE_NAMES],
    }


def label_pdf(
    plan: Plan, stock: str, pharmacy: Pharmacy = NO_PHARMACY, typed: Mapping[str, str] = NOTHING_TYPED
) -> bytes:
    """Return the label of a plan as PDF on `stock`, one of `STOCKS`, with the lines `typed` for one patient.

    Raises `Refused` if the expiry of a component is not known, `DoesNotFit` if it needs more room.
    """
    content = label_content(plan, stock, pharmacy, typed)
    return press("label.typ", content, plan.order.prepared_on, STOCKS[stock].name)


def label_content(
    plan: Plan, stock: str, pharmacy: Pharmacy = NO_PHARMACY, typed: Mapping[str, str] = NOTHING_TYPED
) -> Mapping[str, Any]:
    """Return everything that a label prints, as finished strings."""
    refuse_uncertain(plan)
    plan_sheet = sheet(plan)
    lines = label_lines(plan, plan_sheet, pharmacy, typed)
    return label_on(stock, lines, plan_sheet.fingerprint, plan.order.internal_number)


def label_lines(
    plan: Plan, plan_sheet: Sheet, pharmacy: Pharmacy = NO_PHARMACY, typed: Mapping[str, str] = NOTHING_TYPED
) -> Mapping[str, Any]:
    """Return what stands on a label; its text is told on the preparation sheet, too."""
    order = plan.order
    form, dose = form_name(plan, order.dose_basis), amount_said(plan, order.dose)
    contained = excipients_of(plan, "" if needs_no_diluent(plan) and not is_triturated(plan) else order.diluent.name)
    contains = words.LABEL_CONTAINS.format(excipients=", ".join(contained)) if contained else ""
    said = Contents(
        title=words.LABEL_TITLE_LINE.format(form=form, dose=dose),
        drug=name_on_label(plan, order.dose_basis),
        strength=dose,
        quantity=capsules_said(order.quantity),
        what=words.LABEL_WHAT.format(release=release_said(plan), contains=contains),
        what_short=words.LABEL_WHAT_SHORT.format(contains=contains),
        store=words.LABEL_STORE,
        store_short=words.LABEL_STORE_SHORT,
    )
    return lines_of(plan, plan_sheet, said, pharmacy, typed)


def label_stocks(
    plan: Plan, plan_sheet: Sheet, among: Iterable[str] = STOCKS, pharmacy: Pharmacy = NO_PHARMACY
) -> tuple[str, ...]:
    """Return those of some stocks that hold the label of a plan."""
    lines = label_lines(plan, plan_sheet, pharmacy)
    return stocks_that_hold(lines, plan_sheet.fingerprint, plan.order.internal_number, among)


def leaflet_pdf(plan: Plan, paper: str, pharmacy: Pharmacy = NO_PHARMACY) -> bytes:
    """Return the leaflet of a plan as PDF on `paper`, one of `PAPERS`.

    Raises `NoLeaflet` for a drug without a file, `DoesNotFit` if it needs more than a page.
    """
    content = leaflet_content(plan, drug_with_leaflet(plan.drug), paper, pharmacy)
    return press("leaflet.typ", content, plan.order.prepared_on, words.PAPER_NAMES[paper])


def leaflet_content(plan: Plan, drug: Drug, paper: str, pharmacy: Pharmacy = NO_PHARMACY) -> Mapping[str, Any]:
    """Return everything that the leaflet prints, as finished strings."""
    plan_sheet = sheet(plan)
    until = words.LEAFLET_UNTIL_OPEN if plan_sheet.expiry_open else words.LEAFLET_UNTIL
    lines = [*words.LEAFLET_KEEP_LINES, *until_said(plan.beyond_use, until)]
    form = form_name(plan, plan.order.dose_basis)
    return leaflet_of(
        drug,
        paper,
        state=plan_sheet.not_released,
        intro=[words.LEAFLET_STRENGTH.format(dose=amount_said(plan, plan.order.dose), form=form), words.LEAFLET_MADE],
        practice=[
            section(words.LEAFLET_TAKE, words.LEAFLET_TAKE_LINES, words.LEAFLET_TAKE_BLANK),
            section(words.LEAFLET_KEEP, lines),
        ],
        doses=doses_of(plan),
        pharmacy=pharmacy,
        fingerprint=words.plan_id(plan_sheet.fingerprint),
        version=plan_sheet.version,
        drawn=code_of(plan_sheet.fingerprint, plan.order.internal_number),
        code_alt=words.REFERENCE_ALT.format(plan_id=words.plan_id(plan_sheet.fingerprint)),
    )
