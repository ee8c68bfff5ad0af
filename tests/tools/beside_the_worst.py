"""How long a page, a health check and a body of many orders take beside clients that send the worst orders found.

python -m tests.tools.beside_the_worst CLIENTS SECONDS      such as 20 10
"""

import http.client
import itertools
import json
import statistics
import sys
import threading
import time

from tests.attacks.test_work import NO_QUANTITY, SEARCHES
from tests.tools.servers import running

WORST = (("/api/v1/plan", NO_QUANTITY), ("/api/v1/titration", SEARCHES))
PAGE = "/?dose=4.5&dose_unit=mg&quantity=30&prepared_on=2026-11-24"
ASKED = {
    "a page": ("GET", PAGE, None, None),
    "/healthz": ("GET", "/healthz", None, None),
    "/plans, 3 orders": ("POST", "/api/v1/plans", b'{"dose": "4.5 mg", "quantity": 30}\n' * 3, "application/x-ndjson"),
}


def ask(port, method, path, body, kind):
    """The seconds until an answer is read, and its status."""
    begin = time.perf_counter()
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    there.request(method, path, body, {"Content-Type": kind} if kind else {})
    answer = there.getresponse()
    answer.read()
    there.close()
    return time.perf_counter() - begin, answer.status


def beside(port, clients, seconds):
    """The times of each thing asked for, beside so many clients for so long; and the answers that those clients got."""
    over, answered = threading.Event(), itertools.count()

    def client():
        for path, order in itertools.cycle(WORST):
            if over.is_set():
                return
            ask(port, "POST", path, json.dumps(order).encode(), "application/json")
            next(answered)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    times, end = {name: [] for name in ASKED}, time.monotonic() + seconds
    while time.monotonic() < end:
        for name, asked in ASKED.items():
            took, status = ask(port, *asked)
            assert status == 200, (name, status)
            times[name].append(took)
            time.sleep(0.02)
    over.set()
    for thread in threads:
        thread.join()
    return times, next(answered)


def main(clients, seconds):
    """Print the median and the 99th percentile of each, with nobody else and beside the clients."""
    with running(".") as server:
        for number in (0, clients):
            times, answered = beside(server.port, number, seconds)
            for name, of_one in times.items():
                middle, late = statistics.median(of_one), statistics.quantiles(of_one, n=100)[98]
                print(f"{name} beside {number} clients: median {middle:.3f} s, p99 {late:.3f} s, of {len(of_one)}")
            print(f"orders of these clients answered: {answered}, {answered / seconds:.0f} a second")


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
