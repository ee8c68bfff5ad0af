"""Connections to SQLite: their settings, read back, how a transaction begins, and why one fails."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from calc.record.refusals import NotSaved

#: The name of the record in its folder.
FILE = "record.sqlite"
#: Seconds that a writer waits for another process, and for another thread.
PATIENCE = 5
#: A rollback journal whose folder is synced too (DELETE with FULL can undo a commit after a power cut), and triggers
#: that also see the row that a REPLACE takes out; what is removed is overwritten. What each pragma answers afterwards
#: stands beside it.
PRAGMAS = (
    ("busy_timeout", str(PATIENCE * 1000), PATIENCE * 1000),
    ("journal_mode", "DELETE", "delete"),
    ("synchronous", "EXTRA", 3),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("secure_delete", "ON", 1),
)
#: The execution option of a connection that writes.
WRITES = "record_writes"
#: Codes of `NotSaved` by the primary result code of SQLite.
REASONS = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_CANTOPEN: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_IOERR: "disk",
    sqlite3.SQLITE_CORRUPT: "disk",
    sqlite3.SQLITE_NOTADB: "disk",
}


#: What connections raise, by whichever library they are held.
FAULTS = (sqlite3.Error, SQLAlchemyError)


class BadSettings(Exception):
    """The database is not one that the record may be kept in, or that this version of the program knows."""


def connected(path: Path) -> sqlite3.Connection:
    """Return a connection to a record that exists, with its settings; raises `sqlite3.Error`, `BadSettings`."""
    connection = sqlite3.connect(
        f"file:{quote(os.fsencode(path.absolute()))}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        for name, value, answer in PRAGMAS:
            connection.execute(f"PRAGMA {name}={value}").fetchall()
            (found,) = connection.execute(f"PRAGMA {name}").fetchone()
            if found != answer:
                raise BadSettings(f"PRAGMA {name}: {found!r} instead of {answer!r}")
    except BaseException:
        connection.close()
        raise
    return connection


def engine_of(path: Path, guard: Callable[[sqlite3.Connection], None] | None) -> Engine:
    """Return an engine whose connections have the settings of the record, and `guard` put on them after that.

    No error of theirs holds what was to be written.
    """
    engine = create_engine(
        "sqlite://",
        creator=lambda: connected(path),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=12,
        hide_parameters=True,
    )
    if guard is not None:
        put = guard
        event.listen(engine, "connect", lambda connection, _: put(connection))
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Begin a transaction; one that writes takes the lock at once, since a reader cannot become a writer safely."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def why_not_saved(fault: DBAPIError) -> NotSaved | None:
    """Return why nothing was saved, where the database itself could not write; None for any other failure."""
    reason = REASONS.get(code_of(fault))
    return None if reason is None else NotSaved(reason)


def code_of(fault: Exception) -> int:
    """Return the primary result code of SQLite in a fault; that of a plain error where it has none."""
    code: Any = getattr(under(fault), "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else sqlite3.SQLITE_ERROR


def under(fault: Exception) -> Exception:
    """Return the fault of the database in one of SQLAlchemy, whose text is of one line; any other as it is."""
    found: Any = getattr(fault, "orig", None)
    return found if isinstance(found, Exception) else fault
