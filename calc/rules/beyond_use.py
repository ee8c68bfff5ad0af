"""Until when a preparation may be used: the earliest of its base, every component's own date and what was published."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

#: What can set a beyond-use date.
LimitedBy = Literal[
    "default",
    "tablets",
    "powder",
    "dilution",
    "diluent",
    "shells",
    "vehicle",
    "ingredient",
    "study",
    "monograph",
    "recipe",
    "ceiling",
]


class DatedLimit(NamedTuple):
    """One date that a preparation may not pass, and what sets it.

    `reference` names a publication typed for the order; `hours` is what it says, where it does not say days.
    """

    by: LimitedBy
    date: date
    reference: str = ""
    hours: int | None = None


def last_day(prepared_on: date, days: int, counting: str) -> date:
    """The last day of so many days. The day of making is day 0, or day 1 by the stricter counting.

    >>> last_day(date(2026, 10, 5), 180, "day 0").isoformat()
    '2027-04-03'
    >>> last_day(date(2026, 10, 5), 180, "day 1").isoformat()
    '2027-04-02'
    """
    return prepared_on + timedelta(days=days if counting == "day 0" else days - 1)


def last_whole_day(prepared_on: date, hours: int) -> date:
    """The last day that ends before so many hours can, whenever it was made on its day; never before that day.

    >>> [last_whole_day(date(2026, 11, 30), hours).isoformat() for hours in (6, 24, 47, 48)]
    ['2026-11-30', '2026-11-30', '2026-11-30', '2026-12-01']
    """
    return prepared_on + timedelta(days=max(0, hours // 24 - 1))


def hours_end_within(prepared_on: date, hours: int, last: date) -> bool:
    """Whether so many hours can end before a last day does: what was made when its day began is the first to end.

    >>> made = date(2026, 11, 30)
    >>> hours_end_within(made, 48, date(2026, 12, 1)), hours_end_within(made, 47, date(2026, 12, 1))
    (False, True)
    """
    return timedelta(hours=hours) < last - prepared_on + timedelta(days=1)


def last_of_hours(prepared_on: date, hours: int) -> date:
    """The latest day on which so many hours can end, however late on its day it was made.

    >>> [last_of_hours(date(2026, 11, 30), hours).isoformat() for hours in (6, 24, 47, 48)]
    ['2026-12-01', '2026-12-01', '2026-12-02', '2026-12-02']
    """
    return prepared_on + timedelta(days=-(-hours // 24))


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
