"""Bodies filled with one powder, or empty shells, weighed together: their mean, and whether any powder packs so."""

from fractions import Fraction
from typing import Any

from tests.second_engine import tables
from tests.second_engine.fill import volume_of
from tests.second_engine.order import Order
from tests.second_engine.reader import Reader
from tests.second_engine.shown import finite_places, order_mass
from tests.second_engine.stops import Stop

#: Of a powder in a body, in mg in 1 mL: above the first nothing packs, above the second hardly anything.
TOO_DENSE, DENSE = Fraction(2000), Fraction(1200)
STANDS = Fraction(1, 5)
ABOVE_TAPPED = Fraction(13, 10)
LIKELY = (Fraction(6, 10), Fraction(18, 10))
Tree = dict[str, Any]


def _part(reader: Reader, tree: Tree, field: str, names: tuple[str, ...], required: tuple[str, ...]) -> Tree | None:
    """An object below a part, with what it cannot do without; None where it is not given."""
    part = tree.get(field.rpartition(".")[2])
    if part is None:
        return None
    if not isinstance(part, dict):
        reader.fault("wrong_type", field)
        return None
    reader.unknown(part, f"{field}.", names)
    for name in required:
        if part.get(name) is None:
            reader.fault("required", f"{field}.{name}")
    return part


def read_packing(reader: Reader, tree: Tree, part: str) -> Fraction | None:
    """The mean of bodies filled with one powder, by itself or from their total; it is one of the two."""
    mean = reader.amount(tree, f"{part}.packing_statistic")
    field = f"{part}.packing"
    given = _part(reader, tree, field, ("bodies", "total", "shells"), ("bodies", "total"))
    if given is None:
        return mean
    if tree.get("packing_statistic") is not None:
        reader.fault("excludes_each_other", field)
    bodies = reader.count(given, f"{field}.bodies", like="packing.bodies")
    total = reader.amount(given, f"{field}.total", like="packing.total")
    shells: Fraction = Fraction(0)
    if not (isinstance(given.get("shells"), str) and given["shells"].strip(" ") == "tared"):
        weighed = reader.amount(given, f"{field}.shells", like="packing.shells")
        if weighed is None and given.get("shells") is not None:
            return None
        shells = weighed or shells
    return _mean_of(reader, field, total, shells, bodies, "diluent.packing_statistic")


def _mean_of(
    reader: Reader, field: str, total: Fraction | None, shells: Fraction, number: int | None, alone: str
) -> Fraction | None:
    """The mean of one, in the range of the field that takes it alone; more than the empty shells in any case."""
    if total is None or number is None:
        return None
    mean, (low, high) = (total - shells) / number, tables.RANGES[alone]
    if not low <= mean <= high:
        reader.fault("out_of_range", f"{field}.total")
    return mean


def read_shells(reader: Reader, capsule: Tree) -> Fraction | None:
    """The mean mass of an empty shell, by itself or from the total of some."""
    mean = reader.amount(capsule, "capsule.shell_mass")
    given = _part(reader, capsule, "capsule.shells", ("number", "total"), ("number", "total"))
    if given is None:
        return mean
    if capsule.get("shell_mass") is not None:
        reader.fault("excludes_each_other", "capsule.shells")
    number = reader.count(given, "capsule.shells.number", like="shells.number")
    total = reader.amount(given, "capsule.shells.total", like="shells.total")
    return _mean_of(reader, "capsule.shells", total, Fraction(0), number, "capsule.shell_mass")


def density_stops(order: Order) -> list[Stop]:
    """Stops on a powder that would be denser in its body than powders are."""
    volume = volume_of(order, order.size)
    if volume is None:
        return []
    tapped = tables.DILUENTS[order.diluent][0]
    dense = max(DENSE, ABOVE_TAPPED * 1000 * (tapped or 0))
    stops = []
    for field, mass in order.packed.items():
        if mass is not None and mass > dense * volume:
            said = f"{field.partition('.')[0]} {'' if finite_places(mass) is None else order_mass(mass)}"
            stops.append(Stop("packs_too_dense" if mass > TOO_DENSE * volume else "packs_dense", field, said))
    return stops


def stands_for_too_much(order: Order, powder: Fraction | None) -> bool:
    """Whether the diluent alone was measured, and the tablet powder takes a fifth of the body or more by it."""
    if not order.diluent_stands or order.diluent_statistic is None:
        return False
    return powder is None or powder / order.diluent_statistic >= STANDS


def packs_unlikely(order: Order) -> bool:
    """Whether the diluent, or a fill that is given, is far from what the table makes one expect of that diluent."""
    volume, tapped = volume_of(order, order.size), tables.DILUENTS[order.diluent][0]
    if volume is None or tapped is None:
        return False
    low, high = (times * tapped * 1000 * volume for times in LIKELY)
    return any(mass is not None and not low <= mass <= high for mass in (order.diluent_statistic, order.fill))
