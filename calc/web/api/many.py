"""`POST /api/v1/plans`: many orders as newline-delimited JSON, with an answer or a refusal for each, in order.

The server receives the whole body first, on disk if it is large. Answers are sent line by line as they are computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import BoundedSemaphore
from typing import IO

from flask import Blueprint, Response, request
from werkzeug.exceptions import ServiceUnavailable, UnsupportedMediaType

from calc.answers.json_text import written
from calc.limits.server import BODIES_AT_ONCE
from calc.service.answering import Service, answer_to
from calc.service.many import answers, split
from calc.web.guard import PLANS

MEDIA_TYPE = "application/x-ndjson"
CHUNK = 64 * 1024


def blueprint(service: Service) -> Blueprint:
    """Return the route of the endpoint for one service."""
    many = Blueprint("many", __name__)
    room = BoundedSemaphore(BODIES_AT_ONCE)

    @many.post(PLANS)
    def plan_many() -> Response:
        if request.mimetype != MEDIA_TYPE or request.headers.get("Content-Encoding", "identity") != "identity":
            raise UnsupportedMediaType
        if not room.acquire(blocking=False):
            raise ServiceUnavailable(retry_after=1)
        day, lines = service.today(), split(_chunks(request.stream))
        release = _once(room.release)

        def lines_out() -> Iterator[bytes]:
            for answer in answers(lines, lambda tree: answer_to(tree, service.library, day)):
                yield written(answer) + b"\n"
            release()

        response = Response(lines_out(), content_type=MEDIA_TYPE)
        response.call_on_close(release)  # in case the client disconnects before the last line
        return response

    return many


def _once(act: Callable[[], None]) -> Callable[[], None]:
    """Return a function that calls `act` the first time only."""
    left = [act]

    def run() -> None:
        while left:
            left.pop()()

    return run


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk
