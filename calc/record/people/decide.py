"""What follows from an act on people, devices, keys and settings: events, or every reason why it is refused.

Only the pharmacist-in-charge manages, with a signature; each person accepts for herself that her signature counts. The
program itself notes locks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from calc.record.envelope import By, Draft, Signed
from calc.record.people.acts import (
    AcceptGap,
    AddPerson,
    Certify,
    ChangePerson,
    ChangeSetting,
    ClosePerson,
    EndKey,
    EnrollDevice,
    Lock,
    MakeKey,
    PersonAct,
    RemoveDevice,
    SetUp,
    Unlock,
)
from calc.record.people.secrets import ELSEWHERE
from calc.record.people.state import DeviceState, KeyState, PersonState, SiteState
from calc.record.people.texts import Texts, same_name
from calc.record.refusals import ActRefused, NeedsSignature, NotAllowed, Problem
from calc.record.rights import Act, Right, Role, right_of
from calc.record.streams import SITE

#: The roles that a person can have; a system has a key.
ROLES = (Role.COMPOUNDER, Role.PHARMACIST, Role.IN_CHARGE, Role.AUDITOR)
#: The acts that a key may do, of those that the table gives to another system.
KEY_ACTS = tuple(act for act in Act if right_of(Role.SYSTEM, act) is not Right.NO)
#: Who notes what nobody did, such as a lock.
PROGRAM = By("", "Triturate", Role.SYSTEM.value)
#: What the record calls the program itself, which nobody may be called.
_PROGRAMS = frozenset({"triturate", "the program"})
#: How a person is compared with others of the same name.
Others = Mapping[str, PersonState]


class Change(NamedTuple):
    """The events of an act, and the person whose sessions end with it ("" for nobody)."""

    drafts: tuple[Draft, ...]
    ended: str = ""


def set_up(act: SetUp, people: Others) -> Change:
    """Begin the record with its first pharmacist-in-charge; refused where there is anybody already."""
    if people:
        raise ActRefused(Problem("set_up_already"))
    texts = Texts()
    pharmacy = texts.read("pharmacy", act.pharmacy)
    person = _person(texts, act.id, act.name, Role.IN_CHARGE.value, act.initials, act.license, people)
    texts.settle()
    named = {"name": "pharmacy", "old": "", "new": pharmacy, "reason": "first run"}
    return Change((Draft(SITE, "setting.changed", named), person))


def add_person(act: AddPerson, people: Others, by: By, signed: Signed | None) -> Change:
    """Add a person; her name must be nobody else's."""
    _must_manage(by, signed)
    texts = Texts()
    draft = _person(texts, act.id, act.name, act.role, act.initials, act.license, people, signed)
    texts.settle()
    return Change((draft,))


def person(state: PersonState, act: PersonAct, people: Others, by: By, signed: Signed | None) -> Change:
    """Return what follows from an act on a person."""
    match act:
        case Certify():
            return _certify(state, act, by)
        case Lock():
            note = {"door": act.door, "failures": act.failures, "shut": act.shut}
            # Whoever tries from elsewhere must not be able to end the work at the bench.
            ends = act.shut and act.door != ELSEWHERE
            return Change((Draft(state.stream, "person.locked", note),), state.id if ends else "")
    _must_manage(by, signed)
    texts = Texts()
    reason = texts.reason(act.reason)
    match act:
        case Unlock():
            _must_be_open(texts, state)
            texts.settle()
            data = {"reason": reason, "code": act.code}
            return Change((Draft(state.stream, "person.unlocked", data, signed),), state.id if act.code else "")
        case ClosePerson():
            _must_be_open(texts, state)
            _must_leave_one(texts, state, people)
            texts.settle()
            return Change((Draft(state.stream, "person.closed", {"reason": reason}, signed),), state.id)
        case ChangePerson():
            return _change(texts, state, act, reason, people, signed)


def _change(
    texts: Texts, state: PersonState, act: ChangePerson, reason: str, people: Others, signed: Signed | None
) -> Change:
    _must_be_open(texts, state)
    new = _texts_of_person(texts, state.id, act.name, act.role, act.initials, act.license, people)
    if act.role != Role.IN_CHARGE.value and state.role is Role.IN_CHARGE:
        _must_leave_one(texts, state, people, "role")
    old = {"name": state.name, "role": state.role.value, "initials": state.initials, "license": state.license}
    if not texts.problems and new == old:
        texts.add(Problem("nothing_changed"))
    texts.settle()
    draft = Draft(state.stream, "person.changed", {"old": old, "new": new, "reason": reason}, signed)
    return Change((draft,), state.id)


def _certify(state: PersonState, act: Certify, by: By) -> Change:
    if by.person != state.id:
        raise NotAllowed
    if not act.accepted:
        raise ActRefused(Problem("must_be_accepted", "accepted"))
    if state.certified:
        return Change(())
    return Change((Draft(state.stream, "person.certified", {"sentence": "signatures_count"}),))


def enroll_device(act: EnrollDevice, devices: Mapping[str, DeviceState], by: By, signed: Signed | None) -> Change:
    """Enroll the device that is being used."""
    _must_manage(by, signed)
    texts = Texts()
    name = texts.read("name", act.name, "device")
    if same_name(name) in {same_name(device.name) for device in devices.values() if not device.removed}:
        texts.add(Problem("name_taken", "name", {"name": name}))
    texts.settle()
    return Change((Draft(DeviceState(act.id, 0, name).stream, "device.enrolled", {"name": name}, signed),))


def remove_device(state: DeviceState, act: RemoveDevice, by: By, signed: Signed | None) -> Change:
    """Remove a device."""
    _must_manage(by, signed)
    return Change((_ended(state.stream, "device.removed", act.reason, ended=state.removed, signed=signed),))


def make_key(act: MakeKey, keys: Mapping[str, KeyState], by: By, signed: Signed | None) -> Change:
    """Make a key for another system; a machine never signs, so only acts of the table are given to it."""
    _must_manage(by, signed)
    texts = Texts()
    name = texts.read("name", act.name, "key")
    if same_name(name) in {same_name(key.name) for key in keys.values() if not key.ended}:
        texts.add(Problem("name_taken", "name", {"name": name}))
    known = {each.value for each in KEY_ACTS}
    if not act.acts or not set(act.acts) <= known:
        texts.add(Problem("required" if not act.acts else "unknown_choice", "acts"))
    texts.settle()
    data = {"name": name, "acts": [each.value for each in KEY_ACTS if each.value in act.acts]}
    return Change((Draft(KeyState(act.id, 0, name, ()).stream, "key.made", data, signed),))


def end_key(state: KeyState, act: EndKey, by: By, signed: Signed | None) -> Change:
    """End a key."""
    _must_manage(by, signed)
    return Change((_ended(state.stream, "key.ended", act.reason, ended=state.ended, signed=signed),))


def change_setting(state: SiteState, act: ChangeSetting, by: By, signed: Signed | None) -> Change:
    """Change a setting or the name of the pharmacy."""
    _must_manage(by, signed)
    texts = Texts()
    reason = texts.reason(act.reason)
    if act.name == "pharmacy":
        old, new = state.pharmacy, texts.read("value", act.value, "pharmacy")
    elif act.name in state.settings._fields and act.value in {"yes", "no"}:
        old, new = ("yes" if getattr(state.settings, act.name) else "no"), act.value
    else:
        old = new = ""
        texts.add(Problem("unknown_choice", "value"))
    if not texts.problems and old == new:
        texts.add(Problem("nothing_changed"))
    texts.settle()
    data = {"name": act.name, "old": old, "new": new, "reason": reason}
    return Change((Draft(SITE, "setting.changed", data, signed),))


def accept_gap(act: AcceptGap, by: By, signed: Signed | None) -> Change:
    """Accept a gap between record and witness."""
    _must_manage(by, signed)
    texts = Texts()
    reason = texts.reason(act.reason)
    texts.settle()
    data = {"reason": reason, "record": list(act.record), "witness": list(act.witness), "number": act.number}
    return Change((Draft(SITE, "record.forked", data, signed),))


def _must_manage(by: By, signed: Signed | None) -> None:
    """Raise `NotAllowed` or `NeedsSignature` unless the one who asks may manage and signs for it."""
    if right_of(Role(by.role), Act.MANAGE) is not Right.SIGNED:
        raise NotAllowed
    if signed is None:
        raise NeedsSignature


def _ended(stream: str, kind: str, typed: str, *, ended: bool, signed: Signed | None) -> Draft:
    texts = Texts()
    reason = texts.reason(typed)
    if ended:
        texts.add(Problem("ended_already"))
    texts.settle()
    return Draft(stream, kind, {"reason": reason}, signed)


def _person(
    texts: Texts,
    id_: str,
    name: str,
    role: str,
    initials: str,
    license_: str,
    people: Others,
    signed: Signed | None = None,
) -> Draft:
    data = _texts_of_person(texts, id_, name, role, initials, license_, people)
    return Draft(f"person:{id_}", "person.added", data, signed)


def _texts_of_person(
    texts: Texts, id_: str, name: str, role: str, initials: str, license_: str, people: Others
) -> dict[str, str]:
    read = {
        "name": texts.read("name", name),
        "role": role,
        "initials": texts.read("initials", initials, blank=True),
        "license": texts.read("license", license_, blank=True),
    }
    if role not in {each.value for each in ROLES}:
        texts.add(Problem("required" if not role else "unknown_choice", "role"))
    if find(people, read["name"], besides=id_) is not None or same_name(read["name"]) in _PROGRAMS:
        texts.add(Problem("name_taken", "name", {"name": read["name"]}))
    return read


def find(people: Others, name: str, *, besides: str = "") -> PersonState | None:
    """Return the open person of a name, in whatever case and spacing it is typed; None if there is none."""
    typed = same_name(name)
    for each in people.values():
        if each.id != besides and not each.closed and typed and same_name(each.name) == typed:
            return each
    return None


def _must_be_open(texts: Texts, state: PersonState) -> None:
    if state.closed:
        texts.add(Problem("closed_already"))


def _must_leave_one(texts: Texts, state: PersonState, people: Others, field: str = "") -> None:
    """Note a problem if nobody else is in charge: somebody has to be able to manage."""
    others = [each for each in people.values() if each.id != state.id and not each.closed]
    if state.role is Role.IN_CHARGE and not any(each.role is Role.IN_CHARGE for each in others):
        texts.add(Problem("last_in_charge", field))
