"""`POST /api/v1/plans`: many orders as newline-delimited JSON, an answer or a refusal for each, in order.

The server takes a body in whole before any of it is seen here, what is large on disk; answers leave line by line while
the next ones are worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import BoundedSemaphore
from typing import IO

from flask import Blueprint, Response, request
from werkzeug.exceptions import ServiceUnavailable, UnsupportedMediaType

from calc.service.answering import Service, answer_to
from calc.service.many import answers, split, written
from calc.web.guard import PLANS

MEDIA_TYPE = "application/x-ndjson"
#: Bodies worked out at a time, a quarter of the server's threads: pages are answered beside them.
AT_ONCE = 2
CHUNK = 64 * 1024


def blueprint(service: Service) -> Blueprint:
    """The endpoint of many orders over one service."""
    many = Blueprint("many", __name__)
    room = BoundedSemaphore(AT_ONCE)

    @many.post(PLANS)
    def plan_many() -> Response:
        if request.mimetype != MEDIA_TYPE or request.headers.get("Content-Encoding", "identity") != "identity":
            raise UnsupportedMediaType
        if not room.acquire(blocking=False):
            raise ServiceUnavailable(retry_after=1)
        day, lines = service.today(), split(_chunks(request.stream))
        leave = _once(room.release)

        def found() -> Iterator[bytes]:
            for said in answers(lines, lambda tree: answer_to(tree, service.library, day)):
                yield written(said) + b"\n"
            leave()

        answer = Response(found(), content_type=MEDIA_TYPE)
        answer.call_on_close(leave)  # also where a client goes away before the end, or before the first line
        return answer

    return many


def _once(act: Callable[[], None]) -> Callable[[], None]:
    """The same act, done the first time only."""
    left = [act]

    def run() -> None:
        while left:
            left.pop()()

    return run


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk
