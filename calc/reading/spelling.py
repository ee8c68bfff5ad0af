"""Spelling of typed names: their words, and how many slips of the hand lie between two words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

#: Letters with points between them ("E.R."), and capitals written onto a name ("ToprolXL").
_POINTED = re.compile(r"\b([A-Za-z])\.([A-Za-z])\b\.?")
_CAPITALS_AT_THE_END = re.compile(r"(?<=[a-z])(?=[A-Z]{2}\b)")
#: A title before a person's name, which is no word of a drug.
_TITLE = re.compile(r"\b(?:Dr|dr|Mr|mr)\.")
_WORDS = re.compile(r"[a-z]+|[0-9]+")


def words_of(typed: str) -> list[str]:
    """Return the words and numbers of a typed name in small letters, without the title of a person.

    >>> words_of("Metoprolol E.R. 24-hour"), words_of("Dr. Smith's ToprolXL")
    (['metoprolol', 'er', '24', 'hour'], ['smith', 's', 'toprol', 'xl'])
    """
    plain = _POINTED.sub(r"\1\2", _TITLE.sub(" ", typed))
    return _WORDS.findall(_CAPITALS_AT_THE_END.sub(" ", plain).lower())


def spellings_in(typed: str) -> Iterator[str]:
    """Yield what may stand for one name in a typed text: each word, two neighbors joined, and all letters joined.

    >>> list(spellings_in("nal trexone"))
    ['nal', 'trexone', 'naltrexone', 'naltrexone']
    """
    words = [word for word in words_of(typed) if word.isalpha()]
    yield from words
    yield from (first + second for first, second in pairwise(words))
    yield "".join(words)


def slips_between(typed: str, known: str, most: int) -> int | None:
    """Return the fewest slips from one word to another, or None if there are more than `most`.

    A slip changes, loses or adds one letter, or swaps two neighbors.

    >>> slips_between("naltrexoen", "naltrexone", 2), slips_between("naltrexonum", "naltrexone", 2)
    (1, 2)
    >>> slips_between("aspirin", "naltrexone", 2) is None
    True
    """
    if abs(len(typed) - len(known)) > most:
        return None
    before: list[int] = []
    row = list(range(len(known) + 1))
    for index, letter in enumerate(typed, start=1):
        older, before = before, row
        row = [index]
        for place, other in enumerate(known, start=1):
            slips = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != other))
            swapped = index > 1 and place > 1 and letter == known[place - 2] and typed[index - 2] == other
            row.append(min(slips, older[place - 2] + 1) if swapped else slips)
    return row[-1] if row[-1] <= most else None
