"""The last day of use that a paper prints; without one no paper is printed."""

from __future__ import annotations

from datetime import date

from calc.faults import Fault, FaultCode, Refused
from calc.planning.parts import BeyondUse
from calc.wording import paper as words


def last_day_of(beyond_use: BeyondUse) -> date:
    """Return the last day of use. Raises `Refused` where neither a general limit nor a study gives one."""
    last = beyond_use.date
    if last is None:
        raise Refused((Fault(FaultCode.NO_BEYOND_USE, "beyond_use.studies"),))
    return last


def until_said(beyond_use: BeyondUse, sentence: str) -> list[str]:
    """Return the leaflet's `sentence` with the last day of use, and another one if a study sets that day."""
    last = sentence.format(date=last_day_of(beyond_use).isoformat())
    return [last, words.LEAFLET_BY_STUDY] if beyond_use.by_study else [last]
