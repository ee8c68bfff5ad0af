"""The parts of a sheet: finished strings, with nothing left to compute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from calc.answers.contract import CautionShown, NoticeShown, StepShown
from calc.wording.paper import plan_id


class Line(NamedTuple):
    """A name and its text; `note` marks an estimate or gives a reason, `large` marks a figure read at the bench."""

    name: str
    text: str
    note: str = ""
    large: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question before release and its answer so far: one of screening, or one on a drug without a file.

    `field` is its name in the form, in the group named `group`. On paper `paper` are its choices; `asks_for` and
    `signed` name what is written beside it, blank for nothing.
    """

    field: str
    group: str
    code: str
    question: str
    detail: str
    answer: str
    open: bool
    paper: str
    asks_for: str = ""
    signed: str = ""


class Box(NamedTuple):
    """A box on a sheet: its title, what it says, and lines to be written on."""

    title: str
    said: tuple[str, ...]
    blanks: tuple[str, ...]


class WeighingLine(NamedTuple):
    """One thing on the balance."""

    name: str
    mass: str
    least: str
    verdict: str
    state: str


class Verdict(NamedTuple):
    """What is said of the actual amount of a step: its side of the band, and a sentence.

    `state` is "in", "low" or "high", or "none" where nothing can be said; `stops` if nobody goes on as it is.
    """

    state: str = "none"
    text: str = ""
    stops: bool = False


NO_VERDICT = Verdict()


class BackLine(NamedTuple):
    """One line of the dose computed back from what was weighed: its name, figure, deviation, state and sentence.

    `state` is "in", "notice", "deviation" or "stop", or "none" where it cannot be computed.
    """

    name: str
    figure: str
    deviation: str
    state: str
    text: str


class Action(NamedTuple):
    """One line of work. `target`, set large, is the amount to reach, `band` its bounds, `working` its derivation.

    `name` and `unit` label the box for the actual amount; with neither, nothing is written down. `boxed` marks a
    condition for going on. `key` names the step, `wants` the kind of entry; `actual` is the entry as said, `typed` as
    it was typed with its unit `typed_unit`, `error` why it cannot be read, and `done` is true once the step is ticked.
    """

    do: str
    target: str = ""
    band: str = ""
    working: str = ""
    note: str = ""
    name: str = ""
    unit: str = ""
    formula: bool = False
    boxed: bool = False
    key: str = ""
    wants: str = ""
    actual: str = ""
    typed: str = ""
    typed_unit: str = ""
    units: tuple[str, ...] = ()
    error: str = ""
    done: bool = False
    verdict: Verdict = NO_VERDICT


class Stage(NamedTuple):
    """A stage of the work and its actions."""

    title: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """The uncertainty of a dose: sentences, a table by its head and rows, conditions, unknowns.

    The first sentence says it in one line; `show` leads to all the rest. Without rows nothing is known yet. `on_paper`
    is the part that fits on the preparation sheet.
    """

    title: str
    show: str
    said: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    conditions_title: str
    conditions: tuple[str, ...]
    unknown_title: str = ""
    unknown: tuple[str, ...] = ()
    on_paper: tuple[str, ...] = ()


class Reading(NamedTuple):
    """One line of the answer: a verb, what it is done with, and the figure, its number apart from its unit.

    `which` is the name of what it is done with, where the page has room for it. `instead` are the words where there is
    no figure; `note` marks an estimate. `by_hand` is the unit of the blank that paper has for a figure that is not
    known or only estimated.
    """

    verb: str
    about: str
    number: str = ""
    unit: str = ""
    instead: str = ""
    note: str = ""
    which: str = ""
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is entered in one step of the order of work, in two short lines, and whether it is done."""

    key: str
    first: str
    second: str = ""
    done: bool = field(kw_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSheet:
    """Everything that a page or a paper shows of any plan.

    `states` are the warnings that head every printed page: not released, overrides. `readout` is the answer as verbs
    with figures, `progress` the order of work, `due` the last day of use with its name. `bench_back` is the dose
    computed back from what was typed at the bench, empty while nothing was. `by_pharmacist` is true while date and
    storage are left to the pharmacist. `methods` names the formula of each step; `whole` is the JSON answer from which
    the sheet is written.
    """

    headline: str
    in_words: str
    states: tuple[str, ...]
    echo: str
    answer: str
    readout: tuple[Reading, ...]
    progress: tuple[Progress, ...]
    released: str
    next_action: str
    not_released: str
    general_rules_only: str
    human: str
    key_figures: tuple[Line, ...]
    notices: tuple[NoticeShown, ...]
    dates_read: tuple[NoticeShown, ...]
    acknowledged: tuple[str, ...]
    questions: tuple[Question, ...]
    boxes: tuple[Box, ...]
    cautions: tuple[CautionShown, ...]
    weighings: tuple[WeighingLine, ...]
    materials: str
    work: tuple[Stage, ...]
    remarks: tuple[str, ...]
    steps: tuple[StepShown, ...]
    methods: tuple[str, ...]
    due: tuple[str, str]
    beyond_use: str
    expiry_open: bool
    by_pharmacist: bool
    beyond_use_lines: tuple[str, ...]
    assumed: tuple[Line, ...]
    whole: Mapping[str, Any]
    bench_back: tuple[BackLine, ...] = ()

    @property
    def entered(self) -> dict[str, Action]:
        """The actions for which something was typed or ticked at the bench, by the keys of the steps."""
        every = (action for stage in self.work for action in stage.actions)
        return {action.key: action for action in every if action.actual or action.done}

    @property
    def batch_number(self) -> str:
        """The batch number; blank while the batch has none."""
        return self.whole["order"]["internal_number"] or ""

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the plan."""
        return str(self.whole["fingerprint"])

    @property
    def plan_id(self) -> str:
        """The fingerprint as people read it."""
        return plan_id(self.fingerprint)

    @property
    def version(self) -> str:
        """The program's version."""
        return str(self.whole["version"])
