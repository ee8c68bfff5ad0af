"""The tables and the vocabulary, read once: capsule bodies, diluents, the drug with a file, bounds, codes."""

import csv
import tomllib
from fractions import Fraction
from pathlib import Path

#: The facts are the program's; everything that is done with them is worked out here anew.
CALC = Path(__file__).resolve().parent.parent.parent / "calc"

HARD_STOPS = frozenset(
    [
        "extended_release",
        "delayed_release",
        "may_not_be_crushed",
        "expired",
        "tablet_lighter_than_drug",
        "too_few_tablets",
        "many_tablets",
        "recovered_mass_too_small",
        "dose_above_absolute",
        "dose_below_absolute",
        "capsule_too_small",
        "packs_too_dense",
        "gel_forming_diluent",
        "below_least_weighable",
        "rounding_above_limit",
        "quantity_above_most",
        "less_than_one_dose",
        "dose_below_mark",
        "solids_above_most",
        "ingredient_below_least",
        "ingredients_above_most",
        "pellets",
        "liquid_fill",
    ]
)
SOFT_STOPS: dict[str, tuple[str, ...]] = {
    "dose_above_usual": ("prescriber_confirmed", "reference_checked"),
    "dose_below_usual": ("prescriber_confirmed", "reference_checked"),
    "heavy_tablet": ("weighed_again", "counted_again"),
    "strong_tablet": ("label_checked", "reference_checked"),
    "crushed_mass_differs": ("weighed_again", "counted_again"),
    "many_tablets_per_dose": ("prescriber_confirmed", "reference_checked"),
    "form_not_crushed": ("label_checked", "prescriber_confirmed"),
    "drug_misspelled": ("label_checked", "prescriber_confirmed"),
    "strength_not_in_drug_file": ("label_checked", "prescriber_confirmed"),
    "packs_dense": ("weighed_again", "reference_checked"),
    "diluent_to_avoid": ("prescriber_confirmed", "patient_request"),
    "opioids_yes": ("prescriber_confirmed", "opioid_free_interval_kept"),
    "liver_disease_yes": ("prescriber_confirmed",),
    "solids_high": ("prescriber_confirmed", "reference_checked"),
    "dose_unit_unchecked": ("prescriber_confirmed", "reference_checked"),
    "too_fine_for_powder": ("prescriber_confirmed", "reference_checked"),
    "ingredients_not_packed": ("weighed_again", "reference_checked"),
    "thick_liquid": ("prescriber_confirmed", "reference_checked"),
    "quantity_large": ("prescriber_confirmed", "reference_checked"),
}
REASONS = frozenset(
    [
        "prescriber_confirmed",
        "reference_checked",
        "label_checked",
        "weighed_again",
        "counted_again",
        "opioid_free_interval_kept",
        "patient_request",
    ]
)

MASS_UNITS = {"g": Fraction(1000), "mg": Fraction(1), "mcg": Fraction(1, 1000), "ug": Fraction(1, 1000)}

VOLUME_UNITS = {"mL": Fraction(1), "L": Fraction(1000)}

# Ranges of the fields, both ends included; masses in mg, volumes in mL, ratios in %.
RANGES: dict[str, tuple[Fraction, Fraction]] = {
    "dose": (Fraction(1, 10**6), Fraction(10_000)),
    "dose_in_ml": (Fraction(1, 1000), Fraction(2000)),
    "source.tablets_used": (Fraction(1), Fraction(1000)),
    "quantity": (Fraction(1), Fraction(1000)),
    "allowance": (Fraction(0), Fraction(20)),
    "extra_capsules": (Fraction(0), Fraction(200)),
    "crushing_loss": (Fraction(0), Fraction(10)),
    "source.strength": (Fraction(1, 10**6), Fraction(10_000)),
    "source.tablets_weighed": (Fraction(1), Fraction(1000)),
    "source.tablets_crushed": (Fraction(1), Fraction(1000)),
    "source.crushed_mass": (Fraction(1), Fraction(1_000_000)),
    "source.least_tablets": (Fraction(1), Fraction(20)),
    "source.total_mass": (Fraction(1), Fraction(1_000_000)),
    "source.recovered_mass": (Fraction(1), Fraction(1_000_000)),
    "balance.readability": (Fraction(1, 1000), Fraction(1000)),
    "balance.sensitivity": (Fraction(1, 1000), Fraction(1000)),
    "balance.tolerated_error": (Fraction(1, 100), Fraction(20)),
    "balance.repeatability": (Fraction(1, 100_000), Fraction(1000)),
    "balance.minimum": (Fraction(1, 1000), Fraction(100_000)),
    "capsule.shell_mass": (Fraction(5), Fraction(500)),
    "capsule.fill_mass": (Fraction(1), Fraction(2000)),
    "diluent.packing_statistic": (Fraction(1), Fraction(5000)),
    "tablet_powder.packing_statistic": (Fraction(1), Fraction(5000)),
    "source.packing_statistic": (Fraction(1), Fraction(5000)),
    "packing.bodies": (Fraction(1), Fraction(30)),
    "packing.total": (Fraction(1), Fraction(150_000)),
    "packing.shells": (Fraction(5), Fraction(15_000)),
    "shells.number": (Fraction(1), Fraction(100)),
    "shells.total": (Fraction(5), Fraction(50_000)),
    "source.assay": (Fraction(50), Fraction(105)),
    "source.drug_in_gram": (Fraction(1, 10), Fraction(100)),
    "source.capsules_weighed": (Fraction(1), Fraction(1000)),
    "source.capsules_used": (Fraction(1), Fraction(1000)),
    "source.full_mass": (Fraction(6), Fraction(1_000_000)),
    "source.shells_mass": (Fraction(5), Fraction(500_000)),
    "forms.dose_molar_mass": (Fraction(10), Fraction(10_000)),
    "forms.source_molar_mass": (Fraction(10), Fraction(10_000)),
    "forms.dose_equals": (Fraction(1, 1000), Fraction(10_000)),
    "forms.source_equals": (Fraction(1, 1000), Fraction(10_000)),
    "source.water": (Fraction(0), Fraction(25)),
    "theoretical_fill": (Fraction(1), Fraction(2000)),
    "capsules": (Fraction(5), Fraction(5000)),
    "shell_mass": (Fraction(5), Fraction(500)),
    "shells": (Fraction(5), Fraction(500)),
    "planned": (Fraction(1), Fraction(2000)),
    "made": (Fraction(1), Fraction(2000)),
    "weighed_in": (Fraction(1), Fraction(4_000_000)),
    "blend_left": (Fraction(0), Fraction(4_000_000)),
    "contents_in_mg": (Fraction(0), Fraction(10_000)),
    "masses": (Fraction(5), Fraction(5000)),
    "label": (Fraction(1, 10**6), Fraction(10_000)),
    "assay": (Fraction(50), Fraction(150)),
    "shell": (Fraction(5), Fraction(500)),
    "contents": (Fraction(0), Fraction(500)),
    "days": (Fraction(1), Fraction(365)),
    "common_powder.tablets_weighed": (Fraction(1), Fraction(1000)),
    "common_powder.total_mass": (Fraction(1), Fraction(1_000_000)),
    "beyond_use.studies.days": (Fraction(1), Fraction(3650)),
    "beyond_use.studies.hours": (Fraction(1), Fraction(240)),
    "strength": (Fraction(1, 10**6), Fraction(1000)),
    "volume": (Fraction(1), Fraction(2000)),
    "ingredients.mass": (Fraction(1, 1000), Fraction(1_000_000)),
    "ingredients.volume": (Fraction(1, 100), Fraction(1000)),
    "ingredients.packing_statistic": (Fraction(1), Fraction(5000)),
    "vehicle.parts.share": (Fraction(1), Fraction(20)),
    "vehicle.parts.volume": (Fraction(1, 10), Fraction(1900)),
    "doses_per_day": (Fraction(1), Fraction(4)),
    "syringes.capacity": (Fraction(1, 10), Fraction(60)),
    "syringes.graduation": (Fraction(1, 1000), Fraction(10)),
}
LEAST_ALLOWANCE = Fraction(1)
#: As few tablets as are crushed for a batch where the bench says nothing else.
LEAST_TABLETS = 3

DEFAULT_DRUG = "naltrexone"
DEFAULT_DILUENT = "microcrystalline cellulose PH-101"
REFERENCE_BRAND = "Coni-Snap"


def _mass(text: str) -> Fraction:
    """Read a mass of the drug's file in mg."""
    number, unit = text.split(" ")
    return Fraction(number) * MASS_UNITS[unit]


def _rows(name: str) -> list[dict[str, str]]:
    """Read one table."""
    with (CALC / "tables" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _capsules() -> dict[str, dict[str, tuple[Fraction, Fraction | None]]]:
    """Brand to size to (body volume in mL, gelatin shell in mg or None), in the order of the table."""
    brands: dict[str, dict[str, tuple[Fraction, Fraction | None]]] = {}
    for row in _rows("capsules.csv"):
        shell = Fraction(row["gelatin_shell_mg"]) if row["gelatin_shell_mg"] else None
        brands.setdefault(row["brand"], {})[row["size"]] = (Fraction(row["volume_ml"]), shell)
    return brands


def _diluents() -> dict[str, tuple[Fraction | None, bool]]:
    """Name to (tapped density in g/mL or None, forms a gel)."""
    return {
        row["name"]: (
            Fraction(row["tapped_density_g_per_ml"]) if row["tapped_density_g_per_ml"] else None,
            row["gel_forming"] == "yes",
        )
        for row in _rows("diluents.csv")
    }


with (CALC / "drugs" / "naltrexone.toml").open("rb") as _file:
    DRUG = tomllib.load(_file)

BODIES = _capsules()
SIZES = frozenset(size for sizes in BODIES.values() for size in sizes)
DILUENTS = _diluents()
BASES = {key: Fraction(basis["molar_mass"]) for key, basis in DRUG["bases"].items()}
DEFAULT_BASIS = DRUG["default_basis"]
LIMIT_BASIS = DRUG["dose"]["basis"]
DOSE = {key: _mass(text) for key, text in DRUG["dose"].items() if key not in ("basis", "reference", "bands")}
DEFAULT_STRENGTH = _mass(DRUG["default_strength"])
DEFAULT_SIZE = DRUG["default_size"]
STRENGTHS = frozenset(_mass(item["strength"]) for item in DRUG["products"] if item["accepted"])
TO_AVOID = frozenset(item["name"] for item in DRUG["diluents_to_avoid"])
SCREENED = tuple(item["code"] for item in DRUG["screening"])
CAPSULE_STUDIES = [
    (frozenset(item["diluents"]), item["days"]) for item in DRUG["studies"] if item["preparation"] == "capsule"
]
#: Liquids that were studied: strength in mg in 1 mL, class, whether it stood cold, days.
LIQUID_STUDIES = [
    (_mass(item["in_one_ml"]), item["beyond_use_class"], item["kept"] == "refrigerator", item["days"])
    for item in DRUG["studies"]
    if item["preparation"] == "liquid"
]
DAYS = {row["class"]: int(row["days"]) for row in _rows("beyond_use.csv")}
