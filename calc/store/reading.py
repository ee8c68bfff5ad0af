"""Reading the record, within one short transaction: by key, in pages, never a whole table at once."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence

import orjson
from sqlalchemy import Connection, Row, Select, func, select

from calc.record.chain import Head
from calc.record.envelope import Event
from calc.record.people.state import DeviceState, KeyState, PersonState, SiteState
from calc.record.refusals import Unknown
from calc.record.stamp import Moment
from calc.store import folding
from calc.store.tables import DOCUMENT, EVENT
from calc.store.view_tables import LOG
from calc.store.writing import head_of

#: Most events of one page: what is read at once holds up a writer.
MOST = 10_000


class Reading:
    """What the record holds, seen at one moment."""

    def __init__(self, connection: Connection, moment: Moment) -> None:
        self._connection = connection
        self._moment = moment

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
            query = query.where(EVENT.c.seq > after)
        else:
            query = query.join(LOG, LOG.c.seq == EVENT.c.seq).where(LOG.c.seq > after)
        if stream is not None:
            query = query.where(EVENT.c.stream == stream)
        for column, wanted in ((LOG.c.person, person), (LOG.c.day, day), (LOG.c.type, type)):
            if wanted is not None:
                query = query.where(column == wanted)
        return _events(self._connection.execute(query.order_by(EVENT.c.seq).limit(min(limit, MOST))).all())

    def document(self, sha256: str) -> bytes:
        """Return the document with a digest; raises `Unknown`."""
        query = select(DOCUMENT.c.bytes).where(DOCUMENT.c.sha256 == sha256)
        packed = self._connection.execute(query).scalar()
        if packed is None:
            raise Unknown(sha256)
        return zlib.decompress(packed)


def event_of(body: str) -> Event:
    """Return the event in the text that is kept of it."""
    return Event.of(orjson.loads(body))


def _events(rows: Sequence[Row[tuple[str]]]) -> list[Event]:
    return [event_of(row.body) for row in rows]


def packed(content: bytes) -> tuple[str, bytes]:
    """Return the digest of a document and how it is kept: compressed, the digest being that of its content."""
    return hashlib.sha256(content).hexdigest(), zlib.compress(content)
