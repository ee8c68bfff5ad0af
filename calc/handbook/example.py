"""The figures of a formula's worked example, read from its docstring; the formula computes the rest itself.

The docstring is a test that runs on its own. Here it is only read, never run: the few forms that examples are written
in are known, and anything else is refused.
"""

from __future__ import annotations

import ast
import doctest
from typing import Any

from calc.arithmetic import units
from calc.arithmetic.formula import Formula
from calc.arithmetic.units import Figure, Unit


class NoExample(ValueError):
    """The docstring of a formula shows no call of it that can be read."""


def example_of(formula: Formula[Any]) -> tuple[Figure, ...]:
    """The arguments of the first call that the docstring shows.

    Raises `NoExample` where there is none, or where it is written in a form that is not known.

    >>> from calc.rules.tablets import drug_needed
    >>> [str(figure.value) for figure in example_of(drug_needed)]
    ['9/2', '30']
    """
    known: dict[str, Any] = {unit: value for unit, value in vars(units).items() if isinstance(value, Unit)}
    for example in doctest.DocTestParser().get_examples(formula.doc):
        for statement in ast.parse(example.source).body:
            match statement:
                case ast.ImportFrom(module="calc.arithmetic.units"):
                    continue
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    known[name] = _read(value, known, formula.name)
                case _:
                    for call in ast.walk(statement):
                        if isinstance(call, ast.Call) and _calls(call, formula.name):
                            return _arguments(call, known, formula.name)
    raise NoExample(f"{formula.name}: no call in the docstring")


def _calls(call: ast.Call, name: str) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == name


def _arguments(call: ast.Call, known: dict[str, Any], name: str) -> tuple[Any, ...]:
    """The arguments of a call, those behind a star one by one."""
    found: list[Any] = []
    for argument in call.args:
        if isinstance(argument, ast.Starred):
            found.extend(_read(argument.value, known, name))
        else:
            found.append(_read(argument, known, name))
    return tuple(found)


def _read(node: ast.expr, known: dict[str, Any], name: str) -> Any:
    """A constant, a name, a tuple of such, or a figure made of them."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=word) if word in known:
            return known[word]
        case ast.Tuple(elts=parts):
            return tuple(_read(part, known, name) for part in parts)
        case ast.Call() if _calls(node, "figure"):
            return units.figure(*_arguments(node, known, name))
    raise NoExample(f"{name}: {ast.unparse(node)} is not read here")
