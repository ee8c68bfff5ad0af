"""No-break spaces stand where a plain reading of the rule puts them, in texts strung together by chance."""

import random
import re

from calc.wording.no_break import unbroken

PIECES = [
    "1",
    "20",
    "0.432",
    ".5",
    "1,500",
    "5...",
    "1.2.3",
    ",",
    ".",
    "...",
    "_",
    "-",
    "(",
    "x",
    "T1",
    "\u00e9",
    "\u00a0",
]
PIECES += [
    "g",
    "mg",
    "mcg",
    "mL",
    "%",
    "\u00b0C",
    "tablet",
    "tablets",
    "capsules",
    "days",
    "gone",
    "May",
    "June",
    "Mayor",
]
PIECES += ["May 3, 2027", "June 27, 2027", "May 3,", "2027", *[" "] * 12]
UNIT = re.compile(r"(?:g|mg|mcg|mL|tablets?|capsules?|shells?|weeks?|days?)\b|%|\u00b0", re.ASCII)
NUMBER = re.compile(r"[\d,]*\.?\d+(?:\.\.\.)?", re.ASCII)


def plainly(text):
    """The text by the rule: before a unit, the whole of what can be of a number is one; then months before days."""
    kept = list(text)
    for at, letter in enumerate(text):
        before = re.search(r"[\w.,]*\Z", text[:at], re.ASCII)[0]
        if letter == " " and UNIT.match(text, at + 1) and NUMBER.fullmatch(before):
            kept[at] = "\u00a0"
    return re.sub(r"\b(May|June) (?=\d{1,2}, \d{4})", "\\1\u00a0", "".join(kept), flags=re.ASCII)


def test_a_space_is_kept_between_a_number_and_its_unit_and_nowhere_else():
    rng = random.Random("no break")
    changed = 0
    for _ in range(20_000):
        text = "".join(rng.choice(PIECES) for _ in range(rng.randrange(1, 12)))
        assert unbroken(text) == plainly(text)
        changed += unbroken(text) != text
    assert changed > 1_000
