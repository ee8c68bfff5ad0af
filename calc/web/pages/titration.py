"""`GET /titration`: the form of a schedule with its plan; its papers are the leaflet with the calendar, and a label."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import Blueprint, request, url_for

from calc.faults import Fault, FaultCode, Refused
from calc.orders.query import Pairs
from calc.paper.leaflet import NoLeaflet
from calc.paper.press import DoesNotFit
from calc.service.answering import Service
from calc.service.asked import why_not_printed
from calc.service.preparations import AnyPlan
from calc.titration.filling import filled
from calc.titration.leaflet import calendar_pdf
from calc.titration.liquid_papers import bottle_label_pdf, measured_calendar_pdf
from calc.titration.liquid_plan import LiquidTitrationPlan
from calc.titration.liquid_planning import titrate_liquid
from calc.titration.liquid_schedule import LiquidTitration, read_titration
from calc.titration.plan import WayCode
from calc.titration.planning import titrate
from calc.web.forms import schedule_page, schedule_query
from calc.web.pages import common
from calc.web.pages.kinds import KINDS, LABEL, Paper
from calc.web.pages.titration_shown import AnyTitration, titration_shown

LEAFLET, LABEL_PAPER, WAY = KINDS["leaflet"], KINDS[LABEL], "way"


def blueprint(service: Service) -> Blueprint:
    """Return the routes of titrations for one service."""
    titrations = Blueprint("titration", __name__)

    @titrations.get("/titration")
    def page() -> common.Shown:
        pairs = list(request.args.items(multi=True))
        if not pairs:
            return titration_shown(service, pairs), 200
        asked, beside = schedule_page.apart(pairs)
        asked = schedule_query.of_its_preparation(asked)
        of_page = schedule_page.faults_of(beside)
        try:
            wanted = None if of_page else _asked_for(service, asked, beside)
            if wanted is not None and wanted != pairs:
                return common.redirect_to(url_for("titration.page"), wanted)
            plan = titrated(service, asked, of_page)
        except Refused as refused:
            return _refuse(service, pairs, refused)
        return titration_shown(service, pairs, plan=plan), 200

    @titrations.get("/titration/leaflet.pdf")
    def leaflet() -> common.Shown:
        return _printed(service, LEAFLET, _leaflet)

    @titrations.get("/titration/label.pdf")
    def label() -> common.Shown:
        return _printed(service, LABEL_PAPER, _label)

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


def titrated(service: Service, pairs: Pairs, more: Iterable[Fault] = ()) -> AnyTitration:
    """Return the plan of the titration in a query.

    Raises `Refused` with the faults of the query, of the schedule, and `more`.
    """
    faults = [*more, *schedule_query.faults_of(pairs)]
    try:
        tree = schedule_query.tree(schedule_query.canonical(pairs))
        schedule = read_titration(tree, service.library, today=service.today())
    except Refused as refused:
        raise Refused((*faults, *(fault for fault in refused.faults if fault not in faults))) from refused
    if faults:
        raise Refused(tuple(faults))
    if isinstance(schedule, LiquidTitration):
        return titrate_liquid(schedule, service.library)
    return titrate(schedule, service.library)


def _printed(
    service: Service, paper: Paper, press: Callable[[Service, AnyTitration, str, str], bytes | None]
) -> common.Shown:
    """Print a paper of a titration, or return the page that shows why not."""
    own = {paper.option, WAY} if paper is LEAFLET else {paper.option}
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] not in own]
    on, faults = common.option_in(paper.option, paper.choices, paper.usual)
    from_liquid = schedule_query.is_from_liquid(pairs)
    way, faults_of_way = "", [] if not from_liquid else _not_taken(WAY)
    if paper is LEAFLET and not from_liquid:
        way, faults_of_way = common.option_in(WAY, tuple(WayCode))
    try:
        plan = titrated(service, pairs, (*faults, *faults_of_way))
        body = press(service, plan, on, way)
    except Refused as refused:
        return _refuse(service, pairs, refused)
    except DoesNotFit as large:
        return _refuse(service, pairs, Refused((Fault(FaultCode.DOES_NOT_FIT, paper.option, {"typed": large.on}),)))
    except NoLeaflet:
        return _refuse(service, pairs, Refused((Fault(FaultCode.NO_LEAFLET, "order.drug"),)))
    if body is None:
        return titration_shown(service, pairs, plan=plan), 422
    return common.pdf(body, paper.file)


def _not_taken(name: str) -> list[Fault]:
    """Return the fault of an option that this titration does not have."""
    return [Fault(FaultCode.UNKNOWN_FIELD, name)] if request.args.get(name) else []


def _leaflet(service: Service, plan: AnyTitration, paper: str, code: str) -> bytes | None:
    """Return the leaflet with the calendar, of one way or of the liquid; None while a batch is stopped."""
    if isinstance(plan, LiquidTitrationPlan):
        made = plan.batch.plan
        if made is None:
            return None
        _refuse_today(service, made)
        with common.at_the_press():
            return measured_calendar_pdf(plan, made, service.library, paper, service.pharmacy)
    way = next((way for way in plan.every_way if way.code == code), None)
    if way is None:
        choices = tuple(way.code.value for way in plan.every_way)
        raise Refused((Fault(FaultCode.UNKNOWN_CHOICE, WAY, {"typed": code, "choices": choices}),))
    if not way.plans:
        return None
    for each in way.plans:
        _refuse_today(service, each)
    with common.at_the_press():
        return calendar_pdf(plan, way, service.library, paper, service.pharmacy)


def _label(service: Service, plan: AnyTitration, stock: str, _: str) -> bytes | None:
    """Return the label of the bottle; None while the batch is stopped. Capsules have one in the plan of each batch."""
    if not isinstance(plan, LiquidTitrationPlan):
        raise Refused((Fault(FaultCode.BELONGS_TO_BATCH, LABEL_PAPER.option),))
    made = plan.batch.plan
    if made is None:
        return None
    _refuse_today(service, made)
    with common.at_the_press():
        return bottle_label_pdf(plan, made, stock, service.pharmacy)


def _refuse_today(service: Service, made: AnyPlan) -> None:
    """Raise `Refused` where label and leaflet of a batch are not printed today."""
    refused = why_not_printed(made, service.today(), "order.prepared_on")
    if refused:
        raise Refused(tuple(refused[:1]))


def _refuse(service: Service, pairs: Pairs, refused: Refused) -> common.Shown:
    return titration_shown(service, pairs, refused=refused), 422
