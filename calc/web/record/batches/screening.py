"""The boxes of a drug's questions on the pages of release and dispensing, and what is answered in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import RadioField, SelectField

from calc.drug import ScreeningQuestion
from calc.faults import REASONS
from calc.web.forms.fields import listed
from calc.web.record.batches import words
from calc.web.record.batches.forms import text_of
from calc.web.record.forms import RecordForm
from calc.web.record.private import ANSWER, OVERRIDE
from calc.wording.steps import REASONS as REASON_WORDS


def boxes_of(questions: Sequence[ScreeningQuestion]) -> Mapping[str, Any]:
    """Return a field for each question, and one for the reason where an answer stops."""
    fields: dict[str, Any] = {
        f"{ANSWER}{question.code}": RadioField(
            question.question,
            choices=listed([("no", "No"), ("yes", "Yes")]),
            description=question.detail,
            validate_choice=False,
        )
        for question in questions
    }
    reasons = dict.fromkeys(reason for question in questions for reason in REASONS[question.stop])
    if reasons:
        choices = listed([("", words.CHOOSE), *((reason.value, REASON_WORDS[reason]) for reason in reasons)])
        fields[OVERRIDE] = SelectField(
            words.OVERRIDE, choices=choices, description=words.OVERRIDE_ANSWER, validate_choice=False
        )
    return fields


def boxes_in(form: RecordForm) -> list[Any]:
    """Return the fields of a form that are questions, and the reason behind them."""
    questions = [field for field in form if field.name.startswith(ANSWER)]
    return [*questions, form[OVERRIDE]] if questions and OVERRIDE in form else questions


def answers_in(form: RecordForm) -> dict[str, str]:
    """Return what is answered, by the code of each question."""
    names = [field.name for field in form if field.name.startswith(ANSWER)]
    return {name.removeprefix(ANSWER): text_of(form, name) for name in names}
