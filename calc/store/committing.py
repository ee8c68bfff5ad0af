"""What one act writes, in the transaction of the door: its events, its lists, and what is kept beside the chain."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import IntegrityError

from calc.record.batch.evolve import evolve
from calc.record.chain import Head, digest_beside
from calc.record.envelope import Draft, Event
from calc.record.refusals import Conflict, RequestReused
from calc.record.stamp import Stamp, written_at
from calc.record.streams import BATCH_STREAM
from calc.store import views
from calc.store.reading import packed
from calc.store.states import States, event_of
from calc.store.tables import DOCUMENT, EVENT, REFERENCE, REQUEST, SESSION
from calc.store.writing import Writing, events_of, head_of


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


def answered(connection: Connection, stamp: Stamp, beside: Mapping[str, str]) -> Appended | None:
    """Return what a request wrote when it came first; raises `RequestReused` where it asks for something else now.

    `beside` are the texts that stand in no digest of a request, by their names in the data of an event.
    """
    row = connection.execute(select(REQUEST).where(REQUEST.c.request == stamp.request)).first()
    if row is None:
        return None
    if row.digest != stamp.digest:
        raise RequestReused(stamp.request)
    query = select(EVENT.c.seq, EVENT.c.hash, EVENT.c.body).where(EVENT.c.seq.between(row.first, row.last))
    rows = connection.execute(query.order_by(EVENT.c.seq)).all()
    events = tuple(event_of(found.body) for found in rows)
    kept = ((event.data[name], text) for event in events for name, text in beside.items() if name in event.data)
    if not all(_is_kept(connection, digest, text) for digest, text in kept):
        raise RequestReused(stamp.request)
    return Appended(events, Head(rows[-1].seq, rows[-1].hash) if rows else head_of(connection)[0], repeated=True)


def _is_kept(connection: Connection, digest: str | None, text: str) -> bool:
    """Return True if this is the text of a digest, by the salt that is kept with it; False once that was removed.

    A blank text has no digest.
    """
    if digest is None:
        return not text
    salt = connection.execute(select(REFERENCE.c.salt).where(REFERENCE.c.digest == digest)).scalar_one_or_none()
    return salt is not None and digest_beside(salt, text) == digest


def hold(connection: Connection, expected: Mapping[str, int]) -> None:
    """Raise `Conflict` for the first stream that has another version than expected."""
    for stream, version in expected.items():
        highest = select(func.max(EVENT.c.version)).where(EVENT.c.stream == stream)
        found = connection.execute(highest).scalar() or 0
        if found != version:
            raise Conflict(stream, found)


def changes(connection: Connection, states: States, work: Writing) -> list[views.Change]:
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


def write(
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
