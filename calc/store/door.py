"""The one door through which the record is written, and read."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection, Table, false, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from calc.answers.parts import VERSION
from calc.record.batch.evolve import evolve
from calc.record.chain import Head
from calc.record.envelope import Draft, Event
from calc.record.refusals import Conflict, NotSaved, RequestReused
from calc.record.stamp import Moment, Stamp
from calc.store import views
from calc.store.guards import guard
from calc.store.opening import Gap, gap_between, guarded
from calc.store.reading import Reading, packed
from calc.store.sqlite import FILE, PATIENCE, WRITES, engine_of, why_not_saved
from calc.store.states import BATCH_STREAM, States, event_of
from calc.store.tables import DOCUMENT, EVENT, REFERENCE, REQUEST, SESSION
from calc.store.witness import Line, Witness
from calc.store.writing import Writing, events_of, head_of, written_at

#: The name of the witness in the folder of the record, where it is not kept elsewhere.
WITNESS = "heads.txt"
#: What alone can be written while the record is behind its witness: that somebody has seen it, and goes on from here.
FORKED, RESTORED = "record.forked", "record.restored"
#: Bytes that have to be free.
LEAST_ROOM = 1024 * 1024
#: Codes of what somebody has to look at first.
BEHIND, ALTERED = "behind", "altered"
#: The numbers of batches that the witness keeps the highest of.
NUMBER = re.compile(r"[0-9]{2}-[0-9]{6,}")


class Decided(NamedTuple):
    """What an act asks to be written: events, documents, references (digest, salt, text), and whose sessions end.

    `also` is done in the same transaction, with its connection: secrets and devices, which stand in no event.
    """

    drafts: Sequence[Draft]
    documents: Sequence[tuple[str, bytes]] = ()
    references: Sequence[tuple[str, str, str]] = ()
    ended: Sequence[str] = ()
    also: Sequence[Callable[[Connection], object]] = ()


class Appended(NamedTuple):
    """What was written, and the head after it; `repeated` where the request had been answered before."""

    events: tuple[Event, ...]
    head: Head
    repeated: bool


class Store:
    """The record in a folder. One process opens it; its threads share it."""

    def __init__(self, folder: Path, witness: Witness, now: Callable[[], Moment], program: str) -> None:
        self.folder, self.witness = folder, witness
        #: Why nothing can be written until somebody looks: "behind" or "altered"; `gap` is what the witness saw more.
        self.trouble: str | None = None
        self.gap: Gap | None = None
        #: The highest number of a batch that the witness was told.
        self.number = ""
        self.now, self._program = now, program
        self._readers, self._writer = engine_of(folder / FILE, guard), engine_of(folder / FILE, guard)
        self._lock = Lock()
        self._states = States()
        #: Whether the witness was compared with the record, and whether it lacks the last line.
        self._compared, self._lags = False, False

    @classmethod
    def open(
        cls, folder: Path, *, now: Callable[[], Moment], witness: Path | None = None, program: str = VERSION
    ) -> Store:
        """Open the record in a folder; raises `NotSetUp`, `BadSetting`, `BadSettings`, `sqlite3.Error`.

        A record that is behind its witness, or has lost its guards, is opened for reading only.
        """
        whole = guarded(folder)
        store = cls(folder, Witness(witness or folder / WITNESS), now, program)
        if not whole:
            store.trouble = ALTERED
        elif store.witness.exists():
            with store.connection() as connection:
                store._compare(connection)
        return store

    def close(self) -> None:
        """Close all connections."""
        self._readers.dispose()
        self._writer.dispose()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Yield a connection in one read transaction; keep it short, since it holds up who writes."""
        try:
            with self._readers.connect() as connection, connection.begin():
                yield connection
        except DBAPIError as fault:
            raise why_not_saved(fault) or fault from fault

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in a transaction that writes, alone; raises `NotSaved`, and then nothing is kept."""
        if not self._lock.acquire(timeout=PATIENCE):
            raise NotSaved("locked")
        try:
            with self._writer.connect() as connection:
                connection.execution_options(**{WRITES: True})
                with connection.begin():
                    yield connection
        except DBAPIError as fault:
            why = why_not_saved(fault)
            if why is not None:
                self._writer.dispose()  # a file that was opened for reading stays so when the disk is mended
            raise why or fault from fault
        finally:
            self._lock.release()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Yield what the record holds, in one read transaction."""
        with self.connection() as connection:
            yield Reading(connection, self.now(), self._states, self.number)

    def append(
        self, stamp: Stamp, decide: Callable[[Reading], Decided], *, expected: Mapping[str, int] = MappingProxyType({})
    ) -> Appended:
        """Write what `decide` asks for, all of it or nothing, once for each request.

        `expected` are the versions that the page had seen. Raises `RequestReused`, `Conflict`, `NotSaved`, and whatever
        `decide` raises.
        """
        with ExitStack() as stack:
            with self.writing() as connection:
                before = _answered(connection, stamp)
                if before is not None:
                    return before
                _hold(connection, expected)
                moment = self.now()
                decided = decide(Reading(connection, moment, self._states, self.number))
                self._may_write(decided.drafts)
                head, last_at = head_of(connection)
                work = Writing(connection, stamp, moment, self._program, head)
                work.note_jump(last_at)
                work.add(decided.drafts)
                changes = _changes(connection, self._states, work)
                _write(connection, stamp, work, decided, changes)
                handle = self._witness_opened(connection, head, stack)
            self._states.keep(change.after for change in changes)
            self._attest(handle, work)
        return Appended(events_of(work.links), work.head, repeated=False)

    def ready(self) -> str | None:
        """Return why nothing can be written now, as a code of `NotSaved`; None where all is well."""
        if self.trouble is not None:
            return self.trouble
        try:
            if shutil.disk_usage(self.folder).free < LEAST_ROOM:
                return "full"
            with ExitStack() as stack, self.writing() as connection:
                connection.execute(SESSION.delete().where(false()))  # refused where nothing can be written
                self._witness_opened(connection, head_of(connection)[0], stack)
        except NotSaved as fault:
            return fault.why
        except OSError:
            return "disk"
        return None

    def _may_write(self, drafts: Sequence[Draft]) -> None:
        accepts = self.trouble == BEHIND and bool(drafts) and all(draft.type in (FORKED, RESTORED) for draft in drafts)
        if self.trouble is not None and not accepts:
            raise NotSaved(self.trouble)

    def _witness_opened(self, connection: Connection, head: Head, stack: ExitStack) -> int:
        """Return the witness opened for a line, so that nothing is committed that it cannot be told.

        A line that it lacks is that of the last commit, `head`.
        """
        try:
            handle = self.witness.opened()
            stack.callback(os.close, handle)
            if not self._compared:
                self._compare(connection)
                self._may_write(())
            if self._lags:
                self.witness.add(handle, Line(head, self.number))
                self._lags = False
        except OSError as fault:
            raise NotSaved("witness") from fault
        return handle

    def _compare(self, connection: Connection) -> None:
        """Hold the last line of the witness against the record."""
        line = self.witness.last()
        self.gap = gap_between(connection, line)
        self.trouble = None if self.gap is None else BEHIND
        self.number = "" if line is None else line.number
        self._compared = True

    def _attest(self, handle: int, work: Writing) -> None:
        """Tell the witness what was committed. If it cannot be written now, nothing more is written before it can."""
        numbers = (link.event.stream.removeprefix(BATCH_STREAM) for link in work.links if link.event.version == 1)
        self.number = max([self.number, *filter(NUMBER.fullmatch, numbers)])
        try:
            if self.trouble is not None:
                self.witness.set_aside()
                self.witness.begin(Line(work.head, self.number))
                self.trouble = self.gap = None
            elif work.links:
                self.witness.add(handle, Line(work.head, self.number))
        except OSError:
            self._lags = True


def _answered(connection: Connection, stamp: Stamp) -> Appended | None:
    """Return what a request wrote when it came first; raises `RequestReused` where it asks for something else now."""
    row = connection.execute(select(REQUEST).where(REQUEST.c.request == stamp.request)).first()
    if row is None:
        return None
    if row.digest != stamp.digest:
        raise RequestReused(stamp.request)
    query = select(EVENT.c.seq, EVENT.c.hash, EVENT.c.body).where(EVENT.c.seq.between(row.first, row.last))
    rows = connection.execute(query.order_by(EVENT.c.seq)).all()
    events = tuple(event_of(found.body) for found in rows)
    return Appended(events, Head(rows[-1].seq, rows[-1].hash) if rows else head_of(connection)[0], repeated=True)


def _hold(connection: Connection, expected: Mapping[str, int]) -> None:
    """Raise `Conflict` for the first stream that has another version than expected."""
    for stream, version in expected.items():
        highest = select(func.max(EVENT.c.version)).where(EVENT.c.stream == stream)
        found = connection.execute(highest).scalar() or 0
        if found != version:
            raise Conflict(stream, found)


def _changes(connection: Connection, states: States, work: Writing) -> list[views.Change]:
    """Return each batch that has new events, before and after them."""
    found: dict[str, views.Change] = {}
    for link in work.links:
        event = link.event
        if not event.stream.startswith(BATCH_STREAM):
            continue
        known = found.get(event.stream)
        before = states.at(connection, event.stream, event.version - 1) if known is None else known.before
        after = evolve(before if known is None else known.after, event)
        found[event.stream] = views.Change(before, after, event.seq)
    return list(found.values())


def _write(
    connection: Connection, stamp: Stamp, work: Writing, decided: Decided, changes: Sequence[views.Change]
) -> None:
    """Write everything of an act but the line of the witness."""
    work.insert()
    events = events_of(work.links)
    first = work.head.seq - len(events) + 1
    request = {"request": stamp.request, "digest": stamp.digest, "first": first, "last": work.head.seq}
    connection.execute(REQUEST.insert(), request)
    try:
        views.note(connection, events, changes)
    except IntegrityError as fault:  # what two acts may not both do, by the keys of the view tables
        last = events[-1]
        raise Conflict(last.stream, last.version - 1) from fault
    for kind, content in decided.documents:
        digest, small = packed(content)
        _once(connection, DOCUMENT, {"sha256": digest, "kind": kind, "bytes": small})
    for digest, salt, text in decided.references:
        _once(connection, REFERENCE, {"digest": digest, "salt": salt, "text": text})
    if decided.ended:
        over = SESSION.update().where(SESSION.c.person.in_(decided.ended))
        connection.execute(over.values(ends=written_at(work.moment.at)))
    for act in decided.also:
        act(connection)


def _once(connection: Connection, table: Table, row: Mapping[str, object]) -> None:
    """Write a row, unless one with its key is there."""
    (key,) = table.primary_key
    if connection.execute(select(key).where(key == row[key.name])).first() is None:
        connection.execute(table.insert(), row)
