"""The server of a record for tests: `python -m tests.store.server FOLDER SOCKET`, or with a port for the real one.

Each line that it reads starts a server, whose process it tells; whoever asked ends it. So a new one starts without
importing anything. A server takes acts by the socket, each connection in a thread of its own; with a port it is the
whole program, which serves pages and endpoint.
"""

import os
import sys
from contextlib import suppress
from multiprocessing.connection import Listener
from pathlib import Path
from threading import Thread

from calc.store.door import Store
from calc.store.settings import moment
from tests.store.batches import TWO, checked, counted, opened, written
from tests.store.records import noted, stamp

#: Connections that wait to be taken.
WAITING = 20


def serve(folder, address):
    """Take acts until killed."""
    store = Store.open(folder, now=moment)
    with suppress(FileNotFoundError):
        os.unlink(address)
    with Listener(address, "AF_UNIX", backlog=WAITING) as listener:
        while True:
            Thread(target=_answer, args=(store, listener.accept()), daemon=True).start()


def _answer(store, connection):
    with suppress(EOFError, OSError):
        while True:
            done = act(store, *connection.recv())
            connection.send(([event.seq for event in done.events], done.head.hash))


def act(store, client, at):
    """Write an act of a client: of five the first opens a batch, then it is counted and checked, then two notes."""
    request, batch = f"{client}-{at}", f"26-{client}{at - at % 5:05}"
    match at % 5:
        case 0:
            return written(store, request, *opened(batch))
        case 1:
            return written(store, request, counted(batch))
        case 2:
            return written(store, request, checked(batch), by=TWO)
    return store.append(stamp(request), noted(f"note:{at % 7}", 2, "x" * (at % 400)))


def whole():
    """What serves the whole program until killed; its library is loaded once for all."""
    from calc.library import load
    from calc.web.app import create_app
    from calc.web.serving import serve as serve_pages

    load()

    def serving(folder, port):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        serve_pages(create_app(data=folder), "127.0.0.1", int(port))

    return serving


def main(folder, address):
    child, serving = 0, whole() if address.isdecimal() else serve
    for _ in sys.stdin:
        if child:
            os.waitpid(child, 0)
        child = os.fork()
        if not child:
            serving(Path(folder), address)
        print(child, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
