"""What the pages have in common: redirects, dates, one option of an address, error summaries, reasons for overrides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from flask import Response, redirect, request
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from calc.answers.contract import FaultShown, StopShown
from calc.faults import REASONS as SOFT_REASONS
from calc.faults import Fault, FaultCode, Reason
from calc.orders.query import Pairs, written
from calc.service.answering import Service
from calc.wording.refusals import STOP_NAMES
from calc.wording.steps import REASONS

Shown = Response | tuple[str, int]


def redirect_to(address: str, pairs: Pairs) -> Response:
    """Redirect to a query; nothing but the query is kept, which is the whole state of the page."""
    answer = redirect(f"{address}?{written(pairs)}" if pairs else address, code=303)
    return Response(answer.get_data(), 303, answer.headers)


def dated(service: Service, pairs: Pairs) -> Pairs:
    """Return the query with the date of making, so that a link to a paper means the same tomorrow."""
    return pairs if "prepared_on" in dict(pairs) else [*pairs, ("prepared_on", service.today().isoformat())]


def option_in(name: str, choices: Collection[str], usual: str = "") -> tuple[str, list[Fault]]:
    """Return the one value of an option of an address, `usual` where it is left out, and its faults."""
    given = [value for value in request.args.getlist(name) if value] or [usual]
    if len(given) > 1:
        return usual, [Fault(FaultCode.DUPLICATE_FIELD, name)]
    if not given[0]:
        return usual, [Fault(FaultCode.REQUIRED, name, {"typed": ""})]
    if given[0] not in choices:
        return usual, [Fault(FaultCode.UNKNOWN_CHOICE, name, {"typed": given[0][:40], "choices": tuple(choices)})]
    return given[0], []


def pdf(body: bytes, name: str) -> Response:
    """Answer with a paper, to be shown in the browser."""
    return Response(body, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def errors_by_field(troubles: Iterable[FaultShown | StopShown]) -> dict[str, str]:
    """Return the first text of each field, by its name in the form."""
    errors: dict[str, str] = {}
    for trouble in troubles:
        errors.setdefault(field_name(trouble["field"]), trouble["text"])
    return errors


def field_name(path: str) -> str:
    """Return the name of a field in the query; the order of a schedule has the names of an order's own page."""
    return path.removeprefix("order.").replace(".", "-")


def target(path: str, form: BaseForm, *others: str) -> str:
    """Return the id that a line of the error summary leads to: the field, or the form where it has no such field.

    `others` are ids on the page beside those of the form's fields.
    """
    name = field_name(path)
    if name in form or name in others:
        return name
    return "-".join(name.split("-")[:2]) if name.startswith("acknowledgements-") else "form"


def overrides(typed: MultiDict[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    """Return what a template shows of the reasons given and to be given for soft stops."""
    return {
        "acknowledgements": acknowledgements_in(typed),
        "acknowledgement_errors": errors,
        "reasons": {reason.value: REASONS[reason] for reason in Reason},
        "reasons_of": {code.value: [reason.value for reason in taken] for code, taken in SOFT_REASONS.items()},
        "names": {code.value: name for code, name in STOP_NAMES.items()},
    }


def acknowledgements_in(typed: MultiDict[str, str]) -> list[dict[str, str]]:
    """Return what was acknowledged already, by index, to be sent again with the form."""
    given: list[dict[str, str]] = []
    while f"acknowledgements-{len(given)}-code" in typed and len(given) < 100:
        prefix = f"acknowledgements-{len(given)}"
        given.append({part: typed.get(f"{prefix}-{part}", "") for part in ("code", "value", "reason")})
    return given
