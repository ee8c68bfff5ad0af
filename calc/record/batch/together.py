"""Shells weighed together, empty or filled with one powder: how many they are, and what no shell weighs or holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from calc import limits
from calc.arithmetic import notation
from calc.arithmetic.notation import plain
from calc.arithmetic.units import MG, Figure
from calc.capsule.plan import Plan
from calc.capsule.planning.packing import shell_of_table_beside, stops_of_packing
from calc.faults import FaultCode, Refused, Stop
from calc.orders.packing import means_in_range
from calc.orders.parts import is_powder
from calc.planning.bench_codes import BenchCode
from calc.reading.fields import canonical
from calc.record.batch.asking import Asking
from calc.record.batch.codes import Why
from calc.record.batch.planned import acknowledged
from calc.record.batch.state import Entry
from calc.record.batch.typed import Typed
from calc.service.preparations import AnyPlan

#: How an order says what several shells weigh or hold together: the path, and the name of their number.
_EMPTY, _FILLED = ("capsule", "shells", "number"), ("diluent", "packing", "bodies")
_SAID = {
    BenchCode.TEN_SHELLS: _EMPTY,
    BenchCode.PACKING_OF_DILUENT: _FILLED,
    BenchCode.PACKING_OF_POWDER: _FILLED,
}
#: Shells that a step says are weighed together; of crushed tablets there is not powder for so many.
_TEN = "10"


def is_together(code: BenchCode) -> bool:
    """Return True if several shells are weighed together at a step."""
    return code in _SAID


def usual(code: BenchCode, what: str) -> str:
    """Return how many shells the words of a step say; blank where they leave it open.

    >>> usual(BenchCode.TEN_SHELLS, ""), usual(BenchCode.PACKING_OF_POWDER, "")
    ('10', '')
    """
    return _TEN if code is not BenchCode.PACKING_OF_POWDER or what == "powder" else ""


def number_in(typed: Typed, field: str, given: str, code: BenchCode) -> int:
    """Return how many shells were typed; 0 where that cannot be read, which is then a fault."""
    part, group, number = _SAID[code]
    return typed.count(field, given, limits.RANGES[f"{part}.{group}.{number}"].high.numerator)


def part_of_step(source: Mapping[str, Any], code: BenchCode) -> str:
    """Return the part of the order, of which this is the source, of which a step says how it packs.

    >>> [part_of_step({"kind": kind}, BenchCode.PACKING_OF_POWDER) for kind in ("tablet", "powder")]
    ['tablet_powder', 'source']
    """
    if code is BenchCode.PACKING_OF_DILUENT:
        return "diluent"
    return "source" if is_powder(source) else "tablet_powder"


def said_in_order(entry: Entry, code: BenchCode) -> dict[str, Any]:
    """Return what an order says by an entry: so many together as they were typed, or one that was recorded alone."""
    _, group, number = _SAID[code]
    alone = "shell_mass" if group == "shells" else "packing_statistic"
    mass = canonical(entry.actual) if entry.actual is not None else None
    if entry.shells is None:
        return {alone: mass, group: None}
    tared = {} if group == "shells" else {"shells": limits.TARED}
    return {alone: None, group: {number: entry.shells, "total": mass, **tared}}


def mean_said(entry: Entry) -> str:
    """Return the mass of one shell, as a check by weight reads it: to the microgram where the division does not end.

    >>> from calc.arithmetic.units import figure
    >>> from calc.record.envelope import By
    >>> by = By("p", "", "")
    >>> [mean_said(Entry(1, "", figure(487, MG), "", "", None, None, by, "", "", "", (), n)) for n in (None, 10, 7)]
    ['487 mg', '48.7 mg', '69.571 mg']
    """
    mean = Fraction(0) if entry.actual is None else entry.actual.to(MG).value / (entry.shells or 1)
    return f"{notation.trimmed(notation.fixed(mean, 3))} mg"


def passed(
    asking: Asking[Any], plan: AnyPlan, code: BenchCode, total: Figure, shells: int, field: str, override: str
) -> tuple[Mapping[str, str], ...]:
    """Return the stops that a total raises by itself, with `override` as the reason, as an order acknowledges them.

    Raises what `stops_of_total` raises, and `Refused` with its stops unless the reason is one of each.
    """
    stops = stops_of_total(asking, plan, code, total, shells, field)
    reasons = tuple(acknowledged(stops, override))
    if len(reasons) < len(stops):
        raise Refused(stops=stops)
    return reasons


def stops_of_total(
    asking: Asking[Any], plan: AnyPlan, code: BenchCode, total: Figure, shells: int, field: str
) -> tuple[Stop, ...]:
    """Return the stops that a total raises by itself, at `field`.

    Raises `Refused` there for a total that none so many shells weigh or hold; `ActRefused` for shells that are nothing
    like those of their size.
    """
    _in_range(code, total, shells, field)
    if not isinstance(plan, Plan):
        return ()
    if code is BenchCode.TEN_SHELLS:
        known = shell_of_table_beside(plan.order, asking.library, total, shells)
        if known is not None:
            facts = {"shells": shells, "size": plan.order.capsule.size, "known": plain(Figure(known.value, MG))}
            raise asking.refused(Why.SHELLS_UNLIKELY, field, **facts)
        return ()
    part = part_of_step(asking.state.order["source"], code)
    stops = stops_of_packing(plan.order, asking.library, part, total, shells)
    return tuple(replace(stop, field=field) for stop in stops)


def _in_range(code: BenchCode, total: Figure, shells: int, field: str) -> None:
    """Raise `Refused` for a total that no order takes, or that leaves for one shell what none takes."""
    part, group, number = _SAID[code]
    typed, span = Typed(), limits.RANGES[f"{part}.{group}.total"]
    if not span.low <= total <= span.high:
        typed.fault(FaultCode.OUT_OF_RANGE, field, typed=plain(total), low=span.low, high=span.high)
    tree = {part: {group: {number: shells, "total": canonical(total.to(MG))}}}
    typed.faults += [replace(fault, field=field) for fault in means_in_range(tree)]
    typed.done()
