"""Parts of random orders: a dilution as the source, and what spoils it."""

import random
from fractions import Fraction
from typing import Any

from tests.second_engine.paths import put
from tests.second_engine.shown import finite_places, fixed

Tree = dict[str, Any]

#: Drug in a gram, in mg.
STRENGTHS = ("0.1", "0.5", "1", "2", "2.5", "5", "10", "12.345678", "20", "50", "100")
RATIOS = ("1:1000", "1 in 1000", "1 to 10", "1/100", "1 : 5", "0.5 in 10", "1:0", "1 in 0.0", "1:1000 mg", "1/100 g")
BAD: tuple[Any, ...] = (
    "101 mg",
    "0.0999 mg",
    "99 mcg",
    "0.2 g",
    "0 mg",
    "10",
    "10 %",
    "5 mL",
    "10 mg/mL",
    10,
    "",
    None,
)


def dilution(rng: random.Random, tree: Tree, dose: Fraction) -> Fraction:
    """A dilution in the place of bulk powder, mostly of so much drug that a capsule holds it; gives its strength."""
    fits = [Fraction(text) for text in STRENGTHS if Fraction(text) * 400 >= dose * 1000]
    amount = rng.choice(fits or [Fraction(100)]) if rng.random() < 0.9 else Fraction(rng.choice(STRENGTHS))
    number = fixed(amount, finite_places(amount) or 0)
    if rng.random() < 0.2 and amount >= 1:
        typed = f"{fixed(amount * 1000, 6).rstrip('0').rstrip('.')} mcg"
    else:
        typed = f"{number} mg"
    source: Tree = {"kind": "dilution", "drug_in_gram": typed + rng.choice(["", "", "/g"])}
    if "drug" not in tree and rng.random() < 0.4:
        source["basis"] = rng.choice(["hydrochloride", "base"])
    if rng.random() < 0.15:
        source["lot"] = "D-100"
    tree["source"] = source
    tree.pop("crushing_loss", None)
    return amount / 1000


def spoil_dilution(rng: random.Random, tree: Tree) -> None:
    """A dilution by a ratio, by too much or too little, or that nobody can read."""
    put(tree, "source.kind", "dilution")
    put(tree, "source.drug_in_gram", rng.choice(RATIOS if rng.random() < 0.5 else BAD))
    if rng.random() < 0.3:
        name = rng.choice(["discard_after", "assay", "water", "strength", "drug_in_g"])
        put(tree, f"source.{name}", rng.choice(["2020-01-01", "2027-05", "2040-01-01", "5 %"]))
