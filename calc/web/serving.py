"""Serves the application until it is told to end, and then answers what it has accepted before it ends."""

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
#: From Linux's asm/socket.h and linux/filter.h: the option, and the one instruction of a filter that keeps nothing.
SO_ATTACH_FILTER, LOAD_BYTE, JUMP_IF_SET, RETURN = 26, 0x30, 0x45, 6
#: Where the flags of a TCP header stand, and the one of them that opens a connection.
FLAGS, SYN, EVERYTHING = 13, 0x02, 0xFFFFFFFF
#: Connections at once; more wait in the kernel. Below the 512 that `select` takes on Windows.
CONNECTIONS = 480
#: Seconds in which handshakes under way come to their end, that a connection may stay idle after that, and that an
#: answer under way may take.
DOOR, LINGER, GRACE = 0.2, 2.0, 10.0
#: What the server itself takes in of a header, or of a body beyond what the program takes, before it answers alone.
MOST_RECEIVED = 1 << 20
#: What of a long answer may wait for its client, and what of it is kept after it was sent, before the work goes on.
MOST_WAITING = 1 << 20


class Parser(HTTPRequestParser):
    """Takes in a body by the limit of its address; beyond a certain size the server keeps it on disk."""

    def __init__(self, adj: Any) -> None:
        self.limits: Any = copy.copy(adj)
        super().__init__(self.limits)

    def received(self, data: bytes) -> int:
        """Take in what came; a client that waits to be told to go on is not told so where it is refused."""
        taken: int = super().received(data)
        if self.error is not None:
            self.expect_continue = False
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of a request; from then on its limit is known."""
        super().parse_header(header_plus)
        self.limits.max_request_body_size = most_of(self.path) + MOST_RECEIVED


class Refusal(ErrorTask):
    """What the server refuses before the program sees it: in the shape of the endpoint's refusals, with its headers."""

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
    """Stands for a connection while the pieces of one answer are put together."""

    def __init__(self, server: Any) -> None:
        self.server, self.text = server, b""

    def write_soon(self, data: bytes) -> int:
        """Keep one more piece."""
        self.text += data
        return len(data)


class Server:
    """waitress with an end of its own: it closes its door, answers every request it has, then stops."""

    def __init__(self, app: Flask, host: str, port: int) -> None:
        self.stopping = False
        ending = self

        class Task(WSGITask):
            channel: Any

            def build_response_header(self) -> Any:
                if ending.stopping:  # tells the client that this connection ends here
                    self.request.headers["CONNECTION"] = "close"
                return super().build_response_header()

            def write(self, data: bytes) -> None:
                """Send the head of an answer with the first of its body in one piece: a kill between leaves neither."""
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
            # An address, never a name: a name can stand for two addresses, and each would need a door of its own.
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
        """The port it listens on."""
        return int(self.server.effective_port)

    def stop(self, number: int = 0, _frame: FrameType | None = None) -> None:
        """Ask it to end; a second time ends at once."""
        if self.stopping:
            raise SystemExit(128 + number)
        self.stopping = True
        self.server.pull_trigger()

    def run(self) -> None:
        """Serve until `stop`, then finish what was accepted."""
        while not self.stopping:
            self._turn(1)
        self._close_the_door()
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

    def _close_the_door(self) -> None:
        """Take every connection that the kernel has already accepted for us, then listen no more."""
        if _accept_no_more(self.server.socket):
            begin = time.monotonic()
            while time.monotonic() < begin + DOOR:
                self._turn(0.05)
        while True:
            known = len(self.server.active_channels)
            self.server.handle_accept()
            if len(self.server.active_channels) == known:
                break
        wasyncore.dispatcher.close(self.server)


def _accept_no_more(listening: socket.socket) -> bool:
    """On Linux, let no new connection in while those in line are taken: it would be cut off when the door closes.

    A packet filter on the listening socket drops what would open a connection, and keeps all else, so that a handshake
    under way comes to its end; a client that knocks now tries again a second later and is refused. Answers whether
    there is such a filter: elsewhere there is none, and a knock in that instant may be cut off.
    """
    if sys.platform != "linux":
        return False
    instructions = (
        (LOAD_BYTE, 0, 0, FLAGS),
        (JUMP_IF_SET, 0, 1, SYN),
        (RETURN, 0, 0, 0),
        (RETURN, 0, 0, EVERYTHING),
    )
    filtering = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *one) for one in instructions))
    program = struct.pack("HL", len(instructions), ctypes.addressof(filtering))
    listening.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program)
    return True


def _is_busy(channel: Any) -> bool:
    """Whether a connection has a request, an answer or a body under way."""
    return bool(channel.requests or channel.total_outbufs_len or (channel.request and channel.request.headers_finished))


def serve(app: Flask, host: str, port: int) -> None:
    """Serve `app` on one address until SIGTERM or Ctrl-C; call it from the main thread."""
    server = Server(app, host, port)
    signal.signal(signal.SIGTERM, server.stop)
    signal.signal(signal.SIGINT, server.stop)
    shown = f"[{host}]" if ":" in host else host
    print(f"Triturate is ready at http://{shown}:{server.port} (Ctrl-C ends it)", flush=True)
    server.run()
