"""Load in `make bench`: pages, endpoint and sheets at a pace of their own, every body compared; and where it breaks.

From a process of its own, so that the server has the other core.
"""

import asyncio
import json
import os
import random
import subprocess
import sys
from urllib.parse import urlencode

from tests.capsule.test_worked_case import WORKED
from tests.support.client import make_app
from tests.support.orders import changed
from tests.support.queries import as_query
from tests.tools.load import GIVE_UP, HOST, Asked, get, load, part, post

#: Requests of each kind in a second of the mixture.
MIX = {"page": 35, "endpoint": 10, "sheet": 5}
SECONDS, STEP = 20, 5
RATES = (75, 100, 125, 150, 200, 250, 300, 400)
#: Beyond the knee: half of a second for one request in a hundred, or anything lost.
KNEE = 0.5


def mixture(port, seed=4):
    """A second of the mixture in an even order, each request another order, with the bodies that belong to them."""
    client, rng = make_app().test_client(), random.Random(seed)
    kinds = [kind for kind, number in MIX.items() for _ in range(number)]
    rng.shuffle(kinds)
    asked = []
    for kind in kinds * 4:
        dose, mass = f"4.{rng.randrange(500):03} mg", f"0.{rng.randrange(4300, 5300)} g"
        tree = changed(WORKED, {"dose": dose, "source.total_mass": mass})
        if kind == "endpoint":
            body = json.dumps(tree).encode()
            reply = client.post("/api/v1/plan", data=body, content_type="application/json")
            request = post("/api/v1/plan", body, port)
        else:
            query = urlencode([*as_query(tree), *([("paper", "letter")] if kind == "sheet" else [])])
            path = f"/{'sheet.pdf' if kind == 'sheet' else ''}?{query}"
            reply = client.get(path, base_url=f"http://{HOST}:{port}")
            if reply.status_code == 303:  # to the whole order, with what it left out filled in
                path = reply.location
                reply = client.get(path, base_url=f"http://{HOST}:{port}")
            request = get(path, port)
        assert reply.status_code == 200
        asked.append(Asked(kind, request, reply.data))
    return asked


def measured(port, requests, rate, seconds):
    return asyncio.run(load(port, requests, rate, rate * seconds))


def measure(port):
    requests = mixture(port)
    measured(port, requests, 20, 2)  # what is done once only, is done
    rate = sum(MIX.values())
    taken = measured(port, requests, rate, SECONDS)
    times = taken.all()
    if not times:
        print(f"{rate} requests a second: none was answered within {GIVE_UP:.0f} s")
        return
    print(
        f"{rate} requests a second for {SECONDS} s, each second {', '.join(f'{n} {kind}' for kind, n in MIX.items())}; "
        f"timed from when each was due: p50 {1000 * part(times, 0.5):.1f} ms, p99 {1000 * part(times, 0.99):.0f} ms, "
        f"longest {1000 * times[-1]:.0f} ms; {taken.wrong} wrong, {taken.put_off} put off and {taken.failed} lost "
        f"of {rate * SECONDS:,}"
    )
    for kind, seconds in sorted(taken.seconds.items()):
        print(f"  {kind}: p50 {1000 * part(seconds, 0.5):.1f} ms, p99 {1000 * part(seconds, 0.99):.0f} ms")
    kept = rate
    for rate in RATES:
        taken = measured(port, requests, rate, STEP)
        times = taken.all()
        half, late = (part(times, share) if times else GIVE_UP for share in (0.5, 0.99))
        print(
            f"  {rate} a second: p50 {1000 * half:.1f} ms, p99 {1000 * late:.0f} ms, {taken.wrong} wrong, "
            f"{taken.put_off} put off, {taken.failed} lost"
        )
        if late >= KNEE or taken.failed or taken.wrong or taken.put_off:
            print(f"the knee lies between {kept} and {rate} requests a second")
            return
        kept = rate
    print(f"no knee up to {kept} requests a second")


def main(port):
    """Measure from another process."""
    subprocess.run([sys.executable, "-m", "tests.tools.benchmark_load", str(port)], check=True, env=dict(os.environ))


if __name__ == "__main__":
    measure(int(sys.argv[1]))
