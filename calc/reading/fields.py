"""Pydantic types for the fields of an order or a data file, which refuse with a fault code and never guess.

They join pydantic to `calc.reading.numbers`, so that an order and a drug's file parse quantities alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError, core_schema

from calc import limits
from calc.arithmetic.notation import decimal, plain
from calc.arithmetic.units import (
    LITER,
    MCG,
    MG,
    ML,
    PERCENT,
    TYPED_UNITS,
    Figure,
    G,
    Unit,
    WrongUnit,
    figure,
    same_kind,
)
from calc.reading.numbers import NUMBER, Unreadable, holds_hidden, read_number, read_quantity, shortened
from calc.reading.validation import LISTS


@dataclass(frozen=True, eq=False)
class Reader:
    """The marker of a field: how it is parsed, how a normalized order writes it, and its JSON Schema.

    `read` takes what is given and, for a field that is read `in_context`, the context of its validation.
    """

    read: Callable[..., Any]
    json_schema: Mapping[str, Any]
    write: Callable[[Any], str] | None = None
    #: The unit that a quantity is a multiple of; None for a field that is not a quantity.
    kind: Unit | None = None
    in_context: bool = False

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        writes = core_schema.plain_serializer_function_ser_schema(self.write) if self.write else None
        if self.in_context:
            return core_schema.with_info_plain_validator_function(self._call, serialization=writes)
        return core_schema.no_info_plain_validator_function(self.read, serialization=writes)

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.json_schema)

    def _call(self, given: Any, info: ValidationInfo) -> Any:
        return self.read(given, info.context)


def refuse(code: str, **facts: object) -> PydanticCustomError:
    """Return the error that carries a fault's code and facts through pydantic."""
    return PydanticCustomError(code, "{code}", {"code": code, **facts})


#: The units that a normalized order writes masses in, in the order in which they are tried.
_MASSES = ((MG, "mg"), (MCG, "mcg"), (G, "g"))


def canonical(figure: Figure) -> str:
    """Return a quantity as a normalized order writes it: the same text for the same amount, whatever unit was typed.

    Masses are in mg if the number pattern allows, else in mcg or g; volumes in mL. Raises `WrongUnit` for the rest.

    >>> from calc.arithmetic.units import TYPED_UNITS, figure
    >>> canonical(figure("0.480", G)), canonical(figure("0.5", MCG))
    ('480 mg', '0.0005 mg')
    """
    if figure.unit is PERCENT:
        return f"{decimal(figure)} %"
    if figure.unit in (ML, LITER):
        return f"{decimal(figure.to(ML))} mL"
    for unit, name in _MASSES:
        text = decimal(figure if figure.unit is unit else figure.to(unit))
        if text is not None and NUMBER.fullmatch(text):
            return f"{text} {name}"
    raise WrongUnit(f"{figure} was not read from an order")


def quantity_in(given: Any, kind: Unit, *, zero: bool = False) -> Figure:
    """Parse a quantity of this kind. Raises `PydanticCustomError` with the code of its fault."""
    if isinstance(given, Figure):
        return given
    if not isinstance(given, str):
        raise refuse("wrong_type", expected="quantity")
    try:
        quantity = read_quantity(given)
    except Unreadable as fault:
        facts = fault.facts if "units" not in fault.facts else {**fault.facts, "units": " ".join(_units_of(kind))}
        raise refuse(fault.code, **facts) from fault
    if not same_kind(quantity.unit, kind):
        raise refuse("wrong_dimension", typed=shortened(given), wanted=kind.one)
    if quantity.numerator == 0 and not zero:
        raise refuse("zero_not_allowed", typed=shortened(given))
    return quantity


def _units_of(kind: Unit) -> list[str]:
    """Return the units proposed for such a quantity; "ug" is accepted, but never proposed."""
    names = (name for name, unit in TYPED_UNITS.items() if same_kind(unit, kind))
    return [name for name in names if name != "ug"]


def pattern_of(kind: Unit) -> str:
    """Return the pattern of a quantity of this kind, as a JSON Schema writes it."""
    names = (name for name, unit in TYPED_UNITS.items() if same_kind(unit, kind))
    return rf"{NUMBER.pattern} +({'|'.join(names)})"


def _quantity_schema(kind: Unit, example: str) -> Mapping[str, Any]:
    return {"type": "string", "pattern": f"^ *{pattern_of(kind)} *$", "examples": [example]}


def _quantity_of(kind: Unit, example: str, *, zero: bool = False) -> Reader:
    """Mark a field that takes a quantity of this kind."""
    return Reader(lambda given: quantity_in(given, kind, zero=zero), _quantity_schema(kind, example), canonical, kind)


Mass = Annotated[Figure, _quantity_of(MG, "4.5 mg")]


def _tared_or_mass(given: Any) -> Any:
    """Return "tared", or the mass that it stands for."""
    tared = isinstance(given, str) and given.strip(" ") == limits.TARED
    return limits.TARED if tared else quantity_in(given, MG)


#: The mass of empty shells, or the word that the balance was tared with them.
TaredOrMass = Annotated[
    Figure | str,
    Reader(
        _tared_or_mass,
        {"type": "string", "pattern": rf"^ *({limits.TARED}|{pattern_of(MG)}) *$", "examples": [limits.TARED]},
        lambda given: given if isinstance(given, str) else canonical(given),
        MG,
    ),
]
#: A mass that may be nothing at all.
MassOrNone = Annotated[Figure, _quantity_of(MG, "0.1 g", zero=True)]
Volume = Annotated[Figure, _quantity_of(ML, "100 mL")]
Percent = Annotated[Figure, _quantity_of(PERCENT, "3 %", zero=True)]
PositivePercent = Annotated[Figure, _quantity_of(PERCENT, "5 %")]


def within(path: str, ranges: Mapping[str, limits.Range] = limits.RANGES) -> AfterValidator:
    """Return a validator that checks a quantity or count against the range for `path` in a table of limits."""
    return AfterValidator(check_within(path, ranges))


def check_within(path: str, ranges: Mapping[str, limits.Range] = limits.RANGES) -> Callable[[Any], Any]:
    """Return the check of a quantity or count against the range for `path` in a table of limits."""
    low, high = ranges[path].low, ranges[path].high
    above_zero = low.numerator > 0

    def check(given: Any) -> Any:
        if isinstance(given, Figure):
            quantity = given
        elif given == limits.TARED:
            return given
        else:
            quantity = figure(given, low.unit)
        if above_zero and quantity.numerator == 0:
            raise refuse("zero_not_allowed", typed=quantity)
        if not low <= quantity <= high:
            raise refuse("out_of_range", typed=plain(quantity), low=low, high=high)
        return given

    return check


def length(fewest: int, most: int) -> BeforeValidator:
    """A check of a list's length before its items are read: a long list is one fault, not one for each item."""

    def check(given: Any) -> Any:
        if isinstance(given, LISTS) and not fewest <= len(given) <= most:
            raise refuse("required") if len(given) < fewest else refuse("list_too_long", longest=most)
        return given

    return BeforeValidator(check)


class TypedCount(str):
    """A count as typed on a page or a command line, where every value is text; JSON counts must be integers."""

    __slots__ = ()


def count_in(given: Any) -> int:
    """Parse a count. Raises `PydanticCustomError` with the code of its fault."""
    if isinstance(given, TypedCount):
        try:
            number = read_number(given)
        except Unreadable as fault:
            raise refuse(fault.code, **fault.facts) from fault
        if number.denominator != 1:
            raise refuse("not_whole", typed=shortened(given))
        return number.numerator
    if isinstance(given, bool) or not isinstance(given, int):
        raise refuse("wrong_type", expected="count")
    return given


Count = Annotated[int, Reader(count_in, {"type": "integer"})]


def stripped(given: Any, expected: str, longest: int = limits.LONGEST_TEXT) -> str:
    """Strip ASCII spaces from the ends of a text; refuse other types, and blank, hidden or overlong text."""
    if not isinstance(given, str):
        raise refuse("wrong_type", expected=expected)
    text = given.strip(" ")
    if len(text) > longest:
        raise refuse("text_too_long", typed=shortened(given), longest=longest)
    if holds_hidden(given):
        raise refuse("hidden_character", typed=shortened(given))
    if not text:
        raise refuse("required", typed="")
    return text


_TEXT_SCHEMA: Mapping[str, Any] = {"type": "string", "minLength": 1, "examples": ["A1234"]}


def text_up_to(longest: int) -> Reader:
    """Mark a field that takes a text which the papers can print, with accents joined to their letters (NFC)."""

    def read(given: Any) -> str:
        text = unicodedata.normalize("NFC", stripped(given, "text", longest))
        for character in text:
            if character not in limits.PRINTABLE:
                number = f"U+{ord(character):04X}"
                raise refuse("not_printable", typed=shortened(text), character=character, number=number)
        return text

    usual = longest == limits.LONGEST_TEXT
    return Reader(read, _TEXT_SCHEMA if usual else {**_TEXT_SCHEMA, "maxLength": longest})


PlainText = Annotated[str, text_up_to(limits.LONGEST_TEXT)]


def _choose(given: Any, choices: Collection[str], elsewhere: tuple[str, ...] = ()) -> str:
    if isinstance(given, str) and (word := given.strip(" ")) in choices:  # at any length: the table's own name
        return word
    typed = shortened(stripped(given, "text"))
    raise refuse("unknown_choice", typed=typed, choices=(*choices, *(() if typed in elsewhere else elsewhere)))


def choice(*choices: str, elsewhere: tuple[str, ...] = ()) -> Reader:
    """Mark a field that takes one of these words, spelled exactly.

    `elsewhere` are words that select another model in place of this one: a refusal lists them, but none is accepted.
    """
    return Reader(lambda given: _choose(given, choices, elsewhere), {"type": "string", "enum": list(choices)})


def choice_from(choices: Callable[[Any], Collection[str]]) -> Reader:
    """Mark a field that takes one of the words in the library of the validation context."""
    return Reader(lambda given, context: _choose(given, choices(context["library"])), _TEXT_SCHEMA, in_context=True)


def peek_count(given: Any) -> int | None:
    """Return the count in a field, or None if it cannot be parsed (its own fault says so)."""
    try:
        return count_in(given)
    except PydanticCustomError:
        return None


def peek_mass(given: Any) -> Figure | None:
    """Return the mass in a field, or None if there is none or it cannot be parsed (its own fault says so)."""
    return peek_quantity(given, MG)


def peek_quantity(given: Any, kind: Unit) -> Figure | None:
    """Return a quantity of this kind in a field, or None if there is none or it cannot be parsed."""
    if given is None:
        return None
    try:
        return quantity_in(given, kind)
    except PydanticCustomError:
        return None
