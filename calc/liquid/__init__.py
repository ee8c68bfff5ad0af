"""Oral liquids: a suspension of crushed tablets, or of bulk powder, brought to volume with a vehicle.

- `asked`: what is asked, validated: `LiquidOrder`. `planned`: what a plan says, as complete data.
- `measuring`: the dose on a syringe, the bottle, the volumes that take whole tablets. `working`: `plan_liquid(order,
  library)`, which knows all rules of a liquid; drug, source, powder and dates are planned as for capsules.
- `contract`, `answer`: the answer of the endpoint and its types.
"""

from __future__ import annotations

from calc.liquid.order import LiquidOrder
from calc.liquid.planning import plan_liquid

__all__ = ["LiquidOrder", "plan_liquid"]
