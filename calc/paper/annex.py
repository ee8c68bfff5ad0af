"""The annex of a preparation sheet: the arithmetic, the cautions with their sources, the dates, the whole order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calc.orders.base import ReadableOrder
from calc.orders.parts import NOT_ASKED
from calc.paper.components import Component
from calc.planning.work import WorkedPlan
from calc.sheet.assessment import stored
from calc.sheet.lines import PlanSheet
from calc.sheet.on_paper import Printed
from calc.wording import label
from calc.wording import paper as words
from calc.wording import sheet as of_sheet
from calc.wording.figures import value_said


def annex(
    plan: WorkedPlan,
    sheet: PlanSheet,
    *,
    storage: str,
    facts: list[list[str]],
    components: list[Component],
    sure: list[str],
    label_text: list[str],
) -> Printed:
    """Return the strings of the annex.

    `storage` says how the preparation is kept, `sure` what is known of the dose. Raises `TypeError` for an order that
    was not read.
    """
    order = plan.order
    if not isinstance(order, ReadableOrder):
        raise TypeError("a paper is printed of an order that was read")
    estimated = sheet.whole["plan"].get("estimated", ())
    return {
        "facts": [*facts, *([part["name"], part["note"]] for part in components)],
        "answer": [f"{sheet.answer}.", sheet.human],
        "steps": [
            [step["title"], step["formula"], step["substituted"], step["result"], step["reference"]]
            for step in sheet.steps
            if step["code"] not in estimated
        ],
        "sure": sure,
        "until": sheet.beyond_use,
        "until_lines": list(_until_lines(plan, sheet, storage)),
        "questions": [[question.question, question.detail] for question in sheet.questions],
        "cautions": [[caution["text"], caution["reference"]] for caution in sheet.cautions],
        "label": label_text,
        "order": list(_order(sheet, order.dates_filled_in)),
        "words": _WORDS,
    }


def _until_lines(plan: WorkedPlan, sheet: PlanSheet, storage: str) -> Iterator[str]:
    """Yield why the last day of use is what it is, what else was considered, and how the preparation is kept."""
    yield from sheet.beyond_use_lines
    kept = plan.beyond_use.chosen
    if kept.general is not None:
        yield words.RULE.format(days=kept.rule.days, reference=kept.rule.reference)
    for study in kept.studies:  # a study may bound the date but never lengthens it
        yield words.STUDY.format(reference=study.reference.rstrip("."), days=study.days)
    yield stored(plan, storage)


_WORDS = {
    "title": of_sheet.ANNEX,
    "preparation": of_sheet.PREPARATION,
    "steps": of_sheet.ARITHMETIC,
    "steps_head": words.STEPS_HEAD,
    "steps_note": words.STEPS_NOTE,
    "sure": of_sheet.SURE,
    "until": of_sheet.DISCARD_DATE,
    "questions": of_sheet.QUESTIONS,
    "cautions": of_sheet.CAUTIONS_IN_FULL,
    "label": of_sheet.LABEL_TEXT,
    "order": of_sheet.ORDER,
    "order_head": words.ORDER_HEAD,
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
