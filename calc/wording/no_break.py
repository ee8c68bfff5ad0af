"""No-break spaces that keep a number and its unit, and a month and its day, on one line."""

from __future__ import annotations

import re
from typing import Any

from calc.wording.dates import MONTHS

_UNITS = "g|mg|mcg|mL|tablets?|capsules?|shells?|weeks?|days?"
_NUMBER_AND_UNIT = re.compile(rf"(?<![\w.,])([-+\u2212]?[\d,]*\.?\d+(?:\.\.\.)?) (?=(?:{_UNITS})\b|%|\u00b0)", re.ASCII)
_MONTH_AND_DAY = re.compile(rf"\b({'|'.join(MONTHS)}) (?=\d{{1,2}}, \d{{4}})", re.ASCII)
_MONTH_AND_DAY = re.compile(rf"\b({'|'.join(MONTHS)}) (?=\d{{1,2}}, \d{{4}})", re.ASCII)
_MONTH_AND_DAY = re.compile(rf"\b({'|'.join(MONTHS)}) (?=\d{{1,2}}, \d{{4}})", re.ASCII)


def unbroken(text: str) -> str:
    """Return the text with a no-break space between each number and its unit, and between a month and its day.

    >>> unbroken("Crush 3 tablets, weigh 0.432 g").count(chr(0xA0))
    2
    >>> unbroken("Discard after May 27, 2027").count(chr(0xA0))
    1
    """
    return _MONTH_AND_DAY.sub(_joined, _NUMBER_AND_UNIT.sub(_joined, text))


def unbroken_in(content: Any) -> Any:
    """Return the content with every number kept beside its unit; a row of a code's modules is left as it is."""
    if isinstance(content, str):
        return unbroken(content)
    if isinstance(content, dict):
        return {name: unbroken_in(value) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return content if content and isinstance(content[0], int) else [unbroken_in(item) for item in content]
    return content


def _joined(found: re.Match[str]) -> str:
    """Return a number or a month with a no-break space after it."""
    return f"{found[1]}\u00a0"
