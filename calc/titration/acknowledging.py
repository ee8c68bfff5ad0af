"""Which acknowledgement lets which stop pass: one reason holds for every batch that raises the same stop."""

from __future__ import annotations

from calc.faults import Fault, FaultCode, Refused, Stop
from calc.orders.parts import Acknowledgement
from calc.planning.parts import Acknowledged

#: What a stop is told apart by: its code, and the value that raised it.
Key = tuple[str, str]


def key_of(stop: Stop) -> Key:
    """What an acknowledgement must give back to the letter."""
    return str(stop.code), stop.value


def matched(given: tuple[Acknowledgement, ...], raised: tuple[Stop, ...]) -> dict[Key, Acknowledged]:
    """The soft stops that a reason was given for, of all that any batch raised.

    One of a hard stop leaves it standing. Raises `Refused` with the faults: one that no batch raises, a second one of
    the same stop, a reason that the stop does not take.
    """
    stops = {key_of(stop): stop for stop in raised}
    faults: list[Fault] = []
    seen: set[Key] = set()
    passed: dict[Key, Acknowledged] = {}
    for index, one in enumerate(given):
        key, field = (one.code, one.value), f"order.acknowledgements.{index}"
        stop = stops.get(key)
        if stop is None or key in seen:
            facts = {"code": f"{one.code}, {one.value}"}
            faults.append(Fault(FaultCode.ACKNOWLEDGEMENT_UNUSED, field, facts))
            continue
        seen.add(key)
        if stop.reasons and one.reason not in stop.reasons:
            wrong = {"typed": one.reason, "choices": stop.reasons}
            faults.append(Fault(FaultCode.UNKNOWN_CHOICE, f"{field}.reason", wrong))
        elif stop.reasons:
            passed[key] = Acknowledged(stop, one)
    if faults:
        raise Refused(faults=tuple(faults))
    return passed
