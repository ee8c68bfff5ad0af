"""What stands around a value where labels and packs print it: the noun of a count, "Discard after", "EXP".

It is taken off before a value is read, so that what is printed can be typed as it is printed.
"""

from __future__ import annotations

import re

from calc.record.batch.values import Asked
from calc.wording.until import ON_LABEL


def _around(before: str, after: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?:{before})?(?P<value>.*?)(?:{after})?", re.IGNORECASE)


def _number_of(noun: str, short: str) -> re.Pattern[str]:
    return _around("#", rf" *\b(?:{noun}|{short})s?")


#: What a label says behind a day that rests on something published.
_RESTS_ON = "|".join(re.escape(said.strip(" ")) for said in ON_LABEL.values() if said)
#: What is printed around a value, by the code of its label.
_AROUND = {
    "quantity": _number_of("capsule", "cap"),
    "made": _number_of("capsule", "cap"),
    "counted_tablet": _number_of("tablet", "tab"),
    "counted_capsule": _number_of("capsule", "cap"),
    "number_crushed": _number_of("tablet", "tab"),
    "bottles": _number_of("bottle", "btl"),
    "label_quantity": _around("", r" *\bcapsules?| +oral suspension"),
    "label_number": _around(r"batch(?: no\.?)?:? +", r" *,.*"),
    "label_until": _around(r"discard after:? +", rf" +(?:{_RESTS_ON})"),
    "expiry": _around(r"exp(?:iry|ires|iration)?(?: date)?[.:]? +|exp[.:] *"),
    "size": _around(r"(?:size:?)? *(?:no\.|#)? *"),
}


def taken_off(asked: Asked, given: str) -> str:
    """Return a value without what is printed around it; where that leaves nothing, as it was typed.

    >>> asked = Asked("made", "made", "tray", "count")
    >>> [taken_off(asked, typed) for typed in ("30 capsules", "30 tablets", "capsules")]
    ['30', '30 tablets', 'capsules']
    """
    if asked.kind == "dates":
        return "\n".join(_without(asked.label, line) for line in given.splitlines())
    return _without(asked.label, given)


def _without(label: str, line: str) -> str:
    pattern = _AROUND.get(label)
    found = pattern.fullmatch(line.strip(" ")) if pattern is not None else None
    return line if found is None else found["value"] or line
