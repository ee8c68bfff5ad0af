"""The order of work of a titration: what is entered in each of its steps, for all batches together."""

from __future__ import annotations

from collections.abc import Iterator

from calc.capsule.sheet.workbench import filled
from calc.drug import Drug
from calc.sheet import workbench
from calc.sheet.lines import Progress, Question
from calc.sheet.names import count_said
from calc.titration.plan import TitrationPlan
from calc.wording import titration as own
from calc.wording import workbench as words
from calc.wording.figures import drug_said, said, strength_said


def progress(plan: TitrationPlan, drug: Drug | None, questions: tuple[Question, ...]) -> Iterator[Progress]:
    """Yield what is entered in each step of the order of work; tablets are weighed in the plan of each batch."""
    order = plan.titration.order
    weigh, source = (words.NOT_TO_WEIGH, words.NOT_TO_WEIGH_HINT), words.FROM_BULK
    if order.source.strength is not None:
        weigh = (own.BY_BATCH, own.BY_BATCH_HINT)
        source = words.FROM_TABLETS.format(strength=strength_said(order.source.strength))
    yield workbench.ordered(drug, questions, _schedule(plan), source)
    yield Progress("weigh", *weigh, done=True)
    yield _filled(plan)
    yield workbench.release(questions, dict.fromkeys(order.unknown_expiries))


def _schedule(plan: TitrationPlan) -> str:
    first, last = (drug_said(step.dose, plan.ways[0].unit) for step in (plan.steps[0], plan.steps[-1]))
    text = own.STEPS_OF_ONE if len(plan.steps) == 1 else own.STEPS_OF
    return text.format(count=count_said(len(plan.steps)), first=first, last=last)


def _filled(plan: TitrationPlan) -> Progress:
    """Return what is known of the fill, by the first batch that has a plan: capsule and powders are those of all."""
    capsule = plan.titration.order.capsule
    made = next((batch.plan for way in plan.ways for batch in way.batches if batch.plan is not None), None)
    if made is not None:
        return filled(made, "" if capsule.fill_mass is None else said(capsule.fill_mass))
    size = words.NO_SIZE if capsule.size is None else words.OF_SIZE.format(size=capsule.size)
    return Progress("fill", size, words.NOT_PACKED, done=False)
