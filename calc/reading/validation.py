"""Validation of a tree by a model: every fault at once, each once a field, as codes instead of pydantic exceptions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar

from pydantic import ValidationError

from calc.faults import Fault, FaultCode, Refused

Model = TypeVar("Model")
#: What may hold texts; `dict` before what it is a kind of, because it is looked at sooner.
TREES, LISTS = (dict, Mapping), (list, tuple)


def trimmed(tree: Any) -> Any:
    """The tree with its texts trimmed of ASCII spaces at both ends; names, and counts typed as text, stay as they are.

    >>> trimmed({"drug": " naltrexone ", "schedule": [{"dose": "3 mg "}]})
    {'drug': 'naltrexone', 'schedule': [{'dose': '3 mg'}]}
    """
    if type(tree) is str:
        return tree.strip(" ")
    if isinstance(tree, TREES):
        return {name: value.strip(" ") if type(value) is str else trimmed(value) for name, value in tree.items()}
    return [trimmed(value) for value in tree] if isinstance(tree, LISTS) else tree


def without_null(given: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The tree without the null values of known names: null means absent. Unknown names stay, to be refused."""
    return {name: value for name, value in given.items() if value is not None or name not in names}


def validated(validate: Callable[[], Model], *more: Iterable[Fault]) -> Model:
    """Return what `validate` makes, or raise `Refused` with every fault of it and of `more`, each once a field."""
    faults: dict[tuple[str, str], Fault] = {}
    model = None
    try:
        model = validate()
    except ValidationError as invalid:
        more = (faults_in(invalid), *more)
    for fault in chain.from_iterable(more):
        faults.setdefault((fault.code, fault.field), fault)
    if faults or model is None:
        raise Refused(tuple(faults.values()))
    return model


_PYDANTIC_CODES = {
    "missing": FaultCode.REQUIRED,
    "extra_forbidden": FaultCode.UNKNOWN_FIELD,
    "model_type": FaultCode.WRONG_TYPE,
    "model_attributes_type": FaultCode.WRONG_TYPE,
    "tuple_type": FaultCode.WRONG_TYPE,
    "dict_type": FaultCode.WRONG_TYPE,
}
_EXPECTED = {
    "model_type": "object",
    "model_attributes_type": "object",
    "dict_type": "object",
    "tuple_type": "list",
}


def faults_in(invalid: ValidationError) -> Iterator[Fault]:
    """Pydantic's errors as faults. One that we do not know is our own mistake and raises."""
    for error in invalid.errors():
        path = [str(part) for part in error["loc"]]
        if path[0] in {"drug", "source"}:  # the name of the union's branch is not part of the path
            path = [path[0], *path[2:]]
        facts = dict(error.get("ctx", {}))
        facts.pop("code", None)
        if error["type"] in _EXPECTED:
            facts = {"expected": _EXPECTED[error["type"]]}
        yield Fault(_PYDANTIC_CODES.get(error["type"]) or FaultCode(error["type"]), ".".join(path), facts)
