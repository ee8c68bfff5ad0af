"""The four questions on a drug without a file as a sheet shows them, and what hangs on their answers."""

from __future__ import annotations

from collections.abc import Iterator

from calc import limits
from calc.arithmetic.units import TABLET, figure
from calc.orders.base import AnyOrder
from calc.orders.parts import NOT_ASKED
from calc.planning.assessment import QUESTIONS, answer_to, is_open
from calc.planning.parts import Planned
from calc.sheet.lines import Box, Question
from calc.sheet.names import tablets_said
from calc.wording import assessment as words
from calc.wording import label, page


def questions_on(order: AnyOrder) -> tuple[Question, ...]:
    """Return the four questions with an order's answers; who answers what is open signs once, under the last."""
    some_open = any(answer_to(order, code) == NOT_ASKED for code in QUESTIONS)
    return tuple(
        Question(
            field=f"assessment-{code}",
            group=words.TITLE,
            code=code,
            question=words.QUESTIONS[code][0],
            detail=words.QUESTIONS[code][1],
            answer=page.ANSWERS[answer_to(order, code)],
            open=answer_to(order, code) == NOT_ASKED,
            paper=page.NO_OR_YES,
            signed=words.PHARMACIST if some_open and code == QUESTIONS[-1] else "",
        )
        for code in QUESTIONS
    )


def stored(plan: Planned, store: str) -> str:
    """Return how a preparation is stored; left to the pharmacist, beside that, while a question is open."""
    if not is_open(plan.order, plan.drug):
        return store
    return words.STORE.format(store=f"{store[:1].lower()}{store[1:]}".rstrip("."))


def boxes(order: AnyOrder, crushed: int | None = None, *, batches: bool = False) -> tuple[Box, ...]:
    """Return the boxes of a sheet: how a hazardous drug is handled, and what one with a narrow index asks for.

    `crushed` is how many tablets are crushed; None for bulk powder, and for the batches of a schedule.
    """
    found = []
    if order.assessment.hazardous == "yes":
        found.append(Box(words.HAZARDOUS, (), words.HAZARD_LINES))
    if order.assessment.narrow_index == "yes":
        found.append(Box(words.NARROW, tuple(_tablets(crushed, batches=batches)), (words.ASSAY_LINE,)))
    return tuple(found)


def _tablets(crushed: int | None, *, batches: bool) -> Iterator[str]:
    """Yield what a narrow index asks for of the tablets."""
    field = label("source.least_tablets")
    if batches:
        yield words.TABLETS_OF_BATCHES.format(field=field)
    elif crushed is not None:
        enough = figure(crushed, TABLET) >= limits.EVEN_TABLETS.value
        text = words.TABLETS_ENOUGH if enough else words.TABLETS_TO_TEN
        yield text.format(field=field, tablets=tablets_said(crushed), are="is" if crushed == 1 else "are")
