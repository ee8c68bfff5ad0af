"""The vehicle of a liquid: what is measured of its parts, what the table knows of them, and what it does not."""

from __future__ import annotations

from calc.arithmetic import rounding
from calc.arithmetic.units import ML, RATIO, Figure, figure
from calc.faults import NoticeCode
from calc.library import Library
from calc.liquid.order import LiquidOrder, Vehicle, VehiclePart
from calc.liquid.plan import PartUsed, VehicleUsed
from calc.orders.vehicles import STRICTER, measured_in, ratio_of, together
from calc.planning.codes import Rounding, StepCode
from calc.planning.work import Step, Work
from calc.rules import liquids as rules


def vehicle_used(order: LiquidOrder, library: Library, work: Work) -> VehicleUsed:
    """Return the vehicle with the volumes that are measured, and give notice of what is not known or said otherwise."""
    vehicle = order.vehicle
    each = vehicle.parts or (vehicle,)
    _told(vehicle, each, library, work)
    known = [library.vehicle(part.name) for part in each]
    said = [None if row is None else row.sugar_free for row in known]
    sugar_free = "no" if "no" in said else "yes" if set(said) == {"yes"} else None
    contains = dict.fromkeys(name for row in known if row is not None for name in row.excipients)
    parts, mixed = _parts(order, library, work)
    return VehicleUsed(parts, mixed, sugar_free, tuple(contains))


def _parts(order: LiquidOrder, library: Library, work: Work) -> tuple[tuple[PartUsed, ...], Figure | None]:
    """Return the parts in the order of work, and what they come to if they are mixed before use."""
    parts = order.vehicle.parts
    shares = [part.share for part in parts if part.share is not None]
    if len(parts) < 2 or not shares:
        typed = [None if part.volume is None else part.volume.to(ML) for part in parts]
        used = [_part(order, index, volume, library) for index, volume in enumerate(typed)]
        return tuple(sorted(used, key=lambda part: part.volume is None)), None
    ratio = [figure(share, RATIO) for share in ratio_of(shares)]
    together = rounding.total(ratio, RATIO)
    exact = rules.volume_of_share.compute(order.volume.to(ML), together)
    one = rounding.up_to_step(exact, measured_in(exact))
    given = order.volume.to(ML), together
    work.steps.append(Step(StepCode.VEHICLE_SHARE, rules.volume_of_share, given, exact, Rounding.UP_TO_STEP, one))
    volumes = [rules.volume_of_shares(share, one) for share in ratio]
    measured = (_part(order, index, volume, library) for index, volume in enumerate(volumes))
    return tuple(measured), rules.volume_of_shares(together, one)


def _part(order: LiquidOrder, index: int, volume: Figure | None, library: Library) -> PartUsed:
    name = order.vehicle.parts[index].name
    return PartUsed(index, name, volume, library.vehicle(name) is not None)


def _told(vehicle: Vehicle, each: tuple[Vehicle | VehiclePart, ...], library: Library, work: Work) -> None:
    """Give notice of facts that nobody knows or that the table knows otherwise, and of a mixture said preserved."""
    unknown = [part.name for part in each if _unknown(part, library, of_mixture=bool(vehicle.parts))]
    if unknown:
        work.notice(NoticeCode.VEHICLE_OPEN, vehicles=tuple(dict.fromkeys(unknown)))
    for part in each:
        row = library.vehicle(part.name)
        for fact in STRICTER if row is not None else ():
            known, said = getattr(row, fact), getattr(part, fact)
            if known and known != said and (fact == "aqueous" or part.aqueous == "yes"):
                work.notice(NoticeCode.VEHICLE_UNLIKE_TABLE, vehicle=part.name, fact=fact, known=known)
    if vehicle.parts and vehicle.aqueous == "yes" and vehicle.preserved == "yes":
        of_parts = [(part.aqueous, part.preserved) for part in vehicle.parts]
        if together(of_parts)[1] == "no":
            work.notice(NoticeCode.MIXTURE_PRESERVED)


def _unknown(part: Vehicle | VehiclePart, library: Library, *, of_mixture: bool) -> bool:
    """Return whether a vehicle counts as with water and not preserved because nobody knows better."""
    row = library.vehicle(part.name)
    asked = of_mixture if row is None else not (row.aqueous and row.preserved)
    return asked and (part.aqueous, part.preserved) == ("yes", "no")
