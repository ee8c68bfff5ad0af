"""One connection: its requests one after another, each received, answered and sent within the limits."""

from __future__ import annotations

import asyncio
import re
import socket
import struct
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext, suppress
from email.utils import formatdate
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from wsgiref.types import WSGIApplication

import h11

from calc.answers.problems import problem
from calc.limits.server import ServerLimits
from calc.service.mistakes import log_mistake
from calc.web import problems
from calc.web.guard import HEADERS, PLANS, most_of
from calc.web.wsgi import Answer, environ_of
from calc.wording.web import DETAILS

RECEIVED = 16 * 1024
#: The most reads after a refusal, so that whoever goes on sending is not listened to for ever.
MOST_READS = 2048
#: Where the paths of single orders sent as JSON begin; of bodies of many the program itself takes few at a time.
ENDPOINT = "/api/v1/"
#: Where the paths of the record begin: of its pages, and of its endpoint.
RECORD = ("/record", "/api/v1/record")
BLANK_LINE = re.compile(rb"\n\r?\n")
#: The option of a socket to be closed at once, without what is still unsent: on, and seconds to wait.
AT_ONCE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class Refusal(Exception):
    """A request that the server itself refuses. The connection is closed after the answer."""

    def __init__(self, status: int, number: str = "") -> None:
        super().__init__(status)
        self.status, self.number = status, number


class Connection:
    """An accepted connection. `orders` lets so many orders be at work at a time; the others wait without a thread.

    So does `record` for what is asked of the record.

    `stopping` says that no further request will be read on it.
    """

    def __init__(
        self,
        sock: socket.socket,
        app: WSGIApplication,
        threads: Executor,
        limits: ServerLimits,
        orders: asyncio.Semaphore,
        record: asyncio.Semaphore,
        stopping: Callable[[], bool],
    ) -> None:
        self.socket, self.app, self.threads, self.limits, self.stopping = sock, app, threads, limits, stopping
        self.orders, self.record = orders, record
        self.received = bytearray()
        #: Since when a request is waited for; None from the end of its head until its answer is sent.
        self.waiting_since: float | None = time.monotonic()

    async def serve(self) -> None:
        """Answer requests until the connection is at its end; then it is to be closed."""
        try:
            while await self._answer_next():
                self.waiting_since = time.monotonic()
        except TimeoutError:  # the client takes nothing: nor need the system keep it for the client any longer
            with suppress(OSError):
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        except (OSError, EOFError):
            pass
        except Exception as fault:  # noqa: BLE001 - the mistake of one connection must not end the server
            log_mistake(fault)

    async def _answer_next(self) -> bool:
        """Answer one request. Return True if another one may follow on the connection."""
        exchange = h11.Connection(h11.SERVER, max_incomplete_event_size=self.limits.head)
        try:
            request = await self._head(exchange)
            self.waiting_since = None
            target = _path_and_query(request)
            most = most_of(target.partition("?")[0]) + self.limits.beyond
            body, length = await self._body(exchange, request, most)
            self.received = bytearray(exchange.trailing_data[0])
            try:
                await self._answer(exchange, request, environ_of(request, target, body, length))
            finally:
                with suppress(OSError):
                    body.close()
        except Refusal as refusal:
            await self._refuse(refusal)
            return False
        return exchange.our_state is h11.DONE and exchange.their_state is h11.DONE

    async def _head(self, exchange: h11.Connection) -> h11.Request:
        """Receive a head that is complete in time and has one meaning only."""
        try:
            async with asyncio.timeout(self.limits.head_time):
                seen = 0
                while True:
                    while self.received.startswith(b"\r\n"):  # an empty line before a request is passed over
                        del self.received[:2]
                    if end := BLANK_LINE.search(self.received, seen):
                        break
                    if len(self.received) > self.limits.head:
                        raise Refusal(431)
                    seen = max(0, len(self.received) - 2)
                    self.received += await self._receive()
        except TimeoutError:
            raise (Refusal(408) if self.received else EOFError) from None
        headers = end.end() - self.received.find(b"\n")
        if headers > self.limits.headers or self.received.count(b"\n", 0, end.end()) > self.limits.head_lines:
            raise Refusal(431)
        exchange.receive_data(bytes(self.received))
        self.received.clear()
        request = _next_event(exchange)
        if not isinstance(request, h11.Request):
            raise Refusal(400)
        names = {name for name, _ in request.headers}
        if request.http_version not in {b"1.0", b"1.1"}:
            raise Refusal(505)
        if b"transfer-encoding" in names and (b"content-length" in names or request.http_version == b"1.0"):
            raise Refusal(400)
        return request

    async def _body(self, exchange: h11.Connection, request: h11.Request, most: int) -> tuple[IO[bytes], int]:
        """Receive a body of at most so many bytes that is complete in time, and return it with its length."""
        if any(name == b"content-length" and int(value) > most for name, value in request.headers):
            raise Refusal(413)
        if exchange.they_are_waiting_for_100_continue:
            await self._send(exchange.send(h11.InformationalResponse(status_code=100, headers=[])))
        body, length = SpooledTemporaryFile(self.limits.in_memory), 0  # noqa: SIM115 - closed after the answer
        try:
            async with asyncio.timeout(self.limits.body_time):
                async for data in self._parts(exchange):
                    length += len(data)
                    if length > most:
                        raise Refusal(413)
                    with _on_disk():
                        body.write(data)
            with _on_disk():
                body.seek(0)
        except BaseException as fault:
            with suppress(OSError):
                body.close()
            if isinstance(fault, TimeoutError):
                raise Refusal(408) from None
            raise
        return body, length

    async def _parts(self, exchange: h11.Connection) -> AsyncIterator[bytes]:
        """Receive the parts of a body. The lines between its chunks, and the trailer after them, must be short."""
        received, parts, between = len(exchange.trailing_data[0]), 0, 0
        while not isinstance(event := _next_event(exchange), h11.EndOfMessage):
            waiting = len(exchange.trailing_data[0])
            if isinstance(event, h11.Data):
                parts += len(event.data)
                if received - waiting - parts - between > self.limits.chunk_line:
                    raise Refusal(400)
                between = received - waiting - parts
                yield event.data
            elif waiting > self.limits.trailer:
                raise Refusal(400)
            else:
                data = await self._receive()
                received += len(data)
                exchange.receive_data(data)
        if received - len(exchange.trailing_data[0]) - parts - between > self.limits.trailer:
            raise Refusal(400)

    async def _answer(self, exchange: h11.Connection, request: h11.Request, environ: dict[str, Any]) -> None:
        """Have the application answer, and send that as it is worked out: no thread waits for the client."""
        environ["SERVER_NAME"], environ["SERVER_PORT"] = map(str, self.socket.getsockname()[:2])
        environ["REMOTE_ADDR"] = str(self.socket.getpeername()[0])
        run = asyncio.get_running_loop().run_in_executor
        try:
            turn = self._turn(environ["PATH_INFO"])
            async with turn:
                answer = await run(self.threads, Answer, self.app, environ)
        except Exception as fault:  # noqa: BLE001 - even the application's own refusal of a mistake can be one
            raise Refusal(500, log_mistake(fault)) from None
        try:
            headers = [*answer.headers, (b"Date", formatdate(usegmt=True).encode())]
            if self.stopping():
                headers.append((b"Connection", b"close"))
            # Head and body in one piece, so that a kill cannot separate them.
            head = h11.Response(status_code=answer.status, reason=answer.reason, headers=headers)
            data, part = exchange.send(head), answer.first
            while True:
                if part and request.method != b"HEAD":
                    data += exchange.send(h11.Data(part))
                if answer.ended:
                    break
                await self._send(data)
                async with turn:
                    data, part = b"", await run(self.threads, answer.more)
            await self._send(data + exchange.send(h11.EndOfMessage()))
        finally:
            if not answer.ended:
                self.threads.submit(answer.close)

    def _turn(self, path: str) -> AbstractAsyncContextManager[None]:
        """Return what lets a request for a path have a thread."""
        if path.startswith(RECORD):
            return self.record
        return self.orders if path.startswith(ENDPOINT) and path != PLANS else nullcontext()

    async def _refuse(self, refusal: Refusal) -> None:
        """Refuse a request in the form and with the headers of the endpoints, and throw away the rest of it."""
        kind = problems.kind_of(refusal.status)
        body = problems.written(problem(kind, refusal.status, DETAILS.get(kind, "").format(number=refusal.number)))
        headers = {"Content-Type": problems.MEDIA_TYPE, "Content-Length": len(body), "Connection": "close", **HEADERS}
        head = [f"HTTP/1.1 {refusal.status} {HTTPStatus(refusal.status).phrase}"]
        head += [f"{name}: {value}" for name, value in (*headers.items(), ("Date", formatdate(usegmt=True)))]
        await self._send("\r\n".join([*head, "", ""]).encode() + body)
        # To close with bytes unread would reset the connection, and the client might never see the refusal.
        self.socket.shutdown(socket.SHUT_WR)
        with suppress(TimeoutError, EOFError):
            async with asyncio.timeout(self.limits.linger):
                for _ in range(MOST_READS):
                    await self._receive()

    async def _receive(self) -> bytes:
        """Return what comes next; raise `EOFError` at the end. Others have their turn between any two reads."""
        await asyncio.sleep(0)
        data = await asyncio.get_running_loop().sock_recv(self.socket, RECEIVED)
        if not data:
            raise EOFError
        return data

    async def _send(self, data: bytes) -> None:
        """Send all of it, at once if the system takes it; raise `TimeoutError` if the client takes too little."""
        left = memoryview(data)
        with suppress(BlockingIOError):
            left = left[self.socket.send(left) :]
        while left:
            async with asyncio.timeout(self.limits.stalled_time):
                await asyncio.get_running_loop().sock_sendall(self.socket, left[: self.limits.piece])
            left = left[self.limits.piece :]


def _next_event(exchange: h11.Connection) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
    """Return what was received next; raise `Refusal` if it breaks the protocol."""
    try:
        return exchange.next_event()
    except h11.RemoteProtocolError as fault:
        raise Refusal(fault.error_status_hint) from None


def _path_and_query(request: h11.Request) -> str:
    """Return the path and query of a request, whose target may be a whole address of the host that it names."""
    target = request.target.decode("ascii")
    if not target.startswith("/"):
        host = next((value.decode("latin-1") for name, value in request.headers if name == b"host"), "")
        scheme, separator, rest = target.partition("://")
        authority, slash, path = rest.partition("/")
        if scheme.lower() != "http" or not separator or not host or authority.lower() != host.lower():
            raise Refusal(400)
        target = slash + path or "/"
    return target


@contextmanager
def _on_disk() -> Iterator[None]:
    """Refuse a body that the disk does not take."""
    try:
        yield
    except OSError as fault:
        raise Refusal(507, log_mistake(fault)) from None
