"""What tablets must weigh, before they are crushed, for a portion of their powder that the balance weighs."""

from __future__ import annotations

from calc import limits
from calc.arithmetic.rounding import larger, up_to_step
from calc.arithmetic.units import MG, TABLET, Figure, figure
from calc.planning.parts import EnoughForPortion, Tablets
from calc.rules.tablets import drug_held
from calc.rules.triturations import least_powder


def enough_for_portion(tablets: Tablets, least_weighable: Figure, step: Figure) -> EnoughForPortion | None:
    """Return what tablets not weighed yet must weigh; None if any do, or if no portion of their powder is weighed.

    A portion of 50 steps of the balance, or more, is rounded by a hundredth of it at most.
    """
    if tablets.all_used:
        return None
    rounded = Figure(step.to(MG).value / 2 / limits.ROUNDING_EFFECT.value.value, MG)
    least, enough = (
        least_powder(portion, tablets.share) for portion in (least_weighable, larger(least_weighable, rounded))
    )
    if enough <= tablets.drug_held:
        return None
    count = figure(tablets.number, TABLET)
    heaviest, lightest = (
        drug_held(count, larger(each.value, tablets.strength)) for each in (limits.HEAVY_TABLET, limits.LIGHT_TABLET)
    )
    return EnoughForPortion(
        least=None if least <= tablets.drug_held else up_to_step(least, step),
        enough=up_to_step(enough, step),
        never=least > heaviest,
        likely=least <= lightest,
    )
