"""What is asked of people, devices, keys and settings. Values are texts as typed; a fault names the field here."""

from __future__ import annotations

from dataclasses import dataclass

from calc.record.chain import Head


@dataclass(frozen=True, slots=True)
class SetUp:
    """Begin the record: the pharmacy and its first pharmacist-in-charge, whose id is `id`."""

    id: str
    pharmacy: str
    name: str
    initials: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Add a person, whose id is `id`, with a role."""

    id: str
    name: str
    role: str
    initials: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Change name, role, initials or license of a person, with a reason; all four as they are to be."""

    name: str
    role: str
    initials: str
    license: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClosePerson:
    """Close a person, with a reason: she signs in no more, and nothing that she did changes."""

    reason: str


@dataclass(frozen=True, slots=True)
class Certify:
    """Accept, before the first signature, that a signature here counts as one by hand."""

    accepted: bool


@dataclass(frozen=True, slots=True)
class Lock:
    """Note that a door was locked after so many wrong secrets; `shut` until somebody unlocks it."""

    door: str
    failures: int
    shut: bool


@dataclass(frozen=True, slots=True)
class Unlock:
    """Open every door of a person again, with a reason; with `code` she gets a one-time code for new secrets."""

    reason: str
    code: bool = False


PersonAct = ChangePerson | ClosePerson | Certify | Lock | Unlock


@dataclass(frozen=True, slots=True)
class EnrollDevice:
    """Enroll the device that is being used, whose id is `id`."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class RemoveDevice:
    """Remove a device, with a reason: no PIN is taken on it any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class MakeKey:
    """Make a key, whose id is `id`, for another system, with the names of the acts that it may do."""

    id: str
    name: str
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndKey:
    """End a key, with a reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class AcceptGap:
    """Accept that the witness saw more than the record has, with a reason, and go on from here.

    `record` and `witness` are the heads of both, `number` is the highest batch number that the witness saw.
    """

    reason: str
    record: Head
    witness: Head
    number: str


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Change a setting by its name, or the name of the pharmacy ("pharmacy"), with a reason."""

    name: str
    value: str
    reason: str
