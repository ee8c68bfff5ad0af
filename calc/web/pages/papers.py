"""`GET /sheet.pdf`, `/label.pdf`, `/leaflet.pdf`: papers of the order in the query, or the page that refuses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, request

from calc.capsule.papers import label_pdf, leaflet_pdf, sheet_pdf
from calc.faults import Fault, FaultCode, Refused
from calc.orders.query import Pairs
from calc.paper.label import STOCKS
from calc.paper.leaflet import NoLeaflet
from calc.paper.press import PAPERS, DoesNotFit
from calc.service.answering import Service
from calc.web.pages import capsule, common

USUAL_PAPER, USUAL_STOCK = "letter", "2.25x1.25"


def blueprint(service: Service) -> Blueprint:
    """The papers over one service."""
    papers = Blueprint("papers", __name__)

    @papers.get("/sheet.pdf")
    def sheet() -> common.Shown:
        return printed(capsule, service, "paper", PAPERS, USUAL_PAPER, sheet_pdf, "preparation-sheet.pdf")

    @papers.get("/label.pdf")
    def label() -> common.Shown:
        return printed(capsule, service, "label", STOCKS, USUAL_STOCK, label_pdf, "label.pdf")

    @papers.get("/leaflet.pdf")
    def leaflet() -> common.Shown:
        return printed(capsule, service, "paper", PAPERS, USUAL_PAPER, leaflet_pdf, "patient-leaflet.pdf")

    return papers


def _refused(door: Any, service: Service, pairs: Pairs, refused: Refused) -> common.Shown:
    """The page of the door, which says why nothing is printed."""
    said: common.Shown = door.refuse(service, pairs, refused)
    return said


def printed(
    door: Any,
    service: Service,
    option: str,
    choices: Mapping[str, object],
    usual: str,
    make: Callable[[Any, str], bytes],
    name: str,
) -> common.Shown:
    """A paper of the order in the query, on what its one further name asks for.

    `door` is the module of a page: it reads the query, plans its order and refuses it.
    """
    typed = request.args
    pairs = [pair for pair in typed.items(multi=True) if pair[0] != option]
    wanted = [value for value in typed.getlist(option) if value] or [usual]
    faults = []
    if len(wanted) > 1:
        faults.append(Fault(FaultCode.DUPLICATE_FIELD, option))
    elif wanted[0] not in choices:
        faults.append(Fault(FaultCode.UNKNOWN_CHOICE, option, {"typed": wanted[0][:40], "choices": tuple(choices)}))
    dated = door.redirected(service, pairs)
    if dated is not None and not faults:
        return common.redirect_to(request.path, [*dated, (option, wanted[0])])
    try:
        plan = door.planned(service, pairs, faults)
        body = make(plan, wanted[0])
    except Refused as refused:
        return _refused(door, service, pairs, refused)
    except DoesNotFit as large:
        return _refused(door, service, pairs, Refused((Fault(FaultCode.DOES_NOT_FIT, option, {"typed": large.on}),)))
    except NoLeaflet:
        return _refused(door, service, pairs, Refused((Fault(FaultCode.NO_LEAFLET, "drug"),)))
    return Response(body, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
