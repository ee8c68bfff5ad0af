"""The published formulation that an order names, and what the order says otherwise than the formulation fixes.

The name stands beside the order: it changes no figure and no date. It never claims more than the order keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from calc import limits
from calc.arithmetic.units import MG, MG_PER_ML, ML, Figure, same_kind
from calc.faults import NoticeCode
from calc.formulation import Formulation, Ingredient, OrderSaid, VehiclePart
from calc.library import Library
from calc.orders.base import AnyOrder
from calc.orders.sources import PELLETS
from calc.orders.vehicles import ratio_of
from calc.planning.parts import FormulationUsed
from calc.planning.work import Work


def formulation_used(
    order: AnyOrder, library: Library, work: Work, *, form: str, strength: Figure | None = None
) -> FormulationUsed | None:
    """Return the formulation that an order names, and tell of it; None if it names none.

    `form` is what is made, `strength` that of a liquid in the form of its source's label.
    """
    if order.formulation is None:
        return None
    said = library.formulations[order.formulation]
    used = FormulationUsed(order.formulation, said, tuple(_changed(order, said, library, form, strength)))
    facts = {"key": used.key, "title": said.title}
    work.notice(NoticeCode.FORMULATION_NAMED, **facts)
    if used.changed:
        work.notice(NoticeCode.FORMULATION_CHANGED, changed=used.changed, **facts)
    if not said.whole:
        work.notice(NoticeCode.FORMULATION_INCOMPLETE, **facts)
    return used


def pellets_named(order: AnyOrder, library: Library, *, form: str, strength: Figure) -> bool:
    """Return True if an order keeps a formulation that names the pellets of its capsules, but for dates and storage.

    `form` and `strength` are as in `formulation_used`.
    """
    if getattr(order.source, "contents", "") != PELLETS or order.formulation is None:
        return False
    said = library.formulations[order.formulation]
    if said.order is None or said.order.source.contents != PELLETS:
        return False
    return set(_changed(order, said, library, form, strength)) <= _OF_DATES


#: What of a formulation an order may say otherwise and still use its pellets.
_OF_DATES = frozenset({"storage", "beyond_use.studies"})


def _changed(order: AnyOrder, said: Formulation, library: Library, form: str, strength: Figure | None) -> Iterator[str]:
    """Yield the names of what an order says otherwise; of another form nothing else is compared."""
    if form != said.form:
        yield "preparation"
        return
    name = order.drug if isinstance(order.drug, str) else order.drug.name.casefold()
    if said.drug not in name.split():
        yield "drug"
    fixed = said.order
    if fixed is not None and strength is not None:
        yield from _unlike(order, said, fixed, library, strength)
    kept = getattr(getattr(order, "vehicle", order.beyond_use), "storage", "")
    if said.dates and kept not in said.places:
        yield "storage"
    published = {(each.storage, each.days, each.hours, *_proof(each)) for each in said.dates}
    if {(each.storage, each.days, each.hours, *_proof(each)) for each in order.beyond_use.studies} != published:
        yield "beyond_use.studies"


def _proof(dated: Any) -> tuple[str, ...]:
    return dated.kind, dated.stability_indicating, dated.microbial


def _unlike(order: Any, said: Formulation, fixed: OrderSaid, library: Library, strength: Figure) -> Iterator[str]:
    """Yield the names of what a liquid says otherwise than the order of its formulation."""
    volume, published = order.volume.to(ML).value, fixed.volume.to(ML).value
    if strength != _strength_of(fixed):
        yield "strength"
    for name in ("kind", "strength", "contents"):
        wanted = getattr(fixed.source, name)
        if f"source.{name}" not in said.left_open and wanted not in (None, getattr(order.source, name, None)):
            yield f"source.{name}"
    if not _same_vehicle(order.vehicle, fixed.vehicle, library, volume / published):
        yield "vehicle"
    step = order.balance.readability.to(MG).value
    ordered = {each.name.casefold(): _amount(each, volume) for each in order.ingredients}
    wanted_of = {each.name.casefold(): _amount(each, volume, published) for each in fixed.ingredients}
    if ordered.keys() != wanted_of.keys() or not all(
        _near(ordered[name], amount, step) for name, amount in wanted_of.items()
    ):
        yield "ingredients"


def _strength_of(fixed: OrderSaid) -> Figure:
    """Return the drug in 1 mL: as published, or of the tablets that are used whole."""
    if fixed.strength is not None:
        return Figure(fixed.strength.to(MG).value, MG_PER_ML)
    used, one = fixed.source.tablets_used, fixed.source.strength
    if used is None or one is None:
        raise TypeError("an order without a strength says its tablets")
    return Figure(used * one.to(MG).value / fixed.volume.to(ML).value, MG_PER_ML)


def _amount(item: Ingredient | Any, volume: Fraction, stated_for: Fraction | None = None) -> Figure:
    """Return the amount of an ingredient for a volume; one for a batch was stated for that batch."""
    unit = MG if same_kind(item.amount.unit, MG) else ML
    whole = Fraction(100) if item.per == "100 mL" else stated_for or volume
    return Figure(item.amount.to(unit).value * volume / whole, unit)


def _near(one: Figure, other: Figure, step: Fraction) -> bool:
    """Return True if two amounts are the same as they are weighed or measured."""
    apart = step / 2 if one.unit is MG else _finest() / 2
    return one.unit is other.unit and abs(one.value - other.value) <= apart


def _finest() -> Fraction:
    """Return the step in which small volumes are measured, in mL."""
    return limits.SHARE_STEPS.values[0].to(ML).value


def _same_vehicle(vehicle: Any, wanted: tuple[VehiclePart, ...], library: Library, scale: Fraction) -> bool:
    """Return True if a vehicle has the parts of a formulation, by any of their names, in the same proportions."""
    parts = [(each.name, each) for each in vehicle.parts] or [(vehicle.name, None)]
    if len(parts) != len(wanted):
        return False
    by_name: Mapping[str, Any] = {_known(name, library): part for name, part in parts}
    found = []
    for each in wanted:
        name = next((n for n in (_known(named, library) for named in (each.name, *each.instead)) if n in by_name), None)
        if name is None:
            return False
        found.append(by_name[name])
    if found[0] is None or len(wanted) == 1:
        return True
    shares = [each.share for each in found]
    if all(shares) and all(each.share for each in wanted):
        return ratio_of(shares) == ratio_of(each.share or 0 for each in wanted)
    return all(_same_part(part, each, scale) for part, each in zip(found, wanted, strict=True))


def _same_part(part: Any, wanted: VehiclePart, scale: Fraction) -> bool:
    if wanted.volume is None or part.volume is None:
        return (part.to_volume, part.volume, part.share) == (wanted.to_volume, wanted.volume, wanted.share)
    apart: Fraction = abs(part.volume.to(ML).value - wanted.volume.to(ML).value * scale)
    return apart <= _finest() / 2


def _known(name: str, library: Library) -> str:
    """Return the name that the table has for a vehicle; one that is not in it, in small letters."""
    known = library.vehicle(name)
    return " ".join(name.split()).casefold() if known is None else known.name
