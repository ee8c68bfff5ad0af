"""`make bench`: a plan in its parts, the command, the endpoint beside a Flask echo, memory, load. Never assertions.

Machines are noisy and this one may be shared: what can be is told as a ratio of two things measured in turns in one
run. "Another order" is never one seen before, so nothing kept of earlier ones helps but what all orders share.
"""

import http.client
import itertools
import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

from calc.answers.json_text import written
from calc.capsule.answer import answer
from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.library import load
from tests.capsule.test_worked_case import WORKED
from tests.tools import benchmark_commands, benchmark_load, benchmark_papers
from tests.tools.others import others

ROUNDS, ASKED = 9, 300
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


def microseconds(call, given):
    """The median of one call, each with the next thing given."""
    taken = []
    for one in given:
        begin = time.perf_counter_ns()
        call(one)
        taken.append(time.perf_counter_ns() - begin)
    return statistics.median(taken) / 1000


def parts_of_a_plan():
    """Read, plan, answer, write: the worked order again and again, and another order each time."""
    library, today = load(), date(2026, 11, 22)
    trees = list(others(1200))
    orders = [Order.read(tree, library, today=today) for tree in trees]
    made = [plan(order, library) for order in orders]
    said = [answer(one) for one in made]
    for name, call, given in (
        ("read the order ", lambda tree: Order.read(tree, library, today=today), trees),
        ("plan() (goal 150)", lambda order: plan(order, library), orders),
        ("answer         ", answer, made),
        ("write as JSON  ", written, said),
    ):
        same = [given[0]] * len(given)
        print(
            f"{name:20} {microseconds(call, given):6.0f} microseconds, the same again {microseconds(call, same):6.0f}"
        )


def started(*given):
    """A server in a process of its own, a connection to it, its port, and the seconds until it answered."""
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, *given], stdout=subprocess.PIPE, text=True)
    port = int(re.search(r":(\d+) ", process.stdout.readline())[1])
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/healthz")
    connection.getresponse().read()
    return process, connection, port, time.perf_counter() - begin


def ask(connection, body):
    connection.request("POST", "/api/v1/plan", body, {"Content-Type": "application/json"})
    reply = connection.getresponse()
    assert reply.status == 200
    return reply.read()


def worked(process):
    """Seconds that the cores worked for a process; where the system does not say, those of the clock."""
    stat = Path(f"/proc/{process.pid}/stat")
    if not stat.exists():
        return time.perf_counter()
    told = stat.read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def seconds(process, connection, bodies):
    """What so many answers cost the server: others on the same machine do not count."""
    begin = worked(process)
    for body in bodies:
        ask(connection, body)
    return worked(process) - begin


def beside_an_echo():
    """The endpoint as a ratio: a Flask application that answers with as many constant bytes, by the same server."""
    ours, our_line, port, ready = started("-m", "calc", "serve", "--port", "0")
    body = json.dumps(WORKED)
    size = len(ask(our_line, body))
    echo, echo_line, _, _ = started("-c", ECHO, str(size))
    new = (json.dumps(tree) for tree in others(ROUNDS * ASKED, seed=3))
    same, other, each = [], [], []
    for _ in range(ROUNDS):
        bodies = list(itertools.islice(new, ASKED))
        echoed = seconds(echo, echo_line, bodies)
        other.append(seconds(ours, our_line, bodies) / echoed)
        same.append(seconds(ours, our_line, [body] * ASKED) / echoed)
        each.append(echoed / ASKED)
    print(f"a Flask echo of {size:,} bytes takes {1e6 * statistics.median(each):.0f} microseconds of work")
    for name, ratios in (("another order", other), ("the same again", same)):
        print(
            f"endpoint, {name}: {statistics.median(ratios):.2f} times the echo "
            f"({min(ratios):.2f} to {max(ratios):.2f} in {ROUNDS} rounds of {ASKED})"
        )
    print(f"ready after {ready:.2f} s from the start of the process (goal 1 s)")
    benchmark_load.main(port)
    for process in (ours, echo):
        process.terminate()
        process.wait()


def memory():
    """The most memory that the process ever had, after so many plans."""
    library, today, most = load(), date(2026, 11, 22), []
    for seed in range(4):
        for tree in others(2500, seed=10 + seed):
            written(answer(plan(Order.read(tree, library, today=today), library)))
        most.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    print(f"most memory after 2,500, 5,000, 7,500 and 10,000 plans: {', '.join(map(str, most))} MB")


def main():
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"Flask {version('flask')}, h11 {version('h11')}; load average "
        f"{', '.join(f'{each:.1f}' for each in os.getloadavg())}"
    )
    parts_of_a_plan()
    memory()
    sys.stdout.flush()
    benchmark_commands.main()
    beside_an_echo()
    sys.stdout.flush()
    benchmark_papers.main()


if __name__ == "__main__":
    main()
