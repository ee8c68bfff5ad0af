"""Ways to spoil an order: each makes one fault that the contract knows."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.second_engine.paths import get, put
from tests.second_engine.published import spoil_published

Tree = dict[str, Any]

BAD_NUMBERS = [
    "1,5", "1,000", "1.000,5", "00.5", "1.2.3", "-5", "-0", "\u20135", "+5", "0", "1e3", "1e-400", "Infinity",
    "NaN", "1_000", "\uff11\uff12", "5\u00b2", "\u00bd", "1/2", "5-10", "3.6*10**04", "0x10", "l0", "1O", "5mg",
    "5%", "123456789", "1.1234567", ".5", "5.", "1 000", "5 mg", "5\u200b", "5\u00a0",
]  # fmt: skip
BAD_UNITS = [
    "Mg", "MG", "gr", "G", "U", "\u00b5g", "\u03bcg", "cc", "ML", "M", "min", "oz", "mg**2", "mg;3", "IU",
]  # fmt: skip
WRONG_DIMENSION = ["mL", "L", "day", "%"]


@dataclass(frozen=True)
class Fields:
    """The fields of a preparation by kind, and what spoils them."""

    amounts: list[str]
    numbers: list[str]
    counts: list[str]
    choices: list[str]
    texts: list[str]
    dates: list[str]
    parts: list[str]
    required: list[str]
    unknown: list[str]
    out_of_range: dict[str, tuple[str, ...]]
    together: "Callable[[random.Random, Tree], None]"


BOTH_AMOUNTS = ["dose", "crushing_loss", "source.strength", "source.total_mass", "source.recovered_mass"]
BOTH_AMOUNTS += ["source.crushed_mass"]
BOTH_COUNTS = ["source.tablets_weighed", "source.tablets_crushed", "source.least_tablets"]
BALANCE_AMOUNTS = ["balance.readability", "balance.sensitivity", "balance.minimum"]
BOTH_CHOICES = [
    "drug",
    "source.release",
    "beyond_use.counting",
    "screening.opioids",
    "screening.liver_disease",
    "assessment.hazardous",
    "dose_basis",
]
BOTH_TEXTS = ["internal_number", "source.maker", "source.lot"]
BOTH_DATES = ["prepared_on", "source.weighed_on", "source.expiry"]
BOTH_PARTS = ["source", "balance", "beyond_use", "screening", "assessment"]
BOTH_RANGES = {
    "dose": ("0.0005 mcg", "10.1 g", "9999999 mg"),
    "crushing_loss": ("10.5 %", "100 %"),
    "source.strength": ("11 g",),
    "source.total_mass": ("0.5 mg", "1001 g"),
    "source.crushed_mass": ("0.5 mg", "1001 g"),
    "balance.readability": ("1.5 g", "0.0001 mg"),
}


def _filled(tree: Tree, paths: list[str]) -> list[str]:
    """Those of the paths that are filled in, else all of them."""
    return [path for path in paths if get(tree, path) is not None] or paths


def _number(rng: random.Random, tree: Tree, fields: Fields) -> None:
    put(tree, rng.choice(_filled(tree, fields.numbers)), f"{rng.choice(BAD_NUMBERS)} mg")


def _unit(rng: random.Random, tree: Tree, fields: Fields) -> None:
    path = rng.choice(_filled(tree, fields.amounts))
    unit = rng.choice(BAD_UNITS + WRONG_DIMENSION + [""])
    put(tree, path, f"5 {'mg' if path == 'crushing_loss' else unit}".rstrip(" "))


def _range(rng: random.Random, tree: Tree, fields: Fields) -> None:
    path = rng.choice(list(fields.out_of_range))
    if path == "allowance":
        tree.pop("extra_capsules", None)
    put(tree, path, rng.choice(fields.out_of_range[path]))


def _count(rng: random.Random, tree: Tree, fields: Fields) -> None:
    put(
        tree,
        rng.choice(_filled(tree, fields.counts)),
        rng.choice([0, -5, 5001, 30.0, 30.5, 0.0, -5.0, 5001.0, "30", True, [], None]),
    )


def _choice(rng: random.Random, tree: Tree, fields: Fields) -> None:
    put(tree, rng.choice(fields.choices), rng.choice(["perhaps", "Immediate", "10", "unknown thing"]))


def _text(rng: random.Random, tree: Tree, fields: Fields) -> None:
    put(
        tree,
        rng.choice(fields.texts),
        rng.choice(["x" * 500, "x" * 121, "4\u2010a", "\u2011b", "\u061c1-2", "a\u200bb", "tab\there", ""]),
    )


def _date(rng: random.Random, tree: Tree, fields: Fields) -> None:
    text = rng.choice(["2027-02-30", "27-01-01", "01/02/2027", "1999-12-31", "2101-01-01", ""])
    if rng.random() < 0.4:
        text = rng.choice(["2027-02-29", "2027-13-01", "2027-13", "2027-00-10", "13/2027", "00/27", "2027-07-00"])
    put(tree, rng.choice(fields.dates), text)


def _type(rng: random.Random, tree: Tree, fields: Fields) -> None:
    path = rng.choice(fields.amounts + fields.choices[1:] + fields.parts + fields.texts + ["acknowledgements"])
    put(tree, path, rng.choice([5, 0.5, True, ["5"]] + ([{"a": "b"}] if "." in path else [])))


def _unknown(rng: random.Random, tree: Tree, fields: Fields) -> None:
    put(tree, rng.choice(fields.unknown), "5 mg")


def _required(rng: random.Random, tree: Tree, fields: Fields) -> None:
    path = rng.choice(fields.required)
    if path.startswith("source.") and get(tree, "source.kind") != "powder":
        path = "dose"
    part, _, name = path.rpartition(".")
    if rng.random() < 0.5:
        (tree.get(part, {}) if part else tree).pop(name, None)
    else:
        put(tree, path, None)


def _strengthless(rng: random.Random, tree: Tree, fields: Fields) -> None:
    tree["drug"] = {"name": rng.choice(["prednisolone", "naltrexone", "Naltrexone", ""])}
    if isinstance(tree.get("source"), dict):
        tree["source"].pop("strength", None)


def _together(rng: random.Random, tree: Tree, fields: Fields) -> None:
    kind = rng.randrange(6)
    if kind == 0:
        put(tree, "balance.minimum", "20 mg")
        put(tree, "balance.repeatability", "0.1 mg")
    elif kind == 1:
        put(tree, rng.choice(["balance.sensitivity", "balance.tolerated_error"]), "5 mg")
    elif kind == 2 and isinstance(tree.get("source"), dict):
        tree["source"].pop(rng.choice(["tablets_weighed", "total_mass"]), None)
        if rng.random() < 0.5:
            tree["source"]["crushed_mass"] = "480 mg"
    elif kind == 3:
        put(tree, "source.weighed_on", "2100-01-01")
    else:
        fields.together(rng, tree)


def together_in_capsules(rng: random.Random, tree: Tree) -> None:
    """What excludes each other in an order of capsules."""
    kind = rng.randrange(5)
    if kind == 3:
        put(
            tree,
            "diluent.packing",
            rng.choice([{"bodies": 10, "total": "1350 mg"}, {"bodies": 10}, {"total": "1 g"}, 5]),
        )
    elif kind == 4:
        shells = {"number": 10, "total": "480 mg"}
        put(
            tree,
            "capsule.shells",
            rng.choice([shells, {"number": 0, "total": "1 g"}, {"number": 101, "total": "1 g"}, "48 mg"]),
        )
    elif kind == 0:
        tree["allowance"], tree["extra_capsules"] = "10 %", 3
    elif kind == 1:
        put(tree, "capsule.fill_mass", "150 mg")
        put(tree, rng.choice(["diluent.packing_statistic", "tablet_powder.packing_statistic"]), "140 mg")
    else:
        tree.pop("extra_capsules", None)
        tree["allowance"] = rng.choice(["0.1 %", "0.05 %", "0.999999 %"])


def _recovered(rng: random.Random, tree: Tree, fields: Fields) -> None:
    put(tree, "source.tablets_weighed", 3)
    put(tree, "source.total_mass", "480 mg")
    put(tree, "source.recovered_mass", rng.choice(["483 mg", "0.6 g", "500 mg"]))
    if rng.random() < 0.5:
        put(tree, "source.crushed_mass", rng.choice(["481 mg", "490 mg", "0.6 g"]))


def _unused(rng: random.Random, tree: Tree, fields: Fields) -> None:
    item = {"code": "heavy_tablet", "value": "1250 mg", "reason": "weighed_again"}
    tree["acknowledgements"] = [
        *(given[:20] if isinstance(given := tree.get("acknowledgements"), list) else []),  # 64 KiB hold no 900
        rng.choice([item, item, {"code": "perhaps", "value": "1", "reason": "weighed_again"}, {"code": "expired"}]),
    ] * rng.choice([1, 1, 30])


def _published(rng: random.Random, tree: Tree, fields: Fields) -> None:
    spoil_published(rng, tree)


WAYS: tuple[Callable[[random.Random, Tree, Fields], None], ...] = (
    _number, _number, _number, _unit, _unit, _range, _count, _choice, _text, _date, _type, _unknown, _required,
    _strengthless, _published, _together, _together, _recovered, _unused, _unused,
)  # fmt: skip


CAPSULES = Fields(
    amounts=[
        *BOTH_AMOUNTS,
        *BALANCE_AMOUNTS,
        "capsule.shell_mass",
        "capsule.fill_mass",
        "diluent.packing_statistic",
        "tablet_powder.packing_statistic",
    ],
    numbers=BOTH_AMOUNTS,
    counts=["quantity", "quantity", *BOTH_COUNTS],
    choices=[*BOTH_CHOICES, "capsule.size", "diluent.name"],
    texts=[*BOTH_TEXTS, "source.ndc", "capsule.lot", "diluent.lot", "capsule.brand"],
    dates=[*BOTH_DATES, "capsule.expiry", "diluent.expiry"],
    parts=[*BOTH_PARTS, "capsule", "diluent", "tablet_powder"],
    required=["dose", "quantity", "source.assay", "source.water"],
    unknown=[
        "Dose",
        "dose_mg",
        "source.weight",
        "balance.rule",
        "screening.age",
        "assessment.age",
        "strength",
        "vehicle",
        "volume",
    ],
    out_of_range=BOTH_RANGES | {"capsule.shell_mass": ("4 mg", "501 mg"), "allowance": ("20.5 %", "110 %")},
    together=together_in_capsules,
)


def spoil(rng: random.Random, tree: Tree, fields: Fields = CAPSULES) -> None:
    """Spoil the order in one way, seldom in two."""
    for _ in range(1 if rng.random() < 0.8 else 2):
        rng.choice(WAYS)(rng, tree, fields)
