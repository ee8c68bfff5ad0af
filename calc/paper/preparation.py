"""The preparation sheet: the order, its components, the work in order with boxes to fill in, every figure's proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calc import figures
from calc.answer import answer
from calc.contract import Answer, PlanShown
from calc.faults import Reason
from calc.links import shortest_pairs_of
from calc.paper.code import code
from calc.paper.components import components, made_from
from calc.paper.label import label_lines
from calc.paper.press import PAPERS, press
from calc.plans import FillRule, Plan
from calc.sheet import Sheet, sheet
from calc.sheet.names import (
    count_said,
    form_name,
    release_said,
)
from calc.sheet.rest import assumptions
from calc.wording import label
from calc.wording import paper as words
from calc.wording.refusals import STOP_NAMES
from calc.wording.said import said, value_said
from calc.wording.steps import REASONS

#: Modules a side of the largest DataMatrix.
LARGEST_CODE = 144


def sheet_pdf(plan: Plan, paper: str) -> bytes:
    """The preparation sheet of a plan on `paper`, one of `PAPERS`."""
    return press("sheet.typ", sheet_content(plan, paper), plan.order.prepared_on, words.PAPER_NAMES[paper])


def sheet_content(plan: Plan, paper: str) -> Mapping[str, Any]:
    """Everything that the sheet prints, as finished strings."""
    whole = answer(plan)
    made = sheet(plan)
    drawn = code(whole["fingerprint"], shortest_pairs_of(plan.order), most=LARGEST_CODE)
    return {
        "paper": PAPERS[paper],
        "product": product(plan),
        "states": list(_states(plan, made)),
        "batch": plan.order.internal_number or "",
        "made_on": plan.order.prepared_on.isoformat(),
        "fingerprint": whole["fingerprint"],
        "version": words.VERSION.format(version=whole["version"]),
        "answer": made.answer,
        "human": made.human,
        "facts": _facts(plan, made),
        "notices": [notice["text"] for notice in made.notices],
        "passed": list(made.acknowledged),
        "screening": [_question(question.code, question, plan) for question in made.questions],
        "components": components(plan, whole["plan"]),
        "capsule": _capsule(plan, whole["plan"]),
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
        "remarks": [*made.remarks, *made.sureness.on_paper],
        "until": made.beyond_use,
        "until_lines": [
            *made.beyond_use_lines,
            words.RULE.format(days=plan.beyond_use.rule.days, reference=plan.beyond_use.rule.reference),
            *_studies(plan),
            words.STORAGE,
        ],
        "label": label_lines(plan, made),
        "cautions": [[caution["text"], caution["reference"]] for caution in made.cautions],
        "steps": [
            [step["title"], step["formula"], step["substituted"], step["result"], step["reference"]]
            for step in made.steps
            if step["code"] not in whole["plan"]["estimated"]
        ],
        "order": list(_order(whole)),
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


def product(plan: Plan) -> str:
    """What is made, in one line that stands on every page."""
    return words.PRODUCT.format(
        batch=count_said(plan.powder.batch), form=form_name(plan, plan.order.dose_basis), dose=said(plan.order.dose)
    )


def _states(plan: Plan, made: Sheet) -> Iterator[str]:
    """What must be known of the whole sheet before a line of it is used, on every page."""
    if made.not_released:
        yield words.NOT_RELEASED
    if plan.drug is None:
        yield words.GENERAL_RULES
    for passed in plan.acknowledged:
        reason = REASONS[Reason(passed.acknowledgement.reason)]
        yield words.WITH_A_REASON.format(what=STOP_NAMES[passed.stop.code], reason=reason)


def _facts(plan: Plan, made: Sheet) -> list[list[str]]:
    """The head of the sheet: a name and its text; a blank text is a line to write on."""
    order = plan.order
    extra = plan.powder.batch - order.quantity
    form, dose = form_name(plan, order.dose_basis), said(order.dose)
    batch, quantity = count_said(plan.powder.batch), count_said(order.quantity)
    brand = f", {order.capsule.brand}" if order.capsule.brand is not None else ""
    sized = words.CAPSULE.format(size=order.capsule.size, brand=brand)
    texts = {
        "preparation": words.PREPARATION.format(form=form, release=release_said(plan)),
        "strength": words.STRENGTH.format(dose=dose, form=form),
        "quantity": (words.QUANTITY_EXTRA if extra else words.QUANTITY).format(
            quantity=quantity, batch=batch, extra=count_said(extra)
        ),
        "from": made_from(plan),
        "capsule": sized if order.capsule.size is not None else words.CAPSULE_NONE,
        "diluent": order.diluent.name,
        "master": "",
        "batch": order.internal_number or "",
        "made": words.TIMES.format(date=order.prepared_on.isoformat()),
        "beyond_use": made.beyond_use,
    }
    return [[name, texts[key]] for key, name in words.FACTS.items()]


def _question(code_of_question: str, question: Any, plan: Plan) -> Mapping[str, Any]:
    """A screening question with what is ticked or written on paper."""
    said_yes = getattr(plan.order.screening, code_of_question) == "yes"
    return {
        "question": question.question,
        "detail": question.detail,
        "open": question.open,
        "answer": "" if question.open else words.ANSWERED.format(answer=question.answer),
        "choices": [words.NO, words.YES] if question.open else [],
        "last_dose": words.LAST_DOSE if code_of_question == "opioids" and (question.open or said_yes) else "",
        "confirmed": words.CONFIRMED if question.open or said_yes else "",
        "on": words.ON,
    }


def _capsule(plan: Plan, shown: PlanShown) -> Mapping[str, Any] | None:
    """The share of a capsule body that the tablet powder takes up, where it was measured: drawn to scale."""
    share = shown["share_of_body"]
    if share is None or plan.fill.rule is not FillRule.PACKING or plan.fill.share_of_body is None:
        return None
    return {
        "share": figures.significant(plan.fill.share_of_body.value, 4),
        "text": words.CAPSULE_DRAWING.format(share=share["text"]),
        "names": [name.format(share=share["text"]) for name in words.CAPSULE_NAMES],
    }


def _studies(plan: Plan) -> Iterator[str]:
    """The stability studies that apply, which may bound the date but never lengthen it."""
    for study in plan.drug.studies if plan.drug is not None else ():
        if study.preparation == "capsule" and plan.order.diluent.name in study.diluents:
            yield words.STUDY.format(reference=study.reference.rstrip("."), days=study.days)


def _order(whole: Answer) -> Iterator[list[str]]:
    """Every field of the order as understood, and whether it was typed or filled in."""
    filled = frozenset(whole["defaults"])
    why = {line.name: line.note for line in assumptions(whole)}

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
