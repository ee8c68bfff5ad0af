"""Parts of random orders of a drug without a file: its name, and the four questions on it."""

import random
from typing import Any

NAMES = ("prednisolone", "hydrocortisone", "baclofen", "sildenafil", "melatonin", "spironolactone 2")
FORMS = ("ER", "XR", "XL", "CD", "MR", "24 hour", "extended-release", "slow release", "Retard", "controlled release")
FORMS += ("EC", "DR", "delayed-release", "enteric coated", "gastro-resistant", "ODT", "coated", "coated tablets")
FORMS += (
    "softgel",
    "liquid-filled",
    "film-coated",
    "film-coated tablets",
    "Dr. K",
    "tablets",
    "recoated",
    "ERA",
    "10 mg",
)
SLIPS = (
    "naltrexome",
    "naltrexoen",
    "naltrexonum",
    "naltrexqne",
    "nxltrexone",
    "natlrexone",
    "naltrxone",
    "Naltrexonne",
)
SLIPS += ("nalterxoen", "naltraxome", "naltrxoe", "naltraxamo", "methadone", "minoxidil")


def drug_name(rng: random.Random) -> str:
    """The name of a drug without a file, seldom with a word on its form, or a slip away from a known one."""
    chance = rng.random()
    if chance < 0.05:
        return rng.choice(SLIPS)
    name = rng.choice(NAMES)
    return f"{name} {rng.choice(FORMS)}" if chance < 0.15 else name


def assessed(rng: random.Random, tree: dict[str, Any]) -> None:
    """The four questions on a drug without a file: mostly left open, else answered, seldom that it is not crushed."""
    if rng.random() < 0.5:
        return
    tree["assessment"] = {
        name: rng.choice(["no", "yes"]) if rng.random() < 0.9 else "not asked"
        for name in ("hazardous", "narrow_index", "stability_supported")
        if rng.random() < 0.9
    }
    crushed = rng.random()
    if crushed < 0.9:
        no = crushed < 0.04 and tree.get("source", {}).get("kind") != "powder"
        tree["assessment"]["may_be_crushed"] = "no" if no else "yes"
