"""Random schedules of doses over the whole contract: most are answered, the rest are faults."""

import random
from datetime import timedelta
from fractions import Fraction
from typing import Any

from tests.second_engine.common import kind_of
from tests.second_engine.liquids import random_liquid
from tests.second_engine.orders import random_order
from tests.second_engine.parts import STRENGTHS, TODAY, USUAL_DOSES, Tree, between, spaced, typed
from tests.second_engine.paths import put
from tests.second_engine.schedule import OF_A_BATCH, OF_A_LIQUID, OF_ITS_TABLETS, USED
from tests.second_engine.spoil import BAD_NUMBERS, spoil
from tests.second_engine.tables import DEFAULT_STRENGTH
from tests.second_engine.unfiled import drug_name

SCHEDULES = [
    ("1.5", "3", "4.5"),
    ("0.5", "1", "1.5", "2", "3", "4.5"),
    ("1", "2", "1"),
    ("4.5",),
    ("5", "10"),
    ("6", "3"),
]
BAD_DAYS: list[Any] = [0, 366, -1, "14", 14.0, 14.5, True, None]


def _doses(rng: random.Random) -> list[Fraction]:
    """Doses that rise, fall and return."""
    chance = rng.random()
    if chance < 0.5:
        return [Fraction(text) for text in rng.choice(SCHEDULES)]
    if chance < 0.9:
        return [Fraction(rng.choice(USUAL_DOSES)) for _ in range(rng.choice([1, 2, 3, 4, 12, 13, 24]))]
    return [between(rng, Fraction(1, 10), 7, rng.choice([1, 2, 6])) for _ in range(2)]


def _order(rng: random.Random, new: bool) -> Tree:
    """An order without what belongs to one batch."""
    order = random_order(rng, new)
    order.pop("acknowledgements", None)
    for name in OF_A_BATCH:
        order.pop(name, None)
    if isinstance(order.get("source"), dict):
        for name in OF_ITS_TABLETS:
            order["source"].pop(name, None)
    if rng.random() < 0.97:
        for item in order.get("ingredients") or ():
            if isinstance(item, dict):
                item["per"] = "capsule"  # what a batch takes hangs on its capsules
    if rng.random() < 0.3:
        order.pop("capsule", None)
        order["drug"] = {"name": drug_name(rng)}
        put(order, "source.strength", typed(rng, Fraction(rng.choice(STRENGTHS))))
    order.setdefault("prepared_on", TODAY.isoformat())
    return order


def _liquid(rng: random.Random) -> Tree:
    """A schedule taken from one liquid: doses on its marks or beside them."""
    order = random_liquid(rng, new=True) | {"preparation": "liquid"}
    order.pop("acknowledgements", None)
    for name in OF_A_LIQUID:
        order.pop(name, None)
    if isinstance(order.get("source"), dict):
        for name in (*OF_ITS_TABLETS, *USED):
            order["source"].pop(name, None)
    for item in order.get("ingredients") or ():
        if isinstance(item, dict) and rng.random() < 0.97:
            item["per"] = "100 mL"
    order.setdefault("prepared_on", TODAY.isoformat())
    if rng.random() < 0.8:
        order["strength"] = rng.choice(["5 mg", "1 mg", "1 mg", "0.5 mg", "2 mg/5 mL", "0.7 mg", "500 mcg"])
    if rng.random() < 0.6:
        order.pop("volume", None)
    return order


def from_tablets(order: Tree) -> bool:
    """Whether an order asks for capsules from tablets."""
    return order.get("preparation") != "liquid" and kind_of(order) == "tablet"


def _spoil(rng: random.Random, tree: Tree) -> None:
    """Spoil a schedule in one way."""
    kind = rng.randrange(8)
    step = rng.choice(tree["schedule"])
    if kind == 0:
        step["dose"] = rng.choice([f"{rng.choice(BAD_NUMBERS)} mg", "5 mL", "5", 5, None, "11 g"])
    elif kind == 1:
        step["days"] = rng.choice(BAD_DAYS)
    elif kind == 2:
        tree["schedule"] = rng.choice([None, [], "4.5 mg", [step] * 25, [5], ["4.5 mg"]])
    elif kind == 3:
        tree[rng.choice(["doses_per_day", "start", "quantity", "dose"])] = rng.choice([0, 5, "2", "01/02/2027"])
    elif kind == 4:
        put(tree["order"], rng.choice([*OF_A_BATCH, *(f"source.{name}" for name in OF_ITS_TABLETS)]), "5 mg")
    elif kind == 5:
        tree["start"] = "2020-01-01"
    elif kind == 6 and rng.random() < 0.3:
        tree["order"]["preparation"] = rng.choice(["Liquid", "tablet", 5, "", " capsule ", None])
    elif kind == 6:
        step[rng.choice(["strength", "Days"])] = 5
    else:
        spoil(rng, tree["order"])


def _common_powder(rng: random.Random, tree: Tree, strength: Fraction) -> None:
    """Tablets weighed together for all batches, seldom as nobody can read them."""
    number = rng.choice([1, 2, 3, 5, 10, 10, 20, 40, 100, rng.randint(1, 200), 1000])
    one = between(rng, max(60, strength * Fraction(6, 5)), max(500, strength * 3), rng.choice([0, 0, 1, 2]))
    one = between(rng, 1200, 1300, 1) if rng.random() < 0.03 else one
    common: Any = {"tablets_weighed": number, "total_mass": typed(rng, min(one * number, Fraction(1_000_000)))}
    chance = rng.random()
    if chance < 0.06:
        name = rng.choice(["tablets_weighed", "total_mass", "weighed_on"])
        common[name] = rng.choice([0, None, "0.5 mg", "1001 g", 1001, "5 mL", "10", True, 3.0, 3.5])
    elif chance < 0.08:
        common = rng.choice([{}, "3", [], None, {"tablets_weighed": None, "total_mass": None}])
    tree["common_powder"] = common


def random_titration(rng: random.Random, new: bool = False) -> Tree:
    """One schedule; `new`: its order with names that came after the first version of the contract."""
    order = _liquid(rng) if new and rng.random() < 0.3 else _order(rng, new)
    tree: Tree = {"order": order}
    days = [7, 14, 14, 14, 28, 30, 90] if rng.random() < 0.9 else [200, 365]
    tree["schedule"] = [{"dose": typed(rng, dose), "days": rng.choice(days)} for dose in _doses(rng)]
    if rng.random() < 0.3:
        tree["doses_per_day"] = rng.choice([1, 2, 3, 4])
    if rng.random() < 0.3:
        tree["start"] = (TODAY + timedelta(rng.choice([0, 1, 700, 1500]))).isoformat()
    strength = Fraction(rng.choice(STRENGTHS)) if isinstance(order.get("drug"), dict) else DEFAULT_STRENGTH
    if new and rng.random() < 0.2 and from_tablets(order):
        put(order, "source.strength", typed(rng, strength))
        _common_powder(rng, tree, strength)
    elif new and rng.random() < 0.03:
        _common_powder(rng, tree, strength)
    if rng.random() < 0.1:
        tree = spaced(rng, tree)
    if rng.random() < 0.12:
        _spoil(rng, tree)
    return tree
