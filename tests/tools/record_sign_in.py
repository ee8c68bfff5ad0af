"""Measure signing in, in one run: names that somebody has beside names that nobody has, a crowd beside a plan.

    python -m tests.tools.record_sign_in [TRIES]

Prints one hash, the medians of both kinds of names, how far apart they are, and the slowest plan while forty sign in.
"""

from __future__ import annotations

import statistics
import sys
import time
from threading import Thread

from calc.store.accounts import HASHER
from tests.support.client import ask_api
from tests.support.orders import GOOD
from tests.support.record import ROLES, RecordForTests, password_of, sign_in

#: Enough that no name is locked: each is tried with its right secret every fourth time.
TRIES, CROWD = 60, 40


def timed(record, name, secret):
    """Milliseconds of one sign-in."""
    window = record.app.test_client()
    begin = time.perf_counter()
    sign_in(window, name, secret)
    return (time.perf_counter() - begin) * 1000


def wrong_ones(record, tries):
    """Milliseconds of wrong secrets for names that somebody has, and for names that nobody has, taken in turns."""
    known, unknown = [], []
    people = list(ROLES)
    for number in range(tries):
        person = people[number % len(people)]
        known.append(timed(record, ROLES[person][0], "not this one at all"))
        unknown.append(timed(record, f"Nobody {number}", "not this one at all"))
        if number % len(people) == len(people) - 1:
            for each in people:
                record.ground.accounts.unlock(each)
    return known, unknown


def beside_a_crowd(record):
    """Milliseconds of plans asked for while forty sign in at once, and of as many alone."""
    client, plans, alone = record.app.test_client(), [], []
    people = list(ROLES)

    def enter(number):
        person = people[number % len(people)]
        sign_in(record.app.test_client(), ROLES[person][0], password_of(person))

    def plan(into):
        begin = time.perf_counter()
        ask_api(client, GOOD)
        into.append((time.perf_counter() - begin) * 1000)

    for _ in range(10):
        plan(alone)
    crowd = [Thread(target=enter, args=(number,)) for number in range(CROWD)]
    for thread in crowd:
        thread.start()
    while any(thread.is_alive() for thread in crowd):
        plan(plans)
    return plans, alone


def main(tries):
    """Print what was measured."""
    record = RecordForTests(hasher=HASHER)
    hashed = HASHER.hash("x")
    begin = time.perf_counter()
    for _ in range(10):
        HASHER.verify(hashed, "x")
    hash_ms = (time.perf_counter() - begin) * 100
    known, unknown = wrong_ones(record, tries)
    median = statistics.median
    print(f"one hash: {hash_ms:.1f} ms")
    print(f"wrong secret, median of {tries}: {median(known):.1f} ms for a name here, {median(unknown):.1f} ms for none")
    print(f"apart by {abs(median(known) - median(unknown)):.1f} ms, ratio {median(known) / median(unknown):.2f}")
    plans, alone = beside_a_crowd(record)
    print(f"a plan beside {CROWD} at once: slowest {max(plans):.0f} ms of {len(plans)}, alone {median(alone):.0f} ms")
    record.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TRIES)
