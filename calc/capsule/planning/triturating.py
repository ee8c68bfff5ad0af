"""The trituration that replaces a portion too small for the balance (section 3 of the rules)."""

from __future__ import annotations

from dataclasses import replace

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.notation import significant
from calc.arithmetic.units import CAPSULE, MG, RATIO, TABLET, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Fill, Powder, Trituration
from calc.capsule.planning.filling import blend_of_batch
from calc.capsule.planning.powder import batch_of
from calc.faults import NoticeCode, StopCode
from calc.planning.codes import FillRule, StepCode
from calc.planning.parts import OnBalance
from calc.planning.source import loss_in_reserve
from calc.planning.work import Work
from calc.rules import tablets as tablet_rules
from calc.rules import triturations as rules


def triturate(order: Order, powder: Powder, fill: Fill, work: Work) -> tuple[Powder, tuple[Trituration, ...]]:
    """Return the powder with its portion, or without it and with the trituration that replaces it.

    If neither can be weighed, the stop names the smallest quantity that can be made on this balance. While the tablets
    are not weighed, one step that uses all of their powder is returned where it may be needed.
    """
    portion, effect = powder.portion, powder.rounding_effect
    if portion is None or effect is None:
        return powder, _before_weighing(powder, fill, work)
    if portion.exact >= powder.least and rounding.size_of(effect) <= limits.ROUNDING_EFFECT.value:
        return powder, ()
    dilutions = _search(order, powder, powder.drug_needed, _room(powder.batch, fill), work)
    if not dilutions:
        _stop(order, powder, fill, portion, effect, work)
        return powder, ()
    work.notice(
        NoticeCode.TRITURATION,
        portion=portion.exact,
        least=powder.least,
        step=work.readability,
    )
    triturations = tuple(_worked_out(powder, dilutions, work))
    last = triturations[-1].take
    effect = tablet_rules.deviation(last.shown, last.exact)
    blend = blend_of_batch(powder.batch, fill)
    if blend is not None and last.exact > blend:
        work.notice(NoticeCode.ALIQUOT_ABOVE_ESTIMATE, take=last.shown, blend=blend, size=order.capsule.size)
    return replace(powder, portion=None, rounding_effect=effect), triturations


def _bounds(least: Figure, room: Figure | None, work: Work) -> rules.Bounds:
    return rules.Bounds(
        step=work.readability,
        least=least,
        most_total=limits.TRITURATION_TOTAL.value,
        most_aliquot=room,
        most_ratio=int(limits.TRITURATION_RATIO.value.value),
        most_steps=int(limits.TRITURATION_STEPS.value.value),
        roundings=(figure(0, RATIO), limits.ROUNDING_SMALL.value, limits.ROUNDING_EFFECT.value),
    )


def _room(batch: int, fill: Fill) -> Figure | None:
    """Return the mass that the capsules of the batch hold together; None if it is unknown or an estimate."""
    return None if fill.rule is FillRule.ESTIMATE else blend_of_batch(batch, fill)


def _search(
    order: Order, powder: Powder, needed: Figure, room: Figure | None, work: Work
) -> tuple[rules.Dilution, ...]:
    """Return a trituration of the powder at hand whose aliquot holds the drug needed; empty if there is none."""
    bounds = _bounds(powder.least, room, work)
    all_powder, most = None, bounds.most_total
    if powder.tablets is not None and powder.tablets.total_mass is not None:
        all_powder = powder.tablets.total_mass
        most = tablet_rules.powder_after_loss(all_powder, loss_in_reserve(order))
        if order.source.recovered_mass is not None:
            all_powder = most = order.source.recovered_mass.to(MG)
    return rules.triturations(rules.aliquot(needed, _strength(powder)), all_powder, most, bounds)


def _strength(powder: Powder) -> Figure:
    if powder.strength is None:
        raise TypeError("a trituration is worked out once the mass of the powder is known")
    return powder.strength


def _worked_out(powder: Powder, dilutions: tuple[rules.Dilution, ...], work: Work) -> list[Trituration]:
    """Return each step with its shown work."""
    drug, tablets = _strength(powder), powder.tablets
    if tablets is not None and tablets.total_mass is not None:
        inputs = figure(tablets.number, TABLET), tablets.strength, tablets.total_mass
        drug = work.run(StepCode.STRENGTH_OF_POWDER, rules.strength_of_powder, *inputs)
    triturations = []
    for index, step in enumerate(dilutions, start=1):
        diluent = work.run(StepCode.TRITURATION_DILUENT, rules.diluent_to_total, step.total, step.weigh)
        drug = work.run(StepCode.STRENGTH_AFTER, rules.strength_after, drug, step.weigh, step.total)
        take = OnBalance(step.take, step.take_shown)
        if index == len(dilutions):
            take = work.weigh(StepCode.ALIQUOT, rules.aliquot, powder.drug_needed, drug)
            work.run(StepCode.ROUNDING_EFFECT, tablet_rules.deviation, take.shown, take.exact)
        triturations.append(Trituration(step.weigh, step.all_of_it, diluent, step.total, take, drug))
    return triturations


def _stop(order: Order, powder: Powder, fill: Fill, portion: OnBalance, effect: Figure, work: Work) -> None:
    """Stop the order: neither the portion nor any trituration of it can be weighed."""
    smallest = _smallest_quantity(order, powder, fill, work)
    if portion.exact < powder.least:
        value = f"{significant(portion.exact, 4)} mg"
        facts = {
            "what": "portion",
            "mass": portion.exact,
            "least": powder.least,
            "smallest": smallest,
            "most_capsules": limits.RANGES["quantity"].high,
        }
        work.stop(StopCode.BELOW_LEAST_WEIGHABLE, "dose", value, **facts)
    if rounding.size_of(effect) > limits.ROUNDING_EFFECT.value:
        work.stop(
            StopCode.ROUNDING_ABOVE_LIMIT,
            "dose",
            f"{significant(effect.value * 100, 3)} %",
            exact=portion.exact,
            shown=portion.shown,
            effect=effect,
            most=limits.ROUNDING_EFFECT.value,
            smallest=smallest,
            most_capsules=limits.RANGES["quantity"].high,
        )


def _smallest_quantity(order: Order, powder: Powder, fill: Fill, work: Work) -> Figure | None:
    """Return the next larger quantity that can be made on this balance; None if there is none.

    The search begins where a trituration could first reach the least weighable quantity.
    """
    strength, most = _strength(powder), int(limits.RANGES["quantity"].high.value)
    reach = limits.TRITURATION_RATIO.value.value ** int(limits.TRITURATION_STEPS.value.value)
    needed_now = rules.aliquot(powder.drug_needed, strength).value
    begin = max(order.quantity + 1, int(order.quantity * powder.least.value / (reach * needed_now)))
    recovered = order.source.recovered_mass
    for quantity in range(begin, most + 1):
        batch = batch_of(order, quantity)
        needed = tablet_rules.drug_needed(powder.dose_as_labeled, figure(batch, CAPSULE))
        if powder.tablets is not None and needed > powder.tablets.drug_held:
            return None
        exact = rules.aliquot(needed, strength)
        shown = rounding.to_step(exact, work.readability)
        if recovered is not None and rounding.larger(exact, shown) > recovered:
            return None
        effect = tablet_rules.deviation(shown, exact)
        if exact >= powder.least and rounding.size_of(effect) <= limits.ROUNDING_EFFECT.value:
            return figure(quantity, CAPSULE)
        if _search(order, powder, needed, _room(batch, fill), work):
            return figure(quantity, CAPSULE)
    return None


def _before_weighing(powder: Powder, fill: Fill, work: Work) -> tuple[Trituration, ...]:
    """Return one step that uses all of the powder, if likely tablets would need it and one step suffices."""
    tablets = powder.tablets
    if tablets is None:
        return ()
    below = rules.least_powder(powder.least, tablets.share)
    if below <= tablets.drug_held:
        return ()
    work.notice(NoticeCode.TRITURATION_POSSIBLE, below=below)
    ratio, count = limits.TRITURATION_RATIO.value, figure(tablets.number, TABLET)
    heaviest = tablet_rules.drug_held(count, limits.HEAVY_TABLET.value)
    bounds = _bounds(powder.least, _room(powder.batch, fill) if fill.rule is FillRule.GIVEN else None, work)
    most = min(bounds.most_total.to(MG), rules.made_up_to(ratio, heaviest), rules.made_up_to(ratio, below))
    total = rules.one_step_of_whole(tablets.share, replace(bounds, most_total=most))
    if total is None:
        return ()
    drug = work.run(StepCode.STRENGTH_AFTER, rules.strength_of_powder, count, tablets.strength, total)
    take = work.weigh(StepCode.ALIQUOT, rules.aliquot, powder.drug_needed, drug)
    return (Trituration(None, all_of_it=True, diluent=None, total=total, take=take, strength_after=drug),)
