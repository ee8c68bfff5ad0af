"""Every formula of the program by subject: its description, units and their proof, source, and one example.

Generated from the registry of formulas: the page shows what runs. The numbers of an example are computed by the
formula itself, and again by pint, when the page is made.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from calc import rules
from calc.arithmetic import notation
from calc.arithmetic.formula import FORMULAS, Formula
from calc.arithmetic.units import Unit
from calc.handbook.example import example_of
from calc.references import REFERENCES
from calc.wording import handbook as words

_CODE = re.compile(r"`(\w+)`")


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a formula and its unit."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Example:
    """A formula with numbers substituted, its result, and pint's result for the same."""

    substituted: str
    result: str
    by_pint: str


@dataclass(frozen=True, slots=True)
class Method:
    """One formula; `units` is the equation of its units, as proved at import."""

    anchor: str
    name: str
    says: tuple[str, ...]
    equation: str
    arguments: tuple[Argument, ...]
    result: str
    units: str
    reference: str
    example: Example


@dataclass(frozen=True, slots=True)
class Other:
    """A rule that is not a single equation: a search, a date, a rounding."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The formulas and the other rules of one subject."""

    anchor: str
    title: str
    about: str
    methods: tuple[Method, ...]
    others: tuple[Other, ...]


@cache
def subjects() -> tuple[Subject, ...]:
    """Return all subjects in the order of the work, those without a set place last."""
    modules = {each.name: import_module(f"{rules.__name__}.{each.name}") for each in iter_modules(rules.__path__)}
    places = {name: place for place, name in enumerate(words.SUBJECTS)}
    in_order = sorted(modules, key=lambda name: (places.get(name, len(places)), name))
    return tuple(_subject(name, modules[name]) for name in in_order)


def _subject(name: str, module: ModuleType) -> Subject:
    proved = [formula for formula in FORMULAS.values() if formula.__module__ == module.__name__]
    functions = inspect.getmembers(module, inspect.isfunction)
    return Subject(
        anchor=name,
        title=words.SUBJECTS.get(name, _words(name)),
        about=_paragraphs(inspect.getdoc(module))[0],
        methods=tuple(_method(formula) for formula in proved),
        others=tuple(
            Other(_words(title), _paragraphs(inspect.getdoc(function))[0])
            for title, function in functions
            if function.__module__ == module.__name__ and not title.startswith("_")
        ),
    )


def _method(formula: Formula[Any]) -> Method:
    unit_names = tuple(map(unit_name, formula.parameters.values()))
    figures = example_of(formula)
    return Method(
        anchor=formula.name,
        name=_words(formula.name),
        says=_paragraphs(formula.doc),
        equation=f"{formula.name.replace('_', ' ')} = {formula.text}",
        arguments=tuple(
            Argument(name.replace("_", " "), unit) for name, unit in zip(formula.parameters, unit_names, strict=True)
        ),
        result=unit_name(formula.result),
        units=f"{formula.written(unit_names)} = {unit_name(formula.result)}",
        reference=REFERENCES[formula.reference],
        example=Example(
            formula.substituted(figures),
            notation.working(formula(*figures)),
            notation.working(formula.by_pint(figures)),
        ),
    )


def unit_name(unit: Unit) -> str:
    """Return a unit as it is written in an equation of units.

    >>> from calc.arithmetic.units import CAPSULE_PER_TABLET, MG_PER_TABLET, RATIO
    >>> unit_name(MG_PER_TABLET), unit_name(CAPSULE_PER_TABLET), unit_name(RATIO)
    ('mg/tablet', 'capsule/tablet', 'ratio')
    """
    return words.UNITS.get(unit.code, unit.one)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _quoted(name: re.Match[str]) -> str:
    return f"\u201c{name[1].replace('_', ' ')}\u201d"


def _paragraphs(doc: str | None) -> tuple[str, ...]:
    """Return the paragraphs of a docstring before its example, each on one line, with argument names as words."""
    text = (doc or "").partition(">>>")[0]
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    return tuple(_CODE.sub(_quoted, part) for part in paragraphs) or ("",)
