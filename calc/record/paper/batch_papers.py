"""The preparation sheet and the label of a batch: those of its plan, with its number and the head of the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from calc.library import Library
from calc.paper.dispensing import read_lines
from calc.paper.label import STOCKS, label_on
from calc.paper.pharmacy import NO_PHARMACY, Pharmacy
from calc.paper.press import press
from calc.paper.until import refuse_uncertain
from calc.planning.bench_entries import AtBench
from calc.record.batch.planned import plan_batch
from calc.record.batch.state import BatchState
from calc.record.chain import Head
from calc.record.paper.people import on_label, said_at
from calc.record.words import paper as words
from calc.service.preparations import preparation_of
from calc.wording import paper as of_papers


class PrintedLabel(NamedTuple):
    """A label as PDF, its lines that come from the batch, and the names of those filled in for one patient."""

    pdf: bytes
    lines: tuple[str, ...]
    filled: tuple[str, ...]


def sheet_of_batch(
    state: BatchState, head: Head, library: Library, paper: str, pharmacy: Pharmacy = NO_PHARMACY
) -> bytes:
    """Return the preparation sheet of a batch as PDF on `paper`, with the head of the record on each page.

    Raises `Refused` if this version of the program plans no such order.
    """
    plan = plan_batch(state.order, library).plan
    preparation = preparation_of(plan)
    content = preparation.sheet_content(plan, paper, pharmacy, AtBench(batch=frozenset(state.entries)))
    open_questions = "" if plan.drug is None else preparation.sheet(plan).not_released  # of a patient, at the release
    marks = [words.SELF_CHECK] if state.self_checked else []
    content = {
        **content,
        "states": [*marks, *(each for each in content["states"] if each != open_questions)],
        "questions": [] if open_questions else content["questions"],
        "version": words.HEAD_AND_VERSION.format(head=said_at(head), version=content["version"]),
        "words": {**content["words"], "retain": words.SHEET_RETAIN},
    }
    return press("sheet.typ", content, plan.order.prepared_on, of_papers.PAPER_NAMES[paper])


def label_of_batch(
    state: BatchState,
    head: Head,
    library: Library,
    stock: str,
    typed: Mapping[str, str],
    pharmacy: Pharmacy = NO_PHARMACY,
) -> PrintedLabel:
    """Return the label of a batch on `stock`, one of `STOCKS`, with the lines `typed` for one patient.

    Raises `Refused` with every fault in what was typed, or if the last day of use is not certain, and `DoesNotFit`.
    """
    plan = plan_batch(state.order, library).plan
    refuse_uncertain(plan)
    for_patient = read_lines(typed, plan)
    preparation = preparation_of(plan)
    sheet = preparation.sheet(plan)
    said = {} if state.number_on_label is None else {"number": state.number_on_label}
    lines = preparation.label_lines(plan, sheet, pharmacy, for_patient, **said)
    content = label_on(stock, {**lines, **_of_record(state, head, lines)}, sheet.fingerprint, state.number)
    pdf = press("label.typ", content, plan.order.prepared_on, STOCKS[stock].name)
    kept = tuple(line for line in lines["text"] if line != of_papers.LABEL_NOT_RELEASED)
    return PrintedLabel(pdf, kept, tuple(for_patient))


def _of_record(state: BatchState, head: Head, lines: Mapping[str, Any]) -> dict[str, Any]:
    """Return the lines of a label that the record decides: the head, and that its maker checked it.

    It says nothing of the release: it is read for that as it stays on the container, and nothing is dispensed before.
    """
    return {
        "state": "",
        "batch": words.LABEL_BATCH.format(batch=lines["batch"], head=on_label(head)),
        "handling": [*lines["handling"], *([f"{words.SELF_CHECK}."] if state.self_checked else [])],
    }
