"""The ingredients of capsules: their mass in one capsule, and what room they take in it."""

from __future__ import annotations

from calc import limits
from calc.arithmetic.notation import significant
from calc.arithmetic.rounding import total
from calc.arithmetic.units import CAPSULE, MG, MG_PER_CAPSULE, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Beside, Powder
from calc.drug import Drug
from calc.faults import NoticeCode, StopCode
from calc.planning.codes import StepCode
from calc.planning.ingredients import avoid, ingredients_used
from calc.planning.work import Work, per_capsule
from calc.rules import capsules
from calc.rules import ingredients as rules


def beside_powder(order: Order, drug: Drug | None, powder: Powder, work: Work) -> Beside | None:
    """Return the ingredients of the batch as one capsule holds them; None if there are none."""
    if not order.ingredients:
        return None
    avoid(order.ingredients, drug, work)
    batch = figure(powder.batch, CAPSULE)
    used = ingredients_used(order.ingredients, batch, powder.least, work)
    exact = total((each.amount.exact for each in used), MG)
    together = work.run(StepCode.INGREDIENTS_PER_CAPSULE, rules.ingredient_per_capsule, exact, batch)
    packed, unpacked, first = [], figure(0, MG_PER_CAPSULE), None
    for each, item in zip(used, order.ingredients, strict=True):
        mass = rules.ingredient_per_capsule(each.amount.exact, batch)
        if item.packing_statistic is not None:
            packed.append((each.name, mass, per_capsule(item.packing_statistic)))
        else:
            unpacked, first = rules.powders_per_capsule(unpacked, mass), each.place if first is None else first
    return Beside(used, together, tuple(packed), unpacked, first)


def room_beside(beside: Beside, share: Figure, work: Work) -> Figure:
    """Return the part of a capsule that powder and ingredients take together, with its shown work."""
    for name, mass, statistic in beside.packed:
        work.run(StepCode.ROOM_OF_INGREDIENT, rules.room_of_ingredient, mass, statistic, about=name)
    return work.run(StepCode.ROOM_OF_POWDERS, rules.room_of_powders, share, beside.room)


def like_the_diluent(beside: Beside, of_diluent: Figure) -> Beside:
    """Return the ingredients with those that nobody measured taken to pack like the diluent, as an estimate does."""
    return beside._replace(packed=(*beside.packed, ("", beside.unpacked, of_diluent)), first=None)


def neglect(beside: Beside, fill_mass: Figure, work: Work) -> None:
    """Give notice of ingredients whose room nobody measured and that count as taking none; stop more than a few."""
    if beside.first is None:
        return
    share = capsules.share_of_blend(beside.unpacked, fill_mass)
    facts = {"share": share, "most": limits.NEGLECTED.value}
    if share > limits.NEGLECTED.value:
        field, value = f"ingredients.{beside.first}.packing_statistic", f"{significant(share.value * 100, 3)} %"
        work.stop(StopCode.INGREDIENTS_NOT_PACKED, field, value, **facts)
    else:
        work.notice(NoticeCode.INGREDIENTS_NEGLECTED, **facts)
