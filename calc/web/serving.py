"""The HTTP server: accepts connections, and shuts down so that every accepted request is answered first."""

from __future__ import annotations

import asyncio
import ctypes
import math
import signal
import socket
import struct
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from wsgiref.types import WSGIApplication

from calc.limits.server import LIMITS, ServerLimits
from calc.service.mistakes import log_mistake
from calc.web.connection import Connection

#: Connections that the kernel keeps until they are accepted.
BACKLOG = 1024
#: Seconds at shutdown for handshakes in progress.
DOOR = 0.2
#: From Linux's asm/socket.h and linux/filter.h: the socket option, and the opcodes of the packet filter.
SO_ATTACH_FILTER, LOAD_BYTE, JUMP_IF_SET, RETURN = 26, 0x30, 0x45, 6
#: The offset of the flags in a TCP header, the flag that opens a connection, and the return value that keeps a packet.
FLAGS, SYN, EVERYTHING = 13, 0x02, 0xFFFFFFFF


class Server:
    """A server of one application, on one address."""

    def __init__(self, app: WSGIApplication, host: str, port: int, limits: ServerLimits = LIMITS) -> None:
        self.app, self.limits, self.stopping = app, limits, False
        # An address, never a name: a name can resolve to two addresses, and each would need its own socket.
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        self.socket = socket.create_server(address[:2], family=family, backlog=BACKLOG)
        self.socket.settimeout(0)
        self._threads = ThreadPoolExecutor(limits.threads)
        self._open: dict[asyncio.Task[None], Connection] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = asyncio.Event()
        self._orders, self._record = asyncio.Semaphore(limits.orders), asyncio.Semaphore(limits.record)

    @property
    def port(self) -> int:
        """The port that the server listens on."""
        return int(self.socket.getsockname()[1])

    def stop(self, number: int = 0, _frame: FrameType | None = None) -> None:
        """Start the shutdown; a second call ends the process at once."""
        if self.stopping:
            raise SystemExit(128 + number)
        self.stopping = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopped.set)

    def run(self) -> None:
        """Serve until `stop` is called, then answer every accepted request."""
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        if not self.stopping:
            accepting = asyncio.create_task(self._accept())
            await self._stopped.wait()
            await self._stop_listening(accepting)
        begin = self._loop.time()
        while self._open and self._loop.time() < begin + self.limits.grace:
            await asyncio.wait(self._open, timeout=0.05)
            if self._loop.time() > begin + self.limits.linger:
                self._end(busy=False)
        self._end(busy=True)
        if self._open:
            await asyncio.wait(self._open)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _end(self, *, busy: bool) -> None:
        """End the connections that wait for a request, and the `busy` ones too."""
        for task, connection in self._open.items():
            if busy or connection.waiting_since is not None:
                task.cancel()

    async def _accept(self) -> None:
        """Accept connections as long as there is room for one more; others wait in the kernel."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, _ = await loop.sock_accept(self.socket)
            except ConnectionError:
                continue  # gone before it was accepted
            except OSError as fault:  # the system lets no more files be opened
                if self._make_room():
                    await asyncio.sleep(0.05)
                else:
                    log_mistake(fault)
                    await asyncio.sleep(1)
                continue
            try:
                while len(self._open) >= self.limits.connections and not self._make_room():
                    await asyncio.wait(self._open, timeout=0.1, return_when=asyncio.FIRST_COMPLETED)
            finally:  # at shutdown too: it was accepted
                self._take(connection)

    def _make_room(self) -> bool:
        """End the connection on which a request has been waited for longest. Return False if all are needed."""
        waiting = [(there.waiting_since, task) for task, there in self._open.items() if there.waiting_since is not None]
        since, oldest = min(waiting, key=lambda pair: pair[0], default=(math.inf, None))
        if oldest is None or since > time.monotonic() - self.limits.patience:
            return False
        return oldest.cancel()

    def _take(self, accepted: socket.socket) -> None:
        accepted.settimeout(0)
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        turns = self._orders, self._record
        connection = Connection(accepted, self.app, self._threads, self.limits, *turns, lambda: self.stopping)
        task = asyncio.create_task(connection.serve())
        self._open[task] = connection
        task.add_done_callback(lambda done: self._open.pop(done).socket.close())

    async def _stop_listening(self, accepting: asyncio.Task[None]) -> None:
        """Take over every connection that the kernel has accepted, then close the listening socket."""
        if _drop_new_connections(self.socket):
            await asyncio.sleep(DOOR)
        accepting.cancel()
        await asyncio.wait([accepting])
        while True:
            try:
                self._take(self.socket.accept()[0])
            except OSError:
                break
        self.socket.close()


def _drop_new_connections(listening: socket.socket) -> bool:
    """Drop packets that open a connection, so that closing the listening socket cuts no connection off.

    The packet filter on the socket keeps everything else, which completes handshakes in progress; a client whose packet
    is dropped retries a second later and is refused. Return True if the filter is set, which needs Linux; without it, a
    client that connects at that moment may be cut off.
    """
    if sys.platform != "linux":
        return False
    instructions = (
        (LOAD_BYTE, 0, 0, FLAGS),
        (JUMP_IF_SET, 0, 1, SYN),
        (RETURN, 0, 0, 0),
        (RETURN, 0, 0, EVERYTHING),
    )
    filtering = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *instruction) for instruction in instructions))
    program = struct.pack("HL", len(instructions), ctypes.addressof(filtering))
    listening.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program)
    return True


def serve(app: WSGIApplication, host: str, port: int, limits: ServerLimits = LIMITS) -> None:
    """Serve `app` on one address until SIGTERM or Ctrl-C. Call it from the main thread."""
    server = Server(app, host, port, limits)
    signal.signal(signal.SIGTERM, server.stop)
    signal.signal(signal.SIGINT, server.stop)
    shown = f"[{host}]" if ":" in host else host
    print(f"Triturate is ready at http://{shown}:{server.port} (Ctrl-C ends it)", flush=True)
    server.run()
