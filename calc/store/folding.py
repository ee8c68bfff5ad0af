"""People, devices, keys and the site as their events left them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import orjson
from sqlalchemy import Connection, select

from calc.record.envelope import Event
from calc.record.people import evolve
from calc.record.people.state import DeviceState, KeyState, PersonState, SiteState
from calc.record.refusals import Unknown
from calc.record.streams import SITE
from calc.store.tables import EVENT

State = TypeVar("State")


def people(connection: Connection) -> Mapping[str, PersonState]:
    """Return all people by their ids, in the order in which they were added; those who were closed, too."""
    return _all(connection, "person", evolve.person)


def person(connection: Connection, id_: str) -> PersonState:
    """Return a person; raises `Unknown`."""
    state = _folded(connection, f"person:{id_}", evolve.person)
    if state is None:
        raise Unknown(id_)
    return state


def devices(connection: Connection) -> Mapping[str, DeviceState]:
    """Return all devices by their ids, those that were removed, too."""
    return _all(connection, "device", evolve.device)


def keys(connection: Connection) -> Mapping[str, KeyState]:
    """Return all keys by their ids, those that ended, too."""
    return _all(connection, "key", evolve.key)


def site(connection: Connection) -> SiteState:
    """Return the site."""
    return _folded(connection, SITE, evolve.site) or SiteState()


def _folded(connection: Connection, stream: str, evolve_: Callable[[State | None, Event], State]) -> State | None:
    state = None
    query = select(EVENT.c.body).where(EVENT.c.stream == stream).order_by(EVENT.c.version)
    for (body,) in connection.execute(query):
        state = evolve_(state, Event.of(orjson.loads(body)))
    return state


def _all(connection: Connection, kind: str, evolve_: Callable[[State | None, Event], State]) -> Mapping[str, State]:
    """Fold every stream of a kind. The index by stream and version leads to them: ";" is what comes after ":"."""
    states: dict[str, State] = {}
    of_kind = EVENT.c.stream.between(f"{kind}:", f"{kind};")
    for (body,) in connection.execute(select(EVENT.c.body).where(of_kind).order_by(EVENT.c.seq)):
        event = Event.of(orjson.loads(body))
        id_ = event.stream.partition(":")[2]
        states[id_] = evolve_(states.get(id_), event)
    return states
