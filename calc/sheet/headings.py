"""The head of a sheet: the order said back, the answer in one line, the next action, the figures, the questions."""

from __future__ import annotations

from calc import figures
from calc.contract import PlanShown
from calc.faults import NoticeCode
from calc.plans import FillRule, Plan, StepCode
from calc.sheet.lines import Line, Question
from calc.sheet.names import count_said, form_name, strength_said, tablets_said, text_or
from calc.units import TABLET, figure
from calc.wording import notice_text, page
from calc.wording.said import said

#: The notice that is the next action, and is therefore not said a second time among the notices.
SAID_AS_NEXT_ACTION = NoticeCode.WEIGH_TABLETS


def echo(plan: Plan) -> str:
    """The order said back: what is made, of what, from what."""
    extra = plan.powder.batch - plan.order.quantity
    return (page.ECHO_FOR if extra else page.ECHO).format(
        batch=count_said(plan.powder.batch),
        quantity=count_said(plan.order.quantity),
        extra=count_said(extra),
        dose=said(plan.order.dose),
        form=form_name(plan, plan.order.dose_basis),
        strength=strength_said(plan),
        release=plan.order.source.release,
    )


def answer_line(plan: Plan, shown: PlanShown) -> str:
    """The answer in one line."""
    facts = {
        "tablets": tablets_said(plan.powder.tablets),
        "share": shown["portion_share"]["text"],
        "portion": text_or(shown["portion"], ""),
        "diluent": text_or(shown["diluent"], ""),
        "fill": text_or(shown["fill_mass"], ""),
        "batch": count_said(plan.powder.batch),
    }
    if plan.powder.portion is None:
        whole = plan.powder.share == figure(1, plan.powder.share.unit)
        return (page.ANSWER_ALL_UNWEIGHED if whole else page.ANSWER_UNWEIGHED).format(**facts)
    if plan.fill.diluent is None or plan.fill.rule is FillRule.ESTIMATE:
        return page.ANSWER_NO_FILL.format(**facts)
    if plan.fill.diluent.exact.value == 0:
        return page.ANSWER_NO_DILUENT.format(**facts)
    return page.ANSWER.format(**facts)


def next_action(plan: Plan, questions: tuple[Question, ...]) -> str:
    """The one next action."""
    if not plan.powder.weighed:
        return next(notice_text(notice) for notice in plan.notices if notice.code is SAID_AS_NEXT_ACTION)
    if plan.fill.rule is FillRule.ESTIMATE:
        return page.NEXT_MEASURE.format(size=plan.order.capsule.size)
    if plan.fill.rule is FillRule.UNKNOWN:
        return page.NEXT_FILL
    return page.NEXT_ASK if any(question.open for question in questions) else page.NEXT_MAKE


def human_scale(plan: Plan, shown: PlanShown) -> str:
    """The figures on a human scale."""
    per_tablet = next(step for step in plan.steps if step.code is StepCode.CAPSULES_OF_ONE_TABLET).result
    left = plan.powder.drug_left_over
    return (page.HUMAN if left.value else page.HUMAN_ALL).format(
        per_tablet=said(per_tablet),
        tablets=tablets_said(plan.powder.tablets),
        held=said(plan.powder.drug_held),
        batch=count_said(plan.powder.batch),
        needed=shown["drug_needed"]["text"],
        left=said(left),
    )


def key_figures(plan: Plan, shown: PlanShown) -> tuple[Line, ...]:
    """The figures of the plan, each with its name."""
    share = page.SHARE_OF.format(
        part=shown["tablets_exact"]["value"],
        tablets=count_said(shown["tablets_to_crush"]),
        share=shown["portion_share"]["text"],
    )
    texts = {
        "drug_needed": shown["drug_needed"]["text"],
        "tablets_exact": shown["tablets_exact"]["text"],
        "tablets_to_crush": tablets_said(shown["tablets_to_crush"]),
        "portion_share": share,
        "portion": text_or(shown["portion"], page.UNKNOWN),
        "powder_per_capsule": text_or(shown["powder_per_capsule"], page.UNKNOWN),
        "diluent_per_capsule": text_or(shown["diluent_per_capsule"], page.UNKNOWN),
        "diluent": text_or(shown["diluent"], page.UNKNOWN),
        "fill_mass": text_or(shown["fill_mass"], page.UNKNOWN),
        "drug_left_over": shown["drug_left_over"]["text"],
    }
    if plan.powder.tablets_for_quantity != plan.powder.tablets_exact:
        exact = figures.significant(plan.powder.tablets_for_quantity.value, 4)
        texts["tablets_for_quantity"] = figures.with_unit(exact, TABLET)
    marks = dict.fromkeys(shown["estimated"], page.ESTIMATE)
    quantity = count_said(plan.order.quantity)
    return tuple(
        Line(name.format(quantity=quantity), texts[key], marks.get(key, ""))
        for key, name in page.FIGURES.items()
        if key in texts
    )


def questions_asked(plan: Plan) -> tuple[Question, ...]:
    """The screening questions and their answers so far."""
    answers = {"opioids": plan.order.screening.opioids, "liver_disease": plan.order.screening.liver_disease}
    return tuple(
        Question(
            asked.code,
            asked.question,
            asked.detail,
            page.ANSWERS[answers[asked.code]],
            answers[asked.code] == "not asked",
            page.ON_PAPER[asked.code],
        )
        for asked in (plan.drug.screening if plan.drug is not None else ())
    )
