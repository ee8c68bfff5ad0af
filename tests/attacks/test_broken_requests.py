"""Requests that break the protocol, or that the machine cannot take: each refused in words, nothing of it in a log."""

import http.client
import json
import random
import re
import resource
import signal

import pytest

from calc.__main__ import main
from tests.support.client import shared_app
from tests.support.door import exchanged, serving
from tests.web.test_serving import start

GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST /api/v1/plan HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
BODY = b'{"dose":"4.5 mg","quantity":30}'
CHUNKED = b"%x\r\n%s\r\n" % (len(BODY), BODY)


@pytest.fixture(scope="module")
def port():
    with serving(shared_app()) as port:
        yield port


@pytest.mark.parametrize(
    ("request_bytes", "statuses"),
    [
        (POST + b"Content-Length: " + b"1" * 4301 + b"\r\n\r\n{}", [400]),  # F9
        (b"GET http://[/ HTTP/1.1\r\nHost: localhost\r\n\r\n", [400]),  # F9
        (
            POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED + b"0\r\n\r\n" + GET,
            [400],
        ),  # F16
        (POST + b"Transfer-Encoding: chunked\r\n" * 2 + b"\r\n" + CHUNKED + b"0\r\n\r\n" + GET, [501]),  # F16
        (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + CHUNKED + b"0\r\n\r\n" + GET, [501]),
        (POST.replace(b"1.1", b"1.0") + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKED + b"0\r\n\r\n", [400]),
        (GET.replace(b"1.1", b"9.9"), [505]),  # F16
        (GET.replace(b"1.1", b"2.0"), [505]),
        (GET.replace(b"/healthz", b"http://evil.com/healthz"), [400]),  # F16
        (GET.replace(b"/healthz", b"http://evil.com/healthz").replace(b"localhost", b"evil.com"), [400]),
        (GET.replace(b"/healthz", b"http://localhost/healthz"), [200]),
        (GET.replace(b"/healthz", b"HTTP://LOCALHOST/healthz"), [200]),
        (GET.replace(b"/healthz", b"ftp://localhost/healthz"), [400]),
        (GET.replace(b"/healthz", b"healthz"), [400]),
        (b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", [400]),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [505]),
        (GET.replace(b"Host:", b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHost:") + GET, [200, 200]),
        (b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", [400]),
        (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + BODY, [400]),
        (POST + b"Content-Length: -1\r\n\r\n" + BODY, [400]),
        (POST + b"Content-Length: +31\r\n\r\n" + BODY, [400]),
        (GET.replace(b"Host: localhost", b"Host: localhost\r\nHost: evil.com"), [400]),
        (GET.replace(b"Host: localhost\r\n", b""), [400]),
        (GET.replace(b"Host:", b"Host :"), [400]),
        (GET.replace(b"Host: localhost", b"Host: localhost\r\nX: a\x00b"), [400]),
        (GET.replace(b" HTTP/1.1", b""), [400]),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\r\n\r\n", [400]),  # TLS where it is not spoken
        (GET.replace(b"/healthz", b"/\xc3\xa9"), [400]),
        (b"\r\n" + GET + b"\r\n" + GET, [200, 200]),  # empty lines between requests are passed over
        (GET + GET.replace(b"healthz", b"nowhere") + GET, [200, 404, 200]),
        (GET.replace(b"Host:", b"Connection: close\r\nHost:") + GET, [200]),
    ],
)
def test_what_the_protocol_forbids_is_refused_and_ends_the_connection(port, request_bytes, statuses):
    found, received = exchanged(port, request_bytes)
    assert found == statuses
    if statuses[0] >= 400:
        head, _, body = received.partition(b"\r\n\r\n")
        assert b"\r\nCache-Control: no-store\r\n" in head
        assert b"json" not in head or json.loads(body)["status"] == statuses[0]


@pytest.mark.parametrize("split", [1, 7])
def test_a_request_in_small_parts_is_read_as_in_one(port, split):
    whole = POST + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKED + b"0\r\nX: trailer\r\n\r\n"
    parts = [whole[index : index + split] for index in range(0, len(whole), split)]
    assert exchanged(port, *parts, pause=0.001)[0] == [200]


@pytest.mark.parametrize(
    ("framing", "status"),
    [
        (b"1f;" + b"x" * 900 + b"\r\n" + BODY + b"\r\n0\r\n\r\n", 200),
        (b"1f;" + b"x" * 1100 + b"\r\n" + BODY + b"\r\n0\r\n\r\n", 400),
        (CHUNKED + b"0\r\nX: " + b"x" * 7000 + b"\r\n\r\n", 200),
        (CHUNKED + b"0\r\nX: " + b"x" * 8200 + b"\r\n\r\n", 400),
        (b"0" * 30_000, 400),
        (CHUNKED + b"0\r\nX: " + b"x" * 30_000, 400),
        (CHUNKED + b"0\r\n" + b"X: x\r\n" * 3000, 400),
        (b"fffffffffffffffffffff\r\n", 400),
        (b"-1\r\n", 400),
        (CHUNKED.replace(b"\r\n", b"\n") + b"0\r\n\r\n", 400),
        (b"1\r\n \r\n" * 2000 + CHUNKED + b"0\r\n\r\n", 200),
    ],
)
def test_the_lines_between_chunks_and_the_trailer_are_short(port, framing, status):
    """F10: a line of at most 1 KiB, a trailer of at most 8 KiB, in one piece or in many."""
    head = POST + b"Transfer-Encoding: chunked\r\n\r\n"
    assert exchanged(port, head + framing)[0] == [status]
    parts = [framing[index : index + 500] for index in range(0, len(framing), 500)]
    assert exchanged(port, head, *parts[:40], pause=0.001)[0] == [status]


def test_a_long_line_between_chunks_costs_next_to_nothing():
    """F10: fifteen MiB of it are sent; the server stops listening after its refusal."""
    process, port = start()
    before = cpu(process.pid)
    try:
        found = exchanged(port, POST + b"Transfer-Encoding: chunked\r\n\r\n", *[b"0" * (1 << 20)] * 15, pause=0)[0]
        assert found == [400]
    except ConnectionError:
        pass  # it was closed before all was sent
    assert cpu(process.pid) - before < 2
    process.kill()
    process.communicate()


def cpu(pid):
    """Seconds that the cores worked for a process."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        told = stat.read().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / 100


def test_heads_are_bounded_in_size_and_lines(port):
    many = b"".join(b"X-%d: x\r\n" % number for number in range(300))
    for more, status in (
        (b"X: " + b"x" * 1_100_000 + b"\r\n", 431),
        (b"X: " + b"x " * 34_000 + b"\r\n", 431),
        (many, 431),
        (b"X: " + b"x" * 60_000 + b"\r\n", 200),
    ):
        assert exchanged(port, GET[:-2] + more + b"\r\n")[0] == [status]


def test_the_rest_of_a_refused_body_is_taken_so_that_the_refusal_is_seen(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/api/v1/plan", bytes(3 << 20), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    assert answer.status == 413
    assert json.loads(answer.read())["type"] == "/problems/too-large"
    connection.close()


def test_a_client_is_told_to_go_on_with_a_body_that_will_be_read(port):
    head = POST + b"Expect: 100-continue\r\nContent-Length: "
    assert exchanged(port, head + b"%d\r\n\r\n" % len(BODY), BODY)[0] == [100, 200]
    assert exchanged(port, head + b"99999999\r\n\r\n")[0] == [413]


def test_a_mistake_that_the_application_does_not_catch_is_refused_with_the_number_in_the_log(caplog):
    """Its own page of refusal can fail: then the server refuses, and says as little."""

    def app(environ, start_response):
        raise RuntimeError("secret-marker")

    def broken_head(environ, start_response):
        start_response("200 OK", [("X-Name", "line\r\nbreak")])
        return [b"secret-marker"]

    def broken_off(environ, start_response):
        start_response("200 OK", [])
        yield b"x" * 50_000
        raise RuntimeError("secret-marker")

    with serving(app) as port:
        found, received = exchanged(port, GET)
    assert found == [500]
    said = json.loads(received.partition(b"\r\n\r\n")[2])
    assert said["type"] == "/problems/unexpected"
    assert re.search(r"number ([0-9a-f]{8}) ", said["detail"])[1] in caplog.text
    with serving(broken_head) as port:
        assert exchanged(port, GET) == ([], b"")
    with serving(broken_off) as port:
        found, received = exchanged(port, GET)
        assert found == [200]
        assert not received.endswith(b"0\r\n\r\n")  # which would say that it is whole
    assert len(caplog.records) == 3
    assert "secret-marker" not in caplog.text


def test_one_connection_serves_many_requests_and_head_has_no_body(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    for method, path, body in (("GET", "/healthz", None), ("HEAD", "/", None), ("POST", "/api/v1/plan", BODY)) * 2:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        there = connection.sock
        answer = connection.getresponse()
        received = answer.read()
        assert (answer.status, bool(received)) == (200, method != "HEAD")
        assert connection.sock is there
        assert there is not None
    connection.close()


def test_a_body_that_the_disk_does_not_take_is_refused_with_the_number_in_the_log():
    """F9: a limit on the size of files stands for a full disk. The log has the number and the kind of error only."""
    process, port = start()
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    body = b"\n" * (3 << 20)
    head = b"POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
    found, received = exchanged(port, head + b"Content-Length: %d\r\n\r\n" % len(body), body)
    assert found == [507]
    said = json.loads(received.partition(b"\r\n\r\n")[2])
    (number,) = re.findall(r"number ([0-9a-f]{8}) ", said["detail"])
    assert said["type"] == "/problems/storage"
    assert exchanged(port, GET)[0] == [200]
    process.send_signal(signal.SIGTERM)
    output, log = process.communicate(timeout=30)
    assert process.returncode == 0
    assert re.fullmatch(rf"mistake {number}: OSError at [a-z]+\.py:\d+\n", log)
    assert output == ""


def test_nothing_that_was_received_reaches_the_log():
    """F9: whatever breaks the protocol leaves no line at all."""
    process, port = start()
    for request in (
        POST + b"Content-Length: " + b"1" * 4301 + b"\r\n\r\n",
        b"GET http://[/MARKER HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /MARKER\x1b[31m HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /MARKER%0a%1b[31m HTTP/1.1\r\nHost: localhost\r\nX: \x00\r\n\r\n",
    ):
        assert exchanged(port, request)[0] == [400]
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=30) == ("", "")


def noisy(whole, rng):
    """A request with some bytes changed, lost, doubled or moved."""
    noise = bytearray(whole)
    for _ in range(rng.choice((1, 1, 2, 5))):
        at, other = rng.randrange(len(noise)), rng.randrange(len(noise))
        match rng.randrange(4):
            case 0:
                noise[at] = rng.choice(b"\r\n\x00\x0b :;,/%?\xff0AG-" + bytes([rng.randrange(256)]))
            case 1:
                del noise[at : at + rng.randrange(1, 9)]
            case 2:
                noise[at:at] = noise[other : other + rng.randrange(1, 40)]
            case _:
                noise[at], noise[other] = noise[other], noise[at]
        if not noise:
            return GET
    return bytes(noise)


def test_noise_in_requests_is_never_a_mistake_and_leaves_no_connection_open(caplog):
    """Bytes of four kinds of requests changed at random, the same each time."""
    rng = random.Random(18)
    kinds = (
        GET + GET,
        POST + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY + GET,
        POST + b"Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n" + CHUNKED + b"0\r\nX: y\r\n\r\n" + GET,
        GET.replace(b"/healthz", b"http://localhost/?dose=4.5%20mg&quantity=30").replace(
            b"Host", b"Connection: x\r\nHost"
        ),
    )
    seen = set()
    with serving(shared_app()) as port:
        for _ in range(600):
            seen.update(exchanged(port, noisy(rng.choice(kinds), rng))[0])
        assert exchanged(port, GET)[0] == [200]
    assert {200, 400, 404} <= seen <= {100, 200, 303, 400, 404, 405, 413, 414, 415, 422, 431, 501, 505}
    assert caplog.records == []


@pytest.mark.parametrize("port", ["70000", "65536", "-1", "http", "8000.5", "\u0664\u0664", "1e3", "9" * 5000, ""])
def test_a_port_that_there_is_not_is_refused_in_plain_words(port, capsys):
    """F13: 70000 was 4464."""
    with pytest.raises(SystemExit) as ended:
        main(["serve", f"--port={port}"])
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith("argument --port: give a whole number from 0 to 65535\n")
