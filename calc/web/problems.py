"""Refusals: one shape for the endpoint (RFC 9457), whatever went wrong, and never a figure of a plan."""

from __future__ import annotations

import json
from collections.abc import Callable

from flask import Response

from calc.contract import FaultShown, Problem, StopShown
from calc.faults import Fault, Refused, Stop
from calc.wording import fault_text, stop_text
from calc.wording.finished import TITLE_OF_FAULTS, check_fault_text
from calc.wording.web import JSON_FAULTS, TITLES

MEDIA_TYPE = "application/problem+json"


def fault_shown(fault: Fault, say: Callable[[Fault], str] = fault_text) -> FaultShown:
    """One fault with its sentence."""
    return {"code": fault.code.value, "field": fault.field, "text": say(fault)}


def stop_shown(stop: Stop) -> StopShown:
    """One stop with its sentence and the reasons it takes."""
    return {
        "code": stop.code.value,
        "severity": "soft" if stop.reasons else "hard",
        "field": stop.field,
        "value": stop.value,
        "reasons": [reason.value for reason in stop.reasons],
        "text": stop_text(stop),
    }


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
