"""The workbench of a plan of capsules: the answer as four verbs with their figures, and the order of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from calc.answers.contract import Shown
from calc.capsule.contract import PlanShown
from calc.capsule.plan import Plan
from calc.capsule.planning.bench import is_measured, is_triturated
from calc.planning.codes import FillRule
from calc.sheet import workbench
from calc.sheet.lines import Progress, Question, Reading
from calc.sheet.names import amount_said, count_said, text_or
from calc.wording import page
from calc.wording import workbench as words
from calc.wording.figures import mass_said, said


def readout(plan: Plan, shown: PlanShown) -> Iterator[Reading]:
    """Yield the lines of the answer: what to crush, weigh out, add and fill into each capsule."""
    yield from workbench.crushed(plan, plan.powder)
    if is_triturated(plan):
        yield workbench.reading(words.TAKE, words.TRITURATION, shown["triturations"][-1]["take"]["text"])
    else:
        yield workbench.taken(plan.order.source.component, plan.powder, shown["portion"], shown["portion_share"])
    name = plan.order.diluent.name
    none = is_measured(plan) and plan.fill.diluent is not None and not plan.fill.diluent.shown.numerator
    if none:
        yield Reading(words.ADD, words.DILUENT, instead=words.NO_DILUENT, which=name)
    else:
        yield _of_fill(plan, words.ADD, words.DILUENT, shown["diluent"], "g")._replace(which=name)
    size = plan.order.capsule.size
    fill, capsule = (
        (words.FILL_EACH_CAPSULE, "") if size is None else (words.FILL_EACH, words.OF_A_SIZE.format(size=size))
    )
    yield _of_fill(plan, fill, capsule, shown["fill_mass"], "mg")


def _of_fill(plan: Plan, verb: str, about: str, mass: Shown | None, unit: str) -> Reading:
    """Return a line of a mass that rests on the fill: measured, estimated, or not known yet."""
    if mass is None:
        instead = words.AFTER_FILL if plan.powder.known else words.AFTER_WEIGHING
        return Reading(verb, about, instead=instead, by_hand=unit)
    line = workbench.reading(verb, about, mass["text"])
    return line if is_measured(plan) else line._replace(note=page.ESTIMATE, by_hand=unit)


def progress(
    plan: Plan, shown: PlanShown, questions: tuple[Question, ...], expiries: Mapping[str, date | None]
) -> Iterator[Progress]:
    """Yield what is entered in each step of the order of work."""
    dose, count = amount_said(plan, plan.order.dose), count_said(plan.order.quantity)
    ordered = words.ORDERED.format(dose=dose, count=count)
    yield workbench.ordered(plan.drug, questions, ordered, workbench.source_said(plan, plan.powder))
    yield workbench.weighed(plan, plan.powder.tablets, known=plan.powder.known)
    yield filled(plan, text_or(shown["fill_mass"], ""))
    yield workbench.release(questions, expiries)


def filled(plan: Plan, fill_mass: str) -> Progress:
    """Return what is known of the capsule and its fill, whose mass is said if it was given."""
    size, fill = plan.order.capsule.size, plan.fill
    first = words.NO_SIZE if size is None else words.OF_SIZE.format(size=size)
    if fill.rule is FillRule.GIVEN:
        return Progress("fill", first, words.TO_A_MASS.format(mass=fill_mass), done=True)
    powder, diluent = fill.packing_of_powder, fill.packing_of_diluent
    if fill.rule is FillRule.PACKING and powder is not None and diluent is not None:
        return Progress("fill", first, words.PACKED.format(powder=mass_said(powder), diluent=said(diluent)), done=True)
    return Progress("fill", first, words.NOT_PACKED, done=False)
