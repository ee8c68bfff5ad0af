"""What leaves with the batch: the band of a capsule's mass, the dose computed back, things to weigh, dates, offers."""

from __future__ import annotations

from calc.arithmetic import rounding
from calc.arithmetic.units import MG, TABLET, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Fill, Powder, ReverseCheck, Trituration
from calc.drug import Drug
from calc.planning.basis import as_ordered
from calc.planning.codes import FillRule, StepCode
from calc.planning.source import printed_total
from calc.planning.work import CheckFailed, Work, capsule_step
from calc.rules import checks
from calc.rules import tablets as tablet_rules
from calc.rules import triturations as trituration_rules


def computed_back(
    order: Order,
    drug: Drug | None,
    powder: Powder,
    triturations: tuple[Trituration, ...],
    fill: Fill,
    work: Work,
) -> ReverseCheck | None:
    """The dose computed back from the printed figures; raises `CheckFailed` where rounding does not explain it."""
    taken = triturations[-1].take if triturations else powder.portion
    strength = _strength_as_printed(powder, triturations, work)
    if fill.diluent is None or fill.fill_mass is None or taken is None or strength is None:
        return None
    if fill.rule is FillRule.ESTIMATE:
        return None
    step = capsule_step(work.readability)
    printed_fill = rounding.to_step(fill.fill_mass, step)
    mixed = taken.shown, fill.diluent.shown, printed_fill
    total = printed_total(powder, work)
    if powder.tablets is not None and total is not None and not triturations:
        of_tablets = powder.tablets.strength, figure(powder.tablets.number, TABLET), total
        found = work.run(StepCode.DOSE_COMPUTED_BACK, checks.dose_computed_back, *of_tablets, *mixed)
    else:
        found = work.run(StepCode.DOSE_COMPUTED_BACK, checks.dose_from_powder, strength, *mixed)
    deviation = work.run(StepCode.DOSE_DEVIATION, checks.dose_deviation, found, powder.dose_as_labelled)
    blend = rounding.total((taken.shown, fill.diluent.shown), MG)
    most = rounding.combined(
        *(() if total is None else ((work.readability, total),)),
        (work.readability, taken.shown),
        (work.readability, blend),
        (work.readability, blend),
        (step, printed_fill),
    )
    if rounding.size_of(deviation) > most:
        raise CheckFailed("the dose computed back differs from the dose ordered by more than the printed roundings")
    found = as_ordered(order, drug, found, tablet_rules.dose_as_labelled)
    return ReverseCheck(found, deviation, taken.shown, fill.diluent.shown)


def _strength_as_printed(powder: Powder, triturations: tuple[Trituration, ...], work: Work) -> Figure | None:
    """Drug in one part of what is taken for the capsules, from the masses as printed; None while it is not known."""
    strength = powder.strength
    if powder.tablets is not None:
        total = printed_total(powder, work)
        if total is None:
            return None
        number = figure(powder.tablets.number, TABLET)
        strength = trituration_rules.strength_of_powder(number, powder.tablets.strength, total)
    for made in triturations:
        if strength is not None and made.weigh is not None:
            strength = trituration_rules.strength_after(strength, made.weigh, made.total)
    return strength
