"""The vehicle of a liquid in an order's tree: what the table knows of it, and the rules on its parts together.

What nobody says counts as the stricter: with water, without a preservative.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from math import gcd
from typing import Any

from calc import limits
from calc.arithmetic.units import ML, Figure, figure
from calc.faults import Fault, FaultCode
from calc.library import Library
from calc.orders.defaults import group_at
from calc.orders.ingredients import LIQUID, unsaid
from calc.reading.fields import peek_quantity

#: What counts of a vehicle of which neither order nor table says it.
STRICTER = {"aqueous": "yes", "preserved": "no"}
#: The ways to say how much of a part is taken: one of them, in each part.
AMOUNTS = ("share", "volume", "to_volume")
_LIST = "vehicle.parts"


def facts_of(tree: Mapping[str, Any], library: Library) -> dict[str, Any]:
    """Return what a liquid leaves out, by path: of a vehicle by the table, else the stricter; of a mixture by parts.

    >>> from calc.library import load
    >>> parts = [{"name": "Ora-Plus", "share": 1}, {"name": "ora-sweet", "share": 1}]
    >>> facts = facts_of({"vehicle": {"parts": parts}}, load())
    >>> facts["vehicle.name"], facts["vehicle.preserved"], facts["vehicle.parts.1.preserved"]
    ('Ora-Plus and ora-sweet 1:1', 'yes', 'yes')
    """
    vehicle, others = tree.get("vehicle"), unsaid(tree)
    if not isinstance(vehicle, Mapping):
        return others
    listed = vehicle.get("parts")
    parts = list(listed) if isinstance(listed, list | tuple) else []
    groups = {index: part for index, part in enumerate(parts) if isinstance(part, Mapping)}
    if not groups:
        return {**{f"vehicle.{fact}": _fact(vehicle, fact, library) for fact in STRICTER}, **others}
    full = {
        index: {fact: part.get(fact, _fact(part, fact, library)) for fact in STRICTER} for index, part in groups.items()
    }
    facts = {f"{_LIST}.{index}.{fact}": value for index, part in full.items() for fact, value in part.items()}
    aqueous, preserved = together((part["aqueous"], part["preserved"]) for part in full.values())
    return {
        "vehicle.name": _name_of(list(groups.values())),
        "vehicle.aqueous": aqueous,
        "vehicle.preserved": preserved,
        **facts,
        **others,
    }


def together(parts: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Return whether a mixture is aqueous, and whether it is preserved: only if every aqueous part of it is.

    >>> together([("yes", "yes"), ("no", "no")]), together([("yes", "yes"), ("yes", "no")]), together([("no", "no")])
    (('yes', 'yes'), ('yes', 'no'), ('no', 'no'))
    """
    of_aqueous = [preserved for aqueous, preserved in parts if aqueous != "no"]
    preserved = bool(of_aqueous) and all(each == "yes" for each in of_aqueous)
    return "yes" if of_aqueous else "no", "yes" if preserved else "no"


def parts_of(vehicle: Any) -> list[Mapping[str, Any]]:
    """Return the parts of a vehicle as typed; none if there are none, or if one of them is no group of fields."""
    parts = vehicle.get("parts") if isinstance(vehicle, Mapping) else None
    whole = isinstance(parts, list | tuple) and all(isinstance(part, Mapping) for part in parts)
    return list(parts) if whole and parts is not None else []


def by_table(tree: Mapping[str, Any], filled: Iterable[str], library: Library) -> frozenset[str]:
    """Return those of the paths filled in of which the table of vehicles, and nobody else, says what stands there.

    A paper writes them out, so that it says the same when the table has changed.
    """
    found: set[str] = set()
    for path in filled if "vehicle" in tree else ():
        place, _, fact = path.rpartition(".")
        if fact in STRICTER and place.startswith("vehicle"):
            known = library.vehicle((group_at(tree, place) or {}).get("name"))
            if known is not None and getattr(known, fact) and not (place == "vehicle" and parts_of(tree["vehicle"])):
                found.add(path)
    return frozenset(found)


def before_table(earlier: Mapping[str, Any], tree: Any, library: Library) -> Mapping[str, Any]:
    """Return the earlier defaults of a paper without those of a vehicle that are the same by today's table."""
    if not earlier:
        return earlier
    vehicle = tree.get("vehicle") if isinstance(tree, Mapping) else None
    facts = {} if vehicle is None or parts_of(vehicle) else facts_of(tree, library)
    same = [path for path in limits.VEHICLE_BEFORE_TABLE if facts.get(path, earlier.get(path)) == earlier.get(path)]
    return {path: value for path, value in earlier.items() if path not in same}


def _fact(part: Mapping[str, Any], fact: str, library: Library) -> str:
    known = library.vehicle(part.get("name"))
    return (getattr(known, fact) if known is not None else "") or STRICTER[fact]


def _name_of(parts: list[Mapping[str, Any]]) -> str:
    """Return the name of a mixture: those of its parts, with their shares if it has them."""
    names, shares = [part.get("name") for part in parts], [part.get("share") for part in parts]
    plain = f"mixture of {len(parts)} parts"
    if not all(isinstance(name, str) and name and limits.PRINTABLE.issuperset(name) for name in names):
        return plain
    listed = " and ".join(filter(None, (", ".join(map(str, names[:-1])), str(names[-1]))))
    if len(parts) > 1 and all(share is not None for share in shares):
        listed = f"{listed} {':'.join(str(share)[:9] for share in shares)}"
    return listed if len(listed) <= limits.LONGEST_VEHICLE else plain


def parts_together(tree: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each rule on the parts of a vehicle together that a tree breaks."""
    vehicle = tree.get("vehicle")
    parts = parts_of(vehicle)
    yield from _room(tree, parts)
    if not parts or not isinstance(vehicle, Mapping):
        return
    for name in ("lot", "expiry"):
        if name in vehicle:
            yield Fault(FaultCode.EXCLUDES_EACH_OTHER, f"vehicle.{name}", {"given": _LIST})
    aqueous = [index for index, part in enumerate(parts) if part.get("aqueous") == "yes"]
    if vehicle.get("aqueous") == "no" and aqueous:
        yield Fault(FaultCode.EXCLUDES_EACH_OTHER, "vehicle.aqueous", {"given": f"{_LIST}.{aqueous[0]}.aqueous"})
    if len(parts) > limits.MOST_PARTS:
        return
    said = [[name for name in AMOUNTS if name in part] for part in parts]
    for index, names in enumerate(said):
        if not names:
            yield Fault(FaultCode.REQUIRED, f"{_LIST}.{index}.share")
        for name in names[1:]:
            yield Fault(
                FaultCode.EXCLUDES_EACH_OTHER, f"{_LIST}.{index}.{name}", {"given": f"{_LIST}.{index}.{names[0]}"}
            )
    yield from _one_way([(index, names[0]) for index, names in enumerate(said) if names], len(parts) - 1)


def _one_way(said: list[tuple[int, str]], last: int) -> Iterator[Fault]:
    """Yield a fault where shares and volumes meet, or where not just one part is brought to volume."""
    by_name = {wanted: [f"{_LIST}.{index}.{wanted}" for index, name in said if name == wanted] for wanted in AMOUNTS}
    shares, volumes, to_volume = by_name.values()
    others = [f"{_LIST}.{index}.{name}" for index, name in said if name != "share"]
    if shares and others:
        yield Fault(FaultCode.EXCLUDES_EACH_OTHER, others[0], {"given": shares[0]})
    elif volumes and not to_volume:
        yield Fault(FaultCode.PAIR_INCOMPLETE, f"{_LIST}.{last}.to_volume", {"given": volumes[0]})
    for path in () if shares else to_volume[1:]:
        yield Fault(FaultCode.EXCLUDES_EACH_OTHER, path, {"given": to_volume[0]})


def _room(tree: Mapping[str, Any], parts: list[Mapping[str, Any]]) -> Iterator[Fault]:
    """Yield a fault if the volumes that are measured leave nothing of the final volume."""
    whole = peek_quantity(tree.get("volume"), ML)
    of_parts = [part["volume"] for part in parts if "volume" in part] if len(parts) <= limits.MOST_PARTS else []
    of_ingredients = list(_measured(tree, whole))
    read = [peek_quantity(each, ML) for each in of_parts]
    if whole is None or not (read or of_ingredients) or None in (*read, *of_ingredients):
        return
    used = figure(sum(each.to(ML).value for each in (*read, *of_ingredients) if each is not None), ML)
    if used >= whole:
        field = _LIST if of_parts else "ingredients"
        yield Fault(FaultCode.VOLUMES_TOO_LARGE, field, {"used": used, "volume": whole.to(ML)})


def _measured(tree: Mapping[str, Any], whole: Figure | None) -> Iterator[Figure | None]:
    """Yield the volume of each ingredient that is a liquid, in the whole preparation; None for one of 100 mL unread."""
    items = tree.get("ingredients")
    for item in items if isinstance(items, list | tuple) and len(items) <= limits.MOST_INGREDIENTS else ():
        volume = peek_quantity(item.get("amount"), ML) if isinstance(item, Mapping) else None
        if volume is not None and item.get("per") == LIQUID:
            yield None if whole is None else Figure(volume.to(ML).value * whole.to(ML).value / 100, ML)
        elif volume is not None:
            yield volume


def ratio_of(shares: Iterable[int]) -> tuple[int, ...]:
    """Return shares in lowest terms.

    >>> ratio_of((2, 4))
    (1, 2)
    """
    listed = tuple(shares)
    common = reduce(gcd, listed)
    return tuple(share // common for share in listed)


def measured_in(volume: Figure) -> Figure:
    """Return the step in which the volume of one share is measured."""
    fine, whole = limits.SHARE_STEPS.values
    return whole if volume >= limits.SHARE_MEASURED_WHOLE.value else fine
