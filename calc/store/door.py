"""The one door through which the record is written, and read."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from calc.answers.parts import VERSION
from calc.record.chain import Head
from calc.record.envelope import Draft
from calc.record.refusals import NotSaved
from calc.record.stamp import Moment, Stamp
from calc.record.streams import BATCH_STREAM
from calc.store.committing import Appended, Decided, answered, changes, hold, write
from calc.store.guards import guard
from calc.store.opening import FORKED, RESTORED, Gap, gap_between, guarded, went_above
from calc.store.reading import Reading
from calc.store.sqlite import FILE, PATIENCE, WRITES, engine_of, why_not_saved
from calc.store.states import States
from calc.store.tables import SESSION
from calc.store.witness import Line, Witness, witness_of
from calc.store.writing import Writing, events_of, head_of

__all__ = ["Appended", "Decided", "Store"]

#: What alone can be written while the record is behind its witness: that somebody has seen it, and goes on from here.
GOES_ON = (FORKED, RESTORED)
#: A row that is written to see whether one can be, and taken back.
_TRIED = dict.fromkeys(("hash", "person", "token", "seen", "acted", "ends"), "")
#: Bytes that have to be free.
LEAST_ROOM = 1024 * 1024
#: Codes of what somebody has to look at first.
BEHIND, ALTERED = "behind", "altered"
#: The numbers of batches that the witness keeps the highest of.
NUMBER = re.compile(r"[0-9]{2}-[0-9]{6,}")


class Store:
    """The record in a folder. One process opens it; its threads share it."""

    def __init__(self, folder: Path, witness: Witness, now: Callable[[], Moment], program: str) -> None:
        self.folder, self.witness = folder, witness
        #: Why nothing can be written until somebody looks: "behind" or "altered"; `gap` is what the witness saw more.
        self.trouble: str | None = None
        self.gap: Gap | None = None
        #: The highest number of a batch that the witness was told, or that was lost: new ones go above it.
        self.number = ""
        self.now, self._program = now, program
        self._readers, self._writer = engine_of(folder / FILE, guard), engine_of(folder / FILE, guard)
        self._lock, self._file = Lock(), _file_at(folder)
        self._states = States()
        #: Whether the witness was compared with the record, and whether it lacks the last line.
        self._compared, self._lags = False, False
        #: The day of the last write: the first write of a day compares the witness again.
        self._day: date | None = None

    @classmethod
    def open(
        cls, folder: Path, *, now: Callable[[], Moment], witness: Path | None = None, program: str = VERSION
    ) -> Store:
        """Open the record in a folder; raises `NotSetUp`, `BadSetting`, `BadSettings`, `sqlite3.Error`.

        A record that is behind its witness, or has lost its guards, is opened for reading only.
        """
        seen = witness_of(folder, witness)
        whole = guarded(folder, seen)
        store = cls(folder, seen, now, program)
        if not whole:
            store.trouble = ALTERED
        else:
            with store.connection() as connection:
                if store.witness.exists():
                    store._compare(connection)
                else:
                    store.number = went_above(connection)
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
            if (why := why_not_saved(fault)) is None:
                raise
            raise why from fault

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[Connection]:
        """Yield a connection in a transaction that writes, alone; raises `NotSaved`, and then nothing is kept.

        `patience` is for how many seconds another thread that writes is waited for, where not as long as usual.
        """
        if not self._lock.acquire(timeout=PATIENCE if patience is None else patience):
            raise NotSaved("locked")
        try:
            if _file_at(self.folder) != self._file:
                raise NotSaved("exchanged")
            with self._writer.connect() as connection:
                connection.execution_options(**{WRITES: True})
                with connection.begin():
                    yield connection
        except DBAPIError as fault:
            if (why := why_not_saved(fault)) is None:
                raise
            self._writer.dispose()  # a file that was opened for reading stays so when the disk is mended
            raise why from fault
        finally:
            self._lock.release()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Yield what the record holds, in one read transaction."""
        with self.connection() as connection:
            yield Reading(connection, self.now(), self._states, self.number)

    def append(
        self,
        stamp: Stamp,
        decide: Callable[[Reading], Decided],
        *,
        expected: Mapping[str, int] = MappingProxyType({}),
        beside: Mapping[str, str] = MappingProxyType({}),
    ) -> Appended:
        """Write what `decide` asks for, all of it or nothing, once for each request.

        `expected` are the versions that the page had seen, `beside` the texts kept beside the chain, which the stamp's
        digest leaves out: sent again with another one, a request is another. Raises `RequestReused`, `Conflict`,
        `NotSaved`, and whatever `decide` raises.
        """
        with ExitStack() as stack:
            with self.writing() as connection:
                before = answered(connection, stamp, beside)
                if before is not None:
                    return before
                hold(connection, expected)
                moment = self.now()
                decided = decide(Reading(connection, moment, self._states, self.number))
                self._may_write(decided.drafts)
                head, last_at = head_of(connection)
                work = Writing(connection, stamp, moment, self._program, head)
                work.note_jump(last_at)
                work.add(decided.drafts)
                changed = changes(connection, self._states, work)
                write(connection, stamp, work, decided, changed)
                if self._day != moment.day and not self._lags and self.trouble is None:
                    self._compared, self._day = False, moment.day
                handle = self._witness_opened(connection, head, stack)
            self._states.keep(change.after for change in changed)
            self._attest(handle, work)
        return Appended(events_of(work.links), work.head, repeated=False)

    def ready(self) -> str | None:
        """Return why nothing can be written now, as a code of `NotSaved`; None where all is well.

        The record is held against its witness once more, as it was when it was opened.
        """
        if self.trouble is not None:
            return self.trouble
        try:
            if shutil.disk_usage(self.folder).free < LEAST_ROOM:
                return "full"
            with ExitStack() as stack, self.writing() as connection:
                self._compared = False
                connection.execute(SESSION.insert(), _TRIED)  # refused where there can be no file nor its journal
                self._witness_opened(connection, head_of(connection)[0], stack)
                connection.rollback()
        except NotSaved as fault:
            return fault.why
        except OSError:
            return "disk"
        return None

    def _may_write(self, drafts: Sequence[Draft]) -> None:
        accepts = self.trouble == BEHIND and bool(drafts) and all(draft.type in GOES_ON for draft in drafts)
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
        self.number = max(self.number, went_above(connection), "" if line is None else line.number)
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


def _file_at(folder: Path) -> tuple[int, int] | None:
    """Return which file the record is; None where there is none: connections would go on with the one before."""
    try:
        found = os.stat(folder / FILE)
    except OSError:
        return None
    return found.st_dev, found.st_ino
