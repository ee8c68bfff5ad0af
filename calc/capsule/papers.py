"""The papers of capsules: preparation sheet, container label, patient's leaflet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from calc.capsule.plan import Plan
from calc.capsule.planning.bench import is_triturated, needs_no_diluent
from calc.capsule.preparation_sheet import annex_pages, bench_pages
from calc.capsule.sheet import Sheet, sheet
from calc.drug import Drug
from calc.paper.excipients import excipients_of
from calc.paper.label import NOTHING_TYPED, STOCKS, Contents, label_on, lines_of, stocks_that_hold
from calc.paper.leaflet import code_of, drug_with_leaflet, formula_said, leaflet_of, section
from calc.paper.pharmacy import NO_PHARMACY, Pharmacy
from calc.paper.press import press
from calc.paper.record import marked
from calc.paper.until import refuse_uncertain, until_said
from calc.planning.basis import doses_of
from calc.planning.bench_entries import NOTHING_AT_BENCH, AtBench
from calc.sheet.names import amount_said, capsules_said, form_name, name_on_label, release_said
from calc.wording import paper as words
from calc.wording.opened import retold


def sheet_pdf(
    plan: Plan,
    paper: str,
    mark: str = "",
    pharmacy: Pharmacy = NO_PHARMACY,
    at_bench: AtBench = NOTHING_AT_BENCH,
    *,
    annex: bool = False,
) -> bytes:
    """Return the preparation sheet of a plan as PDF on `paper`, one of `PAPERS`, and its `annex` if it is asked for.

    `mark` stands on each page.
    """
    content = marked(sheet_content(plan, paper, pharmacy, at_bench, annex=annex), mark)
    return press("sheet.typ", content, plan.order.prepared_on, words.PAPER_NAMES[paper])


def sheet_content(
    plan: Plan,
    paper: str,
    pharmacy: Pharmacy = NO_PHARMACY,
    at_bench: AtBench = NOTHING_AT_BENCH,
    *,
    annex: bool = False,
) -> Mapping[str, Any]:
    """Return everything that the sheet prints, as finished strings."""
    plan_sheet = sheet(plan, at_bench)
    behind = annex_pages(plan, plan_sheet, label_lines(plan, plan_sheet)["text"]) if annex else None
    content = {**bench_pages(plan, plan_sheet, paper, pharmacy, at_bench), "annex": behind}
    return retold(content, plan.order, plan.drug)


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
    plan: Plan,
    plan_sheet: Sheet,
    pharmacy: Pharmacy = NO_PHARMACY,
    typed: Mapping[str, str] = NOTHING_TYPED,
    *,
    number: int | None = None,
) -> Mapping[str, Any]:
    """Return what stands on a label; its text is told on the preparation sheet, too.

    `number` is how many capsules it states, in place of those ordered.
    """
    order = plan.order
    form, dose = form_name(plan, order.dose_basis), amount_said(plan, order.dose)
    diluent = "" if needs_no_diluent(plan) and not is_triturated(plan) else order.diluent.name
    contained = excipients_of(plan, diluent, ", ".join(each.name for each in plan.ingredients))
    contains = words.LABEL_CONTAINS.format(excipients=", ".join(contained)) if contained else ""
    said = Contents(
        title=words.LABEL_TITLE_LINE.format(form=form, dose=dose),
        drug=name_on_label(plan, order.dose_basis),
        strength=dose,
        quantity=capsules_said(order.quantity if number is None else number),
        what=words.LABEL_WHAT.format(release=release_said(plan), contains=contains),
        what_short=words.LABEL_WHAT_SHORT.format(contains=contains),
        store=words.LABEL_STORE[order.beyond_use.storage],
        store_short=words.LABEL_STORE_SHORT[order.beyond_use.storage],
    )
    lines = lines_of(plan, plan_sheet, said, pharmacy, typed)
    return retold(lines, plan.order, plan.drug)


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
    lines = [
        words.LEAFLET_KEEP_AT[plan.order.beyond_use.storage],
        *words.LEAFLET_KEEP_LINES,
        *until_said(plan.beyond_use, until),
    ]
    form = form_name(plan, plan.order.dose_basis)
    leaflet = leaflet_of(
        drug,
        paper,
        state=plan_sheet.not_released,
        intro=[
            words.LEAFLET_STRENGTH.format(dose=amount_said(plan, plan.order.dose), form=form),
            words.LEAFLET_MADE,
            *formula_said(plan.formulation),
        ],
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
    return retold(leaflet, plan.order, plan.drug)
