"""What is proved before an order comes: formulas and bounds, each by hand.

Texts of formulas follow from what they compute: a bracket stands where leaving it out would change the order of work.
"""

from fractions import Fraction
from typing import Annotated

import pytest

from calc import limits
from calc.arithmetic import formula as formulas
from calc.arithmetic.formula import FormulaError
from calc.arithmetic.units import MG, MG_PER_TABLET, ML, PERCENT, RATIO, TABLET, Figure, G, WrongUnit, figure
from calc.limits import BadLimit, Bound, Range, Series
from calc.references import REFERENCES

R, MASS, TABLETS, STRENGTH = (Annotated[Figure, unit] for unit in (RATIO, MG, TABLET, MG_PER_TABLET))


def declared(body, result=R, **kinds):
    """A formula of this body, made now; a parameter that is not named is a ratio."""
    names = body.__code__.co_varnames[: body.__code__.co_argcount]
    body.__annotations__ = {**{name: kinds.get(name, R) for name in names}, "return": result}
    return formulas.Formula(body, "definition")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (lambda a, b, c: a - (b - c), "a \u2212 (b \u2212 c)"),
        (lambda a, b, c: a - b - c, "a \u2212 b \u2212 c"),
        (lambda a, b, c: a - (b + c), "a \u2212 (b + c)"),
        (lambda a, b, c: a + (b - c), "a + b \u2212 c"),
        (lambda a, b, c: a + (b + c), "a + b + c"),
        (lambda a, b, c: a / (b / c), "a / (b / c)"),
        (lambda a, b, c: a / (b * c), "a / (b \u00d7 c)"),
        (lambda a, b, c: a / b / c, "a / b / c"),
        (lambda a, b, c: a * (b / c), "a \u00d7 (b / c)"),
        (lambda a, b, c: a * (b * c), "a \u00d7 b \u00d7 c"),
        (lambda a, b, c: a * b / c, "a \u00d7 b / c"),
        (lambda a, b, c: (a + b) * c, "(a + b) \u00d7 c"),
        (lambda a, b, c: a * (b - c), "a \u00d7 (b \u2212 c)"),
        (lambda a, b, c: a / (b + c), "a / (b + c)"),
        (lambda a, b, c: a * b + c, "a \u00d7 b + c"),
        (lambda a, b, c: a - b * c, "a \u2212 b \u00d7 c"),
        (lambda a: 1 - a, "1 \u2212 a"),
        (lambda a: a - 1, "a \u2212 1"),
        (lambda a: 1 + a, "1 + a"),
        (lambda a: a + 1, "a + 1"),
        (lambda a: 3 * a, "3 \u00d7 a"),
        (lambda a: a * 3, "a \u00d7 3"),
        (lambda a: 3 / a, "3 / a"),
        (lambda a: a / 3, "a / 3"),
        (lambda a, first_part: 1 / (1 - a * first_part), "1 / (1 \u2212 a \u00d7 first part)"),
    ],
)
def test_a_formula_is_written_with_the_brackets_it_needs_and_no_others_and_computes_what_it_says(body, text):
    made = declared(body)
    assert made.text == text
    numbers = [Fraction(5, 3), Fraction(-7, 2), Fraction(11, 13)][: len(made.parameters)]
    given = [Figure(number, RATIO) for number in numbers]
    assert made(*given) == made.by_pint(tuple(given)) == Figure(body(*numbers), RATIO)
    assert made.written(tuple("xyz"[: len(numbers)])) == text.replace("first part", "y").translate(
        {97: 120, 98: 121, 99: 122}
    )


def test_a_unit_with_a_stroke_is_bracketed_only_behind_a_stroke():
    """135 mg / (50 mg/tablet) = 2.7 tablets; a quotient of strengths is a ratio."""
    exact = declared(lambda a, b: a / b, TABLETS, a=MASS, b=STRENGTH)
    given = figure(135, MG), figure(50, MG_PER_TABLET)
    assert exact.substituted(given) == "135 mg / (50 mg/tablet)"
    assert exact.written(("135 mg", "50 mg/tablet")) == "135 mg / (50 mg/tablet)"
    assert exact(*given) == exact(b=given[1], a=given[0]) == figure("2.7", TABLET)
    assert exact.doc == ""
    with pytest.raises(TypeError, match="3 were given"):
        exact.substituted((*given, given[0]))
    with pytest.raises(ValueError, match="zip"):
        exact.written(("135 mg", "50 mg/tablet", "135 mg"))
    masses = declared(lambda a, b: a / b, a=MASS, b=MASS)
    assert masses.substituted((figure(3, MG), figure(2, MG))) == "3 mg / 2 mg"
    assert masses.written(("3 mg", "2 mg")) == "3 mg / 2 mg"
    held = declared(lambda a, b: a * b, MASS, a=TABLETS, b=STRENGTH)
    assert held.substituted((figure(3, TABLET), figure(50, MG_PER_TABLET))) == "3 tablets \u00d7 50 mg/tablet"
    parts = declared(lambda a, b: a / b, a=STRENGTH, b=STRENGTH)
    assert parts.substituted((figure(1, MG_PER_TABLET), figure(3, MG_PER_TABLET))) == "1 mg/tablet / (3 mg/tablet)"


def test_a_figure_in_another_unit_is_converted_and_shown_in_the_unit_declared():
    """0.3 of 0.5 g is 150 mg."""

    def part(share: R, total: MASS) -> MASS:
        """A part of the whole."""
        return share * total

    made = formulas.Formula(part, "definition")
    given = figure(30, PERCENT), figure("0.5", G)
    assert repr(made(*given)) == repr(figure(150, MG))
    assert repr(made.by_pint(given)) == repr(figure(150, MG))
    assert made.substituted(given) == "0.3 \u00d7 500 mg"
    assert (made.name, made.doc, made.reference) == ("part", "A part of the whole.", "definition")
    assert (made.parameters, made.result) == ({"share": RATIO, "total": MG}, MG)
    assert (made.__name__, made.__doc__, made.__module__) == ("part", made.doc, __name__)
    with pytest.raises(WrongUnit, match="mL cannot be written in mg"):
        made(figure(30, PERCENT), figure(1, ML))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (lambda a: a * 0.5, "a formula calculates with figures and whole numbers, not float"),
        (lambda a: a * True, "a formula calculates with figures and whole numbers, not bool"),
        (lambda a: a or a, "a formula neither compares nor branches"),
        (lambda a: a < a, "a formula neither compares nor branches"),
        (lambda a: a <= a, "a formula neither compares nor branches"),
        (lambda a: a > a, "a formula neither compares nor branches"),
        (lambda a: a >= a, "a formula neither compares nor branches"),
        (lambda a: a == a, "a formula neither compares nor branches"),
        (lambda a: a != a, "a formula neither compares nor branches"),
        (lambda a: 5, "the body is not an expression of its figures"),
    ],
)
def test_a_body_of_more_than_one_plain_expression_is_refused_in_words(body, said):
    with pytest.raises(FormulaError, match=f"^<lambda>: {said}$"):
        declared(body)


@pytest.mark.parametrize(
    ("body", "result", "kinds", "said"),
    [
        (lambda a: a + 1, MASS, {"a": MASS}, "the units do not agree: DimensionalityError"),
        (lambda a: a * 1, R, {"a": MASS}, "the units do not agree: DimensionalityError"),
        (
            lambda a: a * 1,
            Annotated[Figure, G],
            {"a": MASS},
            r"the scale of a unit is wrong \(mg and g, or a per cent ",
        ),
        (lambda a: 1 - a, R, {"a": Annotated[Figure, PERCENT]}, "the scale of a unit is wrong"),
        (lambda a: a, R, {"a": Figure}, "a names no unit"),
        (lambda a: a, Annotated[Figure, "mg"], {}, "return names no unit"),
    ],
)
def test_units_that_do_not_agree_are_refused_in_words(body, result, kinds, said):
    with pytest.raises(FormulaError, match=f"^<lambda>: {said}"):
        declared(body, result, **kinds)


def test_a_formula_of_more_figures_than_it_can_be_tried_with_stops_the_import():
    """There are eight unlike primes to try one with."""
    eight = declared(lambda a, b, c, d, e, f, g, h: a + b + c + d + e + f + g + h)
    assert eight(*[figure(number, RATIO) for number in range(8)]) == figure(28, RATIO)
    with pytest.raises(ValueError, match="zip"):
        declared(lambda a, b, c, d, e, f, g, h, i: a + b + c + d + e + f + g + h + i)


def test_a_formula_names_its_source_its_units_and_itself_once():
    body = declared(lambda a: a).__wrapped__
    with pytest.raises(FormulaError, match=r"^<lambda>: unknown reference 'hearsay'$"):
        formulas.Formula(body, "hearsay")
    body.__annotations__.pop("a")
    with pytest.raises(FormulaError, match=r"^<lambda>: each parameter names its unit$"):
        formulas.Formula(body, "definition")

    def same_mass(mass: MASS) -> MASS:
        """What is weighed."""
        return mass * 1

    try:
        made = formulas.formula(reference="definition")(same_mass)
        assert formulas.FORMULAS["same_mass"] is made
        assert made.reference == "definition"
        with pytest.raises(FormulaError, match=r"^same_mass: declared twice$"):
            formulas.formula(reference="definition")(same_mass)
    finally:
        formulas.FORMULAS.pop("same_mass", None)


def test_every_bound_says_where_it_comes_from_and_why():
    tables = [limits.RANGES, limits.LIQUID_RANGES, limits.CHECK_RANGES]
    bounds = [bound for table in tables for bound in table.values()]
    bounds += [bound for bound in vars(limits).values() if isinstance(bound, Bound | Series)]
    assert len(bounds) > 80
    for bound in bounds:
        assert bound.why.strip()
        assert REFERENCES[bound.reference]


def test_a_bound_that_contradicts_itself_stops_the_start():
    low, high = figure(999, MG), figure(1, G)
    assert Range(low, high, "contract", "why").low is Range(low, low, "contract", "why").high is low
    for one, other, reference in ((high, low, "contract"), (low, high, "hearsay")):
        with pytest.raises(BadLimit, match=r"^range Figure.* to Figure.*: why$"):
            Range(one, other, reference, "why")
    with pytest.raises(BadLimit, match=r"^bound Figure.*: unknown reference hearsay$"):
        Bound(low, "hearsay", "why")
    assert Series((low, low, high), "contract", "why").values == (low, low, high)
    for values, reference in (((high, low), "contract"), ((low, high), "hearsay")):
        with pytest.raises(BadLimit, match=r"^series of 2: why$"):
            Series(values, reference, "why")
