"""`docs/nginx.conf` as it stands, before two instances: one is killed under load and no request is lost."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from calc.limits import server
from calc.paper.code import pack
from calc.service.many import LONGEST_LINE, MOST_LINES
from calc.web import guard
from calc.web.api.many import MEDIA_TYPE
from tests.support.orders import GOOD, dated
from tests.support.places import ROOT
from tests.support.queries import as_query
from tests.web.test_serving import start

EXAMPLE = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
UNPACKED = ROOT / ".venv" / "nginx" / "usr" / "sbin"
NGINX = shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", str(UNPACKED)]))
HOST = "pharmacy.example"
QUERY = urlencode([*as_query(GOOD), ("internal_number", "MARKER-77")])
DATED = urlencode(as_query(dated(GOOD)))
LINE = json.dumps({**GOOD, "internal_number": "MARKER-77"}).encode()
#: What the load asks for, again and again: pages, orders and the smallest of all.
ASKED = [
    ("GET", f"/?{QUERY}", None, {}),
    ("POST", "/api/v1/plan", LINE, {"Content-Type": "application/json"}),
    ("GET", "/healthz", None, {}),
]
CLIENTS, EACH, BEFORE = 4, 30, 40


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def logged(logs, least):
    """The lines of the access log, once there are so many: nginx answers a client before it writes down that it did."""
    until = time.monotonic() + 10
    while True:
        lines = (logs / "access.log").read_text(encoding="utf-8").splitlines()
        if len(lines) >= least or time.monotonic() > until:
            return lines
        time.sleep(0.02)


def ask(port, method, path, body, headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, {**headers, "Host": HOST})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def configured(folder, port, ports):
    """The example with the ports and folders of a test, and nothing else changed."""
    text = EXAMPLE
    for old, new in (("8080", port), ("8001", ports[0]), ("8002", ports[1])):
        assert text.count(f"127.0.0.1:{old}") == 1
        text = text.replace(f"127.0.0.1:{old}", f"127.0.0.1:{new}")
    kept = "".join(
        f"    {name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "logs").mkdir()
    (folder / "nginx.conf").write_text(user + text.replace("http {\n", f"http {{\n{kept}", 1), encoding="utf-8")


@contextmanager
def proxy_before(folder):
    """nginx before two instances: its port, the instances, and its logs."""
    assert NGINX is not None, "`make test` unpacks nginx"
    instances = [start(TRITURATE_HOSTS=HOST) for _ in range(2)]
    port = free_port()
    configured(folder, port, [there for _, there in instances])
    command = [NGINX, "-p", str(folder), "-c", "nginx.conf", "-e", "stderr", "-g", "daemon off;"]
    proxy = subprocess.Popen(command, stderr=subprocess.PIPE)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            break
        except ConnectionRefusedError:
            threading.Event().wait(0.05)
    yield port, [process for process, _ in instances], folder / "logs"
    proxy.send_signal(signal.SIGQUIT)
    proxy.communicate(timeout=30)
    for process, _ in instances:
        process.kill()
        process.communicate()


@pytest.fixture
def proxied(tmp_path):
    """A proxy of its own for a test that kills its instances, reads its logs or takes its folders away."""
    with proxy_before(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """The port of one proxy for the tests that only ask."""
    with proxy_before(tmp_path_factory.mktemp("proxy")) as (port, _, _):
        yield port


@pytest.mark.parametrize("kill", [signal.SIGTERM, signal.SIGKILL], ids=["SIGTERM", "SIGKILL"])
def test_no_request_is_lost_when_an_instance_is_killed_under_load(proxied, kill):
    port, instances, logs = proxied
    wanted = [ask(port, *one) for one in ASKED]
    assert [status for status, _ in wanted] == [200, 200, 200]
    answers, enough = [], threading.Event()

    def client(first):
        for number in range(first, first + EACH):
            which = number % len(ASKED)
            try:
                answers.append((which, ask(port, *ASKED[which])))
            except (OSError, http.client.HTTPException) as fault:
                answers.append((which, repr(fault)))
            if len(answers) >= BEFORE:
                enough.set()

    clients = [threading.Thread(target=client, args=(first,)) for first in range(CLIENTS)]
    for one in clients:
        one.start()
    assert enough.wait(timeout=120)
    instances[0].send_signal(kill)
    for one in clients:
        one.join()
    assert len(answers) == CLIENTS * EACH
    assert [(which, found) for which, found in answers if found != wanted[which]] == []
    code = instances[0].wait(timeout=30)
    assert code == (0 if kill == signal.SIGTERM else -signal.SIGKILL)
    lines = logged(logs, CLIENTS * EACH)
    asked = [re.findall(r"127\.0\.0\.1:[0-9]+", line) for line in lines]
    assert len(lines) >= CLIENTS * EACH
    assert len({instance for line in asked for instance in line}) == 2  # both were at work
    if kill == signal.SIGKILL:
        assert [line for line in asked if len(line) == 2]  # asked again of the other one


def test_neither_log_holds_a_query_even_where_no_instance_answers(proxied):
    port, instances, logs = proxied
    statuses = []

    def status_of(*one):
        """Ask, and wait for the line: of two workers of nginx the second may write before the first has."""
        statuses.append(ask(port, *one)[0])
        assert len(logged(logs, len(statuses))) == len(statuses)
        return statuses[-1]

    assert status_of(*ASKED[0]) == 200
    # The path of a code printed long ago holds the whole order, packed: screening answers, lots and a drug's name.
    order = pack([("drug-name", "MARKER"), ("source-lot", "MARKER"), ("screening-opioids", "yes")])
    assert status_of("GET", f"/PAPER/QRSNISOMPGP5ZF7C/{order}", None, {}) == 303
    assert status_of("GET", f"/paper?plan=QRSNISOMPGP5ZF7C&batch=MARKER&packed={order}", None, {}) == 422
    for process in instances:
        process.kill()
        process.wait(timeout=30)
    assert status_of(*ASKED[0]) == 502
    assert status_of(*ASKED[1]) == 502
    assert [line.split()[2:5] for line in logged(logs, 5)] == [
        ["GET", "/", "200"],
        ["GET", "/PAPER/-", "303"],
        ["GET", "/paper", "422"],
        ["GET", "/", "502"],
        ["POST", "/api/v1/plan", "502"],
    ]
    for log in logs.iterdir():
        text = log.read_text(encoding="utf-8")
        assert "MARKER" not in text
        assert order not in text
        assert "dose" not in text
        assert "?" not in text


def read_slowly(port, method, path, body, headers):
    """The whole answer, read by a client that takes nothing of it at first."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        door.connect(("127.0.0.1", port))
        head = "".join(
            f"{name}: {value}\r\n" for name, value in {**headers, "Host": HOST, "Connection": "close"}.items()
        )
        door.sendall(f"{method} {path} HTTP/1.1\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode() + body)
        time.sleep(0.5)
        received = b""
        while part := door.recv(65536):
            received += part
    return received


def test_what_is_typed_for_a_patient_meets_no_file_of_the_proxy(proxied):
    """Its temporary folders are taken away: whatever it wants to write there fails."""
    port, _, logs = proxied
    for name in ("client_body", "proxy"):
        (logs.parent / name).rmdir()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    short = urlencode({"patient": "MARKER", "label": "4x2"}).encode()
    found, pdf = ask(port, "POST", f"/label.pdf?{DATED}", short, form)
    assert (found, pdf[:5]) == (200, b"%PDF-")
    long = urlencode({"patient": "MARKER", "directions": "x" * 60_000}).encode()
    answer = read_slowly(port, "POST", f"/label.pdf?{DATED}", long, form)
    assert b" 422 " in answer[:20]
    assert b"MARKER" in answer
    assert answer.count(b"x" * 60_000) == 1
    assert answer.rstrip().endswith((b"</html>", b"0"))
    # Bodies of many orders name no patient and may be written there: this one fails, so that the test can.
    assert ask(port, "POST", "/api/v1/plans", (LINE + b"\n") * 500, {"Content-Type": MEDIA_TYPE})[0] == 500
    for log in logs.iterdir():
        assert "MARKER" not in log.read_text(encoding="utf-8")


def test_refusals_pass_the_proxy_in_the_shape_of_the_program(port):
    json_body = {"Content-Type": "application/json"}
    for method, path, body, headers, status in (
        ("POST", "/api/v1/plan", b" " * 70_000, json_body, 413),
        ("POST", "/api/v1/plan", b"{", json_body, 400),
        ("POST", "/api/v1/plan", LINE, {}, 415),
        ("POST", "/api/v1/plan?" + "x" * 34_000, LINE, json_body, 414),
        ("GET", "/api/v1/plans", None, {}, 405),
        ("POST", "/api/v1/plans", b"\n" * (16 * 2**20 + 1), {"Content-Type": MEDIA_TYPE}, 413),
    ):
        found, said = ask(port, method, path, body, headers)
        assert (found, json.loads(said)["status"]) == (status, status)
    found, said = ask(port, "POST", "/api/v1/plans", LINE + b"\n{\n" + LINE, {"Content-Type": MEDIA_TYPE})
    assert found == 200
    assert [json.loads(line).get("status") for line in said.splitlines()] == [None, 400, None]


def test_a_proxy_header_changes_nothing_and_a_name_that_is_not_known_is_refused(port):
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "192.0.2.1", "Forwarded": "host=evil.example"}
    method, path, body, headers = ASKED[0]
    assert ask(port, method, path, body, {**headers, **forged}) == ask(port, *ASKED[0])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/", headers={"Host": "evil.example"})
    assert connection.getresponse().status == 400
    connection.close()


def test_the_page_on_operation_names_the_limits_that_hold():
    text = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    kib = 1024
    assert f"| body | {guard.MOST_BODY // kib} KiB; {guard.most_of(guard.PLANS) // kib // kib} MiB for" in text
    assert f"in lines of {LONGEST_LINE // kib} KiB, {MOST_LINES:,} of them" in text
    assert f"| query | {guard.MOST_QUERY // kib} KiB |" in text
    assert f"| bodies of many orders at a time | {server.BODIES_AT_ONCE} for each instance |" in text
    assert f"| papers at a time | {server.PAPERS_AT_ONCE} for each instance |" in text
    limits = server.LIMITS
    sizes = (
        f"{limits.head // kib // kib} MiB with its address, {limits.headers // kib} KiB and {limits.head_lines} lines"
    )
    assert f"| head of a request | {sizes} without |" in text
    assert f"| connections at a time | {limits.connections} for each instance" in text
    assert f"| time for a head, from the connection or the answer before | {limits.head_time} seconds |" in text
    assert f"| time for a body, from its head | {limits.body_time} seconds |" in text
    stalled = (
        f"| time for a client to take the next {limits.piece // kib} KiB of an answer | {limits.stalled_time} seconds |"
    )
    assert stalled in text
    assert (
        f"| line with the size of a chunk; trailer | {limits.chunk_line // kib} KiB; {limits.trailer // kib} KiB"
        in text
    )
    assert f"a body above {limits.in_memory // kib} KiB is read" in text
    assert re.search(r"one process with eight threads", text)
    assert limits.threads == 8
    assert limits.grace == 10
    assert "for at most ten seconds" in " ".join(text.split())
