"""What the fields of the parts of an order and an answer mean that have words of their own, for the description."""

from __future__ import annotations

from calc.wording.ingredients import FIELDS_OF_INGREDIENTS, UNITS_OF_INGREDIENTS
from calc.wording.vehicles import FIELDS_OF_VEHICLES, UNITS_OF_VEHICLES

FIELDS_OF_PARTS = {**FIELDS_OF_VEHICLES, **FIELDS_OF_INGREDIENTS}
UNITS_OF_PARTS = {**UNITS_OF_VEHICLES, **UNITS_OF_INGREDIENTS}
