"""The beyond-use date of a plan, for each storage: what it starts from, and the earliest of all dates that limit it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from calc import limits
from calc.arithmetic.rounding import down_to_whole
from calc.drug import Study
from calc.faults import NoticeCode
from calc.library import BeyondUseRule
from calc.orders.base import AnyOrder
from calc.orders.sources import last_use
from calc.orders.studies import PLACES, PublishedDate
from calc.planning.parts import Base, BeyondUse, KeptAt
from calc.planning.work import Work
from calc.rules import beyond_use as dates

#: A component and its expiry; None if none was entered.
Expiry = tuple[dates.LimitedBy, date | None]


def dated(
    order: AnyOrder,
    rule: BeyondUseRule,
    expiries: tuple[Expiry, ...],
    studies_at: Callable[[str], tuple[Study, ...]],
    storage: str,
    *,
    aqueous: bool,
) -> BeyondUse:
    """Return the date as stored at `storage`, and at each other place that a publication of the order names.

    `rule` is that of the preparation's class; `studies_at` gives the studies of the drug's file for a place.
    """
    own: tuple[Expiry, ...] = ((order.source.component, last_use(order.source)), *expiries)
    components = [dates.DatedLimit(by, expiry) for by, expiry in own if expiry is not None]

    def at(place: str) -> KeptAt:
        return _kept_at(place, order, rule, components, studies_at(place), aqueous=aqueous)

    named = {study.storage for study in order.beyond_use.studies}
    if not named:
        return BeyondUse(at(storage), ())
    return BeyondUse(at(storage), tuple(at(place) for place in PLACES if place in named and place != storage))


def _kept_at(
    place: str,
    order: AnyOrder,
    rule: BeyondUseRule,
    components: Iterable[dates.DatedLimit],
    studies: tuple[Study, ...],
    *,
    aqueous: bool,
) -> KeptAt:
    made, counting = order.prepared_on, order.beyond_use.counting
    published = [(study, _limit(study, order)) for study in order.beyond_use.studies if study.storage == place]
    by_rule = dates.DatedLimit("default", dates.last_day(made, rule.days, counting))
    general = by_rule.date if _table_knows(rule, place) else None
    known = [*components, *[dates.DatedLimit("study", dates.last_day(made, each.days, counting)) for each in studies]]
    if not published and general is not None:
        return _by_table(place, rule, studies, (by_rule, *known))
    base, rests_on = _base(published, general, aqueous=aqueous)
    candidates = [*([by_rule] if base == "table" else []), *known, *[limit for _, limit in published]]
    if rests_on is not None:
        # A study that proves nothing lengthens nothing: no place keeps a class longer than the table says of another.
        days = down_to_whole(limits.DATE_CEILING.value)
        most = by_rule if base == "unproven" else dates.DatedLimit("ceiling", dates.last_day(made, days, counting))
        candidates += [most] if most.date < rests_on[1].date else []
    bound = None if base is None else dates.earliest(tuple(candidates))
    last = date.max if bound is None else bound.date
    whole_days = [limit.date for limit in candidates if limit.hours is None]
    other_day = min(whole_days, default=None)
    return KeptAt(
        storage=place,
        bound=bound,
        others=tuple([limit for limit in candidates if limit is not bound]),
        base=base,
        rests_on=None if rests_on is None else rests_on[0],
        rule=rule,
        general=general,
        studies=studies,
        unproven=tuple(
            (study, lacks)
            for study, limit in published
            if (lacks := lacking(study, aqueous=aqueous)) and (base == "unproven" or limit.date > last)
        ),
        hours=None if bound is None else _hours(made, candidates, other_day),
        other_day=other_day,
    )


def _by_table(
    place: str, rule: BeyondUseRule, studies: tuple[Study, ...], candidates: tuple[dates.DatedLimit, ...]
) -> KeptAt:
    """Return the date of what no publication of the order speaks of: by the table, first of the `candidates`."""
    bound = dates.earliest(candidates)
    others = tuple([limit for limit in candidates if limit is not bound])
    return KeptAt(place, bound, others, "table", None, rule, candidates[0].date, studies, (), None, bound.date)


#: A publication of the order with the last day that it gives.
_Published = tuple[PublishedDate, dates.DatedLimit]


def _limit(study: PublishedDate, order: AnyOrder) -> dates.DatedLimit:
    """Return the last day that a publication gives, by its kind."""
    made = order.prepared_on
    if study.hours is not None:
        last = dates.last_whole_day(made, study.hours)
    else:
        last = dates.last_day(made, study.days or 0, order.beyond_use.counting)
    return dates.DatedLimit(study.kind, last, study.reference, study.hours)


def _table_knows(rule: BeyondUseRule, place: str) -> bool:
    """Return True if the table has a date for this class and storage: none frozen, unpreserved water cold alone."""
    if rule.name == limits.LIQUID_CLASSES["yes", "no"]:
        return place == limits.STORAGE_AQUEOUS
    return place != limits.STORAGE_FROZEN


def lacking(study: PublishedDate, *, aqueous: bool) -> tuple[str, ...]:
    """Return what keeps a study from proving its date, by the names of the order; "unknown" counts as "no".

    Nothing for a monograph, which needs no proof, and a recipe, which has none.
    """
    said = {
        "stability_indicating": study.stability_indicating == "yes",
        "container": study.container is not None,
        "microbial": study.microbial == "yes" or not aqueous,
    }
    return tuple(name for name, there in said.items() if not there and study.kind == "study")


def _base(published: list[_Published], general: date | None, *, aqueous: bool) -> tuple[Base | None, _Published | None]:
    """Return what the date starts from, and which publication: a monograph, a proven study, the table, a bare study."""
    table: Base | None = "table" if general is not None else None
    if not published:
        return table, None
    studies = [each for each in published if each[0].kind == "study"]
    kinds: tuple[tuple[Base, list[_Published]], ...] = (
        ("monograph", [each for each in published if each[0].kind == "monograph"]),
        ("study", [each for each in studies if not lacking(each[0], aqueous=aqueous)]),
        ("unproven", studies if general is None else []),
    )
    for base, found in kinds:
        if found:
            return base, min(found, key=lambda each: each[1].date)
    return table, None


def _hours(made: date, candidates: list[dates.DatedLimit], other_day: date | None) -> int | None:
    """Return the fewest hours among the limits, unless they end only after the day that the others allow."""
    fewest = min((limit.hours for limit in candidates if limit.hours is not None), default=None)
    if fewest is None or (other_day is not None and not dates.hours_end_within(made, fewest, other_day)):
        return None
    return fewest


def notices_of(kept: KeptAt, work: Work) -> None:
    """Give notice where the date chosen is later than the table's, or rests on a study that proves nothing."""
    study = kept.rests_on
    if study is None or not (kept.lengthened or kept.base == "unproven"):
        return
    facts: dict[str, object] = {"date": kept.date, "limit": kept.general, "place": kept.storage}
    facts |= {"kind": study.kind, "reference": study.reference, "lacks": dict(kept.unproven).get(study, ())}
    work.notice(NoticeCode.LONGER_DATE if kept.lengthened else NoticeCode.UNPROVEN_DATE, **facts)
