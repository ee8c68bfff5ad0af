"""Student's t: the probability between two bounds, by integrating its density."""

import math
from fractions import Fraction

#: Nodes and weights of Gauss and Legendre for five points, from their closed forms.
_INNER = math.sqrt(5 - 2 * math.sqrt(10 / 7)) / 3
_OUTER = math.sqrt(5 + 2 * math.sqrt(10 / 7)) / 3
_HEAVY, _LIGHT = (322 + 13 * math.sqrt(70)) / 900, (322 - 13 * math.sqrt(70)) / 900
GAUSS = ((-_OUTER, _LIGHT), (-_INNER, _HEAVY), (0.0, 128 / 225), (_INNER, _HEAVY), (_OUTER, _LIGHT))
PANELS = 400
#: Beyond so many standard deviations of the integrand nothing is left.
FAR = 14


def between(freedom: int, low: Fraction, high: Fraction) -> Fraction:
    """P(low <= t <= high) with so many degrees of freedom.

    With t = sqrt(nu) tan(a) the density becomes c cos(a)^(nu - 1) on a stretch that ends: smooth, and as narrow as
    1 / sqrt(nu), which is where it is looked at.
    """
    scale = math.sqrt(freedom)
    edge = min(math.pi / 2, FAR / scale)
    start, end = (max(-edge, min(edge, math.atan(bound / scale))) for bound in (low, high))
    constant = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(math.pi)
    half = (end - start) / (2 * PANELS)
    heights = []
    for panel in range(PANELS):
        middle = start + (2 * panel + 1) * half
        heights += [weight * math.cos(middle + node * half) ** (freedom - 1) for node, weight in GAUSS]
    return Fraction(constant * half * math.fsum(heights))
