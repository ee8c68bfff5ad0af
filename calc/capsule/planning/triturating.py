"""The trituration that replaces a portion too small for the balance (section 3 of the rules)."""

from __future__ import annotations

from dataclasses import replace

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.notation import significant
from calc.arithmetic.units import CAPSULE, MG, TABLET, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Fill, Powder, Trituration
from calc.capsule.planning.diluting import dilutions_before_weighing, dilutions_of, powder_strength
from calc.capsule.planning.filling import blend_of_batch
from calc.capsule.planning.particles import judge_particles
from calc.capsule.planning.powder import batch_of
from calc.faults import NoticeCode, StopCode
from calc.orders.sources import is_common
from calc.planning.codes import StepCode
from calc.planning.parts import OnBalance
from calc.planning.work import Work
from calc.rules import tablets as tablet_rules
from calc.rules import triturations as rules
from calc.rules.dilutions import Dilution


def triturate(order: Order, powder: Powder, fill: Fill, work: Work) -> tuple[Powder, tuple[Trituration, ...]]:
    """Return the powder with its portion, or without it and with the trituration that replaces it.

    If neither can be weighed, the stop names the smallest quantity that can be made on this balance. While the tablets
    are not weighed, the trituration is returned that tablets too light for a portion would need.
    """
    portion, effect = powder.portion, powder.rounding_effect
    judge_particles(order, powder, work)
    if powder.all_used:
        return powder, ()
    if portion is None or effect is None:
        # Of tablets that are common to other batches none is crushed in the diluent of one.
        return powder, () if is_common(order.source) else _before_weighing(powder, fill, work)
    if portion.exact >= powder.least and rounding.size_of(effect) <= limits.ROUNDING_EFFECT.value:
        return powder, ()
    dilutions = dilutions_of(powder, order, powder.batch, fill, work)
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
    _light(powder, triturations, work)
    last = triturations[-1].take
    effect = tablet_rules.deviation(last.shown, last.exact)
    blend = blend_of_batch(powder.batch, fill)
    if blend is not None and last.exact > blend:
        work.notice(NoticeCode.ALIQUOT_ABOVE_ESTIMATE, take=last.shown, blend=blend, size=order.capsule.size)
    return replace(powder, portion=None, rounding_effect=effect), triturations


def _worked_out(powder: Powder, dilutions: tuple[Dilution, ...], work: Work) -> list[Trituration]:
    """Return each step with its shown work. Of whole tablets the drug is known by the label, whatever they weigh."""
    drug, tablets = powder.strength, powder.tablets
    whole = dilutions[0].all_of_it
    if tablets is not None and tablets.weighed is not None and tablets.total_mass is not None and not whole:
        inputs = figure(tablets.weighed, TABLET), tablets.strength, tablets.total_mass
        drug = work.run(StepCode.STRENGTH_OF_POWDER, rules.strength_of_powder, *inputs)
    triturations = []
    for index, step in enumerate(dilutions, start=1):
        diluent = None
        if step.weigh is not None:
            diluent = work.weigh(StepCode.TRITURATION_DILUENT, rules.diluent_to_total, step.total, step.weigh)
        if tablets is not None and step.all_of_it:
            inputs = figure(tablets.number, TABLET), tablets.strength, step.total
            drug = work.run(StepCode.STRENGTH_AFTER, rules.strength_of_powder, *inputs)
        elif drug is not None and step.weigh is not None:
            drug = work.run(StepCode.STRENGTH_AFTER, rules.strength_after, drug, step.weigh, step.total)
        else:
            raise TypeError("a trituration begins with whole tablets, or with powder of a known strength")
        take = OnBalance(step.take, step.take_shown)
        if index == len(dilutions):
            take = work.weigh(StepCode.ALIQUOT, rules.aliquot, powder.drug_needed, drug)
            if powder.known:
                work.run(StepCode.ROUNDING_EFFECT, tablet_rules.deviation, take.shown, take.exact)
        triturations.append(Trituration(step.weigh, step.all_of_it, diluent, step.total, take, drug))
    return triturations


def _light(powder: Powder, triturations: tuple[Trituration, ...], work: Work) -> None:
    """Give notice if powder that bears drug is weighed close to the least weighable quantity."""
    weighed = [step.take.exact for step in triturations]
    if triturations[0].weigh is not None and not triturations[0].all_of_it:
        weighed.append(triturations[0].weigh)
    lightest = min(weighed)
    enough = rules.made_up_to(limits.WELL_ABOVE_LEAST.value, powder.least)
    if lightest < enough:
        work.notice(NoticeCode.ALIQUOT_LIGHT, mass=lightest, least=powder.least, enough=enough)


def _stop(order: Order, powder: Powder, fill: Fill, portion: OnBalance, effect: Figure, work: Work) -> None:
    """Stop the order: neither the portion nor any trituration of it can be weighed."""
    larger = _larger_quantity(order, powder, fill, work)
    if portion.exact < powder.least:
        value = f"{significant(portion.exact, 4)} mg"
        facts = {
            "what": "portion",
            "mass": portion.exact,
            "least": powder.least,
            **larger,
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
            **larger,
        )


def _larger_quantity(order: Order, powder: Powder, fill: Fill, work: Work) -> dict[str, Figure | None]:
    """Return the next larger quantity that can be made on this balance, or None if there is none, as facts of a stop.

    The search begins where a trituration could first reach the least weighable quantity. It looks for so many
    triturations and no more; with none among them it has no facts to tell.
    """
    strength, most = powder_strength(powder), limits.RANGES["quantity"].high
    ratio = min(limits.TRITURATION_RATIO.value.value, limits.TRITURATION_TOTAL.value.to(MG).value / powder.least.value)
    reach = ratio ** int(limits.TRITURATION_STEPS.value.value)
    needed_now = rules.aliquot(powder.drug_needed, strength).value
    begin = max(order.quantity + 1, int(order.quantity * powder.least.value / (reach * needed_now)))
    recovered, looked = order.source.recovered_mass, int(limits.QUANTITIES_LOOKED_AT.value.value)
    for quantity in range(begin, int(most.value) + 1):
        batch = batch_of(order, quantity)
        needed = tablet_rules.drug_needed(powder.dose_as_labeled, figure(batch, CAPSULE))
        if powder.tablets is not None and needed > powder.tablets.drug_held:
            break
        exact = rules.aliquot(needed, strength)
        shown = rounding.to_step(exact, work.readability)
        if recovered is not None and rounding.larger(exact, shown) > recovered:
            break
        effect = tablet_rules.deviation(shown, exact)
        if exact >= powder.least and rounding.size_of(effect) <= limits.ROUNDING_EFFECT.value:
            return {"smallest": figure(quantity, CAPSULE), "most_capsules": most}
        if quantity - begin >= looked:
            return {}
        if dilutions_of(powder, order, batch, fill, work):
            return {"smallest": figure(quantity, CAPSULE), "most_capsules": most}
    return {"smallest": None, "most_capsules": most}


def _before_weighing(powder: Powder, fill: Fill, work: Work) -> tuple[Trituration, ...]:
    """Return the trituration of tablets that turn out too light for a portion, if likely tablets would need one."""
    tablets = powder.tablets
    if tablets is None:
        return ()
    below = rules.least_powder(powder.least, tablets.share)
    if below <= tablets.drug_held:
        return ()
    work.notice(NoticeCode.TRITURATION_POSSIBLE, below=below)
    dilutions = dilutions_before_weighing(powder, tablets, below, fill, work)
    if not dilutions:
        return ()
    triturations = tuple(_worked_out(powder, dilutions, work))
    _light(powder, triturations, work)
    return triturations
