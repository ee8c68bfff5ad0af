"""The four questions to the pharmacist on a drug without a file: what a "no" to crushing stops, and what is open."""

from __future__ import annotations

from calc.drug import Drug
from calc.faults import NoticeCode, StopCode
from calc.orders.base import AnyOrder
from calc.orders.parts import NOT_ASKED, Assessment
from calc.planning.basis import drug_name
from calc.planning.work import Work

#: The codes of the questions, in the order in which they are asked.
QUESTIONS = tuple(Assessment.model_fields)


def answer_to(order: AnyOrder, question: str) -> str:
    """Return the pharmacist's answer to one question, by its code; "not asked" of a drug with a file, too."""
    return getattr(order.assessment, question) or NOT_ASKED


def is_open(order: AnyOrder, drug: Drug | None) -> bool:
    """Return True if the drug has no file and one of its four questions has no answer."""
    return drug is None and any(answer_to(order, question) == NOT_ASKED for question in QUESTIONS)


def assess(order: AnyOrder, drug: Drug | None, work: Work) -> None:
    """Stop a drug that may not be crushed, whether it has a file or not; give notice of questions without an answer."""
    if order.assessment.may_be_crushed == "no":
        work.stop(StopCode.MAY_NOT_BE_CRUSHED, "assessment.may_be_crushed", "no", drug=drug_name(order, drug))
    if drug is None and is_open(order, drug):
        work.notice(NoticeCode.ASSESSMENT_OPEN, drug=drug_name(order, drug))
