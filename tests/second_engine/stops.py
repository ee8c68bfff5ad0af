"""Limits passed: the stops an order raises, and the acknowledgements that answer the soft ones."""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.second_engine import tables
from tests.second_engine.forms import for_limits, on_label
from tests.second_engine.names import DELAYED, EXTENDED, UNCRUSHED, is_a_slip
from tests.second_engine.order import Acknowledgement, Common, Order
from tests.second_engine.shown import exact, finite_places, fixed, order_mass, significant
from tests.second_engine.tablets import Counted

HEAVY_TABLET = Fraction(1200)
STRONG_TABLET = Fraction(1200)
TABLETS_PER_DOSE = 10
#: How far the tablets crushed may be off the mean of those weighed: of so many and more, a part.
OFF_THE_MEAN = ((6, Fraction(3, 100)), (2, Fraction(1, 20)), (1, Fraction(1, 10)))
LARGE_QUANTITY = 300
MOST_TABLETS = 1000
WHOLE_MG = Fraction(1)
MUCH_DRUG = Fraction(10_000)
SPELLING = re.compile(r"(0|[1-9][0-9]*)(\.([0-9]*[1-9]))?( [a-z{}/%]+)?")


@dataclass(slots=True)
class Stop:
    """One limit passed; `value` as we spell it, `amount` the bare number behind it where there is one."""

    code: str
    field: str
    value: str
    amount: Fraction | None = None


def expired(order: Common, expiries: dict[str, date | None]) -> list[Stop]:
    """Components past their expiry on the day of making, by field."""
    return [
        Stop("expired", field, day.isoformat())
        for field, day in expiries.items()
        if day is not None and day < order.prepared_on
    ]


def common_stops(order: Common) -> list[Stop]:
    """Stops of any preparation that need no weighing."""
    stops = expired(order, {"source.expiry": order.source_expiry, "source.discard_after": order.discard_after})
    if order.release == "extended":
        stops.append(Stop("extended_release", "source.release", "extended"))
    if order.name is not None:
        stops += name_stops(order.name)
    if order.assessment["may_be_crushed"] == "no":
        stops.append(Stop("may_not_be_crushed", "assessment.may_be_crushed", "no"))
    stops += dose_stops(order)
    stops += [
        Stop("diluent_to_avoid", f"ingredients.{at}.name", one.name)
        for at, one in enumerate(order.ingredients)
        if order.filed and one.name.casefold() in {name.casefold() for name in tables.TO_AVOID}
    ]
    stops += [
        Stop(f"{name}_yes", f"screening.{name}", "yes") for name, answer in order.screening.items() if answer == "yes"
    ]
    tablets = order.bulk is None and order.opened is None
    if order.filed and tablets and order.strength not in tables.STRENGTHS:
        stops.append(Stop("strength_not_in_drug_file", "source.strength", order_mass(order.strength), order.strength))
    if not order.filed and order.bulk is None and order.strength > STRONG_TABLET:
        stops.append(Stop("strong_tablet", "source.strength", order_mass(order.strength), order.strength))
    return stops


def unit_stops(order: Common, needed: Fraction, tablets: int) -> list[Stop]:
    """Thousands of tablets; bulk powder of a drug without a file where mg and mcg may be meant for one another."""
    if order.bulk is None:
        return [Stop("many_tablets", "source.strength", str(tablets))] if tablets > MOST_TABLETS else []
    unsure = order.dose < WHOLE_MG or order.dose_in_mcg or needed > MUCH_DRUG
    return [_of_dose("dose_unit_unchecked", order)] if unsure and not order.filed else []


def name_stops(name: str) -> list[Stop]:
    """Stops on the name of a drug without a file."""
    found = {
        "extended_release": EXTENDED.search(name),
        "delayed_release": DELAYED.search(name),
        "form_not_crushed": UNCRUSHED.search(name),
        "drug_misspelled": is_a_slip(name),
    }
    return [Stop(code, "drug.name", name) for code, holds in found.items() if holds]


def capsule_stops(order: Order) -> list[Stop]:
    """Stops of capsules that need no weighing."""
    stops = expired(order, {"diluent.expiry": order.diluent_expiry, "capsule.expiry": order.shells_expiry})
    if order.filed and order.diluent in tables.TO_AVOID:
        stops.append(Stop("diluent_to_avoid", "diluent.name", order.diluent))
    if tables.DILUENTS[order.diluent][1]:
        stops.append(Stop("gel_forming_diluent", "diluent.name", order.diluent))
    if order.quantity > LARGE_QUANTITY:
        stops.append(Stop("quantity_large", "quantity", str(order.quantity), Fraction(order.quantity)))
    return common_stops(order) + stops


def _of_dose(code: str, order: Common) -> Stop:
    """A stop on the dose, as it was typed."""
    if order.dose_volume is not None:
        return Stop(code, "dose", f"{exact(order.dose_volume)} mL")
    return Stop(code, "dose", order_mass(order.dose), order.dose)


def dose_stops(order: Common) -> list[Stop]:
    """Stops on what is taken at one time: the drug's file, and how many tablets it is."""
    stops = _band_stops(order) if order.filed else []
    if order.bulk is None:
        taken = on_label(order, order.dose) / order.strength
        if taken > TABLETS_PER_DOSE:
            stops.append(Stop("many_tablets_per_dose", "dose", exact(taken), taken))
    return stops


def _band_stops(order: Common) -> list[Stop]:
    """At most one: the bands of dose exclude one another."""
    limits, dose = tables.DOSE, for_limits(order)
    if dose < limits["absolute_low"]:
        code = "dose_below_absolute"
    elif dose < limits["notice_low"]:
        code = "dose_below_usual"
    elif dose >= limits["absolute_high"]:
        code = "dose_above_absolute"
    elif dose > limits["usual_high"]:
        code = "dose_above_usual"
    else:
        return []
    return [_of_dose(code, order)]


def crushed_amiss(crushed_mass: Fraction, tablets: Counted, mean: Fraction) -> bool:
    """Whether those crushed, weighed together, are too far off so many times the mean of those weighed."""
    expected = mean * tablets.crushed
    part = next(part for fewest, part in OFF_THE_MEAN if tablets.crushed >= fewest)
    return abs(crushed_mass - expected) > min(part * expected, mean / 2)


def mass_field(order: Common) -> str:
    """Where the mass of what is crushed was typed."""
    return "source.total_mass" if order.opened is None else "source.full_mass"


def tablet_stops(order: Common, tablets: Counted) -> list[Stop]:
    """Stops on the tablets as counted and weighed."""
    stops = []
    if tablets.crushed < tablets.exact:
        field = "tablets_weighed" if order.opened is None else "capsules_weighed"
        field = field if order.tablets_crushed is None else "tablets_crushed"
        stops.append(Stop("too_few_tablets", f"source.{field}", str(tablets.crushed)))
    one = tablets.mean
    if one is None:
        return stops
    weighed = mass_field(order)
    if order.crushed_mass is not None and crushed_amiss(order.crushed_mass, tablets, one):
        value = order_mass(order.crushed_mass)
        stops.append(Stop("crushed_mass_differs", "source.crushed_mass", value, order.crushed_mass))
    if one <= order.strength:
        stops.append(Stop("tablet_lighter_than_drug", weighed, exact(one)))
    if one > HEAVY_TABLET:
        stops.append(Stop("heavy_tablet", weighed, order_mass(one), one))
    return stops


def same_value(given: str, stop: Stop) -> bool:
    """Whether an acknowledged value is the stop's: our spelling, or the same number plainly written another way."""
    if given == stop.value or (not stop.value and given != "another"):
        return True  # an empty value: the documents do not say how it is spelled
    if stop.value.endswith(" "):
        return given.startswith(stop.value)  # nor how a mass without an end is
    shape = SPELLING.fullmatch(given)
    if stop.amount is None or shape is None:
        return False
    number, places, unit = given.partition(" ")[0], len(shape[3] or ""), (shape[4] or "").strip()
    amount = stop.amount
    base, _, counter = unit.partition("/")
    if base in tables.MASS_UNITS:
        amount /= tables.MASS_UNITS[base]
    elif unit not in ("", "{capsule}", "{tablet}", "capsules", "tablets", "{tablet}/{capsule}"):
        return False
    if counter not in ("", "{capsule}", "{tablet}", "capsule", "tablet"):
        return False
    if Fraction(number) == amount:
        return True
    rounded = significant(amount, 4)
    return rounded == number or (finite_places(amount) is None and places >= 1 and fixed(amount, places) == number)


def answer(
    stops: list[Stop], acknowledgements: list[Acknowledgement]
) -> tuple[list[Stop], list[Acknowledgement], list[dict[str, str]]]:
    """Stops left standing, acknowledgements that count, and faults of those that answer nothing."""
    seen: dict[str, int] = {}
    closed: list[Stop] = []
    answered: list[Acknowledgement] = []
    faults: list[dict[str, str]] = []
    for index, item in enumerate(acknowledgements):
        named = [stop for stop in stops if stop.code == item.code]
        seen[item.code] = seen.get(item.code, 0) + 1
        if seen[item.code] > len(named):
            faults.append({"code": "acknowledgement_unused", "field": f"acknowledgements.{index}"})
            continue
        same = [stop for stop in named if stop not in closed and same_value(item.value, stop)]
        if same and item.code in tables.SOFT_STOPS:
            answered.append(item)
            closed.append(same[0])
    return [stop for stop in stops if stop not in closed], answered, faults


def written(stop: Stop) -> dict[str, str]:
    """A stop for the answer."""
    severity = "hard" if stop.code in tables.HARD_STOPS else "soft"
    entry = {"code": stop.code, "severity": severity, "field": stop.field}
    if severity == "soft" and stop.value:
        entry["value"] = stop.value
    return entry
