"""An open-loop load: each request is due at its own moment, whatever the server does, and is timed from that moment.

A client that waits for one answer before it asks again asks a slow server less often, and so does not see how many
would have had to wait. Here the clock sets the pace. Loopback only, and every body is held against the expected one.
"""

import asyncio
import itertools
import math
from dataclasses import dataclass, field

HOST = "127.0.0.1"
#: Connections at most: a server that answers nothing shall not cost more.
MOST_CONNECTIONS = 300
GIVE_UP = 20.0


@dataclass(frozen=True)
class Asked:
    """One request in bytes, and the body that belongs to it; `kind` sorts the times."""

    kind: str
    request: bytes
    expected: bytes


@dataclass
class Taken:
    """Seconds from when each request was due until its body was there, by kind; and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: int = 0
    put_off: int = 0
    failed: int = 0

    def all(self):
        return sorted(itertools.chain.from_iterable(self.seconds.values()))


def part(times, share):
    """The time that this share of the requests did not exceed."""
    ordered = sorted(times)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def get(path, port):
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n\r\n".encode()


def post(path, body, port):
    head = f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def _answer(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:"))
    return int(lines[0].split()[1]), await reader.readexactly(length)


class Client:
    """Connections to one port, kept open and used again."""

    def __init__(self, port):
        self.port, self.idle = port, []
        self.room = asyncio.Semaphore(MOST_CONNECTIONS)

    async def ask(self, request):
        """Status and body of one answer."""
        async with self.room:
            reader, writer = self.idle.pop() if self.idle else await asyncio.open_connection(HOST, self.port)
            try:
                writer.write(request)
                answered = await _answer(reader)
            except BaseException:
                writer.close()
                raise
            self.idle.append((reader, writer))
            return answered

    def close(self):
        for _, writer in self.idle:
            writer.close()


async def load(port, requests, rate, number):
    """So many requests, so many a second, taken from `requests` in turn; what each took from when it was due."""
    client, taken, loop = Client(port), Taken(), asyncio.get_running_loop()
    begin = loop.time() + 0.05

    async def one(asked, due):
        try:
            async with asyncio.timeout(GIVE_UP):
                status, body = await client.ask(asked.request)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            taken.failed += 1
            return
        if status == 503:  # as many papers as may be were being set: to be asked for again
            taken.put_off += 1
            return
        taken.seconds.setdefault(asked.kind, []).append(loop.time() - due)
        taken.wrong += (status, body) != (200, asked.expected)

    tasks = []
    for index, asked in zip(range(number), itertools.cycle(requests), strict=False):
        due = begin + index / rate
        await asyncio.sleep(max(0.0, due - loop.time()))
        tasks.append(asyncio.create_task(one(asked, due)))
    await asyncio.gather(*tasks)
    client.close()
    return taken
