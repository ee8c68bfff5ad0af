"""The vehicle of a liquid, whole or in parts: what it is, how much of each is measured, what is asked about it."""

import math
from fractions import Fraction
from typing import Any

from tests.second_engine.reader import Reader
from tests.second_engine.shown import exact, quantity
from tests.second_engine.vehicle_table import Part, Vehicle, known

NAMES = frozenset(["name", "aqueous", "preserved", "storage", "lot", "expiry", "parts"])
PART = frozenset(["name", "share", "volume", "to_volume", "aqueous", "preserved", "lot", "expiry"])
AMOUNTS = ("share", "volume", "to_volume")
PLACES = ("refrigerator", "room temperature")
YES_NO = ("yes", "no")
MOST, LONGEST_NAME = 4, 120
#: From so many mL on a share is measured in whole mL, below it in tenths.
LARGE, COARSE, FINE = Fraction(10), Fraction(1), Fraction(1, 10)


def _yes_no(reader: Reader, tree: dict[str, Any], field: str, otherwise: bool) -> bool:
    """Yes or no as typed, or what is filled in."""
    typed = reader.choice(tree, field, YES_NO)
    return otherwise if typed is None else typed == "yes"


def _filled(name: str) -> tuple[bool, bool]:
    """Aqueous and preserved, by the table or for want of it."""
    said = known(name)
    if said is None:
        return True, False
    return said.aqueous is not False, said.preserved is True


def _kinds(reader: Reader, items: list[dict[str, Any]]) -> None:
    """How the parts say their amounts, each and all of them together."""
    kinds = []
    for at, item in enumerate(items):
        said = [name for name in AMOUNTS if item.get(name) is not None]
        if not said:
            reader.fault("required", f"vehicle.parts.{at}.share")
        for name in said[1:]:
            reader.fault("excludes_each_other", f"vehicle.parts.{at}.{name}")
        kinds.append(said[0] if said else None)
    if "share" in kinds and set(kinds) - {"share", None}:
        at = next(at for at, kind in enumerate(kinds) if kind not in ("share", None))
        reader.fault("excludes_each_other", f"vehicle.parts.{at}.{kinds[at]}")
        return
    if "volume" in kinds and "to_volume" not in kinds:
        reader.fault("pair_incomplete", f"vehicle.parts.{len(items) - 1}.to_volume")
    last = [at for at, kind in enumerate(kinds) if kind == "to_volume"]
    for at in last[1:]:
        reader.fault("excludes_each_other", f"vehicle.parts.{at}.to_volume")


def _part(reader: Reader, item: dict[str, Any], path: str) -> Part:
    """One part of a mixture."""
    reader.unknown(item, f"{path}.", PART)
    if item.get("name") is None:
        reader.fault("required", f"{path}.name")
    name = reader.text(item, f"{path}.name", LONGEST_NAME) or ""
    reader.text(item, f"{path}.lot")
    reader.choice(item, f"{path}.to_volume", ("yes",))
    aqueous, preserved = _filled(name)
    return Part(
        name,
        _yes_no(reader, item, f"{path}.aqueous", aqueous),
        _yes_no(reader, item, f"{path}.preserved", preserved),
        reader.day(item, f"{path}.expiry", month=True),
        reader.count(item, f"{path}.share", like="vehicle.parts.share"),
        reader.amount(item, f"{path}.volume", "volume", like="vehicle.parts.volume"),
    )


def _parts(reader: Reader, vehicle: dict[str, Any]) -> list[Part]:
    """The parts of a mixture; none of them where the list cannot be read."""
    items = vehicle.get("parts")
    if items is None:
        return []
    if not isinstance(items, list):
        reader.fault("wrong_type", "vehicle.parts")
        return []
    if len(items) > MOST:
        reader.fault("list_too_long", "vehicle.parts")
        return []
    read = []
    for at, item in enumerate(items):
        if isinstance(item, dict):
            read.append(_part(reader, item, f"vehicle.parts.{at}"))
        else:
            reader.fault("wrong_type", f"vehicle.parts.{at}")
    if len(read) == len(items):
        _kinds(reader, items)
    return read


def joined(parts: list[Part]) -> str:
    """The name of a mixture."""
    names = [part.name for part in parts]
    name = " and ".join([", ".join(names[:-1])] * (len(names) > 1) + names[-1:])
    if len(parts) > 1 and all(part.share for part in parts):
        name += " " + ":".join(str(part.share) for part in parts)
    return name if len(name) <= LONGEST_NAME else f"mixture of {len(parts)} parts"


def read_vehicle(reader: Reader, tree: dict[str, Any]) -> Vehicle:
    """The vehicle of an order."""
    vehicle = reader.part(tree, "vehicle", NAMES)
    parts = _parts(reader, vehicle)
    if vehicle.get("parts") and isinstance(vehicle["parts"], list):
        for name in ("lot", "expiry"):
            if vehicle.get(name) is not None:
                reader.fault("excludes_each_other", f"vehicle.{name}")
    elif vehicle.get("name") is None:
        reader.fault("required", "vehicle.name")
    name = reader.text(vehicle, "vehicle.name", LONGEST_NAME) or (joined(parts) if parts else "")
    reader.text(vehicle, "vehicle.lot")
    aqueous, preserved = _filled(name)
    if parts:
        wet = [part.preserved for part in parts if part.aqueous]
        aqueous, preserved = bool(wet), bool(wet) and all(wet)
    dry = reader.choice(vehicle, "vehicle.aqueous", YES_NO) == "no"
    if dry and any(part.aqueous for part in parts):
        reader.fault("excludes_each_other", "vehicle.aqueous")
    whole = Part(
        name,
        _yes_no(reader, vehicle, "vehicle.aqueous", aqueous),
        _yes_no(reader, vehicle, "vehicle.preserved", preserved),
        reader.day(vehicle, "vehicle.expiry", month=True),
    )
    cold = (reader.choice(vehicle, "vehicle.storage", PLACES) or PLACES[0 if whole.aqueous else 1]) == PLACES[0]
    claimed = bool(parts) and whole.preserved and not preserved and whole.aqueous
    return Vehicle(whole, cold, parts, claimed)


def notices_of(vehicle: Vehicle) -> list[str]:
    """What is not known of a vehicle, or is said otherwise than the table has it."""
    open_ones, found = [], []
    for part in vehicle.each:
        said = part.known
        if part.aqueous and not part.preserved:
            blank = said is not None and None in (said.aqueous, said.preserved)
            open_ones += [part] if blank or (said is None and vehicle.parts) else []
        if said is None:
            continue
        water = said.aqueous is not None and said.aqueous != part.aqueous
        if water or (part.aqueous and said.preserved is not None and said.preserved != part.preserved):
            found.append("vehicle_unlike_table")
    found += ["vehicle_open"] if open_ones else []
    return found + (["mixture_preserved"] if vehicle.claimed else [])


def vehicle_figures(vehicle: Vehicle, volume: Fraction) -> dict[str, Any]:
    """How much of each part is measured, in the order of work, and what is known of all of them.

    One part alone is brought to volume.
    """
    shares = [part.share for part in vehicle.parts if part.share is not None and len(vehicle.parts) > 1]
    common = math.gcd(*shares)
    mixed, unit = None, Fraction(0)
    if shares:
        each = volume * common / sum(shares)
        step = COARSE if each >= LARGE else FINE
        unit = -(-each // step) * step
        mixed = unit * sum(shares) / common
    measured = [unit * part.share / common if part.share and shares else part.volume for part in vehicle.parts]
    free = [said and said.sugar_free for said in (part.known for part in vehicle.each)]
    contains: list[str] = []
    for part in vehicle.each:
        contains += [one for one in (part.known.contains if part.known else ()) if one not in contains]
    return {
        "sugar_free": "no" if False in free else None if None in free else "yes",
        "contains": contains,
        "mixed": mixed and quantity(mixed, "mL", exact(mixed)),
        "parts": [
            {
                "name": part.name,
                "volume": volume and quantity(volume, "mL", exact(volume)),
                "in_table": part.known is not None,
            }
            for part, volume in sorted(zip(vehicle.parts, measured, strict=True), key=lambda pair: pair[1] is None)
        ],
    }


def as_understood(vehicle: Vehicle) -> dict[str, Any]:
    """What the normalized order says of it."""
    return {
        "name": vehicle.whole.name,
        "aqueous": YES_NO[not vehicle.whole.aqueous],
        "preserved": YES_NO[not vehicle.whole.preserved],
        "storage": PLACES[not vehicle.cold],
        "parts": [
            {"aqueous": YES_NO[not part.aqueous], "preserved": YES_NO[not part.preserved]} for part in vehicle.parts
        ],
    }
