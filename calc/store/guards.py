"""What keeps the record from being changed: triggers in the schema, and an authorizer on the program's connections."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection

from calc.record.chain import GENESIS
from calc.store.tables import DURABLE
from calc.store.view_tables import VIEWS

_ONLY_GROWS = "BEGIN SELECT RAISE(ABORT, 'the record only grows'); END"
_NEXT = f"""CREATE TRIGGER event_is_next BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
OR NEW.prev IS NOT coalesce((SELECT hash FROM event ORDER BY seq DESC LIMIT 1), '{GENESIS}')
OR NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM event WHERE stream = NEW.stream)
BEGIN SELECT RAISE(ABORT, 'not the next event'); END"""  # noqa: S608 - a constant
#: The triggers by name. `record.verify` compares their text in the database with this one.
TRIGGERS = {
    "event_is_next": _NEXT,
    **{
        f"{table}_no_{act}": f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} {_ONLY_GROWS}"
        for table in ("event", "request", "document")
        for act in ("update", "delete")
    },
    "reference_no_update": f"CREATE TRIGGER reference_no_update BEFORE UPDATE ON reference {_ONLY_GROWS}",
}
_GROWING = frozenset({"event", "request", "document"})
_REMOVABLE = frozenset({"reference"})
_CHANGING = (frozenset(DURABLE.tables) - _GROWING - _REMOVABLE) | frozenset(VIEWS.tables)
#: The tables that each kind of change is allowed on.
MAY = {
    sqlite3.SQLITE_INSERT: _GROWING | _REMOVABLE | _CHANGING,
    sqlite3.SQLITE_UPDATE: _CHANGING,
    sqlite3.SQLITE_DELETE: _REMOVABLE | _CHANGING,
}
_ALWAYS = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_RECURSIVE})
_NO_FUNCTIONS = frozenset({"load_extension", "writefile", "fts3_tokenizer"})


def make(connection: Connection) -> None:
    """Make the triggers."""
    for text in TRIGGERS.values():
        connection.exec_driver_sql(text)


def guard(connection: sqlite3.Connection) -> None:
    """Let a connection read, add to the record, and change what is kept beside it, and do nothing else.

    Set the pragmas first: afterwards they are refused.
    """
    connection.set_authorizer(_allowed)


def _allowed(action: int, first: str | None, second: str | None, database: str | None, _: str | None) -> int:
    if action in _ALWAYS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if second in _NO_FUNCTIONS else sqlite3.SQLITE_OK
    allowed = database == "main" and first in MAY.get(action, ())
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY
