"""Names of drugs without a file for random orders."""

import random

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
