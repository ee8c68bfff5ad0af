"""Random orders of oral liquids over the whole contract: most give a plan, the rest faults or stops."""

import random
from fractions import Fraction

from tests.second_engine import forms, parts, tables, work_out
from tests.second_engine.dilutions import spoil_dilution
from tests.second_engine.parts import TODAY, Tree, acknowledge, between, cut, typed
from tests.second_engine.random_forms import spoil_forms, two_forms
from tests.second_engine.random_ingredients import in_liquid, spoil_ingredients
from tests.second_engine.random_opened import opened, spoil_opened
from tests.second_engine.random_strengths import by_tablets, dose_in_ml, said_otherwise, spoil_strength
from tests.second_engine.random_vehicles import random_vehicle, spoil_vehicle, whole_vehicle
from tests.second_engine.shown import finite_places, fixed
from tests.second_engine.spoil import spoil
from tests.second_engine.spoil_liquids import LIQUIDS

#: Drug in 1 mL, as parts of the dose: a dose of 1 is then so many mL.
DOSE_VOLUMES = ["0.5", "1", "1", "1.5", "2", "2.5", "3", "4.5", "5", "5", "7.5", "10", "12", "0.9", "0.09", "1.25"]
STRENGTHS = ["0.1", "0.5", "1", "1", "1", "1", "1.5", "2", "2.5", "5", "10", "0.75", "20"]
VOLUMES = [
    10,
    15,
    30,
    27,
    50,
    60,
    90,
    100,
    100,
    108,
    120,
    150,
    162,
    200,
    216,
    240,
    250,
    300,
    324,
    432,
    433,
    450,
    500,
    864,
]
VOLUMES += [865, 1000, 1440, 2000]
SYRINGES = [("0.5", "0.01"), ("1", "0.01"), ("1", "0.02"), ("1", "0.1"), ("2.5", "0.1"), ("3", "0.1"), ("5", "0.1")]
SYRINGES += [
    ("5", "0.2"),
    ("10", "0.2"),
    ("10", "0.5"),
    ("20", "1"),
    ("30", "1"),
    ("60", "2"),
    ("6", "0.75"),
    ("3", "1"),
]


#: What spoils names that came later.
WAYS = (spoil_vehicle, spoil_ingredients, spoil_strength, spoil_dilution, spoil_opened, spoil_forms)


def volume_typed(rng: random.Random, volume: Fraction) -> str:
    """A volume in mL or L."""
    unit, amount = ("L", volume / 1000) if rng.random() < 0.15 else ("mL", volume)
    places = finite_places(amount)
    if places is None or places > 6:
        return f"{fixed(volume, 3)} mL"
    return f"{fixed(amount, places)} {unit}"


def _strength(rng: random.Random, tree: Tree, dose: Fraction) -> Fraction:
    """Drug in 1 mL: a usual one, or one that gives the dose a usual volume."""
    chance = rng.random()
    if chance < 0.45:
        strength = Fraction(rng.choice(STRENGTHS))
    elif chance < 0.85:
        strength = cut(dose / Fraction(rng.choice(DOSE_VOLUMES)), rng.choice([3, 4, 6]))
        strength = cut(strength, 4) if strength > 100 else strength  # nine digits are said as four
    else:
        strength = between(rng, dose / 20, dose * 2, rng.choice([1, 2, 3, 5]))
    strength = min(max(strength, Fraction(1, 10**6)), Fraction(1000))
    if isinstance(tree.get("drug"), dict) and rng.random() < 0.12:  # of much powder in little liquid
        strength = Fraction(rng.choice([80, 95, 99, 150, 190, 197, 300, 505, 970, 1000]))
        tree["dose"] = typed(rng, strength * rng.choice([1, 5]))
    tree["strength"] = typed(rng, strength)
    return strength


def _volume(rng: random.Random, tree: Tree, dose_volume: Fraction) -> Fraction:
    """The whole volume: a usual one, or so many doses."""
    volume = Fraction(rng.choice(VOLUMES))
    if rng.random() < 0.3:
        volume = cut(dose_volume * rng.choice([1, 2, 14, 28, 30, 30, 60, 90]), rng.choice([0, 1, 2]))
    elif rng.random() < 0.1:
        volume = between(rng, 1, 2000, rng.choice([0, 1, 3]))
    volume = min(max(volume, Fraction(1)), Fraction(2000))
    tree["volume"] = volume_typed(rng, volume)
    return volume


def _near_whole(tree: Tree, needed: Fraction, tablet: Fraction, volume: Fraction) -> None:
    """Now and then, by the order itself, a volume that takes almost a whole number of tablets."""
    own = random.Random(f"{needed} {volume}")
    if own.random() < 0.1:
        off = Fraction(own.choice([1, -1, 50, -50, 999, 1000, -1000, 1001, -1001]), 10**6)
        near = volume * max(needed // tablet, 1) * (1 + off) / (needed / tablet)
        if 1 <= near <= 2000:
            tree["volume"] = volume_typed(own, cut(near, 6))


def _tablets(rng: random.Random, tree: Tree, needed: Fraction, strength: Fraction, loss: Fraction) -> None:
    """Tablets weighed, seldom just as many as hold the drug, or none."""
    chance = rng.random()
    if chance < 0.4:
        return
    parts.tablets(rng, tree, needed, strength, loss)
    if (needed / strength).denominator == 1 and chance < 0.7 and "tablets_weighed" in tree.get("source", {}):
        tree["source"]["tablets_weighed"] = min(needed // strength, 1000)


def _opened(rng: random.Random, tree: Tree, needed: Fraction, strength: Fraction, loss: Fraction) -> None:
    """Opened capsules, often just as many as hold the drug."""
    opened(rng, tree, needed, strength, loss)
    source = tree["source"]
    if (needed / strength).denominator == 1 and rng.random() < 0.5 and "capsules_weighed" in source:
        whole = min(needed // strength, 1000)
        source |= {"capsules_weighed": whole, "full_mass": f"{whole * 300} mg", "shells_mass": f"{whole * 60} mg"}
        source.pop("recovered_mass", None)


def _bench(rng: random.Random, tree: Tree) -> None:
    """The syringes of the bench, and how often a dose is taken."""
    if rng.random() < 0.4:
        chosen = rng.sample(SYRINGES, rng.choice([1, 2, 3, 5, 10]))
        tree["syringes"] = [
            {"capacity": volume_typed(rng, Fraction(capacity)), "graduation": f"{graduation} mL"}
            for capacity, graduation in chosen
        ]
    if rng.random() < 0.4:
        tree["doses_per_day"] = rng.choice([1, 1, 2, 3, 4])


def random_liquid(rng: random.Random, new: bool = False) -> Tree:
    """One order tree of a liquid; `new`: with names that came after the first version of the contract."""
    tree: Tree = {"preparation": "liquid"}
    dose, tablet = parts.drug(rng, tree)
    strength = _strength(rng, tree, dose)
    volume = _volume(rng, tree, dose / strength)
    loss = Fraction(3, 100)
    if rng.random() < 0.25:
        loss = Fraction(rng.choice([0, 1, 2, 5, 10]), 100)
        tree["crushing_loss"] = f"{loss * 100} %"
    parts.balance_of(rng, tree)
    if new:
        said_otherwise(rng, tree, strength)
        dose_in_ml(rng, tree, dose, strength)
    if rng.random() < 0.2:
        parts.powder(rng, tree, dose, new)
    else:
        needed = forms.turned(strength * volume, tree.get("dose_basis"), tables.DEFAULT_BASIS)
        needed *= two_forms(rng, tree) if new else 1
        if new and rng.random() < 0.15:
            _opened(rng, tree, needed, tablet, loss)
        else:
            _tablets(rng, tree, needed, tablet, loss)
        _near_whole(tree, needed, tablet, volume)
        if new:
            by_tablets(rng, tree, needed / tablet)
    tree["vehicle"] = random_vehicle(rng, volume, volume_typed) if new else whole_vehicle(rng)
    _bench(rng, tree)
    mixture = tree["vehicle"].get("parts", [])
    parts.dates(rng, tree, ("source",) if mixture else ("source", "vehicle"))
    parts.expiries(rng, tree, mixture)
    if new:
        in_liquid(rng, tree, volume)
    parts.answers(rng, tree, {} if mixture else {"vehicle.lot": "V-13"}, new)
    if rng.random() < 0.5:
        acknowledge(rng, tree, work_out(tree, TODAY).get("stops", []))
    if rng.random() < 0.1:
        tree = parts.spaced(rng, tree)
    if rng.random() < 0.15:
        way = rng.choice(WAYS) if new and rng.random() < 0.25 else None
        if way:
            way(rng, tree)
        else:
            spoil(rng, tree, LIQUIDS)
    return tree
