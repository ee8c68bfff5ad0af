"""Events as they are written: stamped, numbered, signed for, and chained to the one before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, select

from calc.record.chain import GENESIS, Head, body_of, hash_of
from calc.record.envelope import Draft, Event, Signature
from calc.record.stamp import Moment, Stamp
from calc.store.tables import EVENT

#: How far the clock may go back before an event says so.
CLOCK_TOLERANCE = timedelta(seconds=2)
#: The stream of what concerns the whole record, and the event of a clock that went back.
SITE, CLOCK_JUMPED = "site:main", "clock.jumped"


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
        at = written_at(self.moment.at)
        for draft in drafts:
            end = self._end(draft.stream)
            seq, version = self.head.seq + 1, end.version + 1
            signature = None if draft.signed is None else Signature(*draft.signed, end.head.seq, end.head.hash)
            event = Event(
                seq=seq,
                stream=draft.stream,
                version=version,
                type=draft.type,
                v=draft.v,
                at=at,
                zone=self.moment.zone,
                day=self.moment.day.isoformat(),
                by=self.stamp.by,
                session_of=self.stamp.session_of,
                device=self.stamp.device,
                program=self.program,
                request=self.stamp.request,
                signature=signature,
                late=draft.late,
                data=draft.data,
            )
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


def written_at(at: datetime) -> str:
    """Return a moment as events have it, in UTC with milliseconds.

    >>> written_at(datetime(2026, 11, 29, 18, 44, 2, 118900, tzinfo=UTC))
    '2026-11-29T18:44:02.118Z'
    """
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def read_at(text: str) -> datetime:
    """Return the moment in an event's text; the inverse of `written_at`."""
    return datetime.fromisoformat(text)


def events_of(links: Sequence[Link]) -> tuple[Event, ...]:
    """Return the events of what was written."""
    return tuple(link.event for link in links)
