"""Refusals: one shape for the endpoint (RFC 9457), whatever went wrong, and never a figure of a plan."""

from __future__ import annotations

import json

from flask import Response

from calc.contract import Problem
from calc.faults import Refused
from calc.refusal import fault_shown, stop_shown
from calc.wording.finished import TITLE_OF_FAULTS, check_fault_text
from calc.wording.web import JSON_FAULTS, TITLES

MEDIA_TYPE = "application/problem+json"


def problem(kind: str, status: int) -> Problem:
    """A refusal with nothing but its kind."""
    return {"type": f"/problems/{kind}", "title": TITLES[kind], "status": status}


def refusal(refused: Refused) -> Problem:
    """The refusal of an order: all faults, or all stops."""
    if refused.faults:
        return {**problem("faults", 422), "faults": [fault_shown(fault) for fault in refused.faults]}
    return {**problem("stops", 422), "stops": [stop_shown(stop) for stop in refused.stops]}


def check_refusal(refused: Refused) -> Problem:
    """The refusal of a check on finished capsules: all its faults."""
    said = problem("faults", 422) | {"title": TITLE_OF_FAULTS}
    return {**said, "faults": [fault_shown(fault, check_fault_text) for fault in refused.faults]}


def bad_json(code: str) -> Problem:
    """The refusal of a body that is not JSON."""
    return {**problem("json", 400), "code": code, "detail": JSON_FAULTS[code]}


def respond(said: Problem, headers: dict[str, str] | None = None) -> Response:
    """A refusal as an answer of the endpoint."""
    body = json.dumps(said, ensure_ascii=False)
    return Response(body.encode("utf-8", "backslashreplace"), said["status"], headers, content_type=MEDIA_TYPE)
