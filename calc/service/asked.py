"""What stands beside the plan, unknown to plan and fingerprint: what depends on the day, and how dates were read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from calc import limits
from calc.answers.contract import AskedNotice, AskedShown
from calc.arithmetic.rounding import down_to_whole
from calc.faults import Fault, FaultCode, Notice, NoticeCode
from calc.rules.beyond_use import usable_on
from calc.service.preparations import AnyPlan, preparation_of
from calc.wording import notice_text
from calc.wording.paper import MARKS

#: The key that stands beside the plan.
ASKED = "asked"


def notices_of(plan: AnyPlan, today: date) -> list[Notice]:
    """Return what is to be said of a plan on this day: made on another one, out of its date, far ahead."""
    made, last = plan.order.prepared_on, plan.beyond_use.date
    facts = {"made": made, "today": today, "last": last, "most": limits.DAYS_AHEAD.value}
    found = []
    if made != today:
        found.append(NoticeCode.NOT_TODAYS_PLAN)
    if last is not None and not usable_on(today, last):
        found.append(NoticeCode.PAST_USE)
    if made > today + timedelta(days=down_to_whole(limits.DAYS_AHEAD.value)):
        found.append(NoticeCode.FAR_AHEAD)
    return [Notice(code, facts) for code in found]


_REFUSED = {NoticeCode.PAST_USE: FaultCode.PAPER_PAST, NoticeCode.FAR_AHEAD: FaultCode.PAPER_AHEAD}


def why_not_printed(plan: AnyPlan, today: date, field: str = "prepared_on") -> tuple[Fault, ...]:
    """Return the faults that keep label and leaflet from being printed on this day, at the date of making."""
    return tuple(
        Fault(_REFUSED[notice.code], field, notice.facts)
        for notice in notices_of(plan, today)
        if notice.code in _REFUSED
    )


def mark_of(plan: AnyPlan, today: date) -> str:
    """Return what a sheet printed on this day says on each page; blank for a plan of this day."""
    codes = {notice.code for notice in notices_of(plan, today)}
    return next((mark for code, mark in MARKS.items() if code in codes), "")


def said_today(plan: AnyPlan, today: date) -> list[AskedNotice]:
    """Return the notices that depend on the day."""
    return _shown(notices_of(plan, today))


def _shown(notices: Iterable[Notice]) -> list[AskedNotice]:
    return [{"code": each.code.value, "text": notice_text(each)} for each in notices]


def asked(plan: AnyPlan, today: date) -> AskedShown:
    """Return what stands beside the plan in an answer: also the expiries that were typed in another form than ours."""
    told = notices_of(plan, today)
    refused = plan.beyond_use.date is None or any(notice.code in _REFUSED for notice in told)
    return {
        "on": today.isoformat(),
        "notices": _shown([*told, *plan.order.dates_read]),
        "papers": "refused" if refused else "printed",
    }


def answer_asked(plan: AnyPlan, today: date) -> dict[str, Any]:
    """Return the whole answer to an order, with the day beside its plan."""
    return {**preparation_of(plan).answer(plan), ASKED: asked(plan, today)}
