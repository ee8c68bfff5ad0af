"""The work at the bench as data: its steps in order, each with its target amount.

Page, sheet and paper follow from these steps, and so do the records kept with them. The words of a step are in
`calc.wording.bench`.
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

#: Spare shells, counted out with those of the batch for the weighings.
SPARE_SHELLS = 10


@unique
class BenchStage(StrEnum):
    """Stages of the work, in order."""

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
    """Steps of the work, in order.

    Records identify a step by its code: a code is added within its stage, never renamed or given another meaning.
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
    PORTION_BOAT = "portion_boat"
    DILUENT = "diluent"
    NO_DILUENT = "no_diluent"
    ONLY_IF_LIGHT = "only_if_light"
    ALL_OF_THE_POWDER = "all_of_the_powder"
    TRITURATION_POWDER = "trituration_powder"
    TRITURATION_BOAT = "trituration_boat"
    TRITURATION_DILUENT = "trituration_diluent"
    RUB_DILUENT = "rub_diluent"
    CRUSH_IN_DILUENT = "crush_in_diluent"
    TRITURATION_MIX = "trituration_mix"
    TRITURATION_SIEVE = "trituration_sieve"
    ALIQUOT = "aliquot"
    ALIQUOT_BOAT = "aliquot_boat"
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


#: The last step of each stage; a stage holds the codes up to this one that no earlier stage holds.
_LAST = {
    BenchStage.GATHER: BenchCode.BOTTLES,
    BenchStage.IDENTIFY: BenchCode.READ_VEHICLE,
    BenchStage.COUNT: BenchCode.COUNT_TABLETS,
    BenchStage.WEIGH: BenchCode.PACKING_OF_DILUENT,
    BenchStage.CRUSH: BenchCode.NO_DILUENT,
    BenchStage.TRITURATE: BenchCode.ALIQUOT_BOAT,
    BenchStage.BLEND: BenchCode.END_POINT,
    BenchStage.MIX: BenchCode.SHAKE,
    BenchStage.FILL: BenchCode.DIVIDE,
    BenchStage.BOTTLE: BenchCode.FILL_BOTTLES,
    BenchStage.CHECK: BenchCode.VOLUME_MADE,
    BenchStage.LABEL: BenchCode.GIVE_SYRINGE,
    BenchStage.CLEAN: BenchCode.DEVIATIONS,
}


def _stages() -> dict[BenchCode, BenchStage]:
    """Return the stage of every code."""
    ends, begun = {last: stage for stage, last in _LAST.items()}, 0
    stages, codes = {}, list(BenchCode)
    for end, code in enumerate(codes, start=1):
        if code in ends:
            stages.update(dict.fromkeys(codes[begun:end], ends[code]))
            begun = end
    return stages


STAGE_OF = _stages()


@unique
class Wants(StrEnum):
    """Entries to be written down at a step."""

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
        """Return the mass, in mg, if the tablets weigh `total_mass` together."""
        return Figure(self.constant.to(MG).value + self.times * total_mass.to(MG).value, MG)


#: A target or a bound of a step; None while it is not known, or if the step has none.
Amount = Figure | OfTablets | None


@dataclass(frozen=True, slots=True)
class BenchStep:
    """One step of the work: the action and its subject, the target, its bounds, and the entry to be written down.

    Amounts are exact, and rounded to the balance only where they are shown: no nonzero amount may be shown as zero.
    `step` numbers the steps of one code from 1, or is 0 if there is only one; `what` selects the subject of a code with
    several; `unit` is that of the actual amount.
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
        """The permanent name of this step within a plan."""
        return f"{self.code}-{self.step}" if self.step else self.code.value

    @property
    def stage(self) -> BenchStage:
        """The stage of the work that this step belongs to."""
        return STAGE_OF[self.code]


def of_balance(source: DrugSource) -> Iterator[BenchStep]:
    """Yield the steps that prepare the balance for weighing; `low` is its least weighable quantity."""
    yield BenchStep(BenchCode.LEVEL_BALANCE, wants=Wants.TEXT)
    yield BenchStep(BenchCode.ZERO_BALANCE, low=source.least)


def read_source(source: DrugSource) -> BenchStep:
    """Return the reading of the source's label, before anything is opened."""
    return BenchStep(BenchCode.READ_SOURCE, what=source.component)


def count_tablets(tablets: Tablets) -> BenchStep:
    """Return the counting of the tablets to crush."""
    return BenchStep(BenchCode.COUNT_TABLETS, target=figure(tablets.number, TABLET), unit="tablets", wants=Wants.COUNT)


def weigh_tablets(tablets: Tablets) -> Iterator[BenchStep]:
    """Yield the weighing of one tablet, then of all before crushing.

    Until all are weighed, the bounds for one tablet are linear in their mass.
    """
    low, high = (share.value.value / tablets.number for share in (limits.ONE_TABLET_LOW, limits.ONE_TABLET_HIGH))
    nothing = figure(0, MG)
    band: tuple[Amount, Amount] = (OfTablets(nothing, low), OfTablets(nothing, high))
    if tablets.one_tablet is not None and tablets.total_mass is not None:
        band = tablets.one_tablet[0].read_as(MG), tablets.one_tablet[1].read_as(MG)
    yield BenchStep(BenchCode.ONE_TABLET, low=band[0], high=band[1], unit="g", wants=Wants.MASS)
    yield BenchStep(BenchCode.ALL_TABLETS, target=tablets.total_mass, unit="g", wants=Wants.MASS)


def weigh_back(source: DrugSource) -> BenchStep:
    """Return the weighing of the powder recovered from the mortar: at least the portion, both exact and as shown."""
    portion = source.portion
    least = portion_of(source) if portion is None else larger(portion.exact, portion.shown)
    return BenchStep(BenchCode.RECOVERED, low=least, unit="g", wants=Wants.MASS)


def weigh_portion(source: DrugSource) -> BenchStep:
    """Return the weighing of the portion of powder."""
    return BenchStep(BenchCode.PORTION, target=portion_of(source), unit="g", wants=Wants.MASS)


def weigh_boat(code: BenchCode, mass: Amount, step: int = 0) -> Iterator[BenchStep]:
    """Yield the weighing back of the boat if it bore so little powder with drug that what stays in it matters."""
    if isinstance(mass, Figure) and mass < limits.WELL_WEIGHED.value:
        most = Figure(mass.to(MG).value * limits.LEFT_IN_BOAT.value.value, MG)
        yield BenchStep(code, high=most, unit="mg", wants=Wants.MASS, step=step)


def portion_of(source: DrugSource) -> Amount:
    """Return the portion: exact, or linear in the mass of tablets not weighed yet; None if nothing is portioned."""
    if source.portion is not None:
        return source.portion.exact
    if source.tablets is None or source.known:
        return None
    held = source.tablets.drug_held.to(source.drug_needed.unit)
    return OfTablets(figure(0, MG), source.drug_needed.value / held.value)


def destroy_powder(tablets: Tablets) -> BenchStep:
    """Return the destruction of the leftover powder; its target is the drug in it."""
    return BenchStep(BenchCode.DESTROY_POWDER, target=tablets.drug_left_over)


def of_capsules(code: BenchCode, number: int) -> BenchStep:
    """Return a step that ends with the counting of `number` capsules."""
    return BenchStep(code, target=figure(number, CAPSULE), unit="capsules", wants=Wants.COUNT)
