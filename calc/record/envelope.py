"""Events of the record: what an act asks to be written, and what was written, with who, when and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class By(NamedTuple):
    """Who did something: a person with name, role and license as they were on that day."""

    person: str
    name: str
    role: str
    license: str = ""


class Signed(NamedTuple):
    """That somebody gave name and secret for an act: the sentence that was shown, and how the secret was given."""

    meaning: str
    method: str


class Signature(NamedTuple):
    """A signature as written: its meaning and method, and the last event of the stream that it stands for."""

    meaning: str
    method: str
    upto: int
    hash: str


class Late(NamedTuple):
    """What was written down after the fact, from paper: when it was done, as written there, and why."""

    done_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that an act asks for: the door adds sequence, time, person and hash.

    All figures in `data` are texts with their unit, all counts whole numbers.
    """

    stream: str
    type: str
    data: Mapping[str, Any]
    signed: Signed | None = None
    late: Late | None = None
    v: int = 1


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it was written. `version` counts within its stream, from 1; `seq` counts all, without a gap."""

    seq: int
    stream: str
    version: int
    type: str
    v: int
    at: str
    zone: str
    day: str
    by: By
    session_of: str
    device: str
    program: str
    request: str
    signature: Signature | None
    late: Late | None
    data: Mapping[str, Any]

    def envelope(self) -> dict[str, Any]:
        """Return the event as the tree whose canonical JSON is hashed."""
        return {
            "at": self.at,
            "by": self.by._asdict(),
            "data": dict(self.data),
            "day": self.day,
            "device": self.device,
            "late": None if self.late is None else self.late._asdict(),
            "program": self.program,
            "request": self.request,
            "seq": self.seq,
            "session_of": self.session_of,
            "signature": None if self.signature is None else self.signature._asdict(),
            "stream": self.stream,
            "type": self.type,
            "v": self.v,
            "version": self.version,
            "zone": self.zone,
        }

    @classmethod
    def of(cls, envelope: Mapping[str, Any]) -> Event:
        """Return the event in a tree; the inverse of `envelope`."""
        signature, late = envelope["signature"], envelope["late"]
        return cls(
            **{
                **envelope,
                "by": By(**envelope["by"]),
                "signature": None if signature is None else Signature(**signature),
                "late": None if late is None else Late(**late),
            }
        )
