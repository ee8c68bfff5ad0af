"""Calls of the application: a request as WSGI names it, and the answer in pieces, each worked out in a thread."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import IO, Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication

import h11

#: Headers that the application never sees: what a proxy says of a client, and the framing of a body already received.
LEFT_OUT = (b"forwarded", b"x-forwarded-", b"transfer-encoding", b"content-length")
#: The pieces of an answer are joined up to this size, or for so many seconds.
JOINED, MOMENT = 16 * 1024, 0.05


def environ_of(request: h11.Request, target: str, body: IO[bytes], length: int) -> dict[str, Any]:
    """Return a request for a target, with a body of `length` bytes, as WSGI names it."""
    path, _, query = target.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method.decode("ascii"),
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": f"HTTP/{request.http_version.decode('ascii')}",
        "CONTENT_LENGTH": str(length),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers:
        if name.startswith(LEFT_OUT) or b"_" in name:  # an underscore would be taken for a hyphen
            continue
        key = name.decode("ascii").upper().replace("-", "_")
        key, text = key if key == "CONTENT_TYPE" else f"HTTP_{key}", value.decode("latin-1")
        environ[key] = f"{environ[key]}, {text}" if key in environ else text
    return environ


class Answer:
    """An answer of the application. Whatever it does is work, and so done in a thread."""

    status: int
    reason: bytes
    headers: list[tuple[bytes, bytes]]

    def __init__(self, app: WSGIApplication, environ: dict[str, Any]) -> None:
        """Call the application and work out the first pieces."""
        self.ended = False
        self._pieces = app(environ, self._start)
        self._left = iter(self._pieces)
        try:
            self.first = self.more()
        except BaseException:
            self.close()
            raise

    def _start(self, status: str, headers: list[tuple[str, str]], _failed: Any = None) -> Callable[[bytes], object]:
        code, _, reason = status.partition(" ")
        self.status, self.reason = int(code), reason.encode("latin-1")
        self.headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return self._write

    def _write(self, data: bytes) -> None:
        """Refuse the older way of answering, which Flask does not use."""
        raise NotImplementedError(f"{len(data)} bytes were written, not returned")

    def more(self) -> bytes:
        """Return the next pieces, as many as come within a moment; the answer ends with the last one."""
        joined, begin = bytearray(), time.monotonic()
        for piece in self._left:
            joined += piece
            if len(joined) >= JOINED or time.monotonic() > begin + MOMENT:
                return bytes(joined)
        self.close()
        return bytes(joined)

    def close(self) -> None:
        """End the answer, complete or not."""
        self.ended = True
        close = getattr(self._pieces, "close", None)
        if close is not None:
            close()
