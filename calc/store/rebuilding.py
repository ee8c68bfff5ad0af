"""The view tables made once more from the events, and held against those that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Table, bindparam, create_engine, delete, insert, select

from calc.record.envelope import Event
from calc.record.streams import BATCH_STREAM
from calc.store.states import event_of, folded
from calc.store.tables import EVENT
from calc.store.view_tables import BATCH, BATCH_CHECK, BATCH_PERSON, LOG, VIEWS
from calc.store.views import Change, logged, note_batch

#: Batches, and events of the log, that are looked at while nobody else writes.
BATCHES, EVENTS = 50, 2_000
#: The tables of a batch, each before those that refer to it, with the column that names the batch.
_OF_BATCH = ((BATCH, BATCH.c.number), (BATCH_PERSON, BATCH_PERSON.c.batch), (BATCH_CHECK, BATCH_CHECK.c.batch))
#: What comes after every stream of a batch.
_END = f"{BATCH_STREAM[:-1]};"

Writing = Callable[[], AbstractContextManager[Connection]]


def rebuild(writing: Writing) -> list[str]:
    """Make every row of the view tables anew, and return where one was not as it should be; it is put right.

    `writing` yields a connection in a transaction that writes; each handful of rows has one of its own.
    """
    return [*_log(writing), *_batches(writing), *_left_over(writing)]


def _log(writing: Writing) -> Iterator[str]:
    last = 0
    while True:
        with writing() as connection:
            query = select(EVENT.c.seq, EVENT.c.body).where(EVENT.c.seq > last).order_by(EVENT.c.seq).limit(EVENTS)
            page = connection.execute(query).all()
            upto = page[-1].seq if page else None
            within = LOG.c.seq > last if upto is None else LOG.c.seq.between(last + 1, upto)
            there = {row["seq"]: dict(row) for row in connection.execute(select(LOG).where(within)).mappings()}
            fresh = {row.seq: logged(event_of(row.body)) for row in page}
            wrong = sorted(seq for seq in there.keys() | fresh.keys() if there.get(seq) != fresh.get(seq))
            if gone := [{"wrong": seq} for seq in wrong if seq in there]:
                connection.execute(delete(LOG).where(LOG.c.seq == bindparam("wrong")), gone)
            if new := [fresh[seq] for seq in wrong if seq in fresh]:
                connection.execute(insert(LOG), new)
        yield from (f"log {seq}" for seq in wrong)
        if upto is None:
            return
        last = upto


def _batches(writing: Writing) -> Iterator[str]:
    after = BATCH_STREAM
    with _scratch() as scratch:
        while True:
            with writing() as connection:
                first = (EVENT.c.stream > after, EVENT.c.stream < _END, EVENT.c.version == 1)
                streams = select(EVENT.c.stream).where(*first).order_by(EVENT.c.stream).limit(BATCHES)
                page = connection.execute(streams).scalars().all()
                wrong = [stream for stream in page if _put_right(connection, scratch, stream)]
            yield from (stream.replace(":", " ") for stream in wrong)
            if not page:
                return
            after = page[-1]


def _put_right(connection: Connection, scratch: Connection, stream: str) -> bool:
    """Return whether the rows of a batch were wrong, and put them right."""
    query = select(EVENT.c.body).where(EVENT.c.stream == stream).order_by(EVENT.c.version)
    events: list[Event] = [event_of(row.body) for row in connection.execute(query)]
    state = folded(None, events)
    if state is None:
        return False
    note_batch(scratch, Change(None, state, events[-1].seq))
    number = stream.removeprefix(BATCH_STREAM)
    fresh = {table.name: rows_of(scratch, table, column, number) for table, column in _OF_BATCH}
    for table, column in reversed(_OF_BATCH):
        scratch.execute(delete(table).where(column == number))
    if fresh == {table.name: rows_of(connection, table, column, number) for table, column in _OF_BATCH}:
        return False
    _replace(connection, number, fresh)
    return True


def _replace(connection: Connection, number: str, fresh: Mapping[str, list[dict[str, Any]]]) -> None:
    for table, column in reversed(_OF_BATCH):
        connection.execute(delete(table).where(column == number))
    for table, _ in _OF_BATCH:
        if fresh.get(table.name):
            connection.execute(insert(table), fresh[table.name])


def _left_over(writing: Writing) -> Iterator[str]:
    """Remove the rows of batches that have no events, in whichever table of a batch they are."""
    while True:
        with writing() as connection:
            orphans = {number for table, column in _OF_BATCH for number in _orphans(connection, table, column)}
            for number in orphans:
                _replace(connection, number, {})
        yield from (f"batch {number}" for number in sorted(orphans))
        if not orphans:
            return


def _orphans(connection: Connection, table: Table, column: Any) -> Sequence[str]:
    streams = select(EVENT.c.stream).where(EVENT.c.stream == BATCH_STREAM + column)
    numbers = select(column).select_from(table).where(~streams.exists()).distinct().limit(BATCHES)
    return connection.execute(numbers).scalars().all()


def rows_of(connection: Connection, table: Table, column: Any, number: str) -> list[dict[str, Any]]:
    """Return the rows of a batch in one of its tables, in the order of their keys."""
    query = select(table).where(column == number).order_by(*table.primary_key.columns)
    return [dict(row) for row in connection.execute(query).mappings()]


@contextmanager
def _scratch() -> Iterator[Connection]:
    """Yield a connection to fresh view tables, in memory."""
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            VIEWS.create_all(connection)
            yield connection
    finally:
        engine.dispose()
