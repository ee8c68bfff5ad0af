"""The parts of every sheet: weighings, questions, assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc import limits
from calc.answers.contract import WeighingShown
from calc.faults import NoticeCode
from calc.planning.codes import WeighingName
from calc.planning.parts import Planned
from calc.sheet.lines import Line, Question, WeighingLine
from calc.sheet.names import text_or
from calc.wording import label, page
from calc.wording.figures import value_said
from calc.wording.steps import WEIGHINGS

_STATES = {True: "ok", False: "low", None: "unknown"}


def weighing_lines(weighings: list[WeighingShown]) -> tuple[WeighingLine, ...]:
    """The things on the balance, in cells."""
    return tuple(
        WeighingLine(
            WEIGHINGS[WeighingName(line["name"])],
            text_or(line["mass"], page.UNKNOWN),
            line["least"]["text"],
            page.VERDICTS[line["ok"]],
            _STATES[line["ok"]],
        )
        for line in weighings
    )


#: The notice that is the next action, and is therefore not said a second time among the notices.
SAID_AS_NEXT_ACTION = NoticeCode.WEIGH_TABLETS


def questions_asked(plan: Planned) -> tuple[Question, ...]:
    """The screening questions and their answers so far."""
    answers = {"opioids": plan.order.screening.opioids, "liver_disease": plan.order.screening.liver_disease}
    return tuple(
        Question(
            asked.code,
            asked.question,
            asked.detail,
            page.ANSWERS[answers[asked.code]],
            answers[asked.code] == "not asked",
            page.ON_PAPER[asked.code],
        )
        for asked in (plan.drug.screening if plan.drug is not None else ())
    )


_DEFAULTS = frozenset({*limits.DEFAULTS, *limits.LIQUID_DEFAULTS, "vehicle.storage"})


def assumptions(whole: Mapping[str, Any]) -> tuple[Line, ...]:
    """Everything that the order did not say, with what was taken and why."""
    lines = []
    for path in whole["defaults"]:
        value = whole["order"]
        for part in path.split("."):
            value = value[part]
        lines.append(Line(label(path), _said(value), _why(path)))
    return tuple(lines)


def _said(value: Any) -> str:
    """A value of the order; of a list what each of its parts says."""
    if isinstance(value, list):
        return ", ".join(page.SYRINGE.format(**one) for one in value)
    return value_said(str(value))


def _why(path: str) -> str:
    if path in {"prepared_on", "source.weighed_on"}:
        return page.WHY_TODAY if path == "prepared_on" else page.WHY_DAY
    return page.WHY_DEFAULT if path in _DEFAULTS or path == "drug" else page.WHY_DRUG
