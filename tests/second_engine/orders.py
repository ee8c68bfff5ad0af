"""Random orders over the whole contract: most give a plan, the rest faults or stops."""

import random
from fractions import Fraction

from tests.second_engine import parts, tables, work_out
from tests.second_engine.common import is_powder
from tests.second_engine.dilutions import spoil_dilution
from tests.second_engine.parts import STRENGTHS, TODAY, USUAL_DOSES, Tree, acknowledge, between, cut, typed
from tests.second_engine.paths import put
from tests.second_engine.random_forms import spoil_forms, two_forms
from tests.second_engine.random_ingredients import in_capsules, spoil_ingredients
from tests.second_engine.random_opened import opened, spoil_opened
from tests.second_engine.shown import finite_places, fixed
from tests.second_engine.spoil import spoil
from tests.second_engine.unfiled import drug_name

SAFE_DILUENTS = sorted(name for name, (_, gel) in tables.DILUENTS.items() if not gel and name not in tables.TO_AVOID)
OTHER_DILUENTS = sorted(tables.DILUENTS)
#: Doses of which the portion is often too little to weigh, and balances that make it so for larger ones.
SMALL_DOSES = ["0.001", "0.001", "0.002", "0.005", "0.01", "0.015", "0.02", "0.025", "0.05", "0.0333", "0.075"]
SMALL_DOSES += ["0.1", "0.1", "0.15", "0.2", "0.25", "0.3", "0.4", "0.5"]
SMALL_BALANCES: list[tuple[str, str | None, tuple[str, ...]]] = [
    ("1", None, ("",)),
    ("1", "minimum", ("20", "50", "100", "120", "200", "432.5")),
    ("0.1", None, ("",)),
    ("0.1", "repeatability", ("0.04", "0.05", "0.1")),
    ("0.1", "minimum", ("5", "8.2", "10.5", "82", "100")),
    ("0.01", "repeatability", ("0.004", "0.008")),
    ("0.01", "minimum", ("1", "8.25", "20")),
    ("0.001", "minimum", ("0.5", "1", "3.333")),
    ("0.2", "minimum", ("10", "33")),
    ("0.25", "minimum", ("5", "20.3")),
    ("2", "minimum", ("20", "50")),
    ("5", "minimum", ("50", "100", "130")),
    ("10", None, ("",)),
    ("10", "minimum", ("10", "20", "50", "100", "250")),
    ("100", "minimum", ("100", "500")),
    ("1", "repeatability", ("0.2", "0.5")),
]
#: What spoils names that came later.
WAYS = (spoil_ingredients, spoil_dilution, spoil_opened, spoil_forms)
BRANDS = ("Coni-Snap", "ACG", "Capsulcn", "House Brand")


def _small_drug(rng: random.Random, tree: Tree) -> tuple[Fraction, Fraction]:
    """The same with a dose so small that the portion is often too little."""
    strength = tables.DEFAULT_STRENGTH
    dose = Fraction(rng.choice(SMALL_DOSES))
    chance = rng.random()
    if chance < 0.2:
        dose = between(rng, Fraction(1, 1000), Fraction(1, 2), rng.choice([3, 4, 6]))
    elif chance < 0.35:
        dose = Fraction(rng.choice(USUAL_DOSES))
    if rng.random() < 0.35:
        tree["drug"] = {"name": drug_name(rng)}
        strength = Fraction(rng.choice(STRENGTHS))
        if rng.random() < 0.3:
            dose = max(cut(strength / rng.choice([5, 20, 50, 300, 1000, 7000]), 5), Fraction(1, 10**5))
        put(tree, "source.strength", typed(rng, strength))
    elif rng.random() < 0.15:
        tree["dose_basis"] = "base"
    tree["dose"] = typed(rng, dose)
    return dose, strength


def _small_balance(rng: random.Random, tree: Tree) -> None:
    """A balance, fine or coarse, that a small portion is too little for."""
    readability, rule, values = rng.choice(SMALL_BALANCES)
    if readability == "1" and rule is None and rng.random() < 0.7:
        return
    put(tree, "balance.readability", typed(rng, Fraction(readability)))
    if rule:
        put(tree, f"balance.{rule}", typed(rng, Fraction(rng.choice(values))))


def _small_tablets(rng: random.Random, tree: Tree, needed: Fraction, strength: Fraction, loss: Fraction) -> Fraction:
    """One tablet or a few, in multiples of the balance's step or not; gives the mass of one."""
    one = between(rng, max(60, strength * Fraction(6, 5)), max(500, strength * 3), rng.choice([0, 0, 0, 1, 2]))
    if rng.random() < 0.4:
        one = Fraction(one // 10 * 10)
    least = parts.least_tablets(rng, tree)
    if rng.random() < 0.2:
        return one
    bare, count = -(-(needed / strength) // 1), -(-(needed / (strength * (1 - loss))) // 1)
    counts = bare, count, least
    if rng.random() < 0.25:
        count += rng.choice([1, 1, 2, 4, 9])
    count = min(count, 1000)
    total = min(one * count, Fraction(1_000_000))
    put(tree, "source.tablets_weighed", count)
    put(tree, "source.total_mass", typed(rng, total))
    total = parts.crushing(rng, tree, total / count, (*counts, count))
    if rng.random() < 0.3:
        back = total * between(rng, Fraction(92, 100), 1, 3)
        back = Fraction(back // 10 * 10) if rng.random() < 0.5 else cut(back, rng.choice([0, 1]))
        put(tree, "source.recovered_mass", typed(rng, max(back, Fraction(1))))
    return one


def _amounts(rng: random.Random, tree: Tree) -> tuple[int, Fraction]:
    """Quantity, allowance, crushing loss; gives the batch and the loss."""
    quantity = rng.choice([30, 30, 30, 60, 90, 100, 28, rng.randint(1, 60), rng.randint(20, 300), rng.randint(1, 300)])
    if rng.random() < 0.04:
        quantity = rng.choice([301, 360, 500, 1000])
    tree["quantity"] = quantity
    batch, loss, chance = quantity, Fraction(3, 100), rng.random()
    if chance < 0.3:
        percent = rng.choice([Fraction(text) for text in ["0", "1", "2.5", "3", "5", "10", "10", "10", "12.5", "20"]])
        tree["allowance"] = f"{fixed(percent, finite_places(percent) or 0)} %"
        batch = -(-(quantity * (1 + percent / 100)) // 1)
    elif chance < 0.5:
        tree["extra_capsules"] = rng.choice([0, 1, 2, 3, 5, 10, 30, 200]) if rng.random() < 0.3 else rng.randint(0, 6)
        batch += tree["extra_capsules"]
    if rng.random() < 0.3:
        percent = Fraction(rng.choice(["0", "0.5", "1", "2", "3", "3", "5", "7.25", "10"]))
        tree["crushing_loss"] = f"{fixed(percent, finite_places(percent) or 0)} %"
        loss = percent / 100
    return batch, loss


def _packing(rng: random.Random, tree: Tree, part: str, mean: Fraction) -> None:
    """How a powder packs: the mean of one body, or bodies and their total, seldom of bodies not divided."""
    if rng.random() < 0.03:
        mean *= rng.choice([2, 3, 10])
    mean = min(max(mean, Fraction(1)), Fraction(5000))
    if rng.random() < 0.6:
        put(tree, f"{part}.packing_statistic", typed(rng, mean))
        return
    bodies = rng.choice([1, 3, 7, 10, 10, 10, 30])
    packing: Tree = {"bodies": bodies}
    total, chance = mean * bodies + rng.choice([0, 0, 1]), rng.random()
    if chance < 0.3:
        packing["shells"] = "tared"
    elif chance < 0.6:
        shells = bodies * between(rng, 28, 170, 1)
        packing["shells"] = typed(rng, shells)
        total += shells
    put(tree, f"{part}.packing", packing | {"total": typed(rng, total)})


def _capsule(rng: random.Random, tree: Tree, powder: Fraction) -> None:
    """Size, brand, shell, and one of the ways to know the fill; the powder per capsule is in mg."""
    brand = rng.choice(BRANDS) if rng.random() < 0.35 else None
    bodies = tables.BODIES.get(brand or "Coni-Snap", tables.BODIES["Coni-Snap"])
    roomy = [size for size, (volume, _) in bodies.items() if volume * 500 > powder] or ["000"]
    size = "3" if "3" in roomy and "drug" not in tree and rng.random() < 0.5 else rng.choice(roomy)
    if rng.random() < 0.03:
        size = rng.choice(sorted(tables.SIZES))
    capsule: Tree = {}
    if size != "3" or rng.random() < 0.5:
        capsule["size"] = size
    if isinstance(tree.get("drug"), dict) and rng.random() < 0.15:
        capsule.pop("size", None)
    if brand:
        capsule["brand"] = brand
    if rng.random() < 0.4:
        shell = between(rng, 28, 170, rng.choice([0, 1]))
        number = rng.choice([1, 10, 10, 7, 100])
        if rng.random() < 0.3:
            capsule["shells"] = {"number": number, "total": typed(rng, shell * number + rng.choice([0, 0, 1]))}
        else:
            capsule["shell_mass"] = typed(rng, shell)
    volume = bodies.get(size, (Fraction(3, 10), None))[0] * 1000
    chance = rng.random()
    if chance < 0.42:
        _packing(rng, tree, "diluent", between(rng, volume * 3 / 10, volume, rng.choice([0, 1])))
        low = max(volume * 2 / 5, powder * Fraction(98, 100))
        full = between(rng, low, low + volume * rng.choice([Fraction(6, 10), Fraction(6, 10), 1, 2]), 1)
        if rng.random() < 0.02:
            full = cut(powder, 4)
        full = min(max(full, Fraction(1)), Fraction(5000))
        kind = "source" if is_powder(tree) else "tablet_powder"
        _packing(rng, tree, kind, full)
        if "total_mass" in tree.get("source", {}) and int(full * 10) % 5 == 0:
            tree.pop("tablet_powder", None)  # the diluent stands for it
    elif chance < 0.62:
        fill = between(rng, powder * Fraction(97, 100), max(volume * 7 / 10, powder * 2), rng.choice([0, 1]))
        capsule["fill_mass"] = typed(rng, min(max(fill, Fraction(1)), Fraction(2000)))
    if capsule:
        tree["capsule"] = capsule


def _diluent(rng: random.Random, tree: Tree) -> None:
    """The diluent, seldom one that is refused."""
    chance = rng.random()
    if chance < 0.4:
        put(tree, "diluent.name", rng.choice(SAFE_DILUENTS))
    elif chance < 0.43:
        put(tree, "diluent.name", rng.choice(OTHER_DILUENTS))
    elif chance < 0.445:
        put(tree, "diluent.name", "calcium carbonate")


def random_order(rng: random.Random, new: bool = False) -> Tree:
    """One order tree; `new`: with names that came after the first version of the contract."""
    tree: Tree = {}
    small = rng.random() < 0.28
    dose, strength = (_small_drug if small else parts.drug)(rng, tree)
    factor = two_forms(rng, tree) if new else Fraction(1)
    batch, loss = _amounts(rng, tree)
    if small and rng.random() < 0.3 and tree["quantity"] <= 300:
        batch += 1 - tree["quantity"]
        tree["quantity"] = 1  # a percentage of one capsule is one more, or none
        if "allowance" in tree:
            batch = 1 if tree["allowance"] == "0 %" else 2
    (_small_balance if small else parts.balance_of)(rng, tree)
    if rng.random() < 0.15:
        each = dose / parts.powder(rng, tree, dose, new)
    else:
        needed = dose * batch * factor
        if tree.get("dose_basis") == "base":
            needed = needed * tables.BASES["hydrochloride"] / tables.BASES["base"]
        of_source = _small_tablets if small else parts.tablets
        if new and rng.random() < 0.15:
            of_source = opened
        each = needed / batch / strength * of_source(rng, tree, needed, strength, loss)
    _capsule(rng, tree, each)
    parts.dates(rng, tree, ("source", "capsule", "diluent"))
    source = tree.get("source", {})
    today = new and "weighed_on" not in source
    if today and (rng.random() < 0.5 if "tablets_crushed" in source else rng.random() < 0.01):
        put(tree, "source.common_powder", "yes" if rng.random() < 0.95 else rng.choice(["no", "", True, None]))
    if new:
        in_capsules(rng, tree, batch, max(each * 2, Fraction(120)))
    _diluent(rng, tree)
    parts.answers(rng, tree, {"capsule.lot": "C77", "diluent.lot": "D-9"}, new)
    if rng.random() < 0.1:
        tree["preparation"] = "capsule"
    suspect = tree["quantity"] > 300 or "yes" in tree.get("screening", {}).values() or rng.random() < 0.5
    if suspect and rng.random() < 0.75:
        stops = work_out(tree, TODAY).get("stops", [])
        acknowledge(rng, tree, stops)
    if rng.random() < 0.1:
        tree = parts.spaced(rng, tree)
    if rng.random() < 0.05:
        tree["quantity"] /= 1  # the same number, written 30.0
    if rng.random() < 0.15:
        way = rng.choice(WAYS) if new and rng.random() < 0.15 else spoil
        way(rng, tree)
    return tree
