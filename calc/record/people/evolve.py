"""How each event changes what is known of a person, a device, a key and the site."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from calc.record.envelope import Event
from calc.record.people.state import DeviceState, KeyState, Looked, PersonState, SiteState
from calc.record.refusals import Unknown
from calc.record.rights import Act, Role

State = TypeVar("State")


def person(state: PersonState | None, event: Event) -> PersonState:
    """Return the person after an event of hers. Raises `Unknown` for one before she was added."""
    data = event.data
    if event.type == "person.added":
        known = PersonState(_id(event), 0, data["name"], Role(data["role"]), data["initials"], data["license"])
    else:
        known = _known(state, event)
    return replace(known, version=event.version, **_of_person(known, event))


def _of_person(known: PersonState, event: Event) -> dict[str, Any]:
    match event.type:
        case "person.changed":
            new = event.data["new"]
            return {**new, "role": Role(new["role"])}
        case "person.certified":
            return {"certified": True}
        case "person.locked" if event.data["shut"]:
            return {"locked": known.locked | {event.data["door"]}}
        case "person.unlocked":
            return {"locked": frozenset()}
        case "person.closed":
            return {"closed": True}
    return {}


def device(state: DeviceState | None, event: Event) -> DeviceState:
    """Return the device after an event of it."""
    if event.type == "device.enrolled":
        return DeviceState(_id(event), event.version, event.data["name"])
    return replace(_known(state, event), version=event.version, removed=True)


def key(state: KeyState | None, event: Event) -> KeyState:
    """Return the key after an event of it."""
    if event.type == "key.made":
        return KeyState(_id(event), event.version, event.data["name"], tuple(map(Act, event.data["acts"])))
    return replace(_known(state, event), version=event.version, ended=True)


def site(state: SiteState | None, event: Event) -> SiteState:
    """Return the site after an event of its stream."""
    known = state or SiteState()
    return replace(known, version=event.version, **_of_site(known, event))


def _of_site(known: SiteState, event: Event) -> dict[str, Any]:
    data = event.data
    match event.type:
        case "setting.changed" if data["name"] == "pharmacy":
            return {"pharmacy": data["new"]}
        case "setting.changed" if data["name"] in known.settings._fields:
            return {"settings": known.settings._replace(**{data["name"]: data["new"] == "yes"})}
        case "record.verified":
            return {"verified": Looked(event.at, data["upto"], data["hash"])}
        case "record.backed_up":
            return {"backed_up": Looked(event.at, data["upto"], data["hash"])}
    return {}


def _id(event: Event) -> str:
    return event.stream.partition(":")[2]


def _known(state: State | None, event: Event) -> State:
    if state is None:
        raise Unknown(event.stream)
    return state
