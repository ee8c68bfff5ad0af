"""The figures of a formula's worked example, parsed from its docstring; the formula itself computes the rest.

The docstring runs separately as a test. Here it is only parsed, never run: the few forms that examples use are
supported, and anything else is refused.
"""

from __future__ import annotations

import ast
import doctest
from typing import Any

from calc.arithmetic import units
from calc.arithmetic.formula import Formula
from calc.arithmetic.units import Figure, Unit


class NoExample(ValueError):
    """The docstring of a formula has no call of it that can be parsed."""


def example_of(formula: Formula[Any]) -> tuple[Figure, ...]:
    """Return the arguments of the first call in the docstring.

    Raises `NoExample` if there is none, or if its form is not supported.

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
    """Return the arguments of a call, with starred ones unpacked."""
    arguments: list[Any] = []
    for argument in call.args:
        if isinstance(argument, ast.Starred):
            arguments.extend(_read(argument.value, known, name))
        else:
            arguments.append(_read(argument, known, name))
    return tuple(arguments)


def _read(node: ast.expr, known: dict[str, Any], name: str) -> Any:
    """Return the value of a constant, a name, a tuple of these, or a figure made of them."""
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
