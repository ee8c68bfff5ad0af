"""What goes into one capsule: the three ways to know it, the sizes side by side, and the ladder of dilution."""

from dataclasses import dataclass
from fractions import Fraction

from tests.second_engine import tables
from tests.second_engine.ingredients import in_one
from tests.second_engine.order import Order

STATISTICS, GIVEN, ESTIMATE = "statistics", "given", "estimate"


@dataclass(slots=True)
class Fill:
    """One way of filling a size; masses in mg per capsule, None where unknown. `diluent` is without ingredients."""

    way: str
    share_of_body: Fraction | None
    diluent: Fraction | None
    fill: Fraction | None
    too_small: bool


@dataclass(slots=True)
class Others:
    """The ingredients of one capsule together: their mass, and the share of the body that they take."""

    mass: Fraction
    share: Fraction


def volume_of(order: Order, size: str | None) -> Fraction | None:
    """Body volume of a size by the order's brand, in mL."""
    body = tables.BODIES.get(order.brand or tables.REFERENCE_BRAND, {}).get(size or "")
    return body[0] if body else None


def table_shell(order: Order) -> Fraction | None:
    """Mass of an empty gelatin shell by the table, in mg."""
    body = tables.BODIES.get(order.brand or tables.REFERENCE_BRAND, {}).get(order.size or "")
    return body[1] if body else None


def _body(powder: Fraction, fulls: tuple[Fraction, Fraction], others: Others, way: str) -> Fill:
    """Fill by the shares of the body that powder and ingredients take; `fulls`: powder and diluent that fill one."""
    powder_full, diluent_full = fulls
    share = powder / powder_full
    free = 1 - share - others.share
    diluent = free * diluent_full
    return Fill(way, share, diluent, powder + others.mass + diluent, free < 0)


def others_of(order: Order, batch: int, scale: Fraction, like: Fraction | None = None) -> Others:
    """The ingredients in one capsule; those without a packing statistic take no room, or pack `like` something."""
    share = Fraction(0)
    each = in_one(order, batch)
    for one, mass in zip(order.ingredients, each, strict=True):
        full = like if one.packs is None else one.packs * scale
        share += mass / full if full else 0
    return Others(sum(each, Fraction(0)), share)


def fill_of(order: Order, batch: int, powder: Fraction | None, scale: Fraction = Fraction(1)) -> Fill | None:
    """The fill of the chosen size, or of another by the ratio of body volumes; None when nothing tells it."""
    if order.powder_statistic is not None and order.diluent_statistic is not None and order.size is not None:
        if powder is None:
            return None
        fulls = order.powder_statistic * scale, order.diluent_statistic * scale
        return _body(powder, fulls, others_of(order, batch, scale), STATISTICS)
    if order.fill is not None:
        fill = order.fill * scale
        if powder is None:
            return Fill(GIVEN, None, None, fill, False)
        rest = fill - powder - others_of(order, batch, scale).mass
        return Fill(GIVEN, None, rest, fill, rest < 0)
    volume = volume_of(order, order.size)
    density = tables.DILUENTS[order.diluent][0]
    if powder is None or volume is None or density is None:
        return None
    full = volume * density * 1000 * scale
    return _body(powder, (full, full), others_of(order, batch, scale, full), ESTIMATE)


def way_of(order: Order) -> str | None:
    """The way that the fill is known by, or will be once the tablets are weighed."""
    if order.powder_statistic is not None and order.diluent_statistic is not None and order.size is not None:
        return STATISTICS
    if order.fill is not None:
        return GIVEN
    return None if volume_of(order, order.size) is None or tables.DILUENTS[order.diluent][0] is None else ESTIMATE


def ways_of(order: Order) -> list[str | None]:
    """How each ingredient takes its room."""
    way = way_of(order)
    without = {STATISTICS: "neglected", GIVEN: "mass", ESTIMATE: "diluent"}.get(way or "")
    return ["packing" if one.packs and way in (STATISTICS, ESTIMATE) else without for one in order.ingredients]


def sizes_of(order: Order, batch: int, powder: Fraction | None) -> list[tuple[str, Fill]]:
    """The chosen size and two on either side with their fill, largest first; empty while anything is unknown."""
    chosen = volume_of(order, order.size)
    if powder is None or chosen is None:
        return []
    found = []
    bodies = list(tables.BODIES[order.brand or tables.REFERENCE_BRAND].items())
    here = [size for size, _ in bodies].index(order.size or "")
    either = 0 if order.ingredients else 2  # how they would pack in another body nobody measured
    for size, (volume, _) in bodies[max(0, here - either) : here + either + 1]:
        fill = fill_of(order, batch, powder, volume / chosen)
        if fill is not None:
            found.append((size, fill))
    return found


def ladder_of(portion: Fraction, diluent: Fraction, least: Fraction) -> list[tuple[Fraction, Fraction]]:
    """Additions of diluent and the totals after them, from the printed masses."""
    steps: list[tuple[Fraction, Fraction]] = []
    total, rest = portion, diluent
    while rest > 0 and portion > 0:
        addition = min(total, rest)
        rest -= addition
        if 0 < rest < least:
            addition, rest = addition + rest, Fraction(0)
        total += addition
        steps.append((addition, total))
    return steps
