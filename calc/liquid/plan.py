"""The plan of a liquid: complete, immutable data with every step of its arithmetic, without words or strings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from calc.arithmetic.units import Figure
from calc.drug import Drug
from calc.faults import Notice
from calc.liquid.order import LiquidOrder
from calc.planning.ingredients import IngredientUsed
from calc.planning.parts import Acknowledged, BeyondUse, DrugSource, FormulationUsed, Weighing
from calc.planning.work import Step


@dataclass(frozen=True, slots=True)
class WholeTabletVolume:
    """A volume that whole tablets make exactly, and how long it lasts."""

    tablets: int
    volume: Figure
    doses: int
    days: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the syringe next to the dose: its volume, the drug in it, and the deviation from the dose."""

    volume: Figure
    dose: Figure
    deviation: Figure


@dataclass(frozen=True, slots=True)
class SyringeUsed:
    """The syringe that measures a dose; the marks on either side are None if the dose is on a mark."""

    capacity: Figure
    graduation: Figure
    fillings: int
    mark_below: Mark | None
    mark_above: Mark | None

    @property
    def on_a_mark(self) -> bool:
        """True if the dose ends on a mark."""
        return self.mark_above is None


@dataclass(frozen=True, slots=True)
class OtherStrength:
    """A strength whose dose is on a mark, and the capacity of the syringe with that mark."""

    strength: Figure
    dose_volume: Figure
    capacity: Figure


@dataclass(frozen=True, slots=True)
class NearlyWhole:
    """Whole tablets beside a number that is nearly theirs: the strength that they make in the volume ordered, in the
    form ordered, how far that is from the strength ordered, and the volume that they make of the latter.
    """

    tablets: int
    strength: Figure
    deviation: Figure
    volume: Figure


@dataclass(frozen=True, slots=True)
class Bottle:
    """The bottle, or several that share the liquid evenly."""

    capacity: Figure
    count: int


@dataclass(frozen=True, slots=True)
class StrengthBack:
    """The strength computed back from the printed figures, in the form ordered."""

    strength: Figure
    deviation: Figure


class PartUsed(NamedTuple):
    """One part of a mixed vehicle, in the order of work: the volume that is measured, None if it is brought to volume.

    `place` is its place in the order.
    """

    place: int
    name: str
    volume: Figure | None
    in_table: bool


class VehicleUsed(NamedTuple):
    """The vehicle: its parts, none of a vehicle that is not mixed; what they come to where they are mixed before use.

    `sugar_free` and `contains` are what the table of vehicles knows; None where it does not know of every part.
    """

    parts: tuple[PartUsed, ...]
    mixed: Figure | None
    sugar_free: str | None
    contains: tuple[str, ...]

    @property
    def measured(self) -> tuple[PartUsed, ...]:
        """The parts that are measured."""
        return tuple(part for part in self.parts if part.volume is not None)

    @property
    def to_volume(self) -> PartUsed | None:
        """The part that brings the whole to volume beside others that are measured; None if there is none."""
        last = next((part for part in self.parts if part.volume is None), None)
        return last if self.measured else None


class LiquidPlan(NamedTuple):
    """Everything needed to make a liquid. `drug` is None for a drug without a file.

    `strength` is in the form ordered, `strength_as_labeled` in that of the source's label. With `whole_tablets`, all of
    the powder is used and nothing is weighed.
    """

    order: LiquidOrder
    drug: Drug | None
    strength: Figure
    strength_as_labeled: Figure
    source: DrugSource
    whole_tablets: bool
    whole_tablet_volumes: tuple[WholeTabletVolume, ...]
    nearly_whole: NearlyWhole | None
    strength_per_container: Figure
    vehicle: VehicleUsed
    ingredients: tuple[IngredientUsed, ...]
    dose_volume: Figure
    syringe: SyringeUsed
    other_strengths: tuple[OtherStrength, ...]
    doses: int
    days: int
    bottle: Bottle
    weighings: tuple[Weighing, ...]
    steps: tuple[Step, ...]
    notices: tuple[Notice, ...]
    acknowledged: tuple[Acknowledged, ...]
    beyond_use: BeyondUse
    formulation: FormulationUsed | None
    reverse_check: StrengthBack | None
