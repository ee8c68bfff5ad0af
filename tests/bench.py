"""`make bench`: how long a plan takes, the endpoint beside a Flask echo, time to ready. Figures, never assertions.

The endpoint is measured as a ratio within one run: a Flask application that answers any order with a constant body of
the same size is served by the same server, and the two are asked in turns. Machines are noisy; ratios are less so.
"""

import http.client
import json
import platform
import re
import statistics
import subprocess
import sys
import time
from datetime import date

from calc.answer import answer
from calc.library import load
from calc.order import Order
from calc.planning import plan
from tests import bench_papers
from tests.test_planning import WORKED

ROUNDS, ASKED = 7, 300
ECHO = """
import sys
from flask import Flask, Response, request
from calc.web.serving import serve
app, body = Flask("echo"), b"x" * int(sys.argv[1])
@app.post("/api/v1/plan")
def echo():
    request.get_data()
    return Response(body, content_type="application/json")
serve(app, "127.0.0.1", 0)
"""


def microseconds(call, repeat=400):
    """The median of one call."""
    taken = []
    for _ in range(repeat):
        begin = time.perf_counter_ns()
        call()
        taken.append(time.perf_counter_ns() - begin)
    return statistics.median(taken) / 1000


def started(*command):
    """A server in a process of its own, the port it serves and the seconds until it answered."""
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True)
    port = int(re.search(r":(\d+) ", process.stdout.readline())[1])
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/healthz")
    connection.getresponse().read()
    ready = time.perf_counter() - begin
    return process, connection, ready


def ask(connection, body):
    connection.request("POST", "/api/v1/plan", body, {"Content-Type": "application/json"})
    reply = connection.getresponse()
    assert reply.status == 200
    return reply.read()


def seconds(connection, body):
    begin = time.perf_counter()
    for _ in range(ASKED):
        ask(connection, body)
    return time.perf_counter() - begin


def main():
    library, today = load(), date(2026, 11, 22)
    order = Order.read(WORKED, library, today=today)
    made = plan(order, library)
    body = json.dumps(WORKED)
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}")
    print(
        f"read the worked order     {microseconds(lambda: Order.read(WORKED, library, today=today)):8.0f} microseconds"
    )
    print(f"plan() of the worked case {microseconds(lambda: plan(order, library)):8.0f} microseconds (goal 250)")
    print(f"write the whole answer    {microseconds(lambda: answer(made)):8.0f} microseconds")
    ours, our_line, ready = started("-m", "calc", "serve", "--port", "0")
    size = len(ask(our_line, body))
    echo, echo_line, _ = started("-c", ECHO, str(size))
    ratios = [seconds(our_line, body) / seconds(echo_line, body) for _ in range(ROUNDS)]
    for process in (ours, echo):
        process.terminate()
        process.wait()
    print(
        f"endpoint / Flask echo of {size} bytes: {statistics.median(ratios):.2f} times as long "
        f"(from {min(ratios):.2f} to {max(ratios):.2f} in {ROUNDS} rounds of {ASKED})"
    )
    print(f"ready after {ready:.2f} s from the start of the process")
    bench_papers.main()


if __name__ == "__main__":
    main()
