"""How a record of many batches is read: `python -m tests.tools.record_size 100000`, beside one of 100.

The batches are copies of a released one, written by the code of the store in the acts of their people. A second number
says how many days they are spread over (default 400).
"""

import json
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from calc.record.envelope import Draft
from calc.store import views
from calc.store.door import Decided, Store
from calc.store.settings import moment
from calc.store.states import folded
from calc.store.tables import REQUEST
from calc.store.verify import verify
from calc.store.witness import Line, Witness
from calc.store.writing import Writing, events_of, head_of
from tests.store.places import memory
from tests.store.records import START, Clock, record_in, stamp
from tests.support.batch import released

#: Of the two records: the smaller one, and how much slower the larger may be.
FEW, MOST_TIMES, MOST_MS = 100, 2, 50
TIMES = 60
#: Batches whose acts are written at once.
TOGETHER = 50


def template():
    """A released batch, its events by its acts (who did each, and what it writes), and its documents."""
    pharmacy = released()
    events = pharmacy.events
    acts = [
        (by, [(event.type, json.dumps(dict(event.data))) for event in of_one])
        for by, of_one in groupby(events, key=lambda event: event.by)
    ]
    return folded(None, events), acts, pharmacy.documents


def build(folder, batches, days=400):
    """A record with so many released batches, opened. They are chained and listed by the store's own code.

    Only the folding of each is left out, which was done once: all are the same but for number and day.
    """
    clock = Clock()
    store, (state, acts, documents) = record_in(folder, clock), template()
    store.append(stamp("documents"), lambda _: Decided([], documents))
    step = timedelta(days=days) / batches
    for first in range(1, batches + 1, TOGETHER):
        clock.at = max(clock.at, START + first * step)
        with store.writing() as connection:
            head, _ = head_of(connection)
            for at in range(first, min(first + TOGETHER, batches + 1)):
                head = _one(connection, head, clock(), state, acts, f"26-{at:06}")
    with store.connection() as connection:
        store.witness.set_aside()
        store.witness.begin(Line(head_of(connection)[0], f"26-{batches:06}"))
    return store


def _one(connection, head, moment, state, acts, number):
    """Write one more batch, and return the head after it."""
    for part, (by, written) in enumerate(acts):
        work = Writing(connection, stamp(f"{number} {part}", by), moment, "0.0", head)
        work.add(
            Draft(f"batch:{number}", type_, json.loads(data.replace("26-000123", number))) for type_, data in written
        )
        work.insert()
        views.note(connection, events_of(work.links), [])
        first = work.head.seq - len(work.links) + 1
        row = {"request": work.stamp.request, "digest": work.stamp.digest, "first": first, "last": work.head.seq}
        connection.execute(REQUEST.insert(), row)
        head = work.head
    views.note_batch(
        connection, views.Change(None, replace(state, number=number, opened_at=moment.day.isoformat()), head.seq)
    )
    return head


def read(folder, batches, last_day):
    """Median milliseconds of each reading, of a record just opened, so that nothing is kept in memory."""
    middle = f"26-{max(1, batches // 2):06}"
    readings = {
        "list": lambda reading, _: reading.batches(),
        "list, later page": lambda reading, _: reading.batches(after=middle),
        "list by state": lambda reading, _: reading.batches(state="released"),
        "list by day": lambda reading, _: reading.batches(day=last_day),
        "list by drug": lambda reading, _: reading.batches(drug="naltrexone"),
        "batch": lambda reading, at: reading.batch(f"26-{1 + at * 7 % batches:06}"),
        "next number": lambda reading, _: reading.next_number(2026),
        "log of a batch": lambda reading, _: reading.log(stream=f"batch:{middle}"),
        "log of a person": lambda reading, _: reading.log(person="p2"),
        "log of a day": lambda reading, _: reading.log(day=last_day),
        "findings of the last day": lambda reading, _: reading.findings(last_day, limit=50),
    }
    found = {}
    for name, ask in readings.items():
        taken = []
        for at in range(TIMES):
            store = Store.open(folder, now=moment)
            with store.reading() as reading:
                reading.head()
                began = time.process_time()
                ask(reading, at)
                taken.append((time.process_time() - began) * 1_000)
            store.close()
        found[name] = statistics.median(taken)
    return found


def measured(place, batches, days=400):
    """The median milliseconds of each reading of a record, and how many events it has."""
    folder = Path(place) / str(batches)
    store = build(folder, batches, days)
    with store.reading() as reading:
        last_day, head = reading.batches(limit=1)[0].day, reading.head()
    store.close()
    verify(folder / "record.sqlite", witness=Witness(folder / "heads.txt"))
    return read(folder, batches, last_day), head.seq, (folder / "record.sqlite").stat().st_size


def main(batches, days=400):
    with tempfile.TemporaryDirectory(dir=memory()) as place:
        few, _, _ = measured(place, FEW, max(1, days * FEW // batches))  # as many a day
        began = time.monotonic()
        many, events, size = measured(place, batches, days)
        print(f"{batches:,} batches, {events:,} events, {size / 1e6:,.0f} MB, in {time.monotonic() - began:,.0f} s")
    bad = 0
    for name, before in few.items():
        bad += many[name] > MOST_TIMES * before or many[name] > MOST_MS
        print(f"{name:26} {before:6.2f} ms of {FEW}, {many[name]:6.2f} ms: {many[name] / before:.2f} times")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
