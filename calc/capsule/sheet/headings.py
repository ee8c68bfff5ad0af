"""The head of a sheet of capsules: the order restated, the answer in one line, next action, key figures."""

from __future__ import annotations

from calc.arithmetic import notation
from calc.arithmetic.units import CAPSULE, TABLET, figure
from calc.capsule.contract import PlanShown
from calc.capsule.plan import Plan
from calc.capsule.planning.bench import is_crushed_in_diluent, is_triturated
from calc.planning.codes import FillRule, StepCode
from calc.sheet.lines import Line, Question
from calc.sheet.names import (
    amount_said,
    capsules_said,
    count_said,
    drug_name,
    form_name,
    source_said,
    tablets_said,
    text_of_drug,
    text_or,
)
from calc.sheet.parts import SAID_AS_NEXT_ACTION, ask_or_make, for_reserve
from calc.wording import notice_text, page
from calc.wording.figures import mass_said, said

#: Key figures that are counted or weighed, or that a capsule is checked against.
READ_AT_THE_BENCH = frozenset({"tablets_to_crush", "portion", "aliquot", "diluent", "fill_mass"})


def headline(plan: Plan) -> str:
    """Return the capsules ordered and made, their drug and their dose in one line."""
    return page.HEADLINE.format(
        batch=ordered_and_made(plan), drug=drug_name(plan), dose=amount_said(plan, plan.order.dose)
    )


def ordered_and_made(plan: Plan) -> str:
    """Return how many capsules are ordered and, if there is an allowance for loss, how many are made."""
    ordered, made = plan.order.quantity, plan.powder.batch
    said = capsules_said(ordered)
    return said if made == ordered else page.ORDERED_AND_MADE.format(ordered=said, made=count_said(made))


def echo(plan: Plan) -> str:
    """Return the order restated: the preparation, its drug and its source."""
    extra = plan.powder.batch - plan.order.quantity
    return (page.ECHO_FOR if extra else page.ECHO).format(
        batch=capsules_said(plan.powder.batch),
        quantity=count_said(plan.order.quantity),
        extra=count_said(extra),
        each_with=page.EACH_WITH[plan.powder.batch == 1],
        dose=amount_said(plan, plan.order.dose),
        form=form_name(plan, plan.order.dose_basis),
        source=source_said(plan),
    )


def answer_line(plan: Plan, shown: PlanShown) -> str:
    """Return the answer in one line."""
    tablets = plan.powder.tablets
    facts = {
        "tablets": "" if tablets is None else tablets_said(tablets.number),
        "share": text_or(shown["portion_share"], ""),
        "diluent": text_or(shown["diluent"], ""),
        "fill": text_or(shown["fill_mass"], ""),
        "batch": capsules_said(plan.powder.batch),
        "each": page.EACH[plan.powder.batch == 1],
    }
    if tablets is not None and not plan.powder.known:
        enough = plan.powder.enough
        if enough is not None and not enough.likely:
            return page.WEIGH_FIRST[bool(plan.triturations), enough.never]
        all_used = tablets.share == figure(1, tablets.share.unit)
        return (page.ANSWER_ALL_UNWEIGHED if all_used else page.ANSWER_UNWEIGHED).format(**facts)
    steps = shown["triturations"]
    taken = steps[-1]["take"] if steps else shown["portion"]
    how = "triturate" if steps else "use" if plan.powder.all_used else "weigh"
    how = "crush_in_diluent" if is_crushed_in_diluent(plan) else how
    begin = page.BEGIN[plan.order.source.component, how].format(taken=text_or(taken, ""), **facts)
    if plan.fill.diluent is None or plan.fill.rule is FillRule.ESTIMATE:
        return page.GO_ON_NO_FILL.format(begin=begin, **facts)
    if plan.fill.diluent.shown.value == 0:
        return page.GO_ON_NO_DILUENT.format(begin=begin, **facts)
    return page.GO_ON.format(begin=begin, **facts)


def next_action(plan: Plan, questions: tuple[Question, ...]) -> str:
    """Return the one next action."""
    if not plan.powder.known:
        return next(notice_text(notice) for notice in plan.notices if notice.code is SAID_AS_NEXT_ACTION)
    if more := for_reserve(plan.notices, plan.powder.tablets):
        return more
    size = plan.order.capsule.size
    shells = page.FILL_SHELLS[plan.order.source.component].format(size=size)
    if plan.fill.rule is FillRule.ESTIMATE:
        return page.NEXT_MEASURE.format(shells=shells)
    if plan.fill.rule is FillRule.UNKNOWN:
        return page.NEXT_FILL if size is None else page.NEXT_FILL_OF_SIZE.format(shells=shells)
    return ask_or_make(plan, questions)


def human_scale(plan: Plan, shown: PlanShown) -> str:
    """Return the figures on a human scale."""
    tablets, batch = plan.powder.tablets, plan.powder.batch
    facts = {"batch": capsules_said(batch), "needed": _holding(batch, _drug_needed(plan, shown))}
    if tablets is None:
        powder = "" if plan.powder.needed is None else mass_said(plan.powder.needed)
        return page.HUMAN_BULK.format(powder=powder, what=page.COMPONENTS[plan.order.source.component], **facts)
    per_tablet = next(step for step in plan.steps if step.code is StepCode.CAPSULES_OF_ONE_TABLET).result
    left = tablets.drug_left_over
    all_of_it = page.HUMAN_ALL_ONE if batch == 1 else page.HUMAN_ALL
    return (page.HUMAN if left.value else all_of_it).format(
        per_tablet=notation.with_unit(said(per_tablet), CAPSULE),
        tablets=tablets_said(tablets.number),
        held=_holding(tablets.number, amount_said(plan, tablets.drug_held)),
        left=amount_said(plan, left),
        **facts,
    )


def _drug_needed(plan: Plan, shown: PlanShown) -> str:
    return text_of_drug(plan, plan.powder.drug_needed, shown["drug_needed"])


def _holding(number: int, drug: str) -> str:
    """Return how much drug this number of tablets or capsules hold."""
    return (page.HOLDS if number == 1 else page.HOLD).format(drug=drug)


def key_figures(plan: Plan, shown: PlanShown) -> tuple[Line, ...]:
    """Return the figures of the plan, each with its name."""
    texts = {
        "drug_needed": _drug_needed(plan, shown),
        "portion": _portion(plan, shown),
        "powder_per_capsule": text_or(shown["powder_per_capsule"], page.UNKNOWN),
        "diluent_per_capsule": text_or(shown["diluent_per_capsule"], page.UNKNOWN),
        "diluent": text_or(shown["diluent"], page.UNKNOWN),
        "fill_mass": text_or(shown["fill_mass"], page.UNKNOWN),
        **_of_tablets(plan, shown),
    }
    if is_triturated(plan):
        del texts["portion"]
        texts["aliquot"] = shown["triturations"][-1]["take"]["text"]
    marks = dict.fromkeys(shown["estimated"], page.ESTIMATE)
    quantity = capsules_said(plan.order.quantity)
    return tuple(
        Line(
            name.format(quantity=quantity),
            texts[key],
            marks.get(key, ""),
            key in READ_AT_THE_BENCH and texts[key] != page.UNKNOWN,
        )
        for key, name in page.FIGURES.items()
        if key in texts
    )


def _portion(plan: Plan, shown: PlanShown) -> str:
    text = text_or(shown["portion"], page.UNKNOWN)
    return page.ALL_OF_IT.format(mass=text) if plan.powder.all_used and plan.powder.known else text


def _of_tablets(plan: Plan, shown: PlanShown) -> dict[str, str]:
    """Return the figures of the tablets; none for bulk powder."""
    tablets, exact, left = plan.powder.tablets, shown["tablets_exact"], shown["drug_left_over"]
    if tablets is None or exact is None or left is None:
        return {}
    share = text_or(shown["portion_share"], "")
    texts = {
        "tablets_exact": exact["text"],
        "tablets_to_crush": tablets_said(tablets.number),
        "portion_share": page.SHARE_OF.format(
            part=notation.grouped(exact["value"]), tablets=count_said(tablets.number), share=share
        ),
        "drug_left_over": text_of_drug(plan, tablets.drug_left_over, left),
    }
    ordered = plan.powder.tablets_for_quantity
    if ordered is not None and ordered != tablets.exact:
        number = notation.grouped(notation.counted(ordered.value, 4))
        texts["tablets_for_quantity"] = notation.with_unit(number, TABLET)
    return texts
