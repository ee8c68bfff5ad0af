"""The record only grows: what the program's own connection is refused, and what its owner cannot do unseen."""

import sqlite3

import pytest

from calc.store.guards import TRIGGERS
from calc.store.migrations import SCHEMA
from calc.store.opening import guarded
from calc.store.sqlite import PRAGMAS, connected
from calc.store.tables import DURABLE
from calc.store.verify import Bad, expected_schema, schema_of, verify
from calc.store.view_tables import VIEWS
from tests.store.records import filled

FORBIDDEN = [
    "UPDATE event SET body = '{}' WHERE seq = 2",
    "DELETE FROM event WHERE seq = 5",
    "INSERT OR REPLACE INTO event SELECT 6, stream, 9, type, at, request, body, prev, hash FROM event WHERE seq = 2",
    "INSERT INTO event SELECT 7, stream, 9, type, at, request, body, 'x', hash FROM event WHERE seq = 2",
    "INSERT INTO event SELECT 6, stream, 9, type, at, request, body, 'x', hash FROM event WHERE seq = 2",
    "UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2",
    "INSERT INTO event SELECT * FROM event WHERE seq = 2 ON CONFLICT (seq) DO UPDATE SET body = '{}'",
    "UPDATE request SET digest = 'x'",
    "DELETE FROM document",
    "DROP TABLE event",
    "ALTER TABLE event RENAME TO other",
    "DROP TRIGGER event_no_update",
    "CREATE TRIGGER other AFTER INSERT ON event BEGIN DELETE FROM document; END",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA writable_schema = ON",
    "ATTACH ':memory:' AS other",
    "VACUUM INTO 'copy.sqlite'",
    "DELETE FROM sqlite_master",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_programs_own_connection_is_refused(store, folder, statement):
    filled(store, 5)
    refusal = r"not authorized|authorization denied|prohibited|may not be modified|only grows|not the next event"
    raw = store._writer.raw_connection()
    with pytest.raises(sqlite3.DatabaseError, match=refusal):
        raw.cursor().execute(statement)
    raw.close()
    assert verify(folder / "record.sqlite").head.seq == 5


def test_the_settings_are_those_that_were_asked_for_and_stay(store):
    found = {}
    connection = connected(store.folder / "record.sqlite")
    for name, _, answer in PRAGMAS:
        found[name] = connection.execute(f"PRAGMA {name}").fetchone()[0]
        assert found[name] == answer
    assert found["synchronous"] == 3
    assert found["journal_mode"] == "delete"
    connection.close()


def test_the_schema_is_that_of_the_tables_and_the_last_revision(store):
    connection = sqlite3.connect(store.folder / "record.sqlite")
    assert schema_of(connection) == expected_schema()
    assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(SCHEMA,)]
    for table in (*DURABLE.tables.values(), *VIEWS.tables.values()):
        columns = connection.execute(f"PRAGMA table_info({table.name})").fetchall()
        assert [column[1] for column in columns] == [column.name for column in table.columns]
        assert [bool(column[3]) for column in columns] == [not column.nullable for column in table.columns]
    connection.close()


@pytest.mark.parametrize("name", TRIGGERS)
def test_a_lost_guard_is_seen_at_the_start_and_by_verifying(store, folder, name):
    filled(store, 1)
    connection = sqlite3.connect(folder / "record.sqlite")
    connection.execute(f"DROP TRIGGER {name}")
    connection.close()
    assert not guarded(folder, store.witness)
    with pytest.raises(Bad) as fault:
        verify(folder / "record.sqlite")
    assert (fault.value.where, fault.value.what) == (f"schema trigger {name}", "missing")
