"""The range of each field of an order, and how long its texts and lists may be."""

from __future__ import annotations

from calc.arithmetic.units import CAPSULE, DAY, G_PER_MOL, HOUR, LITER, MCG, MG, ML, PER_DAY, PERCENT, RATIO, TABLET, G
from calc.limits.kinds import range_of

#: The powders that may be weighed in several shells at once, by the part of the order that says so.
PACKED = ("diluent", "tablet_powder", "source")
#: The range of each field of an order, by path. A value outside it is a fault of the field.
RANGES = {
    "dose": range_of("0.001", MCG, "10", G, "own-decision", "a capsule's dose can be read between these"),
    "quantity": range_of("1", CAPSULE, "1000", CAPSULE, "contract", "capsules of one order"),
    "allowance": range_of("0", PERCENT, "20", PERCENT, "customary", "extra capsules for loss in making"),
    "extra_capsules": range_of("0", CAPSULE, "200", CAPSULE, "contract", "extra capsules as a count"),
    "crushing_loss": range_of("0", PERCENT, "10", PERCENT, "contract", "powder lost in the mortar"),
    "source.strength": range_of("0.001", MCG, "10", G, "own-decision", "drug in one tablet"),
    "source.tablets_weighed": range_of("1", TABLET, "1000", TABLET, "own-decision", "tablets weighed together"),
    "source.tablets_crushed": range_of("1", TABLET, "1000", TABLET, "own-decision", "tablets crushed for one batch"),
    "source.crushed_mass": range_of("1", MG, "1000", G, "own-decision", "the tablets crushed, weighed together"),
    "source.least_tablets": range_of("1", TABLET, "20", TABLET, "tablet-content", "fewest tablets a bench crushes"),
    "source.total_mass": range_of("1", MG, "1000", G, "own-decision", "tablets weighed together"),
    "source.recovered_mass": range_of("1", MG, "1000", G, "own-decision", "powder recovered from the mortar"),
    "source.capsules_weighed": range_of("1", TABLET, "1000", TABLET, "own-decision", "capsules weighed and opened"),
    "source.full_mass": range_of("6", MG, "1000", G, "own-decision", "capsules weighed together, full"),
    "source.shells_mass": range_of("5", MG, "500", G, "own-decision", "the same shells, empty"),
    "source.assay": range_of("50", PERCENT, "105", PERCENT, "own-decision", "drug in bulk powder by its certificate"),
    "source.drug_in_gram": range_of("0.1", MG, "100", MG, "own-decision", "drug in 1 g of a dilution"),
    "source.water": range_of("0", PERCENT, "25", PERCENT, "own-decision", "water in bulk powder by its certificate"),
    "source.packing_statistic": range_of("1", MG, "5", G, "own-decision", "pure powder that fills one shell"),
    "balance.readability": range_of("0.001", MG, "1", G, "own-decision", "smallest step of a balance"),
    "balance.sensitivity": range_of("0.001", MG, "1", G, "own-decision", "sensitivity requirement of a balance"),
    "balance.tolerated_error": range_of("0.01", PERCENT, "20", PERCENT, "own-decision", "error tolerated in weighing"),
    "balance.repeatability": range_of("0.00001", MG, "1", G, "own-decision", "standard deviation of a balance"),
    "balance.minimum": range_of("0.001", MG, "100", G, "own-decision", "minimum weight of a balance's certificate"),
    "capsule.shell_mass": range_of("5", MG, "500", MG, "own-decision", "one empty shell, both halves"),
    "capsule.shells.number": range_of("1", CAPSULE, "100", CAPSULE, "own-decision", "empty shells weighed together"),
    "capsule.shells.total": range_of("5", MG, "50", G, "own-decision", "so many empty shells of 5 mg to 500 mg"),
    "capsule.fill_mass": range_of("1", MG, "2", G, "own-decision", "powder in one capsule"),
    "diluent.packing_statistic": range_of("1", MG, "5", G, "own-decision", "pure powder that fills one shell"),
    "tablet_powder.packing_statistic": range_of("1", MG, "5", G, "own-decision", "pure powder that fills one shell"),
    "ingredients.amount": range_of("0.001", MG, "1000", G, "contract", "an ingredient besides drug and diluent"),
    "ingredients.packing_statistic": range_of("1", MG, "5", G, "own-decision", "pure ingredient that fills one shell"),
    **{
        f"forms.{form}_{name}": range_of(low, unit, high, top, "own-decision", why)
        for name, low, unit, high, top, why in (
            ("molar_mass", "10", G_PER_MOL, "10000", G_PER_MOL, "one chemical form of a drug without a file"),
            ("equals", "0.001", MG, "10", G, "the same amount in two chemical forms"),
        )
        for form in ("dose", "source")
    },
    "beyond_use.studies.days": range_of("1", DAY, "3650", DAY, "own-decision", "days that a published study gives"),
    "beyond_use.studies.hours": range_of("1", HOUR, "240", HOUR, "own-decision", "hours that a published study gives"),
    **{
        f"{part}.packing.{name}": range_of(low, unit, high, top, "own-decision", why)
        for part in PACKED
        for name, low, unit, high, top, why in (
            ("bodies", "1", CAPSULE, "30", CAPSULE, "shells filled with one powder and weighed together"),
            ("total", "1", MG, "150", G, "so many shells of 1 mg to 5 g"),
            ("shells", "5", MG, "15", G, "the same shells empty, each of 5 mg to 500 mg"),
        )
    },
    "schedule.days": range_of("1", DAY, "365", DAY, "contract", "days of one step of a titration"),
    "doses_per_day": range_of("1", PER_DAY, "4", PER_DAY, "contract", "doses of a titration or a liquid in one day"),
}
#: The ranges of the further fields in an order for a liquid, by path; for a list, of each item.
LIQUID_RANGES = {
    "strength": range_of("0.001", MCG, "1", G, "contract", "drug in 1 mL of a liquid"),
    "source.tablets_used": range_of("1", TABLET, "1000", TABLET, "own-decision", "tablets used whole for one liquid"),
    "source.capsules_used": range_of("1", TABLET, "1000", TABLET, "own-decision", "capsules used whole for one liquid"),
    "volume": range_of("1", ML, "2", LITER, "contract", "what a liquid is brought to"),
    "vehicle.parts.share": range_of("1", RATIO, "20", RATIO, "contract", "whole parts of a mixed vehicle"),
    "vehicle.parts.volume": range_of("0.1", ML, "1.9", LITER, "contract", "a part of a vehicle that is measured"),
    "ingredients.volume": range_of("0.01", ML, "1", LITER, "contract", "an ingredient that is a liquid itself"),
    "syringes.capacity": range_of("0.1", ML, "60", ML, "contract", "an oral syringe"),
    "syringes.graduation": range_of("0.001", ML, "10", ML, "contract", "from mark to mark on an oral syringe"),
}
MOST_SYRINGES = 10
#: Most parts of a mixed vehicle.
MOST_PARTS = 4
#: Most ingredients besides drug, diluent and vehicle.
MOST_INGREDIENTS = 8
#: Most published dates of an order.
MOST_STUDIES = 8
#: Most steps in the schedule of a titration.
SCHEDULE_STEPS = 24
#: Most characters of a typed text, and of the name of a vehicle, which the literature writes out in full.
LONGEST_TEXT, LONGEST_VEHICLE = 40, 120
#: Digits of a National Drug Code: ten on US packs, eleven in claims, twelve by the format to come.
FEWEST_NDC_DIGITS, MOST_NDC_DIGITS = 10, 12
#: An expiry more than so many years after the making is probably of a wrong year.
FAR_YEARS = 5
EARLIEST_DATE, LATEST_DATE = "2000-01-01", "2100-12-31"
#: The characters that a typed text may contain: printable ASCII, and those that the font of the papers prints and
#: nobody mistakes for others. Latin letters with their accents; no micro sign, no look-alikes from other scripts.
PRINTABLE = frozenset(
    [chr(code) for code in range(0x20, 0x7F)]
    + [chr(code) for code in range(0xA1, 0x180) if code not in (0xAD, 0xB5, 0x149, 0x17F)]
    + list("\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u20ac\u2122")
)
