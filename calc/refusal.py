"""Faults and stops as every refusal writes them: code, field, and the sentence that says what would help."""

from __future__ import annotations

from collections.abc import Callable

from calc.contract import FaultShown, StopShown
from calc.faults import Fault, Stop
from calc.wording import fault_text, stop_text


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
