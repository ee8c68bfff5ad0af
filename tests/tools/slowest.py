"""The most work that one order can ask for, looked for by climbing: the orders found so far that take most are changed
at random, and a change that takes more work is kept.

python -m tests.tools.slowest SECONDS SEED [KIND ...]      so long for each kind; all of them where none is named

Work is counted in calls of functions, which are the same on a busy machine as on a quiet one; the processor's time of
the worst is told beside it. Orders go through the endpoint, as anybody may send them.
"""

import copy
import cProfile
import itertools
import json
import random
import re
import sys
import time

from tests.tools.compare_engines import CLIENT, KINDS

#: Calls that one order may take, through the endpoint. So many take a little less than a tenth of a second of a core.
MOST_CALLS = 500_000
#: So many of the worst are kept and changed.
KEPT = 6
#: Of the changes that are tried, so many are new orders.
FRESH = 0.15
NUMBER = re.compile(r"\d+(?:\.\d+)?")
UNITS = ("g", "mg", "mcg", "mL", "L", "%")


def calls(kind, tree):
    """The calls that an order takes."""
    profile = cProfile.Profile(builtins=False)
    body = json.dumps(tree).encode("utf-8", "surrogatepass")
    profile.enable()
    try:
        answer = CLIENT.post(KINDS[kind].path, data=body, content_type="application/json")
    finally:
        profile.disable()
    assert answer.status_code != 500, tree
    return sum(entry.callcount for entry in profile.getstats())


def leaves(tree):
    """Where a tree holds a text, a number or nothing: its group and its name there."""
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for name, value in parts:
        if isinstance(value, dict | list):
            yield from leaves(value)
        else:
            yield tree, name


def turned(value, rng):
    """Another value like this one."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return max(1, int(value * rng.choice([0.1, 0.5, 0.9, 1.1, 2, 10])) + rng.randint(-2, 2))
    found = NUMBER.search(value) if isinstance(value, str) else None
    if found is None:
        return value
    if rng.random() < 0.15:
        number, _, unit = value.partition(" ")
        return f"{number} {rng.choice(UNITS)}" if unit in UNITS else value
    number = float(found[0]) * rng.choice([0.001, 0.1, 0.3, 0.9, 0.99, 1.01, 1.1, 3, 10, 1000])
    digits = rng.choice([0, 1, 2, 3, 6])
    return value[: found.start()] + (f"{number:.{digits}f}".rstrip("0").rstrip(".") or "1") + value[found.end() :]


def changed(tree, other, rng):
    """The same order with one to four values changed, or taken from another order."""
    tree = copy.deepcopy(tree)
    if other and rng.random() < 0.2:
        name = rng.choice(list(other))
        tree[name] = copy.deepcopy(other[name])
    found = list(leaves(tree))
    for group, name in rng.sample(found, min(len(found), rng.randint(1, 4))):
        group[name] = turned(group[name], rng)
    return tree


def climbed(kind, rng, tries):
    """The worst orders after so many `tries`, an iterator of anything: (calls, order), the worst first."""
    kept = []
    for _ in tries:
        tree = KINDS[kind].random(rng)
        if kept and rng.random() > FRESH:
            tree = changed(rng.choice(kept)[1], tree, rng)
        kept.append((calls(kind, tree), tree))
        kept.sort(key=lambda one: -one[0])
        del kept[KEPT:]
    return kept


def until(end):
    """Something to count the tries by, until a time."""
    return itertools.takewhile(lambda _: time.monotonic() < end, itertools.count())


def main(seconds, seed, kinds):
    """Print the worst of each kind; 1 where one takes more work than an order may."""
    worst = 0
    for kind in kinds:
        rng, tries = random.Random(f"{seed} {kind}"), itertools.count()
        most, tree = climbed(kind, rng, (next(tries) for _ in until(time.monotonic() + seconds)))[0]
        began = time.process_time()
        CLIENT.post(KINDS[kind].path, json=tree)
        took = time.process_time() - began
        print(f"{kind}: the worst of {next(tries):,} takes {most:,} calls, {took:.3f} s of a core: {json.dumps(tree)}")
        worst = max(worst, most)
    return 0 if worst <= MOST_CALLS else 1


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] or KINDS))
