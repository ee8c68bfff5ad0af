"""The rule of BP and Ph. Eur. on the contents of capsules: twenty of them, by their own mean."""

from fractions import Fraction
from typing import Any

from tests.second_engine.shown import exact, quantity

NUMBER = 20
HEAVY, NARROW, WIDE = Fraction(300), Fraction(75, 1000), Fraction(1, 10)
MOST_OUTSIDE = 2
LITTLE_DRUG, POOR = Fraction(2), Fraction(2, 100)


def contents_rule(fills: list[Fraction], dose: Fraction | None, theoretical: Fraction) -> dict[str, Any] | None:
    """The verdict on the first twenty; None of fewer, or where their mean is not above zero."""
    if len(fills) < NUMBER:
        return None
    first = fills[:NUMBER]
    mean = sum(first, Fraction(0)) / NUMBER
    if mean <= 0:
        return None
    limit = WIDE if mean < HEAVY else NARROW
    outside = [number for number, fill in enumerate(first, 1) if abs(fill - mean) > limit * mean]
    far = [number for number, fill in enumerate(first, 1) if abs(fill - mean) > 2 * limit * mean]
    return {
        "verdict": "pass" if len(outside) <= MOST_OUTSIDE and not far else "fail",
        "mean": quantity(mean, "mg", exact(mean)),
        "limit": quantity(limit, "1", exact(limit)),
        "outside": outside,
        "far_outside": far,
        "content_asked": None if dose is None else dose < LITTLE_DRUG or dose < POOR * theoretical,
    }
