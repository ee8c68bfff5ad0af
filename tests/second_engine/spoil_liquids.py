"""What spoils an order of a liquid besides what spoils any order."""

import random

from tests.second_engine.spoil import (
    BALANCE_AMOUNTS,
    BOTH_AMOUNTS,
    BOTH_CHOICES,
    BOTH_COUNTS,
    BOTH_DATES,
    BOTH_PARTS,
    BOTH_RANGES,
    BOTH_TEXTS,
    Fields,
    Tree,
)

#: Lists of syringes that nobody can draw with, and one that can be drawn with.
BAD_SYRINGES = [
    [],
    [{"capacity": "1 mL", "graduation": "0.01 mL"}] * 11,
    [{"capacity": "1 mL", "graduation": "0.03 mL"}],
    [{"capacity": "1 mL", "graduation": "2 mL"}],
    [{"capacity": "3 mL", "graduation": "0.1 mL"}, {"capacity": "5 mL"}],
    [{"capacity": "3 mL", "graduation": None}],
    [{"capacity": "0.05 mL", "graduation": "0.01 mL"}],
    [{"capacity": "61 mL", "graduation": "1 mL"}],
    [{"capacity": "20 mL", "graduation": "11 mL"}],
    [{"capacity": "3 mL", "graduation": "0.0001 mL"}],
    [{"capacity": "3 mg", "graduation": "0.1 mL"}],
    [{"capacity": "3 mL", "graduation": "0.1 mL", "brand": "B"}],
    [{"capacity": 3, "graduation": "0.1 mL"}],
    ["3 mL"],
    [None],
    "3 mL",
    {"capacity": "3 mL", "graduation": "0.1 mL"},
    [{"capacity": "0.06 L", "graduation": "10 mL"}],
]


def together_in_liquids(rng: random.Random, tree: Tree) -> None:
    """Syringes that are none, and fields that are of capsules or of another source."""
    if rng.random() < 0.6:
        tree["syringes"] = rng.choice(BAD_SYRINGES)
    elif rng.random() < 0.5:
        tree["preparation"] = rng.choice(["Liquid", "", "cream", 5, True])
    else:
        tree["source"] = {"kind": "powder", "assay": "99 %", "packing_statistic": "140 mg"}
        tree["crushing_loss"] = "3 %"


LIQUIDS = Fields(
    amounts=[*BOTH_AMOUNTS, *BALANCE_AMOUNTS, "strength", "volume"],
    numbers=[*BOTH_AMOUNTS, "strength", "volume"],
    counts=["doses_per_day", "doses_per_day", *BOTH_COUNTS],
    choices=[*BOTH_CHOICES, "vehicle.aqueous", "vehicle.preserved", "vehicle.storage"],
    texts=[*BOTH_TEXTS, "vehicle.name", "vehicle.lot"],
    dates=[*BOTH_DATES, "vehicle.expiry"],
    parts=[*BOTH_PARTS, "vehicle", "syringes"],
    required=["dose", "strength", "volume", "vehicle.name", "vehicle", "source.assay", "source.water"],
    unknown=[
        *("Dose", "quantity", "allowance", "extra_capsules", "capsule", "diluent", "tablet_powder"),
        *("source.weight", "source.packing_statistic", "vehicle.ph", "syringe"),
    ],
    out_of_range=BOTH_RANGES
    | {
        "strength": ("0.0005 mcg", "1.01 g", "1001 mg"),
        "volume": ("0.9 mL", "2.1 L", "2001 mL"),
        "dose": ("0.0005 mcg", "10.1 g"),
    },
    together=together_in_liquids,
)
