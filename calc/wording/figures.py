"""Facts as text for sentences: figures with their unit, ISO dates, lists with commas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from calc.arithmetic.notation import decimal, grouped, significant, with_unit
from calc.arithmetic.rounding import size_of
from calc.arithmetic.units import (
    CAPSULE_PER_TABLET,
    MCG,
    MCG_PER_ML,
    MG,
    MG_PER_CAPSULE,
    MG_PER_ML,
    MG_PER_TABLET,
    PERCENT,
    RATIO,
    Figure,
    G,
)
from calc.arithmetic.units import figure as number_with_unit
from calc.reading.numbers import NUMBER

#: Masses and strengths below this are written in mcg, so that nobody has to count zeros.
SMALLEST_SAID_IN_MG, SMALLEST_SAID_IN_MG_PER_ML = number_with_unit("0.1", MG), number_with_unit("0.1", MG_PER_ML)
LONGEST_SAID = 9


def said(figure: Figure) -> str:
    """Return a figure as text: in full if it is short, otherwise to four significant digits.

    >>> from calc.arithmetic.units import figure
    >>> said(figure("0.05", MG)), said(figure("1/72", RATIO)), said(figure("0.05", MG_PER_ML))
    ('50 mcg', '1.389 %', '50 mcg/mL')
    """
    if figure.unit is RATIO:
        figure = figure.to(PERCENT)
    elif figure.unit in (MG_PER_CAPSULE, MG_PER_TABLET):
        figure = figure.read_as(MG)
    elif figure.unit is CAPSULE_PER_TABLET:
        return grouped(significant(figure, 3))
    if figure.unit in (G, MCG):
        figure = figure.to(MG)
    if figure.unit is MG and figure.numerator != 0 and size_of(figure) < SMALLEST_SAID_IN_MG:
        figure = figure.to(MCG)
    if figure.unit is MG_PER_ML and figure.numerator != 0 and figure < SMALLEST_SAID_IN_MG_PER_ML:
        figure = figure.to(MCG_PER_ML)
    text = decimal(figure)
    if text is None or len(text) > LONGEST_SAID:
        text = significant(figure, 4)
    return with_unit(grouped(text), figure.unit)


def value_said(value: str) -> str:
    """Return a value of an order as text: a quantity or count with thousands separators, anything else unchanged.

    >>> value_said("1000 mg"), value_said("301"), value_said("2026-11-22")
    ('1,000 mg', '301', '2026-11-22')
    """
    number, space, unit = value.partition(" ")
    return f"{grouped(number)}{space}{unit}" if NUMBER.fullmatch(number) else value


def fact_said(fact: object) -> str:
    """Return any fact as text."""
    if isinstance(fact, Figure):
        return said(fact)
    if isinstance(fact, date):
        return fact.isoformat()
    if isinstance(fact, list | tuple):
        return ", ".join(map(fact_said, fact))
    return str(fact)


def facts_said(facts: Mapping[str, object]) -> dict[str, str]:
    """Return all facts of a code as text."""
    return {name: fact_said(fact) for name, fact in facts.items()}
