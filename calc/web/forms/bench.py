"""The saved settings of a pharmacy: the fields that its browser may remember, and what each mass depends on.

The server stores none of them. The page's script keeps them in the browser and fills them into new forms only.
"""

from __future__ import annotations

from calc.drug import Drug
from calc.library import Library
from calc.limits import DEFAULTS, REFERENCE_BRAND
from calc.reading.fields import canonical
from calc.web.forms.fields import packed

_SHELLS_TOGETHER = ("capsule-shells-number", "capsule-shells-total")
_PACKING = tuple(name for part in ("diluent", "tablet_powder") for name in (f"{part}-packing_statistic", *packed(part)))
#: Fields that are the same from order to order in one pharmacy.
NAMES = (
    "balance-readability",
    "balance-sensitivity",
    "balance-tolerated_error",
    "balance-repeatability",
    "balance-minimum",
    "capsule-size",
    "capsule-brand",
    "capsule-shell_mass",
    *_SHELLS_TOGETHER,
    "diluent-name",
    *_PACKING,
    "allowance",
    "source-least_tablets",
)
_SHELL = ("capsule-size", "capsule-brand")
_POWDERS = ("diluent-name", "drug", "drug-name", "source-strength", "source-strength_unit")
#: The fields that a measured mass depends on: if one of them differs, the mass is not filled in, or is removed. The two
#: powders go together: an order takes how both pack or neither.
MEASURED_WITH = {
    **dict.fromkeys(("capsule-shell_mass", *_SHELLS_TOGETHER), _SHELL),
    **dict.fromkeys(_PACKING, (*_SHELL, *_POWDERS)),
}


def described(library: Library) -> dict[str, object]:
    """Return what the page's script needs: the names, their dependencies, and the defaults for each drug."""
    usual = {key: _usual(drug) for key, drug in library.drugs.items()}
    return {
        "names": " ".join(NAMES),
        "measured_with": [
            (others, tuple(name for name in NAMES if MEASURED_WITH.get(name) == others))
            for others in dict.fromkeys(MEASURED_WITH.values())
        ],
        "usual": usual,
    }


def _usual(drug: Drug) -> dict[str, str]:
    """Return the defaults of an order of this drug, by the names of its fields."""
    number, _, unit = canonical(drug.default_strength).partition(" ")
    return {
        "source-strength": number,
        "source-strength_unit": unit,
        "capsule-size": drug.default_size,
        "capsule-brand": REFERENCE_BRAND,
        "diluent-name": DEFAULTS["diluent.name"],
    }
