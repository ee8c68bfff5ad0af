"""A server in a thread of the test, with limits of its own, and clients that speak to it in bytes."""

import re
import select
import socket
import threading
import time
from contextlib import ExitStack, contextmanager

from calc.limits.server import ServerLimits
from calc.web.serving import Server


@contextmanager
def serving(app, **lowered):
    """A server of an application with some limits lowered. It ends with the block, within a moment."""
    lowered = {"linger": 0.2, "grace": 2, **lowered}
    server = Server(app, "127.0.0.1", 0, ServerLimits(**lowered))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server.port
    finally:
        server.stop()
        thread.join(timeout=lowered["grace"] + 10)
        assert not thread.is_alive()


def connected(port, buffer=None):
    """A connection; with a small buffer it soon takes nothing more of an answer that nobody reads."""
    client = socket.socket()
    if buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    client.settimeout(20)
    client.connect(("127.0.0.1", port))
    return client


@contextmanager
def several(number, port, buffer=None):
    """So many connections, closed at the end."""
    with ExitStack() as stack:
        yield [stack.enter_context(connected(port, buffer)) for _ in range(number)]


def everything(client):
    """What is received until the server closes."""
    received = b""
    while part := client.recv(65536):
        received += part
    return received


def exchanged(port, *parts, pause=0.05):
    """Send bytes, in parts with a pause between them; the statuses of the answers, and all bytes until the end."""
    with connected(port) as client:
        for index, part in enumerate(parts):
            time.sleep(pause if index else 0)
            client.sendall(part)
        client.shutdown(socket.SHUT_WR)
        received = everything(client)
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3})", received)], received


def cut_off(client, seconds):
    """True once the server has reset a connection, without a byte of it being read."""
    watched = select.poll()
    watched.register(client, select.POLLHUP | select.POLLERR)
    return bool(watched.poll(1000 * seconds))


def within(seconds, call, wanted):
    """The answer of a call that is repeated until it is as wanted, or until the time is over."""
    until = time.monotonic() + seconds
    while (found := call()) != wanted and time.monotonic() < until:
        time.sleep(0.05)
    return found
