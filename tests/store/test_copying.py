"""A copy of the record: made while others write, verified on the way, and a record again."""

import json
import shutil
import sqlite3
from threading import Event, Thread

import pytest

from calc.record.batch.releasing import referred
from calc.record.chain import Head
from calc.store import exporting
from calc.store.copying import backup
from calc.store.door import Decided, Store
from calc.store.rebuilding import rebuild
from calc.store.restoring import restore
from calc.store.tables import REFERENCE
from calc.store.verify import Bad, verify
from calc.store.witness import Witness
from tests.store.batches import TWO, checked, opened, written
from tests.store.records import Clock, filled, noted, record_in, stamp
from tests.tools.record_tamper import Copy


def lines(store):
    return list(exporting.lines(store))


def restored(copy, folder, **more):
    """A record made from a copy, opened."""
    done = restore(copy, folder, now=Clock(), **more)
    return done, Store.open(folder, now=Clock(), program="0.0")


def test_the_same_acts_make_the_same_record(folder):
    told = []
    for name in "ab":
        clock = Clock()
        store = record_in(folder / name, clock)
        for at in range(60):
            store.append(stamp(f"r{at}"), noted(f"note:{at % 9}", 1, "text"))
            written(store, f"b{at}", *opened(f"26-{at + 1:06}"), by=TWO)
        told.append((lines(store), (folder / name / "heads.txt").read_bytes()))
        store.close()
    assert len(told[0][0]) == 180
    assert told[0] == told[1]


def test_a_copy_made_while_others_write_holds_what_was_acknowledged_before(store, folder):
    stop, written_so_far = Event(), []

    def write():
        at = 0
        while not stop.is_set():
            written_so_far.append(store.append(stamp(f"w{at}"), noted("note:1", 1, "x" * 500)).head)
            at += 1

    filled(store, 300)
    writing = Thread(target=write)
    writing.start()
    heads = []
    for _ in range(5):
        before = written_so_far[-1] if written_so_far else Head()
        head = backup(folder, folder.parent / "copy")
        heads.append(head)
        assert head.seq >= before.seq
        assert verify(folder.parent / "copy").head == head
        assert verify(folder / "record.sqlite", witness=Witness(folder / "heads.txt")).head.seq >= head.seq
    stop.set()
    writing.join()
    assert heads == sorted(heads)
    assert heads[-1] in written_so_far

    done, again = restored(folder.parent / "copy", folder.parent / "new")
    assert done.head == heads[-1]
    kept, number = lines(again), heads[-1].seq
    assert kept[:number] == lines(store)[:number]
    assert [json.loads(line)["event"]["type"] for line in kept[number:]] == ["clock.jumped", "record.restored"]
    assert rebuild(again.writing) == []
    again.close()


def test_a_copy_holds_what_stands_beside_the_chain_and_loses_what_was_removed(store, folder):
    copy = folder.parent / "copy"
    (gone,), (left,) = (referred("salt", text)[1] for text in ("RX 1", "RX 2"))
    store.append(stamp("a"), lambda _: Decided([], [("answer", b"{}")], [gone, left]))
    with store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO credential VALUES ('p1', 'pin', 'x', 0, NULL)")
        connection.exec_driver_sql("INSERT INTO session VALUES ('x', 'p1', NULL, '', '', '', '', NULL)")
    backup(folder, copy)
    with store.writing() as connection:
        connection.execute(REFERENCE.delete().where(REFERENCE.c.digest == gone[0]))
        connection.exec_driver_sql("UPDATE credential SET hash = 'y'")
    filled(store, 1)
    backup(folder, copy)
    assert verify(copy).documents == 1
    found = sqlite3.connect(copy)
    assert found.execute("SELECT text FROM reference").fetchall() == [("RX 2",)]
    assert found.execute("SELECT hash FROM credential").fetchall() == [("y",)]
    assert found.execute("SELECT count(*) FROM document").fetchall() == [(1,)]
    assert found.execute("SELECT count(*) FROM request").fetchall() == [(2,)]
    assert found.execute("SELECT count(*) FROM session").fetchall() == [(0,)]
    found.close()


def test_a_record_that_is_not_as_it_was_written_is_not_copied(store, folder):
    filled(store, 20)
    bad = Copy(folder / "record.sqlite", folder.parent / "record.sqlite")
    bad.run("UPDATE event SET body = '{}' WHERE seq = 7")
    bad.done()
    with pytest.raises(Bad, match="event 7: hash"):
        backup(folder.parent, folder.parent / "copy")


def test_a_copy_of_another_record_is_told(store, folder):
    filled(store, 3)
    backup(folder, folder.parent / "copy")
    other = filled(record_in(folder / "other"), 2)
    other.append(stamp("x", content="y"), noted("note:9"))
    other.close()
    with pytest.raises(Bad, match="event 3: another"):
        backup(folder / "other", folder.parent / "copy")


def test_a_restored_record_repeats_no_number(folder):
    store = record_in(folder)
    written(store, "a", *opened("26-000003"))
    backup(folder, folder.parent / "copy")
    written(store, "b", *opened("26-000004"))
    lost = written(store, "c", *opened("26-000005")).head
    store.close()
    (folder / "record.sqlite").unlink()

    done, again = restored(folder.parent / "copy", folder)
    assert (done.head.seq, done.witness, done.number) == (2, lost, "26-000005")
    assert again.trouble is None
    with again.reading() as reading:
        assert reading.next_number(2026) == "26-000006"
        (told,) = reading.log(type="record.restored")
    assert told.data == {"upto": 2, "hash": done.head.hash, "witness": 6, "seen": lost.hash, "number": "26-000005"}
    assert told.by.role == "system"
    written(again, "d", *opened("26-000006"))
    again.close()
    assert verify(folder / "record.sqlite", witness=Witness(folder / "heads.txt")).head.seq == 5
    assert (folder / f"heads-6-{lost.hash[:8]}.txt").is_file()
    reopened = Store.open(folder, now=Clock(), program="0.0")
    with reopened.reading() as reading:
        assert reading.next_number(2026) == "26-000007"
    reopened.close()


def test_without_its_witness_a_restored_record_goes_above_what_papers_say(folder):
    store = record_in(folder)
    written(store, "a", *opened("26-000003"))
    written(store, "b", checked("26-000003"), by=TWO)
    backup(folder, folder.parent / "copy")
    store.close()
    shutil.rmtree(folder)
    done, again = restored(folder.parent / "copy", folder, above="26-000107")
    assert (done.witness.seq, done.number) == (0, "26-000107")
    again.close()
    reopened = Store.open(folder, now=Clock(), program="0.0")
    with reopened.reading() as reading:
        assert reading.next_number(2026) == "26-000108"
        assert reading.batch("26-000003").checkers == {"p2"}
    assert rebuild(reopened.writing) == []
    reopened.close()
    assert restore(folder.parent / "copy", folder, now=Clock()) is None


def test_a_copy_that_was_tampered_with_is_not_restored(store, folder):
    filled(store, 20)
    backup(folder, folder.parent / "copy")
    bad = Copy(folder.parent / "copy", folder.parent / "bad")
    bad.run("UPDATE event SET hash = ? WHERE seq = 9", "0" * 64)
    bad.done()
    with pytest.raises(Bad, match="event 9: hash"):
        restore(folder.parent / "bad", folder.parent / "new", now=Clock())
    assert not (folder.parent / "new").exists()
