"""`GET /`: the form, and under it the plan, the faults or the stops of the order in the query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from calc.answers.parts import Writer
from calc.answers.problems import fault_shown, stop_shown
from calc.capsule.order import Order
from calc.capsule.plan import Plan
from calc.capsule.planning import plan
from calc.capsule.sheet import sheet
from calc.faults import REASONS as SOFT_REASONS
from calc.faults import Fault, Reason, Refused
from calc.library import Library
from calc.orders.query import Pairs, shortest_pairs_of, written
from calc.paper.label import STOCKS
from calc.paper.press import PAPERS
from calc.pictures import pictures
from calc.planning.codes import FillRule
from calc.service.answering import Service
from calc.web.forms import bench, query
from calc.web.forms.capsule import OrderForm
from calc.web.forms.folding import opened_by_plan, opened_by_stops
from calc.web.pages.common import Shown, _field_name, acknowledgements_in, dated, papers_of, redirect_to, target
from calc.wording import paper as words
from calc.wording.refusals import STOP_NAMES
from calc.wording.steps import REASONS
from calc.wording.web import BENCH

CHECK_ADDRESS = "/check"
#: What stands before each name of an order that a check is asked for with.
OF_ORDER = "order-"
#: The papers of capsules by their endpoint.
PAPERS_OF_CAPSULES = {"sheet": "papers.sheet", "label": "papers.label", "leaflet": "papers.leaflet"}
#: The order that a program which is ready can plan.
READY = {"dose": "4.5 mg", "quantity": 30}


def blueprint(service: Service) -> Blueprint:
    """The page over one service."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def page() -> Shown:
        pairs = list(request.args.items(multi=True))
        if not pairs:
            return _render(service, pairs), 200
        wanted = redirected(service, pairs)
        if wanted is not None and wanted != pairs:
            return redirect_to(url_for("pages.page"), wanted)
        try:
            made = planned(service, pairs)
        except Refused as refused:
            return refuse(service, pairs, refused)
        return _render(service, pairs, made=made), 200

    @pages.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n", content_type="text/plain; charset=utf-8")

    @pages.get("/readyz")
    def readyz() -> Response:
        plan(Order.read(READY, service.library, today=service.today()), service.library)
        return Response("ready\n", content_type="text/plain; charset=utf-8")

    return pages


def redirected(service: Service, pairs: Pairs) -> Pairs | None:
    """The canonical query where it must take the place of `pairs`: blank names, or dates to be written in.

    None where the names of the query are at fault, or where it says all that a sheet needs.
    """
    if query.faults_of(pairs):
        return None
    wanted = dated(service, query.canonical(pairs))
    return wanted if wanted != pairs else None


def planned(service: Service, pairs: Pairs, more: Iterable[Fault] = ()) -> Plan:
    """The plan of the order in a query; raises `Refused` with the faults of the query, of the order, and `more`."""
    found = [*more, *query.faults_of(pairs)]
    try:
        order = Order.read(query.tree(query.canonical(pairs)), service.library, today=service.today())
    except Refused as refused:
        raise Refused((*found, *(fault for fault in refused.faults if fault not in found))) from refused
    if found:
        raise Refused(tuple(found))
    return plan(order, service.library)


def refuse(service: Service, pairs: Pairs, refused: Refused) -> Shown:
    """The page with what was typed and why it is not planned."""
    return _render(service, pairs, refused=refused), 422


def _render(service: Service, pairs: Pairs, *, made: Plan | None = None, refused: Refused | None = None) -> str:
    typed = MultiDict(pairs)
    faults = [fault_shown(fault) for fault in refused.faults] if refused is not None else []
    stopped = refused.stops if refused is not None and not faults else ()
    stops = [stop_shown(stop) for stop in stopped]
    errors: dict[str, str] = {}
    for trouble in (*faults, *stops):
        errors.setdefault(_field_name(trouble["field"]), trouble["text"])
    form = OrderForm(service.library, typed, errors)
    given = acknowledgements_in(typed)
    return render_template(
        "capsule/page.html",
        form=form,
        sheet=None if made is None else sheet(made),
        pictures=None if made is None else pictures(made),
        check="" if made is None else check_address(made),
        papers=[] if made is None else papers_of(service, pairs, PAPERS_OF_CAPSULES, query.CAPSULES),
        opened=opened_by_stops(stopped) if made is None else opened_by_plan(made),
        bench=_bench(service.library),
        faults=[(fault, target(fault["field"], form)) for fault in faults],
        stops=[(stop, index) for index, stop in enumerate(stops, start=len(given))],
        can_pass=all(stop["reasons"] for stop in stops),
        acknowledgements=given,
        acknowledgement_errors=errors,
        reasons={reason.value: REASONS[reason] for reason in Reason},
        reasons_of={code.value: [reason.value for reason in taken] for code, taken in SOFT_REASONS.items()},
        names={code.value: name for code, name in STOP_NAMES.items()},
    )


def _bench(library: Library) -> dict[str, Any]:
    """What the page says of a bench, and what its script needs to know to keep one."""
    stocks = {key: stock.name for key, stock in STOCKS.items()}
    papers = {"paper": {key: words.PAPER_NAMES[key] for key in PAPERS}, "label": stocks}
    return BENCH | bench.described(library) | {"papers": [(name, list(of.items())) for name, of in papers.items()]}


def check_address(plan: Plan) -> str:
    """The address of the page of checks, filled in: the order where its plan knows every mass, and its batch.

    Else the fill of a plan, where it is no estimate.
    """
    pairs = [("planned", str(plan.powder.batch))]
    if plan.spread is not None:
        order = [(f"{OF_ORDER}{name}", value) for name, value in shortest_pairs_of(plan.order)]
        return f"{CHECK_ADDRESS}?{written([*order, *pairs])}"
    fill = plan.fill
    if fill.fill_mass is not None and fill.rule is not FillRule.ESTIMATE:
        known = Writer(plan.order.balance.readability).of_capsule(fill.fill_mass)
        pairs = [("theoretical_fill", known["value"]), ("theoretical_fill_unit", "mg"), *pairs]
    return f"{CHECK_ADDRESS}?{written(pairs)}"
