"""The last day of use that a paper prints; without one no paper is printed, and no label before it is certain."""

from __future__ import annotations

from datetime import date

from calc.faults import Fault, FaultCode, Refused
from calc.planning.parts import BeyondUse
from calc.planning.work import WorkedPlan
from calc.wording import paper as words
from calc.wording.dates import in_words


def last_day_of(beyond_use: BeyondUse) -> date:
    """Return the last day of use. Raises `Refused` where neither a general limit nor a study gives one."""
    last = beyond_use.date
    if last is None:
        raise Refused((Fault(FaultCode.NO_BEYOND_USE, "beyond_use.studies"),))
    return last


def refuse_uncertain(plan: WorkedPlan) -> None:
    """Raise `Refused` where there is no last day of use, or for each component whose expiry may end it sooner."""
    last_day_of(plan.beyond_use)
    unknown = plan.order.unknown_expiries
    if unknown:
        raise Refused(tuple(Fault(FaultCode.EXPIRY_UNKNOWN, path) for path in unknown))


def until_said(beyond_use: BeyondUse, sentence: str) -> list[str]:
    """Return the leaflet's `sentence` with the last day of use, and another one if a study sets that day."""
    last = sentence.format(date=in_words(last_day_of(beyond_use)))
    return [last, words.LEAFLET_BY_STUDY] if beyond_use.by_study else [last]
