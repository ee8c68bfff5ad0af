"""The lists of all codes in the OpenAPI description: faults, stops, notices, steps and refusals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from calc.faults import REASONS, FaultCode, NoticeCode, Reason, StopCode
from calc.planning.bench import BenchCode, BenchStage, Wants
from calc.planning.codes import StepCode
from calc.wording.web import JSON_FAULTS, TITLES


def say(parts: dict[str, Any]) -> None:
    """Write the list of codes into each field that holds one, and the reasons that override each soft stop."""
    soft_codes = [code.value for code in REASONS]
    soft = "; ".join(f"{code}: {', '.join(reasons)}" for code, reasons in REASONS.items())
    lists: Mapping[tuple[str, str], Iterable[str]] = {
        ("Acknowledgement", "code"): soft_codes,
        ("AcknowledgedShown", "code"): soft_codes,
        ("AcknowledgedShown", "reason"): Reason,
        ("BenchStepShown", "code"): BenchCode,
        ("BenchStepShown", "stage"): BenchStage,
        ("BenchStepShown", "wants"): Wants,
        ("FaultShown", "code"): FaultCode,
        ("NoticeShown", "code"): NoticeCode,
        ("Problem", "code"): JSON_FAULTS,
        ("Problem", "type"): [f"/problems/{kind}" for kind in TITLES],
        ("StepShown", "code"): StepCode,
        ("StopShown", "code"): StopCode,
    }
    for (part, name), codes in lists.items():
        field = parts[part]["properties"][name]
        field.pop("$ref", None)
        field |= {"type": "string", "enum": [str(code) for code in codes]}
    stop = parts["StopShown"]["properties"]
    stop["code"]["description"] = f"A reason lets these pass ({soft}); nothing lets the others pass."
    stop["reasons"]["items"]["enum"] = [reason.value for reason in Reason]
    about = {
        "code": "Why a body is no JSON that is read; given with `/problems/json`.",
        "line": "The number of the line that is refused, from 1; given for a line of many.",
        "faults": "Given with `/problems/faults`: all at once.",
        "stops": "Given with `/problems/stops`: all at once.",
    }
    for name, text in about.items():
        parts["Problem"]["properties"][name]["description"] = text
