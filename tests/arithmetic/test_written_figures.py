"""How figures are written, at the edges of each rule, by hand.

As the project has it of figures in print: half up from the exact figure, a point for decimals, a zero before it and
none trailing, commas from 1,000, a space before the unit; in shown work six significant digits of what never ends.
"""

import decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.arithmetic import notation
from calc.arithmetic.units import CAPSULE, LITER, MCG, MG, ML, PERCENT, RATIO, TABLET, G, WrongUnit, figure
from calc.reading.fields import canonical

ENDING = [
    ("9/2", "4.5"), ("12", "12"), ("-12", "-12"), ("1/8", "0.125"), ("-1/8", "-0.125"), ("1/5", "0.2"),
    ("3/40", "0.075"), ("1/1024", "0.0009765625"), ("1/3125", "0.00032"), ("21/2", "10.5"), ("0", "0"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "text"), ENDING)
def test_a_decimal_that_ends_is_written_in_full(value, text):
    assert notation.decimal(Fraction(value)) == notation.exact(Fraction(value)) == text


@pytest.mark.parametrize("value", ["1/3", "-2/3", "1/6", "7/12", "1/7", "1/15", "22/7"])
def test_one_that_never_ends_is_written_as_a_fraction(value):
    assert notation.decimal(Fraction(value)) is None
    assert notation.exact(Fraction(value)) == value


ROUNDED = [
    ("1/3", 2, "0.33"), ("2/3", 0, "1"), ("5/2", 0, "3"), ("-5/2", 0, "-3"), ("9/20", 1, "0.5"), ("0", 2, "0.00"),
    ("-1/200", 2, "-0.01"), ("1234", 2, "1234.00"), ("12.345", 2, "12.35"), ("-0.049", 1, "0.0"), ("7/5", 0, "1"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "decimals", "text"), ROUNDED)
def test_so_many_decimals_are_rounded_half_up_and_all_written(value, decimals, text):
    assert notation.fixed(Fraction(value), decimals) == text


POINTED = [
    (5, 0, "5"), (5, 1, "0.5"), (5, 2, "0.05"), (1234, 2, "12.34"), (-5, 2, "-0.05"), (-1234, 3, "-1.234"),
    (0, 2, "0.00"), (10, 1, "1.0"), (-7, 0, "-7"),
]  # fmt: skip


@pytest.mark.parametrize(("whole", "decimals", "text"), POINTED)
def test_a_point_is_set_so_many_digits_from_the_right(whole, decimals, text):
    assert notation.with_point(whole, decimals) == text


SIGNIFICANT = [
    ("4.4989", 4, "4.499"), ("1/30000", 2, "0.000033"), ("1", 4, "1"), ("0", 4, "0"), ("12345", 4, "12345"),
    ("9.9996", 4, "10"), ("0.1", 1, "0.1"), ("0.95", 1, "1"), ("10.05", 3, "10.1"), ("999.95", 4, "1000"),
    ("2/3", 4, "0.6667"), ("1/2", 1, "0.5"), ("10/11", 4, "0.9091"), ("99/100", 2, "0.99"), ("-2/3", 2, "-0.67"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "digits", "text"), SIGNIFICANT)
def test_significant_digits_by_hand(value, digits, text):
    assert notation.significant(Fraction(value), digits) == text


@given(st.fractions(min_value=Fraction(1, 10**9), max_value=999, max_denominator=10**9), st.integers(4, 7))
def test_significant_digits_are_those_of_the_standard_library(value, digits):
    """`decimal` divides to so many digits, half up."""
    rounding = decimal.Context(prec=digits, rounding=decimal.ROUND_HALF_UP)
    wanted = rounding.divide(decimal.Decimal(value.numerator), decimal.Decimal(value.denominator))
    assert Fraction(notation.significant(value, digits)) == Fraction(wanted)


PLACES = [
    ("0", 0), ("1", 3), ("9.9999", 3), ("10", 2), ("1234", 0), ("123456", 0), ("0.1", 4), ("0.099", 5), ("0.001", 6),
    ("2/3", 4), ("1/9", 4), ("10/11", 4), ("-10", 2), ("-1/9", 4),
]  # fmt: skip


@pytest.mark.parametrize(("value", "decimals"), PLACES)
def test_four_significant_digits_take_so_many_decimals(value, decimals):
    above, below = abs(Fraction(value)).as_integer_ratio()
    assert notation.decimals_of(above, below, 4) == decimals


@pytest.mark.parametrize("value", ["0.4725", "0.99995", "2/3", "12.34565", "0"])
def test_a_hundred_times_a_count_is_written_as_that_number_would_be(value):
    assert notation.counted(Fraction(value), 4, times=100) == notation.counted(100 * Fraction(value), 4)


IN_SHORT = [
    ("9/2", 3, "4.5"), ("9/2", 2, None), ("-9/2", 4, "-4.5"), ("-9/2", 3, None), ("1/3", 16, None), ("0", 1, "0"),
    ("1234567", 7, "1234567"), ("1234567", 6, None), ("1/1000000", 8, "0.000001"), ("1/3125", 7, "0.00032"),
    ("1/1000000000000000", 17, "0.000000000000001"), ("1/10000000000000000", 16, None),
]  # fmt: skip


@pytest.mark.parametrize(("value", "longest", "text"), IN_SHORT)
def test_a_number_is_written_in_full_if_that_is_short(value, longest, text):
    assert notation.in_short(Fraction(value), longest) == text


@given(st.integers(), st.integers(0, 40), st.integers(0, 40))
def test_a_number_whose_decimals_end_is_written_with_all_of_them(above, twos, fives):
    value = Fraction(above, 2**twos * 5**fives)
    text = notation.decimal(value)
    assert Fraction(text) == value
    assert "." not in text or not text.endswith("0")
    assert notation.decimal(Fraction(3 * above + 1, 3) * Fraction(1, 2**twos * 5**fives)) is None


GROUPED = [
    ("999", "999"), ("1000", "1,000"), ("-999", "-999"), ("-1000.5", "-1,000.5"), ("1234567.1234", "1,234,567.1234"),
    ("999.9999", "999.9999"), ("12345", "12,345"), ("0.00001", "0.00001"), ("-1", "-1"), ("100000", "100,000"),
]  # fmt: skip


@pytest.mark.parametrize(("plain", "text"), GROUPED)
def test_thousands_are_grouped_from_one_thousand_on(plain, text):
    assert notation.grouped(plain) == text


@pytest.mark.parametrize(
    ("long", "short"), [("4.50", "4.5"), ("4.00", "4"), ("400", "400"), ("0.0", "0"), ("10.010", "10.01"), ("0", "0")]
)
def test_no_zero_trails_behind_a_point(long, short):
    assert notation.trimmed(long) == short


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("1728", MG, "1,728 mg"),
        ("6777/55", MG, "123.218... mg"),
        ("2/3", MG, "0.666666... mg"),
        ("-2/3", MG, "-0.666666... mg"),
        ("-4.5", MG, "-4.5 mg"),
        ("12345678/7", MG, "1,763,668... mg"),
        ("12345.678901", MG, "12,345.678901 mg"),
        ("123456.789012", MG, "123,456... mg"),
        ("1/30", PERCENT, "0.0333333... %"),
        ("1", TABLET, "1 tablet"),
        ("3", TABLET, "3 tablets"),
        ("0.5", TABLET, "0.5 tablets"),
        ("0", CAPSULE, "0 capsules"),
        ("0.03", RATIO, "0.03"),
        ("500", MCG, "500 mcg"),
    ],
)
def test_shown_work_gives_twelve_characters_in_full_and_else_cuts_to_six_significant_digits(value, unit, text):
    assert notation.working(figure(value, unit)) == text


IN_FULL = [
    ("4.5", MG, "4.5 mg"), ("1001", CAPSULE, "1,001 capsules"), ("1", CAPSULE, "1 capsule"), ("1/3", MG, "0.3333 mg"),
    ("20.5", PERCENT, "20.5 %"), ("12345/7", MG, "1,764 mg"), ("1/2", RATIO, "0.5"), ("3", ML, "3 mL"),
    ("1234.5", MG, "1,234.5 mg"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "unit", "text"), IN_FULL)
def test_a_figure_in_full_stands_with_its_unit(value, unit, text):
    assert notation.plain(figure(value, unit)) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("0.480", G, "480 mg"),
        ("9999.999999", G, "9999999.999 mg"),
        ("10000", G, "10000 g"),
        ("0.001", MCG, "0.000001 mg"),
        ("0.0005", MCG, "0.0005 mcg"),
        ("0.1", LITER, "100 mL"),
        ("5", ML, "5 mL"),
        ("3.5", PERCENT, "3.5 %"),
    ],
)
def test_an_amount_understood_is_written_in_mg_where_the_number_pattern_allows(value, unit, text):
    assert canonical(figure(value, unit)) == text


@pytest.mark.parametrize("amount", [figure("1/3", MG), figure("0.0000001", MCG)])
def test_an_amount_that_nobody_can_type_is_a_mistake_of_ours(amount):
    with pytest.raises(WrongUnit, match="was not read from an order"):
        canonical(amount)
