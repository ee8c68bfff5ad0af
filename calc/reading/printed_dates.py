"""Dates with the month as a word, as packs and our own labels print them, turned into figures; nothing is guessed."""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY, _YEAR, _BETWEEN = r"(?P<day>[0-9]{1,2})", r"(?P<year>[0-9]{4})", r"[ \-/]*"
_DATES = tuple(
    re.compile(text, re.ASCII | re.IGNORECASE)
    for text in (
        rf"{_MONTH} {_DAY}(?:, ?| ){_YEAR}",
        rf"{_DAY}{_BETWEEN}{_MONTH},?{_BETWEEN}{_YEAR}",
        rf"{_YEAR}{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY}",
    )
)
_MONTHS_OF_YEARS = tuple(
    re.compile(text, re.ASCII | re.IGNORECASE)
    for text in (rf"{_MONTH},?{_BETWEEN}{_YEAR}", rf"{_YEAR}{_BETWEEN}{_MONTH}")
)


def day_in_figures(text: str) -> str:
    """Return a day whose month is written as a word with the month in figures; all else as it is.

    >>> day_in_figures("May 28, 2027"), day_in_figures("31 MAY 2028"), day_in_figures("2028-Feb-29")
    ('2027-05-28', '2028-05-31', '2028-02-29')
    >>> day_in_figures("03/04/2028"), day_in_figures("May 28"), day_in_figures("May 28, 27")
    ('03/04/2028', 'May 28', 'May 28, 27')
    """
    for pattern in _DATES:
        if found := pattern.fullmatch(text):
            return f"{found['year']}-{_number(found['month']):02}-{int(found['day']):02}"
    return text


def month_in_figures(text: str) -> str:
    """Return a month of a year, the month written as a word, in figures; all else as it is.

    >>> month_in_figures("MAY 2028"), month_in_figures("2028-SEPT"), month_in_figures("05/2028")
    ('2028-05', '2028-09', '05/2028')
    """
    for pattern in _MONTHS_OF_YEARS:
        if found := pattern.fullmatch(text):
            return f"{found['year']}-{_number(found['month']):02}"
    return text


def _number(month: str) -> int:
    return _MONTHS.index(month[:3].lower()) + 1
