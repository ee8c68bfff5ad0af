"""The load client measures what it says: a server that stands still is seen by every request that was due meanwhile."""

import asyncio
import threading
import time

from tests.tools.load import Asked, get, load, part

BODY = b"said"
FROZEN = 0.6


class Server:
    """Answers at once, but stands still when it is asked for the request with this number."""

    def __init__(self, freezes_at=None, body=BODY):
        self.freezes_at, self.body, self.seen = freezes_at, body, 0
        self.ready, self.loop = threading.Event(), asyncio.new_event_loop()
        threading.Thread(target=self._run, daemon=True).start()
        self.ready.wait()

    def _run(self):
        self.server = self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = self.server.sockets[0].getsockname()[1]
        self.ready.set()
        self.loop.run_forever()

    async def _serve(self, reader, writer):
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                self.seen += 1
                if self.seen == self.freezes_at:
                    time.sleep(FROZEN)  # the whole server, not one connection
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(self.body), self.body))
        except asyncio.IncompleteReadError:
            writer.close()


def loaded(server, rate, number):
    asked = [Asked("page", get("/", server.port), BODY)]
    return asyncio.run(load(server.port, asked, rate, number))


def test_a_frozen_server_is_seen_by_all_that_were_due_while_it_stood_still():
    rate, number = 100, 120
    taken = loaded(Server(freezes_at=20), rate, number)
    assert (taken.failed, taken.wrong, len(taken.all())) == (0, 0, number)
    # Due at even distances while it stood still, they waited from all of that time down to none of it.
    for waited in (0.25, 0.5, 0.75):
        slower = sum(seconds >= waited * FROZEN for seconds in taken.all())
        assert slower >= (1 - waited) * FROZEN * rate - 1
    assert part(taken.all(), 0.99) >= 0.9 * FROZEN  # a client that waits for its answer would see it once in 120


def test_each_body_is_held_against_the_one_expected():
    taken = loaded(Server(body=b"sad"), 200, 10)
    assert (taken.wrong, taken.failed, len(taken.seconds["page"])) == (10, 0, 10)


def test_a_server_that_is_not_there_fails_every_request():
    server = Server()
    server.loop.call_soon_threadsafe(server.server.close)
    time.sleep(0.1)
    taken = loaded(server, 200, 10)
    assert (taken.failed, taken.seconds) == (10, {})


def test_a_share_of_times_is_the_time_that_so_many_did_not_exceed():
    assert [part(range(1, 101), share) for share in (0.5, 0.99, 1)] == [50, 99, 100]
    assert part([7], 0.5) == 7
