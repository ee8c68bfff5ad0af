"""Holding a record against itself, the schema of this program, the witness, and a printed head."""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from sqlalchemy import create_engine

from calc.record.chain import GENESIS, Head, digest_beside
from calc.store.migrations import migrate
from calc.store.opening import refuse_newer, views_version
from calc.store.sqlite import code_of, connected
from calc.store.view_tables import VIEWS, VIEWS_VERSION
from calc.store.witness import Witness

#: Rows that are read at a time: a reader holds up who writes.
PAGE = 2_000
#: Bytes of the largest record whose indexes are checked beside one who may be writing.
MOST_CHECKED = 256 * 1024 * 1024
#: Most bytes of a document.
MOST_DOCUMENT = 16 * 1024 * 1024
_EVENTS = (
    "SELECT e.seq, e.stream, e.version, e.type, e.at, e.request, e.body, e.prev, e.hash, r.first, r.last FROM event e"
    " LEFT JOIN request r ON r.request = e.request WHERE e.seq > ? ORDER BY e.seq LIMIT ?"
)
_DOCUMENTS = "SELECT sha256, bytes FROM document WHERE sha256 > ? ORDER BY sha256 LIMIT 100"
_REFERENCES = "SELECT digest, salt, text FROM reference WHERE digest > ? ORDER BY digest LIMIT 2000"
_IS_KEPT = "SELECT 1 FROM document WHERE sha256 = ?"
_MASTER = "SELECT type, name, sql FROM sqlite_master"
#: The name of the answer of a planned batch.
_ANSWER = '"answer":'
_LEAST = -(2**63)
#: What SQLite says of a record that somebody holds, or that may not be read: nothing is known of it then.
_NOT_NOW = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
        *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL),
    }
)


class Bad(Exception):
    """The first thing that is wrong: the row or line, and a code that says what is wrong with it."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where, self.what = where, what


class Verified(NamedTuple):
    """What was held to be true: the head, how many documents and lines of the witness, what it saw beyond a copy."""

    head: Head
    documents: int
    lines: int
    indexes: bool
    beyond: int = 0


def verify(
    path: Path,
    *,
    witness: Witness | None = None,
    head: tuple[int, str] | None = None,
    indexes: bool = False,
    copy: bool = False,
) -> Verified:
    """Verify a record, or raise `Bad` for the first row that is not as it was written.

    `head` is a sequence with the beginning of its hash, as printed. Indexes of a large record are checked only if
    asked, since nothing can be written meanwhile. A copy may be older than what its witness saw last. Raises
    `BadSettings` for a record of a newer version, `OSError` and `sqlite3.Error` for one that cannot be read now.
    """
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    try:
        with closing(connected(path)) as connection:
            refuse_newer(connection)
            found = chain(connection)
            documents = _documents(connection)
            _references(connection)
            _schema(connection, views=views_version(connection) == VIEWS_VERSION)
            checks = indexes or path.stat().st_size <= MOST_CHECKED
            if checks:
                _integrity(connection)
            lines, beyond = (0, 0) if witness is None else _witness(connection, witness, found, copy=copy)
            if head is not None:
                _printed(connection, head)
    except sqlite3.DatabaseError as fault:
        if code_of(fault) in _NOT_NOW:
            raise
        raise Bad("database", "unreadable") from fault
    return Verified(found, documents, lines, checks, beyond)


def chain(connection: sqlite3.Connection) -> Head:
    """Return the head of the chain of events, each of which is hashed again; raises `Bad`."""
    last, previous, after, sha256 = 0, GENESIS, _LEAST, hashlib.sha256
    while page := connection.execute(_EVENTS, (after, PAGE)).fetchall():
        for row in page:
            last += 1
            seq, body, found = row[0], row[6], row[8]
            if (
                seq != last
                or row[7] != previous
                or sha256(f"{previous}\n{body}".encode()).hexdigest() != found
                or not _agree(row)
            ):
                raise _why(row, last, previous)
            if _ANSWER in body and not is_answered(connection, body):
                raise Bad(f"event {seq}", "document")
            previous = found
        after = last
    return Head(last, previous)


def _agree(row: Any) -> bool:
    """Return whether the columns of a row say what its text says, and its request is noted.

    The names are found from the end, where they stand outside of all data: no text holds a quote that is not escaped.
    """
    seq, stream, version, type_, at, request, body, _, _, first, last = row
    return (
        first is not None
        and first <= seq <= last
        and type(body) is str
        and body.startswith(f'{{"at":"{at}",')
        and body.startswith(f'"request":"{request}","seq":{seq},"session_of":', body.rfind('"request":"'))
        and body.startswith(f',"stream":"{stream}","type":"{type_}","v":', body.rfind(',"stream":"'))
        and body.startswith(f'"version":{version},"zone":', body.rfind('"version":'))
    )


def _why(row: Any, seq: int, previous: str) -> Bad:
    """Return what is wrong with a row of the event table that is to be the event `seq` after the hash `previous`."""
    where, body = f"event {row[0]}", row[6]
    if row[0] != seq:
        return Bad(f"event {seq}", "missing") if row[0] > seq else Bad(where, "sequence")
    if row[7] != previous:
        return Bad(where, "link")
    if type(body) is not str or hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest() != row[8]:
        return Bad(where, "hash")
    return Bad(where, "request" if row[9] is None or not row[9] <= seq <= row[10] else "columns")


def is_answered(connection: sqlite3.Connection, body: str) -> bool:
    """Return whether the answer that an event names, if it does, is among the documents."""
    answer = answer_named(body)
    return not answer or connection.execute(_IS_KEPT, (answer,)).fetchone() is not None


def answer_named(body: str) -> str:
    """Return the digest of the answer that an event names; blank for none."""
    if _ANSWER not in body:
        return ""
    return orjson.loads(body)["data"].get("answer") or ""


def _documents(connection: sqlite3.Connection) -> int:
    """Return the number of documents, each of which is hashed again; raises `Bad`."""
    count = 0
    for digest, packed in _pages(connection, _DOCUMENTS):
        if not is_document(digest, packed):
            raise Bad(f"document {digest}", "hash")
        count += 1
    return count


def is_document(digest: str, packed: Any) -> bool:
    """Return whether a document that is kept is the one of its digest."""
    try:
        content = zlib.decompressobj().decompress(packed, MOST_DOCUMENT)
    except (zlib.error, TypeError):
        return False
    return hashlib.sha256(content).hexdigest() == digest


def _references(connection: sqlite3.Connection) -> None:
    """Raise `Bad` for the first text beside the chain that is not the one whose digest stands in it."""
    for digest, salt, text in _pages(connection, _REFERENCES):
        if digest_beside(salt, text) != digest:
            raise Bad(f"reference {digest}", "hash")


def _pages(connection: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    after = ""
    while page := connection.execute(query, (after,)).fetchall():
        yield from page
        after = page[-1][0]


def _schema(connection: sqlite3.Connection, *, views: bool) -> None:
    """Raise `Bad` for the first table, index or trigger that this program makes otherwise or not at all.

    View tables are left out where they are not of this version: those of a copy are never filled, and made anew.
    """
    found, made = schema_of(connection), expected_schema(views=views)
    if not views:
        found = {name: sql for name, sql in found.items() if name in made or name not in expected_schema()}
    for name in sorted(found.keys() | made.keys()):
        if found.get(name) != made.get(name):
            raise Bad(f"schema {name}", "missing" if name not in found else "text" if name in made else "added")


def schema_of(connection: sqlite3.Connection) -> dict[str, str | None]:
    """Return the text of each table, index and trigger by its kind and name."""
    return {f"{kind} {name}": sql for kind, name, sql in connection.execute(_MASTER)}


@cache
def expected_schema(*, views: bool = True) -> dict[str, str | None]:
    """Return the schema that this program makes: by its migrations, and the view tables where they are asked for."""
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection, connection.begin():
            migrate(connection)
            if views:
                VIEWS.create_all(connection)
            rows = connection.exec_driver_sql(_MASTER)
            return {f"{kind} {name}": sql for kind, name, sql in rows}
    finally:
        engine.dispose()


def _integrity(connection: sqlite3.Connection) -> None:
    (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise Bad("database", "integrity")
    row = connection.execute("PRAGMA foreign_key_check").fetchone()
    if row is not None:
        raise Bad(f"table {row[0]}", "integrity")


def _witness(connection: sqlite3.Connection, witness: Witness, head: Head, *, copy: bool) -> tuple[int, int]:
    """Return the number of lines of the witness, each of which matches its event, and the last one beyond a copy.

    Raises `Bad`.
    """
    if not witness.exists():
        raise Bad("witness", "missing")
    count = beyond = 0
    for at, line in witness.lines():
        if line is None:
            raise Bad(f"witness line {at}", "unreadable")
        if copy and line.head.seq > head.seq:
            beyond = max(beyond, line.head.seq)
            continue
        if line.head.seq:
            there = _hash_at(connection, line.head.seq)  # also of an event that was written meanwhile
            if there is None:
                raise Bad(f"event {_last(connection) + 1}", "cut")  # the witness saw more than there is
            if there != line.head.hash:
                raise Bad(f"event {line.head.seq}", "witness")
        count += 1
    if head.seq and not count and not beyond:
        raise Bad("witness", "missing")
    return count, beyond


def _printed(connection: sqlite3.Connection, head: tuple[int, str]) -> None:
    """Raise `Bad` where a printed head is not that of its event."""
    seq, start = head
    found = _hash_at(connection, seq)
    if found is None or not found.startswith(start.lower()):
        raise Bad(f"event {seq}", "head")


def _last(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0])


def _hash_at(connection: sqlite3.Connection, seq: int) -> str | None:
    row = connection.execute("SELECT hash FROM event WHERE seq = ?", (seq,)).fetchone()
    return None if row is None else str(row[0])
