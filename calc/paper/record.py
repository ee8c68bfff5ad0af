"""The parts common to all preparation sheets: head, work with its boxes, the normalized order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calc.library import BeyondUseRule
from calc.orders.base import ReadableOrder
from calc.orders.parts import NOT_ASKED
from calc.orders.query import shortest_pairs_of
from calc.paper.code import code, reference_code
from calc.paper.press import PAPERS
from calc.planning.work import WorkedPlan
from calc.sheet.assessment import stored
from calc.sheet.lines import PlanSheet, Question
from calc.wording import label
from calc.wording import paper as words
from calc.wording.figures import value_said

#: Modules per side of the largest DataMatrix.
LARGEST_CODE = 144


def record(plan: WorkedPlan, sheet: PlanSheet, paper: str, *, storage: str) -> dict[str, Any]:
    """Return the strings common to all preparation sheets; `storage` says how the preparation is kept.

    Raises `TypeError` for an order that was not read.
    """
    order, json_answer = plan.order, sheet.whole
    if not isinstance(order, ReadableOrder):
        raise TypeError("a paper is printed of an order that was read")
    fingerprint, batch = json_answer["fingerprint"], json_answer["order"]["internal_number"]
    with_order = code(fingerprint, shortest_pairs_of(order), most=LARGEST_CODE)
    drawn = with_order or reference_code(fingerprint, batch, most=LARGEST_CODE)
    return {
        "paper": PAPERS[paper],
        "states": list(sheet.states),
        "batch": sheet.batch_number,
        "made_on": json_answer["order"]["prepared_on"],
        "fingerprint": words.plan_id(fingerprint),
        "version": words.VERSION.format(version=json_answer["version"]),
        "answer": sheet.answer,
        "human": sheet.human,
        "notices": [notice["text"] for notice in sheet.notices],
        "passed": list(sheet.acknowledged),
        "asked": sheet.questions[0].group if plan.drug is None else words.SCREENING,
        "screening": [_question(question) for question in sheet.questions],
        "boxes": [{"title": box.title, "said": box.said, "blanks": box.blanks} for box in sheet.boxes],
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
                        "boxed": action.boxed,
                    }
                    for action in stage.actions
                ],
            }
            for stage in sheet.work
        ],
        "until": sheet.beyond_use,
        "until_lines": [
            *sheet.beyond_use_lines,
            *_general_limit(plan.beyond_use.rule),
            # A study may bound the date but never lengthens it.
            *(
                words.STUDY.format(reference=study.reference.rstrip("."), days=study.days)
                for study in plan.beyond_use.studies
            ),
            stored(plan, storage),
        ],
        "steps": [
            [step["title"], step["formula"], step["substituted"], step["result"], step["reference"]]
            for step in sheet.steps
            if step["code"] not in json_answer["plan"].get("estimated", ())
        ],
        "cautions": [[caution["text"], caution["reference"]] for caution in sheet.cautions],
        "order": list(_order(sheet, order.dates_filled_in)),
        "code": None if drawn is None else {"modules": drawn.modules, "pixels": drawn.pixels},
        "code_says": words.CODE if with_order else words.CODE_TALL,
        "code_alt": (words.CODE_ALT if with_order else words.REFERENCE_ALT).format(plan_id=words.plan_id(fingerprint)),
        "words": _WORDS,
    }


def marked(content: Mapping[str, Any], mark: str) -> Mapping[str, Any]:
    """Return the content of a sheet with a mark across the head of each page, if there is one."""
    return {**content, "states": [mark, *content["states"]]} if mark else content


def _general_limit(rule: BeyondUseRule | None) -> Iterator[str]:
    """Yield the general limit of the preparation, if there is one."""
    if rule is not None:
        yield words.RULE.format(days=rule.days, reference=rule.reference)


#: Words that are the same on every sheet. No fact of an order may be in them, or Typst could not reuse its layout.
_WORDS = {
    "page": words.PAGE,
    "title": words.TITLE,
    "batch": words.BATCH,
    "made_on": words.MADE_ON,
    "fingerprint": words.PLAN_ID,
    "notices": words.NOTICES,
    "passed": words.PASSED,
    "components": words.COMPONENTS,
    "component_head": words.COMPONENT_HEAD,
    "work": words.WORK,
    "work_head": words.WORK_HEAD,
    "mean": words.MEAN,
    "label": words.LABEL_TEXT,
    "release": words.RELEASE,
    "release_line": words.RELEASE_LINE,
    "unsigned": words.UNSIGNED,
    "signed": words.SIGNED,
    "confirmed_by": words.CONFIRMED_BY.split("{blank}"),
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
}


def _question(question: Question) -> Mapping[str, Any]:
    """Return a question before release with the choices and blanks to be filled in on paper."""
    return {
        "question": question.question,
        "detail": question.detail,
        "open": question.open,
        "answer": "" if question.open else words.ANSWERED.format(answer=question.answer),
        "choices": [words.NO, words.YES] if question.open else [],
        "asks_for": question.asks_for,
        "confirmed": question.signed,
        "on": words.ON,
    }


def _order(sheet: PlanSheet, dates: frozenset[str]) -> Iterator[list[str]]:
    """Yield every field of the normalized order, and whether a person typed it; `dates` are those filled in."""
    json_answer = sheet.whole
    filled = frozenset(json_answer["defaults"])
    why = {line.name: line.note for line in sheet.assumed}

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
                yield [name, value_said(str(value)), came_from(path, name, value)]

    def came_from(path: str, name: str, value: Any) -> str:
        if value == NOT_ASKED:
            return words.NOT_ANSWERED
        if path in dates:
            return words.FILLED_IN
        if path == "preparation":
            return words.CHOSEN
        left_out = path in filled or path.partition(".")[0] in filled  # a list that was left out, with all its items
        return why.get(name, words.DEFAULT) if left_out else words.TYPED

    return walk(json_answer["order"], "")
