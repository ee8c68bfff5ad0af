"""The beyond-use date: the earliest of the general limit, the components' own dates and the studies that apply."""

from datetime import date, timedelta

from tests.second_engine import tables
from tests.second_engine.forms import turned
from tests.second_engine.order import Common, Liquid, Order

Dated = tuple[str, date | None]


def _bound(
    order: Common, days: int | None, components: tuple[Dated, ...], studies: list[int], place: str, most: int = 0
) -> dict[str, object]:
    """Date, what bound it, and the other dates; no date where neither a general limit nor a typed study gives one.

    A typed study that stands for a general limit gives `most` days at the most.
    """
    typed = [study.days for study in order.published if study.storage == place]
    studies = studies + typed
    made = order.prepared_on - timedelta(1 if order.day_one else 0)
    candidates: list[tuple[str, date]] = [] if days is None else [("default", made + timedelta(days))]
    source: Dated = ("tablets" if order.bulk is None else "powder", order.source_expiry)
    candidates += [(name, day) for name, day in (source, *components) if day is not None]
    candidates += [("study", made + timedelta(days)) for days in studies]
    if days is None and typed and min(typed) > most:
        candidates.append(("default", made + timedelta(most)))
    bound = None if days is None and not typed else min(candidates, key=lambda item: item[1])
    return {
        "date": bound and bound[1].isoformat(),
        "bound_by": bound[0] if bound else "none",
        "others": [{"by": name, "date": day.isoformat()} for name, day in candidates if (name, day) != bound],
    }


def beyond_use(order: Order) -> dict[str, object]:
    """The date of capsules."""
    studies = [days for diluents, days in tables.CAPSULE_STUDIES if order.filed and order.diluent in diluents]
    parts = ("diluent", order.diluent_expiry), ("shells", order.shells_expiry)
    return _bound(order, tables.DAYS["other_nonaqueous"], parts, studies, "room temperature")


def class_of(order: Liquid) -> str:
    """The class that the general limit is stated for; without water a preservative counts for nothing."""
    if not order.aqueous:
        return "oral_liquid_nonaqueous"
    return "preserved_aqueous" if order.preserved else "nonpreserved_aqueous"


def beyond_use_of_liquid(order: Liquid) -> dict[str, object]:
    """The date of a liquid: studies are of its class, its strength and its place in store."""
    studied = turned(order.concentration, order.basis, tables.LIMIT_BASIS), class_of(order), order.cold
    studies = [days for *what, days in tables.LIQUID_STUDIES if order.filed and tuple(what) == studied]
    place = "refrigerator" if order.cold else "room temperature"
    limit = tables.DAYS[class_of(order)] if order.cold or class_of(order) != "nonpreserved_aqueous" else None
    return _bound(order, limit, (("vehicle", order.vehicle_expiry),), studies, place, tables.DAYS[class_of(order)])


def bare(order: Liquid) -> bool:
    """Whether a typed study stands where no general limit does."""
    unlimited = class_of(order) == "nonpreserved_aqueous" and not order.cold
    return unlimited and any(study.storage == "room temperature" for study in order.published)
