"""The life of a record with those who run it: ended in the middle, lost, copied over, edited, of other versions."""

import os
import shutil
import sqlite3
from datetime import timedelta

import pytest

from calc.record.envelope import Draft
from calc.record.refusals import NotSetUp
from calc.store import copying, restoring, sqlite, upkeep
from calc.store.copying import backup
from calc.store.door import Decided, Store
from calc.store.opening import RESTORE
from calc.store.restoring import restore
from calc.store.settings import moment
from calc.store.verify import Bad, verify
from tests.store.batches import PERSON, opened, written
from tests.store.records import Clock, by_hand, filled, killed, record_in, stamp

#: A user who owns nothing.
NOBODY = 65534
GONE = "triturate: the record is not here that its witness has seen, or that was being restored: triturate restore FILE"


def next_number(store):
    """The number that the next batch would have."""
    with store.reading() as reading:
        return reading.next_number(2026)


def test_a_restoring_that_was_killed_leaves_no_record_and_is_begun_again(folder):
    store = filled(record_in(folder), 5)
    written(store, "a", *opened("26-000003"))
    backup(folder, folder.parent / "copy")
    store.close()
    new = folder.parent / "new"
    for at in ("replicate", "upgrade", "commanded"):
        killed(restoring, at, lambda: restore(folder.parent / "copy", new, now=Clock()))
        for open_ in (lambda: Store.open(new, now=Clock()), lambda: upkeep.make(new)):
            with pytest.raises(NotSetUp, match=RESTORE):
                open_()
    # it is in its place, and the witness was not told yet
    killed(restoring, "_tell", lambda: restore(folder.parent / "copy", new, now=Clock(), above="26-000040"))
    again = Store.open(new, now=Clock())
    assert (again.trouble, next_number(again)) == (None, "26-000041")
    written(again, "b", *opened("26-000041"))
    again.close()
    assert verify(new / "record.sqlite", witness=again.witness).head.seq == 11


def test_numbers_on_paper_are_not_given_again_when_the_witness_is_lost_too(said, folder):
    store = record_in(folder, moment)
    written(store, "a", *opened("26-000003"))
    backup(folder, folder.parent / "copy")
    store.close()
    shutil.rmtree(folder)
    for wrong in ("26-0000107", "26-107"):
        with pytest.raises(SystemExit):
            said("restore", folder.parent / "copy", "--above", wrong)
    assert said("restore", folder.parent / "copy", "--above", "99-000001")[0] == 2
    code, out, _ = said("restore", folder.parent / "copy", "--above", "26-000107")
    assert (code, "New batch numbers go above 26-000107.\n" in out) == (0, True)
    (folder / "heads.txt").unlink()
    assert said("verify-log", "--begin-witness")[0] == 0
    assert (folder / "heads.txt").read_text().endswith(" 26-000107\n")
    said("backup", folder.parent / "later")
    shutil.rmtree(folder)
    assert said("restore", folder.parent / "later")[0] == 0
    again = Store.open(folder, now=moment)
    assert next_number(again) == "26-000108"
    again.close()


def test_numbers_that_somebody_signed_for_are_not_given_again_when_the_witness_is_lost(said, kept):
    store = Store.open(kept, now=moment)
    gap = {"reason": "an older file", "record": [10, ""], "witness": [90, ""], "number": "26-000300"}
    written(store, "forked", Draft("site:main", "record.forked", gap))
    store.close()
    (kept / "heads.txt").unlink()
    assert said("verify-log", "--begin-witness")[0] == 0
    again = Store.open(kept, now=moment)
    assert next_number(again) == "26-000301"
    again.close()


def test_a_record_that_is_lost_is_not_begun_anew_under_its_witness(said, kept, monkeypatch):
    said("backup", kept.parent / "copy")
    (kept / "record.sqlite").unlink()
    for command in ("setup", "verify-log", "unlock x"):
        code, _, err = said(*command.split())
        assert (code, err.startswith(GONE)) == (3, True)
    assert said("doctor")[1].startswith(
        "BAD: the record does not open: the record is not here that its witness has seen"
    )
    with pytest.raises(NotSetUp, match=RESTORE):
        Store.open(kept, now=moment)
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", lambda *_: os.stat("nowhere"))  # the folder of the witness may not be written to
        code, out, err = said("restore", kept.parent / "copy")
    assert "The witness saw events up to 11: what is between is lost." in out
    assert (code, "the record is restored, but its witness cannot be written to" in err) == (3, True)
    assert "BAD: it cannot be written: the record is behind its witness" in said("doctor")[1]
    (kept / "record.sqlite").unlink()
    code, out, err = said("restore", kept.parent / "copy")
    assert (code, err) == (0, "")


def test_a_copy_whose_making_was_killed_is_whole_as_far_as_it_goes(folder):
    store, copy = filled(record_in(folder), 9), folder.parent / "copy"
    copy.touch()  # as far as the first run came
    killed(copying, "_lacking", lambda: backup(folder, copy))
    assert verify(copy).head.seq == 9
    assert backup(folder, copy).seq == 9
    store.close()


def test_a_document_that_is_lost_or_damaged_is_told_when_it_is_copied(store, folder):
    draft = opened("26-000001")[1]
    named = Draft(draft.stream, draft.type, {**draft.data, "answer": "0" * 64})
    store.append(stamp("a"), lambda _: Decided([opened("26-000001")[0], named], [("answer", b"{}")]))
    with pytest.raises(Bad, match="event 2: document"):
        backup(folder, folder.parent / "copy")
    assert verify(folder.parent / "copy").head.seq == 0  # nothing of the page is kept
    lost = record_in(folder.parent / "other")
    lost.append(stamp("a"), lambda _: Decided([], [("answer", b"{}")]))
    by_hand(lost.folder / "record.sqlite", "DROP TRIGGER document_no_update", "UPDATE document SET bytes = x'00'")
    with pytest.raises(Bad, match=r"document [0-9a-f]{64}: hash"):
        backup(lost.folder, folder.parent / "second")
    lost.close()


def test_a_file_that_is_no_copy_stays_as_it_is(said, kept):
    place = kept.parent
    (place / "text").write_text("hello")
    by_hand(place / "foreign", "CREATE TABLE x (y)")
    by_hand(place / "logged", "PRAGMA journal_mode = WAL", "CREATE TABLE x (y)")
    before = {name: (place / name).read_bytes() for name in ("text", "foreign", "logged")}
    itself = "triturate: that is the record itself: name another file, on another device\n"
    assert said("backup", kept / "record.sqlite")[::2] == (3, itself)
    for name in before:
        code, _, err = said("backup", place / name)
        assert (code, err.startswith("triturate: that file is no copy of a record")) == (3, True)
        assert (place / name).read_bytes() == before[name]
    gone = "triturate: it could not be done: No such file or directory: "
    assert said("backup", place / "none/copy")[::2] == (3, f"{gone}{place}/none/copy\n")
    assert said("restore", place / "none")[::2] == (3, f"{gone}{place}/none\n")


def test_a_copy_may_be_older_than_its_witness_and_needs_no_record_to_be_verified(said, kept, monkeypatch):
    copy = kept.parent / "copy"
    assert said("backup", copy)[0] == 0
    code, out, _ = said("verify-log", copy, "--witness", kept / "heads.txt")
    assert (code, out.splitlines()[-1]) == (0, "The witness has seen events up to 11: the copy is older than that.")
    with (kept / "heads.txt").open("a") as file:
        file.write(f"5 {'0' * 64} -\n")
    assert said("verify-log", copy, "--witness", kept / "heads.txt")[0] == 1
    assert said("verify-log", copy, "--note")[0] == 2
    monkeypatch.delenv("TRITURATE_DATA")
    assert said("verify-log", copy)[0] == 0


def test_a_record_that_another_process_holds_is_not_called_bad(said, kept, monkeypatch):
    monkeypatch.setattr(sqlite, "PRAGMAS", (("busy_timeout", "50", 50), *sqlite.PRAGMAS[1:]))
    other = sqlite3.connect(kept / "record.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert said("verify-log")[::2] == (3, "triturate: it could not be done: database is locked\n")
    other.close()
    assert said("verify-log")[0] == 0


@pytest.mark.parametrize("newer", ["PRAGMA user_version = 99", "UPDATE alembic_version SET version_num = '9999'"])
def test_a_record_of_a_newer_version_is_left_alone(said, kept, newer):
    said("backup", kept.parent / "copy")
    for path in (kept / "record.sqlite", kept.parent / "copy"):
        by_hand(path, newer)
    why = "the record is of a newer version of the program: install that one\n"
    for command in (("verify-log",), ("upgrade",), ("setup",), ("verify-log", kept.parent / "copy")):
        assert said(*command)[::2] == (3, f"triturate: it could not be done: {why}")
    assert said("doctor")[:2] == (1, f"BAD: the record does not open: {why}")


def test_a_copy_of_an_older_version_is_verified_and_restored(said, kept):
    said("backup", kept.parent / "copy")
    by_hand(kept.parent / "copy", "CREATE TABLE log (other)", "PRAGMA user_version = 0")
    shutil.rmtree(kept)
    assert said("verify-log", kept.parent / "copy")[0] == said("restore", kept.parent / "copy")[0] == 0
    assert said("verify-log")[0] == said("rebuild-views")[0] == 0


def test_what_was_changed_by_hand_is_named_by_whatever_it_stops(said, kept):
    path, whole = kept / "record.sqlite", (kept / "record.sqlite").read_bytes()
    by_hand(path, "DROP TABLE batch_check")
    missing = "triturate: Bad: schema table batch_check: it is not there\n"
    for command in (("export", "--format", "csv", "--table", "batch_check"), ("rebuild-views",)):
        assert said(*command)[::2] == (1, missing)
    assert said("upgrade")[0] == said("verify-log")[0] == 0
    path.write_bytes(whole)
    by_hand(path, "DROP TRIGGER event_no_update", "UPDATE event SET body = 'x' WHERE seq = 1")
    for command in ("doctor", "rebuild-views", "upgrade"):
        assert said(command)[::2] == (1, "triturate: Bad: event 1: its text is not the one that was hashed\n")


def test_a_folder_in_which_no_journal_can_be_made_is_not_ready(folder):
    filled(record_in(folder), 1).close()
    folder.chmod(0o500)
    if not os.geteuid():  # whom nothing stops
        folder.parent.chmod(0o711)
        for path in (folder, *folder.iterdir()):
            os.chown(path, NOBODY, NOBODY)
    child = os.fork()
    if not child:
        found = 1
        try:
            if not os.geteuid():
                os.setuid(NOBODY)
            found = 0 if Store.open(folder, now=Clock()).ready() == "read-only" else 2
        finally:
            os._exit(found)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    folder.chmod(0o700)


def test_the_doctor_tells_other_owners_and_a_backup_by_a_clock_that_was_ahead(said, kept, monkeypatch):
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    assert f"look: {kept} belongs to another user than the one who looks" in said("doctor")[1]
    shutil.rmtree(kept)
    ahead = Clock()
    ahead.at = moment().at + timedelta(days=900)
    store = filled(record_in(kept, ahead), 1)
    restoring.commanded(store, Draft("site:main", "record.backed_up", {"upto": 1, "hash": "0" * 64}))
    store.close()
    behind = Store.open(kept, now=moment)
    written(behind, "now", Draft("person:i1", "person.added", PERSON))
    behind.close()
    code, out, _ = said("doctor")
    assert (code, f"look: last backup on {ahead.at:%Y-%m-%d}: make one\n" in out) == (0, True)


def test_setup_leaves_a_folder_that_holds_other_things_as_it_is(said, folder):
    folder.mkdir(parents=True)
    (folder / "other").touch()
    folder.chmod(0o755)
    assert said("setup")[0] == 0
    assert folder.stat().st_mode & 0o777 == 0o755
    assert f"look: others may enter the folder: chmod 700 {folder}\n" in said("doctor")[1]
