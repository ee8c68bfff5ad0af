"""The parts of a sheet: finished strings, and nothing that could still be computed."""

from __future__ import annotations

from dataclasses import dataclass

from calc.contract import CautionShown, NoticeShown, StepShown


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what stands beside it; `note` marks an estimate or says why."""

    name: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A screening question and its answer so far."""

    code: str
    question: str
    detail: str
    answer: str
    open: bool
    paper: str


@dataclass(frozen=True, slots=True)
class WeighingLine:
    """One thing on the balance."""

    name: str
    mass: str
    least: str
    verdict: str
    state: str


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One way to make the order, in cells."""

    name: str
    capsules: str
    tablets: str
    weighings: str
    dose: str
    deviation: str
    at_loss: str
    left_over: str
    surplus: str


@dataclass(frozen=True, slots=True)
class SizeLine:
    """One capsule size, in cells."""

    size: str
    fill: str
    diluent: str
    share: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a page or a paper shows of a plan."""

    headline: str
    echo: str
    answer: str
    next_action: str
    not_released: str
    general_rules_only: str
    human: str
    key_figures: tuple[Line, ...]
    notices: tuple[NoticeShown, ...]
    acknowledged: tuple[str, ...]
    questions: tuple[Question, ...]
    cautions: tuple[CautionShown, ...]
    weighings: tuple[WeighingLine, ...]
    bench: tuple[str, ...]
    blend: str
    ladder: tuple[Line, ...]
    materials: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    remarks: tuple[str, ...]
    offers: tuple[OfferLine, ...]
    sizes: tuple[SizeLine, ...]
    sizes_estimated: bool
    steps: tuple[StepShown, ...]
    beyond_use: str
    beyond_use_lines: tuple[str, ...]
    assumed: tuple[Line, ...]
    estimated_fill: bool
    fingerprint: str
    version: str
