"""Refusals as every edge writes them (RFC 9457): one shape, whatever went wrong, and never a figure of a plan."""

from __future__ import annotations

from collections.abc import Callable

from calc.answers.contract import FaultShown, Problem, StopShown
from calc.faults import Fault, Refused, Stop
from calc.reading.json_body import BadJson
from calc.wording import fault_text, stop_text
from calc.wording.checks import TITLE_OF_FAULTS, check_fault_text
from calc.wording.web import JSON_FAULTS, JSON_SEEN, TITLES


def problem(kind: str, status: int, detail: str = "") -> Problem:
    """Return a refusal of this kind, with a detail if there is more to say.

    >>> problem("not-found", 404)
    {'type': '/problems/not-found', 'title': 'There is nothing at this address', 'status': 404}
    """
    body: Problem = {"type": f"/problems/{kind}", "title": TITLES[kind], "status": status}
    return {**body, "detail": detail} if detail else body


def refusal(refused: Refused) -> Problem:
    """Return the refusal of an order: all faults, or all stops."""
    if refused.faults:
        return {**problem("faults", 422), "faults": [fault_shown(fault) for fault in refused.faults]}
    return {**problem("stops", 422), "stops": [stop_shown(stop) for stop in refused.stops]}


def check_refusal(refused: Refused) -> Problem:
    """Return the refusal of a check on finished capsules: all its faults, or all stops of its order."""
    if refused.stops:
        return refusal(refused)
    body = problem("faults", 422) | {"title": TITLE_OF_FAULTS}
    return {**body, "faults": [fault_shown(fault, check_fault_text) for fault in refused.faults]}


def bad_json(fault: BadJson) -> Problem:
    """Return the refusal of a body that is not JSON."""
    said = JSON_SEEN.get(str(fault.facts.get("seen"))) or JSON_FAULTS[fault.code]
    return {**problem("json", 400), "code": fault.code, "detail": said.format(**fault.facts)}


def fault_shown(fault: Fault, say: Callable[[Fault], str] = fault_text) -> FaultShown:
    """Return one fault with its sentence."""
    return {"code": fault.code.value, "field": fault.field, "text": say(fault)}


def stop_shown(stop: Stop) -> StopShown:
    """Return one stop with its sentence and the reasons it accepts."""
    return {
        "code": stop.code.value,
        "severity": "soft" if stop.reasons else "hard",
        "field": stop.field,
        "value": stop.value,
        "reasons": [reason.value for reason in stop.reasons],
        "text": stop_text(stop),
    }
