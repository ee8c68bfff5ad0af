"""The only clock: the present moment, and today's date in the time zone of `TRITURATE_TZ` or the machine's own."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class BadSetting(Exception):
    """An invalid environment variable; the program does not start."""


def zone() -> ZoneInfo | None:
    """Return the time zone of all dates, or None for the machine's own; raises `BadSetting` for an unknown one."""
    name = os.environ.get("TRITURATE_TZ")
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise BadSetting(f"TRITURATE_TZ: {name!r} is not a time zone") from fault


def today() -> date:
    """Return today's date in that zone."""
    return datetime.now(zone()).date()  # noqa: TID251 - the only clock


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the only clock
