"""The portion of the powder: all of it, or weighed out and never more than there is."""

from fractions import Fraction

from tests.second_engine.order import Common
from tests.second_engine.shown import as_typed, down_to_grid, on_grid, quantity, weighed
from tests.second_engine.stops import Stop
from tests.second_engine.tablets import Counted, lost_too_much


def at_hand(order: Common, tablets: Counted | None) -> Fraction | None:
    """The powder that there is: recovered, or of the tablets crushed; None of bulk powder."""
    return order.recovered if order.recovered is not None else tablets and tablets.powder


def printed_portion(order: Common, portion: Fraction, tablets: Counted | None) -> Fraction:
    """The portion as it stands on paper: a step of the balance, the one below where there is no more powder."""
    if tablets is not None and tablets.all_of_it:
        return portion
    there, rounded = at_hand(order, tablets), on_grid(portion, order.readability)
    return rounded if there is None or rounded <= there else down_to_grid(portion, order.readability)


def source_masses(order: Common, total: Fraction | None) -> list[tuple[str, Fraction | None]]:
    """What is weighed of the source before it is crushed: tablets, or capsules full and their shells."""
    if order.bulk is not None:
        return []
    if order.opened is None:
        return [("tablets", total)]
    known = total is not None
    return [("tablets", order.opened.full if known else None), ("shells", order.opened.shells if known else None)]


def portion_figure(order: Common, portion: Fraction, tablets: Counted | None) -> dict[str, str]:
    """The portion for the answer."""
    if tablets is not None and tablets.all_of_it:
        return as_typed(portion, order.readability)
    text = weighed(printed_portion(order, portion, tablets) or portion, order.readability)["value"]
    return quantity(portion / 1000, "g", text)


def powder_stops(order: Common, portion: Fraction, tablets: Counted | None) -> list[Stop]:
    """Stops on the powder at hand, where it is less than the batch needs."""
    there = at_hand(order, tablets)
    field = "crushed_mass" if order.recovered is None else "recovered_mass"
    if tablets is not None and tablets.all_of_it:
        missing = lost_too_much(order, tablets)
    else:
        typed = order.recovered is not None or order.crushed_mass is not None
        missing = typed and there is not None and there < portion
    return [Stop("recovered_mass_too_small", f"source.{field}", "")] if missing else []
