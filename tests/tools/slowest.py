"""How long the slowest of many random orders takes, in seconds of work, and what the longest answer weighs. Long.

Run as `python -m tests.tools.slowest 1500 7`: so many orders with this seed, each read, planned and written as the
endpoint answers it. Work is the processor's time: what else the machine does counts for nothing.
"""

import contextlib
import json
import statistics
import sys
import time

from calc.capsule.answer import answer
from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.faults import Refused
from calc.library import load
from tests.second_engine import orders
from tests.tools.compare_engines import trees

LIBRARY = load()
#: More work than this for one order would hold up the others: the endpoint has few threads.
MOST_SECONDS = 2


def worked(tree):
    """Seconds of work for one order, and the bytes of its answer; none where it is refused."""
    began, written = time.process_time(), b""
    with contextlib.suppress(Refused):
        written = json.dumps(answer(plan(Order.read(tree, LIBRARY, today=orders.TODAY), LIBRARY))).encode()
    return time.process_time() - began, len(written)


def main(number, seed):
    """Print the slowest, the median and the longest; 1 where one takes more work than an order may."""
    seconds, sizes = zip(*map(worked, trees(number, seed)), strict=True)
    print(
        f"{len(seconds):,} random orders (seed {seed}): slowest {max(seconds):.2f} s of work, "
        f"median {1000 * statistics.median(seconds):.1f} ms; longest answer {max(sizes):,} bytes"
    )
    return 0 if max(seconds) <= MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
