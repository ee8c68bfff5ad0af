"""The one door: what it writes, once, in order, whole or not at all."""

import hashlib
import json
from datetime import timedelta

import pytest

from calc.record.chain import GENESIS, Head
from calc.record.envelope import Draft, Event, Late, Signed
from calc.record.refusals import ActRefused, NotSaved, Problem, RequestReused, Unknown
from calc.store.door import Decided, Store
from calc.store.tables import SESSION
from tests.store.batches import opened
from tests.store.races import pairs
from tests.store.records import ONE, Clock, filled, noted, record_in, stamp


def bodies(store):
    with store.connection() as connection:
        return connection.exec_driver_sql("SELECT seq, prev, hash, body FROM event ORDER BY seq").all()


def test_each_event_is_chained_to_the_text_before(store):
    filled(store, 5)
    previous = GENESIS
    for seq, prev, found, body in bodies(store):
        assert prev == previous
        assert found == hashlib.sha256(f"{prev}\n{body}".encode()).hexdigest()
        tree = json.loads(body)
        assert body == json.dumps(tree, sort_keys=True, separators=(",", ":"))
        assert tree["seq"] == seq
        previous = found


def test_an_event_says_who_when_where_and_what_is_signed(store):
    store.append(stamp("a"), noted("note:1"))
    draft = Draft("note:1", "signed", {"x": 1}, Signed("I made this.", "password"), Late("2026-11-29", "no power"))
    done = store.append(stamp("b"), lambda _: Decided([draft]))
    (first, second) = (Event.of(json.loads(row.body)) for row in bodies(store))
    assert done.events == (second,)
    assert done.head == Head(2, bodies(store)[-1].hash)
    assert (second.by, second.device, second.request, second.version) == (ONE, "bench 1", "b", 2)
    assert (second.at, second.day, second.zone) == ("2026-11-30T09:00:02.000Z", "2026-11-30", "UTC")
    assert second.signature == ("I made this.", "password", 1, bodies(store)[0].hash)
    assert second.late == ("2026-11-29", "no power")
    assert first.signature is first.late is None


def test_a_request_sent_again_is_answered_as_before_and_written_once(store):
    first = store.append(stamp("a"), noted("note:1", 3))
    for _ in range(1_000):
        again = store.append(stamp("a"), noted("note:2"))
        assert again == (first.events, first.head, True)
    assert len(bodies(store)) == 3
    with pytest.raises(RequestReused):
        store.append(stamp("a", content="another"), noted("note:1"))
    assert len(bodies(store)) == 3


def test_of_two_acts_on_one_version_one_wins(store):
    for at, outcomes in enumerate(pairs(store, 50)):
        assert sorted(outcomes, key=str) == [("note:1", at + 1), "written"]
    with store.reading() as reading:
        assert reading.version("note:1") == 50


def test_what_is_refused_leaves_nothing(store, folder):
    filled(store, 3)
    before, seen = bodies(store), (folder / "heads.txt").read_bytes()

    def refuse(_):
        raise ActRefused(Problem("no_reason"))

    def break_off(connection):
        raise KeyError("secret")

    with pytest.raises(ActRefused):
        store.append(stamp("x"), refuse)
    late = Decided([Draft("note:9", "noted", {})], [("answer", b"{}")], [("0" * 64, "s", "t")], also=[break_off])
    with pytest.raises(KeyError):
        store.append(stamp("y"), lambda _: late)
    assert bodies(store) == before
    assert (folder / "heads.txt").read_bytes() == seen
    with store.connection() as connection:
        for table in ("document", "reference", "request"):
            count = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            assert count == (3 if table == "request" else 0)
    assert not store.append(stamp("x"), noted("note:9")).repeated


def test_a_person_whose_role_changes_is_signed_out_in_the_same_transaction(store):
    row = {"hash": "0" * 64, "token": "", "seen": "", "acted": "", "ends": "9999"}
    with store.writing() as connection:
        for at, person in enumerate(("p1", "p2")):
            connection.execute(SESSION.insert(), {**row, "hash": str(at) * 64, "person": person})
    store.append(stamp("a"), lambda _: Decided([Draft("person:p2", "noted", {})], ended=["p2"]))
    with store.connection() as connection:
        rows = connection.execute(SESSION.select().order_by(SESSION.c.person)).all()
    assert [row.ends for row in rows] == ["9999", "2026-11-30T09:00:01.000Z"]


def test_a_clock_that_went_back_is_told_before_what_follows(folder):
    clock = Clock()
    store = record_in(folder, clock)
    store.append(stamp("a"), noted("note:1"))
    clock.at -= timedelta(seconds=2)  # and goes on by one: within the tolerance
    store.append(stamp("b"), noted("note:1"))
    clock.at -= timedelta(hours=1)
    done = store.append(stamp("c"), noted("note:1"))
    assert [event.type for event in done.events] == ["clock.jumped", "noted"]
    assert done.events[0].data == {"last": "2026-11-30T09:00:00.000Z", "now": "2026-11-30T08:00:01.000Z"}
    assert done.events[0].stream == "site:main"
    assert [event.seq for event in done.events] == [3, 4]
    store.close()


def test_documents_are_found_by_their_digest(store):
    content = b'{"answer":1}' * 100
    sha = hashlib.sha256(content).hexdigest()
    for request in "ab":
        store.append(stamp(request), lambda _: Decided([], [("answer", content)]))
    with store.reading() as reading:
        assert reading.document(sha) == content
        with pytest.raises(Unknown):
            reading.document("0" * 64)


def test_the_log_is_read_in_pages_and_searched_by_keys(store):
    filled(store, 10)
    with store.reading() as reading:
        assert [event.seq for event in reading.log(after=3, limit=4)] == [4, 5, 6, 7]
        assert [event.seq for event in reading.log(stream="note:1")] == [1, 4, 7, 10]
        assert [event.seq for event in reading.log(person="p1", after=8)] == [9, 10]
        assert reading.log(person="p2") == reading.log(type="none") == reading.log(day="2026-11-29") == []
        assert len(reading.log(day="2026-11-30", type="noted")) == 10
        assert [event.version for event in reading.events("note:1", after=2)] == [3, 4]
        assert reading.head().seq == 10


def test_each_commit_has_its_line_of_the_witness(store, folder):
    acts = [noted("note:1", 2), lambda _: Decided(opened("26-000123")), noted("note:1", 2)]
    done = [store.append(stamp(f"r{at}"), act) for at, act in enumerate(acts)]
    lines = (folder / "heads.txt").read_text().splitlines()
    numbers = ["-", "26-000123", "26-000123"]
    written = [f"{one.head.seq} {one.head.hash} {number}" for one, number in zip(done, numbers, strict=True)]
    assert lines == [f"0 {GENESIS} -", *written]


def test_without_its_witness_nothing_is_written(store, folder):
    filled(store, 2)
    (folder / "heads.txt").rename(folder / "away.txt")
    for request in "xy":
        with pytest.raises(NotSaved) as fault:
            store.append(stamp(request), noted("note:1"))
        assert fault.value.why == store.ready() == "witness"
    assert len(bodies(store)) == 2
    (folder / "away.txt").rename(folder / "heads.txt")
    assert store.ready() is None
    assert store.append(stamp("x"), noted("note:1")).head.seq == 3


def test_a_line_that_a_crash_cut_off_harms_nothing(store, folder):
    filled(store, 2)
    store.close()
    path = folder / "heads.txt"
    path.write_bytes(path.read_bytes()[:-70])
    again = Store.open(folder, now=Clock(), program="0.0")
    assert again.trouble is None
    assert again.append(stamp("x"), noted("note:1")).head.seq == 3
    assert path.read_text().splitlines()[-1].startswith("3 ")
    again.close()
