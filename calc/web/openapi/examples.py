"""Further examples in the OpenAPI description: other kinds of order, and refusals computed by the program itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from calc import limits
from calc.answers.contract import Problem
from calc.answers.problems import bad_json, refusal
from calc.faults import Refused
from calc.library import Library
from calc.reading.json_body import BadJson, read_json
from calc.service.answering import answer_to
from calc.web.problems import MEDIA_TYPE

#: Orders beside the first example; the tests post every example.
MORE = {
    "not_weighed": {
        "summary": "Only what is required: parts, and no masses",
        "value": {"dose": "4.5 mg", "quantity": 30},
    },
    "bulk_powder": {
        "summary": "Capsules from bulk powder by its certificate",
        "value": {
            "dose": "4.5 mg",
            "quantity": 30,
            "source": {"kind": "powder", "assay": "98.5 %", "assay_basis": "dried", "water": "4 %"},
        },
    },
    "too_little_to_weigh": {
        "summary": "So little powder that the plan dilutes it first",
        "value": {"dose": "0.1 mg", "quantity": 30, "source": {"tablets_weighed": 1, "total_mass": "0.160 g"}},
    },
    "acknowledged": {
        "summary": "A soft stop overridden with its reason",
        "value": {
            "dose": "45 mg",
            "quantity": 30,
            "acknowledgements": [{"code": "dose_above_usual", "value": "45 mg", "reason": "prescriber_confirmed"}],
        },
    },
}
#: Bodies that are refused, by the status of the refusal.
REFUSED = {
    "400": {"json": '{"dose": "4.5 mg", "dose": "45 mg", "quantity": 30}'},
    "422": {"faults": '{"dose": "4,5 mg", "quantity": 30.5}', "stops": '{"dose": "45 mg", "quantity": 30}'},
}


def add(operation: dict[str, Any], library: Library) -> None:
    """Add the examples to the operation that plans one order."""
    (content,) = operation["requestBody"]["content"].values()
    content["examples"] = {**content["examples"], **MORE}
    for status, bodies in REFUSED.items():
        examples = {}
        for name, body in bodies.items():
            problem = _refused(body, library)
            examples[name] = {"summary": f"{problem['title']}, as to {body}", "value": problem}
        operation["responses"][status]["content"][MEDIA_TYPE]["examples"] = examples


def _refused(body: str, library: Library) -> Problem:
    """Return the refusal of a body, which must not depend on the date. Raises `ValueError` if the body is planned."""
    try:
        answer_to(read_json(body.encode()), library, date.fromisoformat(limits.EARLIEST_DATE))
    except BadJson as fault:
        return bad_json(fault)
    except Refused as refused:
        return refusal(refused)
    raise ValueError(body)
