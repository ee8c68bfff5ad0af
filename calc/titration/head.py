"""What the pages of all titrations have in common: the answer in one line, and what is read first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from calc.answers.contract import CautionShown
from calc.arithmetic.notation import plain
from calc.arithmetic.rounding import total
from calc.arithmetic.units import DAY, MG, Unit, figure
from calc.drug import Drug
from calc.orders.base import AnyOrder
from calc.planning.basis import drug_name
from calc.planning.parts import Acknowledged
from calc.sheet.assessment import boxes
from calc.sheet.lines import Box, Progress, Question
from calc.sheet.parts import controlled, not_released, override_said
from calc.titration.plan import DatedStep
from calc.wording import page, paper, titration
from calc.wording.dates import in_words
from calc.wording.figures import drug_said


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the page shows of any titration: its answer, what to read first, the order of work."""

    headline: str
    states: tuple[str, ...]
    answer: tuple[str, ...]
    not_released: str
    asked_first: tuple[str, str] | None
    boxes: tuple[Box, ...]
    general_rules_only: str
    stopped: tuple[str, ...]
    notices: tuple[str, ...]
    cautions: tuple[CautionShown, ...]
    progress: tuple[Progress, ...]
    version: str


def head_of(
    order: AnyOrder,
    drug: Drug | None,
    steps: tuple[DatedStep, ...],
    unit: Unit,
    questions: tuple[Question, ...],
    overridden: Iterable[Acknowledged],
) -> dict[str, Any]:
    """Return the fields of a head that follow from the schedule and the order; amounts of drug are in `unit`."""
    name, released = drug_name(order, drug), not_released(questions)
    return {
        "headline": _headline(name, steps, unit),
        "answer": tuple(
            part.format(
                days=plain(figure(sum(step.days for step in steps), DAY)),
                first=in_words(steps[0].first),
                last=in_words(steps[-1].last),
                drug=drug_said(total((step.drug for step in steps), MG), unit),
            )
            for part in titration.ANSWER
        ),
        "states": tuple(_states(released, drug, overridden)),
        "not_released": released,
        "asked_first": next(((question.field, question.group) for question in questions if question.open), None),
        "boxes": boxes(order, batches=True),
        "general_rules_only": "" if drug is not None else page.GENERAL_RULES_ONLY.format(drug=name),
    }


def _headline(name: str, steps: tuple[DatedStep, ...], unit: Unit) -> str:
    first, last = steps[0].dose, steps[-1].dose
    if first == last:  # the same at both ends: from the least to the most
        first, last = min(step.dose for step in steps), max(step.dose for step in steps)
    text = titration.HEADLINE_ONE if first == last else titration.HEADLINE
    return text.format(drug=name, first=drug_said(first, unit), last=drug_said(last, unit))


def _states(released: str, drug: Drug | None, overridden: Iterable[Acknowledged]) -> Iterator[str]:
    """Yield the warnings that head every printed page: those of all batches, each once."""
    if released:
        yield released
    if drug is None:
        yield paper.GENERAL_RULES
    yield from controlled(drug)
    yield from dict.fromkeys(map(override_said, overridden))
