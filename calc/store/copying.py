"""Backup and restore: the log is copied above the last event that the copy has, and verified on the way."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from calc.record.chain import GENESIS, Head
from calc.store.migrations import migrate
from calc.store.opening import refuse_newer
from calc.store.sqlite import FILE, code_of, connected
from calc.store.upkeep import make_file, writing_alone
from calc.store.verify import PAGE, Bad, answer_named, is_answered, is_document

#: Tables beside the chain, small, that a copy takes over as they are. Sessions end with the record that they belong to.
_BESIDE = ("credential", "device", "api_key")
#: Tables that are held against those of the copy by their keys.
_KEY_OF = {"request": "request", "document": "sha256", "reference": "digest"}
_EVENTS = (
    "SELECT seq, stream, version, type, at, request, body, prev, hash FROM event WHERE seq > ? ORDER BY seq LIMIT ?"
)
#: Keys that are held against those of the copy, and rows that are read, at a time: a reader holds up who writes.
_KEYS, _ROWS = 2_000, 100
#: The byte of a database that says that it has a write-ahead log.
_IN_WAL = 18


class NoCopy(Exception):
    """The file that is to be a copy is the record "itself", or holds something "other"."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def backup(folder: Path, target: Path) -> Head:
    """Bring a copy of the record in a folder up to date, and return the head that it has then.

    A file that does not exist is made. A run that was ended early is taken up again. Nobody who writes meanwhile is
    held up. Raises `NoCopy`; `Bad` for a record that is not as it was written, or a copy of another one; `BadSettings`
    for a copy of a newer version; `OSError`, `sqlite3.Error`.
    """
    source = folder / FILE
    if target.exists() and target.samefile(source):
        raise NoCopy("itself")
    if not make_file(target) and target.stat().st_size and not _is_copy(target):
        raise NoCopy("other")
    with writing_alone(target) as connection:
        migrate(connection)
    return replicate(source, target)


def _is_copy(target: Path) -> bool:
    """Return whether a file was begun as a copy; raises `BadSettings` for one of a newer version."""
    with open(target, "rb") as file:
        if file.read(_IN_WAL + 1)[_IN_WAL:] == b"\2":  # ours never is, and to be opened by us would change that
            return False
    try:
        with closing(connected(target)) as there:
            names = {name for (name,) in there.execute("SELECT name FROM sqlite_master")}
            if names and not {"event", "alembic_version"} <= names:
                return False
            refuse_newer(there)
    except sqlite3.DatabaseError as fault:
        if code_of(fault) != sqlite3.SQLITE_NOTADB:
            raise
        return False
    return True


def replicate(source: Path, target: Path) -> Head:
    """Copy what a record has above the last event of a copy, and what is kept beside the chain; return the head.

    Events come with their requests and the answers that they name, so that the copy is whole wherever it ends.
    """
    with closing(connected(source)) as here, closing(connected(target)) as there:
        head = _continued(here, there)
        while page := here.execute(_EVENTS, (head.seq, PAGE)).fetchall():
            with _transaction(there):
                for row in page:
                    head = _verified(row, head)
                there.executemany(f"INSERT INTO event VALUES ({_marks(9)})", page)  # noqa: S608 - marks only
                _add(here, there, "request", {row[5] for row in page})
                _add_answers(here, there, page)
        with _transaction(there):
            for table, which in (("request", f"last <= {head.seq}"), ("document", "true"), ("reference", "true")):
                for keys in _lacking(here, there, table, which):
                    _add(here, there, table, keys)
            for keys in _lacking(there, here, "reference", "true"):  # removed from the record
                there.executemany("DELETE FROM reference WHERE digest = ?", [(key,) for key in keys])
            for table in _BESIDE:
                rows = here.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - a constant
                there.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant
                _insert(there, table, rows)
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


def _add(here: sqlite3.Connection, there: sqlite3.Connection, table: str, keys: Collection[str]) -> None:
    """Copy the rows of a table with these keys, unless the copy has them; raises `Bad` for a damaged document."""
    left, key = iter(sorted(keys)), _KEY_OF[table]
    while some := list(islice(left, _ROWS)):
        query = f"SELECT * FROM {table} WHERE {key} IN ({_marks(len(some))})"  # noqa: S608 - constants, marks
        rows = here.execute(query, some).fetchall()
        if table == "document" and (bad := next((row[0] for row in rows if not is_document(row[0], row[2])), "")):
            raise Bad(f"document {bad}", "hash")
        _insert(there, table, rows)


def _add_answers(here: sqlite3.Connection, there: sqlite3.Connection, page: Sequence[Any]) -> None:
    """Copy the answers that events name; raises `Bad` for the first that neither the record nor the copy keeps."""
    _add(here, there, "document", {answer for row in page if (answer := answer_named(row[6]))})
    for row in page:
        if not is_answered(there, row[6]):
            raise Bad(f"event {row[0]}", "document")


def _lacking(here: sqlite3.Connection, there: sqlite3.Connection, table: str, which: str) -> Iterator[set[str]]:
    """Yield the keys of a table here that are not there, without reading the rows that are."""
    key, after = _KEY_OF[table], ""
    query = f"SELECT {key} FROM {table} WHERE {key} > ? AND {which} ORDER BY {key} LIMIT {_KEYS}"  # noqa: S608
    between = f"SELECT {key} FROM {table} WHERE {key} BETWEEN ? AND ?"  # noqa: S608 - constants
    while page := [name for (name,) in here.execute(query, (after,))]:
        after = page[-1]
        yield set(page) - {name for (name,) in there.execute(between, (page[0], after))}


def _insert(there: sqlite3.Connection, table: str, rows: Sequence[Any]) -> None:
    if rows:
        there.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({_marks(len(rows[0]))})", rows)  # noqa: S608


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
