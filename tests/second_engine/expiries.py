"""Expiries typed far ahead, as of a wrong year."""

from datetime import date

from tests.second_engine.order import Common

FAR_YEARS = 5


def far_expiries(order: Common, expiries: tuple[date | None, ...]) -> list[str]:
    """A notice for each expiry more than five years after the day of making."""
    made = order.prepared_on
    day = min(made.day, 28) if made.month == 2 else made.day  # of a leap day the 28th
    limit = date(made.year + FAR_YEARS, made.month, day)
    return [
        "expiry_far" for one in (order.source_expiry, order.discard_after, *expiries) if one is not None and one > limit
    ]
