"""A date in words, for people: on pages, labels and leaflets; JSON and the record keep the ISO form."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def in_words(day: date) -> str:
    """Return a date as Americans write it out, whatever language the computer speaks.

    >>> in_words(date(2027, 5, 27)), in_words(date(2026, 12, 1))
    ('May 27, 2027', 'December 1, 2026')
    """
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def with_weekday(day: date) -> str:
    """Return a date with its weekday, both in short, as a calendar has it.

    >>> with_weekday(date(2026, 11, 29))
    'Sun, Nov 29, 2026'
    """
    return f"{WEEKDAYS[day.weekday()][:3]}, {in_short(day)}"


def in_short(day: date) -> str:
    """Return a date in words with its month cut to three letters, where a line is short.

    >>> in_short(date(2026, 11, 29))
    'Nov 29, 2026'
    """
    return f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}"
