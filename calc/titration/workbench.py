"""The order of work of a titration: what is entered in each of its steps, for all batches together."""

from __future__ import annotations

from collections.abc import Iterator

from calc.answers.writer import Writer
from calc.arithmetic.units import MG, Unit
from calc.capsule.sheet.workbench import filled
from calc.drug import Drug
from calc.orders.base import AnyOrder
from calc.sheet import workbench
from calc.sheet.lines import Progress, Question
from calc.sheet.names import count_said, tablets_said
from calc.titration.plan import DatedStep, TitrationPlan
from calc.titration.schedule import Titration
from calc.wording import page
from calc.wording import titration as own
from calc.wording import workbench as words
from calc.wording.figures import drug_said, said, strength_said


def progress(plan: TitrationPlan, drug: Drug | None, questions: tuple[Question, ...]) -> Iterator[Progress]:
    """Yield what is entered in each step of the order of work, of a titration as capsules."""
    order = plan.titration.order
    for entered in schedule_entered(plan.steps, plan.ways[0].unit, order, drug, questions):
        yield _weighed(plan.titration, entered) if entered.key == "weigh" else entered
    yield _filled(plan)
    yield workbench.release(questions, dict.fromkeys(order.unknown_expiries))


def schedule_entered(
    steps: tuple[DatedStep, ...], unit: Unit, order: AnyOrder, drug: Drug | None, questions: tuple[Question, ...]
) -> Iterator[Progress]:
    """Yield what is ordered, and that tablets are weighed in the plan of each batch."""
    weigh = words.NOT_TO_WEIGH, words.NOT_TO_WEIGH_HINT
    source = words.FROM_BULK.format(powder=page.COMPONENTS[order.source.component])
    if order.source.strength is not None:
        weigh = (own.BY_BATCH, own.BY_BATCH_HINT)
        source = words.FROM_TABLETS.format(strength=strength_said(order.source.strength))
    first, last = (drug_said(step.dose, unit) for step in (steps[0], steps[-1]))
    text = own.STEPS_OF_ONE if len(steps) == 1 else own.STEPS_OF
    yield workbench.ordered(drug, questions, text.format(count=count_said(len(steps)), first=first, last=last), source)
    yield Progress("weigh", *weigh, done=True)


def _weighed(titration: Titration, by_batch: Progress) -> Progress:
    """Return the tablets weighed for all batches; `by_batch` if none were."""
    common = titration.common_powder
    if common is None:
        return by_batch
    mass = Writer(titration.order.balance.readability).as_it_is(common.total_mass.to(MG))["text"]
    weighed = words.WEIGHED.format(tablets=tablets_said(common.tablets_weighed), mass=mass)
    return Progress("weigh", weighed, own.WEIGHED_FOR_ALL, done=True)


def _filled(plan: TitrationPlan) -> Progress:
    """Return what is known of the fill, by the first batch that has a plan: capsule and powders are those of all."""
    capsule = plan.titration.order.capsule
    made = next((batch.plan for way in plan.ways for batch in way.batches if batch.plan is not None), None)
    if made is not None:
        return filled(made, "" if capsule.fill_mass is None else said(capsule.fill_mass))
    size = words.NO_SIZE if capsule.size is None else words.OF_SIZE.format(size=capsule.size)
    return Progress("fill", size, words.NOT_PACKED, done=False)
