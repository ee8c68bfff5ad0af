"""When and by whom an act is done: what the door writes on each event, and what rules ask of the moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from calc.record.envelope import By


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
