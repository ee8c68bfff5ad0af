"""Parts of random liquids: the strength said in other ways, by tablets and volume, and a dose in mL."""

import random
from fractions import Fraction

from tests.second_engine.parts import Tree, cut
from tests.second_engine.paths import get, put
from tests.second_engine.shown import finite_places, fixed

VOLUMES = ("5", "5", "5", "2", "10", "15", "2.5", "0.5", "1", "7", "100")
BAD = ("25 mL/5 mL", "25 mg/5 mg", "5 mL", "5 mg/5 %", "2 %/5 mL", "25 mg/0 mL", "0 mg/5 mL", "0 %", "25 mg/5 mL/2 mL")
BAD += (
    "1.2.3 mg/5 mL",
    "25 mg/5 cc",
    "25/5 mL",
    "25 mg/05 mL",
    "101 %",
    "1 g/0.9 mL",
    "0.0001 mcg/5 mL",
    "2 %w/v",
    "2%",
)


def _number(value: Fraction) -> str | None:
    """A number that can be typed."""
    places = finite_places(value)
    return None if places is None or places > 6 or value >= 10**7 else fixed(value, places)


def said_otherwise(rng: random.Random, tree: Tree, strength: Fraction) -> None:
    """The same strength in some mL or in per cent, with spaces or without."""
    chance = rng.random()
    if chance < 0.1 and (percent := _number(strength / 10)):
        tree["strength"] = f"{percent} %"
    elif chance < 0.25:
        volume = rng.choice(VOLUMES)
        mass = _number(strength * Fraction(volume))
        gap = rng.choice(["", "", " ", "  "])
        unit = f"{volume} mL" if rng.random() < 0.9 else f"{fixed(Fraction(volume) / 1000, 4)} L"
        if mass:
            tree["strength"] = f"{mass} mg{gap}/{gap}{'mL' if volume == '1' and rng.random() < 0.5 else unit}"


def by_tablets(rng: random.Random, tree: Tree, needed: Fraction) -> None:
    """Whole tablets in the place of the strength, about as many as it asks for; seldom beside it."""
    if rng.random() >= 0.15 or get(tree, "source.kind") in ("powder", "dilution"):
        return
    used = max(1, min(int(needed), 1000)) + rng.choice([0, 0, 0, 1, 2])
    put(tree, "source.capsules_used" if get(tree, "source.kind") == "capsule" else "source.tablets_used", used)
    if rng.random() < 0.97:
        tree.pop("strength", None)
        tree["source"].pop("tablets_crushed", None)


def dose_in_ml(rng: random.Random, tree: Tree, dose: Fraction, strength: Fraction) -> None:
    """The dose by its volume."""
    if rng.random() < 0.2:
        volume = max(cut(dose / strength, rng.choice([1, 1, 2])), Fraction(1, 100))
        if rng.random() < 0.05:
            volume = Fraction(rng.choice(["0.001", "0.0009", "2000", "2001", "0.000001"]))
        tree["dose"] = f"{_number(volume)} mL"


def spoil_strength(rng: random.Random, tree: Tree) -> None:
    """A strength or a number of tablets that nobody can read."""
    if rng.random() < 0.6:
        tree["strength"] = rng.choice(BAD)
    else:
        put(tree, "source.tablets_used", rng.choice([0, 1001, -1, "10", 10.0, 10.5, True, 1000]))
