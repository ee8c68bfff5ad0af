"""Facts as text for sentences: figures with their unit, ISO dates, lists with commas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from calc.arithmetic.notation import counted, grouped, in_short, printed, significant
from calc.arithmetic.rounding import size_of
from calc.arithmetic.units import (
    CAPSULE,
    CAPSULE_PER_TABLET,
    DAY,
    MCG,
    MCG_PER_ML,
    MG,
    MG_PER_CAPSULE,
    MG_PER_ML,
    MG_PER_TABLET,
    PERCENT,
    RATIO,
    TABLET,
    TYPED_UNITS,
    Figure,
    G,
    Unit,
)
from calc.arithmetic.units import figure as number_with_unit
from calc.planning.basis import unit_of_drug
from calc.reading.numbers import NUMBER

#: Masses and strengths below this are written in mcg, so that nobody has to count zeros.
SMALLEST_SAID_IN_MG, SMALLEST_SAID_IN_MG_PER_ML = number_with_unit("0.1", MG), number_with_unit("0.1", MG_PER_ML)
_MASSES = (MG, MCG, G)
_COUNTED = frozenset({TABLET, CAPSULE, PERCENT, RATIO})
LONGEST_SAID = 9
SPAN = "{low} to {high}"


def said(figure: Figure) -> str:
    """Return a figure as text: in full if it is short, otherwise to four significant digits.

    >>> from calc.arithmetic.units import figure
    >>> said(figure("0.05", MG)), said(figure("1/72", RATIO)), said(figure("0.05", MG_PER_ML))
    ('50 mcg', '1.389 %', '50 mcg/mL')
    """
    if figure.unit is RATIO:
        return in_full(figure.to(PERCENT))
    if figure.unit in (MG_PER_CAPSULE, MG_PER_TABLET):
        figure = figure.read_as(MG)
    elif figure.unit is CAPSULE_PER_TABLET:
        return grouped(counted(figure, 3))
    if figure.unit in (G, MCG):
        figure = figure.to(MG)
    if figure.unit is MG and figure.numerator != 0 and size_of(figure) < SMALLEST_SAID_IN_MG:
        figure = figure.to(MCG)
    if figure.unit is MG_PER_ML and figure.numerator != 0 and figure < SMALLEST_SAID_IN_MG_PER_ML:
        figure = figure.to(MCG_PER_ML)
    return in_full(figure)


def drug_said(figure: Figure, unit: Unit) -> str:
    """Return an amount of drug, or how much of it is in one capsule, tablet or mL, in the unit of its plan.

    >>> from calc.arithmetic.units import figure
    >>> drug_said(figure("0.175", MG), MCG), drug_said(figure("25", MCG), MG), drug_said(figure("0.05", MG_PER_ML), MCG)
    ('175 mcg', '0.025 mg', '50 mcg/mL')
    """
    if figure.unit in (MG_PER_CAPSULE, MG_PER_TABLET):
        figure = figure.read_as(MG)
    if figure.unit is MG_PER_ML:
        return in_full(figure.to(MCG_PER_ML) if unit is MCG else figure)
    return in_full(figure.to(unit))


def mass_said(figure: Figure) -> str:
    """Return a figure as `said` does, but a small mass in mg like the larger ones that it is compared with.

    >>> from calc.arithmetic.units import figure
    >>> mass_said(figure("0.06", MG)), mass_said(figure("25", MCG)), mass_said(figure("0.05", G))
    ('0.06 mg', '0.025 mg', '50 mg')
    """
    if figure.unit in (MG_PER_CAPSULE, MG_PER_TABLET):
        figure = figure.read_as(MG)
    return in_full(figure.to(MG)) if figure.unit in (MG, MCG, G) else said(figure)


def strength_said(strength: Figure) -> str:
    """Return the strength of a tablet as its label gives it, in the unit that was typed; grams as mg.

    >>> from calc.arithmetic.units import figure
    >>> strength_said(figure("25", MCG)), strength_said(figure("0.05", G)), strength_said(figure("0.025", MG))
    ('25 mcg', '50 mg', '0.025 mg')
    """
    return in_full(strength) if strength.unit is MCG else mass_said(strength)


def in_full(figure: Figure) -> str:
    """Return a figure in its own unit: in full if it is short, otherwise to four significant digits.

    A count or share never reads as the whole number that it exceeds.
    """
    text = in_short(figure, LONGEST_SAID)
    if text is None:
        text = (counted if figure.unit in _COUNTED else significant)(figure, 4)
    return printed(text, figure.unit)


def value_said(value: str) -> str:
    """Return a value of an order as text: a quantity or count with thousands separators, anything else unchanged.

    >>> value_said("1000 mg"), value_said("301"), value_said("2026-11-22")
    ('1,000 mg', '301', '2026-11-22')
    """
    number, space, unit = value.partition(" ")
    return f"{grouped(number)}{space}{unit}" if NUMBER.fullmatch(number) else value


class Said(str):
    """A fact as text, which a sentence can agree with: "{tablets} {tablets:holds|hold}"."""

    __slots__ = ()

    def __format__(self, words: str) -> str:
        """Return the word for one or for several; without words, the text."""
        one, between, many = words.partition("|")
        if not between:
            return super().__format__(words)
        return one if self.partition(" ")[0] == "1" else many


#: Facts that are amounts of drug, said in the unit of the dose that stands beside them.
_OF_DRUG = frozenset(
    {"dose", "before", "needed", "usual_low", "usual_high", "absolute_low", "absolute_high", "tenth", "in_all"}
)
#: Facts that are strengths on a label, each in its own unit.
_ON_LABELS = frozenset({"strength", "known", "tablet"})


def fact_said(fact: object, figure_said: Callable[[Figure], str] = mass_said) -> str:
    """Return any fact as text, and figures in it by `figure_said`."""
    if isinstance(fact, Figure):
        return figure_said(fact)
    if isinstance(fact, date):
        return fact.isoformat()
    if isinstance(fact, list | tuple):
        return ", ".join(fact_said(part, figure_said) for part in fact)
    return str(fact)


def facts_said(facts: Mapping[str, object]) -> dict[str, str]:
    """Return all facts of a code as text: amounts of drug in one unit, a range of counts with its unit once."""
    doses = [fact for name in ("dose", "strength") if isinstance(fact := facts.get(name), Figure)]
    unit = unit_of_drug(*doses[:1])
    texts: dict[str, str] = {}
    for name, fact in facts.items():
        if name in _OF_DRUG and isinstance(fact, Figure):
            texts[name] = Said(drug_said(fact, unit))
        else:
            texts[name] = Said(fact_said(fact, strength_said if name in _ON_LABELS else mass_said))
    if {"low", "high"} <= texts.keys():
        texts["span"] = Said(span_said(facts["low"], facts["high"]))
    return texts


def in_typed_unit(facts: Mapping[str, object]) -> Mapping[str, object]:
    """Return the facts of a value out of its range, with the ends of the range in the unit that was typed."""
    unit = TYPED_UNITS.get(str(facts["typed"]).rpartition(" ")[2])
    if unit not in _MASSES:
        return facts
    ends = ((name, facts[name]) for name in ("low", "high"))
    masses = {name: in_full(end.to(unit)) for name, end in ends if isinstance(end, Figure) and end.unit in _MASSES}
    return {**facts, **masses}


def span_said(low: object, high: object) -> str:
    """Return a range; of counts and days, with the unit once.

    >>> from calc.arithmetic.units import CAPSULE, figure
    >>> span_said(figure(10, CAPSULE), figure(200, CAPSULE)), span_said(figure(1, MG), figure(20, MG))
    ('10 to 200 capsules', '1 mg to 20 mg')
    """
    low_said, high_said = fact_said(low), fact_said(high)
    counted = isinstance(low, Figure) and low.unit in (CAPSULE, TABLET, DAY)
    return SPAN.format(low=low_said.partition(" ")[0] if counted else low_said, high=high_said)
