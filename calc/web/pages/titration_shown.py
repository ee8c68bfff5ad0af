"""The page of a titration: its form, its steps, and the plan as capsules or from a liquid, with links to its papers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import render_template, url_for
from werkzeug.datastructures import MultiDict

from calc.answers.contract import StopShown
from calc.answers.problems import fault_shown
from calc.faults import Refused
from calc.orders.query import Pairs, written
from calc.paper.label import STOCKS
from calc.paper.leaflet import has_leaflet
from calc.service.answering import Service
from calc.service.asked import why_not_printed
from calc.service.preparations import CAPSULES
from calc.titration.filling import filled
from calc.titration.liquid_papers import bottle_label_stocks
from calc.titration.liquid_plan import LiquidTitrationPlan
from calc.titration.liquid_sheet import LiquidTitrationSheet, liquid_titration_sheet
from calc.titration.plan import Batch, TitrationPlan, Way
from calc.titration.sheet import TitrationSheet, filled_said, titration_sheet
from calc.web.forms import schedule_page
from calc.web.forms.fields import OF_TABLETS
from calc.web.forms.titration import form_for
from calc.web.pages import common
from calc.web.pages.kinds import KINDS, LABEL
from calc.web.pages.steps import steps_of
from calc.wording import titration as words

AnyTitration = TitrationPlan | LiquidTitrationPlan
_AnySheet = TitrationSheet | LiquidTitrationSheet
_LEAFLET, _LABEL = KINDS["leaflet"], KINDS[LABEL]


def titration_shown(
    service: Service, pairs: Pairs, *, plan: AnyTitration | None = None, refused: Refused | None = None
) -> str:
    """Return the page for a query, with its plan, or with the faults that refuse it."""
    typed, asked = MultiDict(pairs), schedule_page.apart(pairs)[0]
    faults = [fault_shown(fault) for fault in refused.faults] if refused is not None else []
    errors = common.errors_by_field(faults)
    form = form_for(typed)(service.library, typed, errors)
    overrides = common.overrides(typed, errors)
    sheet, links = _shown(service, asked, plan)
    standing = [] if plan is None or sheet is None or _may_be_made(plan) else list(_stops_of(sheet))
    stops = [] if sheet is None else _to_override(sheet)
    return render_template(
        "titration/page.html",
        form=form,
        rows=words.ROWS,
        words=words,
        filled_in=_filled_in(pairs),
        steps=steps_of("titration", form, () if sheet is None else sheet.progress, faults, standing),
        address=url_for("titration.page"),
        needed=" ".join(form.needed),
        opened=frozenset(),
        waiting=False,
        can_pass=False,
        stops=[],
        of_tablets=" ".join(name for name in OF_TABLETS if name in form),
        notes=common.notes_of_dates(pairs),
        sheet=sheet,
        label_waits_for=[] if plan is None else common.waits_for(plan.titration.order),
        faults=[(fault, common.target(fault["field"], form, "schedule")) for fault in faults],
        to_override=list(enumerate(stops, start=len(overrides["acknowledgements"]))),
        schedule_error=errors.get("schedule", ""),
        **links,
        **overrides,
    )


def _shown(service: Service, asked: Pairs, plan: AnyTitration | None) -> tuple[_AnySheet | None, dict[str, Any]]:
    """Return the finished strings of a plan, and the links to its batches and papers."""
    none: dict[str, Any] = {"links": {}, "batches": {}, "of_bottle": {}}
    if plan is None:
        return None, none
    if isinstance(plan, LiquidTitrationPlan):
        from_liquid = liquid_titration_sheet(plan, service.library)
        return from_liquid, none | {"of_bottle": _bottle_links(service, asked, plan, from_liquid)}
    sheet = titration_sheet(plan, service.library)
    links = {way.code: _links(service, asked, plan, way) for way in plan.every_way}
    return sheet, none | {"links": links, "batches": _batch_links(service, asked, plan, sheet)}


def _filled_in(pairs: Pairs) -> str:
    """Return what is said of rows that stand as they were filled in; nothing once one of them is another."""
    asked, beside = schedule_page.apart(pairs)
    try:
        rows = filled(schedule_page.filling(beside))
    except Refused:
        return ""
    if schedule_page.rows_of(rows) != [pair for pair in asked if schedule_page.is_of_row(pair[0])]:
        return ""
    return filled_said(rows)


def _may_be_made(plan: AnyTitration) -> bool:
    """Return True if a way to make the schedule has no stopped batch."""
    return plan.batch.plan is not None if isinstance(plan, LiquidTitrationPlan) else plan.recommended is not None


def _stops_of(sheet: _AnySheet) -> Iterable[StopShown]:
    """Return the stops of all batches; a step of the order of work that one is told in is not done."""
    if isinstance(sheet, LiquidTitrationSheet):
        return sheet.stops
    return (stop for way in sheet.ways for batch in way.batches for stop in batch.stops)


def _to_override(sheet: _AnySheet) -> list[StopShown]:
    """Return each soft stop once, of batches that have no hard stop."""
    batches = [sheet] if isinstance(sheet, LiquidTitrationSheet) else [b for way in sheet.ways for b in way.batches]
    stops: dict[tuple[str, str], StopShown] = {}
    for batch in batches:
        if all(stop["reasons"] for stop in batch.stops):
            for stop in batch.stops:
                stops.setdefault((stop["code"], stop["value"]), stop)
    return list(stops.values())


def _leaflets(service: Service, pairs: Pairs, more: Pairs) -> list[dict[str, str]]:
    """Return dated links to a leaflet in every size."""
    base, address = common.dated(service, pairs), url_for("titration.leaflet")
    return [
        {"href": f"{address}?{written([*base, *more, (_LEAFLET.option, key)])}", "name": name}
        for key, name in _LEAFLET.choices.items()
    ]


def _links(service: Service, pairs: Pairs, plan: TitrationPlan, way: Way) -> list[dict[str, str]]:
    """Return dated links to the leaflet of one way in every size; none where it cannot be printed today."""
    drug = service.library.drug_of(plan.titration.order.drug)
    refused = any(each.beyond_use.date is None or why_not_printed(each, service.today()) for each in way.plans)
    if not way.plans or not has_leaflet(drug) or refused:
        return []
    return _leaflets(service, pairs, [("way", way.code)])


def _bottle_links(
    service: Service, pairs: Pairs, plan: LiquidTitrationPlan, sheet: LiquidTitrationSheet
) -> dict[str, Any]:
    """Return the links of a liquid: its batch, its leaflet, and its label on each stock that holds it."""
    notes = written(common.notes_of_dates(common.dated(service, pairs)))
    links: dict[str, Any] = {
        "plan": f"/liquid?{sheet.query}{f'&{notes}' if notes else ''}",
        "leaflets": [],
        "labels": [],
    }
    made = plan.batch.plan
    if made is None or made.beyond_use.date is None or why_not_printed(made, service.today()):
        return links
    if has_leaflet(made.drug):
        links["leaflets"] = _leaflets(service, pairs, [])
    if not made.order.unknown_expiries:
        base, address = common.dated(service, pairs), url_for("titration.label")
        links["labels"] = [
            {"href": f"{address}?{written([*base, (_LABEL.option, key)])}", "name": STOCKS[key].name}
            for key in bottle_label_stocks(plan, made, STOCKS, service.pharmacy)
        ]
    return links


def _batch_links(
    service: Service, pairs: Pairs, plan: TitrationPlan, sheet: TitrationSheet
) -> dict[str, list[dict[str, str]]]:
    """Return by the code of each way the links of its batches: the plan, and the label if it can be printed today."""
    notes = written(common.notes_of_dates(common.dated(service, pairs)))
    found: dict[str, list[dict[str, str]]] = {}
    for way, lines in zip(plan.every_way, sheet.ways, strict=True):
        found[way.code] = []
        for batch, line in zip(way.batches, lines.batches, strict=True):
            query = f"{line.query}&{notes}" if notes else line.query
            found[way.code].append({"plan": f"/?{query}", "label": _label_link(service, batch, query)})
    return found


def _label_link(service: Service, batch: Batch, query: str) -> str:
    """Return the address of the label of a batch, on the first stock that holds it; blank where none is printed."""
    stock = _stock_for(service, batch)
    if stock is None:
        return ""
    option = "" if stock == _LABEL.usual else f"&{written([(_LABEL.option, stock)])}"
    return f"/label.pdf?{query}{option}"


def _stock_for(service: Service, batch: Batch) -> str | None:
    """Return the first stock that holds the label of a batch; None where none does, or none is printed today."""
    made = batch.plan
    if made is None or made.beyond_use.date is None or made.order.unknown_expiries:
        return None
    if why_not_printed(made, service.today()):
        return None
    plan_sheet = CAPSULES.sheet(made)
    held = (CAPSULES.label_stocks(made, plan_sheet, (stock,), service.pharmacy) for stock in STOCKS)
    return next((stocks[0] for stocks in held if stocks), None)
