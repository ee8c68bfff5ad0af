"""Pydantic types for dates: a day of the calendar, and the expiry that a maker prints on a pack."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from calc import limits
from calc.reading.fields import Reader, refuse, stripped
from calc.reading.numbers import shortened

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
#: A month, in ISO or with day 00 as in a GS1 code; and as packs have it, 05/2027 or 05/27.
ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})(?:-00)?", re.ASCII)
PACK_MONTH = re.compile(r"([0-9]{1,2})/([0-9]{4}|[0-9]{2})", re.ASCII)
US_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", re.ASCII)
CENTURY = 2000
EARLIEST, LATEST = date.fromisoformat(limits.EARLIEST_DATE), date.fromisoformat(limits.LATEST_DATE)


def _date(given: Any) -> date:
    if isinstance(given, date):
        return given
    # A date in its pattern holds nothing hidden, so most dates need no look at each character.
    plainly = isinstance(given, str) and len(given) <= limits.LONGEST_TEXT and ISO_DATE.fullmatch(given.strip(" "))
    text = plainly[0] if plainly else stripped(given, "date")
    if not ISO_DATE.fullmatch(text):
        raise refuse("date_format", typed=shortened(text))
    try:
        day = date.fromisoformat(text)
    except ValueError as fault:
        raise refuse("no_such_day", typed=text) from fault
    if not EARLIEST <= day <= LATEST:
        raise refuse("out_of_range", typed=day, low=EARLIEST, high=LATEST)
    return day


def _expiry(given: Any) -> date:
    """Parse a maker's expiry: a day, or a month, which stands for its last day."""
    if not isinstance(given, str) or (month := _month(given.strip(" "))) is None:
        return _date(given)
    year, number = month
    if year < 1 or not 1 <= number <= 12:
        raise refuse("no_such_day", typed=given.strip(" "))
    return _date(f"{year:04}-{number:02}-{calendar.monthrange(year, number)[1]:02}")


def _month(text: str) -> tuple[int, int] | None:
    """Return year and month of an expiry that names no day: as written here, in a GS1 code, or on a pack."""
    if match := ISO_MONTH.fullmatch(text):
        return int(match[1]), int(match[2])
    if match := PACK_MONTH.fullmatch(text):
        return int(match[2]) + (CENTURY if len(match[2]) == 2 else 0), int(match[1])
    return None


def said_back(given: Any) -> date | None:
    """Return the day that an expiry was read as, if it is not written as here: "05/2027", "05/27", "2027-07-00".

    >>> said_back("05/27"), said_back("2027-07-00"), said_back("2027-05")
    (datetime.date(2027, 5, 31), datetime.date(2027, 7, 31), None)
    """
    text = given.strip(" ") if isinstance(given, str) else ""
    if not (PACK_MONTH.fullmatch(text) or text.endswith("-00")):
        return None
    try:
        return _expiry(text)
    except PydanticCustomError:
        return None


_DATE_SCHEMA = {"type": "string", "pattern": r"^ *[0-9]{4}-[0-9]{2}-[0-9]{2} *$", "examples": ["2027-05-21"]}
_EXPIRY_SCHEMA = {
    "type": "string",
    "pattern": r"^ *([0-9]{4}-[0-9]{2}(-[0-9]{2}|-00)?|[0-9]{1,2}/([0-9]{4}|[0-9]{2})) *$",
    "examples": ["2027-05"],
}
CalendarDate = Annotated[date, Reader(_date, _DATE_SCHEMA, date.isoformat)]
Expiry = Annotated[date, Reader(_expiry, _EXPIRY_SCHEMA, date.isoformat)]


def _american(given: Any) -> date:
    """Parse a day as Americans type it, 11/29/2026, or as elsewhere here, 2026-11-29."""
    match = US_DATE.fullmatch(given.strip(" ")) if isinstance(given, str) else None
    if match is None:
        return _date(given)
    month, day, year = (int(part) for part in match.groups())
    return _date(f"{year:04}-{month:02}-{day:02}")


DayOfAmericans = Annotated[date, Reader(_american, {"type": "string", "examples": ["11/29/2026"]}, date.isoformat)]


def peek_date(given: Any) -> date | None:
    """Return the date in a field, or None if there is none or it cannot be parsed (its own fault says so)."""
    if given is None:
        return None
    try:
        return _date(given)
    except PydanticCustomError:
        return None
