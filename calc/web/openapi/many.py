"""The OpenAPI description of `POST /api/v1/plans`: one order per line in, one answer or refusal per line out."""

from __future__ import annotations

import json
from typing import Any

from calc.limits.server import BODIES_AT_ONCE
from calc.service.many import LONGEST_LINE, MOST_LINES
from calc.web.api.many import MEDIA_TYPE
from calc.web.guard import MOST_QUERY, PLANS, most_of
from calc.web.openapi.common import ALLOW, SCHEMAS, refused
from calc.wording.web import DETAILS

#: An order, a line of invalid JSON, and an order that exceeds a limit; the tests post them.
EXAMPLE = "".join(
    f"{line}\n"
    for line in (
        json.dumps({"dose": "4.5 mg", "quantity": 30}),
        '{"dose": "1.5 mg", "quantity": 30',
        json.dumps({"dose": "45 mg", "quantity": 30}),
    )
)
_TAKES = (
    f"One order a line, each as for `/api/v1/plan`, ended by a line feed. At most {MOST_LINES} lines of at most "
    f"{LONGEST_LINE} bytes, {most_of(PLANS)} bytes in all; a chunked body counts as what it holds. Blank lines are "
    "passed over and counted. The body is received in whole before the first line is answered."
)
_ANSWERS = (
    "One line for each line that is not blank, in their order: the answer that `/api/v1/plan` gives to it, byte for "
    "byte, or a problem with `status` and `line`, its number from 1. No line stops another. After the last line that "
    "is read comes one problem for the next, and nothing more. Answers leave while later lines are worked out; an "
    "answer that is cut off lacks the end that HTTP gives to it."
)
_BUSY = {"Retry-After": {"description": "Seconds.", "required": True, "schema": {"type": "string"}}}


def described() -> dict[str, Any]:
    """Return the only operation of the path; `x-itemSchema` is the schema of one line."""
    either = {"oneOf": [{"$ref": f"{SCHEMAS}Order"}, {"$ref": f"{SCHEMAS}LiquidOrder"}]}
    answers_with = [{"$ref": f"{SCHEMAS}{name}"} for name in ("Answer", "LiquidAnswer", "Problem")]
    text = {"type": "string", "contentMediaType": MEDIA_TYPE}
    example = {"summary": "A plan, a line that is no JSON, and a stop", "value": EXAMPLE}
    body = {"schema": {**text, "description": _TAKES}, "x-itemSchema": either, "examples": {"three_lines": example}}
    answers = {"schema": {**text, "description": _ANSWERS}, "x-itemSchema": {"anyOf": answers_with}}
    return {
        "operationId": "plan_many",
        "summary": "Plan many orders, one a line",
        "requestBody": {"required": True, "content": {MEDIA_TYPE: body}},
        "responses": {
            "200": {"description": "An answer or a refusal for each line.", "content": {MEDIA_TYPE: answers}},
            "400": refused("Another host is asked for."),
            "405": refused("`Allow` names the methods that are taken.", ALLOW),
            "413": refused(f"The body is longer than {most_of(PLANS)} bytes."),
            "414": refused(f"The query is longer than {MOST_QUERY} bytes; none is needed."),
            "415": refused(f"Only {MEDIA_TYPE} is taken, and never compressed."),
            "500": refused(DETAILS["unexpected"].partition(".")[0] + "."),
            "503": refused(
                f"{BODIES_AT_ONCE} bodies of many orders are at work already; nothing of this one was.", _BUSY
            ),
        },
    }
