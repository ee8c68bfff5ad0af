"""What is taken for a field that an order leaves out, and what is chosen by class."""

from __future__ import annotations

from typing import Any

from calc.limits.fields import PACKED

#: What stands for the mass of empty shells that the balance has taken away by itself.
TARED = "tared"
#: The four questions on a drug without a file.
ASSESSMENT = (
    "assessment.may_be_crushed",
    "assessment.hazardous",
    "assessment.narrow_index",
    "assessment.stability_supported",
)
#: Defaults for fields left out of an order, as an order writes them.
DEFAULT_DRUG = "naltrexone"
DEFAULTS: dict[str, Any] = {
    "allowance": "0 %",
    "crushing_loss": "3 %",
    "source.kind": "tablet",
    "source.release": "immediate",
    "source.least_tablets": 3,
    "source.assay_basis": "as is",
    "balance.readability": "1 mg",
    "balance.sensitivity": "1 mg",
    "balance.tolerated_error": "5 %",
    "diluent.name": "microcrystalline cellulose PH-101",
    **{f"{part}.packing.shells": TARED for part in PACKED},
    "beyond_use.counting": "day 1",
    "beyond_use.storage": "room temperature",
    **dict.fromkeys(ASSESSMENT, "not asked"),
}
#: The set of defaults above, which the code on a sheet names, because it leaves out whatever has its default.
DEFAULTS_SET = 2
#: The defaults that were others in set 1, by path. A code that names no set was printed with them.
DEFAULTS_OF_SET_1: dict[str, object] = {"beyond_use.counting": "day 0", "source.least_tablets": 1}
#: What was taken of a vehicle before the table of vehicles was there: a code that says nothing of it is read so.
VEHICLE_BEFORE_TABLE: dict[str, object] = {"vehicle.aqueous": "yes", "vehicle.preserved": "no"}
#: The source of each default and the reason for it: (reference, why).
DEFAULTS_BECAUSE = {
    "allowance": ("own-decision", "no capsule is made that was not asked for"),
    "crushing_loss": ("crushing-loss", "so many tablets are crushed that this much may be lost"),
    "source.kind": ("article", "the project began with commercial tablets"),
    "source.release": ("article", "an extended-release product is never a source"),
    "source.least_tablets": ("tablet-content", "one tablet may hold more or less than the mean of its lot"),
    "source.assay_basis": ("certificate", "an assay as is needs no correction for water"),
    "balance.readability": ("own-decision", "a balance of three decimals of a gram"),
    "balance.sensitivity": ("own-decision", "one step of the default balance"),
    "balance.tolerated_error": ("balance-sensitivity", "the error of one weighing that is customarily tolerated"),
    "diluent.name": ("customary", "the usual diluent of capsules, used where an order names none"),
    **{f"{part}.packing.shells": ("customary", "the balance was tared with the empty shells") for part in PACKED},
    "beyond_use.counting": ("day-of-making", "the stricter of two countings in use; the other may be chosen"),
    "beyond_use.storage": ("customary", "capsules of powder are kept at room temperature where nobody says otherwise"),
    **dict.fromkeys(ASSESSMENT, ("own-decision", "nobody but the pharmacist can answer it")),
}
#: Doses a day unless an order gives them.
DOSES_PER_DAY = 1
#: Default oral syringes of the bench: a common set; graduations differ from maker to maker.
SYRINGES = [
    {"capacity": f"{capacity} mL", "graduation": f"{graduation} mL"}
    for capacity, graduation in (("1", "0.01"), ("3", "0.1"), ("5", "0.2"), ("10", "0.5"))
]
_of_capsules = ("allowance", "diluent.name", "beyond_use.storage", *(f"{part}.packing.shells" for part in PACKED))
STORAGE_AQUEOUS, STORAGE_NONAQUEOUS, STORAGE_FROZEN = "refrigerator", "room temperature", "freezer"
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
