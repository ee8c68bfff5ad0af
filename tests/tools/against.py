"""The program's speed as ratios to other versions of it, in one run: each figure in turns, in processor time.

python -m tests.tools.against REVISION ...      1.00 is as fast as that version, 0.50 takes half its time

The goals are ratios to 2a4b0f5. A choice of fields is compared with the whole answer of a version that has no choice;
"the parts of 2a4b0f5" are what that version answered, so that as much is written on both sides.

A machine that others use drifts by a fifth; the ratio of two versions measured in turns does not. The bytes that come
out are compared too.
"""

import json
import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.places import ROOT

ROUNDS = 9
#: What each figure is to be at most, as a ratio to this version.
GOALS_TO = "2a4b0f5"
GOALS = {
    "read": 0.5,
    "plan": 1.0,
    "answer and JSON": 0.5,
    "answer and JSON, the parts of 2a4b0f5": 0.5,
    "endpoint": 0.6,
    "endpoint, the parts of 2a4b0f5": 0.6,
    "endpoint, four fields": 0.35,
    "endpoint, four fields and fingerprint": 0.5,
    "page": 0.65,
    "sheet": 0.95,
    "command, whole plans": 0.5,
    "command, five columns": 0.43,
}
WORKER = ROOT / "tests/tools/measured.py"


class Worker:
    """A version at work in a process of its own."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, WORKER], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.figures = json.loads(self.process.stdout.readline())

    def measure(self, figure, seed):
        """Seconds of one order, and a hash of what came out."""
        self.process.stdin.write(f"{figure} {seed}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def checked_out(revision, folder):
    """The files of a revision, without git's own."""
    archive = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
    return folder


def compared(ours, theirs, figure):
    """The median ratio of both, our median seconds, and whether the same bytes came out."""
    ratios, taken, same = [], [], True
    for seed in range(ROUNDS):
        first, second = (ours, theirs) if seed % 2 else (theirs, ours)
        said = {worker: worker.measure(figure, seed) for worker in (first, second)}
        ratios.append(said[ours][0] / said[theirs][0])
        taken.append(said[ours][0])
        same = same and said[ours][1] == said[theirs][1]
    return statistics.median(ratios), statistics.median(taken), same


def main(revisions):
    with ExitStack() as stack:
        ours = Worker(ROOT)
        for revision in revisions:
            folder = Path(stack.enter_context(TemporaryDirectory()))
            theirs = Worker(checked_out(revision, folder))
            print(f"beside {revision}")
            for figure in ours.figures:
                ratio, taken, same = compared(ours, theirs, figure)
                goal = f"(goal {GOALS[figure]:.2f})" if revision == GOALS_TO else ""
                print(
                    f"{figure:38} {ratio:5.2f} {goal:11} {1e6 * taken:8.0f} microseconds"
                    f"{'' if same else ', other bytes'}",
                    flush=True,
                )
            theirs.process.terminate()
        ours.process.terminate()


if __name__ == "__main__":
    main(sys.argv[1:])
