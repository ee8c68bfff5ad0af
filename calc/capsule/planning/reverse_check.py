"""The reverse check: the dose of a capsule computed back from the printed figures."""

from __future__ import annotations

from collections.abc import Sequence

from calc.arithmetic import rounding
from calc.arithmetic.units import MG, TABLET, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Fill, Powder, ReverseCheck, Trituration
from calc.drug import Drug
from calc.planning.basis import as_ordered
from calc.planning.codes import FillRule, StepCode
from calc.planning.ingredients import weighed_together
from calc.planning.work import CheckFailed, Work, capsule_step
from calc.rules import checks
from calc.rules import ingredients as of_ingredients
from calc.rules import tablets as tablet_rules
from calc.rules import triturations as trituration_rules

#: Where no ingredient is weighed.
_NONE = figure(0, MG)


def computed_back(
    order: Order,
    drug: Drug | None,
    powder: Powder,
    triturations: tuple[Trituration, ...],
    fill: Fill,
    work: Work,
) -> ReverseCheck | None:
    """Return the dose computed back from the printed figures. Raises `CheckFailed` if rounding does not explain it."""
    taken = triturations[-1].take if triturations else powder.portion
    strength = _strength_as_printed(powder, triturations)
    if fill.diluent is None or fill.fill_mass is None or taken is None or strength is None:
        return None
    if fill.rule is FillRule.ESTIMATE:
        return None
    step = capsule_step(work.readability)
    printed_fill = rounding.to_step(fill.fill_mass, step)
    diluent, others = fill.diluent.shown, _NONE
    if fill.beside is not None:
        others = weighed_together(fill.beside.used)
        diluent = work.run(StepCode.DILUENT_AND_INGREDIENTS, of_ingredients.diluent_and_ingredients, diluent, others)
    mixed = taken.shown, diluent, printed_fill
    tablets = powder.tablets
    if tablets is not None and tablets.weighed and tablets.total_mass is not None and not triturations:
        of_tablets = tablets.strength, figure(tablets.weighed, TABLET), tablets.total_mass
        dose = work.run(StepCode.DOSE_COMPUTED_BACK, checks.dose_computed_back, *of_tablets, *mixed)
    else:
        dose = work.run(StepCode.DOSE_COMPUTED_BACK, checks.dose_from_powder, strength, *mixed)
    deviation = work.run(StepCode.DOSE_DEVIATION, checks.dose_deviation, dose, powder.dose_as_labeled)
    blend = rounding.total((taken.shown, diluent), MG)
    of_others = () if fill.beside is None else fill.beside.used
    most = rounding.combined(
        (work.readability, taken.shown),
        (work.readability, blend),
        (work.readability, blend),
        *[(work.readability, blend)] * len(of_others),
        (step, printed_fill),
    )
    if rounding.size_of(deviation) > most:
        raise CheckFailed("the dose computed back differs from the dose ordered by more than the printed roundings")
    dose = as_ordered(order, drug, dose, tablet_rules.dose_as_labelled)
    return ReverseCheck(dose, deviation, taken.shown, fill.diluent.shown, others)


def _strength_as_printed(powder: Powder, triturations: Sequence[Trituration]) -> Figure | None:
    """Return the drug in one part of the final portion or aliquot, from printed masses; None while not known."""
    strength, tablets = powder.strength, powder.tablets
    if tablets is not None and powder.known and triturations and triturations[0].all_of_it:
        # Whole tablets: what they weigh does not matter, only what they were made up to.
        number, whole, *triturations = figure(tablets.number, TABLET), *triturations
        strength = trituration_rules.strength_of_powder(number, tablets.strength, whole.total)
    for trituration in triturations:
        if strength is not None and trituration.weigh is not None:
            strength = trituration_rules.strength_after(strength, trituration.weigh, trituration.total)
    return strength
