"""How two readings of one thing are compared (`docs/record.md`, "How values are compared"), from texts."""

import calendar
import re
from datetime import date
from fractions import Fraction

IN_MG = {"mg": Fraction(1), "g": Fraction(1000), "mcg": Fraction(1, 1000)}
#: Two steps of a balance of 1 mg, whose repeatability is not stated: four times 0.41 mg are less.
TOLERANCE = 2
SAME_DRUG = {"naltrexone", "naltrexone hcl", "naltrexone hydrochloride"}


def last_day(text):
    """A day, or the last day of a month."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 2:
        parts.append(calendar.monthrange(*parts)[1])
    return date(*parts)


def normal_lot(text):
    """A lot as it is compared: upper case, without blanks and hyphens."""
    return re.sub(r"[\s-]", "", text).upper()


def in_mg(text):
    """A mass in mg; None if it is none."""
    found = re.fullmatch(r"([0-9]+(?:[./][0-9]+)?) ?(mg|g|mcg)", text)
    return None if found is None else Fraction(found[1]) * IN_MG[found[2]]


def agree(name, there, text):
    """Whether what was read agrees with what is there."""
    if isinstance(there, list):
        read = text.split("\n")
        if name.endswith("expiry"):
            return sorted(last_day(each).isoformat() for each in read) == sorted(there)
        return sorted(map(normal_lot, read)) == sorted(there)
    if name in ("drug", "source_drug", "label_drug"):
        return text.lower() in SAME_DRUG
    one, other = in_mg(there), in_mg(text)
    if one is None or other is None:
        return there == text
    weighed = name not in ("dose", "source_strength", "label_strength")
    return abs(one - other) <= (TOLERANCE if weighed else 0)
