"""Roots are written as the standard library's `decimal` writes them, with far more digits than are shown."""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from calc.arithmetic.roots import Root
from calc.arithmetic.units import RATIO

MANY = Context(prec=200)
PARTS = st.fractions(min_value=0, max_value=10**6, max_denominator=10**9)


def exactly(root):
    """The value to two hundred digits, which no half lies beyond."""
    square, plus = (
        MANY.divide(Decimal(part.numerator), Decimal(part.denominator)) for part in (root.square, root.plus)
    )
    return MANY.add(MANY.sqrt(square), plus)


@given(PARTS, PARTS | st.just(Fraction(0)), st.integers(1, 9))
def test_significant_digits_are_those_of_the_standard_library(square, plus, digits):
    root = Root(square, RATIO, plus)
    ratio, percent = root.as_ratio_and_percent(digits)
    assert ratio == root.significant(digits)
    for text, times in ((ratio, 1), (percent, 100)):
        wanted = MANY.multiply(exactly(root), Decimal(times))
        if wanted >= Decimal(10) ** digits:  # nothing before the point is rounded
            wanted = wanted.quantize(Decimal(1), ROUND_HALF_UP, MANY)
        else:
            wanted = Context(prec=digits, rounding=ROUND_HALF_UP).plus(wanted)
        assert Decimal(text) == wanted
        assert "." not in text or not text.endswith("0")


@given(PARTS, PARTS | st.just(Fraction(0)))
def test_shown_work_cuts_a_root_off_after_six_significant_digits(square, plus):
    root = Root(square, RATIO, plus)
    text = root.working().replace(",", "")
    if text.endswith("..."):
        cut = Decimal(text.removesuffix("..."))
        assert 0 <= MANY.subtract(exactly(root), cut) < Decimal(1).scaleb(cut.as_tuple().exponent)
    else:
        assert Decimal(text) == exactly(root)
