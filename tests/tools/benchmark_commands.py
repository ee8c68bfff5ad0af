"""The command line in `make bench`: orders in a second, what a second process gains, memory for a long file."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.tools.others import others

COLUMNS = ("plan.tablets_to_crush", "plan.portion.text", "plan.diluent.text", "plan.fill_mass.text", "fingerprint")
FIVE = ("--columns", ",".join(COLUMNS))
#: Orders of a file that is timed, of one that processes share, and of those that memory is looked at for.
TIMED, SHARED, LONG = 4000, 6000, (2000, 20_000, 100_000)
RUNS = 3


class Run(NamedTuple):
    """One run of the command: seconds of the clock and of a core, and the most memory that it had, in MB."""

    clock: float
    worked: float
    most: float


def run(*given):
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "calc", "plan", *given], stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return Run(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def main():
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out")

        def of(number):
            """The name of a file of so many orders, written once."""
            file = Path(folder) / f"{number}.ndjson"
            if not file.exists():
                with file.open("w") as lines:
                    lines.writelines(json.dumps(tree) + "\n" for tree in others(number, seed=2))
            return str(file)

        for name, columns, goal in (("full plans", (), 1500), ("five columns", FIVE, 1900)):
            start = run(of(1), "--output", out, *columns).worked
            rates = [TIMED / (run(of(TIMED), "--output", out, *columns).worked - start) for _ in range(RUNS)]
            print(f"triturate plan, {name}: {statistics.median(rates):6.0f} a second of a core (goal {goal:,})")
        pairs = [[run(of(SHARED), "--output", out, "--jobs", jobs).clock for jobs in ("1", "2")] for _ in range(RUNS)]
        gained = statistics.median(alone / both for alone, both in pairs)
        print(f"triturate plan --jobs 2, {SHARED:,} orders: {gained:.2f} times as fast as one process (goal 1.70)")
        most = [run(of(number), "--output", out, *FIVE).most for number in LONG]
        orders = ", ".join(f"{number:,}" for number in LONG)
        print(f"most memory for {orders} orders: {', '.join(f'{each:.0f}' for each in most)} MB (goal: the same)")


if __name__ == "__main__":
    main()
