"""`GET /`: the form, and under it the plan, the faults or the stops of the order in the query."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from calc.faults import REASONS as SOFT_REASONS
from calc.faults import Fault, Reason, Refused
from calc.library import Library
from calc.order import Order
from calc.planning import plan
from calc.sheet import sheet
from calc.web import query
from calc.web.clock import today
from calc.web.forms import OrderForm
from calc.web.problems import fault_shown, stop_shown
from calc.wording.refusals import STOP_NAMES
from calc.wording.steps import REASONS


def blueprint(library: Library) -> Blueprint:
    """The page over one library."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def page() -> Response | tuple[str, int]:
        typed = request.args
        pairs = list(typed.items(multi=True))
        found = query.faults_of(pairs)
        said = query.canonical(pairs)
        if not pairs:
            return _render(library, typed), 200
        if not found:
            wanted = _dated(said)
            if wanted != pairs:
                # A plain redirect keeps nothing but the query: it is the whole state of the page.
                return _redirect(wanted)
        try:
            order = Order.read(query.tree(said), library, today=today())
            if found:
                raise Refused(faults=tuple(found))
            return _render(library, typed, sheet=sheet(plan(order, library))), 200
        except Refused as refused:
            faults = [*found, *(fault for fault in refused.faults if fault not in found)]
            return _render(library, typed, faults=faults, refused=refused), 422

    @pages.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n", content_type="text/plain; charset=utf-8")

    return pages


def _dated(pairs: query.Pairs) -> query.Pairs:
    """The query with its dates written in once tablets were weighed: tomorrow the link must not mean tomorrow."""
    names = {name for name, _ in pairs}
    if "source-total_mass" not in names or "source-weighed_on" in names:
        return pairs
    prepared = next((value for name, value in pairs if name == "prepared_on"), today().isoformat())
    kept = [pair for pair in pairs if pair[0] != "prepared_on"]
    return [*kept, ("prepared_on", prepared), ("source-weighed_on", prepared)]


def _redirect(pairs: query.Pairs) -> Response:
    address = url_for("pages.page")
    answer = redirect(f"{address}?{urlencode(pairs)}" if pairs else address, code=303)
    return Response(answer.get_data(), 303, answer.headers)


def _render(
    library: Library,
    typed: MultiDict[str, str],
    *,
    sheet: Any = None,
    faults: list[Fault] | None = None,
    refused: Refused | None = None,
) -> str:
    shown = [fault_shown(fault) for fault in faults or ()]
    stops = [stop_shown(stop) for stop in refused.stops] if refused is not None and not shown else []
    errors: dict[str, str] = {}
    for trouble in (*shown, *stops):
        errors.setdefault(_field_name(trouble["field"]), trouble["text"])
    form = OrderForm(library, typed, errors)
    given = _acknowledgements(typed)
    return render_template(
        "page.html",
        form=form,
        sheet=sheet,
        faults=[(fault, _target(fault["field"], form)) for fault in shown],
        stops=[(stop, index) for index, stop in enumerate(stops, start=len(given))],
        can_pass=all(stop["reasons"] for stop in stops),
        acknowledgements=given,
        acknowledgement_errors=errors,
        reasons={reason.value: REASONS[reason] for reason in Reason},
        reasons_of={code.value: [reason.value for reason in taken] for code, taken in SOFT_REASONS.items()},
        names={code.value: name for code, name in STOP_NAMES.items()},
    )


def _field_name(path: str) -> str:
    return path.replace(".", "-")


def _target(path: str, form: OrderForm) -> str:
    """The id that a line of the error summary leads to: the field, or the form where there is no such field."""
    name = _field_name(path)
    if name in form:
        return name
    return "-".join(name.split("-")[:2]) if name.startswith("acknowledgements-") else "form"


def _acknowledgements(typed: MultiDict[str, str]) -> list[dict[str, str]]:
    """What was acknowledged already, by index, to be sent again with the form."""
    given: list[dict[str, str]] = []
    while f"acknowledgements-{len(given)}-code" in typed and len(given) < 100:
        prefix = f"acknowledgements-{len(given)}"
        given.append({part: typed.get(f"{prefix}-{part}", "") for part in ("code", "value", "reason")})
    return given
