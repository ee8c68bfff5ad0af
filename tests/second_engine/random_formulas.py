"""Random orders of published formulations: as published, or said otherwise in a place or two."""

import copy
import random
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from tests.second_engine.formulas import order_of
from tests.second_engine.numbers import read_quantity
from tests.second_engine.orders import random_order
from tests.second_engine.parts import TODAY, Tree, cut, typed
from tests.second_engine.shown import exact, finite_places
from tests.second_engine.spoil import spoil
from tests.second_engine.spoil_liquids import LIQUIDS
from tests.second_engine.strengths import as_read

#: Other names of vehicles, as the contract's table has them.
NAMES = {"purified water": "water", "simple syrup": "syrup", "glycerin": "glycerol", "Ora-Plus": "ORA-PLUS"}
BAD_KEYS: tuple[Any, ...] = ("pub:nothing", "mfr:naltrexone-1-fawcett", "", 5, "naltrexone", "PUB:NALTREXONE-1-FAWCETT")
Way = Callable[[random.Random, Tree], None]


def _ml(tree: Tree, name: str = "volume") -> Fraction:
    """A typed volume in mL."""
    return read_quantity(tree[name], "volume", zero=True)[0] or Fraction(1)


def _batch(rng: random.Random, tree: Tree) -> None:
    """Another volume, its parts and ingredients in proportion or not."""
    times = rng.choice([Fraction(1, 2), Fraction(3, 2), Fraction(2), Fraction(3), Fraction(6, 5)])
    volume = _ml(tree) * times
    tree["volume"] = f"{exact(volume)} mL"
    if "tablets_used" in tree["source"]:
        tree["source"]["tablets_used"] = int(tree["source"]["tablets_used"] * times) or 1
    off = Fraction(rng.choice(["0", "0", "0", "0.05", "-0.05", "0.06", "2"]))
    for part in tree["vehicle"].get("parts", ()):
        if "volume" in part and rng.random() < 0.9:
            amount = max(cut(_ml(part) * times + off, 3), Fraction(1, 10))
            part["volume"] = f"{exact(amount)} mL"


def _strength(rng: random.Random, tree: Tree) -> None:
    """The same strength in other words, or another one."""
    if "strength" not in tree:
        tree["source"]["tablets_used"] += rng.choice([1, 2])
        return
    strength = as_read(tree["strength"])
    if rng.random() < 0.4:
        strength *= rng.choice([2, Fraction(1, 2), Fraction(1001, 1000)])
    elif rng.random() < 0.5:
        tree["strength"] = f"{exact(strength * 5)} mg/5 mL"
        return
    tree["strength"] = typed(rng, cut(strength, 6))


def _drug(rng: random.Random, tree: Tree) -> None:
    """Another drug, or another form of it."""
    if isinstance(tree["drug"], str):
        tree["dose_basis"] = rng.choice(["base", "hydrochloride"])
    elif rng.random() < 0.5:
        tree["drug"] = {"name": "melatonin"}
    else:
        forms = {"dose": "the base", "source": "the salt", "dose_equals": "1 mg"}
        tree["forms"] = forms | {"source_equals": rng.choice(["1 mg", "1.25 mg"])}


def _source(rng: random.Random, tree: Tree) -> None:
    """Tablets of another strength, or capsules in their place."""
    source = tree["source"]
    if rng.random() < 0.5:
        source["strength"] = rng.choice(["5 mg", "20 mg", "50 mg", "100 mg", "250 mg"])
    elif source["kind"] == "tablet" and "tablets_used" not in source:
        tree["source"] = {"kind": "capsule", "contents": "powder", "release": "immediate", "strength": "50 mg"}
        tree["source"] |= {"strength": source["strength"]} if "strength" in source else {}
    elif "contents" in source:
        source["contents"] = rng.choice(["powder", "pellets", "liquid"])
        source["release"] = rng.choice(["immediate", "delayed", "extended"])


def _vehicle(rng: random.Random, tree: Tree) -> None:
    """Parts by other names, in another order, in other shares, or other parts."""
    vehicle = tree["vehicle"]
    parts, chance = vehicle.get("parts"), rng.random()
    if not parts:
        name = vehicle.pop("name")
        name = rng.choice([name, name, name.upper(), "cherry syrup"])
        vehicle["parts"] = [{"name": name, "share": rng.choice([1, 2])}]
    elif chance < 0.3:
        for part in parts:
            part["name"] = NAMES.get(part["name"], part["name"])
    elif chance < 0.5:
        parts.reverse()
    elif chance < 0.7:
        rng.choice(parts)["name"] = rng.choice(["cherry syrup", "almond oil", "a vehicle of our own"])
    elif "share" in parts[0]:
        factors = rng.choice([(1, 1), (2, 2), (1, 2), (3, 1)])
        for part, factor in zip(parts, (*factors, 1, 1), strict=False):
            part["share"] *= factor
    else:
        parts.insert(0, {"name": "cherry syrup", "volume": "5 mL"})


def _ingredients(rng: random.Random, tree: Tree) -> None:
    """One more, one less, or other amounts and roles."""
    items, chance = tree.setdefault("ingredients", []), rng.random()
    if not items or chance < 0.25:
        items.append({"name": "citric acid", "amount": "300 mg"})
    elif chance < 0.45:
        items.pop()
    elif chance < 0.6:
        items[0]["role"] = "other"
    else:
        unit = items[0]["amount"].rpartition(" ")[2]
        amount = Fraction(items[0]["amount"].rpartition(" ")[0])
        offs = ["0.5", "-0.5", "0.6", "5"] if unit == "mg" else ["0.05", "-0.05", "0.06"]
        items[0]["amount"] = f"{exact(amount + Fraction(rng.choice(offs)))} {unit}"


def _dates(rng: random.Random, tree: Tree) -> None:
    """Another place, or dates that are not those published."""
    studies, chance = tree["beyond_use"]["studies"], rng.random()
    if chance < 0.4 or not studies:
        tree["vehicle"]["storage"] = rng.choice(["refrigerator", "room temperature"])
    elif chance < 0.55:
        studies.pop(rng.randrange(len(studies)))
    elif chance < 0.7:
        rng.shuffle(studies)
        studies[0]["reference"] = "read again"
    else:
        one = rng.choice(studies)
        name, value = rng.choice(
            [("days", one.get("days", 2) - 1), ("kind", "study"), ("microbial", "yes"), ("container", "amber glass")]
        )
        one[name] = value


WAYS: tuple[Way, ...] = (_batch, _batch, _strength, _drug, _source, _vehicle, _vehicle, _ingredients, _dates, _dates)


def random_formula(formulas: Iterable[Tree], rng: random.Random, new: bool = True) -> Tree:
    """One order that names a formulation; all its names came late."""
    listed = [one for one in formulas if one["order"] is not None or one["form"] == "liquid"]
    formula = rng.choice(listed)
    if formula["order"] is None or rng.random() < 0.05:
        tree = random_order(rng, new)
        tree["formulation"] = formula["key"] if rng.random() < 0.8 else f"  {formula['key']} "
        return tree
    tree = copy.deepcopy(order_of(formula)) | {"prepared_on": TODAY.isoformat(), "formulation": formula["key"]}
    if tree["source"].get("contents") == "pellets":
        tree["source"]["release"] = "delayed"
    if "strength" in tree:
        dose = cut(as_read(tree["strength"]) * rng.choice([1, 2, 5, Fraction(5, 2)]), 4)
        tree["dose"] = typed(rng, dose) if finite_places(dose) is not None else "1 mg"
    for way in rng.sample(WAYS, rng.choice([0, 1, 1, 1, 2])):
        way(rng, tree)
    chance = rng.random()
    if chance < 0.05:
        tree["formulation"] = rng.choice(BAD_KEYS)
    elif chance < 0.1:
        spoil(rng, tree, LIQUIDS)
    return tree
