"""Dates as people read them on pages and papers, written without the program's help."""

_MONTHS = [
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
]


def day_in_words(iso):
    """Return the day of an ISO date in words: "May 27, 2027" for 2027-05-27."""
    year, month, day = map(int, iso.split("-"))
    return f"{_MONTHS[month - 1]} {day}, {year}"
