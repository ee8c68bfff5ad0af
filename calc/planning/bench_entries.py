"""What was typed at the bench: the actual amounts of the steps, read against what each step wants."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from calc import limits
from calc.arithmetic.notation import plain
from calc.arithmetic.units import CAPSULE, MG, ML, RATIO, TABLET, Figure, figure
from calc.faults import Fault, FaultCode
from calc.planning.bench import BenchCode, BenchStep, Wants
from calc.reading.fields import TypedCount, count_in, quantity_in, refuse, text_up_to
from calc.reading.numbers import joined, numbers_in

#: The beginning of the path of a step's entry.
BENCH = "bench"
#: A key: a code, with a number where a plan has several of them.
KEY = re.compile(rf"(?:{'|'.join(code.value for code in BenchCode)})(?:-[1-9][0-9]?)?", re.ASCII)
#: Boats, in which nothing may have stayed.
_MAY_BE_NOTHING = frozenset({BenchCode.PORTION_BOAT, BenchCode.TRITURATION_BOAT, BenchCode.ALIQUOT_BOAT})
_COUNTED = {"tablets": TABLET, "capsules": CAPSULE, "shells": CAPSULE}
_text = text_up_to(limits.LONGEST_AT_BENCH)


class TypedEntry(NamedTuple):
    """One entry as it was typed: its value, its unit, and whether the step was ticked."""

    value: str = ""
    unit: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class AtBench:
    """What was typed at the bench, by the keys of the steps.

    `amounts` and `texts` are what could be read, `faults` say of the others why not. `strays` are the keys of steps
    that this plan does not have: what was typed for another plan is kept, and decides nothing. `batch` are the steps
    that are recorded in a batch of the record; None at a bench without one.
    """

    typed: Mapping[str, TypedEntry] = field(default_factory=dict)
    amounts: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
    strays: tuple[str, ...] = ()
    batch: frozenset[str] | None = None

    def amount(self, key: str) -> Figure | None:
        """Return the amount typed for a step, the first of several; None if there is none."""
        found = self.amounts.get(key)
        return found[0] if found else None

    def is_reached(self, key: str) -> bool:
        """Return True if a step was ticked, or anything was typed for it."""
        typed = self.typed.get(key)
        return typed is not None and (typed.done or bool(typed.value))


NOTHING_AT_BENCH = AtBench()


def read_entries(steps: Sequence[BenchStep], typed: Mapping[str, TypedEntry]) -> AtBench:
    """Read what was typed, each entry by what its step wants.

    >>> step = BenchStep(BenchCode.PORTION, unit="g", wants=Wants.MASS)
    >>> read_entries([step], {"portion": TypedEntry("432", "mg")}).amount("portion")
    Figure(value=Fraction(432, 1), unit=Unit('mg'))
    """
    if not typed:
        return NOTHING_AT_BENCH
    amounts: dict[str, tuple[Figure, ...]] = {}
    texts: dict[str, str] = {}
    faults: dict[str, Fault] = {}
    by_key = {step.key: step for step in steps}
    for key, entry in typed.items():
        step = by_key.get(key)
        if step is None or not entry.value:
            continue
        try:
            if step.wants is Wants.TEXT:
                texts[key] = _text.read(entry.value)
            else:
                amounts[key] = tuple(_amounts(step, entry))
        except PydanticCustomError as refused:
            facts = {name: fact for name, fact in (refused.context or {}).items() if name != "code"}
            faults[key] = Fault(FaultCode(refused.type), f"{BENCH}.{key}", facts)
    return AtBench(typed, amounts, texts, faults, tuple(key for key in typed if key not in by_key))


def _amounts(step: BenchStep, entry: TypedEntry) -> list[Figure]:
    """Return the amounts of an entry: one, or as many as capsules were weighed one by one."""
    if step.wants is Wants.TICK:
        raise refuse(FaultCode.UNKNOWN_FIELD.value)
    if step.wants is Wants.COUNT:
        return [_count(step, entry)]
    numbers = numbers_in(entry.value) if step.code is BenchCode.TEN_CAPSULES else [entry.value]
    most = limits.MOST_WEIGHED.value.numerator
    if len(numbers) > most:
        raise refuse(FaultCode.LIST_TOO_LONG.value, longest=most)
    kind = MG if step.wants is Wants.MASS else ML
    zero = step.code in _MAY_BE_NOTHING
    return [_in_range(quantity_in(joined(each, entry.unit), kind, zero=zero), step).to(kind) for each in numbers]


def _count(step: BenchStep, entry: TypedEntry) -> Figure:
    number, most = count_in(TypedCount(entry.value)), limits.BENCH_RANGES[Wants.COUNT].high.numerator
    if not number:
        raise refuse(FaultCode.ZERO_NOT_ALLOWED.value, typed=entry.value)
    if number > most:
        raise refuse(FaultCode.OUT_OF_RANGE.value, typed=entry.value, low="1", high=f"{most:,}")
    return figure(number, _COUNTED.get(step.unit, RATIO))


def _in_range(found: Figure, step: BenchStep) -> Figure:
    """Return a figure if it is within what is taken. Raises `PydanticCustomError` if it is not."""
    span = limits.BENCH_RANGES[step.wants]
    if not span.low <= found <= span.high:
        raise refuse(FaultCode.OUT_OF_RANGE.value, typed=plain(found), low=span.low, high=span.high)
    return found
