"""How many instructions of the processor an order takes, by valgrind: the same on a busy machine as on a quiet one."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date

from calc.answers.json_text import written
from calc.capsule.answer import answer
from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.library import load
from tests.tools.others import others

TIMES = 100


def work(part, times):
    """One part of an order's way, so many times, each time with another order."""
    library, today = load(), date(2026, 11, 22)
    trees = list(others(TIMES))
    orders = [Order.read(tree, library, today=today) for tree in trees]
    plans = [plan(order, library) for order in orders]
    ways = {
        "read": (lambda tree: Order.read(tree, library, today=today), trees),
        "plan": (lambda order: plan(order, library), orders),
        "answer": (lambda made: written(answer(made)), plans),
    }
    do, given = ways[part]
    for one in given[:times]:
        do(one)


def instructions(part, times):
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    told = subprocess.run(
        [*command, sys.executable, "-m", "tests.tools.instructions", part, str(times)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    ).stderr
    return int(re.search(r"I +refs: +([\d,]+)", told)[1].replace(",", ""))


def main():
    if shutil.which("valgrind") is None:
        print("instructions are not counted: valgrind is not there")
        return
    for part in ("read", "plan", "answer"):
        each = (instructions(part, TIMES) - instructions(part, 0)) / TIMES
        print(f"{part}: {each / 1e6:.2f} million instructions an order")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        work(sys.argv[1], int(sys.argv[2]))
    else:
        main()
