"""Plausibility checks of capsules before weighing: legal but unlikely values, as from a lost point or a wrong unit."""

from __future__ import annotations

from calc import limits
from calc.arithmetic.units import CAPSULE, Figure, figure
from calc.capsule.order import Order
from calc.drug import Drug
from calc.faults import NoticeCode
from calc.library import Library
from calc.orders.parts import BulkPowder
from calc.planning.stops import dose_beside_strength
from calc.planning.work import Work, per_capsule
from calc.rules import capsules


def plausible(order: Order, drug: Drug | None, library: Library, work: Work) -> None:
    """Give notice of values that are far from usual but break no rule."""
    quantity = figure(order.quantity, CAPSULE)
    fewest, most = limits.QUANTITY_USUAL_LOW.value, limits.QUANTITY_USUAL_HIGH.value
    if not fewest <= quantity <= most:
        work.notice(NoticeCode.QUANTITY_UNUSUAL, quantity=quantity, low=fewest, high=most)
    dose_beside_strength(order, drug, work)
    _masses_of_a_capsule(order, library, work)


def _packing_of_bulk(order: Order) -> tuple[tuple[str, Figure | None], ...]:
    if isinstance(order.source, BulkPowder):
        return (("source.packing_statistic", order.source.packing_statistic),)
    return ()


def _masses_of_a_capsule(order: Order, library: Library, work: Work) -> None:
    """Give notice of packing statistics, a fill or a shell far from what a capsule of this size holds or weighs."""
    size = order.capsule.size
    shell = None if size is None else library.shell(size, order.capsule.brand)
    if shell is None:
        return
    low, high = limits.POWDER_DENSITY_LOW.value, limits.POWDER_DENSITY_HIGH.value
    for field, mass in (
        ("tablet_powder.packing_statistic", order.tablet_powder.packing_statistic),
        *_packing_of_bulk(order),
        ("diluent.packing_statistic", order.diluent.packing_statistic),
        ("capsule.fill_mass", order.capsule.fill_mass),
    ):
        if mass is None:
            continue
        density = capsules.density_in_body(per_capsule(mass), shell.volume)
        if not low <= density <= high:
            work.notice(
                NoticeCode.FILL_UNLIKELY, field=field, mass=mass, size=size, density=density, low=low, high=high
            )
    if order.capsule.shell_mass is not None and shell.mass is not None:
        times = capsules.times_the_table(per_capsule(order.capsule.shell_mass), shell.mass)
        if not limits.SHELL_LOW.value <= times <= limits.SHELL_HIGH.value:
            work.notice(NoticeCode.SHELL_UNLIKELY, mass=order.capsule.shell_mass, size=size, known=shell.mass)
