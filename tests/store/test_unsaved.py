"""What cannot be written leaves nothing, and the record goes on where it can be written again."""

import os
import resource
import shutil
import sqlite3
import subprocess
from contextlib import contextmanager
from datetime import timedelta

import pytest

from calc.record.refusals import NotSaved
from calc.record.words import people
from calc.service.clock import BadSetting
from calc.store import door, opening, sqlite, upkeep
from calc.store.door import Decided, Store
from calc.store.rebuilding import rebuild
from calc.store.verify import verify
from calc.store.witness import Witness
from calc.wording import cli_record
from tests.store.batches import opened
from tests.store.records import Clock, filled, noted, record_in, stamp

LONG = "x" * 20_000


@contextmanager
def mounted(place, *options):
    """A file system of 3 MB in memory; the test is left out where nothing may be mounted."""
    place.mkdir()
    if (
        os.geteuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place], check=False).returncode
    ):
        pytest.skip("only root can mount a small disk; the limit of a file's size stands in for it")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def whole(folder, store, seq):
    """Whether the record is as it was up to an event, in itself and by its witness, and nothing else is in it."""
    found = verify(folder / "record.sqlite", witness=Witness(folder / "heads.txt"))
    with store.connection() as connection:
        requests = connection.exec_driver_sql("SELECT count(*) FROM request").scalar()
        documents = connection.exec_driver_sql("SELECT count(*) FROM document").scalar()
    return found.head.seq == seq == requests and not documents and rebuild(store.writing) == []


def filled_up(store):
    """How many acts a disk takes."""
    for seq in range(1_000):
        try:
            store.append(stamp(seq), noted("note:1", 1, os.urandom(10_000).hex()))
        except NotSaved as fault:
            assert fault.why == "full"
            return seq
    return None


def refused(store, request="x"):
    """Why a large act was not saved."""
    with pytest.raises(NotSaved) as fault:
        store.append(stamp(request), lambda _: Decided([*opened("26-000001"), *noted("note:1", 1, LONG)(0).drafts]))
    return fault.value.why


def test_a_full_disk(folder):
    folder.parent.mkdir(exist_ok=True)
    with mounted(folder):
        store = record_in(folder)
        seq = filled_up(store)
        assert refused(store) in {"full", "witness"}
        assert store.ready() == "full"
        assert whole(folder, store, seq)
        store.close()


def test_a_file_that_may_not_grow(store, folder):
    filled(store, 5)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "record.sqlite").stat().st_size, before[1]))
    try:
        assert refused(store) == "disk"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert whole(folder, store, 5)
    assert store.append(stamp("x"), noted("note:1")).head.seq == 6


def test_a_disk_that_is_read_only(folder):
    with mounted(folder):
        filled(record_in(folder), 3).close()
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        store = Store.open(folder, now=Clock(), program="0.0")
        assert refused(store) == store.ready() == "read-only"
        with store.reading() as reading:
            assert len(reading.log()) == 3
        subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
        assert whole(folder, store, 3)
        assert store.append(stamp("x"), noted("note:1")).head.seq == 4
        store.close()


def test_a_lock_that_another_process_holds(folder, monkeypatch):
    monkeypatch.setattr(sqlite, "PRAGMAS", (("busy_timeout", "50", 50), *sqlite.PRAGMAS[1:]))
    store = filled(record_in(folder), 3)
    other = sqlite3.connect(folder / "record.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert refused(store) == store.ready() == "locked"
    other.execute("ROLLBACK")
    assert whole(folder, store, 3)
    assert store.ready() is None
    store.close()


def test_a_lock_that_another_thread_holds_for_too_long(store, folder, monkeypatch):
    monkeypatch.setattr(door, "PATIENCE", 0.05)
    filled(store, 3)
    with store.writing():
        assert refused(store) == "locked"
    assert whole(folder, store, 3)


def test_a_witness_that_is_full_is_told_what_it_lacks_before_anything_else(folder, store):
    filled(store, 2)
    path = folder / "heads.txt"
    kept = path.read_bytes()
    path.unlink()
    path.symlink_to("/dev/full")  # takes nothing
    assert store.append(stamp("x"), noted("note:1")).head.seq == 3  # is committed, and said so
    with pytest.raises(NotSaved, match="witness"):
        store.append(stamp("y"), noted("note:1"))
    path.unlink()
    path.write_bytes(kept)
    head = store.append(stamp("y"), noted("note:1")).head
    assert head.seq == 4
    assert [line.split()[0] for line in path.read_text().splitlines()] == ["0", "1", "2", "3", "4"]


def test_the_folder_is_gone(store, folder):
    filled(store, 2)
    shutil.rmtree(folder)
    assert (refused(store), store.ready()) == ("exchanged", "disk")


def test_another_file_in_its_place(folder):
    first, second = filled(record_in(folder), 2), filled(record_in(folder.parent / "other"), 1)
    second.close()
    (folder.parent / "other/record.sqlite").replace(folder / "record.sqlite")
    assert refused(first) == "exchanged"
    first.close()


def test_the_record_is_held_against_its_witness_whenever_it_is_asked_whether_it_is_ready(store, folder):
    filled(store, 2)
    assert store.ready() is None
    with (folder / "heads.txt").open("a") as file:
        file.write(f"3 {'0' * 64} 26-000009\n")
    assert store.ready() == "behind"
    assert (store.gap.witness.seq, store.gap.number) == (3, "26-000009")
    assert refused(store) == "behind"


def test_the_first_act_of_a_day_finds_a_record_that_is_behind_its_witness(folder):
    clock = Clock()
    store = record_in(folder, clock)
    filled(store, 2)
    with (folder / "heads.txt").open("a") as file:
        file.write(f"9 {'0' * 64} 26-000009\n")
    store.append(stamp("same day"), noted("note:1", 1))
    clock.at += timedelta(days=1)
    assert refused(store) == "behind"
    store.close()


def test_every_reason_has_its_words():
    said = {*sqlite.REASONS.values(), "witness", "exchanged", door.BEHIND, door.ALTERED}
    assert said <= people.NOT_SAVED.keys()
    assert said == cli_record.NOT_SAVED_BY.keys()


def test_a_network_drive_is_told_by_the_table_of_mounts(folder, monkeypatch):
    mounts = folder.parent / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\nfar:/x {folder.parent} nfs4 rw 0 0\ndisk {folder}/in ext4 rw 0 0\n")
    monkeypatch.setattr(opening, "_MOUNTS", mounts)
    assert opening.network_drive(folder) == "nfs4"
    assert opening.network_drive(folder / "in") is None
    assert opening.network_drive(folder.parent.parent) is None
    with pytest.raises(BadSetting, match="network drive"):
        upkeep.make(folder)
    assert not list(folder.iterdir())
    (folder / "record.sqlite").touch()
    with pytest.raises(BadSetting, match="network drive"):
        Store.open(folder, now=Clock())
