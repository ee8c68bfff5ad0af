"""Acknowledgements of a schedule: which name a stop of any batch, and which stops they let pass."""

from tests.second_engine.order import Acknowledgement
from tests.second_engine.stops import Stop, same_value
from tests.second_engine.tables import HARD_STOPS

Said = list[Acknowledgement]


def names(item: Acknowledgement, stop: Stop) -> bool:
    """Whether an acknowledgement names the stop by code and value."""
    return stop.code == item.code and same_value(item.value, stop)


def answering(raised: list[Stop], said: Said) -> Said:
    """Those of the acknowledgements that name one of the stops."""
    return [item for item in said if any(names(item, stop) for stop in raised)]


def standing(raised: list[Stop], said: Said) -> list[Stop]:
    """Stops that no reason let pass."""
    return [stop for stop in raised if stop.code in HARD_STOPS or not any(names(item, stop) for item in said)]


def unused_faults(said: Said, raised: list[Stop]) -> list[dict[str, str]]:
    """Faults of acknowledgements that answer nothing, or what was answered before."""
    faults = []
    seen: set[tuple[str, str]] = set()
    for index, item in enumerate(said):
        found = [(stop.code, stop.value) for stop in raised if names(item, stop)]
        if not found or seen & set(found):
            faults.append({"code": "acknowledgement_unused", "field": f"order.acknowledgements.{index}"})
        seen |= set(found)
    return faults
