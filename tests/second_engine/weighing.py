"""What the balance can weigh: its least quantity, its error, and the stops on what it is asked for."""

from fractions import Fraction

from tests.second_engine.order import Common
from tests.second_engine.portion import powder_stops, printed_portion
from tests.second_engine.shown import exact, up_to_grid
from tests.second_engine.stops import Stop, mass_field
from tests.second_engine.tablets import Counted

DEFAULT_SENSITIVITY = Fraction(1)
DEFAULT_ERROR = Fraction(1, 20)
REPEATABILITY_FLOOR = Fraction(41, 100)
REPEATABILITY_FACTOR = Fraction(2000)
ROUNDING_LIMIT = Fraction(1, 100)


def _sensitivity(order: Common) -> Fraction:
    """The sensitivity requirement of the order, or the default."""
    return max(DEFAULT_SENSITIVITY, order.readability) if order.sensitivity is None else order.sensitivity


def _repeatability(order: Common) -> Fraction | None:
    """The repeatability that counts, where the rule is that of repeatability."""
    return None if order.repeatability is None else max(order.repeatability, REPEATABILITY_FLOOR * order.readability)


def least_weighable(order: Common) -> Fraction:
    """The least weighable quantity by the rule of the order, rounded up to a step."""
    repeatability = _repeatability(order)
    if order.minimum is not None:
        least = order.minimum
    elif repeatability is not None:
        least = REPEATABILITY_FACTOR * repeatability
    else:
        least = _sensitivity(order) / (order.tolerated_error or DEFAULT_ERROR)
    return up_to_grid(least, order.readability)


def error_of(order: Common) -> tuple[str, Fraction]:
    """The error of one weighing: a bound, or a standard deviation."""
    repeatability = _repeatability(order)
    if repeatability is not None:
        return "deviation", repeatability
    return "bound", order.readability if order.minimum is not None else _sensitivity(order)


def rounded_too_far(order: Common, portion: Fraction, tablets: Counted | None) -> bool:
    """Whether the balance's rounding would change the portion by more than 1 %."""
    return abs(printed_portion(order, portion, tablets) - portion) > ROUNDING_LIMIT * portion


def weighing_stops(
    order: Common, tablets: Counted | None, portion: Fraction, least: Fraction, field: str, *, helped: bool = False
) -> list[Stop]:
    """Stops on the tablets together and on the portion; `helped`: a trituration takes the portion's place."""
    stops = powder_stops(order, portion, tablets)
    if tablets is not None and tablets.all_of_it:
        return stops
    total = tablets and tablets.total
    if total is not None and total < least:
        stops.append(Stop("below_least_weighable", mass_field(order), exact(total)))
    if portion < least and not helped:
        stops.append(Stop("below_least_weighable", field, exact(portion)))
    if rounded_too_far(order, portion, tablets) and not helped:
        stops.append(Stop("rounding_above_limit", field, exact(portion)))
    return stops
