"""The papers of a liquid: preparation sheet, bottle label, patient's leaflet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from calc.arithmetic.units import MG, Figure
from calc.drug import Drug
from calc.liquid.plan import LiquidPlan
from calc.liquid.preparation_sheet import annex_pages, bench_pages, form_of, in_one_bottle
from calc.liquid.said import about, dose_said, in_one_ml_said, in_one_ml_said_by_itself, strength_said
from calc.liquid.sheet import LiquidSheet, liquid_sheet
from calc.paper.excipients import excipients_of
from calc.paper.label import NOTHING_TYPED, STOCKS, Contents, label_on, lines_of, stocks_that_hold
from calc.paper.leaflet import code_of, drug_with_leaflet, formula_said, leaflet_of, section
from calc.paper.pharmacy import NO_PHARMACY, Pharmacy
from calc.paper.press import press
from calc.paper.record import marked
from calc.paper.until import refuse_uncertain, until_said
from calc.planning.basis import doses_of
from calc.planning.bench_entries import NOTHING_AT_BENCH, AtBench
from calc.sheet.names import amount_said, name_on_label
from calc.wording import liquid as words
from calc.wording import paper
from calc.wording.figures import said as text_of
from calc.wording.opened import retold


def liquid_sheet_pdf(
    plan: LiquidPlan,
    on: str,
    mark: str = "",
    pharmacy: Pharmacy = NO_PHARMACY,
    at_bench: AtBench = NOTHING_AT_BENCH,
    *,
    annex: bool = False,
) -> bytes:
    """Return the preparation sheet of a liquid as PDF on `on`, one of `PAPERS`, and its `annex` if it is asked for.

    `mark` stands on each page.
    """
    content = marked(liquid_sheet_content(plan, on, pharmacy, at_bench, annex=annex), mark)
    return press("sheet.typ", content, plan.order.prepared_on, paper.PAPER_NAMES[on])


def liquid_sheet_content(
    plan: LiquidPlan,
    on: str,
    pharmacy: Pharmacy = NO_PHARMACY,
    at_bench: AtBench = NOTHING_AT_BENCH,
    *,
    annex: bool = False,
) -> Mapping[str, Any]:
    """Return everything that the sheet prints, as finished strings."""
    sheet = liquid_sheet(plan, at_bench)
    behind = annex_pages(plan, sheet, liquid_label_lines(plan, sheet)["text"]) if annex else None
    content = {**bench_pages(plan, sheet, on, pharmacy, at_bench), "annex": behind}
    return retold(content, plan.order, plan.drug)


def liquid_label_pdf(
    plan: LiquidPlan,
    stock: str,
    pharmacy: Pharmacy = NO_PHARMACY,
    typed: Mapping[str, str] = NOTHING_TYPED,
    *,
    doses: tuple[str, str] | None = None,
) -> bytes:
    """Return the label of a bottle as PDF on `stock`, one of `STOCKS`, with the lines `typed` for one patient.

    `doses` are the doses of a schedule and their volumes, in place of the one dose of the order.

    Raises `Refused` if the expiry of a component is not known, `DoesNotFit` if it needs more room.
    """
    refuse_uncertain(plan)
    sheet = liquid_sheet(plan)
    lines = liquid_label_lines(plan, sheet, pharmacy, typed, doses=doses)
    content = label_on(stock, lines, sheet.fingerprint, plan.order.internal_number)
    return press("label.typ", content, plan.order.prepared_on, STOCKS[stock].name)


def liquid_label_stocks(
    plan: LiquidPlan,
    sheet: LiquidSheet,
    among: Iterable[str] = STOCKS,
    pharmacy: Pharmacy = NO_PHARMACY,
    *,
    doses: tuple[str, str] | None = None,
) -> tuple[str, ...]:
    """Return those of some stocks that hold the label of a bottle."""
    lines = liquid_label_lines(plan, sheet, pharmacy, doses=doses)
    return stocks_that_hold(lines, sheet.fingerprint, plan.order.internal_number, among)


def liquid_label_lines(
    plan: LiquidPlan,
    sheet: LiquidSheet,
    pharmacy: Pharmacy = NO_PHARMACY,
    typed: Mapping[str, str] = NOTHING_TYPED,
    *,
    doses: tuple[str, str] | None = None,
) -> Mapping[str, Any]:
    """Return what stands on a label; its text is told on the preparation sheet, too."""
    order, strength = plan.order, strength_said(plan)
    in_one_ml = "" if in_one_ml_said_by_itself(plan) else words.LABEL_IN_ONE_ML.format(in_one_ml=in_one_ml_said(plan))
    dose, dose_volume = doses or (dose_said(plan), text_of(plan.dose_volume))
    contained = dict.fromkeys((*excipients_of(plan, ingredients=_named(plan)), *plan.vehicle.contains))
    facts = {
        "per_container": amount_said(plan, plan.strength_per_container),
        "in_one_ml": in_one_ml,
        "dose": dose,
        "dose_volume": dose_volume,
        "contains": paper.LABEL_CONTAINS.format(excipients=", ".join(contained)) if contained else "",
    }
    said = Contents(
        title=words.LABEL_TITLE_LINE.format(form=form_of(plan), strength=strength),
        drug=name_on_label(plan, order.dose_basis),
        strength=strength,
        quantity=words.LABEL_QUANTITY.format(volume=in_one_bottle(plan)),
        what=words.LABEL_WHAT.format(**facts),
        what_short=words.LABEL_WHAT_SHORT.format(**facts),
        store=words.LABEL_STORE[order.vehicle.storage],
        store_short=words.LABEL_STORE_SHORT[order.vehicle.storage],
        take=words.LABEL_TAKE,
        handling=(words.LABEL_SHAKE,),
    )
    lines = lines_of(plan, sheet, said, pharmacy, typed)
    return retold(lines, plan.order, plan.drug)


def _named(plan: LiquidPlan) -> str:
    """Return the names of all ingredients in one text."""
    return ", ".join(each.name for each in plan.ingredients)


def liquid_leaflet_pdf(plan: LiquidPlan, on: str, pharmacy: Pharmacy = NO_PHARMACY) -> bytes:
    """Return the leaflet of a liquid as PDF on the paper `on`, one of `PAPERS`.

    Raises `NoLeaflet` for a drug without a file, `DoesNotFit` if it needs more than a page.
    """
    content = liquid_leaflet_content(plan, drug_with_leaflet(plan.drug), on, pharmacy)
    return press("leaflet.typ", content, plan.order.prepared_on, paper.PAPER_NAMES[on])


def liquid_leaflet_content(
    plan: LiquidPlan, drug: Drug, on: str, pharmacy: Pharmacy = NO_PHARMACY
) -> Mapping[str, Any]:
    """Return everything that the leaflet prints, as finished strings."""
    sheet, order = liquid_sheet(plan), plan.order
    strength = {"drug": about(plan, Figure(plan.strength.value, MG)), "form": form_of(plan)}
    dose = {"dose": dose_said(plan), "dose_volume": text_of(plan.dose_volume)}
    leaflet = leaflet_of(
        drug,
        on,
        title=words.LEAFLET_TITLE,
        state=sheet.not_released,
        intro=[
            words.LEAFLET_STRENGTH.format(**strength, **dose),
            words.LEAFLET_MADE[order.source.kind],
            *formula_said(plan.formulation),
        ],
        practice=[
            section(words.LEAFLET_TAKE, words.LEAFLET_TAKE_LINES, paper.LEAFLET_TAKE_BLANK),
            section(words.LEAFLET_KEEP, kept_on_leaflet(plan, expiry_open=sheet.expiry_open)),
        ],
        doses=doses_of(plan),
        pharmacy=pharmacy,
        fingerprint=paper.plan_id(sheet.fingerprint),
        version=sheet.version,
        drawn=code_of(sheet.fingerprint, order.internal_number),
        code_alt=paper.REFERENCE_ALT.format(plan_id=paper.plan_id(sheet.fingerprint)),
    )
    return retold(leaflet, plan.order, plan.drug)


def kept_on_leaflet(plan: LiquidPlan, *, expiry_open: bool) -> list[str]:
    """Return how a liquid is kept, and until when it is used."""
    until = words.LEAFLET_UNTIL_OPEN if expiry_open else words.LEAFLET_UNTIL
    storage = words.LEAFLET_KEEP_LINES[plan.order.vehicle.storage]
    return [storage, *words.LEAFLET_KEEP_MORE, *until_said(plan.beyond_use, until)]
