"""The questions of a drug's file before somebody is given some of it: when they are asked, and what is kept of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.answers.json_text import canonical
from calc.drug import ScreeningQuestion
from calc.faults import REASONS, FaultCode
from calc.library import Library
from calc.record.batch.acts import Dispense, Release
from calc.record.batch.asking import Asking
from calc.record.batch.codes import NO, PURPOSES, YES, Why
from calc.record.batch.state import BatchState
from calc.record.batch.typed import Typed

_ONE_DISPENSING, _ = PURPOSES
NONE, AT_RELEASE, AT_DISPENSING = "none", "asked at release", "asked at dispensing"


def at_release(state: BatchState, library: Library) -> tuple[ScreeningQuestion, ...]:
    """Return the questions before the release: all of them for one dispensing, none for a batch made ahead."""
    return _questions(state, library) if state.purpose == _ONE_DISPENSING else ()


def at_dispensing(state: BatchState, library: Library) -> tuple[ScreeningQuestion, ...]:
    """Return the questions before a dispensing; none for the first of a batch that was released for one.

    Whoever is given some of it later may be somebody else, and is asked again.
    """
    first = all(event.type != "batch.dispensed" for event in state.moves)
    return () if first and state.purpose == _ONE_DISPENSING else _questions(state, library)


def answered(asking: Asking[Any], act: Release | Dispense, asked: tuple[ScreeningQuestion, ...]) -> tuple[str, str]:
    """Return what the event says of the questions, and the answers as they are kept beside the chain.

    Raises `Refused` for a question without an answer, `ActRefused` for an answer that stops without a reason.
    """
    typed = Typed()
    for code in act.answers.keys() - {question.code for question in asked}:
        typed.fault(FaultCode.NO_SUCH_QUESTION, f"answers.{code}", typed=code)
    for question in asked:
        typed.chosen(f"answers.{question.code}", act.answers.get(question.code, ""), (YES, NO))
    typed.done()
    if not asked:
        elsewhere = AT_DISPENSING if isinstance(act, Release) else AT_RELEASE
        return (elsewhere if _questions(asking.state, asking.library) else NONE), ""
    stops = [question for question in asked if act.answers[question.code] == YES]
    for question in stops:
        if act.override not in REASONS[question.stop]:
            raise asking.refused(Why.ANSWER_STOPS, "override", question=question.code, choices=REASONS[question.stop])
    return ("asked, overridden" if stops else "asked and clear"), answers_kept(act.answers, act.override)


def answers_kept(answers: Mapping[str, str], override: str) -> str:
    """Return answers as they are kept beside the chain, and the reason where one of them stops; blank for none.

    >>> answers_kept({"opioids": "no"}, "x"), answers_kept({}, "")
    ('{"answers":{"opioids":"no"}}', '')
    """
    stops = YES in answers.values()
    kept = {"answers": dict(answers), **({"override": override} if stops else {})}
    return canonical(kept).decode("ascii") if answers else ""


def _questions(state: BatchState, library: Library) -> tuple[ScreeningQuestion, ...]:
    drug = library.drug_of(state.order["drug"])
    return () if drug is None else tuple(drug.screening)
