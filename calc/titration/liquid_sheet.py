"""A titration from a liquid as finished strings, for page and papers; nothing is computed or rounded afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calc.answers.contract import StopShown
from calc.arithmetic.notation import plain
from calc.arithmetic.units import DAY, figure
from calc.drug import Drug
from calc.library import Library
from calc.liquid.answer import strength_shown, volume_of_dose
from calc.sheet import workbench
from calc.sheet.lines import Line, Progress, Question
from calc.sheet.names import tablets_said
from calc.sheet.parts import questions_of
from calc.sheet.until import day_said
from calc.titration.head import Head, head_of
from calc.titration.liquid_answer import liquid_titration_answer, taken_said
from calc.titration.liquid_contract import LiquidBatchShown
from calc.titration.liquid_plan import LiquidTitrationPlan, Measured
from calc.titration.workbench import schedule_entered
from calc.wording import liquid as words_of_liquid
from calc.wording import titration as words
from calc.wording import workbench as words_of_work
from calc.wording.dates import in_words
from calc.wording.figures import drug_said, said
from calc.wording.opened import retold


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """One line of the calendar, in cells."""

    first: str
    last: str
    days: str
    dose: str
    take: str
    syringe: str
    in_all: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiquidTitrationSheet(Head):
    """Everything that the page shows of a titration from a liquid."""

    about: str
    figures: tuple[Line, ...]
    others: tuple[tuple[str, str], ...]
    query: str
    stops: tuple[StopShown, ...]
    acknowledged: tuple[str, ...]
    batch_notices: tuple[str, ...]
    one_syringe: bool
    calendar: tuple[MeasuredLine, ...]


def liquid_titration_sheet(plan: LiquidTitrationPlan, library: Library) -> LiquidTitrationSheet:
    """Return the finished strings of a titration from a liquid."""
    json_answer = liquid_titration_answer(plan, library)
    order, batch = plan.titration.order, json_answer["batch"]
    drug = library.drug_of(order.drug)
    questions = questions_of(order, drug)
    sheet = LiquidTitrationSheet(
        **head_of(order, drug, plan.steps, plan.unit, questions, plan.batch.acknowledged),
        stopped=(words.STOPPED_LIQUID,) if plan.batch.plan is None else (),
        notices=tuple(notice["text"] for notice in json_answer["notices"]),
        cautions=tuple(json_answer["cautions"]),
        progress=tuple(_progress(plan, drug, questions)),
        version=json_answer["version"],
        about=words.LIQUID_ABOUT.format(strength=batch["strength"]["text"]),
        figures=tuple(_figures(plan, batch)),
        others=tuple((strength_shown(each.strength)["text"], said(each.capacity)) for each in plan.other_strengths),
        query=batch["query"],
        stops=tuple(batch["stops"]),
        acknowledged=tuple(passed["text"] for passed in batch["acknowledged"]),
        batch_notices=tuple(notice["text"] for notice in (batch["plan"]["notices"] if batch["plan"] else ())),
        one_syringe=plan.one_syringe,
        calendar=tuple(measured_line(each, plan) for each in plan.calendar),
    )
    return retold(sheet, order, drug)


def measured_line(each: Measured, plan: LiquidTitrationPlan) -> MeasuredLine:
    """Return one line of the calendar."""
    syringe = each.syringe
    text = words.SYRINGE if syringe.fillings == 1 else words.SYRINGE_TIMES
    return MeasuredLine(
        first=in_words(each.step.first),
        last=in_words(each.step.last),
        days=plain(figure(each.step.days, DAY)),
        dose=drug_said(each.step.dose, plan.unit),
        take=taken_said(each.volume, plan.titration.doses_per_day),
        syringe=text.format(
            capacity=said(syringe.capacity),
            graduation=said(syringe.graduation),
            times=syringe.fillings,
            between="" if syringe.on_a_mark else words.BETWEEN_MARKS,
        ),
        in_all=volume_of_dose(each.in_all)["text"],
    )


def _figures(plan: LiquidTitrationPlan, batch: LiquidBatchShown) -> Iterator[Line]:
    """Yield the figures of the batch, each with its name; of a stopped one those that the schedule gives."""
    needed, shown = batch["volume_needed"]["text"], batch["plan"]
    yield Line(words.LIQUID_FIGURES["needed"], needed)
    if shown is None or plan.batch.plan is None:
        return
    yield Line(words.LIQUID_FIGURES["volume"], batch["volume"]["text"], large=True)
    if plan.batch.lasts_until is not None:
        yield Line(words.LIQUID_FIGURES["lasts"], in_words(plan.batch.lasts_until))
    until = day_said(plan.batch.plan.beyond_use.chosen)
    yield Line(words.LIQUID_FIGURES["until"], until or words_of_work.NO_DATE)
    if shown["tablets_to_crush"] is not None:
        yield Line(words.LIQUID_FIGURES["tablets"], tablets_said(shown["tablets_to_crush"]), large=True)
    if shown["portion"] is not None:
        yield Line(words.LIQUID_FIGURES["portion"], shown["portion"]["text"], large=True)
    yield Line(words.LIQUID_FIGURES["drug"], drug_said(plan.batch.plan.source.drug_needed, plan.unit))
    tablets = plan.batch.plan.source.tablets
    if tablets is not None:
        yield Line(words.LIQUID_FIGURES["left"], drug_said(tablets.drug_left_over, plan.unit))


def _progress(plan: LiquidTitrationPlan, drug: Drug | None, questions: tuple[Question, ...]) -> Iterator[Progress]:
    """Yield what is entered in each step of the order of work; tablets are weighed in the plan of the batch."""
    order = plan.titration.order
    yield from schedule_entered(plan.steps, plan.unit, order, drug, questions)
    syringes = dict.fromkeys(said(each.syringe.capacity) for each in plan.measured)
    measured = words_of_work.ON_MARK if plan.one_syringe else words_of_work.NOT_ON_MARK
    volumes = words.SPAN_OF_VOLUMES.format(
        low=volume_of_dose(min(each.volume for each in plan.measured))["text"],
        high=volume_of_dose(max(each.volume for each in plan.measured))["text"],
    )
    yield Progress("fill", order.vehicle.name, measured.format(volume=volumes, capacity=", ".join(syringes)), done=True)
    yield workbench.release(questions, dict.fromkeys(order.unknown_expiries))


def dose_on_label(plan: LiquidTitrationPlan) -> tuple[str, str]:
    """Return the doses and the volumes of a schedule as the label of its bottle says them, from least to most."""
    least, most = (pick(plan.measured, key=lambda each: each.volume) for pick in (min, max))
    doses = [drug_said(each.step.dose, plan.unit) for each in (least, most)]
    volumes = [volume_of_dose(each.volume)["text"] for each in (least, most)]
    if least.volume == most.volume:
        return doses[0], volumes[0]
    span = words_of_liquid.SPAN_ON_LABEL
    return words.SPAN_OF_VOLUMES.format(low=doses[0], high=doses[1]), span.format(low=volumes[0], high=volumes[1])
