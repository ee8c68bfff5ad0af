"""The commands of the record, as they are typed, with their exit codes."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from datetime import timedelta

import pytest

from calc.record.envelope import Draft
from calc.store.door import Store
from calc.store.settings import moment
from tests.store.batches import PERSON, opened, written
from tests.store.records import Clock, filled, record_in
from tests.support.batch import weighed
from tests.support.places import ROOT


def test_setup_makes_a_record_and_prints_a_code_until_somebody_signs_in(said, folder):
    code, out, _ = said("setup")
    assert code == 0
    assert re.search(r"first run: ([A-Z2-9]{5}-){3}[A-Z2-9]{5}\n", out)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "record.sqlite").stat().st_mode & 0o777 == 0o600
    again = said("setup")
    assert again[0] == 0
    assert again[1] != out
    store = Store.open(folder, now=moment)
    written(store, "people", Draft("person:i1", "person.added", PERSON))
    store.close()
    assert said("setup")[::2] == (3, f"triturate: the record in {folder} is set up: people sign in\n")


def test_without_a_folder_or_a_record_it_is_said_what_helps(said, monkeypatch, folder):
    assert said("verify-log")[::2] == (3, "triturate: run triturate setup first\n")
    assert said("backup", folder / "copy")[0] == 3
    monkeypatch.delenv("TRITURATE_DATA")
    assert said("doctor")[::2] == (2, "triturate: say where the record is: --data FOLDER, or TRITURATE_DATA\n")
    with pytest.raises(SystemExit) as fault:
        said("verify-log", "--head", "12:xyz")
    assert fault.value.code == 2


def test_verifying_says_the_head_and_names_the_first_bad_row(said, kept):
    code, out, _ = said("verify-log")
    assert code == 0
    assert out.startswith("Good. Events: 10; documents: 0; lines of the witness: 8.\nHead 10:")
    seq, start = re.search(r"Head (\d+):(.*)", out).groups()
    assert said("verify-log", "--head", f"{seq}:{start}")[0] == 0
    assert said("verify-log", "--head", f"9:{start}")[0] == 1
    assert said("verify-log", "--note")[0] == 0
    raw = sqlite3.connect(kept / "record.sqlite")
    raw.execute("DROP TRIGGER event_no_update")
    raw.execute("UPDATE event SET body = replace(body, 'Two', 'One') || ' ' WHERE seq = 4")
    raw.commit()
    raw.close()
    assert said("verify-log")[::2] == (1, "triturate: Bad: event 4: its text is not the one that was hashed\n")
    code, out, _ = said("doctor")
    assert code == 1
    assert "BAD: it cannot be written: the record has lost its guards" in out


def test_a_witness_that_is_lost_begins_anew_once_all_is_verified(said, kept):
    (kept / "heads.txt").unlink()
    assert said("verify-log")[::2] == (1, "triturate: Bad: witness: it is not there\n")
    assert f"BAD: there is no witness at {kept / 'heads.txt'}" in said("doctor")[1]
    code, out, _ = said("verify-log", "--begin-witness")
    assert code == 0
    assert "A new witness begins" in out
    assert (kept / "heads.txt").read_text().endswith(" 26-000002\n")
    assert said("verify-log", "--note")[0] == 0


def test_a_copy_is_made_verified_and_restored(said, kept):
    copy = kept.parent / "copy"
    assert said("backup", copy)[:2][0] == 0
    code, out, _ = said("verify-log", copy)
    assert (code, "No witness was looked at." in out) == (0, True)
    assert said("restore", copy)[::2] == (3, f"triturate: there is a record in {kept} already\n")
    shutil.rmtree(kept)
    code, out, _ = said("restore", copy, "--above", "26-000040")
    assert (code, out.splitlines()[0]) == (0, "Events in the record: 10.")
    assert said("verify-log")[0] == said("rebuild-views")[0] == 0
    with pytest.raises(SystemExit):
        said("restore", copy, "--above", "40")


def test_the_doctor_looks_at_everything(said, kept):
    code, out, _ = said("doctor")
    assert code == 0
    assert "look: there is no backup: triturate backup FILE\n" in out
    assert "look: the witness is on the same device" in out
    assert "good: it is set up for Test Pharmacy\n" in out
    said("backup", kept.parent / "copy")
    said("verify-log", "--note")
    kept.chmod(0o755)
    out = said("doctor")[1]
    assert "good: last backup on 20" in out
    assert "good: last verified on 20" in out
    assert f"look: others may enter the folder: chmod 700 {kept}\n" in out
    raw = sqlite3.connect(kept / "record.sqlite")
    raw.execute("PRAGMA user_version = 0")
    raw.close()
    assert said("doctor")[:2] == (1, "BAD: the record does not open: run triturate upgrade first\n")
    assert said("upgrade")[:2] == (0, "The record is at this version of the program.\n")
    assert said("rebuild-views")[:2] == (0, "The view tables are as the events say.\n")


def test_the_doctor_tells_a_clock_that_is_behind_the_last_event(said, folder):
    ahead = Clock()
    ahead.at += timedelta(days=9_000)
    filled(record_in(folder, ahead), 1).close()
    code, out, _ = said("doctor")
    assert code == 1
    assert "BAD: the clock is behind the last event (20" in out


def test_views_that_were_wrong_are_told_and_put_right(said, kept):
    raw = sqlite3.connect(kept / "record.sqlite")
    raw.execute("UPDATE batch SET drug = 'other' WHERE number = '26-000001'")
    raw.commit()
    raw.close()
    code, _, err = said("rebuild-views")
    assert (code, "batch 26-000001" in err) == (1, True)
    assert said("rebuild-views")[0] == 0


def test_stored_batches_are_planned_again_and_those_that_differ_are_named(said, folder):
    store = record_in(folder, moment)
    batch = weighed()
    written(store, "one", *(Draft(event.stream, event.type, event.data) for event in batch.events))
    store.close()
    assert said("recompute")[:2] == (
        0,
        "Batches planned again: 1. With the plan ID that they were made by: 1.\n",
    )
    store = Store.open(folder, now=moment)
    written(store, "two", *opened("26-000124"))  # an order that is none, with a made-up plan ID
    store.close()
    code, out, _ = said("recompute")
    assert code == 1
    named = r"Batch 26-000124: plan ID 0123456789abcdef by version (\S+), none by version \1"
    assert re.fullmatch(named + r"\nBatches planned again: 2\. With the plan ID that they were made by: 1\.\n", out)


def test_somebody_is_unlocked_by_name(said, kept):
    assert said("unlock", "in charge one")[:2] == (0, "In Charge One is not locked any more.\n")
    assert said("unlock", "Nobody")[::2] == (3, "triturate: nobody here is called Nobody\n")
    store = Store.open(kept, now=moment)
    written(store, "closed", Draft("person:i1", "person.closed", {"reason": "left"}))
    store.close()
    closed = "triturate: In Charge One was closed, and does not sign in any more\n"
    assert said("unlock", "In Charge One")[::2] == (3, closed)


def verifier():
    """The verifier in the page on operating, which needs only Python."""
    (text,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/operate.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(text.splitlines()) <= 40
    return text


def test_events_are_exported_as_they_are_hashed_and_verified_by_python_alone(said, kept):
    out = kept.parent / "events.jsonl"
    assert said("export", "--format", "jsonl", "--output", out)[0] == 0
    text = out.read_text(encoding="ascii")
    assert [json.loads(line)["event"]["seq"] for line in text.splitlines()] == list(range(1, 11))

    def verified(text):
        out.write_text(text, encoding="ascii")
        command = [sys.executable, "-I", "-c", verifier(), str(out), str(kept / "heads.txt")]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    good = verified(text)
    assert (good.returncode, good.stdout) == (0, "10 events, as they were written\n")
    for bad, place in (
        (text.replace("Compounder One", "Compounder Two", 1), 3),
        ("".join(text.splitlines(keepends=True)[:5] + text.splitlines(keepends=True)[6:]), 6),
        ("".join(text.splitlines(keepends=True)[:8]), 9),
    ):
        told = verified(bad)
        assert (told.returncode, told.stdout) == (1, f"event {place} is not as it was written\n")


def test_one_batch_one_day_and_a_table_are_exported(said, kept):
    _, out, _ = said("export", "--format", "jsonl", "--batch", "26-000002")
    assert [json.loads(line)["event"]["type"] for line in out.splitlines()] == ["batch.opened", "batch.planned"]
    assert said("export", "--format", "jsonl", "--to", "2020-01-01")[1] == ""
    assert said("export", "--format", "jsonl", "--batch", "26-000777")[::2] == (
        3,
        "triturate: there is no batch 26-000777\n",
    )
    for wrong in (("csv", "--batch", "26-000002"), ("jsonl", "--table", "log")):
        assert said("export", "--format", *wrong)[:2] == (2, "")
    assert said("export", "--format", "jsonl", "--from", "2026-02-02", "--to", "2026-02-01")[0] == 2
    with pytest.raises(SystemExit):
        said("export", "--format", "jsonl", "--from", "2026-02-30")
    _, out, _ = said("export", "--format", "csv")
    assert out.splitlines()[0] == (
        "number,checking,state,day,drug,preparation,due,use_until,on_hand,version,seq,on_hand_in"
    )
    assert [line.split(",")[0] for line in out.splitlines()[1:]] == ["26-000001", "26-000002"]
    assert ",'=cmd," in out  # no spreadsheet takes it for a formula
    _, out, _ = said("export", "--format", "csv", "--table", "batch_person")
    assert out.splitlines() == ["batch,person,part", "26-000001,p1,maker", "26-000002,p1,maker"]


def test_the_arguments_of_the_commands_import_nothing_of_the_record():
    code = "import sys, calc.__main__, calc.cli.record_options; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert "calc.cli.record_options" in loaded
    assert not [name for name in loaded if name.startswith(("sqlalchemy", "alembic", "argon2", "calc.store"))]


def test_references_of_earlier_days_are_removed_and_it_is_noted(said, kept):
    assert said("remove-references", "--before", "9999-01-01")[::2] == (
        3,
        "triturate: 9999-01-01 is no day up to today\n",
    )
    code, out, _ = said("remove-references", "--before", "2020-01-01")
    assert (code, out.partition(".")[0]) == (0, "Removed: 0, of before 2020-01-01")
    assert '"references.removed"' in said("export", "--format", "jsonl")[1]
    assert said("verify-log")[0] == 0
