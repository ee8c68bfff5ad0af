"""How a bound is tried: just inside, exactly on and just outside, in every unit that its field takes.

The neighbours of a bound are the nearest numbers that the number pattern of the contract can write. What a value means
is counted here in plain fractions, without the program's own units.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

#: What one of each unit that can be typed is, in mg, in per cent or in mL: counted here by hand.
MASSES = {"g": Fraction(1000), "mg": Fraction(1), "mcg": Fraction(1, 1000), "ug": Fraction(1, 1000)}
SHARES = {"%": Fraction(1)}
VOLUMES = {"mL": Fraction(1), "L": Fraction(1000)}
#: The numbers that can be written: up to seven digits before the point and six after it.
STEP, MOST = Fraction(1, 10**6), Fraction(9_999_999_999_999, 10**6)


def written(number, *, padded=False):
    """A number as the contract writes one, with all its six decimals or none too many."""
    text = f"{Decimal(number.numerator) / Decimal(number.denominator):.6f}"
    assert Fraction(text) == number
    return text if padded else text.rstrip("0").rstrip(".")


def neighbours(number, step):
    """The multiples of a step that can be written just below `number`, exactly on it and just above it."""
    for scaled in sorted({ceil(number / step) - 1, floor(number / step), floor(number / step) + 1}):
        if 0 <= scaled * step <= MOST:
            yield scaled * step


def around(at, units, step=STEP):
    """Texts of the values around `at`, in each of these units, each with the value that it means."""
    if not units:
        yield from ((count, Fraction(count)) for count in (int(at) - 1, int(at), int(at) + 1))
    for unit, size in units.items():
        for number in neighbours(at / size, step):
            yield f"{written(number)} {unit}", number * size
            if number * size == at:
                yield f" {written(number, padded=True)}  {unit} ", at


def faults_of(answer):
    return [(fault["code"], fault["field"]) for fault in answer.get_json().get("faults", [])]


def means_the_same(understood, means, units):
    """Whether the order understood holds exactly the value that was typed."""
    if not units:
        return understood == means
    number, _, unit = understood.partition(" ")
    return Fraction(number) * units[unit] == means


@dataclass(frozen=True)
class Probe:
    """An order whose field at `path` is moved over a bound at `at` (in mg, per cent, or a count).

    `sign` is what the answer then shows, and `where` says on which side of the bound it does.
    """

    order: dict
    path: str
    at: Fraction
    where: object
    sign: tuple
    units: dict
    step: Fraction = STEP
