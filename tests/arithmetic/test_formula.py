"""A formula is proved when it is imported, shown as it computed, and computed as pint would."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calc.web.app  # noqa: F401 - the whole program, with every formula
from calc.arithmetic import formula as formulas
from calc.arithmetic.formula import FORMULAS, Capsules, FormulaError, Mg, MgPerCapsule, MgPerTablet, Ratio, Tablets
from calc.arithmetic.units import MG, MG_PER_TABLET, PERCENT, TABLET, Figure, G, WrongUnit, figure

ALL = sorted(FORMULAS.values(), key=lambda proved: proved.name)
positive = st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=1000)


def declare(body, reference="definition"):
    return formulas.Formula(body, reference)


def test_there_are_formulas_for_every_subject():
    assert len(ALL) >= 90


def test_a_wrong_dimension_stops_the_import():
    def needed(dose: MgPerCapsule, tablets: Tablets) -> Mg:
        """Tablets are not capsules."""
        return dose * tablets

    with pytest.raises(FormulaError, match="needed: the units do not agree"):
        declare(needed)


def test_a_sum_of_unlike_things_stops_the_import():
    def total(tablets: Tablets, capsules: Capsules) -> Tablets:
        """Tablets never add to capsules."""
        return tablets + capsules

    with pytest.raises(FormulaError, match="the units do not agree"):
        declare(total)


def test_a_gram_where_mg_was_meant_stops_the_import():
    from typing import Annotated

    grams = Annotated[Figure, G]

    def portion(share: Ratio, total_mass: grams) -> Mg:
        """Grams in, milligrams out, and no factor."""
        return share * total_mass

    with pytest.raises(FormulaError, match="scale"):
        declare(portion)


def test_a_per_cent_where_a_ratio_was_meant_stops_the_import():
    from typing import Annotated

    percent = Annotated[Figure, PERCENT]

    def kept(total_mass: Mg, loss: percent) -> Mg:
        """A per cent taken as a ratio."""
        return total_mass * (1 - loss)

    with pytest.raises(FormulaError, match="scale"):
        declare(kept)


def test_a_wrong_declared_result_stops_the_import():
    def held(tablets: Tablets, strength: MgPerTablet) -> Tablets:
        """Drug declared as tablets."""
        return tablets * strength

    with pytest.raises(FormulaError, match="the units do not agree"):
        declare(held)


def returns_a_float(mass: Mg) -> Mg:
    """A float factor."""
    return mass * 0.5


def compares(mass: Mg, other: Mg) -> Mg:
    """A comparison."""
    return mass if mass > other else other


def branches(mass: Mg) -> Mg:
    """A branch."""
    return mass or mass


def equals(mass: Mg, other: Mg) -> Mg:
    """An equality."""
    return mass * (mass == other)


def is_no_expression(mass: Mg) -> Mg:
    """Nothing is calculated."""
    return 1


@pytest.mark.parametrize("body", [returns_a_float, compares, branches, equals, is_no_expression])
def test_a_body_that_is_not_one_plain_expression_stops_the_import(body):
    with pytest.raises(FormulaError, match=body.__name__):
        declare(body)


def test_a_parameter_without_a_unit_stops_the_import():
    def half(mass) -> Mg:
        """No unit."""
        return mass

    with pytest.raises(FormulaError, match="each parameter names its unit"):
        declare(half)


def test_an_unknown_reference_stops_the_import():
    def same(mass: Mg) -> Mg:
        """No source."""
        return mass * 1

    with pytest.raises(FormulaError, match="unknown reference"):
        declare(same, reference="hearsay")


def test_two_formulas_of_one_name_stop_the_import():
    def portion(mass: Mg) -> Mg:
        """A name that is taken."""
        return mass * 1

    with pytest.raises(FormulaError, match="declared twice"):
        formulas.formula(reference="definition")(portion)


#: Two formulas that agree at so many points are one: each is one product, quotient or sum of few names.
POINTS = 25


@pytest.mark.parametrize("proved", ALL, ids=lambda proved: proved.name)
@settings(max_examples=POINTS)
@given(data=st.data())
def test_the_quick_way_and_full_pint_agree(proved, data):
    given_figures = tuple(Figure(data.draw(positive), unit) for unit in proved.parameters.values())
    assert proved(*given_figures) == proved.by_pint(given_figures)


@pytest.mark.parametrize("proved", ALL, ids=lambda proved: proved.name)
@settings(max_examples=POINTS)
@given(data=st.data())
def test_the_text_of_a_formula_evaluates_to_its_result(proved, data):
    numbers = {name: data.draw(positive) for name in proved.parameters}
    names = {name.replace("_", " "): f"({value.numerator}*one/{value.denominator})" for name, value in numbers.items()}
    pattern = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    text = re.sub(pattern, lambda match: names[match[0]], proved.text)
    expression = text.replace("\u00d7", "*").replace("\u2212", "-")
    result = proved(*(Figure(numbers[name], unit) for name, unit in proved.parameters.items()))
    assert eval(expression, {"one": Fraction(1)}) == result.value


@pytest.mark.parametrize("proved", ALL, ids=lambda proved: proved.name)
def test_every_formula_says_what_it_computes_with_an_example_and_a_source(proved):
    assert ">>>" in proved.doc
    assert proved.reference in formulas.references.REFERENCES


def test_a_figure_in_another_unit_of_the_same_kind_is_converted_at_the_door():
    portion = FORMULAS["portion"]
    given_figures = figure("0.135", G), figure("0.480", G), figure(3, TABLET), figure(50, MG_PER_TABLET)
    assert portion(*given_figures) == figure(432, MG)


def test_a_figure_of_another_kind_is_refused_at_the_door():
    with pytest.raises(WrongUnit):
        FORMULAS["portion"](figure(135, TABLET), figure(480, MG), figure(3, TABLET), figure(50, MG_PER_TABLET))


def test_a_formula_takes_all_of_its_figures():
    with pytest.raises(TypeError, match="missing 1 required positional argument"):
        FORMULAS["drug_needed"](figure(1, MG))


def test_shown_work_puts_the_numbers_where_the_names_are():
    portion = FORMULAS["portion"]
    given_figures = figure(135, MG), figure(480, MG), figure(3, TABLET), figure(50, MG_PER_TABLET)
    assert portion.text == "drug needed \u00d7 total mass / (tablets \u00d7 strength)"
    assert portion.substituted(given_figures) == "135 mg \u00d7 480 mg / (3 tablets \u00d7 50 mg/tablet)"


def test_a_unit_with_a_stroke_is_bracketed_behind_a_stroke():
    tablets_exact = FORMULAS["tablets_exact"]
    assert tablets_exact.substituted((figure(135, MG), figure(50, MG_PER_TABLET))) == "135 mg / (50 mg/tablet)"


def test_figures_themselves_cannot_be_calculated_with():
    with pytest.raises(TypeError):
        figure(1, MG) + figure(1, MG)
