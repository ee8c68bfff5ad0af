"""Parts of random orders: what is in a batch besides drug and diluent or vehicle, and what spoils it."""

import random
from fractions import Fraction
from typing import Any

from tests.second_engine.parts import Tree, between, cut, expiries, typed
from tests.second_engine.paths import get
from tests.second_engine.shown import finite_places, fixed

NAMES = ("ascorbic acid", "colloidal silicon dioxide", "sodium benzoate", "citric acid", "glycerin", "flavor")
NAMES += ("trisodium citrate", "saccharin sodium")
ROLES = ("buffer", "preservative", "antioxidant", "sweetener", "flavor", "glidant", "wetting agent", "other")
NUMBERS = (1, 1, 1, 2, 2, 3, 8)


def _mass_typed(rng: random.Random, mass: Fraction) -> str:
    """A mass within the range of an ingredient."""
    return typed(rng, min(max(cut(mass, 4), Fraction(1, 1000)), Fraction(10**6)))


def _enough(rng: random.Random, mass: Fraction) -> Fraction:
    """Mostly so much that any usual balance weighs it; seldom just what the default one weighs at least."""
    chance = rng.random()
    if chance < 0.05:
        return Fraction(20)
    return mass if chance < 0.1 else max(mass, Fraction(rng.choice([120, 150, 200, 501])))


def _item(rng: random.Random, name: str) -> Tree:
    """Name, role and lot."""
    item: Tree = {"name": name}
    if rng.random() < 0.5:
        item["role"] = rng.choice(ROLES)
    if rng.random() < 0.1:
        item["lot"] = "I-3"
    return item


def in_capsules(rng: random.Random, tree: Tree, batch: int, fill: Fraction) -> None:
    """Ingredients of capsules of about so many mg of fill; some of them packed, or to be neglected."""
    if rng.random() >= 0.25:
        return
    items = []
    statistics = get(tree, "diluent.packing_statistic") or get(tree, "diluent.packing")
    for name in rng.sample(NAMES, rng.choice(NUMBERS)):
        item, share = _item(rng, name), Fraction(rng.choice([1, 5, 10, 19, 20, 21, 50, 100, 300]), 1000)
        each = _enough(rng, fill * share * batch) / batch
        if not items and rng.random() < 0.05:
            item["name"] = "Calcium Carbonate"  # a diluent to avoid
        if rng.random() < 0.5:
            item |= {"amount": _mass_typed(rng, each), "per": "capsule"}
        else:
            item["amount"] = _mass_typed(rng, cut(each * batch, 0) if each * batch > 2 else each * batch)
            item |= {"per": "batch"} if rng.random() < 0.3 else {}
        if rng.random() < (0.6 if statistics else 0.05):
            item["packing_statistic"] = _mass_typed(rng, max(between(rng, fill / 2, fill * 2, 1), Fraction(1)))
        items.append(item)
    expiries(rng, tree, items)
    tree["ingredients"] = items


def in_liquid(rng: random.Random, tree: Tree, volume: Fraction) -> None:
    """Ingredients of a liquid of so many mL: masses, and volumes that seldom fill it by themselves."""
    if rng.random() >= 0.25:
        return
    items = []
    for name in rng.sample(NAMES, rng.choice(NUMBERS)):
        item, share = _item(rng, name), Fraction(rng.choice([1, 2, 5, 10, 20, 50]), 1000)
        if not items and rng.random() < 0.05:
            item["name"] = "calcium carbonate"
        if rng.random() < 0.5:
            each = share * 100 if rng.random() < 0.97 else Fraction(100)
            item |= {"per": "100 mL"} if rng.random() < 0.5 else {"per": "batch"}
            amount = max(cut(each if item["per"] == "100 mL" else each * volume / 100, 2), Fraction(1, 100))
            item["amount"] = f"{fixed(amount, finite_places(amount) or 0)} mL"
        else:
            mass = _enough(rng, share * rng.choice([100, 1000, 10_000]) * volume)
            item |= {"per": "100 mL"} if rng.random() < 0.5 else {}
            item["amount"] = _mass_typed(rng, mass * 100 / volume + 1 if "per" in item else mass)
        items.append(item)
    expiries(rng, tree, items)
    tree["ingredients"] = items


def spoil_ingredients(rng: random.Random, tree: Tree) -> None:
    """Ingredients that nobody can read, or that cannot be in such a batch."""
    good: Tree = {"name": "citric acid", "amount": "500 mg"}
    spoiled: list[Tree] = [
        good | {"amount": rng.choice(["0.0005 mg", "1001 g", "5 mL", "2 L", "0.001 mL", "5", "1,5 g", "5 %"])},
        good | {"amount": rng.choice(["", None, 5])},
        good | {"amount": rng.choice(["0 mg", "0 mL", "5 day", "5 ML", "5 mL ", "0.01 mL"])},
        good | {"per": rng.choice(["100 mL", "capsule", "dose", "", 5])},
        good | {"role": rng.choice(["flavour", "dye", "", 5])},
        good | {"packing_statistic": rng.choice(["140 mg", "0.5 mg", "6 g", "5 mL"])},
        good | {"name": rng.choice(["", None, "x" * 41, 5, "a\u200bb"])},
        good | {"expiry": rng.choice(["2027-13", "2020-01", "2039-12"])},
        good | {"lot": rng.choice(["", 5, "x" * 41])},
        good | {rng.choice(["Amount", "mass", "share"]): "5 mg"},
    ]
    lists: list[Any] = [[good] * 9, [good, None], [good, "citric acid"], "citric acid", good, [5], []]
    tree["ingredients"] = rng.choice(lists) if rng.random() < 0.3 else [rng.choice(spoiled), good]
