"""Numbers times powers of ten: what has no end is refused, not searched for."""

from fractions import Fraction

import pytest

from calc.arithmetic.grids import is_round, times_powers_of_ten


@pytest.mark.parametrize("number", [0, -1, -10])
def test_digits_are_looked_for_only_above_zero(number):
    with pytest.raises(ValueError, match="not above zero"):
        is_round(Fraction(number), (Fraction(1),))


@pytest.mark.parametrize(("number", "low"), [(1, 0), (1, -5), (0, 1), (-1, 1)])
def test_products_are_listed_only_from_a_bound_above_zero(number, low):
    with pytest.raises(ValueError, match="above zero"):
        times_powers_of_ten((Fraction(number),), Fraction(low), Fraction(30))
