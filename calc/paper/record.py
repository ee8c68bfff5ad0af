"""What every preparation sheet holds, of capsules or of a liquid: head, work with its boxes, the whole order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calc.faults import Reason
from calc.orders.base import AnyOrder, ReadableOrder
from calc.orders.query import shortest_pairs_of
from calc.paper.code import code
from calc.paper.press import PAPERS
from calc.sheet.lines import PlanSheet, Question
from calc.sheet.parts import PlanOnSheet
from calc.wording import label
from calc.wording import paper as words
from calc.wording.figures import value_said
from calc.wording.refusals import STOP_NAMES
from calc.wording.steps import REASONS

#: Modules a side of the largest DataMatrix.
LARGEST_CODE = 144


def record(plan: PlanOnSheet, made: PlanSheet, paper: str, *, storage: str) -> dict[str, Any]:
    """Return what the sheet of any plan prints; `storage` says how the preparation is kept."""
    order, whole = plan.order, made.whole
    if not isinstance(order, ReadableOrder):
        raise TypeError("a paper is printed of an order that was read")
    drawn = code(whole["fingerprint"], shortest_pairs_of(order), most=LARGEST_CODE)
    return {
        "paper": PAPERS[paper],
        "states": list(_states(plan, made)),
        "batch": whole["order"]["internal_number"] or "",
        "made_on": whole["order"]["prepared_on"],
        "fingerprint": whole["fingerprint"],
        "version": words.VERSION.format(version=whole["version"]),
        "answer": made.answer,
        "human": made.human,
        "notices": [notice["text"] for notice in made.notices],
        "passed": list(made.acknowledged),
        "screening": [_question(question, plan.order) for question in made.questions],
        "stages": [
            {
                "title": stage.title,
                "actions": [
                    {
                        "do": action.do,
                        "target": action.target,
                        "band": action.band,
                        "working": action.working,
                        "note": action.note,
                        "name": action.name,
                        "unit": action.unit,
                        "formula": action.formula,
                    }
                    for action in stage.actions
                ],
            }
            for stage in made.work
        ],
        "until": made.beyond_use,
        "until_lines": [
            *made.beyond_use_lines,
            words.RULE.format(days=plan.beyond_use.rule.days, reference=plan.beyond_use.rule.reference),
            # A study may bound the date but never lengthens it.
            *(
                words.STUDY.format(reference=study.reference.rstrip("."), days=study.days)
                for study in plan.beyond_use.studies
            ),
            storage,
        ],
        "steps": [
            [step["title"], step["formula"], step["substituted"], step["result"], step["reference"]]
            for step in made.steps
            if step["code"] not in whole["plan"].get("estimated", ())
        ],
        "cautions": [[caution["text"], caution["reference"]] for caution in made.cautions],
        "order": list(_order(made)),
        "code": None if drawn is None else {"modules": drawn.modules, "pixels": drawn.pixels},
        "code_alt": words.CODE_ALT.format(fingerprint=whole["fingerprint"]),
        "words": _WORDS,
    }


#: Words that are the same on every sheet: no fact of an order may stand in them, or Typst cannot keep what it knows.
_WORDS = {
    "page": words.PAGE,
    "title": words.TITLE,
    "batch": words.BATCH,
    "made_on": words.MADE_ON,
    "fingerprint": words.FINGERPRINT,
    "notices": words.NOTICES,
    "passed": words.PASSED,
    "screening": words.SCREENING,
    "components": words.COMPONENTS,
    "component_head": words.COMPONENT_HEAD,
    "work": words.WORK,
    "work_head": words.WORK_HEAD,
    "ten": words.TEN_SHELLS,
    "mean": words.MEAN,
    "label": words.LABEL_TEXT,
    "release": words.RELEASE,
    "release_line": words.RELEASE_LINE,
    "release_head": words.RELEASE_HEAD,
    "release_rows": words.RELEASE_ROWS,
    "approved": words.MASTER_APPROVED,
    "retain": words.RETAIN,
    "until": words.BEYOND_USE,
    "cautions": words.CAUTIONS,
    "steps": words.STEPS,
    "steps_head": words.STEPS_HEAD,
    "steps_note": words.STEPS_NOTE,
    "order": words.ORDER,
    "order_head": words.ORDER_HEAD,
    "code": words.CODE,
    "no_code": words.CODE_TALL,
}


def _states(plan: PlanOnSheet, made: PlanSheet) -> Iterator[str]:
    """What must be known of the whole sheet before a line of it is used, on every page."""
    if made.not_released:
        yield words.NOT_RELEASED
    if plan.drug is None:
        yield words.GENERAL_RULES
    for passed in plan.acknowledged:
        reason = REASONS[Reason(passed.acknowledgement.reason)]
        yield words.WITH_A_REASON.format(what=STOP_NAMES[passed.stop.code], reason=reason)


def _question(question: Question, order: AnyOrder) -> Mapping[str, Any]:
    """A screening question with what is ticked or written on paper."""
    said_yes = getattr(order.screening, question.code) == "yes"
    return {
        "question": question.question,
        "detail": question.detail,
        "open": question.open,
        "answer": "" if question.open else words.ANSWERED.format(answer=question.answer),
        "choices": [words.NO, words.YES] if question.open else [],
        "last_dose": words.LAST_DOSE if question.code == "opioids" and (question.open or said_yes) else "",
        "confirmed": words.CONFIRMED if question.open or said_yes else "",
        "on": words.ON,
    }


def _order(made: PlanSheet) -> Iterator[list[str]]:
    """Every field of the order as understood, and whether it was typed or filled in."""
    whole = made.whole
    filled = frozenset(whole["defaults"])
    why = {line.name: line.note for line in made.assumed}

    def walk(tree: Mapping[str, Any], prefix: str) -> Iterator[list[str]]:
        for key, value in tree.items():
            path = f"{prefix}{key}"
            if isinstance(value, Mapping):
                yield from walk(value, f"{path}.")
            elif isinstance(value, list):
                for index, item in enumerate(value):
                    yield from walk(item, f"{path}.{index}.")
            elif value is not None:
                name = label(path)
                yield [name, value_said(str(value)), why.get(name, words.TYPED) if path in filled else words.TYPED]

    return walk(whole["order"], "")
