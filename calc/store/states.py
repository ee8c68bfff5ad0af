"""Batches as their events left them, kept in memory by the version that they have."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

import orjson
from sqlalchemy import Connection, select

from calc.record.batch.evolve import evolve
from calc.record.batch.state import BatchState
from calc.record.envelope import Event
from calc.record.streams import of_batch
from calc.store.tables import EVENT

#: Most batches that are kept.
MOST = 500


def event_of(body: str) -> Event:
    """Return the event in the text that is kept of it."""
    return Event.of(orjson.loads(body))


class States:
    """Batches that were read lately, as committed; a later version is folded on from an earlier one."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, BatchState] = OrderedDict()
        self._lock = Lock()

    def at(self, connection: Connection, stream: str, version: int) -> BatchState | None:
        """Return a batch at a version that is committed; None at version 0."""
        with self._lock:
            kept = self._kept.get(stream)
        state = kept if kept is not None and kept.version <= version else None
        after = 0 if state is None else state.version
        if after < version:
            query = select(EVENT.c.body).where(EVENT.c.stream == stream, EVENT.c.version.between(after + 1, version))
            state = folded(state, (event_of(row.body) for row in connection.execute(query.order_by(EVENT.c.version))))
            self.keep([state] if state is not None else [])
        return state

    def keep(self, states: Iterable[BatchState]) -> None:
        """Keep batches as they are committed."""
        with self._lock:
            for state in states:
                stream = of_batch(state.number)
                kept = self._kept.pop(stream, None)
                self._kept[stream] = state if kept is None or kept.version <= state.version else kept
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)


def folded(state: BatchState | None, events: Iterable[Event]) -> BatchState | None:
    """Return a batch after further events."""
    for event in events:
        state = evolve(state, event)
    return state
