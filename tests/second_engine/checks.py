"""Random checks of capsules that were made: by weight, alone or with the order they were made by, and by assay."""

import random
from fractions import Fraction
from typing import Any

from tests.second_engine import work_out
from tests.second_engine.orders import random_order
from tests.second_engine.parts import TODAY, Tree, between, cut, typed
from tests.second_engine.shown import exact
from tests.second_engine.spoil import BAD_NUMBERS, BAD_UNITS

FILLS = ["137.6", "120", "100", "235.5", "14.25", "480", "1", "2000"]
BAD_ITEMS: list[Any] = [*(f"{number} mg" for number in BAD_NUMBERS), *(f"5 {unit}" for unit in BAD_UNITS), 5, "", None]
BAD_ITEMS += ["5 mL", "5", "4.9 mg", "6 g", True, ["5 mg"], {}]


def _known_fill(rng: random.Random, tree: Tree, new: bool) -> Fraction | None:
    """Put an order in and give its fill; sometimes one that cannot be checked by."""
    order: Tree = {}
    fill = None
    for _ in range(rng.choice([1, 6, 12, 12])):
        order = random_order(rng, new)
        plan = work_out(order, TODAY).get("plan")
        if plan is not None and plan["spread"] is not None:
            fill = Fraction(plan["fill_mass"]["value"])
            break
    order.setdefault("prepared_on", TODAY.isoformat())
    tree["order"] = order
    return fill


def _weighed(rng: random.Random, tree: Tree, theoretical: Fraction, shell: Fraction) -> None:
    """Gross masses: close together or far apart, about the theoretical fill or beside it."""
    places, number = rng.choice([0, 1, 1, 2]), rng.choice([10, 10, 12, 20, 30])
    if rng.random() < 0.2:
        number = rng.choice([1, 2, 3, 7, 7, 9])  # all that were made
    spread = theoretical * Fraction(rng.choice([0, 1, 2, 3, 5, 8, 15]), 100)
    middle = shell + theoretical * Fraction(rng.choice([100, 100, 100, 101, 102, 97, 103, 95, 110, 90, 60, 0]), 100)
    masses = [between(rng, middle - spread, middle + spread, places) for _ in range(number)]
    if rng.random() < 0.1:
        masses[0] = cut(shell + theoretical * Fraction(rng.choice([90, 110]), 100), 4)
    if rng.random() < 0.05:
        masses[-1] = shell
    tree["capsules"] = [typed(rng, min(max(mass, Fraction(5)), Fraction(5000))) for mass in masses]


def _balanced(rng: random.Random, tree: Tree, theoretical: Fraction) -> None:
    """What was weighed in, and what was left of it."""
    made = tree.get("made", 30)
    found = theoretical * made
    left = found * Fraction(rng.choice([0, 0, 1, 5, 50]), 1000)
    if rng.random() < 0.7:
        tree["blend_left"] = typed(rng, cut(left, rng.choice([0, 1])))
    if "order" not in tree or rng.random() < 0.4:
        part = Fraction(rng.choice([1000, 1000, 990, 995, 1005, 1030, 1031, 1040, 1110, 1120, 970, 989]), 1000)
        mass = max(cut((found + left) * part, rng.choice([0, 1])), Fraction(1))
        if rng.random() < 0.95:
            tree["weighed_in"] = typed(rng, mass)


def random_weights(rng: random.Random, new: bool = False) -> Tree:
    """One check by weight."""
    tree: Tree = {}
    theoretical = _known_fill(rng, tree, new) if rng.random() < 0.6 else None
    if theoretical is None:
        theoretical = Fraction(rng.choice(FILLS))
        if "order" not in tree:
            tree["theoretical_fill"] = typed(rng, theoretical)
    shell = between(rng, 28, 170, rng.choice([0, 1]))
    if rng.random() < 0.5:
        tree["shell_mass"] = typed(rng, shell)
    else:
        number = rng.choice([10, 11, 30])
        tree["shells"] = [typed(rng, between(rng, shell - 3, shell + 3, 1)) for _ in range(number)]
    _weighed(rng, tree, theoretical, shell)
    number = len(tree["capsules"])
    if number < 10 and rng.random() < 0.95:
        tree["made"] = number if rng.random() < 0.9 else number + 1
        tree["planned"] = number + rng.choice([0, 0, 0, 1, 2, -1 if number > 1 else 0])
    elif rng.random() < 0.5:
        planned = rng.choice([30, 33, 60, 100, 1000, 2000])
        tree["planned"] = planned
        lost = rng.choice([0, 0, 1, 2, 3, 4, 5, 10, 30, -1, -2])
        tree["made"] = min(max(30, planned - lost), 2000)
    if rng.random() < (0.4 if "made" in tree else 0.03):
        _balanced(rng, tree, theoretical)
    if rng.random() < 0.12:
        _spoil(rng, tree, "capsules")
    return tree


def _spoil(rng: random.Random, tree: Tree, name: str) -> None:
    """Spoil a check in one way."""
    kind = rng.randrange(8)
    items = tree.get(name)
    if kind < 3 and isinstance(items, list):
        items[rng.randrange(len(items))] = rng.choice(BAD_ITEMS)
    elif kind == 3 and isinstance(items, list):
        tree[name] = rng.choice([items[:9], items * 4, "5 mg", 5, None, [*items, items[0]] * 2])
    elif kind == 4:
        tree.pop(rng.choice(sorted(tree)))
    elif kind == 5:
        tree[rng.choice(["Capsules", "mean", "dose"])] = "5 mg"
    elif kind == 6 and name == "capsules":
        tree[rng.choice(["theoretical_fill", "shell_mass", "weighed_in", "blend_left"])] = rng.choice(
            ["100 mg", "0.5 mg", "2.1 g", "5 %", 5]
        )
    else:
        tree[rng.choice(["planned", "made"])] = rng.choice([0, 5, 2001, "30", 30.0, 30.1, True])


def _in_mg(rng: random.Random, tree: Tree, contents: list[Fraction]) -> None:
    """Contents in mg, with the label that they are parts of."""
    label = Fraction(rng.choice(["4.5", "4.5", "0.5", "25", "100"]))
    tree["contents"] = [typed(rng, cut(content * label / 100, 6)) for content in contents]
    if rng.random() < 0.05:
        tree["contents"][0] = rng.choice([typed(rng, label * 5), typed(rng, label * Fraction(501, 100)), "100 %"])
    if rng.random() < 0.95:
        tree["label"] = typed(rng, label)


def _by_masses(rng: random.Random, contents: list[Fraction]) -> Tree:
    """Gross masses of the units and one assay, of units rich enough in drug or not."""
    shell = between(rng, 28, 120, 1)
    net = Fraction(rng.choice([100, 137, 200, 400]))
    label = rng.choice(
        [net / 4, net / 4, net / 2, net, net * Fraction(26, 100), Fraction(25), Fraction(24), Fraction("4.5")]
    )
    masses = [min(max(shell + net * content / 100, Fraction(5)), Fraction(5000)) for content in contents]
    if rng.random() < 0.03:
        masses[1] = max(shell - 1, Fraction(5))
    tree: Tree = {"masses": [typed(rng, cut(mass, 3)) for mass in masses], "label": typed(rng, label)}
    tree["assay"] = f"{rng.choice(['100', '98.4', '95', '102.5', '89', '50', '150'])} %"
    tree["shell"] = typed(rng, shell)
    if rng.random() < 0.05:
        tree.pop(rng.choice(["assay", "shell", "label"]))
    if rng.random() < 0.03:
        tree["contents"] = ["100 %"] * 10
    return tree


def random_uniformity(rng: random.Random, new: bool = False) -> Tree:
    """One check by assay."""
    middle = Fraction(rng.choice([100, 100, 99, 98, 102, 95, 106, 85, 115]))
    spread = Fraction(rng.choice([0, 1, 3, 5, 7, 10, 30]))
    places = rng.choice([0, 1, 2])
    number = rng.choice([10, 10, 30])
    contents = [between(rng, max(middle - spread, Fraction(0)), middle + spread, places) for _ in range(number)]
    if rng.random() < 0.15:
        contents[0] = rng.choice([Fraction(75), Fraction(125), Fraction(0), Fraction(500), Fraction("73.875")])
    tree: Tree = {"contents": [f"{exact(content)} %" for content in contents]}
    chance = rng.random()
    if chance < 0.25:
        _in_mg(rng, tree, contents)
    elif chance < 0.5:
        tree = _by_masses(rng, contents)
    elif chance < 0.53:
        tree[rng.choice(["assay", "shell", "label"])] = rng.choice(["100 %", "30 mg", "50 mg"])
    if rng.random() < 0.12:
        _spoil(rng, tree, "masses" if "masses" in tree else "contents")
    return tree
