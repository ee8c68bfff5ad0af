"""Bounds of the HTTP server: what one client may take of connections, time, and memory. Our own decisions."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
#: The most papers set at a time: fewer than the threads, so that pages stay responsive.
PAPERS_AT_ONCE = 3
#: Verdicts on whether a label fits its stocks that are remembered by their content.
TRIALS_REMEMBERED = 256
#: The most bodies of many orders processed at a time, for the same reason.
BODIES_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """Bounds of one instance of the server. Sizes are in bytes, times in seconds."""

    #: Threads that answer; the most open connections, beyond which others wait in the kernel.
    threads: int = 8
    connections: int = 480
    #: Of the threads, those that are at work on orders of the endpoint: pages do not queue behind a crowd of them.
    orders: int = 2
    #: Of the threads, those that are at work on the record, whose file another program may hold for seconds.
    record: int = 5
    #: Where all are open, one that has waited so long for a request is closed for a newcomer.
    patience: float = 1
    #: From the connection, or from the answer before, until a head is complete.
    head_time: float = 30
    #: From the head until a body is complete.
    body_time: float = 60
    #: The longest that a client may take none of an answer; of a long answer it takes at least a piece in this time.
    stalled_time: float = 30
    piece: int = 16 * KIB
    #: The longest head with its address, and the longest headers in it and their most lines.
    head: int = 1024 * KIB
    headers: int = 64 * KIB
    head_lines: int = 200
    #: How much of a body beyond the program's own limit is received, so that the program itself can refuse it.
    beyond: int = 1024 * KIB
    #: The largest body that is kept in memory; a larger one is kept in a temporary file.
    in_memory: int = 64 * KIB
    #: The longest line with the size of a chunk, and the longest trailer.
    chunk_line: int = 1 * KIB
    trailer: int = 8 * KIB
    #: At shutdown: for idle connections, and for answers in progress. `linger` is also for how long the rest of a
    #: refused request is thrown away, so that the refusal is received.
    linger: float = 2
    grace: float = 10


LIMITS = ServerLimits()
