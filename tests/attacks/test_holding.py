"""Clients that hold what others need: connections, threads, the press, the processor. Lowered limits, loopback only."""

import http.client
import json
import re
import resource
import signal
import socket
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

from calc.limits.server import PAPERS_AT_ONCE
from tests.support.client import make_app
from tests.support.door import connected, cut_off, everything, exchanged, serving, several, within
from tests.support.orders import GOOD
from tests.support.queries import as_query
from tests.web.test_serving import start

HEALTHZ = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
LINE = b'{"dose":"4.5 mg","quantity":30}\n'
MIB = 1 << 20


def ask(port, path="/healthz", body=None, media_type="application/x-ndjson"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET" if body is None else "POST", path, body, {"Content-Type": media_type})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_eight_clients_that_ask_much_at_once_and_read_nothing_hold_nobody_up():
    """F1: each sends forty requests in one piece, for more than the buffers of the system hold."""

    def app(environ, start_response):
        start_response("200 OK", [])
        return [b"ok"] if environ["PATH_INFO"] == "/healthz" else [bytes(MIB)]

    with serving(app, stalled_time=2) as port, several(8, port, 4096) as held:
        for client in held:
            client.sendall(b"GET /much HTTP/1.1\r\nHost: localhost\r\n\r\n" * 40)
        for _ in range(10):
            assert ask(port) == 200
        assert all(cut_off(client, 30) for client in held)


def test_a_crowd_of_orders_takes_few_threads_and_pages_are_answered_beside_it():
    """F2: three orders that take as long as they like, and one thread of the two for them."""
    free, at_work = threading.Event(), []

    def app(environ, start_response):
        start_response("200 OK", [])
        if environ["PATH_INFO"] == "/api/v1/plan":
            at_work.append(1)
            free.wait(20)
        return [b"ok"]

    order = b"POST /api/v1/plan HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
    with serving(app, threads=2, orders=1) as port, several(3, port) as clients:
        for client in clients:
            client.sendall(order)
        assert within(10, lambda: len(at_work), 1) == 1
        assert [ask(port) for _ in range(5)] == [200] * 5
        assert ask(port, "/api/v1/plans", LINE) == 200  # of bodies of many the program itself takes few
        assert len(at_work) == 1
        free.set()
        assert [everything(client)[:15] for client in clients] == [b"HTTP/1.1 200 OK"] * 3


def test_a_crowd_at_a_record_that_is_held_takes_some_threads_and_others_are_answered():
    """Each waits for the file of the record, in its pages, its endpoint, or between two pieces of its log."""
    free, at_work = threading.Event(), []

    def pieces():
        yield bytes(16 * 1024)
        at_work.append(1)
        free.wait(20)
        yield b"end"

    def app(environ, start_response):
        start_response("200 OK", [])
        if "/record" in environ["PATH_INFO"]:
            return pieces()
        return [b"ok"]

    paths = ("/record", "/record/log.jsonl", "/api/v1/record/events", "/record/batches")
    with serving(app, threads=3, record=2, orders=1) as port, several(8, port) as clients:
        for client, path in zip(clients, paths * 2, strict=True):
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        assert within(10, lambda: len(at_work), 2) == 2
        assert [ask(port, path) for path in ("/healthz", "/", "/api/v1/plan")] == [200] * 3
        assert len(at_work) == 2
        free.set()
        assert all(b"end" in everything(client) for client in clients)


def test_the_second_request_of_a_connection_waits_until_the_first_answer_is_sent():
    """F1: without reading, a client has one request at work, however many it sends."""
    asked = []

    def app(environ, start_response):
        asked.append(environ["PATH_INFO"])
        start_response("200 OK", [])
        return [bytes(16 * MIB)]

    with serving(app) as port, connected(port, 4096) as client:
        client.sendall(b"".join(b"GET /%d HTTP/1.1\r\nHost: localhost\r\n\r\n" % number for number in range(3)))
        assert within(10, lambda: len(asked), 1) == 1
        time.sleep(0.5)
        assert asked == ["/0"]
        client.settimeout(20)
        while len(asked) < 3:
            client.recv(MIB)
        assert asked == ["/0", "/1", "/2"]


def test_two_clients_that_read_nothing_do_not_shut_the_endpoint_of_many_orders():
    """F3: they have all the room there is, and lose it when they have taken nothing for the time that is allowed."""
    body = LINE * 3000
    head = b"POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
    with serving(make_app(), stalled_time=1) as port, several(2, port, 4096) as held:
        for client in held:
            client.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        assert [client.recv(12, socket.MSG_PEEK) for client in held] == [b"HTTP/1.1 200"] * 2
        assert within(10, lambda: ask(port, "/api/v1/plans", LINE), 503) == 503
        assert within(30, lambda: ask(port, "/api/v1/plans", LINE), 200) == 200


def test_no_thread_waits_for_a_client_that_reads_slowly():
    """F1, F3: more answers are under way than there are threads, and none is taken."""

    def app(environ, start_response):
        start_response("200 OK", [])
        return [b"ok"] if environ["PATH_INFO"] == "/healthz" else iter([bytes(MIB)] * 32)

    with serving(app, threads=2) as port, several(8, port, 4096) as held:
        for client in held:
            client.sendall(b"GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(0.5)
        assert ask(port) == 200


def test_an_answer_that_nobody_takes_is_ended():
    """F3: what the application holds for an answer (room, a temporary file) is given back."""
    ended = threading.Event()

    class Long:
        def __iter__(self):
            return iter([bytes(MIB)] * 32)

        def close(self):
            ended.set()

    def app(environ, start_response):
        start_response("200 OK", [])
        return Long()

    with serving(app, stalled_time=0.5) as port:
        with connected(port, 4096) as client:
            client.sendall(HEALTHZ)
            assert ended.wait(20)
        ended.clear()
        with connected(port) as client:  # one that goes away in the middle
            client.sendall(HEALTHZ)
            client.recv(1000)
        assert ended.wait(20)


def test_a_head_must_be_complete_in_time_however_steadily_it_drips():
    """F11: a byte every tenth of a second; the refusal has the form of the endpoints."""
    with serving(make_app(), head_time=0.6) as port:
        begin = time.monotonic()
        statuses, received = exchanged(port, HEALTHZ[:20], *[b"x"] * 5, pause=0.1)
        assert statuses == []  # the client was through before the time: nothing is said to half a request
        with connected(port) as client:
            for _ in range(5):
                client.sendall(b"G")
                time.sleep(0.1)
            received = everything(client)
        assert time.monotonic() < begin + 10
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    assert b"\r\nConnection: close\r\n" in head
    assert json.loads(body)["type"] == "/problems/timeout"


def test_a_connection_that_says_nothing_is_closed_without_a_word():
    """F11: idle from the beginning, or after an answer."""
    with serving(make_app(), head_time=0.3) as port:
        with connected(port) as client:
            assert everything(client) == b""
        with connected(port) as client:
            client.sendall(HEALTHZ)
            assert everything(client).endswith(b"\r\n\r\nok\n")


def test_a_body_must_be_complete_in_time_however_steadily_it_drips():
    """F11: and others are answered beside twenty that are not."""
    head = (
        b"POST /api/v1/plan HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n"
    )
    with serving(make_app(), body_time=1) as port, several(20, port) as held:
        for client in held:
            client.sendall(head + b"{")
        assert ask(port) == 200
        for client in held:
            client.sendall(b" ")
        for client in held:
            assert everything(client).startswith(b"HTTP/1.1 408 ")


def test_connections_that_ask_for_nothing_make_room_for_one_that_does():
    """F11: seventy half heads where sixty connections are allowed; the one waited for longest is closed."""
    with serving(make_app(), connections=60) as port, several(70, port) as held:
        for client in held:
            client.sendall(b"G")
        begin = time.monotonic()
        assert [ask(port) for _ in range(5)] == [200] * 5
        assert time.monotonic() < begin + 10
        assert everything(held[0]) == b""


def test_where_all_connections_are_at_work_others_wait_until_one_is_free():
    """F11: an answer under way is never given up for a newcomer."""
    go_on = threading.Event()

    def app(environ, start_response):
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"] if go_on.wait(20) else []

    with serving(app, connections=2) as port, several(3, port) as held:
        for client in held:
            client.sendall(HEALTHZ)
        time.sleep(0.3)
        go_on.set()
        for client in held:
            assert client.recv(1000).startswith(b"HTTP/1.1 200 OK\r\n")


def test_papers_are_refused_rather_than_take_the_threads_of_pages():
    """F12: at most three at once; whoever is refused is told when to come again, and then has the paper."""
    app, answers = make_app(), []
    query = urlencode([*as_query(GOOD), ("paper", "letter")])
    together = threading.Barrier(16)

    def client():
        together.wait()
        answers.append(app.test_client().get(f"/sheet.pdf?{query}"))

    clients = [threading.Thread(target=client) for _ in range(together.parties)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    refused = [answer for answer in answers if answer.status_code == 503]
    printed = [answer for answer in answers if answer.status_code == 200]
    assert len(refused) + len(printed) == together.parties
    assert len(printed) >= PAPERS_AT_ONCE
    assert refused
    assert {answer.headers["Retry-After"] for answer in refused} == {"1"}
    assert "Too much is asked at once" in refused[0].text
    assert app.test_client().get(f"/sheet.pdf?{query}").data == printed[0].data


def test_the_end_waits_no_longer_than_it_says_for_clients_that_do_not_read():
    """F1: `serving` fails if the server takes longer."""

    def app(environ, start_response):
        start_response("200 OK", [])
        return [bytes(32 * MIB)]

    with ExitStack() as clients, serving(app, grace=1) as port:
        client = clients.enter_context(connected(port, 4096))
        client.sendall(HEALTHZ)
        assert client.recv(100).startswith(b"HTTP/1.1 200 OK\r\n")
        begin = time.monotonic()
    assert time.monotonic() < begin + 8


def test_more_connections_than_the_system_lets_the_program_open_stop_nothing():
    """F11: the limit on open files stands for that of a system. The log has numbers only."""
    process, port = start()
    files = len(list(Path(f"/proc/{process.pid}/fd").iterdir())) + 6
    resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (files, files))
    with several(20, port) as held:
        for client in held:
            client.sendall(b"G")
        assert within(20, lambda: ask(port), 200) == 200
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=30)
    assert process.returncode == 0
    assert re.fullmatch(r"(mistake [0-9a-f]{8}: OSError at [a-z]+\.py:\d+\n)+", log)
