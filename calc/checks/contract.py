"""Types of the JSON answers to checks on finished capsules; the parts shared with plans are in `calc.answers`."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict  # pydantic reads only this one before Python 3.12

from calc.answers.contract import Band, NoticeShown, Shown, StepShown
from calc.capsule.contract import LargestShown


class CheckedCapsuleShown(TypedDict):
    """One capsule of a check by weight, its fill also as a part of the theoretical fill."""

    gross: Shown
    fill: Shown
    share: Shown
    ok: bool


class WithinShown(TypedDict):
    """Where the source holds `label` of what it says: the mean content as a part of the dose, and the probability."""

    label: Literal["1", "0.95", "0.9"]
    content: Shown
    probability: Shown


class DoseSpreadShown(TypedDict):
    """How sure the dose of one capsule is; null what is not known where the capsules hold nothing."""

    batch: Shown
    largest: LargestShown | None
    fill: Shown | None
    fill_shift: Shown
    combined: Shown | None
    degrees_of_freedom: int | None
    within: list[WithinShown]
    conditions: list[str]


class VerdictsShown(TypedDict):
    """The three verdicts of a check by weight; null where nothing is known to judge by."""

    masses: Literal["pass", "fail"]
    count: Literal["pass", "explain", "hold"] | None
    mass_balance: Literal["pass", "explain", "hold"] | None


class ContentsRuleShown(TypedDict):
    """The rule of BP and Ph. Eur. on the contents of the first twenty capsules, by their own mean."""

    verdict: Literal["pass", "fail"]
    mean: Shown
    limit: Shown
    outside: list[int]
    far_outside: list[int]
    content_asked: bool | None


class WeightsAnswer(TypedDict):
    """The answer to a check by weight. Masses are in mg; what is not known is null."""

    verdict: Literal["pass", "explain", "hold", "fail"]
    verdicts: VerdictsShown
    next: str
    mean_shell: Shown
    fills: list[CheckedCapsuleShown]
    mean_fill: Shown
    mean_share: Shown
    mean_ok: bool
    band: Band
    mean_band: Band
    rsd: Shown | None
    rsd_ok: bool | None
    batch_loss: Shown | None
    loss_ok: bool | None
    weighed_in: Shown | None
    blend_left: Shown | None
    mass_balance: Shown | None
    mass_balance_uncertainty: Shown | None
    contents_rule: ContentsRuleShown | None
    spread: DoseSpreadShown | None
    steps: list[StepShown]
    notices: list[NoticeShown]
    version: str


class CheckedUnitShown(TypedDict):
    """One unit of a check by content; `ok` is null in the first stage, which does not judge single units."""

    content: Shown
    ok: bool | None


class UniformityAnswer(TypedDict):
    """The answer to a check by content; every figure but `k` in per cent of the label."""

    verdict: Literal["pass", "fail", "assay 20 more"]
    next: str
    method: Literal["contents", "masses"]
    label: Shown | None
    stage: Literal[1, 2]
    mean: Shown
    standard_deviation: Shown
    k: Shown
    reference_value: Shown
    acceptance_value: Shown
    limit: Shown
    unit_limits: Band | None
    units: list[CheckedUnitShown]
    steps: list[StepShown]
    notices: list[NoticeShown]
    version: str
