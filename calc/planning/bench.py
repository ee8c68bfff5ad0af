"""The work at the bench as data: which steps there are, in their order, with the amount that each aims at.

Page, sheet and paper follow from the same steps, and so does whatever is recorded beside them. The words of a step
stand in `calc.wording.bench`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, unique
from fractions import Fraction
from typing import NamedTuple

from calc import limits
from calc.arithmetic.rounding import larger
from calc.arithmetic.units import CAPSULE, MG, TABLET, Figure, figure
from calc.planning.parts import DrugSource, Tablets

#: Shells counted out beside those of the batch, for the weighings.
SPARE_SHELLS = 10


@unique
class BenchStage(StrEnum):
    """The stages of the work, in their order."""

    GATHER = "gather"
    IDENTIFY = "identify"
    COUNT = "count"
    WEIGH = "weigh"
    CRUSH = "crush"
    TRITURATE = "triturate"
    BLEND = "blend"
    MIX = "mix"
    FILL = "fill"
    BOTTLE = "bottle"
    CHECK = "check"
    LABEL = "label"
    CLEAN = "clean"


@unique
class BenchCode(StrEnum):
    """The steps of the work, in its order.

    Records name a step by its code: a code is added within its stage, never renamed and never given another meaning.
    """

    PROTECT = "protect"
    LEVEL_BALANCE = "level_balance"
    ZERO_BALANCE = "zero_balance"
    MORTAR = "mortar"
    PLATE = "plate"
    SHELLS = "shells"
    MORTAR_AND_MEASURE = "mortar_and_measure"
    BOTTLES = "bottles"
    READ_SOURCE = "read_source"
    READ_DILUENT = "read_diluent"
    READ_VEHICLE = "read_vehicle"
    COUNT_TABLETS = "count_tablets"
    ONE_TABLET = "one_tablet"
    ALL_TABLETS = "all_tablets"
    TEN_SHELLS = "ten_shells"
    PACKING_OF_DILUENT = "packing_of_diluent"
    CRUSH = "crush"
    RECOVERED = "recovered"
    PACKING_OF_POWDER = "packing_of_powder"
    PORTION = "portion"
    DILUENT = "diluent"
    NO_DILUENT = "no_diluent"
    ONLY_IF_LIGHT = "only_if_light"
    ALL_OF_THE_POWDER = "all_of_the_powder"
    TRITURATION_POWDER = "trituration_powder"
    TRITURATION_DILUENT = "trituration_diluent"
    TRITURATION_MIX = "trituration_mix"
    ALIQUOT = "aliquot"
    BEGIN_BLEND = "begin_blend"
    RUNG = "rung"
    RUNGS_OPEN = "rungs_open"
    END_POINT = "end_point"
    WET = "wet"
    THIN = "thin"
    RINSE = "rinse"
    TO_VOLUME = "to_volume"
    SHAKE = "shake"
    DIVIDE = "divide"
    FILL_BOTTLES = "fill_bottles"
    TEN_CAPSULES = "ten_capsules"
    MEAN_FILL = "mean_fill"
    YIELD = "yield"
    DESCRIBE = "describe"
    LOOK = "look"
    VOLUME_MADE = "volume_made"
    CONTAINER = "container"
    LABEL = "label"
    EXTRAS = "extras"
    LABEL_BOTTLES = "label_bottles"
    GIVE_SYRINGE = "give_syringe"
    DESTROY_POWDER = "destroy_powder"
    DESTROY_TRITURATION = "destroy_trituration"
    WASH = "wash"
    WASH_MEASURE = "wash_measure"
    DEVIATIONS = "deviations"


#: The last step of each stage: a code belongs to the first stage whose last step is not before it.
_LAST = {
    BenchStage.GATHER: BenchCode.BOTTLES,
    BenchStage.IDENTIFY: BenchCode.READ_VEHICLE,
    BenchStage.COUNT: BenchCode.COUNT_TABLETS,
    BenchStage.WEIGH: BenchCode.PACKING_OF_DILUENT,
    BenchStage.CRUSH: BenchCode.NO_DILUENT,
    BenchStage.TRITURATE: BenchCode.ALIQUOT,
    BenchStage.BLEND: BenchCode.END_POINT,
    BenchStage.MIX: BenchCode.SHAKE,
    BenchStage.FILL: BenchCode.DIVIDE,
    BenchStage.BOTTLE: BenchCode.FILL_BOTTLES,
    BenchStage.CHECK: BenchCode.VOLUME_MADE,
    BenchStage.LABEL: BenchCode.GIVE_SYRINGE,
    BenchStage.CLEAN: BenchCode.DEVIATIONS,
}


def _stages() -> dict[BenchCode, BenchStage]:
    """The stage of every code."""
    codes, found = iter(BenchCode), {}
    for stage, last in _LAST.items():
        for code in codes:
            found[code] = stage
            if code is last:
                break
    return found


STAGE_OF = _stages()


@unique
class Wants(StrEnum):
    """What is written down at a step, where anything is."""

    MASS = "mass"
    COUNT = "count"
    VOLUME = "volume"
    TEXT = "text"
    TICK = "tick"


class OfTablets(NamedTuple):
    """A mass linear in W, the mass of all tablets before crushing: `constant` plus `times` W.

    >>> OfTablets(figure(0, MG), Fraction(9, 10)).at(figure(480, MG))
    Figure(value=Fraction(432, 1), unit=Unit('mg'))
    """

    constant: Figure
    times: Fraction

    def at(self, total_mass: Figure) -> Figure:
        """Return the mass for tablets that weigh `total_mass` together."""
        return Figure(self.constant.to(MG).value + self.times * total_mass.to(MG).value, MG)


#: What a step aims at, or may come to; None while it is not known, or where the step has none.
Amount = Figure | OfTablets | None


@dataclass(frozen=True, slots=True)
class BenchStep:
    """One step of the work: what is done to what, the amount aimed at, within which bounds, and what is written down.

    Amounts are exact, and rounded to the balance where they are shown: what is not zero must not be shown as zero.
    `step` numbers the steps of one code from 1, 0 where there is only one; `what` says which of several things a code
    can be about; `unit` is that of the actual amount.
    """

    code: BenchCode
    what: str = ""
    target: Amount = None
    low: Amount = None
    high: Amount = None
    unit: str = ""
    wants: Wants = Wants.TICK
    step: int = 0

    @property
    def key(self) -> str:
        """The name of this step in a plan, of which it stays the name."""
        return f"{self.code}-{self.step}" if self.step else self.code.value

    @property
    def stage(self) -> BenchStage:
        """The stage of the work that it belongs to."""
        return STAGE_OF[self.code]


def of_balance(source: DrugSource) -> Iterator[BenchStep]:
    """The balance, before anything is weighed; nothing below `low` is weighed on it."""
    yield BenchStep(BenchCode.LEVEL_BALANCE, wants=Wants.TEXT)
    yield BenchStep(BenchCode.ZERO_BALANCE, low=source.least)


def read_source(source: DrugSource) -> BenchStep:
    """The label of the source, read before anything is opened."""
    return BenchStep(BenchCode.READ_SOURCE, what=source.component)


def count_tablets(tablets: Tablets) -> BenchStep:
    """The tablets to crush."""
    return BenchStep(BenchCode.COUNT_TABLETS, target=figure(tablets.number, TABLET), unit="tablets", wants=Wants.COUNT)


def weigh_tablets(tablets: Tablets) -> Iterator[BenchStep]:
    """One tablet alone, then all of them before they are crushed; before that its bounds hang on their mass."""
    low, high = (share.value.value / tablets.number for share in (limits.ONE_TABLET_LOW, limits.ONE_TABLET_HIGH))
    nothing = figure(0, MG)
    band: tuple[Amount, Amount] = (OfTablets(nothing, low), OfTablets(nothing, high))
    if tablets.one_tablet is not None and tablets.total_mass is not None:
        band = tablets.one_tablet[0].read_as(MG), tablets.one_tablet[1].read_as(MG)
    yield BenchStep(BenchCode.ONE_TABLET, low=band[0], high=band[1], unit="g", wants=Wants.MASS)
    yield BenchStep(BenchCode.ALL_TABLETS, target=tablets.total_mass, unit="g", wants=Wants.MASS)


def weigh_back(source: DrugSource) -> BenchStep:
    """The powder recovered from the mortar, at least the portion, as computed and as shown."""
    portion = source.portion
    least = portion_of(source) if portion is None else larger(portion.exact, portion.shown)
    return BenchStep(BenchCode.RECOVERED, low=least, unit="g", wants=Wants.MASS)


def weigh_portion(source: DrugSource) -> BenchStep:
    """The portion of the powder."""
    return BenchStep(BenchCode.PORTION, target=portion_of(source), unit="g", wants=Wants.MASS)


def portion_of(source: DrugSource) -> Amount:
    """Return the portion, exact, or linear in the mass of tablets that nobody has weighed yet."""
    if source.portion is not None:
        return source.portion.exact
    if source.tablets is None or source.known:
        return None
    held = source.tablets.drug_held.to(source.drug_needed.unit)
    return OfTablets(figure(0, MG), source.drug_needed.value / held.value)


def destroy_powder(tablets: Tablets) -> BenchStep:
    """The powder left over, by the drug in it."""
    return BenchStep(BenchCode.DESTROY_POWDER, target=tablets.drug_left_over)


def of_capsules(code: BenchCode, number: int) -> BenchStep:
    """A step that ends with so many capsules, which are counted."""
    return BenchStep(code, target=figure(number, CAPSULE), unit="capsules", wants=Wants.COUNT)
