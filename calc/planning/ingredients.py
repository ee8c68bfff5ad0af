"""The ingredients of a batch: how much of each is weighed or measured, and whether this balance may weigh so little."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from calc.arithmetic.formula import Formula
from calc.arithmetic.notation import significant
from calc.arithmetic.rounding import to_step, total
from calc.arithmetic.units import CAPSULE, MG, MG_PER_CAPSULE, ML, Figure, figure, same_kind
from calc.drug import Drug
from calc.faults import StopCode
from calc.orders.base import AnyOrder
from calc.orders.ingredients import BATCH, Ingredient, LiquidIngredient
from calc.planning.codes import Rounding, StepCode, WeighingName
from calc.planning.parts import OnBalance, Weighing
from calc.planning.work import Step, Work
from calc.rules import ingredients as rules
from calc.rules.beyond_use import LimitedBy

#: What an amount "for 100 mL" is stated for.
STATED_FOR = figure(100, ML)


class IngredientUsed(NamedTuple):
    """One ingredient of a batch: its place in the order, and its amount, exact and as it is weighed or measured."""

    place: int
    name: str
    role: str
    amount: OnBalance

    @property
    def is_measured(self) -> bool:
        """True for a liquid, which is measured; others are weighed."""
        return self.amount.exact.unit is ML


def avoid(items: Sequence[Ingredient | LiquidIngredient], drug: Drug | None, work: Work) -> None:
    """Stop the first ingredient that is named like a diluent which the drug's file says to avoid.

    One reason is for all of that name, which may be several lots.
    """
    for avoided in drug.diluents_to_avoid if drug is not None else ():
        places = (place for place, item in enumerate(items) if item.name.casefold() == avoided.name.casefold())
        for place in itertools.islice(places, 1):
            facts = {"text": avoided.text, "evidence": avoided.evidence}
            work.stop(StopCode.DILUENT_TO_AVOID, f"ingredients.{place}.name", items[place].name, **facts)


def ingredients_used(
    items: Sequence[Ingredient | LiquidIngredient], whole: Figure, least: Figure, work: Work
) -> tuple[IngredientUsed, ...]:
    """Return the ingredients of a batch of so many capsules, or of a whole volume; stop what is too little to weigh."""
    used = tuple(
        IngredientUsed(place, item.name, item.role, _amount(item, whole, work)) for place, item in enumerate(items)
    )
    for each in used:
        mass = each.amount.exact
        if not each.is_measured and mass < least:
            facts = {"name": each.name, "mass": mass, "least": least}
            field, value = f"ingredients.{each.place}.amount", value_of_amount(mass)
            work.stop(StopCode.INGREDIENT_BELOW_LEAST, field, value, **facts)
    return used


def value_of_amount(mass: Figure) -> str:
    """Return the mass of an ingredient in a batch as the value of a stop."""
    return f"{significant(mass.value, 4)} mg"


def _amount(item: Ingredient | LiquidIngredient, whole: Figure, work: Work) -> OnBalance:
    """Return the amount for the batch: as typed, or what follows from the amount for a capsule or for 100 mL."""
    typed = item.amount.to(MG if same_kind(item.amount.unit, MG) else ML)
    if item.per == BATCH:
        return _rounded(typed, work)
    given: tuple[Figure, ...] = typed, STATED_FOR, whole
    formula: Formula[Any] = rules.liquid_in_volume if typed.unit is ML else rules.ingredient_in_volume
    if whole.unit is CAPSULE:
        given, formula = (typed.read_as(MG_PER_CAPSULE), whole), rules.ingredient_in_capsules
    amount = _rounded(formula.compute(*given), work)
    how, shown = (None, None) if typed.unit is ML else (Rounding.HALF_UP, amount.shown)
    work.steps.append(Step(StepCode.INGREDIENT_AMOUNT, formula, given, amount.exact, how, shown, item.name))
    return amount


def _rounded(amount: Figure, work: Work) -> OnBalance:
    return OnBalance(amount, amount if amount.unit is ML else to_step(amount, work.readability))


def weighed_together(used: Sequence[IngredientUsed]) -> Figure:
    """Return the mass of all ingredients that are weighed, as they are weighed."""
    return total((each.amount.shown for each in used if not each.is_measured), MG)


def weighings_of(used: Sequence[IngredientUsed], least: Figure) -> tuple[Weighing, ...]:
    """Return the weighings of the ingredients, in the order in which they were given."""
    return tuple(
        Weighing(WeighingName.INGREDIENT, each.amount.exact, least, each.amount.shown)
        for each in used
        if not each.is_measured
    )


def dates_of(order: AnyOrder) -> tuple[tuple[LimitedBy, date | None], ...]:
    """Return the expiries of ingredients as limits of a date."""
    return tuple([("ingredient", expiry) for _, expiry in order.expiries_of_ingredients])
