"""A pharmacy's own bench: which fields of an order its browser may remember, and with what each was measured.

The server keeps none of it: the page's script does, in the browser, and fills in a new form only.
"""

from __future__ import annotations

from calc.drug import Drug
from calc.library import Library
from calc.limits import DEFAULTS, REFERENCE_BRAND
from calc.reading.fields import canonical
from calc.service.preparations import CAPSULES

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
    "diluent-name",
    "diluent-packing_statistic",
    "tablet_powder-packing_statistic",
    "allowance",
)
_SHELL = ("capsule-size", "capsule-brand")
_POWDERS = ("diluent-name", "drug", "drug-name", "source-strength", "source-strength_unit")
#: A mass that was measured with something is not filled in, and is taken out, where that is no longer the same. The
#: two packing statistics go together: an order takes both or neither.
MEASURED_WITH = {
    "capsule-shell_mass": _SHELL,
    "diluent-packing_statistic": (*_SHELL, *_POWDERS),
    "tablet_powder-packing_statistic": (*_SHELL, *_POWDERS),
}


def described(library: Library) -> dict[str, object]:
    """The names, what goes with them, and what an empty field means for each drug, as the page's script needs them."""
    usual = {key: _usual(drug) for key, drug in library.drugs.items()}
    return {
        "names": " ".join(NAMES),
        "quantities": " ".join(name for name in NAMES if name in CAPSULES.query.quantities),
        "measured_with": MEASURED_WITH,
        "usual": usual,
    }


def _usual(drug: Drug) -> dict[str, str]:
    """What an empty field of an order of this drug means."""
    number, _, unit = canonical(drug.default_strength).partition(" ")
    return {
        "source-strength": number,
        "source-strength_unit": unit,
        "capsule-size": drug.default_size,
        "capsule-brand": REFERENCE_BRAND,
        "diluent-name": DEFAULTS["diluent.name"],
    }
