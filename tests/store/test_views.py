"""The view tables: what they say of batches, what their keys refuse, and that they are what the events say."""

import sqlite3
from threading import Barrier, Thread

import pytest

from calc.record.refusals import ActRefused, Conflict, Unknown
from calc.store.door import Decided, Store
from calc.store.rebuilding import rebuild
from calc.store.view_tables import BATCH_CHECK, BATCH_PERSON
from tests.store.batches import THREE, TWO, checked, counted, opened, shown, written
from tests.store.records import Clock, stamp

NUMBER = "26-000001"
STREAM = f"batch:{NUMBER}"


def parts(store):
    """Who has which part, and whose check counts."""
    with store.connection() as connection:
        people = [tuple(row) for row in connection.execute(BATCH_PERSON.select().order_by(BATCH_PERSON.c.person))]
        checks = [tuple(row) for row in connection.execute(BATCH_CHECK.select().order_by(BATCH_CHECK.c.point))]
    return [row[1:] for row in people], [row[1:] for row in checks]


def test_a_batch_is_listed_as_it_stands(store):
    written(store, "a", *opened(NUMBER))
    written(store, "b", *opened("26-000002", drug="ketotifen"))
    written(store, "c", counted(NUMBER))
    with store.reading() as reading:
        assert [row.number for row in reading.batches()] == ["26-000002", NUMBER]
        (row,) = reading.batches(drug="naltrexone")
        assert row[:9] == (
            NUMBER,
            "two persons",
            reading.batch(NUMBER).status.value,
            "2026-11-30",
            "naltrexone",
            "capsule",
            reading.batch(NUMBER).point_due,
            "2027-05-28",
            None,
        )
        assert (row.version, row.seq) == (3, 5)
        assert [one.number for one in reading.batches(after="26-000002")] == [NUMBER]
        assert reading.batches(state="released") == reading.batches(day="2026-11-29") == []
        assert reading.batch(NUMBER).version == 3
        with pytest.raises(Unknown):
            reading.batch("26-000003")
    assert parts(store)[0] == [("p1", "maker"), ("p1", "maker")]


def test_what_is_kept_in_memory_is_what_the_events_say(store, folder):
    written(store, "a", *opened(NUMBER))
    with store.reading() as reading:
        reading.batch(NUMBER)
    with pytest.raises(RuntimeError):
        store.append(stamp("x"), _counts_then(RuntimeError))
    written(store, "b", counted(NUMBER))
    with store.reading() as reading:
        kept = reading.batch(NUMBER)
    again = Store.open(folder, now=Clock(), program="0.0")
    with again.reading() as reading:
        assert reading.batch(NUMBER) == kept
    again.close()


def _counts_then(fault):
    """What counts tablets, and fails in the last moment."""

    def fail(_):
        raise fault

    return lambda _: Decided([counted(NUMBER, "9 tablets")], also=[fail])


#: What one person may not do of another's batch, or of one's own: drafts and who, each with a batch by one's own.
FORBIDDEN = {
    "the maker checks": ([], [checked(NUMBER)], None),
    "a checker makes": ([([checked(NUMBER)], TWO)], [counted(NUMBER)], TWO),
    "one who saw checks": ([([shown(NUMBER)], TWO)], [checked(NUMBER)], TWO),
    "one who saw and then made checks": ([([shown(NUMBER)], TWO), ([counted(NUMBER)], TWO)], [checked(NUMBER)], TWO),
    "a batch is opened twice": ([], opened(NUMBER), TWO),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_keys_refuse_what_a_rule_had_let_pass(store, what):
    before, forbidden, who = FORBIDDEN[what]
    written(store, "a", *opened(NUMBER))
    for at, (drafts, by) in enumerate(before):
        written(store, f"b{at}", *drafts, by=by)
    seen = parts(store)
    with pytest.raises((Conflict, ValueError)):
        written(store, "c", *forbidden, by=who)
    assert parts(store) == seen
    with store.reading() as reading:
        assert reading.head().seq == 2 + len(before)
    assert rebuild(store.writing) == []


def test_a_self_check_is_the_makers_and_no_verification(store):
    written(store, "a", *opened(NUMBER, "self-check"))
    written(store, "b", checked(NUMBER, checking="self-check"))
    assert parts(store) == ([("p1", "maker")], [("crushing", "self-check", "p1", "maker")])
    written(store, "c", *opened("26-000002"))
    with pytest.raises(Conflict):
        written(store, "d", checked("26-000002", checking="self-check"))


def test_of_two_checkers_and_the_maker_one_checker_wins_each_time(store):
    for at in range(1, 51):
        number = f"26-{at:06}"
        written(store, f"open {at}", *opened(number))
        won, line = [], Barrier(3)

        def check(by, number=number, at=at, won=won, line=line):
            line.wait()
            try:
                written(store, f"{by and by.person} {at}", checked(number), by=by, expected={f"batch:{number}": 2})
                won.append("p1" if by is None else by.person)
            except Conflict:
                pass

        racing = [Thread(target=check, args=(by,)) for by in (None, TWO, THREE)]
        for thread in racing:
            thread.start()
        for thread in racing:
            thread.join()
        assert won in (["p2"], ["p3"])
        with store.reading() as reading:
            assert reading.batch(number).checkers == frozenset(won)
    assert rebuild(store.writing) == []


def test_numbers_go_up_within_a_year_and_over_what_the_witness_saw(store):
    with store.reading() as reading:
        assert reading.next_number(2026) == "26-000001"
    written(store, "a", *opened("26-000009"))
    written(store, "b", *opened("25-000500"))
    store.number = "26-000041"
    with store.reading() as reading:
        assert [reading.next_number(year) for year in (2025, 2026, 2027)] == ["25-000501", "26-000042", "27-000001"]
        assert reading.highest_number() == "26-000041"
    written(store, "c", *opened("26-999999"))
    with store.reading() as reading, pytest.raises(ActRefused, match="no_number_left"):
        reading.next_number(2026)


def test_rebuilding_finds_and_puts_right_what_is_wrong(store):
    for at in (1, 2, 3):
        written(store, f"a{at}", *opened(f"26-{at:06}"))
        written(store, f"b{at}", checked(f"26-{at:06}"), by=TWO)
    assert rebuild(store.writing) == []
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE batch SET state = 'released' WHERE number = '26-000001'")
        connection.exec_driver_sql("DELETE FROM batch_check WHERE batch = '26-000002'")
        connection.exec_driver_sql("DELETE FROM log WHERE seq = 3")
        connection.exec_driver_sql("INSERT INTO log VALUES (99, 'x', 'x', 'x')")
        connection.exec_driver_sql(
            "INSERT INTO batch (number, checking, state, day, drug, preparation, version, seq)"
            " VALUES ('26-000009', 'two persons', 'open', '', '', '', 1, 1)"
        )
    alone = [f"26-{at:06}" for at in range(100, 160)]
    raw = sqlite3.connect(store.folder / "record.sqlite")  # by hand, where no key is held
    raw.executemany("INSERT INTO batch_person VALUES (?, 'x', 'maker')", [(number,) for number in alone])
    raw.commit()
    raw.close()
    wrong = ["log 3", "log 99", "batch 26-000001", "batch 26-000002"]
    wrong += [f"batch {number}" for number in ("26-000009", *alone)]
    assert rebuild(store.writing) == wrong
    assert rebuild(store.writing) == []


def test_findings_are_checks_and_deviations_of_a_period(store):
    written(store, "a", *opened(NUMBER))
    written(store, "b", checked(NUMBER, differ=["dose"]), by=TWO)
    with store.reading() as reading:
        (check,) = reading.findings("2026-11-30")
        assert check.type == "check.made"
        assert reading.findings("2026-11-30", after=check.seq - 1) == [check]
        assert reading.findings("2026-11-30", after=check.seq) == []
        assert reading.findings("2026-12-01") == []
