"""Verdicts on a batch of capsules: of its masses, of their count, and of what became of the blend."""

from fractions import Fraction

PASS, EXPLAIN, HOLD, FAIL = "pass", "explain", "hold", "fail"
WORST = (FAIL, HOLD, EXPLAIN, PASS)
USUAL, LOW = Fraction(97, 100), Fraction(90, 100)
MISSING = 2, Fraction(1, 10)
ABOVE = Fraction(1, 100)


def of_count(planned: int | None, made: int | None) -> str | None:
    """Of how many were made; None where that is not known."""
    if planned is None or made is None:
        return None
    part, missing = Fraction(made, planned), planned - made
    if missing < 0 or part < LOW:
        return HOLD
    few = part < USUAL and missing >= MISSING[0]
    return EXPLAIN if few or missing >= MISSING[1] * planned else PASS


def of_mass_balance(balance: Fraction, square: Fraction, missing: Fraction, one_fill: Fraction) -> str:
    """Of the part of the blend that is found again; `square` is of its uncertainty, `missing` the mass that is not."""
    over = balance - 1
    if (over > ABOVE and over**2 > 4 * square) or balance < LOW:
        return HOLD
    return EXPLAIN if balance < USUAL and missing > one_fill else PASS


def worst(verdicts: list[str | None]) -> str:
    """The worst of some verdicts."""
    return min((one for one in verdicts if one is not None), key=WORST.index)
