"""The outlines of closed capsules, and how far a volume fills one from its round end."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

#: Length and diameter of a closed, locked capsule in mm, by size: Capsugel Coni-Snap brochure BAS 255, p. 16 (seen as
#: a transcription). Of 0E the brochure prints two lengths; here the one of its inches, which other makers have, too.
OUTLINES = {
    "000": (Fraction("26.1"), Fraction("9.91")),
    "00E": (Fraction("25.3"), Fraction("8.53")),
    "00": (Fraction("23.3"), Fraction("8.53")),
    "0E": (Fraction("23.1"), Fraction("7.65")),
    "0": (Fraction("21.7"), Fraction("7.64")),
    "1E": (Fraction("20.4"), Fraction("6.91")),
    "1": (Fraction("19.4"), Fraction("6.91")),
    "2E": (Fraction("19.3"), Fraction("6.36")),
    "2": (Fraction("18.0"), Fraction("6.35")),
    "3": (Fraction("15.9"), Fraction("5.82")),
    "4E": (Fraction("15.8"), Fraction("5.31")),
    "4": (Fraction("14.3"), Fraction("5.32")),
    "5": (Fraction("11.1"), Fraction("4.91")),
}
PI = Fraction("3.14159265358979")
#: How fine a height is found, in parts of a mm.
FINE = 10**6


def height_of(volume: Fraction, radius: Fraction) -> Fraction:
    """Return how high a volume stands in a tube with a round end of this radius, in the unit of the radius.

    Up to half a ball the height h solves pi h^2 (3 r - h) / 3 = volume; above it the tube is even.

    >>> height_of(PI * 2 / 3, Fraction(1)), height_of(PI * 5 / 3, Fraction(1))
    (Fraction(1, 1), Fraction(2, 1))
    """
    half_ball = PI * 2 / 3 * radius**3
    if volume >= half_ball:
        return radius + (volume - half_ball) / (PI * radius**2)
    low, high, three_radii, wanted = 0, int(radius * FINE) + 1, int(3 * radius * FINE), int(3 * volume / PI * FINE**3)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**2 * (three_radii - middle) <= wanted else (low, middle)
    return Fraction(low, FINE)


def half_chord(height: Fraction, radius: Fraction) -> Fraction:
    """Return half the width of a round end at a height above its bottom.

    >>> half_chord(Fraction(1), Fraction(5)), half_chord(Fraction(5), Fraction(5))
    (Fraction(3, 1), Fraction(5, 1))
    """
    square = (2 * radius - height) * height
    return Fraction(isqrt(square.numerator * FINE**2 // square.denominator), FINE)
