"""The parts of every sheet: its frame, weighings, questions, the beyond-use date, assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from calc import limits
from calc.answers.contract import WeighingShown
from calc.answers.parts import notices_shown
from calc.drug import Drug
from calc.faults import Notice, NoticeCode, Reason
from calc.orders.base import AnyOrder
from calc.orders.parts import NOT_ASKED
from calc.planning import assessment
from calc.planning.codes import WeighingName
from calc.planning.parts import Acknowledged, Planned, Tablets
from calc.planning.work import WorkedPlan
from calc.sheet import until
from calc.sheet.assessment import boxes, questions_on
from calc.sheet.lines import Line, PlanSheet, Question, WeighingLine
from calc.sheet.names import count_said, drug_name, text_or
from calc.sheet.until import Expiries
from calc.wording import assessment as words_on_drug
from calc.wording import label, page, vehicles, workbench
from calc.wording import paper as words
from calc.wording.figures import value_said
from calc.wording.ingredients import EXPIRY
from calc.wording.opened import retold
from calc.wording.refusals import STOP_NAMES
from calc.wording.steps import BOUND_BY, REASONS, WEIGHINGS

SheetT = TypeVar("SheetT", bound=PlanSheet)


def framed(
    kind: type[SheetT],
    plan: WorkedPlan,
    whole: Mapping[str, Any],
    expiries: Expiries,
    bound_by: Mapping[str, str] = BOUND_BY,
    **own: Any,
) -> SheetT:
    """Return a sheet of any preparation: the fields common to all, and its `own`.

    `whole` is the JSON answer from which the sheet is written. `expiries` are those of the components; `bound_by` names
    what can limit the beyond-use date.
    """
    shown, questions = whole["plan"], questions_asked(plan)
    is_open = None in expiries.values()
    frame: dict[str, Any] = {
        "states": tuple(_states(plan, questions)),
        "not_released": not_released(questions),
        "general_rules_only": "" if plan.drug is not None else page.GENERAL_RULES_ONLY.format(drug=drug_name(plan)),
        "notices": tuple(notice for notice in shown["notices"] if notice["code"] != SAID_AS_NEXT_ACTION),
        "dates_read": tuple(notices_shown(plan.order.dates_read)),
        "acknowledged": tuple(passed["text"] for passed in shown["acknowledged"]),
        "questions": questions,
        "released": released(questions),
        "boxes": (*boxes(plan.order, shown["tablets_to_crush"]), *until.review(plan)),
        "cautions": tuple(shown["cautions"]),
        "weighings": weighing_lines(shown["weighings"]),
        "steps": tuple(shown["steps"]),
        "methods": tuple(step.method for step in plan.steps),
        "due": until.due(plan),
        "beyond_use": until.heading(plan, is_open=is_open),
        "expiry_open": is_open,
        "by_pharmacist": assessment.is_open(plan.order, plan.drug),
        "beyond_use_lines": tuple(until.lines(plan, expiries, bound_by)),
        "assumed": assumptions(whole, plan.order.by_table),
        "whole": whole,
    }
    return kind(**retold({**frame, **own}, plan.order, plan.drug))


def _states(plan: WorkedPlan, questions: tuple[Question, ...]) -> Iterator[str]:
    """Yield the warnings that head every printed page."""
    if open_questions := not_released(questions):
        yield open_questions
    if plan.drug is None:
        yield words.GENERAL_RULES
    yield from controlled(plan.drug)
    yield from map(override_said, plan.acknowledged)


def controlled(drug: Drug | None) -> Iterator[str]:
    """Yield what heads every paper of a controlled substance."""
    if drug is not None and drug.controlled_schedule is not None:
        yield page.CONTROLLED.format(schedule=drug.controlled_schedule)


def override_said(passed: Acknowledged) -> str:
    """Return a stop that a reason let pass, by its name, and that reason."""
    reason = REASONS[Reason(passed.acknowledgement.reason)]
    return words.WITH_A_REASON.format(what=STOP_NAMES[passed.stop.code], reason=reason)


def expiries_of_ingredients(order: AnyOrder) -> dict[str, date | None]:
    """Return the expiry of each ingredient by its name."""
    names = (item.name for item in getattr(order, "ingredients", ()))
    listed = zip(names, order.expiries_of_ingredients, strict=True)
    return {
        EXPIRY.format(name=name, number=number): expiry for number, (name, (_, expiry)) in enumerate(listed, start=1)
    }


_STATES = {True: "ok", False: "low", None: "unknown"}


def weighing_lines(weighings: list[WeighingShown]) -> tuple[WeighingLine, ...]:
    """Return the weighings, in cells."""
    return tuple(
        WeighingLine(
            WEIGHINGS[WeighingName(line["name"])],
            text_or(line["mass"], page.UNKNOWN),
            line["least"]["text"],
            page.VERDICTS[line["ok"]],
            _STATES[line["ok"]],
        )
        for line in weighings
    )


#: The notice that is shown as the next action, and therefore not among the notices.
SAID_AS_NEXT_ACTION = NoticeCode.WEIGH_TABLETS


def questions_asked(plan: Planned) -> tuple[Question, ...]:
    """Return the questions before the release of a plan and their answers so far."""
    return questions_of(plan.order, plan.drug)


def questions_of(order: AnyOrder, drug: Drug | None) -> tuple[Question, ...]:
    """Return the screening questions of a drug's file, or those on a drug without one, and an order's answers."""
    return questions_on(order) if drug is None else tuple(_screening(order, drug))


def _screening(order: AnyOrder, drug: Drug) -> Iterator[Question]:
    for question in drug.screening:
        answer = order.screening[question.code]
        asks_for = page.YES_ASKS_FOR.format(what=question.asks_for.lower()) if question.asks_for else ""
        to_write = answer in (NOT_ASKED, "yes")
        yield Question(
            field=f"screening-{question.code}",
            group=label("screening"),
            code=question.code,
            question=question.question,
            detail=question.detail,
            answer=page.ANSWERS[answer],
            open=answer == NOT_ASKED,
            paper=page.NO_OR_YES + asks_for,
            asks_for=f"{question.asks_for}:" if question.asks_for and to_write else "",
            signed=words.CONFIRMED if to_write else "",
        )


def released(questions: tuple[Question, ...]) -> str:
    """Return the state of the release once every question is answered; blank while one is open."""
    if any(question.open for question in questions):
        return ""
    if not questions:
        return workbench.UNASKED
    clear = all(question.answer == page.ANSWERS["no"] for question in questions) and questions[0].group == label(
        "screening"
    )
    return workbench.CLEAR if clear else workbench.ALL_ANSWERED


def not_released(questions: tuple[Question, ...]) -> str:
    """Return the warning while a question is not answered; blank otherwise."""
    if not any(question.open for question in questions):
        return ""
    return page.NOT_RELEASED.get(len(questions)) or page.NOT_RELEASED_ALL.format(number=len(questions))


def for_reserve(notices: Iterable[Notice], tablets: Tablets | None) -> str:
    """Return the next action where no reserve for a crushing loss is left: more tablets; blank if there is one."""
    if tablets is None or all(notice.code is not NoticeCode.NO_RESERVE for notice in notices):
        return ""
    more = tablets.need - tablets.number
    there = (tablets.weighed or 0) >= tablets.need
    said = page.MORE[more == 1].format(number=count_said(more))
    return (page.NEXT_CRUSH_MORE if there else page.NEXT_WEIGH_MORE).format(tablets=said)


def ask_or_make(plan: Planned, questions: tuple[Question, ...]) -> str:
    """Return the next action once all masses are known: asking what is open, or making the batch."""
    if not any(question.open for question in questions):
        return page.NEXT_MAKE
    if plan.drug is None:
        return words_on_drug.NEXT_ANSWER.format(drug=drug_name(plan))
    return page.NEXT_ASK.get(len(questions)) or page.NEXT_ASK_ALL.format(number=len(questions))


_DEFAULTS = frozenset({*limits.DEFAULTS, *limits.LIQUID_DEFAULTS, "vehicle.storage"})


def assumptions(whole: Mapping[str, Any], by_table: frozenset[str] = frozenset()) -> tuple[Line, ...]:
    """Return every default filled in, with its value and its reason."""
    lines = []
    for path in whole["defaults"]:
        value = whole["order"]
        for part in path.split("."):
            value = value[int(part)] if isinstance(value, list) else value[part]
        lines.append(Line(label(path), _in_words(value), _why(path, by_table)))
    return tuple(lines)


def _in_words(value: Any) -> str:
    """Return a value of the order in words; for a list, the words for each of its parts."""
    if isinstance(value, list):
        return ", ".join(page.SYRINGE.format(**part) for part in value)
    return value_said(str(value))


def _why(path: str, by_table: frozenset[str]) -> str:
    if path in by_table:
        return vehicles.BY_TABLE
    if path.startswith("vehicle.parts.") or path == "vehicle.name":
        return page.WHY_DEFAULT if path.startswith("vehicle.parts.") else vehicles.BY_PARTS
    if path in {"prepared_on", "source.weighed_on"}:
        return page.WHY_TODAY if path == "prepared_on" else page.WHY_DAY
    own = path in _DEFAULTS or path == "drug" or path.startswith("screening.")
    return page.WHY_DEFAULT if own else page.WHY_DRUG
