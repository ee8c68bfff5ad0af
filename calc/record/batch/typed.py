"""What people type for the record, read as an order is read: each fault with its field, all at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, get_args

from pydantic_core import PydanticCustomError

from calc import limits
from calc.arithmetic.units import Figure, Unit
from calc.faults import Fault, FaultCode, Refused
from calc.reading.dates import DayOfAmericans, Expiry
from calc.reading.fields import Reader, TypedCount, count_in, quantity_in, refuse, text_up_to
from calc.reading.numbers import numbers_in
from calc.reading.printed_dates import day_in_figures, month_in_figures

Value = TypeVar("Value")
_EXPIRY: Reader = get_args(Expiry)[1]
_DAY: Reader = get_args(DayOfAmericans)[1]
_TEXT, _REMARK = text_up_to(limits.LONGEST_TEXT), text_up_to(limits.LONGEST_REMARK)
_PRINTED = text_up_to(limits.LONGEST_PRINTED)


class Typed:
    """The reader of one act: it keeps the faults until all fields are read."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read(self, field: str, reader: Callable[[Any], Value], given: Any) -> Value | None:
        """Return what a field holds; None if it cannot be read, which is then a fault."""
        try:
            return reader(given)
        except PydanticCustomError as refused:
            facts = {name: fact for name, fact in (refused.context or {}).items() if name != "code"}
            self.faults.append(Fault(FaultCode(refused.type), field, facts))
            return None

    def fault(self, code: FaultCode, field: str, **facts: object) -> None:
        """Keep a fault of a field."""
        self.faults.append(Fault(code, field, facts))

    def text(self, field: str, given: str, *, needed: bool = True) -> str:
        """Return a short text; blank if there is none and none is needed."""
        if not needed and not given.strip(" "):
            return ""
        return self.read(field, _TEXT.read, given) or ""

    def printed(self, field: str, given: str) -> str:
        """Return a name as a label or a prescription has it."""
        return self.read(field, _PRINTED.read, given) or ""

    def remark(self, field: str, given: str, *, needed: bool = False) -> str:
        """Return a remark: up to 300 characters, and no fewer than say anything."""
        if not given.strip(" ") and not needed:
            return ""
        text = self.read(field, _REMARK.read, given) or ""
        if text and len(set(text.lower()) - {" ", ".", "-"}) < limits.SHORTEST_REMARK:
            self.fault(FaultCode.REQUIRED, field, typed=text)
        return text

    def chosen(self, field: str, given: str, choices: tuple[str, ...]) -> str:
        """Return one of these words."""
        if given not in choices:
            code = FaultCode.UNKNOWN_CHOICE if given.strip(" ") else FaultCode.REQUIRED
            self.fault(code, field, typed=given[: limits.LONGEST_TEXT], choices=choices)
        return given

    def quantity(self, field: str, given: str, kind: Unit, *, zero: bool = False) -> Figure | None:
        """Return an amount of this kind, with its unit."""
        return self.read(field, lambda text: quantity_in(text, kind, zero=zero), given)

    def quantities(self, field: str, given: str, unit: str, kind: Unit) -> tuple[Figure, ...]:
        """Return the amounts of a list in one box; a unit beside the box is that of each."""
        numbers = numbers_in(given)
        if numbers == [""]:
            return ()
        if len(numbers) > limits.MOST_WEIGHED.value.numerator:
            self.fault(FaultCode.LIST_TOO_LONG, field, longest=limits.MOST_WEIGHED.value.numerator)
            return ()
        read = [self.quantity(field, f"{number} {unit}", kind) for number in numbers]
        return tuple(each for each in read if each is not None)

    def count(self, field: str, given: str, most: int, *, least: int = 1) -> int:
        """Return a whole number, up to `most`; 0 if it cannot be read."""

        def within(text: str) -> int:
            number = count_in(TypedCount(text))
            if not least <= number <= most:
                raise refuse(FaultCode.OUT_OF_RANGE.value, typed=text.strip(" "), low=str(least), high=f"{most:,}")
            return number

        return self.read(field, within, given) or 0

    def expiry(self, field: str, given: str) -> date | None:
        """Return the expiry that a maker printed: a day, or a month, which stands for its last day."""
        return self.read(field, _EXPIRY.read, month_in_figures(day_in_figures(given.strip(" "))))

    def day(self, field: str, given: str) -> date | None:
        """Return a day."""
        return self.read(field, _DAY.read, day_in_figures(given.strip(" ")))

    def done(self) -> None:
        """Raise `Refused` with every fault, if there are any."""
        if self.faults:
            raise Refused(tuple(self.faults))


def reference_in(given: str) -> str:
    """Return the reference of a dispensing as it is kept; blank for what is none.

    >>> reference_in(" RX-1 ")
    'RX-1'
    """
    return Typed().text("reference", given)
