"""The version of the view tables counts up whenever the same events are listed otherwise: old lists are made anew."""

import hashlib
import json

import pytest

from calc.record.chain import Head, hash_of
from calc.record.refusals import NotSetUp
from calc.store import upkeep
from calc.store.door import Store
from calc.store.opening import UPGRADE
from calc.store.rebuilding import rebuild
from calc.store.tables import EVENT
from calc.store.upkeep import make, upgrade
from calc.store.view_tables import VIEWS, VIEWS_VERSION
from tests.store.records import Clock, by_hand, killed
from tests.support.places import ROOT

#: Batches in every state, from walks by the rules of 0.5.0, a line for each event.
EVENTS = ROOT / "tests/data/record/events.ndjson"
#: The digest of what is listed of them, by version. That of a released version is never changed: where the lists of
#: these events are others now, `VIEWS_VERSION` counts up once in a release, and a line is added.
LISTED = {
    1: "13e44440d6e5b24840432af8f58d0a41b8af310c4cb67f6f6286c5f0c4faa6e3",  # 0.5.0
    2: "db4e34a2eaf9685f9a853eacdd1a2c31d7931a77889cb2821b973f9faa0a6891",  # freed with nothing left: used up
}


def recorded(folder):
    """A record of the recorded events, and its head."""
    make(folder)
    head, rows = Head(), []
    for body in EVENTS.read_text(encoding="ascii").splitlines():
        names = {name: json.loads(body)[name] for name in ("seq", "stream", "version", "type", "at", "request")}
        rows.append({**names, "body": body, "prev": head.hash, "hash": hash_of(head.hash, body)})
        head = Head(names["seq"], rows[-1]["hash"])
    store = Store.open(folder, now=Clock())
    with store.writing() as connection:
        connection.execute(EVENT.insert(), rows)
    store.close()
    upgrade(folder)
    return head


def listed(folder):
    """The view tables of a record, and the digest of them all."""
    store = Store.open(folder, now=Clock())
    with store.connection() as connection:
        tables = {
            table.name: [list(row) for row in connection.execute(table.select().order_by(*table.primary_key.columns))]
            for table in VIEWS.sorted_tables
        }
    store.close()
    return tables, hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()


def test_another_list_of_the_same_events_is_another_version(folder):
    recorded(folder)
    tables, digest = listed(folder)
    assert digest == LISTED[VIEWS_VERSION]
    last = dict(zip((column.name for column in VIEWS.tables["batch"].columns), tables["batch"][-1], strict=True))
    # thirty were made and released; it was held, all thirty were destroyed, and it was freed
    assert (last["number"], last["state"], last["on_hand"]) == ("26-000012", "used up", 0)


def test_a_record_of_0_5_0_is_brought_over_also_after_that_was_killed(folder):
    head = recorded(folder)
    before = listed(folder)
    path = folder / "record.sqlite"
    by_hand(path, "UPDATE batch SET state = 'released' WHERE number = '26-000012'")
    assert listed(folder)[1] == LISTED[1]
    by_hand(path, "PRAGMA user_version = 1")
    killed(upkeep, "rebuild", lambda: upgrade(folder))
    with pytest.raises(NotSetUp, match=UPGRADE):
        Store.open(folder, now=Clock())
    upgrade(folder)
    assert listed(folder) == before
    store = Store.open(folder, now=Clock())
    with store.reading() as reading:
        assert reading.head() == head
    assert rebuild(store.writing) == []
    store.close()
