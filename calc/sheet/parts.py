"""The parts of every sheet: its frame, weighings, questions, the beyond-use date, assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Protocol, TypeVar

from calc import limits
from calc.answers.contract import BeyondUseShown, WeighingShown
from calc.faults import NoticeCode
from calc.planning.codes import WeighingName
from calc.planning.parts import Acknowledged, BeyondUse, Planned
from calc.planning.work import Step
from calc.sheet.lines import Line, PlanSheet, Question, WeighingLine
from calc.sheet.names import drug_name, text_or
from calc.wording import label, page
from calc.wording.figures import value_said
from calc.wording.steps import BOUND_BY, WEIGHINGS

SheetT = TypeVar("SheetT", bound=PlanSheet)
#: A component by its name, and its expiry if that is known.
Expiries = Mapping[str, date | None]


class PlanOnSheet(Planned, Protocol):
    """A plan that a sheet is written of."""

    @property
    def acknowledged(self) -> tuple[Acknowledged, ...]:
        """The stops that were let pass."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """The lines of shown work."""

    @property
    def beyond_use(self) -> BeyondUse:
        """The beyond-use date."""


def framed(
    kind: type[SheetT],
    plan: PlanOnSheet,
    whole: Mapping[str, Any],
    expiries: Expiries,
    bound_by: Mapping[str, str] = BOUND_BY,
    **own: Any,
) -> SheetT:
    """Return a sheet of any preparation: what all of them show, and its `own` fields.

    `whole` is the JSON answer that the sheet is written from. `expiries` are those of the components; `bound_by` says
    what can bind the beyond-use date.
    """
    shown, questions = whole["plan"], questions_asked(plan)
    is_open = None in expiries.values()
    date_of_use = (page.BEYOND_USE_OPEN if is_open else page.BEYOND_USE).format(date=shown["beyond_use"]["date"])
    frame: dict[str, Any] = {
        "not_released": page.NOT_RELEASED if any(question.open for question in questions) else "",
        "general_rules_only": "" if plan.drug is not None else page.GENERAL_RULES_ONLY.format(drug=drug_name(plan)),
        "notices": tuple(notice for notice in shown["notices"] if notice["code"] != SAID_AS_NEXT_ACTION),
        "acknowledged": tuple(passed["text"] for passed in shown["acknowledged"]),
        "questions": questions,
        "cautions": tuple(shown["cautions"]),
        "weighings": weighing_lines(shown["weighings"]),
        "steps": tuple(shown["steps"]),
        "methods": tuple(step.method for step in plan.steps),
        "beyond_use": date_of_use,
        "expiry_open": is_open,
        "beyond_use_lines": tuple(_beyond_use_lines(plan, shown["beyond_use"], expiries, bound_by)),
        "assumed": assumptions(whole),
        "whole": whole,
    }
    return kind(**frame, **own)


def _beyond_use_lines(
    plan: PlanOnSheet, bound: BeyondUseShown, expiries: Expiries, bound_by: Mapping[str, str]
) -> Iterator[str]:
    """Why the beyond-use date is that one, and what else was looked at."""
    order = plan.order
    yield page.BEYOND_USE_WHY.format(
        by=bound_by[bound["bound_by"]],
        counting=order.beyond_use.counting,
        prepared_on=order.prepared_on.isoformat(),
    )
    for limit in bound["others"]:
        by = bound_by[limit["by"]]
        yield page.OTHER_DATE.format(by=by[:1].upper() + by[1:], date=limit["date"])
    unknown = [page.COMPONENTS[name] for name, expiry in expiries.items() if expiry is None]
    if unknown:
        yield page.BEYOND_USE_OR.format(date=bound["date"], unknown=", ".join(unknown))


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
