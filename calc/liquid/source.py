"""The source of a liquid: whole tablets, all of whose powder is used; otherwise a weighed portion."""

from __future__ import annotations

from calc.arithmetic.units import MG, RATIO, Figure, figure
from calc.liquid.order import LiquidOrder
from calc.orders.parts import Bulk, TabletSource
from calc.planning.codes import StepCode
from calc.planning.parts import DrugSource, Tablets
from calc.planning.source import (
    labeled_strength,
    least_weighable,
    likely_mass,
    of_bulk,
    of_tablets,
    powder_recovered,
    weighed_on_the_day,
)
from calc.planning.work import Work
from calc.rules import tablets as rules


def source_of(order: LiquidOrder, needed: Figure, work: Work) -> tuple[DrugSource, bool]:
    """Return the tablets or bulk powder for the drug needed, and True if they are whole tablets, used unweighed."""
    source = order.source
    if isinstance(source, Bulk):
        return of_bulk(order, source, needed, work), False
    strength = labeled_strength(source)
    exact = work.run(StepCode.TABLETS_EXACT, rules.tablets_exact, needed, strength)
    if exact.value.denominator == 1 and _none_weighed_or_as_many(order, source, exact):
        return _whole(order, source, needed, exact, work), True
    return of_tablets(order, source, needed, exact, work), False


def _none_weighed_or_as_many(order: LiquidOrder, source: TabletSource, exact: Figure) -> bool:
    return not weighed_on_the_day(order, source) or source.tablets_weighed == exact.value


def _whole(order: LiquidOrder, source: TabletSource, needed: Figure, count: Figure, work: Work) -> DrugSource:
    """Return all of the powder of `count` tablets; their mass, if entered, only has to be plausible."""
    strength = labeled_strength(source)
    if weighed_on_the_day(order, source) and source.total_mass is not None:
        total = source.total_mass.to(MG)
        likely_mass(total, count, strength, work)
        if source.recovered_mass is not None:
            # Powder left in the mortar is missing from the liquid, unless it is rinsed into it.
            powder_recovered(source.recovered_mass.to(MG), total, work, all_used=True)
    tablets = Tablets(
        number=int(count.value),
        strength=strength,
        exact=count,
        share=figure(1, RATIO),
        drug_held=needed,
        drug_left_over=figure(0, MG),
        total_mass=None,
        one_tablet=None,
    )
    # Nothing is weighed, so no step shows the working of the balance's own limit.
    least = least_weighable(order.balance, Work(work.readability))
    return DrugSource(needed, tablets, None, None, None, None, least)
