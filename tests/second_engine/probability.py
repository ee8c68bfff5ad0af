"""How sure the dose of one more capsule is: the fills that were weighed, together with the weighings of the batch."""

import math
from fractions import Fraction
from typing import Any

from tests.second_engine.roots import root_quantity
from tests.second_engine.shown import exact, fixed, quantity
from tests.second_engine.student import between

LABELS = (Fraction(1), Fraction(95, 100), Fraction(9, 10))
LOW, HIGH = Fraction(9, 10), Fraction(11, 10)
MOST_FREEDOM = 1000
PLACES = 12


def _root_of(figure: dict[str, str]) -> Fraction:
    """The square of a figure written as a root."""
    return Fraction(figure["exact"][len("sqrt(") : -1])


def within(content: Fraction, combined_square: Fraction, freedom: int) -> Fraction:
    """The probability that a capsule holds 90 to 110 % of the dose ordered."""
    if not combined_square:
        return Fraction(LOW <= content <= HIGH)
    one = math.sqrt(combined_square) * content
    return between(freedom, (LOW - content) / one, (HIGH - content) / one)


def probability_shown(probability: Fraction) -> dict[str, str]:
    """To 0.1 %, and exact to twelve places, which are never those of 0 or 1 where it is not certain."""
    last = Fraction(1, 10**PLACES)
    kept = probability if probability in (0, 1) else min(max(probability, last), 1 - last)
    return quantity(probability, "1", fixed(probability, 3)) | {"exact": fixed(kept, PLACES)}


def spread_of_check(planned: dict[str, Any], fills: list[Fraction], theoretical: Fraction) -> dict[str, Any]:
    """The spread of a check by weight; `planned` is that of its order's plan."""
    number = len(fills)
    mean = sum(fills, Fraction(0)) / number
    shift = mean / theoretical - 1
    answer: dict[str, Any] = {
        "batch": planned["batch"],
        "largest": planned["largest"],
        "fill": None,
        "fill_shift": quantity(shift, "1", exact(shift)),
        "combined": None,
        "degrees_of_freedom": None,
        "within": [],
    }
    if mean <= 0 or number == 1:
        return answer
    variance = sum(((fill - mean) ** 2 for fill in fills), Fraction(0)) / (number - 1)
    fill = variance / mean**2 * (1 + Fraction(1, number))
    combined = _root_of(planned["batch"]) + fill
    freedom = MOST_FREEDOM if not fill else min(MOST_FREEDOM, int((number - 1) * combined**2 / fill**2))
    known = (1 + Fraction(planned["shift"]["exact"])) * (1 + shift)
    most = max((_root_of(term["of_dose"]) for term in planned["terms"]), default=Fraction(0))
    if fill > most:
        answer["largest"] = {"name": "fill", "step": 1}
    return answer | {
        "fill": root_quantity(fill),
        "combined": root_quantity(combined),
        "degrees_of_freedom": freedom,
        "within": [
            {
                "label": exact(label),
                "content": quantity(label * known, "1", exact(label * known)),
                "probability": probability_shown(within(label * known, combined, freedom)),
            }
            for label in LABELS
        ],
    }
