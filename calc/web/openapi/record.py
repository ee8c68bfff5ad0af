"""The OpenAPI 3.1 description of the record's endpoint: a document of its own, served where the record is on.

The description of the other endpoints says nothing of it, so that it is the same with and without a record.
"""

from __future__ import annotations

import json
from typing import Any

from calc.answers.contract import Problem
from calc.web.openapi.common import DEFS, SCHEMAS, closed, refused, says

ADDRESS = "/api/v1/record"
DESCRIPTION = f"{ADDRESS}/openapi.json"
#: The version of this part of the contract.
CONTRACT = "1"
_ABOUT = (
    "The record of what was made, for other systems. Each request has its key in the header Authorization: Bearer; "
    "no cookie is taken. A machine never signs: what a person signs for answers 403 with the code "
    "signature_needs_a_person. Names may be added within version 1: pass over those that you do not know. Masses and "
    "counts are texts with their unit. No answer holds a patient, or the number of a prescription."
)
_TEXT, _COUNT = {"type": "string"}, {"type": "integer", "minimum": 0}
_HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_DAY = {"type": ["string", "null"], "format": "date"}
_AMOUNT = {"type": ["string", "null"], "examples": ["30 capsules"]}
_UUID = {"type": "string", "format": "uuid", "description": "A new number for each act; sent again it writes once."}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": {**required, **(optional or {})}}


_HEAD = _object({"seq": _COUNT, "hash": _HASH})
_BY = _object({"person": _TEXT, "name": _TEXT, "role": _TEXT, "license": _TEXT})
_EVENT = _object(
    {
        "seq": _COUNT,
        "stream": _TEXT,
        "version": _COUNT,
        "type": _TEXT,
        "v": _COUNT,
        "at": {"type": "string", "format": "date-time", "description": "In UTC, by the clock of the server."},
        "zone": _TEXT,
        "day": {"type": "string", "format": "date"},
        "by": {"$ref": f"{SCHEMAS}By"},
        "session_of": _TEXT,
        "device": _TEXT,
        "program": _TEXT,
        "request": _TEXT,
        "signature": {"oneOf": [{"type": "null"}, _object({"meaning": _TEXT, "method": _TEXT, "upto": _COUNT})]},
        "late": {"oneOf": [{"type": "null"}, _object({"done_at": _TEXT, "reason": _TEXT})]},
        "data": {"type": "object"},
    }
)
_ROW = _object(
    {
        "number": _TEXT,
        "state": _TEXT,
        "preparation": _TEXT,
        "drug": _TEXT,
        "checking": _TEXT,
        "opened_on": _TEXT,
        "due": {"type": ["string", "null"], "description": "The point at which it is due for a check."},
        "use_until": _DAY,
        "on_hand": _AMOUNT,
        "version": _COUNT,
    }
)
_BATCH = _object(
    {
        "number": _TEXT,
        "version": _COUNT,
        "state": _TEXT,
        "preparation": _TEXT,
        "checking": {"type": "string", "enum": ["two persons", "self-check"]},
        "purpose": _TEXT,
        "fingerprint": _TEXT,
        "program": _TEXT,
        "opened_on": _TEXT,
        "use_until": _DAY,
        "planned": _AMOUNT,
        "made": _AMOUNT,
        "on_hand": _AMOUNT,
        "order": {"type": "object", "description": "As understood, without answers to questions about a patient."},
        "events": {"type": "array", "items": {"$ref": f"{SCHEMAS}Event"}},
        "signatures": {"type": "array", "items": {"type": "object"}},
    }
)
_OPEN = _object(
    {"request": _UUID, "order": {"type": "object", "description": "An order, as POST /api/v1/plan takes it."}},
    {
        "checking": {"type": "string", "enum": ["two persons", "self-check"], "default": "two persons"},
        "reason": {"type": "string", "description": "Why one person checks her own batch: self-check needs it."},
        "container": _TEXT,
        "purpose": {"type": "string", "enum": ["one dispensing", "stock"], "default": "one dispensing"},
    },
)
_WRITE = _object(
    {
        "request": _UUID,
        "version": {"type": "integer", "minimum": 1, "description": "The version of the batch that was read."},
        "type": {"type": "string", "const": "batch.dispensed"},
        "data": _object({"amount": _TEXT}, {"unit": _TEXT, "containers": _TEXT, "reference": _TEXT}),
    }
)


def document() -> bytes:
    """Write the description as bytes, the same for the same release."""
    return json.dumps(described(), ensure_ascii=False, separators=(",", ":")).encode()


def described() -> dict[str, Any]:
    """Return the description as a tree."""
    problem = closed(Problem)
    parts = problem.pop("$defs", {})
    schemas = {"Problem": problem, **parts, "By": _BY, "Event": _EVENT, "Batch": _BATCH}
    tree: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Triturate: the record", "version": CONTRACT, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "paths": _paths(),
        "components": {
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "A key of the record."}},
        },
    }
    found: dict[str, Any] = json.loads(json.dumps(tree).replace(DEFS, SCHEMAS))
    return found


def _paths() -> dict[str, Any]:
    number = {"name": "number", "in": "path", "required": True, "schema": _TEXT, "description": "26-000123"}
    event_at = "From its sequence, and the hash that covers it and all before it."
    listed = _object({"batches": {"type": "array", "items": _ROW}, "next": {"type": ["string", "null"]}})
    opened = _object({"number": _TEXT, "fingerprint": _TEXT, "version": _COUNT, "head": _HEAD})
    return {
        f"{ADDRESS}/head": {"get": _get("head", "The last event of the record", _object({**_HEAD["properties"]}))},
        f"{ADDRESS}/events": {
            "get": {
                **_get("events", "Events in their order, at most 10,000", {"type": "string"}, "application/x-ndjson"),
                "parameters": [_query("after", "The sequence of the last event that is known; 0 for all.", _COUNT)],
            }
        },
        f"{ADDRESS}/batches": {
            "get": {
                **_get("batches", "Batches, 50 a page", listed),
                "parameters": [
                    _query("state", "Only batches in this state.", _TEXT),
                    _query("after", "The `next` of the page before.", _TEXT),
                ],
            },
            "post": _post("open_batch", "Open a batch", _OPEN, opened),
        },
        f"{ADDRESS}/batches/{{number}}": {
            "get": {**_get("batch", "One batch, with its events", {"$ref": f"{SCHEMAS}Batch"}), "parameters": [number]}
        },
        f"{ADDRESS}/batches/{{number}}/events": {
            "post": {
                **_post("write_event", f"Dispense of a released batch. {event_at}", _WRITE, _HEAD),
                "parameters": [number],
            }
        },
        DESCRIPTION: {
            "get": {
                "operationId": "describe_record",
                "summary": "This description",
                "security": [],
                "responses": {"200": says("An OpenAPI 3.1 document.", "application/json", {"type": "object"})},
            }
        },
    }


def _query(name: str, about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": about, "schema": schema}


def _get(name: str, summary: str, schema: dict[str, Any], media_type: str = "application/json") -> dict[str, Any]:
    """Return the description of a reading."""
    answers = {"200": says(summary, media_type, schema), **_REFUSALS}
    return {"operationId": name, "summary": summary, "responses": answers}


def _post(name: str, summary: str, body: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return the description of an act."""
    answers = {
        "201": says("Written.", "application/json", schema),
        "400": refused("The body is not JSON that is read here."),
        **_REFUSALS,
        "409": refused("`/problems/conflict`: the batch has changed since the version that was sent."),
        "413": refused("The body is too long."),
        "415": refused("Only application/json is taken, and never compressed."),
    }
    content = {"application/json": {"schema": body}}
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": content},
        "responses": answers,
    }


_REFUSALS = {
    "401": refused("`/problems/key`: no key, or one that has ended."),
    "403": refused("`/problems/forbidden`: the key may not do it, or a person has to sign for it."),
    "404": refused("`/problems/not-found`: there is no such batch."),
    "422": refused("`/problems/act`, `/problems/faults`, `/problems/stops` or `/problems/request-reused`."),
    "503": refused("`/problems/not-saved` or `/problems/not-set-up`, with Retry-After: nothing is kept of it."),
}
