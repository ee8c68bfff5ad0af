"""The order of work on a page: its four steps with their state, what is entered in each, and which one is open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from calc.answers.contract import FaultShown, StopShown
from calc.faults import FaultCode
from calc.sheet.lines import Progress
from calc.web.forms.fields import Group, field_name
from calc.wording import workbench as words

#: The states of a step: what comes first, what is entered, what comes next or later, what stops or waits.
START, DONE, NOW, LATER, HALT, WAIT, FIX = "start", "done", "now", "later", "halt", "wait", "fix"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the order of work: its groups of fields, its state in a word, and what is entered, in two lines."""

    key: str
    title: str
    state: str
    word: str
    first: str
    second: str
    open: bool
    groups: tuple[tuple[Group, list[Any]], ...]

    @property
    def done(self) -> bool:
        """True if the step has all that it needs."""
        return self.state == DONE


def is_waiting(faults: Sequence[FaultShown]) -> bool:
    """Return True if nothing is wrong but that the other half of a pair is still to be typed."""
    return bool(faults) and all(fault["code"] == FaultCode.PAIR_INCOMPLETE for fault in faults)


def steps_of(
    kind: str,
    form: Any,
    entered: Sequence[Progress],
    faults: Sequence[FaultShown],
    stops: Sequence[StopShown],
    grown: Collection[str] = (),
) -> tuple[Step, ...]:
    """Return the steps of a page, for what is `entered` by its plan, or for the faults or stops of its order.

    The step with a group to which a row was just added, one of `grown`, is the open one.
    """
    titles = words.STEPS[kind]
    of_step = {key: tuple(each for each in form.groups if each[0].step == key) for key in titles}
    troubled = _troubled(of_step, (*faults, *stops))
    progress = {each.key: each for each in entered}
    reached = _reached(titles, progress, troubled)
    holding = [key for key, groups in of_step.items() if any(group.key in grown for group, _ in groups)]
    state_of_trouble = WAIT if is_waiting(faults) else FIX if faults else HALT
    steps = []
    for key, (title, asks) in titles.items():
        known = progress.get(key, Progress(key, asks, done=False))
        state = _state(key, known, reached, troubled, state_of_trouble, started=bool(entered or faults or stops))
        steps.append(
            Step(
                key,
                title,
                state,
                words.STATES[state],
                known.first,
                known.second,
                open=key in holding if holding else key == reached and (key != "release" or key in troubled),
                groups=of_step[key],
            )
        )
    return tuple(steps)


def _troubled(
    of_step: dict[str, tuple[tuple[Group, list[Any]], ...]], troubles: Iterable[FaultShown | StopShown]
) -> list[str]:
    """Return the steps that faults or stops are told of, in order; the first where a field has no place in any."""
    named = {field_name(trouble["field"]) for trouble in troubles}
    found = [
        key for key, groups in of_step.items() if any(field.name in named for _, fields in groups for field in fields)
    ]
    return found or ([next(iter(of_step))] if named else [])


def _reached(titles: Iterable[str], progress: dict[str, Progress], troubled: list[str]) -> str:
    """Return the step that is next: the first in trouble, or the first that is not done; blank if all are."""
    if troubled:
        return troubled[0]
    return next((key for key in titles if key not in progress or not progress[key].done), "")


def _state(key: str, entered: Progress, reached: str, troubled: list[str], trouble: str, *, started: bool) -> str:
    if key in troubled:
        return trouble
    if entered.done:
        return DONE
    if key == reached:
        return NOW if started else START
    return LATER
