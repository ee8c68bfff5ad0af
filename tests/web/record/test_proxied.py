"""Requests sent again through `docs/nginx.conf`, while the program behind it is killed and started."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest

from calc.store.door import Store
from calc.store.rebuilding import rebuild
from calc.store.settings import moment
from calc.store.verify import verify
from calc.store.witness import Witness
from tests.store.http_writer import ORDER, key_in
from tests.store.places import memory
from tests.store.records import record_in
from tests.support.places import ROOT
from tests.web.test_proxy import NGINX, configured, free_port

#: Batches that are opened, how often the opening of each is sent again once it was answered, and the servers killed.
BATCHES, AGAIN, KILLS = 8, 4, 3


@pytest.fixture
def proxied(tmp_path):
    """The ports of nginx and of the server behind it, a key, what starts that and tells its process, and the folder."""
    place = tempfile.TemporaryDirectory(dir=memory())
    folder = Path(place.name) / "record"
    record_in(folder, moment).close()
    key, there, port = key_in(folder), free_port(), free_port()
    configured(tmp_path, port, [there, there])
    nginx = [NGINX, "-p", str(tmp_path), "-c", "nginx.conf", "-e", "stderr", "-g", "daemon off;"]
    serving = [sys.executable, "-m", "tests.store.server", str(folder), str(there)]
    with (
        place,
        subprocess.Popen(nginx, stderr=subprocess.PIPE) as proxy,
        subprocess.Popen(serving, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as nursery,
    ):

        def start():
            nursery.stdin.write("start\n")
            nursery.stdin.flush()
            return int(nursery.stdout.readline())

        yield port, there, key, start, folder
        proxy.send_signal(signal.SIGQUIT)
        nursery.stdin.close()


def listening(port):
    """Wait for a server."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.01)
        else:
            return


def opened(port, key, request):
    """The answer to an opening; None where none came, or nginx had nobody to ask."""
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        body = json.dumps({"request": request, "order": ORDER})
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        there.request("POST", "/api/v1/record/batches", body, headers)
        answer = there.getresponse()
        said = answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        there.close()
    return json.loads(said) if answer.status == 201 else None


def test_what_is_sent_again_through_the_proxy_is_written_once(proxied):
    port, there, key, start, folder = proxied
    told = {}

    def client():
        for _ in range(BATCHES):
            request, answers = str(uuid4()), []
            until = time.monotonic() + 30
            while len(answers) <= AGAIN and time.monotonic() < until:
                answer = opened(port, key, request)
                answers += [] if answer is None else [answer]
                if answer is None:  # asked too often meanwhile, nginx gives its servers up for five seconds
                    listening(there)
            told[request] = answers

    server, work = start(), Thread(target=client)
    work.start()
    for kill in range(1, KILLS + 1):
        while len(told) < kill * BATCHES // (KILLS + 1) and work.is_alive():
            time.sleep(0.005)
        time.sleep(0.02 * kill)  # somewhere in the next
        os.kill(server, signal.SIGKILL)
        server = start()
    work.join()
    os.kill(server, signal.SIGKILL)
    assert [len(answers) for answers in told.values()] == [1 + AGAIN] * BATCHES
    assert all(each == answers[0] for answers in told.values() for each in answers)
    store = Store.open(folder, now=moment)
    with store.reading() as reading:
        written = [(event.request, event.data["number"]) for event in reading.log(type="batch.opened", limit=1_000)]
    assert sorted(written) == sorted((request, answers[0]["number"]) for request, answers in told.items())
    assert rebuild(store.writing) == []
    verify(folder / "record.sqlite", witness=Witness(folder / "heads.txt"))
    store.close()
