"""The source of a liquid: whole tablets, all of whose powder is used; otherwise a weighed portion."""

from __future__ import annotations

from calc.arithmetic.units import MG, RATIO, TABLET, Figure, figure
from calc.faults import StopCode
from calc.liquid.order import LiquidOrder
from calc.orders.sources import PELLETS, POWDERS, CapsuleSource, Counted
from calc.planning.codes import StepCode
from calc.planning.crushing import (
    all_recovered,
    few,
    labeled_strength,
    likely_mass,
    mass_of_crushed,
    net_content,
    not_above_what_there_was,
    number_crushed,
    weighed_on_the_day,
)
from calc.planning.parts import DrugSource, Tablets
from calc.planning.source import least_weighable, of_bulk, of_tablets
from calc.planning.work import Work
from calc.rules import tablets as rules


def source_of(order: LiquidOrder, needed: Figure, work: Work) -> tuple[DrugSource, bool]:
    """Return the tablets or bulk powder for the drug needed, and True if they are whole tablets, used unweighed."""
    source = order.source
    if isinstance(source, POWDERS):
        return of_bulk(order, source, needed, work), False
    strength = labeled_strength(source)
    exact = work.run(StepCode.TABLETS_EXACT, rules.tablets_exact, needed, strength)
    number = exact if order.tablets_used is not None else _number_used_whole(order, source, needed, exact)
    if number is not None:
        return _whole(order, source, needed, number, work), True
    _whole_pellets(source, work)
    return of_tablets(order, source, needed, exact, work), False


def _whole_pellets(source: Counted, work: Work) -> None:
    """Stop pellets of which a part would be weighed: no two grains are alike, and only all of them are the label's."""
    pellets = isinstance(source, CapsuleSource) and source.contents == PELLETS
    if pellets and StopCode.PELLETS not in {stop.code for stop in work.stops}:
        work.stop(StopCode.PELLETS, "source.contents", PELLETS)


def _number_used_whole(order: LiquidOrder, source: Counted, needed: Figure, exact: Figure) -> Figure | None:
    """Return the tablets if the drug needed is just that of those crushed, so that nothing is weighed; else None."""
    crushed = source.tablets_crushed
    if crushed is None and weighed_on_the_day(order, source) and source.tablets_weighed is not None:
        crushed = number_crushed(order, source, needed, figure(source.tablets_weighed, TABLET))
    return exact if exact.denominator == 1 and crushed in (None, exact.numerator) else None


def _whole(order: LiquidOrder, source: Counted, needed: Figure, count: Figure, work: Work) -> DrugSource:
    """Return all of the powder of `count` tablets; their mass, if entered, only has to be plausible."""
    strength = labeled_strength(source)
    few(source, count, work)
    if weighed_on_the_day(order, source) and source.total_mass is not None and source.tablets_weighed is not None:
        total, weighed = source.total_mass.to(MG), figure(source.tablets_weighed, TABLET)
        net_content(source, work)
        likely_mass(source, total, weighed, strength, work)
        expected, crushed = mass_of_crushed(source, count, total, weighed, work)
        if source.recovered_mass is not None:
            all_recovered(source.recovered_mass.to(MG), crushed or expected, work)
    tablets = Tablets(
        number=count.numerator,
        need=count.numerator,
        weighed=None,
        strength=strength,
        exact=count,
        share=figure(1, RATIO),
        drug_held=needed,
        drug_left_over=figure(0, MG),
        total_mass=None,
        one_tablet=None,
        expected_mass=None,
        crushed_mass=None,
    )
    not_above_what_there_was(order, source, tablets)
    # Nothing is weighed, so no step shows the working of the balance's own limit.
    least = least_weighable(order.balance, Work(work.readability))
    return DrugSource(needed, tablets, None, None, None, None, least)
