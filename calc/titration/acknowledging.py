"""Override reasons matched to stops: one reason holds for every batch that raises the same stop."""

from __future__ import annotations

from calc.faults import Fault, FaultCode, Refused, Stop
from calc.orders.parts import Acknowledgement
from calc.planning.parts import Acknowledged

#: The identity of a stop: its code, and the value that raised it.
Key = tuple[str, str]


def key_of(stop: Stop) -> Key:
    """Return the code and the value that an acknowledgement must repeat to the letter."""
    return str(stop.code), stop.value


def matched(acknowledgements: tuple[Acknowledgement, ...], raised: tuple[Stop, ...]) -> dict[Key, Acknowledged]:
    """Return the soft stops that were overridden, of all that any batch raised. Raises `Refused` with faults.

    A reason for a hard stop leaves it standing. A reason that matches no stop, a second one for the same stop, and one
    that the stop does not accept are faults.
    """
    stops = {key_of(stop): stop for stop in raised}
    faults: list[Fault] = []
    seen: set[Key] = set()
    passed: dict[Key, Acknowledged] = {}
    for index, acknowledgement in enumerate(acknowledgements):
        key, field = (acknowledgement.code, acknowledgement.value), f"order.acknowledgements.{index}"
        stop = stops.get(key)
        if stop is None or key in seen:
            facts = {"code": f"{acknowledgement.code}, {acknowledgement.value}"}
            faults.append(Fault(FaultCode.ACKNOWLEDGEMENT_UNUSED, field, facts))
            continue
        seen.add(key)
        if stop.reasons and acknowledgement.reason not in stop.reasons:
            wrong = {"typed": acknowledgement.reason, "choices": stop.reasons}
            faults.append(Fault(FaultCode.UNKNOWN_CHOICE, f"{field}.reason", wrong))
        elif stop.reasons:
            passed[key] = Acknowledged(stop, acknowledgement)
    if faults:
        raise Refused(faults=tuple(faults))
    return passed


def given_for(acknowledgements: tuple[Acknowledgement, ...], raised: tuple[Stop, ...]) -> dict[Key, Acknowledged]:
    """Return the soft stops of those raised so far that the reasons override; other reasons are not judged yet."""
    stops = {key_of(stop): stop for stop in raised}
    passed: dict[Key, Acknowledged] = {}
    for acknowledgement in acknowledgements:
        stop = stops.get((acknowledgement.code, acknowledgement.value))
        if stop is not None and acknowledgement.reason in stop.reasons:
            passed[key_of(stop)] = Acknowledged(stop, acknowledgement)
    return passed
