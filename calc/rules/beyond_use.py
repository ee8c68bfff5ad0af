"""Until when a preparation may be used: the earliest of the default, every component's own date and a cited study."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

#: What can set a beyond-use date.
LimitedBy = Literal["default", "tablets", "powder", "diluent", "shells", "vehicle", "study"]


class DatedLimit(NamedTuple):
    """One date that a preparation may not pass, and what sets it; `reference` names a study typed for the order."""

    by: LimitedBy
    date: date
    reference: str = ""


def last_day(prepared_on: date, days: int, counting: str) -> date:
    """The last day of so many days. The day of making is day 0, or day 1 by the stricter counting.

    >>> last_day(date(2026, 10, 5), 180, "day 0").isoformat()
    '2027-04-03'
    >>> last_day(date(2026, 10, 5), 180, "day 1").isoformat()
    '2027-04-02'
    """
    return prepared_on + timedelta(days=days if counting == "day 0" else days - 1)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; of a leap day the 28th.

    >>> years_after(date(2026, 11, 29), 5).isoformat(), years_after(date(2028, 2, 29), 5).isoformat()
    ('2031-11-29', '2033-02-28')
    """
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)


def earliest(limits: tuple[DatedLimit, ...]) -> DatedLimit:
    """The limit that binds: the earliest, and of equal ones the first named."""
    return min(limits, key=lambda limit: limit.date)


def usable_on(day: date, last: date) -> bool:
    """Whether something may be used on a day: on its last day (beyond-use date, expiry) still, not after it.

    >>> usable_on(date(2027, 7, 2), date(2027, 7, 2)), usable_on(date(2027, 7, 3), date(2027, 7, 2))
    (True, False)
    """
    return day <= last
