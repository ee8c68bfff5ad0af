"""So many random walks of a batch, each held to the laws of the record: `python -m tests.tools.record_walks 20000 7`.

Prints where they ended and what was written on them; stops with the seed of the first walk that breaks a law.
"""

import sys
from collections import Counter
from random import Random

from tests.support.record_walks import walk


def main(number, seed):
    """Walk so many times, each walk of a seed of its own."""
    ended, written = Counter(), Counter()
    for each in range(seed * 1_000_000, seed * 1_000_000 + number):
        try:
            pharmacy = walk(Random(each))
        except AssertionError as broken:
            raise SystemExit(f"seed {each}: {broken or 'a law does not hold'}") from broken
        ended[pharmacy.state.status.value] += 1
        written.update(event.type for event in pharmacy.events)
    print(f"{number} walks, {written.total()} events, no law broken")
    print("ended:", ", ".join(f"{state} {count}" for state, count in ended.most_common()))
    print("events:", ", ".join(f"{type_} {count}" for type_, count in written.most_common()))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
