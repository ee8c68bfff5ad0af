"""`GET /sheet.pdf`, `/label.pdf`, `/leaflet.pdf`: papers of the order in the query, or the page that refuses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, request

from calc.faults import Fault, FaultCode, Refused
from calc.library import Library
from calc.paper import PAPERS, STOCKS, DoesNotFit, NoLeaflet, label_pdf, leaflet_pdf, sheet_pdf
from calc.plans import Plan
from calc.web import pages

USUAL_PAPER, USUAL_STOCK = "letter", "2.25x1.25"


def blueprint(library: Library) -> Blueprint:
    """The papers over one library."""
    papers = Blueprint("papers", __name__)

    @papers.get("/sheet.pdf")
    def sheet() -> pages.Shown:
        return _printed(library, "paper", PAPERS, USUAL_PAPER, sheet_pdf, "preparation-sheet.pdf")

    @papers.get("/label.pdf")
    def label() -> pages.Shown:
        return _printed(library, "label", STOCKS, USUAL_STOCK, label_pdf, "label.pdf")

    @papers.get("/leaflet.pdf")
    def leaflet() -> pages.Shown:
        return _printed(library, "paper", PAPERS, USUAL_PAPER, leaflet_pdf, "patient-leaflet.pdf")

    return papers


def _printed(
    library: Library,
    option: str,
    choices: Mapping[str, object],
    usual: str,
    make: Callable[[Plan, str], bytes],
    name: str,
) -> pages.Shown:
    """A paper of the order in the query, on what its one further name asks for."""
    typed = request.args
    pairs = [pair for pair in typed.items(multi=True) if pair[0] != option]
    wanted = [value for value in typed.getlist(option) if value] or [usual]
    faults = []
    if len(wanted) > 1:
        faults.append(Fault(FaultCode.DUPLICATE_FIELD, option))
    elif wanted[0] not in choices:
        faults.append(Fault(FaultCode.UNKNOWN_CHOICE, option, {"typed": wanted[0][:40], "choices": tuple(choices)}))
    dated = pages.redirected(pairs)
    if dated is not None and not faults:
        return pages.redirect_to(request.path, [*dated, (option, wanted[0])])
    try:
        plan = pages.planned(library, pairs, faults)
        body = make(plan, wanted[0])
    except Refused as refused:
        return pages.refuse(library, pairs, refused)
    except DoesNotFit as large:
        return pages.refuse(library, pairs, Refused((Fault(FaultCode.DOES_NOT_FIT, option, {"typed": large.on}),)))
    except NoLeaflet:
        return pages.refuse(library, pairs, Refused((Fault(FaultCode.NO_LEAFLET, "drug"),)))
    return Response(body, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
