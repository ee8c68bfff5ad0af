"""The beyond-use date: the earliest of the general limit, the components' own dates and a study that applies."""

from datetime import date, timedelta

from tests.second_engine import tables
from tests.second_engine.order import Order


def beyond_use(order: Order) -> dict[str, object]:
    """Date, what bound it, and the other dates."""
    shift = 1 if order.day_one else 0
    made = order.prepared_on
    candidates: list[tuple[str, date]] = [("default", made + timedelta(tables.CAPSULE_DAYS - shift))]
    components = (
        ("tablets", order.tablets_expiry),
        ("diluent", order.diluent_expiry),
        ("shells", order.shells_expiry),
    )
    candidates += [(name, day) for name, day in components if day is not None]
    if order.filed:
        candidates += [
            ("study", made + timedelta(days - shift))
            for diluents, days in tables.CAPSULE_STUDIES
            if order.diluent in diluents
        ]
    bound = min(candidates, key=lambda item: item[1])
    return {
        "date": bound[1].isoformat(),
        "bound_by": bound[0],
        "others": [{"by": name, "date": day.isoformat()} for name, day in candidates if (name, day) != bound],
    }
