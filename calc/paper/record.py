"""The bench pages common to all preparation sheets: head, answer, questions, components, settings, work, release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from calc.answers.writer import Writer
from calc.arithmetic.rounding import divided
from calc.arithmetic.units import MG
from calc.orders.base import ReadableOrder
from calc.orders.query import shortest_pairs_of
from calc.orders.sources import CapsuleSource
from calc.paper.code import code, reference_code
from calc.paper.components import Component, component
from calc.paper.pharmacy import Pharmacy
from calc.paper.press import PAPERS
from calc.paper.until import last_day_of
from calc.planning.bench import BenchCode
from calc.planning.parts import DrugSource, Planned
from calc.planning.work import WorkedPlan
from calc.sheet.lines import Action, PlanSheet, Question, Reading
from calc.sheet.names import drug_name, tablets_said
from calc.sheet.on_paper import Printed
from calc.sheet.until import blanks_said, day_said, limit_said
from calc.wording import assessment as on_drug
from calc.wording import paper as words
from calc.wording import sheet as of_sheet
from calc.wording.dates import in_words
from calc.wording.figures import mass_said, said

#: Modules per side of the largest DataMatrix.
LARGEST_CODE = 144


def record(plan: WorkedPlan, sheet: PlanSheet, paper: str, pharmacy: Pharmacy, made: str) -> Printed:
    """Return the strings common to the bench pages of all preparation sheets; `made` is how much is to be made.

    Raises `TypeError` for an order that was not read.
    """
    order, json_answer = plan.order, sheet.whole
    if not isinstance(order, ReadableOrder):
        raise TypeError("a paper is printed of an order that was read")
    fingerprint, batch = json_answer["fingerprint"], json_answer["order"]["internal_number"]
    with_order = code(fingerprint, shortest_pairs_of(order), most=LARGEST_CODE)
    drawn = with_order or reference_code(fingerprint, batch, most=LARGEST_CODE)
    kind = json_answer["order"].get("preparation", "capsule")
    others = plan.drug.confused_with if plan.drug is not None else ()
    name = drug_name(plan)
    return {
        "paper": PAPERS[paper],
        "states": list(sheet.states),
        "batch": sheet.batch_number,
        "made_on": json_answer["order"]["prepared_on"],
        "fingerprint": words.plan_id(fingerprint),
        "version": words.VERSION.format(version=json_answer["version"]),
        "pharmacy": {"name": pharmacy.name, "address": ", ".join(filter(None, (pharmacy.address, pharmacy.phone)))},
        "warned": of_sheet.NOT_OTHER.format(name=name[:1].upper() + name[1:], others=", ".join(others))
        if others
        else "",
        "answer": sheet.answer,
        "answers": [_answered(line) for line in sheet.readout],
        "notices": [notice["text"] for notice in (*sheet.notices, *sheet.dates_read)],
        "passed": list(sheet.acknowledged),
        "asked": sheet.questions[0].group if plan.drug is None else of_sheet.BEFORE_RELEASE,
        "questions": [_question(question) for question in sheet.questions],
        "answered_on": ""
        if sheet.not_released
        else of_sheet.ANSWERED_ON.format(date=json_answer["order"]["prepared_on"]),
        "boxes": [{"title": box.title, "said": box.said, "blanks": box.blanks} for box in sheet.boxes],
        "discard": _discard(plan, sheet),
        "release": _release(kind, made),
        "equipment": list(_equipment(kind, sheet.entered)),
        "weighed": list(_computed_back(sheet)),
        "cautions": [each.text for each in plan.drug.cautions_in_short] if plan.drug is not None else [],
        "code": None if drawn is None else {"modules": drawn.modules, "pixels": drawn.pixels},
        "code_says": of_sheet.CODE_SAYS if with_order else of_sheet.CODE_TALL,
        "code_alt": (words.CODE_ALT if with_order else words.REFERENCE_ALT).format(plan_id=words.plan_id(fingerprint)),
        "words": _WORDS,
    }


def container(sheet: PlanSheet) -> Component:
    """Return the container and its closure as a component, as it was entered at the bench."""
    entered = sheet.entered.get(BenchCode.CONTAINER)
    kept = "" if entered is None else entered.actual
    return component(of_sheet.CONTAINER, f"{of_sheet.CONTAINER_NOTE} {kept}".rstrip(), "", lot=None, expiry=None)


class Settings(NamedTuple):
    """What a preparation rests on, as sentences: what was measured, what a batch took over of its order, and the rest.

    Without a batch what the order says counts as measured.
    """

    measured: list[str]
    ordered: list[str]
    others: list[str]

    def of(self, step: BenchCode, batch: frozenset[str] | None) -> list[str]:
        """Return the sentences to which belongs what a step measures: in a batch that has no such entry the others."""
        return self.measured if batch is None or step in batch else self.ordered


def measured(plan: Planned, source: DrugSource, settings: Settings, batch: frozenset[str] | None) -> Printed:
    """Return what was measured before the sheet was printed, the `settings` that follow from it, and the balance.

    What a batch has not measured itself, the steps of its entries being `batch`, is said as ordered.
    """
    tablets, balance, found = source.tablets, plan.order.balance, Settings([], [], [])
    opened = isinstance(plan.order.source, CapsuleSource)
    lines = found.of(BenchCode.EMPTY_SHELLS if opened else BenchCode.ALL_TABLETS, batch)
    if tablets is not None and tablets.total_mass is not None and tablets.weighed is not None:
        mean = divided(tablets.total_mass.to(MG), tablets.weighed)
        mass = Writer(balance.readability).as_it_is(tablets.total_mass)["text"]
        lines.append(
            of_sheet.TABLETS_MEASURED.format(tablets=tablets_said(tablets.weighed), mass=mass, mean=said(mean))
        )
        if tablets.crushed_mass is not None:
            lines.append(of_sheet.CRUSHED_MEASURED.format(mass=mass_said(tablets.crushed_mass)))
    done, ordered = [*found.measured, *settings.measured], [*found.ordered, *settings.ordered]
    lines = [*done, *settings.others, of_sheet.BALANCE.format(step=mass_said(balance.readability))]
    lines += [of_sheet.AS_ORDERED.format(what=" ".join(ordered))] if ordered else []
    return {
        "title": of_sheet.MEASURED.format(date=plan.order.prepared_on.isoformat()) if done else "",
        "text": " ".join(lines),
        "least": of_sheet.LEAST.format(least=Writer(balance.readability).on_balance(source.least)["text"]),
    }


def marked(content: Mapping[str, Any], mark: str) -> Mapping[str, Any]:
    """Return the content of a sheet with a mark across the head of each page, if there is one."""
    return {**content, "states": [mark, *content["states"]]} if mark else content


def _answered(line: Reading) -> Printed:
    """Return a line of the answer as paper has it: a figure, words instead, or a blank to be written on by hand."""
    name = f"{line.verb}, {line.about}" if line.about else line.verb
    if line.by_hand:
        return {"name": name, "number": "", "unit": line.by_hand, "instead": ""}
    return {"name": name, "number": line.number, "unit": line.unit, "instead": line.instead}


def _question(question: Question) -> Printed:
    """Return a question before release with the choices and blanks to be filled in on paper."""
    return {
        "question": question.question,
        "detail": question.detail,
        "open": question.open,
        "answer": "" if question.open else question.answer,
        "choices": [words.NO, words.YES] if question.open else [],
        "asks_for": question.asks_for,
        "confirmed": question.signed,
    }


def _discard(plan: WorkedPlan, sheet: PlanSheet) -> Printed:
    """Return the last day of use, and what may make it sooner. Raises `Refused` if there is none."""
    last = last_day_of(plan.beyond_use)
    sooner = of_sheet.DISCARD_SOONER if sheet.expiry_open else ""
    said, iso = in_words(last), last.isoformat()
    if not sheet.by_pharmacist and plan.beyond_use.chosen.hours is not None:
        open_day = blanks_said(plan.beyond_use.chosen, plan.order, said)
        return {"day": "", "iso": "", "open": open_day, "sooner": sooner}
    if not sheet.by_pharmacist:
        return {"day": said, "iso": iso, "open": "", "sooner": sooner}
    day = day_said(plan.beyond_use.chosen)
    open_day = of_sheet.DISCARD_OPEN.format(by_pharmacist=on_drug.BY_PHARMACIST, limit=limit_said(plan), date=day)
    return {"day": "", "iso": "", "open": open_day, "sooner": sooner}


def _release(kind: str, made: str) -> list[list[list[Any]]]:
    """Return what is ticked before release, line by line."""
    lines = of_sheet.RELEASE[kind]
    return [[[name.format(made=made), list(choices)] for name, choices in line] for line in lines]


def _computed_back(sheet: PlanSheet) -> Iterator[Printed]:
    """Yield the dose computed back from what was weighed, line by line."""
    for line in sheet.bench_back:
        figure = of_sheet.BACK_FIGURE.format(figure=line.figure, deviation=line.deviation) if line.figure else ""
        yield {"name": line.name, "figure": figure, "text": line.text}


def _equipment(kind: str, entered: Mapping[str, Action]) -> Iterator[Printed]:
    """Yield the lines for the equipment and the time, each with what was entered for its step."""
    for name, span, step in of_sheet.EQUIPMENT[kind]:
        yield {"name": name, "span": span, "text": entered[step].actual if step in entered else ""}


#: Words that are the same on every sheet. No fact of an order may be in them, or Typst could not reuse its layout.
_WORDS = {
    "page": of_sheet.PAGE,
    "annex_page": of_sheet.ANNEX_PAGE,
    "batch": of_sheet.BATCH,
    "made": of_sheet.MADE,
    "plan": of_sheet.PLAN,
    "pharmacy": of_sheet.PHARMACY,
    "address": of_sheet.ADDRESS,
    "by_hand": of_sheet.BY_HAND,
    "asked_by": of_sheet.ASKED_BY,
    "discard": of_sheet.DISCARD,
    "assigned": of_sheet.ASSIGNED,
    "by": of_sheet.BY,
    "component_head": of_sheet.COMPONENT_HEAD,
    "cautions": of_sheet.CAUTIONS,
    "section_head": of_sheet.SECTION_HEAD,
    "mean": of_sheet.MEAN,
    "rsd": of_sheet.RSD,
    "back": of_sheet.BACK,
    "deviations": of_sheet.DEVIATIONS,
    "reviewed": of_sheet.REVIEWED,
    "complaint": of_sheet.COMPLAINT,
    "label_place": of_sheet.LABEL_PLACE,
    "release_head": of_sheet.RELEASE_HEAD,
    "release_rows": of_sheet.RELEASE_ROWS,
    "retain": of_sheet.RETAIN,
    "annex": of_sheet.ANNEX,
    "title": words.TITLE,
    "notices": words.NOTICES,
    "passed": words.PASSED,
    "on": words.ON,
    "unsigned": words.UNSIGNED,
    "signed": words.SIGNED,
    "confirmed_by": words.CONFIRMED_BY.split("{blank}"),
    "approved": words.MASTER_APPROVED,
}
