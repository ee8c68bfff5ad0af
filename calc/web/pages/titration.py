"""`GET /titration`: the form of a schedule with both ways to make it; `GET /titration/leaflet.pdf`: its calendar."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from calc.answers.contract import StopShown
from calc.answers.problems import fault_shown
from calc.faults import Fault, FaultCode, Refused
from calc.orders.query import Pairs, written
from calc.paper.label import STOCKS
from calc.paper.leaflet import NoLeaflet, has_leaflet
from calc.paper.press import DoesNotFit
from calc.service.answering import Service
from calc.service.asked import why_not_printed
from calc.service.preparations import CAPSULES
from calc.titration.filling import filled
from calc.titration.leaflet import calendar_pdf
from calc.titration.plan import Batch, TitrationPlan, Way, WayCode
from calc.titration.planning import titrate
from calc.titration.schedule import Titration
from calc.titration.sheet import TitrationSheet, filled_said, titration_sheet
from calc.web.forms import schedule_page, schedule_query
from calc.web.forms.fields import OF_TABLETS
from calc.web.forms.titration import TitrationForm
from calc.web.pages import common
from calc.web.pages.kinds import KINDS, LABEL
from calc.web.pages.steps import steps_of
from calc.wording.titration import ROWS

LEAFLET, LABEL_PAPER, WAY = KINDS["leaflet"], KINDS[LABEL], "way"


def blueprint(service: Service) -> Blueprint:
    """Return the routes of titrations for one service."""
    titrations = Blueprint("titration", __name__)

    @titrations.get("/titration")
    def page() -> common.Shown:
        pairs = list(request.args.items(multi=True))
        if not pairs:
            return _render(service, pairs), 200
        asked, beside = schedule_page.apart(pairs)
        of_page = schedule_page.faults_of(beside)
        try:
            wanted = None if of_page else _asked_for(service, asked, beside)
            if wanted is not None and wanted != pairs:
                return common.redirect_to(url_for("titration.page"), wanted)
            plan = titrated(service, asked, of_page)
        except Refused as refused:
            return _refuse(service, pairs, refused)
        return _render(service, pairs, plan=plan), 200

    @titrations.get("/titration/leaflet.pdf")
    def leaflet() -> common.Shown:
        return _leaflet(service)

    return titrations


def _asked_for(service: Service, asked: Pairs, beside: Pairs) -> Pairs | None:
    """Return the query to go on with: its rows filled in, or one taken out, without blanks; None if it has faults.

    Raises `Refused` with the faults of how rows are to be filled in.
    """
    kept = schedule_page.canonical(beside)
    fewer = schedule_page.row_less(asked, beside)
    if fewer is not None:
        return [*schedule_query.canonical(fewer), *kept]
    if schedule_page.is_filling(asked, beside):
        asked = schedule_page.with_rows(asked, filled(schedule_page.filling(beside)))
    if schedule_query.faults_of(asked):
        return None
    return [*common.with_key(service, schedule_query.canonical(asked)), *kept]


def titrated(service: Service, pairs: Pairs, more: Iterable[Fault] = ()) -> TitrationPlan:
    """Return the plan of the titration in a query.

    Raises `Refused` with the faults of the query, of the schedule, and `more`.
    """
    faults = [*more, *schedule_query.faults_of(pairs)]
    try:
        tree = schedule_query.tree(schedule_query.canonical(pairs))
        schedule = Titration.read(tree, service.library, today=service.today())
    except Refused as refused:
        raise Refused((*faults, *(fault for fault in refused.faults if fault not in faults))) from refused
    if faults:
        raise Refused(tuple(faults))
    return titrate(schedule, service.library)


def _leaflet(service: Service) -> common.Shown:
    """Print the leaflet with the calendar of one way, the way whose capsules the patient is given."""
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] not in {LEAFLET.option, WAY}]
    paper, faults = common.option_in(LEAFLET.option, LEAFLET.choices, LEAFLET.usual)
    code, faults_of_way = common.option_in(WAY, tuple(WayCode))
    try:
        plan = titrated(service, pairs, (*faults, *faults_of_way))
        way = next(way for way in plan.ways if way.code == code)
        if not way.plans:
            return _render(service, pairs, plan=plan), 422
        refused = _why_no_leaflet(service, way)
        if refused:
            raise Refused(tuple(refused[:1]))
        with common.at_the_press():
            body = calendar_pdf(plan, way, service.library, paper, service.pharmacy)
    except Refused as refused:
        return _refuse(service, pairs, refused)
    except DoesNotFit as large:
        return _refuse(service, pairs, Refused((Fault(FaultCode.DOES_NOT_FIT, LEAFLET.option, {"typed": large.on}),)))
    except NoLeaflet:
        return _refuse(service, pairs, Refused((Fault(FaultCode.NO_LEAFLET, "order.drug"),)))
    return common.pdf(body, LEAFLET.file)


def _why_no_leaflet(service: Service, way: Way) -> list[Fault]:
    """Return the faults that keep the leaflet of a way from being printed today."""
    return [fault for each in way.plans for fault in why_not_printed(each, service.today(), "order.prepared_on")]


def _refuse(service: Service, pairs: Pairs, refused: Refused) -> common.Shown:
    return _render(service, pairs, refused=refused), 422


def _render(
    service: Service, pairs: Pairs, *, plan: TitrationPlan | None = None, refused: Refused | None = None
) -> str:
    sheet = None if plan is None else titration_sheet(plan, service.library)
    typed, asked = MultiDict(pairs), schedule_page.apart(pairs)[0]
    faults = [fault_shown(fault) for fault in refused.faults] if refused is not None else []
    errors = common.errors_by_field(faults)
    form = TitrationForm(service.library, typed, errors)
    overrides = common.overrides(typed, errors)
    stops = _stops_to_override(sheet) if sheet is not None else []
    return render_template(
        "titration/page.html",
        form=form,
        rows=ROWS,
        filled_in=_filled_in(pairs),
        steps=steps_of("titration", form, () if sheet is None else sheet.progress, faults, _stops_standing(sheet)),
        address=url_for("titration.page"),
        opened=frozenset(),
        waiting=False,
        can_pass=False,
        stops=[],
        of_tablets=" ".join(name for name in OF_TABLETS if name in form),
        notes=common.notes_of_dates(pairs),
        sheet=sheet,
        links={way.code: _links(service, asked, plan, way) for way in plan.ways} if plan is not None else {},
        batches=_batch_links(service, asked, plan, sheet) if plan is not None and sheet is not None else {},
        label_waits_for=[] if plan is None else common.waits_for(plan.titration.order),
        faults=[(fault, common.target(fault["field"], form, "schedule")) for fault in faults],
        to_override=list(enumerate(stops, start=len(overrides["acknowledgements"]))),
        schedule_error=errors.get("schedule", ""),
        **overrides,
    )


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


def _stops_standing(sheet: TitrationSheet | None) -> list[StopShown]:
    """Return the stops of all batches; a step of the order of work that one is told in is not done."""
    return [] if sheet is None else [stop for way in sheet.ways for batch in way.batches for stop in batch.stops]


def _stops_to_override(sheet: TitrationSheet) -> list[StopShown]:
    """Return each soft stop once, of batches that have no hard stop."""
    stops: dict[tuple[str, str], StopShown] = {}
    for way in sheet.ways:
        for batch in way.batches:
            if all(stop["reasons"] for stop in batch.stops):
                for stop in batch.stops:
                    stops.setdefault((stop["code"], stop["value"]), stop)
    return list(stops.values())


def _links(service: Service, pairs: Pairs, plan: TitrationPlan, way: Way) -> list[dict[str, str]]:
    """Return dated links to the leaflet of one way in every size; none where it cannot be printed today."""
    drug = service.library.drug_of(plan.titration.order.drug)
    if not way.plans or not has_leaflet(drug) or _why_no_leaflet(service, way):
        return []
    base, address = common.dated(service, pairs), url_for("titration.leaflet")
    return [
        {"href": f"{address}?{written([*base, (WAY, way.code), (LEAFLET.option, key)])}", "name": name}
        for key, name in LEAFLET.choices.items()
    ]


def _batch_links(
    service: Service, pairs: Pairs, plan: TitrationPlan, sheet: TitrationSheet
) -> dict[str, list[dict[str, str]]]:
    """Return by the code of each way the links of its batches: the plan, and the label if it can be printed today."""
    notes = written(common.notes_of_dates(common.dated(service, pairs)))
    found: dict[str, list[dict[str, str]]] = {}
    for way, lines in zip(plan.ways, sheet.ways, strict=True):
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
    option = "" if stock == LABEL_PAPER.usual else f"&{written([(LABEL_PAPER.option, stock)])}"
    return f"/label.pdf?{query}{option}"


def _stock_for(service: Service, batch: Batch) -> str | None:
    """Return the first stock that holds the label of a batch; None where none does, or none is printed today."""
    if batch.plan is None or batch.plan.order.unknown_expiries or why_not_printed(batch.plan, service.today()):
        return None
    plan_sheet = CAPSULES.sheet(batch.plan)
    held = (CAPSULES.label_stocks(batch.plan, plan_sheet, (stock,), service.pharmacy) for stock in STOCKS)
    return next((stocks[0] for stocks in held if stocks), None)
