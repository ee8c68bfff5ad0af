"""The last day of use that a paper prints; without one no paper is printed, and no label before it is certain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from calc.faults import Fault, FaultCode, Refused
from calc.planning.parts import BeyondUse
from calc.planning.work import WorkedPlan
from calc.sheet.until import day_said, hours_said, is_of_one_day
from calc.wording import until as words
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
    """Return the leaflet's `sentence` with the last day of use, or with the hours on the label, and what sets it."""
    last, hours = sentence.format(date=in_words(last_day_of(beyond_use))), beyond_use.chosen.hours
    lines = [last]
    if hours is not None:
        blank = words.LEAFLET_NOT_BLANK if is_of_one_day(hours) else words.LEAFLET_IF_BLANK.format(until=last)
        lines = [words.LEAFLET_HOURS.format(hours=hours_said(hours)), blank]
    return [*lines, *by_said([beyond_use])]


def day_of(beyond_use: BeyondUse) -> str:
    """Return the last day of use, with the hours beside it where they may end sooner. Raises `Refused` without one."""
    last_day_of(beyond_use)
    return day_said(beyond_use.chosen)


def by_said(dates: Iterable[BeyondUse]) -> list[str]:
    """Return what was published and sets the last day of some preparations, each said once."""
    kinds = {each.published_by: None for each in dates}
    return [words.ON_LEAFLET[kind] for kind in kinds if kind]
