"""The beyond-use date on a sheet: the last day, what sets it, every other date, the hours, and the reviewer's line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from calc.arithmetic.notation import plain
from calc.arithmetic.units import HOUR, figure
from calc.orders.base import AnyOrder
from calc.orders.studies import PublishedDate
from calc.planning import assessment
from calc.planning.parts import KeptAt
from calc.planning.work import WorkedPlan
from calc.rules.beyond_use import DatedLimit, last_of_hours
from calc.sheet.lines import Box
from calc.wording import assessment as words_on_drug
from calc.wording import page, workbench
from calc.wording import until as words
from calc.wording.dates import in_words

#: Expiry of each component by its name; None if it is not known.
Expiries = Mapping[str, date | None]


def day_said(kept: KeptAt) -> str:
    """Return the last day of use, with the hours beside it where they may end sooner; blank where there is none."""
    if kept.date is None:
        return ""
    day = in_words(kept.date)
    return day if kept.hours is None else words.DAY_AND_HOURS.format(date=day, hours=hours_said(kept.hours))


def hours_said(hours: int) -> str:
    """Return a number of hours with its unit."""
    return plain(figure(hours, HOUR))


def blanks_said(kept: KeptAt, order: AnyOrder, day: str) -> str:
    """Return the hours with a blank for the time that they end, and what holds while it is blank; else `day`.

    Fewer than 24 hours end on the day of making or the next: no whole day stands for them.
    """
    if kept.hours is None:
        return day
    but, other = "", kept.other_day
    if other is not None and other < last_of_hours(order.prepared_on, kept.hours):
        but = words.BUT.format(date=in_words(other))
    otherwise = words.NOT_BLANK if is_of_one_day(kept.hours) else words.IF_BLANK.format(date=day)
    return words.BLANKS.format(hours=hours_said(kept.hours), but=but, otherwise=otherwise)


def is_of_one_day(hours: int) -> bool:
    """Return True if so many hours hold no whole day."""
    return hours < 24


def limit_said(plan: WorkedPlan) -> str:
    """Return what the last day of use is, where the pharmacist sets it: the general limit, or what was published."""
    return words_on_drug.LIMITS[bool(plan.beyond_use.published_by)]


def heading(plan: WorkedPlan, *, is_open: bool) -> str:
    """Return the last day of use, beside which the pharmacist's stands while a question on the drug is open."""
    if plan.beyond_use.date is None:
        return words.NONE
    by_pharmacist = assessment.is_open(plan.order, plan.drug)
    texts = (words_on_drug.BEYOND_USE, words_on_drug.BEYOND_USE_OPEN) if by_pharmacist else _UNTIL
    return texts[is_open].format(date=day_said(plan.beyond_use.chosen), limit=limit_said(plan))


#: The last day of use, where every component's expiry is known and where one is not.
_UNTIL = (words.UNTIL, words.UNTIL_OPEN)


def due(plan: WorkedPlan) -> tuple[str, str]:
    """Return the name of the last day of use and the day in words, or of its limit where the pharmacist sets it."""
    if plan.beyond_use.date is None:
        return workbench.DISCARD_AFTER, workbench.NO_DATE
    day = day_said(plan.beyond_use.chosen)
    if assessment.is_open(plan.order, plan.drug):
        return workbench.LIMIT_OF_DATE.format(limit=limit_said(plan)), day
    return workbench.DISCARD_AFTER, day


def lines(plan: WorkedPlan, expiries: Expiries, bound_by: Mapping[str, str]) -> Iterator[str]:
    """Yield the reason for the beyond-use date, the other dates considered, and the date at each other storage."""
    order, kept = plan.order, plan.beyond_use.chosen
    yield _why(kept, order, bound_by)
    for limit in kept.others:
        by = _named(limit, kept, bound_by)
        yield words.OTHER.format(by=by[:1].upper() + by[1:], date=in_words(limit.date))
    if kept.base != "unproven":
        for study, lacks in kept.unproven:
            yield words.LENGTHENS_NOTHING.format(by=publication_said(study), lacks=words.lacks_said(lacks))
    for other in plan.beyond_use.elsewhere:
        yield _elsewhere(other, bound_by)
    unknown = [page.COMPONENTS.get(name, name) for name, expiry in expiries.items() if expiry is None]
    if unknown and kept.date is not None:
        sooner = words_on_drug.AT_MOST if assessment.is_open(order, plan.drug) else words.OR_SOONER
        yield sooner.format(date=day_said(kept), unknown=", ".join(unknown))
    if plan.drug is None and order.assessment.stability_supported == "no":
        yield words_on_drug.NOT_SUPPORTED


def _why(kept: KeptAt, order: AnyOrder, bound_by: Mapping[str, str]) -> str:
    if kept.bound is None:
        return words.NONE_FROZEN if kept.storage == "freezer" else words.NONE_WHY
    made, by = in_words(order.prepared_on), _named(kept.bound, kept, bound_by)
    if kept.bound.hours is not None:
        return words.WHY_HOURS.format(by=by, prepared_on=made)
    return words.WHY.format(by=by, counting=order.beyond_use.counting, prepared_on=made)


def _elsewhere(kept: KeptAt, bound_by: Mapping[str, str]) -> str:
    """Return the date at a storage that was not chosen."""
    where = words.KEPT[kept.storage]
    if kept.bound is None:
        return words.ELSEWHERE_NONE.format(kept=where)
    by = _named(kept.bound, kept, {**bound_by, "default": words.GENERAL})
    return words.ELSEWHERE.format(kept=where, date=day_said(kept), by=by)


def _named(limit: DatedLimit, kept: KeptAt, bound_by: Mapping[str, str]) -> str:
    """Return the name of a limit; a publication of the order by its reference, and its hours."""
    if limit.by == "default" and kept.base == "unproven":
        return words.OF_ANOTHER_PLACE
    if not limit.reference:
        return bound_by[limit.by]
    by = words.PUBLISHED[limit.by].format(reference=limit.reference)
    return by if limit.hours is None else words.OF_HOURS.format(by=by, hours=hours_said(limit.hours))


def publication_said(study: PublishedDate) -> str:
    """Return a publication of the order by its kind and reference."""
    return words.PUBLISHED[study.kind].format(reference=study.reference)


def review(plan: WorkedPlan) -> tuple[Box, ...]:
    """Return the box for the reviewer of a date beyond the general limit, or without proof; else nothing."""
    kept = plan.beyond_use.chosen
    study = kept.rests_on
    if study is None or not (kept.lengthened or kept.base == "unproven"):
        return ()
    said = [words.REVIEW_RESTS.format(by=publication_said(study))]
    if study.container is not None:
        said.append(words.REVIEW_CONTAINER.format(container=study.container))
    title = words.REVIEW["longer_date" if kept.lengthened else "unproven_date"]
    return (Box(title, tuple(said), (words.REVIEW_LINE,)),)
