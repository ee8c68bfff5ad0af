"""The HTTP server: waitress with a graceful shutdown that answers every accepted request first."""

from __future__ import annotations

import copy
import ctypes
import logging
import signal
import socket
import struct
import sys
import time
from types import FrameType
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server
from waitress.task import ErrorTask, WSGITask

from calc.answers.problems import problem
from calc.web import problems
from calc.web.guard import HEADERS, most_of
from calc.wording.web import DETAILS

THREADS = 8
#: From Linux's asm/socket.h and linux/filter.h: the socket option, and the opcodes of the packet filter.
SO_ATTACH_FILTER, LOAD_BYTE, JUMP_IF_SET, RETURN = 26, 0x30, 0x45, 6
#: The offset of the flags in a TCP header, the flag that opens a connection, and the return value that keeps a packet.
FLAGS, SYN, EVERYTHING = 13, 0x02, 0xFFFFFFFF
#: The most open connections; others wait in the kernel. Below the limit of 512 in `select` on Windows.
CONNECTIONS = 480
#: Seconds at shutdown for handshakes in progress, for idle connections after that, and for answers in progress.
DOOR, LINGER, GRACE = 0.2, 2.0, 10.0
#: The most bytes of a header, or of a body beyond the program's own limit, before the server itself refuses.
MOST_RECEIVED = 1 << 20
#: The most bytes of a long answer that may wait for a slow client before the work on it pauses.
MOST_WAITING = 1 << 20


class Parser(HTTPRequestParser):
    """A request parser with a body limit for each path; the server keeps large bodies on disk."""

    def __init__(self, adj: Any) -> None:
        self.limits: Any = copy.copy(adj)
        super().__init__(self.limits)

    def received(self, data: bytes) -> int:
        """Parse received bytes; a refused request gets no `100 Continue`."""
        taken: int = super().received(data)
        if self.error is not None:
            self.expect_continue = False
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        """Parse the request header and set the body limit for its path."""
        super().parse_header(header_plus)
        self.limits.max_request_body_size = most_of(self.path) + MOST_RECEIVED


class Refusal(ErrorTask):
    """A refusal by the server itself, in the same form and with the same headers as one from the endpoints."""

    def execute(self) -> None:
        """Write the refusal and close the connection."""
        status, _, _ = self.request.error.to_response(None)
        kind = problems.kind_of(code := int(status[:3]))
        body = problems.written(problem(kind, code, DETAILS.get(kind, "")))
        self.status = status
        self.response_headers.extend([("Content-Type", problems.MEDIA_TYPE), *HEADERS.items()])
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Together:
    """A stand-in for a connection that joins the pieces of one answer."""

    def __init__(self, server: Any) -> None:
        self.server, self.text = server, b""

    def write_soon(self, data: bytes) -> int:
        """Keep one more piece."""
        self.text += data
        return len(data)


class Server:
    """A waitress server that shuts down gracefully: it stops accepting, answers every accepted request, then ends."""

    def __init__(self, app: Flask, host: str, port: int) -> None:
        self.stopping = False
        outer = self

        class Task(WSGITask):
            channel: Any

            def build_response_header(self) -> Any:
                if outer.stopping:  # tells the client that the connection will close
                    self.request.headers["CONNECTION"] = "close"
                return super().build_response_header()

            def write(self, data: bytes) -> None:
                """Send the header with the start of the body, so that a kill cannot separate them."""
                if self.wrote_header:
                    super().write(data)
                    return
                channel = self.channel
                self.channel = together = Together(channel.server)
                try:
                    super().write(data)
                finally:
                    self.channel = channel
                channel.write_soon(together.text)

        class Channel(HTTPChannel):
            task_class = Task
            error_task_class = Refusal
            parser_class = Parser

        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self.server = create_server(
            app,
            # An address, never a name: a name can resolve to two addresses, and each would need its own socket.
            host=str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0]),
            port=port,
            threads=THREADS,
            ident=None,
            connection_limit=CONNECTIONS,
            channel_timeout=30,
            cleanup_interval=5,
            max_request_body_size=MOST_RECEIVED,
            outbuf_high_watermark=MOST_WAITING,
            max_request_header_size=MOST_RECEIVED,
            clear_untrusted_proxy_headers=True,
        )
        self.server.channel_class = Channel

    @property
    def port(self) -> int:
        """The port that the server listens on."""
        return int(self.server.effective_port)

    def stop(self, number: int = 0, _frame: FrameType | None = None) -> None:
        """Start the shutdown; a second call ends the process at once."""
        if self.stopping:
            raise SystemExit(128 + number)
        self.stopping = True
        self.server.pull_trigger()

    def run(self) -> None:
        """Serve until `stop` is called, then answer every accepted request."""
        while not self.stopping:
            self._turn(1)
        self._stop_listening()
        begin = time.monotonic()
        while self.server.active_channels and time.monotonic() < begin + GRACE:
            self._turn(0.05)
            if time.monotonic() > begin + LINGER:
                for channel in list(self.server.active_channels.values()):
                    if not _is_busy(channel):
                        channel.will_close = True
        self.server.task_dispatcher.shutdown(timeout=0.1)

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(seconds, use_poll=True, map=self.server._map, count=1)

    def _stop_listening(self) -> None:
        """Take over every connection that the kernel has accepted, then close the listening socket."""
        if _drop_new_connections(self.server.socket):
            begin = time.monotonic()
            while time.monotonic() < begin + DOOR:
                self._turn(0.05)
        while True:
            known = len(self.server.active_channels)
            self.server.handle_accept()
            if len(self.server.active_channels) == known:
                break
        wasyncore.dispatcher.close(self.server)


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


def _is_busy(channel: Any) -> bool:
    """Return True if a connection has a request, a body or an answer in progress."""
    return bool(channel.requests or channel.total_outbufs_len or (channel.request and channel.request.headers_finished))


def serve(app: Flask, host: str, port: int) -> None:
    """Serve `app` on one address until SIGTERM or Ctrl-C. Call it from the main thread."""
    server = Server(app, host, port)
    signal.signal(signal.SIGTERM, server.stop)
    signal.signal(signal.SIGINT, server.stop)
    shown = f"[{host}]" if ":" in host else host
    print(f"Triturate is ready at http://{shown}:{server.port} (Ctrl-C ends it)", flush=True)
    server.run()
