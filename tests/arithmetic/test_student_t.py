"""Student's t distribution against a printed table, exact values, and an integration of its density in floats."""

from fractions import Fraction
from math import exp, lgamma, log, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.arithmetic.student_t import probability_below

ONE = Fraction(1)
#: Critical values, NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2; 1,000 degrees from other printed tables.
SHARES = ("0.9", "0.95", "0.975", "0.99", "0.995")
TABLE = {
    1: ("3.078", "6.314", "12.706", "31.821", "63.657"),
    2: ("1.886", "2.920", "4.303", "6.965", "9.925"),
    3: ("1.638", "2.353", "3.182", "4.541", "5.841"),
    5: ("1.476", "2.015", "2.571", "3.365", "4.032"),
    9: ("1.383", "1.833", "2.262", "2.821", "3.250"),
    10: ("1.372", "1.812", "2.228", "2.764", "3.169"),
    19: ("1.328", "1.729", "2.093", "2.539", "2.861"),
    29: ("1.311", "1.699", "2.045", "2.462", "2.756"),
    30: ("1.310", "1.697", "2.042", "2.457", "2.750"),
    60: ("1.296", "1.671", "2.000", "2.390", "2.660"),
    100: ("1.290", "1.660", "1.984", "2.364", "2.626"),
    1000: ("1.282", "1.646", "1.962", "2.330", "2.581"),
}
PI = Fraction("3.14159265358979323846264338327950288419716939937510582097494")
#: How near an exact value every answer is.
NEAR = Fraction(1, 10**50)


@pytest.mark.parametrize("degrees", TABLE)
def test_the_critical_values_of_a_printed_table(degrees):
    """Each is printed to three decimals: the true one lies half of the last on either side."""
    for share, printed in zip(SHARES, TABLE[degrees], strict=True):
        low, high = (Fraction(printed) + sign * Fraction("0.0005") for sign in (-1, 1))
        assert probability_below(low, ONE, degrees) <= Fraction(share) <= probability_below(high, ONE, degrees)


@pytest.mark.parametrize(
    ("square", "degrees", "exact"),
    [
        (Fraction(1), 1, Fraction(3, 4)),  # one degree: half, and the arctangent of one over pi
        (Fraction(18, 7), 2, Fraction(7, 8)),  # a sine of 3/4
        (Fraction(36, 7), 4, Fraction(1, 2) + Fraction(117, 256)),
        (Fraction(3), 3, Fraction(1, 2) + (Fraction(1, 2) + 1 / PI) / 2),  # an angle of a quarter of pi
        (Fraction(3), 1, Fraction(5, 6)),  # an angle of a third of pi
        (Fraction(1, 3), 1, Fraction(2, 3)),
        (Fraction(0), 1000, Fraction(1, 2)),
    ],
)
def test_values_that_are_known_exactly(square, degrees, exact):
    """The distance is the square itself over its root: t t = `square`."""
    distance = square or Fraction(0)
    found = probability_below(distance, square or ONE, degrees)
    assert abs(found - exact) <= NEAR
    assert abs(probability_below(-distance, square or ONE, degrees) - (1 - exact)) <= NEAR


def density(t, degrees):
    return exp(
        lgamma((degrees + 1) / 2)
        - lgamma(degrees / 2)
        - log(degrees * pi) / 2
        - (degrees + 1) / 2 * log(1 + t * t / degrees)
    )


def integrated(t, degrees, parts=2000):
    """Simpson's rule from the middle to t."""
    step = t / parts
    inner = sum((4 if number % 2 else 2) * density(number * step, degrees) for number in range(1, parts))
    return 0.5 + (density(0, degrees) + inner + density(t, degrees)) * step / 3


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 8, 9, 15, 29, 30, 77, 150, 999, 1000])
def test_it_is_the_integral_of_its_density(degrees):
    for t in ("0.01", "0.5", "1", "2.3", "4", "7"):
        found = probability_below(Fraction(t), ONE, degrees)
        assert abs(float(found) - integrated(float(t), degrees)) < 1e-10


@given(
    st.fractions(min_value=-50, max_value=50, max_denominator=10**6),
    st.fractions(min_value=Fraction(1, 10**9), max_value=10**6, max_denominator=10**9),
    st.integers(1, 1000),
)
def test_it_is_symmetric_and_between_nothing_and_one(distance, square, degrees):
    found = probability_below(distance, square, degrees)
    assert type(found) is Fraction
    assert 0 <= found <= 1
    assert found + probability_below(-distance, square, degrees) == 1
    assert found <= probability_below(distance + 1, square, degrees) + NEAR
    assert (found >= Fraction(1, 2)) == (distance >= 0 or found == Fraction(1, 2))


@pytest.mark.parametrize(("square", "degrees"), [(0, 9), (-1, 9), (1, 0), (1, -3)])
def test_without_spread_or_degrees_there_is_no_distribution(square, degrees):
    with pytest.raises(ValueError, match="spread above zero"):
        probability_below(ONE, Fraction(square), degrees)
