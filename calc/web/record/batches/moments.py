"""Moments of the record as people read them: the time of the day, and the day with it."""

from __future__ import annotations

from datetime import date, datetime, time

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
    return on_clock(_local(at).time())


def on_clock(at: time) -> str:
    """Return a time of the day on a clock of twelve hours."""
    return f"{(at.hour + 11) % 12 + 1}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"


def moment_of(at: str) -> str:
    """Return the local day and time of a moment."""
    return f"{in_short(_local(at).date())}, {time_of(at)}"


def done_moment(done_at: str) -> str:
    """Return a local time of the record, as on a paper, with its day.

    >>> done_moment("2026-11-29 14:05")
    'Nov 29, 2026, 2:05 PM'
    """
    return f"{day_of(done_at[:10])}, {done_time(done_at)}"


def done_time(done_at: str) -> str:
    """Return a local time of the record, as on a paper, without its day."""
    return on_clock(time.fromisoformat(done_at[11:]))


def day_of(day: str) -> str:
    """Return a day of the record in words, blank for none.

    >>> day_of("2026-11-29")
    'Nov 29, 2026'
    """
    return in_short(date.fromisoformat(day)) if day else ""


def _local(at: str) -> datetime:
    return read_at(at).astimezone(zone())
