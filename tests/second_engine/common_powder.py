"""Tablets crushed once for all batches of a schedule: as typed, and what each batch takes of their powder."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.second_engine.common import kind_of
from tests.second_engine.reader import Reader
from tests.second_engine.shown import as_typed, share

NAMES = ("tablets_weighed", "total_mass")
Figures = dict[str, Any]


@dataclass(slots=True)
class CommonPowder:
    """Tablets weighed together for all batches, in mg."""

    tablets_weighed: int
    total_mass: Fraction


@dataclass(slots=True)
class Portion:
    """What one batch takes: its strength, its drug as the label has it, and the mass where it is weighed out."""

    strength: Figures
    needed: Fraction
    figure: Figures | None


def read_common_powder(reader: Reader, tree: Figures, order: Figures, liquid: bool) -> CommonPowder | None:
    """Both of its fields; only of capsules from tablets."""
    if tree.get("common_powder") is None:
        return None
    part = reader.part(tree, "common_powder", NAMES)
    if liquid or kind_of(order) != "tablet":
        reader.fault("excludes_each_other", "common_powder")
    if not isinstance(tree["common_powder"], dict):
        return None
    for name in NAMES:
        if part.get(name) is None:
            reader.fault("required", f"common_powder.{name}")
    number = reader.count(part, "common_powder.tablets_weighed")
    mass = reader.amount(part, "common_powder.total_mass")
    return None if number is None or mass is None else CommonPowder(number, mass)


def common_figures(
    tablets: int, strength: Fraction, portions: list[Portion], typed: CommonPowder | None, grid: Fraction
) -> Figures:
    """The tablets of all batches, their powder, and the share of each batch."""
    mass = None if typed is None else tablets * typed.total_mass / typed.tablets_weighed
    shown = [Fraction(one.figure["value"]) * 1000 for one in portions if one.figure is not None]
    left = None if mass is None or len(shown) < len(portions) else mass - sum(shown)
    return {
        "tablets": tablets,
        "mass": None if mass is None else as_typed(mass, grid),
        "portions": [
            {
                "strength": one.strength,
                "share": share(one.needed / (tablets * strength)),
                "portion": one.figure,
            }
            for one in portions
        ],
        "left_over": None if left is None else as_typed(left, grid),
    }
