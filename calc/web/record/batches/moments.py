"""Moments of the record as people read them: the time of the day, and the day with it."""

from __future__ import annotations

from datetime import date, datetime

from calc.record.stamp import read_at
from calc.service.clock import zone
from calc.wording.dates import in_short


def time_of(at: str) -> str:
    """Return the local time of a moment, on a clock of twelve hours.

    >>> import os
    >>> os.environ["TRITURATE_TZ"] = "UTC"
    >>> time_of("2026-11-29T00:04:02.118Z"), time_of("2026-11-29T13:30:00.000Z")
    ('12:04 AM', '1:30 PM')
    >>> del os.environ["TRITURATE_TZ"]
    """
    local = _local(at)
    return f"{(local.hour + 11) % 12 + 1}:{local.minute:02} {'AM' if local.hour < 12 else 'PM'}"


def moment_of(at: str) -> str:
    """Return the local day and time of a moment."""
    return f"{in_short(_local(at).date())}, {time_of(at)}"


def day_of(day: str) -> str:
    """Return a day of the record in words, blank for none.

    >>> day_of("2026-11-29")
    'Nov 29, 2026'
    """
    return in_short(date.fromisoformat(day)) if day else ""


def _local(at: str) -> datetime:
    return read_at(at).astimezone(zone())
