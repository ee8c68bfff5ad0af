"""The workbench of every plan: readings split into number and unit, and the steps that all preparations share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from calc.answers.contract import Shown
from calc.answers.writer import Writer
from calc.arithmetic.units import MG
from calc.drug import Drug
from calc.orders.parts import Component
from calc.planning.codes import StepCode
from calc.planning.parts import DrugSource, Planned, Tablets
from calc.planning.work import WorkedPlan
from calc.sheet.lines import Progress, Question, Reading
from calc.sheet.names import strength_said, tablets_said, text_or
from calc.sheet.parts import for_reserve
from calc.wording import page
from calc.wording import workbench as words
from calc.wording.figures import said


def reading(verb: str, about: str, text: str, note: str = "") -> Reading:
    """Return a line of the readout for a figure as text, which ends with its unit.

    >>> reading("Weigh out", "tablet powder", "0.432 g").unit
    'g'
    """
    number, _, unit = text.rpartition(" ")
    return Reading(verb, about, number, unit, note=note)


def crushed(plan: Planned, source: DrugSource) -> Iterator[Reading]:
    """Yield how many tablets to crush, or that they must be weighed before anything is; nothing for bulk powder."""
    if source.tablets is None:
        return
    about = words.OF_TABLETS.format(strength=strength_said(plan))
    if source.enough is not None and not source.enough.likely:
        yield Reading(words.CRUSH, about, instead=words.WEIGH_FIRST)
    else:
        yield reading(words.CRUSH, about, tablets_said(source.tablets.number))


def taken(component: Component, source: DrugSource, portion: Shown | None, share: Shown | None) -> Reading:
    """Return the powder to weigh out, or its share while the tablets are not weighed; all of it, where all is used."""
    verb = words.USE_ALL if source.all_used else words.WEIGH_OUT
    about = page.COMPONENTS[component] if source.tablets is None else words.TABLET_POWDER
    if portion is not None:
        return reading(verb, about, portion["text"])
    part = words.SHARE_OF_POWDER.format(share=text_or(share, ""))
    return Reading(verb, about, instead=words.ALL_OF_IT if source.all_used else part)


def source_said(plan: Planned, source: DrugSource) -> str:
    """Return what the preparation is made from."""
    if source.tablets is None:
        return words.FROM_BULK.format(powder=page.COMPONENTS[plan.order.source.component])
    return words.FROM_TABLETS.format(strength=strength_said(plan))


def ordered(drug: Drug | None, questions: tuple[Question, ...], first: str, second: str) -> Progress:
    """Return what is ordered; not done while a question on a drug without a file has no answer."""
    number = sum(question.open for question in questions) if drug is None else 0
    return Progress("order", first, _count(number, words.OPEN, words.OPEN_MANY) if number else second, done=not number)


def weighed(plan: WorkedPlan, tablets: Tablets | None, *, known: bool) -> Progress:
    """Return what is known of the masses: nothing to weigh first, tablets to weigh, tablets weighed."""
    if tablets is None:
        return Progress("weigh", words.NOT_TO_WEIGH, words.NOT_TO_WEIGH_HINT, done=True)
    if tablets.total_mass is None or tablets.weighed is None:
        together = words.TO_WEIGH.format(tablets=tablets_said(tablets.number))
        if known:
            return Progress("weigh", words.NOT_TO_WEIGH, words.WHOLE_TABLETS, done=True)
        return Progress("weigh", together, words.TO_WEIGH_HINT, done=False)
    entered = Writer(plan.order.balance.readability).as_it_is(tablets.total_mass)["text"]
    mass = words.WEIGHED.format(tablets=tablets_said(tablets.weighed), mass=entered)
    mean = next((step.result for step in plan.steps if step.code is StepCode.MASS_OF_ONE_TABLET), None)
    if for_reserve(plan.notices, tablets):
        return Progress("weigh", mass, words.MORE_TO_WEIGH, done=False)
    return Progress("weigh", mass, "" if mean is None else words.MEAN.format(mean=said(mean.read_as(MG))), done=True)


def release(questions: tuple[Question, ...], expiries: Mapping[str, date | None]) -> Progress:
    """Return what is open before the release: questions, and the expiry dates of components."""
    number = sum(question.open for question in questions)
    unknown = sum(expiry is None for expiry in expiries.values())
    asked = words.ANSWERED if questions else words.NO_QUESTIONS
    first = _count(number, words.OPEN, words.OPEN_MANY) if number else asked
    second = _count(unknown, words.EXPIRIES, words.EXPIRIES_MANY) if unknown else words.EXPIRIES_KNOWN
    return Progress("release", first, second, done=not number and not unknown)


def _count(number: int, few: Mapping[int, str], many: str) -> str:
    return few.get(number) or many.format(number=number)
