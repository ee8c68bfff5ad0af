"""What goes into one capsule: the three ways to know it, the sizes side by side, and the ladder of dilution."""

from dataclasses import dataclass
from fractions import Fraction

from tests.second_engine import tables
from tests.second_engine.order import Order

STATISTICS, GIVEN, ESTIMATE = "statistics", "given", "estimate"


@dataclass(slots=True)
class Fill:
    """One way of filling a size; masses in mg per capsule, None where unknown."""

    way: str
    share_of_body: Fraction | None
    diluent: Fraction | None
    fill: Fraction | None
    too_small: bool


def volume_of(order: Order, size: str | None) -> Fraction | None:
    """Body volume of a size by the order's brand, in mL."""
    body = tables.BODIES.get(order.brand or tables.REFERENCE_BRAND, {}).get(size or "")
    return body[0] if body else None


def table_shell(order: Order) -> Fraction | None:
    """Mass of an empty gelatin shell by the table, in mg."""
    body = tables.BODIES.get(order.brand or tables.REFERENCE_BRAND, {}).get(order.size or "")
    return body[1] if body else None


def _body(powder: Fraction, powder_full: Fraction, diluent_full: Fraction, way: str) -> Fill:
    """Fill by the share of the body that the powder takes."""
    share = powder / powder_full
    diluent = (1 - share) * diluent_full
    return Fill(way, share, diluent, powder + diluent, share > 1)


def fill_of(order: Order, powder: Fraction | None, scale: Fraction = Fraction(1)) -> Fill | None:
    """The fill of the chosen size, or of another by the ratio of body volumes; None when nothing tells it."""
    if order.powder_statistic is not None and order.diluent_statistic is not None and order.size is not None:
        if powder is None:
            return None
        return _body(powder, order.powder_statistic * scale, order.diluent_statistic * scale, STATISTICS)
    if order.fill is not None:
        fill = order.fill * scale
        if powder is None:
            return Fill(GIVEN, None, None, fill, False)
        return Fill(GIVEN, None, fill - powder, fill, powder > fill)
    volume = volume_of(order, order.size)
    density = tables.DILUENTS[order.diluent][0]
    if powder is None or volume is None or density is None:
        return None
    full = volume * density * 1000 * scale
    return _body(powder, full, full, ESTIMATE)


def sizes_of(order: Order, powder: Fraction | None) -> list[tuple[str, Fill]]:
    """The chosen size and two on either side with their fill, largest first; empty while anything is unknown."""
    chosen = volume_of(order, order.size)
    if powder is None or chosen is None:
        return []
    found = []
    bodies = list(tables.BODIES[order.brand or tables.REFERENCE_BRAND].items())
    here = [size for size, _ in bodies].index(order.size or "")
    for size, (volume, _) in bodies[max(0, here - 2) : here + 3]:
        fill = fill_of(order, powder, volume / chosen)
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
