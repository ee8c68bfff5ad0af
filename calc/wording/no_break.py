"""No-break spaces that keep a number and its unit, and a month and its day, on one line."""

from __future__ import annotations

import re
from typing import Any

from calc.wording.dates import MONTHS

_UNITS = "g|mg|mcg|mL|tablets?|capsules?|shells?|weeks?|days?"
#: Both end with the space that is not broken. A number is looked for by what it begins with, and nothing of it stands
#: before that: then come the decimals alone, or the rest of the whole number and its decimals.
_NUMBER_AND_UNIT = re.compile(
    r"[\d,.](?<![\w,.].)(?:(?<=\.)\d++|(?<!\.)[\d,]*+(?:\.\d++)?+(?<=\d))(?:\.\.\.)? "
    rf"(?=(?:{_UNITS})\b|%|\u00b0)",
    re.ASCII,
)
_MONTH_AND_DAY = re.compile(rf"\b(?:{'|'.join(MONTHS)}) (?=\d{{1,2}}, \d{{4}})", re.ASCII)


def unbroken(text: str) -> str:
    """Return the text with a no-break space between each number and its unit, and between a month and its day.

    >>> unbroken("Crush 3 tablets, weigh 0.432 g").count(chr(0xA0))
    2
    >>> unbroken("Discard after May 27, 2027").count(chr(0xA0))
    1
    """
    joined = _joined(text, _NUMBER_AND_UNIT)
    return _joined(joined, _MONTH_AND_DAY) if ", " in joined else joined


def unbroken_in(content: Any) -> Any:
    """Return the content with every number kept beside its unit; a row of a code's modules is left as it is."""
    if isinstance(content, str):
        return unbroken(content)
    if isinstance(content, dict):
        return {name: unbroken_in(value) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return content if content and isinstance(content[0], int) else [unbroken_in(item) for item in content]
    return content


def _joined(text: str, ending: re.Pattern[str]) -> str:
    """Return the text with a no-break space at the end of everything that matches."""
    found = ending.search(text)
    while found:
        end = found.end()
        text = f"{text[: end - 1]}\u00a0{text[end:]}"
        found = ending.search(text, end)
    return text
