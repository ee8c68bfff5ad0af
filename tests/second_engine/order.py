"""The order after reading: plain data, masses in mg, volumes in mL, ratios as fractions of one."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.second_engine.vehicle_table import Vehicle


@dataclass(slots=True)
class Acknowledgement:
    """One stop that somebody answered for."""

    code: str
    value: str
    reason: str


@dataclass(slots=True)
class Study:
    """A published date typed for the preparation: how many days or hours it kept, in which place, and what it rests on.

    `proven`: a study of a named container by an assay that tells what has decayed; `microbial`: growth was tested for.
    """

    days: int | None
    hours: int | None
    storage: str
    kind: str
    proven: bool
    microbial: bool


@dataclass(slots=True)
class Ingredient:
    """What is in the batch besides drug and diluent: a mass in mg, or in a liquid a volume in mL.

    `per`: whether the amount is for the batch, for 100 mL of it or for one capsule; `packs`: what fills one body.
    """

    name: str
    amount: Fraction
    measured: bool
    per: str
    role: str
    packs: Fraction | None
    expiry: date | None


@dataclass(slots=True)
class Bulk:
    """Bulk powder and its certificate, or a dilution of it; `basis` is the chemical form on its label.

    `dried`: the assay leaves out the water, or what is lost on drying; `idle_water`: it was typed and corrects nothing.
    """

    kind: str
    assay: Fraction
    dried: bool
    idle_water: bool
    water: Fraction
    basis: str | None
    packing_statistic: Fraction | None

    @property
    def strength(self) -> Fraction:
        """Drug in one part of the powder as it lies in the jar; an assay as is holds its water already."""
        return self.assay * (1 - self.water) if self.dried else self.assay


@dataclass(slots=True)
class Opened:
    """Capsules that are opened: what they hold, and their masses full and of their shells."""

    contents: str
    full: Fraction | None
    shells: Fraction | None


@dataclass(slots=True, kw_only=True)
class Common:
    """What every preparation asks for; `bulk` is None where the source is tablets, `strength` is then one tablet's.

    `dose_volume`: the dose of a liquid as it was typed, where that is in mL; `factor`: of a drug without a file, the
    amount in the form on the label of its source for that in the form ordered. Of opened capsules `opened` is what was
    weighed; their net content stands for the mass of tablets. `shared`: what was crushed is for several batches.
    """

    filed: bool
    name: str | None
    dose: Fraction
    dose_volume: Fraction | None
    dose_in_mcg: bool
    basis: str | None
    prepared_on: date
    loss: Fraction
    bulk: Bulk | None
    opened: Opened | None
    factor: Fraction | None
    strength: Fraction
    release: str
    ndc: str | None
    tablets_weighed: int | None
    total_mass: Fraction | None
    weighed_on: date
    tablets_crushed: int | None
    crushed_mass: Fraction | None
    least_tablets: int
    shared: bool
    recovered: Fraction | None
    source_expiry: date | None
    discard_after: date | None
    readability: Fraction
    sensitivity: Fraction | None
    tolerated_error: Fraction | None
    repeatability: Fraction | None
    minimum: Fraction | None
    day_one: bool
    studies: list[Study]
    ingredients: list[Ingredient]
    screening: dict[str, str]
    assessment: dict[str, str]
    acknowledgements: list[Acknowledgement]


@dataclass(slots=True, kw_only=True)
class Order(Common):
    """An order of capsules, defaults filled in.

    `packed`: what fills one body, by the field it was typed in; `diluent_stands`: the statistic of the diluent is that
    of the tablet powder, too, which was not measured.
    """

    quantity: int
    allowance: Fraction
    extra: int | None
    size: str | None
    brand: str | None
    shell: Fraction | None
    fill: Fraction | None
    shells_expiry: date | None
    diluent: str
    diluent_statistic: Fraction | None
    diluent_expiry: date | None
    powder_statistic: Fraction | None
    diluent_stands: bool
    place: str
    packed: dict[str, Fraction | None]


@dataclass(slots=True)
class Syringe:
    """An oral syringe of the bench, in mL."""

    capacity: Fraction
    graduation: Fraction


@dataclass(slots=True, kw_only=True)
class Liquid(Common):
    """An order of an oral liquid, defaults filled in; `concentration` is the drug in 1 mL, in mg.

    `said`: the strength as the normalized order has it; `tablets_used`: whole tablets that it follows from.
    """

    concentration: Fraction
    said: str | None
    tablets_used: int | None
    volume: Fraction
    doses_per_day: int
    vehicle: Vehicle
    syringes: list[Syringe]
