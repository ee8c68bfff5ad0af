"""Consistency checks of bodies and shells weighed together: their pairs, and the mean that they give."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from calc import limits
from calc.arithmetic.notation import plain
from calc.arithmetic.units import MG, Figure, figure
from calc.faults import Fault, FaultCode
from calc.reading.fields import peek_count, peek_mass


def packed_in(said: Collection[str], part: str) -> str | None:
    """Return the path at which an order says how a powder packs; None if it does not."""
    for path in (f"{part}.packing_statistic", f"{part}.packing"):
        if path in said:
            return path
    return None


def packing_pair(said: Collection[str], powder: str) -> Iterator[Fault]:
    """Yield a fault if one powder was measured and the other was not.

    Whether the diluent may stand for tablets or contents of capsules that were weighed is for planning to say: it knows
    how much they take.
    """
    of_diluent, of_powder = packed_in(said, "diluent"), packed_in(said, powder)
    weighed = powder == "tablet_powder" and ("source.total_mass" in said or "source.full_mass" in said)
    if of_diluent is None and of_powder is not None:
        yield powder_not_measured("diluent", of_powder)
    elif of_diluent is not None and of_powder is None and not weighed:
        yield powder_not_measured(powder, of_diluent)


def powder_not_measured(part: str, given: str) -> Fault:
    """Return the fault of a powder whose packing is missing beside that of another, which was `given`."""
    return Fault(FaultCode.PAIR_INCOMPLETE, f"{part}.packing_statistic", {"given": given})


def means_in_range(tree: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each mean of bodies or shells that could not be typed by itself, if it can be worked out."""
    for part in limits.PACKED:
        packing = _given(tree, part, "packing")
        if packing is not None:
            yield from _mean_of(f"{part}.packing", "bodies", packing, f"{part}.packing_statistic")
    shells = _given(tree, "capsule", "shells")
    if shells is not None:
        yield from _mean_of("capsule.shells", "number", shells, "capsule.shell_mass")


def _given(tree: Mapping[str, Any], part: str, name: str) -> Mapping[str, Any] | None:
    """Return a group within a part of the tree, if it is given."""
    group = tree.get(part)
    given = group.get(name) if isinstance(group, dict) else None
    return given if isinstance(given, dict) else None


def _mean_of(path: str, count: str, given: Mapping[str, Any], alone: str) -> Iterator[Fault]:
    """Yield a fault if the total leaves for one what the field `alone` would refuse, and each field is in its range."""
    number, total, shells = peek_count(given.get(count)), peek_mass(given.get("total")), None
    if number is None or total is None or not (_within(f"{path}.{count}", number) and _within(f"{path}.total", total)):
        return
    if given.get("shells", limits.TARED) != limits.TARED:
        shells = peek_mass(given["shells"])
        if shells is None or not _within(f"{path}.shells", shells):
            return
    held = total.to(MG).value - (shells.to(MG).value if shells is not None else 0)
    if shells is not None and held <= 0:
        facts = {"typed": plain(total), "shells": shells, "low": shells, "high": shells}
        yield Fault(FaultCode.OUT_OF_RANGE, f"{path}.total", facts)
        return
    mean, span = Figure(held / number, MG), limits.RANGES[alone]
    if not span.low <= mean <= span.high:
        facts = {"typed": plain(total), "each": mean, "low": span.low, "high": span.high}
        yield Fault(FaultCode.OUT_OF_RANGE, f"{path}.total", facts)


def shells_of_capsules(tree: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault if the empty shells of opened capsules weigh what no shells do, or as much as the full ones."""
    source = tree.get("source")
    if not isinstance(source, dict):
        return
    full, shells = peek_mass(source.get("full_mass")), peek_mass(source.get("shells_mass"))
    if shells is None:
        return
    if full is not None and shells >= full:
        yield Fault(FaultCode.SHELLS_ABOVE_FULL, "source.shells_mass", {"typed": plain(shells), "full": full})
        return
    number, span = peek_count(source.get("capsules_weighed")), limits.RANGES["capsule.shell_mass"]
    if number is None or not _within("source.capsules_weighed", number):
        return
    each = Figure(shells.to(MG).value / number, MG)
    if not span.low <= each <= span.high:
        facts = {"typed": plain(shells), "each": each, "low": span.low, "high": span.high}
        yield Fault(FaultCode.OUT_OF_RANGE, "source.shells_mass", facts)


def _within(path: str, given: Figure | int) -> bool:
    span = limits.RANGES[path]
    return span.low <= (given if isinstance(given, Figure) else figure(given, span.low.unit)) <= span.high
