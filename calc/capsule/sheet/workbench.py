"""The workbench of a plan of capsules: the answer as four verbs with their figures, and the order of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from calc.capsule.contract import PlanShown
from calc.capsule.plan import Plan
from calc.capsule.planning.bench import is_crushed_in_diluent, is_triturated
from calc.planning.codes import FillRule
from calc.sheet import workbench
from calc.sheet.lines import Progress, Question, Reading
from calc.sheet.names import amount_said, count_said, strength_said, text_or
from calc.wording import page
from calc.wording import workbench as words
from calc.wording.figures import mass_said, said


def readout(plan: Plan, shown: PlanShown) -> Iterator[Reading]:
    """Yield the lines of the readout: what to crush, weigh out, add and fill into each capsule."""
    tablets, enough = plan.powder.tablets, plan.powder.enough
    if tablets is not None:
        unlikely = not plan.powder.known and enough is not None and not enough.likely
        yield workbench.crush(plan, tablets, weigh_first=unlikely)
    yield _taken(plan, shown)
    yield _added(plan, shown)
    size = plan.order.capsule.size
    capsule = words.IN_A_CAPSULE if size is None else words.IN_CAPSULE.format(size=size)
    yield _weighed(words.FILL_EACH, capsule, text_or(shown["fill_mass"], ""), "fill_mass", shown, plan)


def _taken(plan: Plan, shown: PlanShown) -> Reading:
    steps, powder = shown["triturations"], plan.powder
    about = words.TABLET_POWDER if powder.tablets is not None else words.BULK_POWDER
    if is_triturated(plan):
        verb = words.TAKE if is_crushed_in_diluent(plan) or steps else words.WEIGH_OUT
        return workbench.reading(verb, words.TRITURATION, steps[-1]["take"]["text"])
    verb = words.USE_ALL if powder.all_used else words.WEIGH_OUT
    if shown["portion"] is not None:
        return workbench.reading(verb, about, shown["portion"]["text"])
    share = text_or(shown["portion_share"], "")
    instead = words.ALL_OF_POWDER if powder.all_used else words.SHARE_OF_POWDER.format(share=share)
    return Reading(verb, about, instead=instead if share else words.AFTER_WEIGHING)


def _added(plan: Plan, shown: PlanShown) -> Reading:
    about = words.DILUENT.format(name=plan.order.diluent.name)
    if plan.fill.diluent is not None and plan.fill.diluent.shown.numerator == 0:
        return Reading(words.ADD, about, instead=words.NO_DILUENT)
    return _weighed(words.ADD, about, text_or(shown["diluent"], ""), "diluent", shown, plan)


def _weighed(verb: str, about: str, text: str, key: str, shown: PlanShown, plan: Plan) -> Reading:
    """Return a line of a mass that is known, estimated, or comes once tablets are weighed or a size is chosen."""
    if text:
        return workbench.reading(verb, about, text, page.ESTIMATE if key in shown["estimated"] else "")
    return Reading(verb, about, instead=words.AFTER_WEIGHING if not plan.powder.known else words.AFTER_FILL)


def progress(
    plan: Plan, shown: PlanShown, questions: tuple[Question, ...], expiries: Mapping[str, date | None]
) -> Iterator[Progress]:
    """Yield what is entered in each step of the order of work."""
    dose, count = amount_said(plan, plan.order.dose), count_said(plan.order.quantity)
    tablets = plan.powder.tablets
    source = words.FROM_BULK if tablets is None else words.FROM_TABLETS.format(strength=strength_said(plan))
    yield workbench.ordered(plan, questions, words.ORDERED.format(dose=dose, count=count), source)
    yield workbench.weighed(plan, tablets, known=plan.powder.known)
    yield _filled(plan, shown)
    yield workbench.release(questions, expiries)


def _filled(plan: Plan, shown: PlanShown) -> Progress:
    size, fill = plan.order.capsule.size, plan.fill
    first = words.NO_SIZE if size is None else words.OF_SIZE.format(size=size)
    if fill.rule is FillRule.GIVEN:
        return Progress("fill", first, words.TO_A_MASS.format(mass=text_or(shown["fill_mass"], "")), done=True)
    powder, diluent = fill.packing_of_powder, fill.packing_of_diluent
    if fill.rule is FillRule.PACKING and powder is not None and diluent is not None:
        return Progress("fill", first, words.PACKED.format(powder=mass_said(powder), diluent=said(diluent)), done=True)
    return Progress("fill", first, words.NOT_PACKED, done=False)
