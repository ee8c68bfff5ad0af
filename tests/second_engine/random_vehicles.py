"""Parts of random liquids: a vehicle whole or in parts, known by name or not, and what spoils it."""

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.second_engine.vehicle_table import KNOWN

Tree = dict[str, Any]

UNKNOWN = ("Ora-Plus and Ora-Sweet", "water with glycerol", "fixed oil", "1:1 blend", "a vehicle " * 11 + "of 120 ch.")
UNKNOWN += ("1:1 mixture of methylcellulose 1% and simple syrup", "v" * 41)
USUAL = ("Ora-Plus", "Ora-Sweet", "Ora-Sweet SF", "Ora-Blend", "SIMPLE SYRUP", "methylcellulose 1%", "purified water")
USUAL += ("water", "Glycerin", "cherry syrup", "Vehicle for Oral Solution", "almond oil", "SyrSpend SF PH4 dry")
ROWS = [((1, 1),) * 3, ((1, 2), (2, 1), (1, 3), (3, 2), (2, 2), (4, 6), (20, 20), (7, 20))]
THREE, FOUR = ((1, 1, 1), (1, 2, 3), (2, 4, 6)), ((1, 1, 1, 1), (20, 20, 19, 20))


def whole_vehicle(rng: random.Random) -> Tree:
    """A vehicle whole, which no table knows."""
    vehicle: Tree = {"name": rng.choice(UNKNOWN)}
    _said(rng, vehicle, 0.6)
    _kept(rng, vehicle)
    if rng.random() < 0.15:
        vehicle["lot"] = "V-12"
    return vehicle


def _kept(rng: random.Random, vehicle: Tree) -> None:
    """Where it is kept."""
    if rng.random() < 0.4:
        dry = vehicle.get("aqueous") == "no" or vehicle.get("preserved") == "yes"
        warm = dry or rng.random() < 0.3
        vehicle["storage"] = rng.choice(["refrigerator", "room temperature"]) if warm else "refrigerator"


def _name(rng: random.Random) -> str:
    """A vehicle, mostly one of the table, written in any case."""
    chance = rng.random()
    if chance < 0.5:
        return rng.choice(USUAL)
    if chance < 0.75:
        return rng.choice(sorted(KNOWN))
    return rng.choice(UNKNOWN)


def _said(rng: random.Random, part: Tree, often: float) -> None:
    """Aqueous and preserved, said by the pharmacist now and then."""
    if rng.random() < often:
        part["aqueous"] = rng.choice(["yes", "yes", "no"])
    if rng.random() < often:
        part["preserved"] = rng.choice(["yes", "yes", "no"])


def _shares(rng: random.Random, number: int) -> tuple[int, ...]:
    """Shares of so many parts."""
    return rng.choice({1: ((1,), (20,)), 2: rng.choice(ROWS), 3: THREE, 4: FOUR}[number])


def _parts(rng: random.Random, volume: Fraction, typed: Callable[[random.Random, Fraction], str]) -> list[Tree]:
    """The parts of a mixture, by shares or by volumes with one to volume."""
    number = rng.choice([1, 2, 2, 2, 2, 3, 4])
    names = [_name(rng) for _ in range(number)]
    while len({name.casefold() for name in names}) < number:
        names = [_name(rng) for _ in range(number)]
    parts: list[Tree] = [{"name": name} for name in names]
    for part in parts:
        _said(rng, part, 0.2)
        if rng.random() < 0.1:
            part["lot"] = "P-1"
    if rng.random() < 0.5:
        for part, share in zip(parts, _shares(rng, number), strict=True):
            part["share"] = share
        return parts
    last = number - 1 if rng.random() < 0.7 else rng.randrange(number)
    rest = volume
    for at, part in enumerate(parts):
        if at == last:
            part["to_volume"] = "yes"
            continue
        mine = min(rest * Fraction(rng.choice([10, 20, 30, 50]), 100), Fraction(1900))
        if rng.random() < 0.05:
            mine = rest  # nothing is left to bring to volume
        mine = max(mine * 10 // 1 / Fraction(10), Fraction(1, 10))
        rest -= mine
        part["volume"] = typed(rng, mine)
    return parts


def random_vehicle(rng: random.Random, volume: Fraction, typed: Callable[[random.Random, Fraction], str]) -> Tree:
    """The vehicle of a liquid of so many mL."""
    vehicle: Tree = {}
    mixed = rng.random() < 0.3
    if mixed:
        vehicle["parts"] = _parts(rng, volume, typed)
    if not mixed or rng.random() < 0.15:
        vehicle["name"] = _name(rng)
    _said(rng, vehicle, 0.15 if mixed else 0.5)
    _kept(rng, vehicle)
    if rng.random() < 0.15 and not mixed:
        vehicle["lot"] = "V-12"
    return vehicle


def spoil_vehicle(rng: random.Random, tree: Tree) -> None:
    """A mixture that cannot be made, or that nobody can read."""
    name = rng.choice(USUAL)
    one, whole, rest = ({"name": name} | said for said in ({"share": 1}, {"volume": "10 mL"}, {"to_volume": "yes"}))
    ways: list[Any] = [
        [{"name": name}],
        [one, {"name": name}, whole],
        [one, whole],
        [rest, one, whole],
        [one | {"volume": "5 mL"}, one],
        [whole | {"to_volume": "yes"}],
        [one | {"volume": "5 mL", "to_volume": "yes"}, rest],
        [whole, whole],
        [rest, rest, whole, rest],
        [one] * 5,
        [{"share": 1}, one],
        [one | {"share": rng.choice([0, 21, "1", 1.5, True, 20.0])}, one],
        [whole | {"volume": rng.choice(["0.05 mL", "1901 mL", "5 mg", "5", "", "1,5 mL", "2 L", 5])}, rest],
        [rest | {"to_volume": rng.choice(["no", True, "", "maybe"])}, whole],
        [one | {"aqueous": rng.choice(["maybe", 5, ""]), "preserved": "unknown"}, one],
        [one | {"expiry": rng.choice(["2027-13", "1999-01-01", "2020-01", "2039-12"])}, one],
        [one | {rng.choice(["Share", "ph", "storage"]): "yes"}, one],
        [one | {"name": rng.choice(["", "x" * 121, "a\u200bb", 5, None])}, one],
        [one, rng.choice([None, "Ora-Plus", 5])],
        [],
        "Ora-Plus",
    ]
    vehicle = tree.get("vehicle")
    if not isinstance(vehicle, dict):
        return
    vehicle["parts"] = rng.choice(ways)
    if rng.random() < 0.2:
        vehicle[rng.choice(["lot", "expiry"])] = rng.choice(["2027-05", "2029-11-30", None])
