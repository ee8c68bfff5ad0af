"""Backup and restore: the log is copied above the last event that the copy has, and verified on the way."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from calc.record.chain import GENESIS, Head
from calc.store.migrations import migrate
from calc.store.sqlite import FILE, connected
from calc.store.upkeep import make_file, make_views, writing_alone
from calc.store.verify import PAGE, Bad

#: Tables beside the chain, small, that a copy takes over as they are. Sessions end with the record that they belong to.
_BESIDE = ("credential", "device", "api_key")
_EVENTS = (
    "SELECT seq, stream, version, type, at, request, body, prev, hash FROM event WHERE seq > ? ORDER BY seq LIMIT ?"
)


def backup(folder: Path, target: Path) -> Head:
    """Bring a copy of the record in a folder up to date, and return the head that it has then.

    A file that does not exist is made. Nobody who writes meanwhile is held up. Raises `Bad` for a record that is not as
    it was written, or a copy of another one; `OSError`, `sqlite3.Error`.
    """
    if make_file(target):
        with writing_alone(target) as connection:
            migrate(connection)
            make_views(connection)
    return replicate(folder / FILE, target)


def replicate(source: Path, target: Path) -> Head:
    """Copy what a record has above the last event of a copy, and what is kept beside the chain; return the head."""
    with closing(connected(source)) as here, closing(connected(target)) as there:
        head = _continued(here, there)
        while page := here.execute(_EVENTS, (head.seq, PAGE)).fetchall():
            with _transaction(there):
                for row in page:
                    head = _verified(row, head)
                there.executemany(f"INSERT INTO event VALUES ({_marks(9)})", page)  # noqa: S608 - marks only
        with _transaction(there):
            _copy(here, there, "request", 4, f"last <= {head.seq}")
        with _transaction(there):
            _copy(here, there, "document", 3, "true")
        with _transaction(there):
            _copy(here, there, "reference", 3, "true")
            _drop_removed(here, there)
        with _transaction(there):
            for table in _BESIDE:
                rows = here.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - a constant
                there.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant
                if rows:
                    there.executemany(f"INSERT INTO {table} VALUES ({_marks(len(rows[0]))})", rows)  # noqa: S608
    return head


def _continued(here: sqlite3.Connection, there: sqlite3.Connection) -> Head:
    """Return the head of a copy, where the record goes on from it; raises `Bad` for a copy of another record."""
    row = there.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    if row is None:
        return Head(0, GENESIS)
    if here.execute("SELECT hash FROM event WHERE seq = ?", row[:1]).fetchone() != row[1:]:
        raise Bad(f"event {row[0]}", "another")
    return Head(*row)


def _verified(row: Any, head: Head) -> Head:
    """Return the head after an event that follows on the last one; raises `Bad` for one that does not."""
    seq, body, prev, found = row[0], row[6], row[7], row[8]
    if seq != head.seq + 1:
        raise Bad(f"event {head.seq + 1}", "missing")
    if prev != head.hash:
        raise Bad(f"event {seq}", "link")
    if hashlib.sha256(f"{prev}\n{body}".encode()).hexdigest() != found:
        raise Bad(f"event {seq}", "hash")
    return Head(seq, found)


def _copy(here: sqlite3.Connection, there: sqlite3.Connection, table: str, columns: int, which: str) -> None:
    """Copy the rows of a table that the copy lacks, by their keys, in pages."""
    (key,) = (row[1] for row in here.execute(f"PRAGMA table_info({table})") if row[5])
    query = f"SELECT * FROM {table} WHERE {key} > ? AND {which} ORDER BY {key} LIMIT 200"  # noqa: S608 - constants
    add = f"INSERT OR IGNORE INTO {table} VALUES ({_marks(columns)})"  # noqa: S608 - constants
    for page in _pages(here, query):
        there.executemany(add, page)


def _drop_removed(here: sqlite3.Connection, there: sqlite3.Connection) -> None:
    """Remove from a copy the references that were removed from the record."""
    for page in _pages(there, "SELECT digest FROM reference WHERE digest > ? ORDER BY digest LIMIT 2000"):
        for (digest,) in page:
            if here.execute("SELECT 1 FROM reference WHERE digest = ?", (digest,)).fetchone() is None:
                there.execute("DELETE FROM reference WHERE digest = ?", (digest,))


def _pages(connection: sqlite3.Connection, query: str) -> Iterator[list[Any]]:
    after = ""
    while page := connection.execute(query, (after,)).fetchall():
        yield page
        after = page[-1][0]


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _marks(count: int) -> str:
    return ", ".join("?" * count)
