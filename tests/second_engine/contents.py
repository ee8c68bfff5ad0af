"""What was assayed: contents in per cent or in mg, or the masses of the units and one assay of their blend."""

from fractions import Fraction
from typing import Any

from tests.second_engine.common import given
from tests.second_engine.lists import read_list
from tests.second_engine.numbers import read_quantity
from tests.second_engine.reader import Reader

FACTORS = {10: Fraction(24, 10), 30: Fraction(2)}
LONGEST = max(FACTORS)
MOST = Fraction(500)
#: By masses only where a unit holds so many mg of drug, and so much of its mass is drug.
ENOUGH, RICH = Fraction(25), Fraction(1, 4)
Tree = dict[str, Any]


def is_mass(item: Any) -> bool:
    """Whether an item of a list is a mass that can be read."""
    return isinstance(item, str) and read_quantity(item, "mass", zero=True)[0] is not None


def of_contents(reader: Reader, tree: Tree, label: Fraction | None) -> list[Fraction]:
    """The contents in per cent of the label."""
    for name, dimension in (("assay", "ratio"), ("shell", "mass")):
        reader.amount(tree, name, dimension)
        if given(tree, name) and given(tree, "contents"):
            reader.fault("excludes_each_other", name)
    items = tree.get("contents")
    if items is None:
        reader.fault("required", "contents")
        return []
    if given(tree, "label"):
        masses = read_list(reader, tree, "contents", "mass", FACTORS, like="contents_in_mg")
        for number, item in enumerate(items if label and isinstance(items, list) and len(items) <= LONGEST else ()):
            mass = read_quantity(item.strip(" "), "mass", zero=True)[0] if isinstance(item, str) else None
            if mass is not None and label is not None and 100 * mass > MOST * label:
                reader.fault("out_of_range", f"contents.{number}")
        return [100 * mass / (label or 1) for mass in masses]
    if isinstance(items, list) and len(items) <= LONGEST and any(is_mass(item) for item in items):
        reader.fault("required", "label")
        items = ["1 %" if is_mass(item) else item for item in items]  # the rest of them is read all the same
    return read_list(reader, {"contents": items}, "contents", "ratio", FACTORS)


def of_masses(reader: Reader, tree: Tree, label: Fraction | None) -> list[Fraction]:
    """The contents by mass, of units so rich in drug that their masses tell it."""
    if given(tree, "contents"):
        reader.fault("excludes_each_other", "masses")
        of_contents(reader, tree, label)
    for name in ("assay", "shell", "label"):
        if not given(tree, name):
            reader.fault("required", name)
    assay, shell = reader.amount(tree, "assay", "ratio"), reader.amount(tree, "shell")
    masses = read_list(reader, tree, "masses", "mass", FACTORS)
    if reader.faults or assay is None or shell is None or label is None:
        return []
    net = [mass - shell for mass in masses]
    mean = sum(net, Fraction(0)) / len(net)
    if mean <= 0 or label < ENOUGH or label < RICH * mean:
        reader.fault("weight_variation_not_allowed", "label")
        return []
    return [one / mean * assay for one in net]
