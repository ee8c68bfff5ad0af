"""Parts of random orders: opened capsules as the source, and what spoils them."""

import random
from fractions import Fraction

from tests.second_engine.parts import Tree, between, cut, typed
from tests.second_engine.shown import on_grid

#: In mg: a step of any balance, as the shells are shown by its steps.
STEP = Fraction(100)


def opened(rng: random.Random, tree: Tree, needed: Fraction, strength: Fraction, loss: Fraction) -> Fraction:
    """Capsules in the place of tablets, weighed full and empty or not yet; gives the contents of one."""
    source: Tree = {"kind": "capsule", "contents": "powder", "release": "immediate", "strength": typed(rng, strength)}
    if rng.random() < 0.06:
        source["contents"] = rng.choice(["pellets", "liquid"])
    if rng.random() < 0.06:
        source["release"] = rng.choice(["extended", "delayed"])
    net = between(rng, max(60, strength * Fraction(11, 10)), max(400, strength * 3), 1)
    if rng.random() < 0.03:
        net = rng.choice([strength, Fraction(1201), Fraction(1200)])
    tree["source"] = source
    if rng.random() < 0.2:
        return net
    bare, reserve = -(-(needed / strength) // 1), -(-(needed / (strength * (1 - loss))) // 1)
    count = rng.choice([bare, reserve, reserve, max(reserve, 3), max(reserve, 3), max(1, bare - 1), reserve + 3])
    count = min(count, 1000)
    shells = on_grid(between(rng, 28, 120, 1) * count + 50, STEP)
    full = min(on_grid(net * count + 50, STEP) + shells, Fraction(10**6))
    source |= {"capsules_weighed": count, "full_mass": typed(rng, full), "shells_mass": typed(rng, shells)}
    if rng.random() < 0.25:
        back = cut((full - shells) * between(rng, Fraction(95, 100), Fraction(1005, 1000), 3), rng.choice([0, 1]))
        source["recovered_mass"] = typed(rng, max(back, Fraction(1)))
    return (full - shells) / count


def spoil_opened(rng: random.Random, tree: Tree) -> None:
    """Capsules weighed by half, with names of tablets, or that nobody can read."""
    source: Tree = {"kind": "capsule", "contents": "powder", "release": "immediate", "strength": "100 mg"}
    weighed: Tree = {"capsules_weighed": 10, "full_mass": "3 g", "shells_mass": "0.6 g"}
    kind = rng.randrange(7)
    if kind == 0:
        weighed.pop(rng.choice(sorted(weighed)))
    elif kind == 1:
        weighed = {rng.choice(["recovered_mass", "full_mass", "shells_mass"]): "1 g"}
    elif kind == 2:
        weighed["shells_mass"] = rng.choice(["3 g", "3.1 g", "40 mg", "5.1 g", "0.5 mg", "501 g", "5 mL"])
    elif kind == 3:
        source.pop(rng.choice(["contents", "release", "strength"]))
    elif kind == 4:
        source[rng.choice(["contents", "release"])] = rng.choice(["tablet", "", 5, "Powder", None])
    elif kind == 5:
        name = rng.choice(["tablets_weighed", "total_mass", "least_tablets", "crushed_mass", "assay"])
        source[name] = rng.choice(["5 mg", None])
    else:
        weighed[rng.choice(sorted(weighed))] = rng.choice([0, "0 mg", "1001 g", 1001, True])
    tree["source"] = source | weighed
