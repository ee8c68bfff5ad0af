"""How the view tables follow the events."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from calc.record.envelope import Event
from calc.store.view_tables import LOG


def note(connection: Connection, events: Iterable[Event]) -> None:
    """Write what the view tables say of new events."""
    rows = [logged(event) for event in events]
    if rows:
        connection.execute(LOG.insert(), rows)


def logged(event: Event) -> dict[str, object]:
    """Return the row of the log of an event."""
    return {"seq": event.seq, "type": event.type, "day": event.day, "person": event.by.person}
