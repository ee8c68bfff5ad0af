"""The beyond-use date at each place: what it rests on, what shortens it, and what none may pass."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.second_engine import tables
from tests.second_engine.forms import turned
from tests.second_engine.order import Common, Liquid, Order, Study
from tests.second_engine.studies import KEPT

Dated = tuple[str, date | None]
CEILING = 180
ROOM, COLD, FROZEN = "room temperature", "refrigerator", "freezer"


@dataclass(slots=True)
class Asked:
    """What the date hangs on besides the place: the class, its water, the dates of the components, the drug's file."""

    order: Common
    of_class: str
    aqueous: bool
    components: tuple[Dated, ...]

    def last(self, days: int) -> date:
        """The last of so many days."""
        return self.order.prepared_on + timedelta(days - 1 if self.order.day_one else days)

    def ends(self, study: Study) -> date:
        """The last day of a published date; of hours the last that ends before they can."""
        if study.hours is not None:
            return self.order.prepared_on + timedelta(max(0, study.hours // 24 - 1))
        return self.last(study.days or 0)

    def limit(self, place: str) -> int | None:
        """Days of the class at a place; None where the general limits say nothing of it."""
        if place == FROZEN or (place == ROOM and self.of_class == "nonpreserved_aqueous"):
            return None
        return tables.DAYS[self.of_class]

    def of_file(self, place: str) -> list[int]:
        """Days of the studies of the drug's file that apply."""
        order = self.order
        if not order.filed:
            return []
        if isinstance(order, Order):
            return [days for diluents, days in tables.CAPSULE_STUDIES if order.diluent in diluents]
        assert isinstance(order, Liquid)
        strength = turned(order.concentration, order.basis, tables.LIMIT_BASIS)
        return [
            days
            for studied, of_class, cold, days in tables.LIQUID_STUDIES
            if (studied, of_class, COLD if cold else ROOM) == (strength, self.of_class, place)
        ]

    def base(self, here: list[Study], limit: date | None) -> tuple[int, date | None]:
        """What the date rests on: 1 a monograph, 2 a study with proof, 3 the limit, 4 one without proof, 0 nothing."""
        proofs = [one for one in here if one.proven and (one.microbial or not self.aqueous)]
        monographs = [one for one in here if one.kind == "monograph"]
        for rank, found in ((1, monographs), (2, proofs)):
            if found:
                return rank, min(map(self.ends, found))
        if limit is not None:
            return 3, limit
        others = [one for one in here if one.kind == "study"]
        return (4, min(map(self.ends, others))) if others else (0, None)

    def at(self, place: str) -> tuple[dict[str, object], int]:
        """Date, what bound it, hours and the other dates of one place, and what it rests on."""
        order, days = self.order, self.limit(place)
        here = [study for study in order.studies if study.storage == place]
        limit = None if days is None else self.last(days)
        rank, base = self.base(here, limit)
        known = [day for day in (order.source_expiry, order.discard_after) if day is not None]
        source: Dated = ("tablets" if order.bulk is None else order.bulk.kind, min(known, default=None))
        candidates = [("default", limit)] if rank == 3 and limit else []
        candidates += [(name, day) for name, day in (source, *self.components) if day is not None]
        candidates += [("study", self.last(days)) for days in self.of_file(place)]
        without_hours = [day for _, day in candidates]
        candidates += [(one.kind, self.ends(one)) for one in here]
        without_hours += [self.ends(one) for one in here if one.hours is None]
        most = {1: ("ceiling", CEILING), 2: ("ceiling", CEILING), 4: ("default", tables.DAYS[self.of_class])}.get(rank)
        if most and base and base > self.last(most[1]):
            candidates.append((most[0], self.last(most[1])))
            without_hours.append(self.last(most[1]))
        bound = min(range(len(candidates)), key=lambda at: candidates[at][1]) if base else None
        hours = min((one.hours for one in here if one.hours is not None), default=None)
        if hours is not None and (bound is None or not self._ends_sooner(hours, without_hours)):
            hours = None
        return {
            "storage": place,
            "date": None if bound is None else candidates[bound][1].isoformat(),
            "hours": hours,
            "bound_by": "none" if bound is None else candidates[bound][0],
            "others": [{"by": by, "date": day.isoformat()} for at, (by, day) in enumerate(candidates) if at != bound],
        }, rank

    def _ends_sooner(self, hours: int, days: list[date]) -> bool:
        """Whether so many hours can end before the day that everything else allows."""
        return not days or hours < 24 * ((min(days) - self.order.prepared_on).days + 1)


def _answer(asked: Asked, chosen: str) -> tuple[dict[str, object], list[str]]:
    """The date of the place chosen, every place's beside it, and the notices."""
    named = {study.storage for study in asked.order.studies}
    first, rank = asked.at(chosen)
    places = [first] + [asked.at(place)[0] for place in KEPT if place in named and place != chosen]
    notices = ["unproven_date"] if rank == 4 else []
    days = asked.limit(chosen)
    if rank in (1, 2) and (days is None or str(first["date"]) > asked.last(days).isoformat()):
        notices.append("longer_date")
    return {name: first[name] for name in ("date", "bound_by", "others", "hours")} | {"by_storage": places}, notices


def _ingredients(order: Common) -> tuple[Dated, ...]:
    """The dates of the ingredients."""
    return tuple(("ingredient", one.expiry) for one in order.ingredients)


def beyond_use(order: Order) -> tuple[dict[str, object], list[str]]:
    """The date of capsules, and its notices."""
    parts = ("diluent", order.diluent_expiry), ("shells", order.shells_expiry), *_ingredients(order)
    return _answer(Asked(order, "other_nonaqueous", False, parts), order.place)


def class_of(order: Liquid) -> str:
    """The class that the general limit is stated for; without water a preservative counts for nothing."""
    if not order.vehicle.whole.aqueous:
        return "oral_liquid_nonaqueous"
    return "preserved_aqueous" if order.vehicle.whole.preserved else "nonpreserved_aqueous"


def beyond_use_of_liquid(order: Liquid) -> tuple[dict[str, object], list[str]]:
    """The date of a liquid, and its notices."""
    parts = tuple(("vehicle", day) for day in order.vehicle.expiries.values())
    asked = Asked(order, class_of(order), order.vehicle.whole.aqueous, parts + _ingredients(order))
    return _answer(asked, COLD if order.vehicle.cold else ROOM)
