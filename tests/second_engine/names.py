"""What the name of a drug without a file gives away: its form, and whether a known drug may be meant."""

import re

from tests.second_engine.tables import DEFAULT_DRUG

EXTENDED = re.compile(
    r"\b(ER|XR|SR|CR|LA|XL|XT|SA|CD|CC|TR|TD|MR|PA|24[ -]hour|12[ -]hour|extended|prolonged|sustained|controlled"
    r"|modified|slow|oros|contin|retard)\b",
    re.IGNORECASE,
)
#: "Dr." is a title.
DELAYED = re.compile(r"\b(EC|DR(?!\.)|delayed|enteric|gastro-resistant)\b", re.IGNORECASE)
#: A film coat keeps nothing back.
UNCRUSHED = re.compile(r"\b(ODT|(?<!film[ -])coated|softgel|liquid-filled)\b", re.IGNORECASE)
LONG_NAME = 8


def steps_between(one: str, other: str) -> int:
    """Letters changed, lost, added or swapped with the next one, from one word to the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        after = [at]
        for place, its in enumerate(other, 1):
            fewest = min(row[place] + 1, after[-1] + 1, row[place - 1] + (letter != its))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == its:
                fewest = min(fewest, before[place - 2] + 1)
            after.append(fewest)
        before, row = row, after
    return row[-1]


def is_a_slip(name: str) -> bool:
    """Whether the name is one slip away from the known drug, two of a long name."""
    slips = 2 if len(name) >= LONG_NAME else 1
    return 0 < steps_between(name.casefold(), DEFAULT_DRUG) <= slips
