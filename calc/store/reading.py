"""Reading the record, within one short transaction: by key, in pages, never a whole table at once."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, func, select

from calc.record.batch.state import BatchState, BatchStatus
from calc.record.chain import Head
from calc.record.envelope import Event
from calc.record.people.state import DeviceState, KeyState, PersonState, SiteState
from calc.record.refusals import ActRefused, Problem, Unknown
from calc.record.stamp import Moment
from calc.record.streams import of_batch
from calc.store import folding
from calc.store.states import States, event_of
from calc.store.tables import DOCUMENT, EVENT, REFERENCE
from calc.store.view_tables import BATCH, LOG
from calc.store.writing import head_of

#: Most events of one page: what is read at once holds up a writer.
MOST = 10_000
#: What "Findings" are made from: checks, what became of mismatches, deviations.
FINDINGS = ("check.made", "mismatch.resolved", "deviation.recorded")
#: States of a batch that nobody has to read any more.
_OVER = (BatchStatus.RELEASED, BatchStatus.REJECTED, BatchStatus.CANCELLED, BatchStatus.EXHAUSTED)
#: Digits of a batch's number behind its year.
DIGITS = 6


class Kept(NamedTuple):
    """An event as it is kept: its text, whose bytes are hashed, and the hash."""

    seq: int
    hash: str
    body: str


class BatchRow(NamedTuple):
    """A batch in a list. `on_hand` is in whole capsules, or microliters of a liquid."""

    number: str
    checking: str
    state: str
    day: str
    drug: str
    preparation: str
    due: str | None
    use_until: str | None
    on_hand: int | None
    version: int
    seq: int


_BATCH_ROWS = select(*(BATCH.c[name] for name in BatchRow._fields))


class Reading:
    """What the record holds, seen at one moment."""

    #: The events of which a text is kept beside the chain: they have its digest.
    WITH_REFERENCES = ("batch.released", "batch.dispensed")

    def __init__(self, connection: Connection, moment: Moment, states: States, above: str = "") -> None:
        self._connection = connection
        self._moment = moment
        self._states = states
        self._above = above

    def moment(self) -> Moment:
        """Return the moment: that of the act inside the door, else the present one."""
        return self._moment

    def head(self) -> Head:
        """Return the sequence and hash of the last event."""
        return head_of(self._connection)[0]

    def version(self, stream: str) -> int:
        """Return the number of events of a stream; 0 for one that does not exist."""
        highest = select(func.max(EVENT.c.version)).where(EVENT.c.stream == stream)
        return int(self._connection.execute(highest).scalar() or 0)

    def events(self, stream: str, *, after: int = 0) -> list[Event]:
        """Return the events of a stream above a version, in their order."""
        query = select(EVENT.c.body).where(EVENT.c.stream == stream, EVENT.c.version > after)
        return _events(self._connection.execute(query.order_by(EVENT.c.version)).all())

    def batch(self, number: str) -> BatchState:
        """Return a batch; raises `Unknown`."""
        stream = of_batch(number)
        state = self._states.at(self._connection, stream, self.version(stream))
        if state is None:
            raise Unknown(number)
        return state

    def highest_number(self) -> str:
        """Return the highest number that a batch ever had, as the record and its witness know it; blank for none."""
        number = self._connection.execute(select(func.max(BATCH.c.number))).scalar() or ""
        return max(number, self._above)

    def next_number(self, year: int) -> str:
        """Return the number of the next batch of a year, as 26-000123: above all that were ever given.

        Raises `ActRefused` where the year has no number left.
        """
        prefix = f"{year % 100:02d}-"
        end = f"{prefix}~"
        query = select(func.max(BATCH.c.number)).where(BATCH.c.number > prefix, BATCH.c.number < end)
        highest = self._connection.execute(query).scalar() or prefix
        if prefix < self._above < end:
            highest = max(highest, self._above)
        last = int(highest.removeprefix(prefix) or 0)
        if last + 1 >= 10**DIGITS:
            raise ActRefused(Problem("no_number_left"))
        return f"{prefix}{last + 1:0{DIGITS}d}"

    def batches(
        self,
        *,
        state: str | None = None,
        day: str | None = None,
        drug: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> list[BatchRow]:
        """Return batches, the highest number first: those below `after`, in a state, of a day, of a drug, or all."""
        query = _BATCH_ROWS
        for column, wanted in ((BATCH.c.state, state), (BATCH.c.day, day), (BATCH.c.drug, drug)):
            if wanted is not None:
                query = query.where(column == wanted)
        if after is not None:
            query = query.where(BATCH.c.number < after)
        return self._rows(query.order_by(BATCH.c.number.desc()), limit)

    def over(self, numbers: Collection[str]) -> frozenset[str]:
        """Return those of some batches that are released, or that nothing leads out of."""
        query = select(BATCH.c.number).where(
            BATCH.c.number.in_(numbers), BATCH.c.state.in_([each.value for each in _OVER])
        )
        return frozenset(self._connection.execute(query).scalars())

    def expiring(self, until: str, *, limit: int = 50) -> list[BatchRow]:
        """Return released batches with some on hand and a date not later than a day, the earliest first."""
        released = BATCH.c.state == BatchStatus.RELEASED.value
        query = _BATCH_ROWS.where(released, BATCH.c.on_hand > 0, BATCH.c.use_until <= until)
        return self._rows(query.order_by(BATCH.c.use_until, BATCH.c.number), limit)

    def _rows(self, query: Select[Any], limit: int) -> list[BatchRow]:
        return [BatchRow(*row) for row in self._connection.execute(query.limit(min(limit, MOST)))]

    def findings(self, since: str, *, after: int = 0, limit: int = MOST) -> list[Event]:
        """Return checks, resolved mismatches and deviations from a day on and above a sequence, in their order."""
        days = select(LOG.c.seq).where(LOG.c.day >= since).order_by(LOG.c.day, LOG.c.seq).limit(1)
        first = self._connection.execute(days).scalar()
        if first is None:
            return []
        query = select(EVENT.c.body).join(LOG, LOG.c.seq == EVENT.c.seq)
        query = query.where(LOG.c.type.in_(FINDINGS), LOG.c.seq >= max(first, after + 1), LOG.c.day >= since)
        return _events(self._connection.execute(query.order_by(EVENT.c.seq).limit(limit)).all())

    def kept(self, *, after: int = 0, stream: str | None = None, limit: int = 50) -> list[Kept]:
        """Return events as they are kept, above a sequence, in their order."""
        query = select(EVENT.c.seq, EVENT.c.hash, EVENT.c.body).where(EVENT.c.seq > after)
        if stream is not None:
            query = query.where(EVENT.c.stream == stream)
        return [Kept(*row) for row in self._connection.execute(query.order_by(EVENT.c.seq).limit(min(limit, MOST)))]

    def people(self) -> Mapping[str, PersonState]:
        """Return all people by their ids, in the order in which they were added; those who were closed, too."""
        return folding.people(self._connection)

    def person(self, id_: str) -> PersonState:
        """Return a person; raises `Unknown`."""
        return folding.person(self._connection, id_)

    def devices(self) -> Mapping[str, DeviceState]:
        """Return all devices by their ids, those that were removed, too."""
        return folding.devices(self._connection)

    def keys(self) -> Mapping[str, KeyState]:
        """Return all keys by their ids, those that ended, too."""
        return folding.keys(self._connection)

    def site(self) -> SiteState:
        """Return the site: its name and settings, when it was last verified and backed up."""
        return folding.site(self._connection)

    def log(
        self,
        *,
        after: int = 0,
        person: str | None = None,
        stream: str | None = None,
        day: str | None = None,
        type: str | None = None,  # noqa: A002 - what an event calls it
        limit: int = 50,
    ) -> list[Event]:
        """Return events above a sequence, in their order: those of a person, a stream, a day or a type, or all."""
        query: Select[tuple[str]] = select(EVENT.c.body)
        if person is None and day is None and type is None:
            query = query.where(EVENT.c.seq > after).order_by(EVENT.c.seq)
        else:  # in the order of its index, so that a page is read and not sorted out of all
            query = query.join(LOG, LOG.c.seq == EVENT.c.seq).where(LOG.c.seq > after).order_by(LOG.c.seq)
        if stream is not None:
            query = query.where(EVENT.c.stream == stream)
        for column, wanted in ((LOG.c.person, person), (LOG.c.day, day), (LOG.c.type, type)):
            if wanted is not None:
                query = query.where(column == wanted)
        return _events(self._connection.execute(query.limit(min(limit, MOST))).all())

    def reference(self, digest: str) -> str | None:
        """Return the text beside the chain with a digest; None if it was removed."""
        return self._connection.execute(select(REFERENCE.c.text).where(REFERENCE.c.digest == digest)).scalar()

    def kept_beside(self, *, before: str) -> list[str]:
        """Return the digests of all that is kept beside the chain for events before a day."""
        query = select(EVENT.c.body).join(LOG, LOG.c.seq == EVENT.c.seq)
        rows = self._connection.execute(query.where(LOG.c.type.in_(self.WITH_REFERENCES), LOG.c.day < before))
        events = (event_of(row.body) for row in rows)
        digests = (event.data.get(name) for event in events for name in ("reference", "answers"))
        kept = set(self._connection.execute(select(REFERENCE.c.digest)).scalars())
        return [each for each in digests if each and each in kept]

    def document(self, sha256: str) -> bytes:
        """Return the document with a digest; raises `Unknown`."""
        query = select(DOCUMENT.c.bytes).where(DOCUMENT.c.sha256 == sha256)
        packed = self._connection.execute(query).scalar()
        if packed is None:
            raise Unknown(sha256)
        return zlib.decompress(packed)


def line_of(kept: Kept) -> bytes:
    """Return the line of an event in an export: its hash, and its text byte for byte as it is hashed."""
    return f'{{"hash":"{kept.hash}","event":{kept.body}}}\n'.encode("ascii")


def _events(rows: Sequence[Row[tuple[str]]]) -> list[Event]:
    return [event_of(row.body) for row in rows]


def packed(content: bytes) -> tuple[str, bytes]:
    """Return the digest of a document and how it is kept: compressed, the digest being that of its content."""
    return hashlib.sha256(content).hexdigest(), zlib.compress(content)
