"""Units and the exact figures in them, by hand: factors are those of the SI prefixes; amounts compare, not numbers."""

from fractions import Fraction

import pytest
from pint import UndefinedUnitError

from calc.arithmetic.units import (
    ALL_UNITS,
    CAPSULE,
    DAY,
    LITER,
    MCG,
    MG,
    MG_PER_CAPSULE,
    MG_PER_TABLET,
    ML,
    PERCENT,
    RATIO,
    REGISTRY,
    TABLET,
    G,
    WrongUnit,
    conversion_factor,
    figure,
    in_lowest_terms,
)


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [(G, MG, 1000), (MG, MCG, 1000), (G, MCG, 10**6), (LITER, ML, 1000), (RATIO, PERCENT, 100), (MG, MG, 1)],
)
def test_a_factor_is_that_of_the_si_prefixes(one, other, factor):
    assert (conversion_factor(one, other), conversion_factor(other, one)) == (factor, Fraction(1, factor))
    assert repr(figure(7, one).to(other)) == repr(figure(7 * factor, other))


@pytest.mark.parametrize("name", ["pound", "minute", "Mg", "u", "pt", "M", "kilogram"])
def test_the_registry_knows_nothing_but_the_units_of_the_pharmacy_and_no_floats(name):
    with pytest.raises(UndefinedUnitError):
        REGISTRY.Unit(name)
    half = REGISTRY.Quantity("0.5 gram").to("milligram").magnitude
    assert (type(half), half) == (Fraction, 500)


def test_each_unit_has_a_code_a_name_for_one_and_for_many_and_its_own_kind():
    """Of the base units no two measure the same; only counts, days and hours have a plural."""
    assert [unit.code for unit in ALL_UNITS if unit.one != unit.many] == [
        "d",
        "h",
        "{tablet}",
        "{capsule}",
        "{capsule}/{tablet}",
    ]
    assert [(unit.one, unit.many) for unit in (TABLET, DAY, MCG, RATIO)] == [
        ("tablet", "tablets"), ("day", "days"), ("mcg", "mcg"), ("", ""),
    ]  # fmt: skip
    assert len({unit.code for unit in ALL_UNITS}) == len(ALL_UNITS)
    for one in (G, LITER, TABLET, CAPSULE, DAY, RATIO):
        for other in (G, LITER, TABLET, CAPSULE, DAY, RATIO):
            assert (figure(1, one) == figure(1, other)) is (one is other)
    assert repr(MG_PER_TABLET) == "Unit('mg/{tablet}')"


def test_figures_compare_as_amounts_and_not_as_numbers():
    """999 mg < 1 g < 1,001 mg."""
    less, one, same, more = figure(999, MG), figure(1, G), figure(1000, MG), figure(1001, MG)
    assert less < one < more
    assert more > one > less
    assert less <= one <= same <= one <= more
    assert more >= one >= same >= one >= less
    wrong = (one < same, same < one, one > same, same > one, one <= less, less >= one)
    assert not any(wrong)
    assert one == same != less
    assert hash(one) == hash(same)
    assert len({hash(figure(number, MG)) for number in range(100)}) > 90
    assert one != 1
    assert figure("1/3", MG) < figure("1/2", MG) <= figure("1/2", MG)
    assert not figure("1/2", MG) < figure("1/2", MG)
    assert not figure("1/2", MG) <= figure("1/3", MG)
    assert figure("2/4", G) != figure("1/3", G) != figure("2/3", G)
    with pytest.raises(WrongUnit, match=r"^mg cannot be written in mL$"):
        figure(1, MG).to(ML)


def test_a_figure_is_made_of_whole_numbers_fractions_and_texts_and_says_itself():
    assert repr(figure("4.5", MG)) == "Figure(value=Fraction(9, 2), unit=Unit('mg'))"
    assert figure(Fraction(9, 2), MG) == figure("9/2", MG) == figure("4.5", MG)
    assert repr(figure("4.5", MG).read_as(MG_PER_CAPSULE)) == "Figure(value=Fraction(9, 2), unit=Unit('mg/{capsule}'))"
    for value, name in ((0.5, "float"), (True, "bool"), (None, "NoneType")):
        with pytest.raises(TypeError, match=f"^a figure is exact: {name} is not taken$"):
            figure(value, MG)


@pytest.mark.parametrize(
    ("above", "below", "value"),
    [
        (6, 4, "3/2"),
        (6, -4, "-3/2"),
        (-6, -4, "3/2"),
        (-6, 4, "-3/2"),
        (0, -5, "0"),
        (3, 1, "3"),
        (3, -1, "-3"),
        (7, 3, "7/3"),
    ],
)
def test_a_figure_over_a_whole_number_is_in_lowest_terms_with_its_sign_above(above, below, value):
    made = in_lowest_terms(above, below, MG)
    assert (made.numerator, made.denominator, made.unit) == (*Fraction(value).as_integer_ratio(), MG)
    with pytest.raises(ZeroDivisionError, match=f"^{above} over nothing$"):
        in_lowest_terms(above, 0, MG)
