"""Events as they are written: stamped, numbered, signed for, and chained to the one before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Connection, select

from calc.record.chain import GENESIS, Head, body_of, hash_of
from calc.record.envelope import Draft, Event, Signature
from calc.record.stamp import Moment, Stamp, read_at, stamped, written_at
from calc.record.streams import SITE
from calc.store.tables import EVENT

#: How far the clock may go back before an event says so.
CLOCK_TOLERANCE = timedelta(seconds=2)
#: The event of a clock that went back.
CLOCK_JUMPED = "clock.jumped"


class Link(NamedTuple):
    """An event with its text, and the hashes that bind it."""

    event: Event
    body: str
    prev: str
    hash: str


class _End(NamedTuple):
    """The last event of a stream."""

    version: int = 0
    head: Head = Head()


@dataclass(slots=True)
class Writing:
    """What one transaction writes: begun at the head of the record, it grows by an event for each draft."""

    connection: Connection
    stamp: Stamp
    moment: Moment
    program: str
    head: Head
    links: list[Link] = field(default_factory=list)
    _ends: dict[str, _End] = field(default_factory=dict)

    def add(self, drafts: Iterable[Draft]) -> None:
        """Chain an event for each draft."""
        for draft in drafts:
            end = self._end(draft.stream)
            seq, version = self.head.seq + 1, end.version + 1
            signature = None if draft.signed is None else Signature(*draft.signed, end.head.seq, end.head.hash)
            event = stamped(draft, seq, version, signature, self.stamp, self.moment, self.program)
            body = body_of(event.envelope())
            digest = hash_of(self.head.hash, body)
            self.links.append(Link(event, body, self.head.hash, digest))
            self.head = Head(seq, digest)
            self._ends[draft.stream] = _End(version, self.head)

    def note_jump(self, last_at: str) -> None:
        """Chain an event that the clock went back, where it did by more than the tolerance, before any other."""
        if last_at and self.moment.at < read_at(last_at) - CLOCK_TOLERANCE:
            data = {"last": last_at, "now": written_at(self.moment.at)}
            self.add([Draft(SITE, CLOCK_JUMPED, data)])

    def insert(self) -> None:
        """Write the events."""
        if self.links:
            self.connection.execute(EVENT.insert(), [_row(link) for link in self.links])

    def _end(self, stream: str) -> _End:
        if stream not in self._ends:
            last = select(EVENT.c.version, EVENT.c.seq, EVENT.c.hash).where(EVENT.c.stream == stream)
            row = self.connection.execute(last.order_by(EVENT.c.version.desc()).limit(1)).first()
            self._ends[stream] = _End() if row is None else _End(row.version, Head(row.seq, row.hash))
        return self._ends[stream]


def _row(link: Link) -> dict[str, object]:
    event = link.event
    return {
        "seq": event.seq,
        "stream": event.stream,
        "version": event.version,
        "type": event.type,
        "at": event.at,
        "request": event.request,
        "body": link.body,
        "prev": link.prev,
        "hash": link.hash,
    }


def head_of(connection: Connection) -> tuple[Head, str]:
    """Return the head of the record and when its event was written; blank before there is one."""
    newest = select(EVENT.c.seq, EVENT.c.hash, EVENT.c.at).order_by(EVENT.c.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return (Head(0, GENESIS), "") if row is None else (Head(row.seq, row.hash), row.at)


def events_of(links: Sequence[Link]) -> tuple[Event, ...]:
    """Return the events of what was written."""
    return tuple(link.event for link in links)
