"""The powder in 1 mL of a liquid: more than a liquid can carry was probably typed with another point or unit."""

from __future__ import annotations

from collections.abc import Sequence

from calc import limits
from calc.arithmetic.rounding import total
from calc.arithmetic.units import MG, ML, TABLET, Figure, figure
from calc.faults import NoticeCode, StopCode
from calc.liquid.order import LiquidOrder
from calc.liquid.ordered import field_of_strength, in_one_ml, value_of_strength
from calc.orders.sources import COUNTED
from calc.planning.crushing import weighed_on_the_day
from calc.planning.ingredients import IngredientUsed, value_of_amount
from calc.planning.parts import DrugSource
from calc.planning.work import Work
from calc.rules import liquids as rules
from calc.rules import tablets


def solids(order: LiquidOrder, source: DrugSource, strength: Figure, work: Work) -> None:
    """Give notice of much powder in 1 mL, and stop more; nothing is known of tablets that are not weighed."""
    powder = _powder(order, source)
    if powder is None:
        return
    in_one = rules.powder_in_one_ml(powder, order.volume.to(ML))
    notice, high, most = (bound.value for bound in (limits.SOLIDS_NOTICE, limits.SOLIDS_HIGH, limits.SOLIDS_MOST))
    field, value = field_of_strength(order), value_of_strength(order)
    facts = {"strength": in_one_ml(order, strength), "powder": figure(in_one.value, MG)}
    if in_one > notice:
        work.notice(NoticeCode.SOLIDS_NOTICE, **facts)
    if in_one > most:
        work.stop(StopCode.SOLIDS_ABOVE_MOST, field, value, most=figure(most.value, MG), **facts)
    elif in_one > high:
        work.stop(StopCode.SOLIDS_HIGH, field, value, most=figure(high.value, MG), **facts)


def with_ingredients(order: LiquidOrder, source: DrugSource, used: Sequence[IngredientUsed], work: Work) -> None:
    """Stop more than a liquid can hold of ingredients that are weighed, with the source's powder if it is known."""
    weighed = [each for each in used if not each.is_measured]
    powder, volume, most = _powder(order, source) or figure(0, MG), order.volume.to(ML), limits.SOLIDS_MOST.value
    if not weighed or rules.powder_in_one_ml(powder, volume) > most:
        return
    in_all = total((powder, *(each.amount.exact for each in weighed)), MG)
    in_one = rules.powder_in_one_ml(in_all, volume)
    if in_one > most:
        heaviest = max(weighed, key=lambda each: each.amount.exact.value)
        facts = {"name": heaviest.name, "powder": figure(in_one.value, MG), "most": figure(most.value, MG)}
        value = value_of_amount(heaviest.amount.exact)
        work.stop(StopCode.INGREDIENTS_ABOVE_MOST, f"ingredients.{heaviest.place}.amount", value, **facts)


def _powder(order: LiquidOrder, source: DrugSource) -> Figure | None:
    """Return the mass of the powder in the whole liquid; None for tablets that were not weighed on the day."""
    if source.needed is not None or source.tablets is None:
        return source.needed
    weighed = order.source
    if not isinstance(weighed, COUNTED) or not weighed_on_the_day(order, weighed):
        return None
    if weighed.total_mass is None or weighed.tablets_weighed is None:
        return None
    number = figure(weighed.tablets_weighed, TABLET)
    return tablets.portion(source.drug_needed, weighed.total_mass.to(MG), number, source.tablets.strength)
