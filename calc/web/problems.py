"""Refusals as HTTP responses in `application/problem+json`, and their kinds by HTTP status."""

from __future__ import annotations

import json

from flask import Response

from calc.answers.contract import Problem

MEDIA_TYPE = "application/problem+json"
#: The kind of refusal by status; any other status is "request".
KINDS = {
    404: "not-found",
    405: "method",
    406: "not-acceptable",
    408: "timeout",
    413: "too-large",
    414: "too-large",
    415: "media-type",
    431: "too-large",
    500: "unexpected",
    503: "busy",
    507: "storage",
}


def kind_of(status: int) -> str:
    """Return the kind of refusal for an HTTP status."""
    return KINDS.get(status, "request")


def respond(said: Problem, headers: dict[str, str] | None = None) -> Response:
    """Return a refusal as an HTTP response."""
    return Response(written(said), said["status"], headers, content_type=MEDIA_TYPE)


def written(said: Problem) -> bytes:
    """Write a refusal as the body of a response."""
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "backslashreplace")
