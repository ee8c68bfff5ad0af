"""Parts that the pages share: redirects, dates, options in the address, error summaries, reasons for overrides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from flask import Response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import ServiceUnavailable
from wtforms.form import BaseForm

from calc.answers.contract import FaultShown, StopShown
from calc.faults import REASONS as SOFT_REASONS
from calc.faults import Fault, FaultCode, Reason
from calc.limits.server import PAPERS_AT_ONCE
from calc.orders.base import AnyOrder
from calc.orders.query import Pairs, written
from calc.orders.sources import CapsuleSource
from calc.service.answering import Service
from calc.web.forms.fields import field_name
from calc.web.forms.query import DATED, date_filled_in
from calc.wording import label
from calc.wording.opened import told_of_capsules
from calc.wording.paper import WITH_ANNEX as WITH_ANNEX_NAME
from calc.wording.refusals import STOP_NAMES
from calc.wording.steps import REASONS

#: The option of a sheet that prints its annex: the arithmetic, the cautions with their sources, the whole order.
ANNEX, WITH_ANNEX = "annex", "yes"
Shown = Response | tuple[str, int]
#: What a template shows of every override: the reasons, those accepted for each soft stop, and the names of the stops.
_OF_OVERRIDES: Mapping[str, Any] = {
    "reasons": {reason.value: REASONS[reason] for reason in Reason},
    "reasons_of": {code.value: [reason.value for reason in taken] for code, taken in SOFT_REASONS.items()},
    "names": {code.value: name for code, name in STOP_NAMES.items()},
}
_press = BoundedSemaphore(PAPERS_AT_ONCE)


def redirect_to(address: str, pairs: Pairs) -> Response:
    """Redirect to an address with a query, which is the whole state of the page."""
    answer = redirect(f"{address}?{written(pairs)}" if pairs else address, code=303)
    return Response(answer.get_data(), 303, answer.headers)


def with_key(service: Service, pairs: Pairs) -> Pairs:
    """Return the query with the key of its drug, which may be typed in any case, as the drug's file has it."""
    return [(name, service.library.key_of(value) if name == "drug" else value) for name, value in pairs]


def dated(service: Service, pairs: Pairs) -> Pairs:
    """Return the query with the date of making, so that a link to a paper never changes meaning."""
    if "prepared_on" in dict(pairs):
        return pairs
    return [*pairs, *date_filled_in("prepared_on", service.today().isoformat())]


def notes_of_dates(pairs: Pairs) -> Pairs:
    """Return the notes in the query that dates were filled in, to be sent again with the form."""
    return [(name, value) for name, value in pairs if name.startswith(DATED)]


def option_in(name: str, choices: Collection[str], usual: str = "") -> tuple[str, list[Fault]]:
    """Return the value of an option in the address, by default `usual`, and its faults."""
    values = [value for value in request.args.getlist(name) if value] or [usual]
    if len(values) > 1:
        return usual, [Fault(FaultCode.DUPLICATE_FIELD, name)]
    if not values[0]:
        return usual, [Fault(FaultCode.REQUIRED, name, {"typed": ""})]
    if values[0] not in choices:
        return usual, [Fault(FaultCode.UNKNOWN_CHOICE, name, {"typed": values[0][:40], "choices": tuple(choices)})]
    return values[0], []


def annex_in(*, asked: bool) -> tuple[bool, Pairs, list[Fault]]:
    """Return whether the annex of a sheet is printed, its option as it is sent on, and the faults of that option.

    Only a sheet is `asked` for one.
    """
    if not asked or ANNEX not in request.args:
        return False, [], []
    chosen, faults = option_in(ANNEX, (WITH_ANNEX, "no"), "no")
    return chosen == WITH_ANNEX, [(ANNEX, chosen)], faults


def with_annex(links: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return links to the same sheets with their annex."""
    return [
        {"href": f"{link['href']}&{ANNEX}={WITH_ANNEX}", "name": WITH_ANNEX_NAME.format(name=link["name"])}
        for link in links
    ]


@contextmanager
def at_the_press() -> Iterator[None]:
    """Refuse a paper if as many as may be are being set, because to wait would take the threads of pages."""
    if not _press.acquire(blocking=False):
        raise ServiceUnavailable(retry_after=1)
    try:
        yield
    finally:
        _press.release()


def pdf(body: bytes, name: str, how: str = "inline") -> Response:
    """Return a paper as a response to be shown in the browser, or to be saved as "attachment"."""
    return Response(body, content_type="application/pdf", headers={"Content-Disposition": f'{how}; filename="{name}"'})


def waits_for(order: AnyOrder) -> list[dict[str, str]]:
    """Return the fields of the expiries that the label of an order waits for, with their names."""
    named = [(path, label(path)) for path in order.unknown_expiries]
    if isinstance(order.source, CapsuleSource):
        facts = {"opened": not hasattr(order, "volume"), "named": ""}
        named = [(path, told_of_capsules(name, facts) if path == "source.expiry" else name) for path, name in named]
    return [{"field": field_name(path), "name": name} for path, name in named]


def errors_by_field(troubles: Iterable[FaultShown | StopShown]) -> dict[str, str]:
    """Return the first error text of each field, by its name in the form."""
    errors: dict[str, str] = {}
    for trouble in troubles:
        errors.setdefault(field_name(trouble["field"]), trouble["text"])
    return errors


def target(path: str, form: BaseForm, *others: str) -> str:
    """Return the id that a line of the error summary links to: the field, or the form if there is no such field.

    `others` are further ids on the page.
    """
    name = field_name(path)
    if name in form or name in others:
        return name
    return "-".join(name.split("-")[:2]) if name.startswith("acknowledgements-") else "form"


def overrides(typed: MultiDict[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    """Return what a template shows of overrides: those given, and the reasons accepted for each soft stop."""
    return {
        "acknowledgements": acknowledgements_in(typed),
        "acknowledgement_errors": errors,
        **_OF_OVERRIDES,
    }


def acknowledgements_in(typed: MultiDict[str, str]) -> list[dict[str, str]]:
    """Return the acknowledgements in the query, by index, to be sent again with the form."""
    acknowledged: list[dict[str, str]] = []
    while f"acknowledgements-{len(acknowledged)}-code" in typed and len(acknowledged) < 100:
        prefix = f"acknowledgements-{len(acknowledged)}"
        acknowledged.append({part: typed.get(f"{prefix}-{part}", "") for part in ("code", "value", "reason")})
    return acknowledged
