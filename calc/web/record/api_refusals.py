"""Refusals of the record's endpoint, as `application/problem+json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from calc.answers.contract import Problem
from calc.answers.problems import bad_json, refusal
from calc.faults import Refused
from calc.reading.json_body import BadJson
from calc.record.refusals import (
    ActRefused,
    Conflict,
    NeedsSignature,
    NotAllowed,
    NotSaved,
    NotSetUp,
    RequestReused,
    Unknown,
)
from calc.record.words import api as words
from calc.record.words import said as said_of
from calc.web import problems
from calc.wording.web import DETAILS, TITLES

#: How long to wait before what was not saved is sent again.
RETRY_AFTER = "5"


class NoKey(Exception):
    """A request without a key, or with one that is unknown or has ended."""


#: What the endpoint answers by itself.
REFUSALS = (
    *(ActRefused, BadJson, Conflict, NeedsSignature, NoKey, NotAllowed, NotSaved, NotSetUp, Refused, RequestReused),
    Unknown,
)


def respond(fault: Exception) -> Response:
    """Return the refusal of a request as an HTTP response; never a figure, never what was sent."""
    headers: Mapping[str, str] = {}
    match fault:
        case NoKey():
            said, headers = _problem("key", 401, words.KEY), {"WWW-Authenticate": "Bearer"}
        case NotAllowed():
            said = _problem("forbidden", 403, words.FORBIDDEN)
        case NeedsSignature():
            said = _problem("forbidden", 403, words.SIGNATURE_NEEDS_A_PERSON, code="signature_needs_a_person")
        case Unknown():
            said = _problem("not-found", 404, DETAILS["not-found"])
        case Conflict():
            said = _problem("conflict", 409, words.CONFLICT.format(stream=fault.stream, version=fault.version))
        case RequestReused():
            said = _problem("request-reused", 422, words.REQUEST_REUSED)
        case ActRefused():
            said = _problem("act", 422)
            said["faults"] = [
                {"code": each.code, "field": each.field, "text": said_of(each)} for each in fault.problems
            ]
        case Refused():
            said = refusal(fault)
        case BadJson():
            said = bad_json(fault)
        case NotSaved():
            said, headers = _problem("not-saved", 503, words.NOT_SAVED.format(why=fault.why)), _LATER
        case NotSetUp():
            said, headers = _problem("not-set-up", 503, words.NOT_SET_UP.format(command=fault.command)), _LATER
        case _:
            raise fault
    return problems.respond(said, dict(headers))


_LATER = {"Retry-After": RETRY_AFTER}


def _problem(kind: str, status: int, detail: str = "", **more: Any) -> Problem:
    title = words.TITLES.get(kind) or TITLES[kind]
    said: Problem = {"type": f"/problems/{kind}", "title": title, "status": status}
    if detail:
        said["detail"] = detail
    said.update(more)  # type: ignore[typeddict-item]  # names of a problem
    return said
