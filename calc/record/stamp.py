"""When and by whom an act is done: what the door writes on each event, and what rules ask of the moment."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from calc.record.envelope import By, Draft, Event, Signature


class Moment(NamedTuple):
    """A moment: `at` in UTC, the name of the local time zone, and the local day."""

    at: datetime
    zone: str
    day: date


class Stamp(NamedTuple):
    """Who asks for an act and from where, and the number of the request with the digest of what was sent.

    `by` is who signs, or whose session it is; `session_of` is whose screen it was.
    """

    by: By
    session_of: str
    device: str
    request: str
    digest: str


def stamped(
    draft: Draft, seq: int, version: int, signature: Signature | None, stamp: Stamp, moment: Moment, program: str
) -> Event:
    """Return the event that a draft becomes at its place in the record and in its stream."""
    return Event(
        seq=seq,
        stream=draft.stream,
        version=version,
        type=draft.type,
        v=draft.v,
        at=written_at(moment.at),
        zone=moment.zone,
        day=moment.day.isoformat(),
        by=stamp.by,
        session_of=stamp.session_of,
        device=stamp.device,
        program=program,
        request=stamp.request,
        signature=signature,
        late=draft.late,
        data=draft.data,
    )


def written_at(at: datetime) -> str:
    """Return a moment as events have it, in UTC with milliseconds.

    >>> written_at(datetime(2026, 11, 29, 18, 44, 2, 118900, tzinfo=UTC))
    '2026-11-29T18:44:02.118Z'
    """
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def read_at(text: str) -> datetime:
    """Return the moment in an event's text; the inverse of `written_at`."""
    return datetime.fromisoformat(text)


def local(at: str, zone: str) -> str:
    """Return a moment in UTC as local date and time.

    >>> local("2026-11-29T18:44:02.118Z", "America/Chicago")
    '2026-11-29 12:44'
    """
    return read_at(at).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def done_at(event: Event) -> str:
    """Return the local time at which something was done: as on paper, if it was written down later."""
    return local(event.at, event.zone) if event.late is None else event.late.done_at
