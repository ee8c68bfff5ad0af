"""Spelling of typed names: their words, what words say of tablets, and the slips of the hand between two words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1)]
_FROZEN = ConfigDict(extra="forbid", frozen=True)

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
        if min(row) > most:
            return None  # and no later row has fewer
    return row[-1] if row[-1] <= most else None


class NameWord(BaseModel):
    """A word or phrase in a drug's name that says how its tablets are made, and how it is looked for.

    `means` is extended or delayed release, or a form that is usually not crushed.
    """

    model_config = _FROZEN

    word: Text
    means: Literal["extended", "delayed", "form"]
    match: Literal["word", "phrase", "beginning", "ending"]
    reference: Text

    def is_in(self, name: list[str]) -> bool:
        """Return True if a name, as its words in small letters, holds this word or phrase."""
        if self.match == "phrase":
            phrase = self.word.split()
            return any(name[index : index + len(phrase)] == phrase for index in range(len(name)))
        if self.match == "beginning":
            return any(word.startswith(self.word) for word in name)
        if self.match == "ending":
            return any(word.endswith(self.word) for word in name)
        return self.word in name


class OfficialName(BaseModel):
    """The official name of another drug, which is never a slip for a known one."""

    model_config = _FROZEN

    name: Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
    reference: Text
