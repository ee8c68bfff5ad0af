"""The server as it is installed: ready, this machine only, ended by SIGTERM after what it accepted is answered."""

import http.client
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.places import ROOT


def start(*given, **environment):
    """The command in a process of its own, and the port it says it is ready on."""
    process = subprocess.Popen(
        [sys.executable, "-m", "calc", "serve", "--port", "0", *given],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    ready = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
    return process, int(ready[1]) if ready else None


@contextmanager
def started():
    process, port = start()
    yield process, port
    process.kill()
    process.communicate()


@pytest.fixture(scope="module")
def running():
    """The port of one server for all tests that leave it running."""
    with started() as (process, port):
        yield port
        assert process.poll() is None


@pytest.fixture
def server():
    """A server of its own for a test that ends it: the process and its port."""
    with started() as both:
        yield both


def get(port, path="/healthz", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_it_is_alive_and_does_not_name_its_server(running):
    answer, body = get(running)
    assert (answer.status, body) == (200, b"ok\n")
    assert answer.getheader("Server") is None


def test_it_answers_the_main_job(running):
    answer, body = get(running, "/?dose=4.5&dose_unit=mg&quantity=30")
    assert answer.status == 200
    assert "take 90\u00a0% of the powder" in body.decode()


def test_it_listens_on_this_machine_only(running):
    with pytest.raises(ConnectionRefusedError):  # another loopback address of the same machine
        socket.create_connection(("127.0.0.2", running), timeout=20)


def test_a_chunked_body_without_a_length_is_refused_when_it_is_too_large(running):
    connection = http.client.HTTPConnection("127.0.0.1", running, timeout=20)
    chunks = (b" " * 4096 for _ in range(20))
    connection.request("POST", "/api/v1/plan", chunks, {"Content-Type": "application/json"}, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


def test_a_query_too_long_for_a_page_is_414_to_the_last_byte_that_is_read(running):
    assert get(running, "/?source-lot=" + "9" * 1_000_000)[0].status == 414


def test_slow_clients_do_not_hold_up_the_others(running):
    slow = [socket.create_connection(("127.0.0.1", running)) for _ in range(50)]
    for connection in slow:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localh")
    assert get(running)[0].status == 200
    for connection in slow:
        connection.close()


@pytest.mark.parametrize("time", range(10))
def test_sigterm_ends_it_after_every_accepted_request_is_answered(server, time):
    process, port = server
    lost, answered = [], []
    enough, signalled = threading.Event(), threading.Event()

    def ask():
        while not signalled.is_set():
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
                connection.connect()
            except OSError:
                continue  # refused at the door: nothing was accepted
            try:
                connection.request("GET", "/?dose=4.5&dose_unit=mg&quantity=30")
                answered.append(connection.getresponse().status)
                if len(answered) >= 20:
                    enough.set()
            except (OSError, http.client.HTTPException) as fault:
                if not signalled.is_set():
                    lost.append(repr(fault))
            connection.close()

    clients = [threading.Thread(target=ask) for _ in range(4)]
    for client in clients:
        client.start()
    assert enough.wait(timeout=60)
    process.send_signal(signal.SIGTERM)
    code = process.wait(timeout=30)
    signalled.set()
    for client in clients:
        client.join()
    assert code == 0
    assert lost == []
    assert set(answered) == {200}


def test_an_answer_under_way_is_finished_after_sigterm(server):
    process, port = server
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    body = b'{"dose": "4.5 mg", "quantity": 30}'
    head = f"POST /api/v1/plan HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
    connection.sendall(head.encode() + b"Content-Type: application/json\r\n\r\n" + body[:10])
    assert get(port)[0].status == 200  # by now the server has the half of a request
    process.send_signal(signal.SIGTERM)
    connection.sendall(body[10:])
    received = b""
    while part := connection.recv(65536):
        received += part
    connection.close()
    assert b"200 OK" in received
    assert b"fingerprint" in received
    assert process.wait(timeout=30) == 0


def test_ctrl_c_ends_it(server):
    server[0].send_signal(signal.SIGINT)
    assert server[0].wait(timeout=30) == 0


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("TRITURATE_TZ", "Mars/Olympus", "'Mars/Olympus' is not a time zone"),
        ("TRITURATE_HOSTS", "https://pharmacy.example", "'https://pharmacy.example' is not the name of a host"),
        ("TRITURATE_HOSTS", "pharmacy.example:443", "'pharmacy.example:443' is not the name of a host"),
        ("TRITURATE_HOSTS", "one.example two.example", "'one.example two.example' is not the name of a host"),
        (
            "TRITURATE_PHARMACY_PHONE",
            "555-0100, or 555-0101",
            "'555-0100, or 555-0101' has more than 20 characters, or one that the papers cannot print",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start_within_three_seconds_of_work(setting, value, said):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process, port = start(**{setting: value})
    output = process.communicate(timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (port, process.returncode) == (None, 1)
    assert output[1] == f"triturate: {setting}: {said}\n"
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 3


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("tables/capsules.csv", ",1.37,", ",1.3O,"),
        ("tables/beyond_use.csv", "180", "-180"),
        ("tables/diluents.csv", "name,", "nome,"),
        ("drugs/naltrexone.toml", 'absolute_high = "50 mg"', 'absolute_high = "50 ml"'),
        ("drugs/naltrexone.toml", 'default_size = "3"', 'default_size = "33"'),
    ],
)
def test_bad_data_stop_the_start_within_three_seconds_of_work_and_are_named(tmp_path, name, old, new):
    """Work, not time on the clock: other processes of the machine do not count."""
    for folder in ("calc", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    text = (tmp_path / "calc" / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "calc" / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = subprocess.run(
        [sys.executable, "-m", "calc", "serve", "--port", "0"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.startswith(f"triturate: {Path(name).name}")
    assert said.stderr.count("\n") == 1
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 3


def test_a_port_in_use_stops_the_start(running):
    process, port = start("--port", str(running))
    output = process.communicate(timeout=30)
    assert (port, process.returncode) == (None, 1)
    assert output[1].startswith("triturate: ")


def test_a_name_that_was_allowed_is_answered():
    process, port = start(TRITURATE_HOSTS="pharmacy.example, other.example")
    assert get(port, Host="pharmacy.example")[0].status == 200
    assert get(port, Host="else.example")[0].status == 400
    process.kill()
    process.communicate()


def test_it_says_when_it_can_plan(running):
    answer, body = get(running, "/readyz")
    assert (answer.status, body) == (200, b"ready\n")
