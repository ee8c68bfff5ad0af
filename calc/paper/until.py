"""The last day of use that a paper prints; without one no paper is printed."""

from __future__ import annotations

from datetime import date

from calc.faults import Fault, FaultCode, Refused
from calc.planning.parts import BeyondUse


def last_day_of(beyond_use: BeyondUse) -> date:
    """Return the last day of use. Raises `Refused` where neither a general limit nor a study gives one."""
    last = beyond_use.date
    if last is None:
        raise Refused((Fault(FaultCode.NO_BEYOND_USE, "beyond_use"),))
    return last
