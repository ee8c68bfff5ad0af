"""A record that was tampered with is told, with the first row that is not as it was written."""

import shutil

import pytest

from calc.record.envelope import Draft
from calc.record.refusals import NotSaved
from calc.store.door import Decided, Store
from calc.store.verify import Bad, verify
from calc.store.witness import Witness
from tests.store.batches import opened, written
from tests.store.records import Clock, filled, noted, record_in, stamp
from tests.tools.record_tamper import KINDS, Copy, clean, tried

#: What only the witness tells: the chain of these is whole.
BY_THE_WITNESS = {"cut", "regrown", "rebuilt_from_a_row", "rebuilt_whole"}


def test_ten_kinds_are_found_and_the_first_bad_row_is_named(folder):
    outcomes = list(tried(folder, 4, 7, 60))
    assert {kind for kind, *_ in outcomes} == {kind.__name__ for kind in KINDS}
    assert len(outcomes) == 40
    for kind, seq, with_witness, without in outcomes:
        assert with_witness == f"event {seq}", kind
        assert (without is None) == (kind in BY_THE_WITNESS), kind


def test_a_clean_record_raises_no_alarm(folder):
    assert list(clean(folder, 40)) == [None] * 40


@pytest.mark.parametrize(
    ("statement", "where", "what"),
    [
        ("UPDATE event SET type = 'x' WHERE seq = 3", "event 3", "columns"),
        ("UPDATE event SET at = 'x' WHERE seq = 4", "event 4", "columns"),
        ("UPDATE event SET body = CAST(body AS BLOB) WHERE seq = 4", "event 4", "hash"),
        ("DELETE FROM request WHERE first = 5", "event 5", "request"),
        ("UPDATE document SET bytes = x'00'", "document", "hash"),
        (
            "INSERT INTO event SELECT -1, 's', 1, type, at, request, body, 'x', hash FROM event WHERE seq = 1",
            "event -1",
            "sequence",
        ),
        ("INSERT INTO reference VALUES ('0', 'salt', 'text')", "reference 0", "hash"),
        ("CREATE TABLE other (x)", "schema table other", "added"),
        ("DROP INDEX log_day", "schema index log_day", "missing"),
    ],
)
def test_what_stands_beside_the_chain_is_verified_too(store, folder, statement, where, what):
    filled(store, 6)
    store.append(stamp("d"), lambda _: Decided([], [("answer", b"{}")]))
    copy = Copy(folder / "record.sqlite", folder / "copy.sqlite")
    copy.run(statement)
    copy.done()
    with pytest.raises(Bad) as bad:
        verify(copy.path, witness=Witness(folder / "heads.txt"))
    assert bad.value.where.startswith(where)
    assert bad.value.what == what


def test_an_answer_that_is_gone_is_told_at_the_event_that_names_it(store, folder):
    filled(store, 2)
    store.append(stamp("d"), lambda _: Decided([Draft("note:1", "noted", {"answer": "0" * 64})]))
    with pytest.raises(Bad, match="event 3: document"):
        verify(folder / "record.sqlite")


def test_a_printed_head_is_held_against_its_event(store, folder):
    head = filled(store, 4).append(stamp("x"), noted("note:1")).head
    path = folder / "record.sqlite"
    assert verify(path, head=(5, head.hash[:16].upper())).head == head
    for seq, start in ((5, "0" * 16), (6, head.hash), (4, head.hash[:16])):
        with pytest.raises(Bad, match=f"event {seq}: head"):
            verify(path, head=(seq, start))


def test_bytes_that_are_no_database_are_told(store, folder):
    filled(store, 3)
    path = folder / "copy.sqlite"
    path.write_bytes((folder / "record.sqlite").read_bytes()[:9_000] + b"x" * 3_000)
    with pytest.raises(Bad) as bad:
        verify(path)
    assert bad.value.where == "database"


def test_a_record_behind_its_witness_is_only_read_until_somebody_signs_for_the_gap(folder):
    store = filled(record_in(folder), 3)
    shutil.copy(folder / "record.sqlite", folder / "old")
    written(store, "b", *opened("26-000007"))
    seen = store.append(stamp("c"), noted("note:1")).head
    store.close()
    shutil.move(folder / "old", folder / "record.sqlite")

    again = Store.open(folder, now=Clock(), program="0.0")
    assert again.trouble == again.ready() == "behind"
    assert (again.gap.record.seq, again.gap.witness, again.gap.number) == (3, seen, "26-000007")
    with again.reading() as reading:
        assert len(reading.log()) == 3
    with pytest.raises(NotSaved, match="behind"):
        again.append(stamp("d"), noted("note:1"))
    done = again.append(stamp("e"), lambda _: Decided([Draft("site:main", "record.forked", {"number": "26-000007"})]))
    assert (again.trouble, again.gap, done.head.seq) == (None, None, 4)
    assert (folder / f"heads-6-{seen.hash[:8]}.txt").is_file()
    assert again.append(stamp("d"), noted("note:1")).head.seq == 5
    again.close()
    assert verify(folder / "record.sqlite", witness=Witness(folder / "heads.txt")).lines == 2
