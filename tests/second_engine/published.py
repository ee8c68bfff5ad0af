"""Parts of random orders: published dates, where they were found and what they rest on."""

import random
from typing import Any

from tests.second_engine.paths import put

Tree = dict[str, Any]

#: Days and hours of published dates: those of the general limits, the ceiling and whole days with their neighbors.
DAYS = (1, 1, 2, 7, 13, 14, 15, 30, 34, 35, 36, 60, 89, 90, 91, 179, 180, 181, 238, 360, 3650)
HOURS = (1, 23, 24, 25, 47, 48, 49, 72, 96, 239, 240)
PLACES = ("refrigerator", "room temperature", "room temperature", "freezer")


def _published(rng: random.Random, chosen: str) -> Tree:
    """One published date, often of the place chosen and with all that proves it."""
    place = chosen if rng.random() < 0.4 else rng.choice(PLACES)
    item: Tree = {"storage": place, "reference": "Int J Pharm Compd 2018"}
    if rng.random() < 0.3:
        item["hours"] = rng.choice(HOURS)
    else:
        item["days"] = rng.choice(DAYS)
    if rng.random() < 0.6:
        item["kind"] = rng.choice(["study", "study", "monograph", "recipe"])
    if rng.random() < 0.6:
        item["container"] = rng.choice(["amber glass", "amber PET bottle", "oral syringes"])
    if rng.random() < 0.3:
        return item | {"container": "amber glass", "stability_indicating": "yes", "microbial": "yes"}
    for name in ("stability_indicating", "microbial"):
        if rng.random() < 0.7:
            item[name] = rng.choice(["yes", "yes", "yes", "no", "unknown"])
    return item


def published(rng: random.Random, tree: Tree) -> None:
    """Published dates, seldom of several places; of capsules where they are kept."""
    if tree.get("preparation") != "liquid" and rng.random() < 0.15:
        put(tree, "beyond_use.storage", rng.choice(PLACES))
    kept = tree.get("vehicle") or tree.get("beyond_use") or {}
    chosen = kept.get("storage", PLACES[tree.get("preparation") != "liquid"])
    if rng.random() < 0.3:
        number = rng.choice([0, 1, 1, 1, 2, 2, 3, 4, 8])
        put(tree, "beyond_use.studies", [_published(rng, chosen) for _ in range(number)])


def spoil_published(rng: random.Random, tree: Tree) -> None:
    """Published dates that nobody can read, or that leave out what they need."""
    item: Tree = {"days": 30, "storage": "refrigerator", "reference": "J Pharm 2"}
    name = rng.choice(["days", "storage", "reference", "days_", "list", "hours", "kind", "container", "microbial"])
    if name == "list":
        put(tree, "beyond_use.studies", rng.choice([[item] * 9, "30", item, ["30 days"], [item, None], []]))
        return
    bad: dict[str, list[Any]] = {
        "days": [0, -1, "30", True, None, 3651, 30.0],
        "storage": ["shelf", "", 5, None],
        "hours": [0, 241, "48", 48, None],
        "kind": ["article", "", 5, None],
        "container": ["", "a" * 41, 5, None],
        "microbial": ["maybe", "not asked", True, None],
    }
    if name == "hours" and rng.random() < 0.5:
        del item["days"]
    item[name] = rng.choice(bad.get(name, ["", 5, "a\u200bb", None] if name == "reference" else [5]))
    put(tree, "beyond_use.studies", [item])
