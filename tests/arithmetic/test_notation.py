"""How numbers are read and written: exactly, strictly, and never as zero when they are not."""

import re
from copy import copy, deepcopy
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.arithmetic import notation, rounding, units
from calc.arithmetic.units import (
    ALL_UNITS,
    CAPSULE,
    MCG,
    MG,
    PERCENT,
    RATIO,
    TABLET,
    Figure,
    G,
    WrongUnit,
    conversion_factor,
    figure,
    in_lowest_terms,
)
from calc.reading.numbers import Unreadable, holds_hidden, is_hidden, read_number, read_quantity

numbers = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=100_000)


@pytest.mark.parametrize(
    ("text", "value"), [("4.5", "9/2"), ("0", "0"), ("0.000001", "1/1000000"), ("9999999", "9999999"), (" 5 ", "5")]
)
def test_a_plain_number_is_read_exactly(text, value):
    assert read_number(text) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\u0664.\u0665", "non_ascii_digit"),
        ("1\u20442", "number_format"),
        ("5\u00a0", "hidden_character"),
        ("5\t", "hidden_character"),
        ("\u202e05", "hidden_character"),
        ("snan", "not_a_number"),
        ("-inf", "not_a_number"),
        ("1e999999999999", "exponent_not_allowed"),
        ("12345678", "too_many_digits"),
        ("1.2345678", "too_many_decimals"),
        ("9" * 100_000, "too_many_digits"),
        ("1,000.5", "thousands_separator"),
        ("1,00", "decimal_comma"),
        ("0,480", "decimal_comma"),
        ("4.5 mg/mL", "unit_in_number"),
        ("5 tablets", "unit_in_number"),
    ],
)
def test_what_is_no_plain_number_is_refused_with_its_reason(text, code):
    with pytest.raises(Unreadable) as refused:
        read_number(text)
    assert refused.value.code == code


@given(st.text(max_size=60))
def test_no_text_is_read_as_a_number_that_it_does_not_write(text):
    try:
        value = read_number(text)
    except Unreadable as refused:
        assert refused.code
    else:
        assert re.fullmatch(r"(0|[1-9][0-9]{0,6})(\.[0-9]{1,6})?", text.strip(" "))
        assert value == Fraction(text.strip(" "))


@given(st.text(max_size=60))
def test_no_text_reads_as_a_quantity_but_number_space_unit(text):
    try:
        quantity = read_quantity(text)
    except Unreadable as refused:
        assert refused.code
    else:
        number, unit = text.strip(" ").split()
        assert quantity == Figure(Fraction(number), units.TYPED_UNITS[unit])


@pytest.mark.parametrize("name", ["Mg", "MG", "u", "U", "pt", "M", "gr", "ktablet", "kIU", "units", "IU", "ml"])
def test_units_that_pint_may_know_are_not_units_here(name):
    with pytest.raises(Unreadable) as refused:
        read_quantity(f"5 {name}")
    assert refused.value.code == "unit_unknown"


@given(numbers)
def test_what_is_not_zero_is_never_written_as_zero_in_significant_digits(value):
    assert (Fraction(notation.significant(value, 1)) == 0) == (value == 0)


@given(numbers, st.integers(0, 6))
def test_rounding_is_half_up_and_off_by_half_a_step_at_most(value, decimals):
    shown = Fraction(notation.fixed(value, decimals))
    half = Fraction(1, 2 * 10**decimals)
    assert abs(shown - value) <= half
    if abs(shown - value) == half:
        assert abs(shown) > abs(value)


@given(numbers)
def test_an_exact_text_gives_the_number_back(value):
    assert Fraction(notation.exact(value)) == value


@given(numbers, st.fractions(min_value=Fraction(1, 100), max_value=10, max_denominator=100))
def test_rounding_up_and_down_enclose_the_figure_within_one_step(value, size):
    one, step = Figure(value, MG), Figure(size, MG)
    low, high = rounding.down_to_step(one, step), rounding.up_to_step(one, step)
    assert low <= one <= high
    assert high.value - low.value in {0, size}


def test_a_figure_is_never_made_from_a_float():
    with pytest.raises(TypeError, match="exact"):
        figure(0.5, MG)


def test_equal_figures_are_equal_in_any_unit_and_hash_alike():
    assert figure("0.0045", G) == figure("4.5", MG) == figure(4500, MCG)
    assert len({figure("0.0045", G), figure("4.5", MG), figure(4500, MCG)}) == 1


def test_figures_of_other_kinds_neither_equal_nor_compare():
    assert figure(1, TABLET) != figure(1, CAPSULE)
    with pytest.raises(WrongUnit):
        assert figure(1, TABLET) < figure(1, CAPSULE)


@pytest.mark.parametrize("given_unit", ALL_UNITS, ids=lambda unit: unit.code)
@pytest.mark.parametrize("wanted", ALL_UNITS, ids=lambda unit: unit.code)
def test_a_conversion_and_its_way_back_cancel_or_both_are_refused(given_unit, wanted):
    try:
        factor = conversion_factor(given_unit, wanted)
    except WrongUnit:
        with pytest.raises(WrongUnit):
            conversion_factor(wanted, given_unit)
    else:
        assert isinstance(factor, Fraction)
        assert factor * conversion_factor(wanted, given_unit) == 1


def test_a_per_cent_is_a_hundredth():
    assert figure(3, PERCENT) == figure("0.03", RATIO)


def test_a_tenth_three_times_is_exactly_three_tenths():
    assert read_number("0.1") * 3 == read_number("0.3")


@given(above=st.integers(-(10**12), 10**12), below=st.integers(-(10**6), 10**6).filter(bool))
def test_a_figure_made_of_whole_numbers_is_the_fraction_in_lowest_terms(above, below):
    made = in_lowest_terms(above, below, MG)
    assert (made.numerator, made.denominator) == Fraction(above, below).as_integer_ratio()
    assert (made.value, made.unit) == (Fraction(above, below), MG)
    assert made.read_as(CAPSULE).value == made.value


def test_a_figure_over_nothing_is_refused_and_none_can_be_changed():
    with pytest.raises(ZeroDivisionError):
        in_lowest_terms(1, 0, MG)
    one = figure(1, MG)
    for name in ("numerator", "denominator", "unit", "value"):
        with pytest.raises(AttributeError):
            setattr(one, name, 2)
        with pytest.raises(AttributeError):
            delattr(one, name)
    assert copy(one) is deepcopy(one) is one


@given(value=numbers, step=numbers.filter(lambda size: size > 0))
def test_a_figure_on_the_balance_is_the_nearest_step_and_a_half_goes_away_from_zero(value, step):
    shown = rounding.to_step(Figure(value, MG), Figure(step, MG)).value
    assert (shown / step).denominator == 1
    off = abs(shown) - abs(value)
    assert -step / 2 < off <= step / 2
    assert shown * value >= 0


@given(text=st.text())
def test_a_text_holds_something_hidden_where_one_of_its_characters_is(text):
    assert holds_hidden(text) == any(is_hidden(character) for character in text)
