"""Records for tests: made in a folder, written with plain events, by a clock that the test holds."""

import hashlib
import os
import sqlite3
from datetime import UTC, datetime, timedelta

from calc.record.envelope import By, Draft
from calc.record.stamp import Moment, Stamp
from calc.store import upkeep
from calc.store.door import Decided, Store

START = datetime(2026, 11, 30, 9, 0, 0, tzinfo=UTC)
ONE = By("p1", "Compounder One", "compounder", "C-1")


class Clock:
    """A clock that goes on by a second each time it is read, or is set by hand."""

    def __init__(self):
        self.at = START

    def __call__(self):
        self.at += timedelta(seconds=1)
        return Moment(self.at, "UTC", self.at.date())


def record_in(folder, clock=None, witness=None):
    """A new record in a folder, opened."""
    upkeep.make(folder, witness)
    return Store.open(folder, now=clock or Clock(), witness=witness, program="0.0")


def stamp(request, by=ONE, content=""):
    return Stamp(by, by.person, "bench 1", str(request), hashlib.sha256(f"{request} {content}".encode()).hexdigest())


def noted(stream, number=1, text=""):
    """What decides to write so many plain events on a stream."""
    return lambda _: Decided([Draft(stream, "noted", {"number": at, "text": text}) for at in range(1, number + 1)])


def filled(store, number=10):
    """A record with so many plain events, in three streams."""
    for at in range(1, number + 1):
        store.append(stamp(f"r{at}"), noted(f"note:{at % 3}"))
    return store


def killed(module, name, do):
    """Do something in a process that is killed where it comes to a function: nothing is tidied up after it."""
    child = os.fork()
    if not child:
        setattr(module, name, lambda *_, **__: os._exit(9))
        try:
            do()
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def by_hand(path, *statements):
    """Change a record as somebody with a shell does, where no guard holds."""
    raw = sqlite3.connect(path)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()
