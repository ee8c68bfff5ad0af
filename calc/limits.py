"""Bounds and defaults of the program, each with its unit and its source.

A bound includes its own value unless it says otherwise. Those of one drug are in that drug's file, those of a shell or
a diluent in its table; nothing here is repeated anywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

from calc.arithmetic.units import (
    CAPSULE,
    DAY,
    LITER,
    MCG,
    MG,
    MG_PER_ML,
    MG_PER_TABLET,
    ML,
    PER_DAY,
    PERCENT,
    RATIO,
    TABLET,
    Figure,
    G,
    Unit,
    figure,
)
from calc.references import REFERENCES


class BadLimit(ValueError):
    """A record in this file contradicts itself or has no known source; the program does not start."""


@dataclass(frozen=True, slots=True)
class Range:
    """The range of a field, from `low` to `high`, both included. A value outside it is a fault."""

    low: Figure
    high: Figure
    reference: str
    why: str

    def __post_init__(self) -> None:
        if not self.low <= self.high or self.reference not in REFERENCES:
            raise BadLimit(f"range {self.low} to {self.high}: {self.why}")


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound or default used by a rule."""

    value: Figure
    reference: str
    why: str

    def __post_init__(self) -> None:
        if self.reference not in REFERENCES:
            raise BadLimit(f"bound {self.value}: unknown reference {self.reference}")


@dataclass(frozen=True, slots=True)
class Series:
    """Sizes or values that a rule chooses from, in ascending order."""

    values: tuple[Figure, ...]
    reference: str
    why: str

    def __post_init__(self) -> None:
        if list(self.values) != sorted(self.values) or self.reference not in REFERENCES:
            raise BadLimit(f"series of {len(self.values)}: {self.why}")


def _range(low: str, low_unit: Unit, high: str, high_unit: Unit, reference: str, why: str) -> Range:
    return Range(figure(low, low_unit), figure(high, high_unit), reference, why)


#: The range of each field of an order, by path. A value outside it is a fault of the field.
RANGES = {
    "dose": _range("0.001", MCG, "10", G, "own-decision", "a capsule's dose can be read between these"),
    "quantity": _range("1", CAPSULE, "1000", CAPSULE, "contract", "capsules of one order"),
    "allowance": _range("0", PERCENT, "20", PERCENT, "customary", "extra capsules for loss in making"),
    "extra_capsules": _range("0", CAPSULE, "200", CAPSULE, "contract", "extra capsules as a count"),
    "crushing_loss": _range("0", PERCENT, "10", PERCENT, "contract", "powder lost in the mortar"),
    "source.strength": _range("0.001", MCG, "10", G, "own-decision", "drug in one tablet"),
    "source.tablets_weighed": _range("1", TABLET, "5000", TABLET, "own-decision", "tablets weighed together"),
    "source.total_mass": _range("1", MG, "1000", G, "own-decision", "tablets weighed together"),
    "source.recovered_mass": _range("1", MG, "1000", G, "own-decision", "powder got back from the mortar"),
    "source.assay": _range("50", PERCENT, "105", PERCENT, "own-decision", "drug in bulk powder by its certificate"),
    "source.water": _range("0", PERCENT, "25", PERCENT, "own-decision", "water in bulk powder by its certificate"),
    "source.packing_statistic": _range("1", MG, "5", G, "own-decision", "pure powder that fills one body"),
    "balance.readability": _range("0.001", MG, "1", G, "own-decision", "smallest step of a balance"),
    "balance.sensitivity": _range("0.001", MG, "1", G, "own-decision", "sensitivity requirement of a balance"),
    "balance.tolerated_error": _range("0.01", PERCENT, "20", PERCENT, "own-decision", "error tolerated in weighing"),
    "balance.repeatability": _range("0.00001", MG, "1", G, "own-decision", "standard deviation of a balance"),
    "balance.minimum": _range("0.001", MG, "100", G, "own-decision", "minimum weight of a balance's certificate"),
    "capsule.shell_mass": _range("5", MG, "500", MG, "own-decision", "one empty shell, body and cap"),
    "capsule.fill_mass": _range("1", MG, "2", G, "own-decision", "powder in one capsule"),
    "diluent.packing_statistic": _range("1", MG, "5", G, "own-decision", "pure powder that fills one body"),
    "tablet_powder.packing_statistic": _range("1", MG, "5", G, "own-decision", "pure powder that fills one body"),
    "schedule.days": _range("1", DAY, "365", DAY, "contract", "days of one step of a titration"),
    "doses_per_day": _range("1", PER_DAY, "4", PER_DAY, "contract", "doses of a titration or a liquid in one day"),
}
#: The ranges of the further fields in an order for a liquid, by path; for a list, of each item.
LIQUID_RANGES = {
    "strength": _range("0.001", MCG, "1", G, "contract", "drug in 1 mL of a liquid"),
    "volume": _range("1", ML, "2", LITER, "contract", "what a liquid is brought to"),
    "syringes.capacity": _range("0.1", ML, "60", ML, "contract", "an oral syringe"),
    "syringes.graduation": _range("0.001", ML, "10", ML, "contract", "from mark to mark on an oral syringe"),
}
MOST_SYRINGES = 10
#: Most steps in the schedule of a titration; doses a day unless an order gives them.
SCHEDULE_STEPS = 12
DOSES_PER_DAY = 1

#: An allowance typed as a factor ("0.1" for 10 %) lies between zero and this; a true one does not.
LEAST_ALLOWANCE = Bound(figure("1", PERCENT), "own-decision", "below it an allowance looks like a factor")
LARGE_QUANTITY = Bound(figure("300", CAPSULE), "contract", "above it the quantity needs a reason")
HEAVY_TABLET = Bound(figure("1200", MG_PER_TABLET), "own-decision", "above it a tablet's mass needs a reason")
TABLETS_PER_DOSE = Bound(figure("10", TABLET), "own-decision", "above it a dose of so many tablets needs a reason")
ROUNDING_EFFECT = Bound(figure("0.01", RATIO), "own-decision", "most that rounding to the balance may change a dose")
ROUNDING_SMALL = Bound(figure("0.001", RATIO), "own-decision", "a trituration is rounded by no more where one can be")
TRITURATION_RATIO = Bound(figure("10", RATIO), "trituration", "most that a step makes up to, in times what it weighs")
TRITURATION_TOTAL = Bound(figure("20", G), "own-decision", "most that a step makes up to")
TRITURATION_STEPS = Bound(figure("4", RATIO), "own-decision", "most steps before the capsule blend")
CRUSHING_LOSS_NOTICE = Bound(figure("0.03", RATIO), "crushing-loss", "a crushing loss above it is a notice")
REPEATABILITY_FLOOR = Bound(figure("0.41", RATIO), "balance-repeatability", "of the readability: least s that counts")
REPEATABILITY_FACTOR = Bound(figure("2", RATIO), "balance-repeatability", "times s")
REPEATABILITY_LIMIT = Bound(figure("0.001", RATIO), "balance-repeatability", "0.1 %")
CAPSULE_BAND_LOW = Bound(figure("0.9", RATIO), "capsule-weight-variation", "of the theoretical fill")
CAPSULE_BAND_HIGH = Bound(figure("1.1", RATIO), "capsule-weight-variation", "of the theoretical fill")
QUANTITY_USUAL_LOW = Bound(figure("10", CAPSULE), "own-decision", "fewer capsules are read again")
QUANTITY_USUAL_HIGH = Bound(figure("200", CAPSULE), "own-decision", "more capsules are read again")
PART_OF_TABLET_LOW = Bound(figure("1/25", TABLET), "own-decision", "a smaller part of a tablet is read again")
PART_OF_TABLET_HIGH = Bound(figure("4", TABLET), "own-decision", "a dose of more tablets is read again")
POWDER_DENSITY_LOW = Bound(figure("200", MG_PER_ML), "own-decision", "below it a mass that fills a body is unlikely")
POWDER_DENSITY_HIGH = Bound(figure("1500", MG_PER_ML), "own-decision", "above it a mass that fills a body is unlikely")
SHELL_LOW = Bound(figure("0.5", RATIO), "own-decision", "of the table's shell: below it a shell's mass is unlikely")
SHELL_HIGH = Bound(figure("2", RATIO), "own-decision", "of the table's shell: above it a shell's mass is unlikely")
CAPSULES_AT_ONE_TIME = Bound(figure("6", CAPSULE), "own-decision", "more capsules for one dose are told of")
ONE_TABLET_LOW = Bound(figure("0.9", RATIO), "own-decision", "of the mean: lightest single tablet expected")
ONE_TABLET_HIGH = Bound(figure("1.1", RATIO), "own-decision", "of the mean: heaviest single tablet expected")
WHOLE_TABLET_DEVIATION = Bound(figure("0.02", RATIO), "whole-tablets", "most a batch of whole tablets may deviate")
WHOLE_TABLET_BATCH = Bound(figure("4", RATIO), "whole-tablets", "largest such batch, in times the quantity ordered")

THICK_LIQUID = Bound(figure("1/2", TABLET), "own-decision", "above it the tablets in 1 mL need a reason")
DOSE_VOLUME_LOW = Bound(figure("0.1", ML), "own-decision", "a smaller dose of a liquid is read again")
DOSE_VOLUME_HIGH = Bound(figure("10", ML), "own-decision", "a larger dose of a liquid is read again")
DAYS_OF_DOSES_LOW = Bound(figure("5", DAY), "own-decision", "a liquid for fewer days is read again")
DAYS_OF_DOSES_HIGH = Bound(figure("120", DAY), "own-decision", "a liquid for more days is read again")
OTHER_STRENGTH_LOW = Bound(figure("1/5", RATIO), "own-decision", "of the strength ordered: least other one named")
OTHER_STRENGTH_HIGH = Bound(figure("5", RATIO), "own-decision", "of the strength ordered: most other one named")
BOTTLE_FILLED = Bound(figure("0.9", RATIO), "own-decision", "of a bottle: most that leaves room to shake")
WHOLE_TABLETS_ABOVE = Bound(figure("2", RATIO), "own-decision", "whole-tablet volumes named above the one ordered")
ROUND_STRENGTHS = Series(
    tuple(figure(number, MG_PER_ML) for number in ("1", "3/2", "2", "5/2", "3", "4", "5", "6", "15/2", "8")),
    "own-decision",
    "strengths of a liquid that are named where a dose is off a mark, times a power of ten",
)
BOTTLES = Series(
    tuple(figure(number, ML) for number in (30, 60, 90, 120, 180, 240, 360, 480)),
    "bottles",
    "bottles that a liquid goes into",
)

#: The range of each field in a check on finished capsules, by name; for a list, of each item.
CHECK_RANGES = {
    "theoretical_fill": _range("1", MG, "2", G, "own-decision", "powder in one capsule, as for an order"),
    "capsules": _range("5", MG, "5", G, "own-decision", "one filled capsule; an empty one may be among them"),
    "shell_mass": _range("5", MG, "500", MG, "own-decision", "one empty shell, body and cap, as for an order"),
    "shells": _range("5", MG, "500", MG, "own-decision", "one empty shell, body and cap, as for an order"),
    "planned": _range("1", CAPSULE, "2000", CAPSULE, "own-decision", "capsules of one batch, its allowance included"),
    "made": _range("1", CAPSULE, "2000", CAPSULE, "own-decision", "capsules of one batch, its allowance included"),
    "contents": _range("0", PERCENT, "500", PERCENT, "own-decision", "one unit; one that holds nothing counts"),
}
FEWEST_WEIGHED = Bound(figure("10", CAPSULE), "capsule-weight-variation", "filled capsules, or empty shells, weighed")
MOST_WEIGHED = Bound(figure("30", CAPSULE), "capsule-weight-variation", "filled capsules, or empty shells, weighed")
MEAN_FILL_LOW = Bound(figure("0.97", RATIO), "capsule-weight-variation", "of the theoretical fill: least mean fill")
MEAN_FILL_HIGH = Bound(figure("1.03", RATIO), "capsule-weight-variation", "of the theoretical fill: most mean fill")
FILL_SPREAD = Bound(figure("0.05", RATIO), "fill-spread", "a relative standard deviation above it is a notice")
DOSE_LOW = Bound(figure("0.9", RATIO), "label-claim", "of the dose: least that a capsule should hold")
DOSE_HIGH = Bound(figure("1.1", RATIO), "label-claim", "of the dose: most that a capsule should hold")
LABEL_KEPT = Bound(figure("1", RATIO), "label-claim", "what the source is taken to hold of its label, first")
LABEL_LOW = Bound(figure("0.95", RATIO), "label-claim", "what the source is taken to hold of its label, then")
LABEL_LEAST = Bound(figure("0.9", RATIO), "label-claim", "what the source is taken to hold of its label, at the least")
MOST_DEGREES = Bound(figure("1000", RATIO), "own-decision", "most degrees of freedom; with more nothing changes")
BATCH_LOSS = Bound(figure("0.03", RATIO), "batch-loss", "most of the capsules planned that may be missing")
ASSAYED_FIRST = Bound(figure("10", CAPSULE), "usp-905", "units assayed in the first stage")
ASSAYED_ALL = Bound(figure("30", CAPSULE), "usp-905", "units assayed by the second stage, the first ten among them")
ACCEPTANCE_FIRST = Bound(figure("2.4", RATIO), "usp-905", "k of ten units")
ACCEPTANCE_ALL = Bound(figure("2", RATIO), "usp-905", "k of thirty units")
ACCEPTANCE_VALUE = Bound(figure("15", PERCENT), "usp-905", "L1: most acceptance value, in both stages")
UNIT_TOLERANCE = Bound(figure("25", PERCENT), "usp-905", "L2: most that a unit may be off M, of M, second stage")
REFERENCE_LOW = Bound(figure("98.5", PERCENT), "usp-905", "M of a mean below it")
REFERENCE_HIGH = Bound(figure("101.5", PERCENT), "usp-905", "M of a mean above it")

#: Defaults for fields left out of an order, as an order writes them.
DEFAULT_DRUG = "naltrexone"
DEFAULTS = {
    "allowance": "0 %",
    "crushing_loss": "3 %",
    "source.kind": "tablet",
    "source.release": "immediate",
    "source.assay_basis": "as is",
    "balance.readability": "1 mg",
    "balance.sensitivity": "1 mg",
    "balance.tolerated_error": "5 %",
    "diluent.name": "microcrystalline cellulose PH-101",
    "beyond_use.counting": "day 0",
    "screening.opioids": "not asked",
    "screening.liver_disease": "not asked",
}
#: The source of each default and the reason for it: (reference, why).
DEFAULTS_BECAUSE = {
    "allowance": ("own-decision", "no capsule is made that was not asked for"),
    "crushing_loss": ("crushing-loss", "so many tablets are crushed that this much may be lost"),
    "source.kind": ("article", "the project began with commercial tablets"),
    "source.release": ("article", "an extended-release product is never a source"),
    "source.assay_basis": ("certificate", "an assay as is needs no correction for water"),
    "balance.readability": ("own-decision", "a balance of three decimals of a gram"),
    "balance.sensitivity": ("own-decision", "one step of the default balance"),
    "balance.tolerated_error": ("balance-sensitivity", "the error of one weighing that is customarily tolerated"),
    "diluent.name": ("customary", "the usual diluent of capsules, used where an order names none"),
    "beyond_use.counting": ("own-decision", "the day of making is not counted; the stricter counting may be chosen"),
    "screening.opioids": ("own-decision", "nothing is released before the question was asked"),
    "screening.liver_disease": ("own-decision", "nothing is released before the question was asked"),
}
#: Default oral syringes of the bench: a common set; graduations differ from maker to maker.
SYRINGES = [
    {"capacity": f"{capacity} mL", "graduation": f"{graduation} mL"}
    for capacity, graduation in (("1", "0.01"), ("3", "0.1"), ("5", "0.2"), ("10", "0.5"))
]
_of_capsules = ("allowance", "diluent.name")
STORAGE_AQUEOUS, STORAGE_NONAQUEOUS = "refrigerator", "room temperature"
#: Defaults for an order of a liquid.
LIQUID_DEFAULTS: dict[str, object] = {
    **{path: value for path, value in DEFAULTS.items() if path not in _of_capsules},
    "vehicle.aqueous": "yes",
    "vehicle.preserved": "no",
    "doses_per_day": DOSES_PER_DAY,
    "syringes": SYRINGES,
}
#: The sources of those that capsules do not have, and the reasons: (reference, why).
LIQUID_BECAUSE = {
    "vehicle.aqueous": ("own-decision", "the shorter dates, where nothing is said of the vehicle"),
    "vehicle.preserved": ("own-decision", "the shortest date, where nothing is said of a preservative"),
    "doses_per_day": ("own-decision", "once a day, as low-dose capsules are taken"),
    "syringes": ("oral-syringe", "a common set; the bench's own may be entered"),
}
#: The class of beyond-use dates for capsules of powder.
CAPSULE_CLASS = "other_nonaqueous"
#: The class of a liquid, by whether its vehicle is aqueous and whether it is preserved.
LIQUID_CLASSES = {
    ("yes", "no"): "nonpreserved_aqueous",
    ("yes", "yes"): "preserved_aqueous",
    ("no", "no"): "oral_liquid_nonaqueous",
    ("no", "yes"): "oral_liquid_nonaqueous",
}
#: The brand of shells whose body volumes are used if an order names no brand.
REFERENCE_BRAND = "Coni-Snap"
EARLIEST_DATE, LATEST_DATE = "2000-01-01", "2100-12-31"
#: The characters that a typed text may contain: printable ASCII, and those that the font of the papers prints and
#: nobody mistakes for others. Latin letters with their accents; no micro sign, no look-alikes from other scripts.
PRINTABLE = frozenset(
    [chr(code) for code in range(0x20, 0x7F)]
    + [chr(code) for code in range(0xA1, 0x180) if code not in (0xAD, 0xB5, 0x149, 0x17F)]
    + list("\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u20ac\u2122")
)
