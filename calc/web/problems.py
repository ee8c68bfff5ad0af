"""How a refusal leaves the endpoint: its media type, and its kind by the status that the web itself gives."""

from __future__ import annotations

import json

from flask import Response

from calc.answers.contract import Problem

MEDIA_TYPE = "application/problem+json"
#: What kind of refusal a status is; what is not named here is "request".
KINDS = {
    404: "not-found",
    405: "method",
    406: "not-acceptable",
    413: "too-large",
    414: "too-large",
    415: "media-type",
    431: "too-large",
    503: "busy",
}


def kind_of(status: int) -> str:
    """The kind of refusal that a status of the web stands for."""
    return KINDS.get(status, "request")


def respond(said: Problem, headers: dict[str, str] | None = None) -> Response:
    """A refusal as an answer of the endpoint."""
    return Response(written(said), said["status"], headers, content_type=MEDIA_TYPE)


def written(said: Problem) -> bytes:
    """A refusal as a body."""
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "backslashreplace")
