"""`GET /liquid`: the form of a liquid, and under it the plan, the faults or the stops of the order in the query."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from calc.answers.problems import fault_shown, stop_shown
from calc.faults import REASONS as SOFT_REASONS
from calc.faults import Fault, Reason, Refused
from calc.liquid.order import LiquidOrder
from calc.liquid.papers import liquid_label_pdf, liquid_leaflet_pdf, liquid_sheet_pdf
from calc.liquid.plan import LiquidPlan
from calc.liquid.planning import plan_liquid
from calc.liquid.sheet import liquid_sheet
from calc.orders.query import Pairs
from calc.paper.label import STOCKS
from calc.paper.press import PAPERS
from calc.service.answering import Service
from calc.web.forms import query
from calc.web.forms.folding import opened_by_liquid, opened_by_stops
from calc.web.forms.liquid import LiquidForm
from calc.web.pages import common, papers
from calc.wording import liquid as words
from calc.wording.refusals import STOP_NAMES
from calc.wording.steps import REASONS

#: What every query of a liquid holds, so that a paper's code leads back here.
PREPARATION = ("preparation", "liquid")
_ON_PAPER, _ON_STOCK = ("paper", PAPERS, papers.USUAL_PAPER), ("label", STOCKS, papers.USUAL_STOCK)
#: The papers of a liquid by their endpoint.
PAPERS_OF_LIQUID = {"sheet": "liquid.sheet", "label": "liquid.label", "leaflet": "liquid.leaflet"}


def blueprint(service: Service) -> Blueprint:
    """The page of liquids over one service."""
    liquids = Blueprint("liquid", __name__)

    @liquids.get("/liquid")
    def page() -> common.Shown:
        pairs = list(request.args.items(multi=True))
        if not pairs:
            return _render(service, pairs), 200
        wanted = redirected(service, pairs)
        if wanted is not None and wanted != pairs:
            return common.redirect_to(url_for("liquid.page"), wanted)
        try:
            made = planned(service, pairs)
        except Refused as refused:
            return refuse(service, pairs, refused)
        return _render(service, pairs, made=made), 200

    here = sys.modules[__name__]

    @liquids.get("/liquid/sheet.pdf")
    def sheet() -> common.Shown:
        return papers.printed(here, service, *_ON_PAPER, liquid_sheet_pdf, "preparation-sheet.pdf")

    @liquids.get("/liquid/label.pdf")
    def label() -> common.Shown:
        return papers.printed(here, service, *_ON_STOCK, liquid_label_pdf, "label.pdf")

    @liquids.get("/liquid/leaflet.pdf")
    def leaflet() -> common.Shown:
        return papers.printed(here, service, *_ON_PAPER, liquid_leaflet_pdf, "patient-leaflet.pdf")

    return liquids


def redirected(service: Service, pairs: Pairs) -> Pairs | None:
    """The canonical query where it must take the place of `pairs`; None where its names are at fault, or nothing is."""
    if query.faults_of(pairs, query.LIQUID):
        return None
    wanted = common.dated(service, query.canonical(pairs, query.LIQUID))
    if PREPARATION[0] not in {name for name, _ in wanted}:
        wanted = [PREPARATION, *wanted]
    return wanted if wanted != pairs else None


def planned(service: Service, pairs: Pairs, more: Iterable[Fault] = ()) -> LiquidPlan:
    """The plan of the liquid in a query; raises `Refused` with the faults of the query, of the order, and `more`."""
    found = [*more, *query.faults_of(pairs, query.LIQUID)]
    tree = query.tree(query.canonical(pairs, query.LIQUID), query.LIQUID)
    try:
        order = LiquidOrder.read(tree, service.library, today=service.today())
    except Refused as refused:
        raise Refused((*found, *(fault for fault in refused.faults if fault not in found))) from refused
    if found:
        raise Refused(tuple(found))
    return plan_liquid(order, service.library)


def refuse(service: Service, pairs: Pairs, refused: Refused) -> common.Shown:
    """The page with what was typed and why it is not planned."""
    return _render(service, pairs, refused=refused), 422


def _render(service: Service, pairs: Pairs, *, made: LiquidPlan | None = None, refused: Refused | None = None) -> str:
    typed = MultiDict(pairs)
    faults = [fault_shown(fault) for fault in refused.faults] if refused is not None else []
    stopped = refused.stops if refused is not None and not faults else ()
    stops = [stop_shown(stop) for stop in stopped]
    errors: dict[str, str] = {}
    for trouble in (*faults, *stops):
        errors.setdefault(trouble["field"].replace(".", "-"), trouble["text"])
    form = LiquidForm(service.library, typed, errors)
    given = common.acknowledgements_in(typed)
    return render_template(
        "liquid/page.html",
        form=form,
        sheet=None if made is None else liquid_sheet(made),
        words=words,
        papers=[] if made is None else common.papers_of(service, pairs, PAPERS_OF_LIQUID, query.LIQUID),
        opened=opened_by_stops(stopped) if made is None else opened_by_liquid(made),
        faults=[(fault, common.target(fault["field"], form)) for fault in faults],
        stops=[(stop, index) for index, stop in enumerate(stops, start=len(given))],
        can_pass=all(stop["reasons"] for stop in stops),
        acknowledgements=given,
        acknowledgement_errors=errors,
        reasons={reason.value: REASONS[reason] for reason in Reason},
        reasons_of={code.value: [reason.value for reason in taken] for code, taken in SOFT_REASONS.items()},
        names={code.value: name for code, name in STOP_NAMES.items()},
    )
