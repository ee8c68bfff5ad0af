"""The contract of the endpoint as types: every key of an answer and of a refusal, name by name.

Typed dictionaries: the answer is made of them, what page and paper show is taken from them, and the JSON Schema is
written from them. A key of the contract is never left out; what cannot be known is null.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict  # pydantic reads only this one before Python 3.12

from calc.rules.beyond_use import LimitedBy


class Shown(TypedDict):
    """One figure: `value` rounded as shown in `unit`, `text` as printed, `exact` unrounded."""

    value: str
    unit: Literal["mg", "g", "ug", "mL", "{tablet}", "mg/{capsule}", "mg/{tablet}", "mg/mL", "1", "%", "d"]
    text: str
    exact: str


class Band(TypedDict):
    """The least and the most that something may be."""

    low: Shown
    high: Shown


class WeighingShown(TypedDict):
    """One thing on the balance and the balance's verdict."""

    name: Literal["tablets", "portion", "trituration", "aliquot", "diluent", "capsule"]
    mass: Shown | None
    least: Shown
    ok: bool | None


class TriturationShown(TypedDict):
    """One step of a trituration; null what is not known before the tablets are weighed."""

    weigh: Shown | None
    all_of_it: bool
    diluent: Shown | None
    total: Shown
    take: Shown
    strength_after: Shown


class RungShown(TypedDict):
    """One addition of diluent and what is in the mortar then."""

    add: Shown
    total: Shown


class SizeShown(TypedDict):
    """One capsule size; null where the powder does not fit."""

    size: str
    fill_mass: Shown | None
    diluent: Shown | None
    share: Shown | None


class OfferShown(TypedDict):
    """One way to make the order."""

    code: Literal["weigh_portion", "most_capsules", "whole_tablets"]
    capsules: int
    tablets: int
    dose: Shown
    deviation: Shown
    deviation_at_loss: Shown
    drug_left_over: Shown
    surplus: int


class StepShown(TypedDict):
    """One line of shown work."""

    code: str
    title: str
    formula: str
    substituted: str
    result: str
    reference: str


class CautionShown(TypedDict):
    """One clinical warning."""

    code: str
    text: str
    reference: str


class NoticeShown(TypedDict):
    """One thing to read first."""

    code: str
    text: str


class AcknowledgedShown(TypedDict):
    """A soft stop that was let pass, and why."""

    code: str
    value: str
    reason: str
    text: str


class DatedLimitShown(TypedDict):
    """One date and what sets it."""

    by: LimitedBy
    date: str


class BeyondUseShown(TypedDict):
    """The beyond-use date, what bound it, and the other dates looked at."""

    date: str
    bound_by: LimitedBy
    others: list[DatedLimitShown]


class ReverseCheckShown(TypedDict):
    """The dose computed back from the printed figures."""

    dose: Shown
    deviation: Shown


class SpreadTermShown(TypedDict):
    """One weighing, the balance's error at it, and what that does to the dose: standard uncertainties."""

    name: Literal["tablets", "portion", "trituration", "aliquot", "diluent"]
    step: int
    mass: Shown
    error: Shown
    kind: Literal["bound", "deviation"]
    of_mass: Shown
    of_dose: Shown


class LargestShown(TypedDict):
    """What does most to the dose; `step` tells weighings of one name apart."""

    name: Literal["tablets", "portion", "trituration", "aliquot", "diluent", "fill"]
    step: int


class SpreadShown(TypedDict):
    """What the weighings leave open in the dose of the whole batch; `largest` is null where they leave nothing open."""

    terms: list[SpreadTermShown]
    batch: Shown
    largest: LargestShown | None
    shift: Shown
    conditions: list[str]


class PlanShown(TypedDict):
    """The plan, every figure shown."""

    batch: int
    drug_needed: Shown
    tablets_exact: Shown | None
    tablets_to_crush: int | None
    portion_share: Shown | None
    portion: Shown | None
    powder_per_capsule: Shown | None
    share_of_body: Shown | None
    diluent_per_capsule: Shown | None
    diluent: Shown | None
    fill_mass: Shown | None
    gross_band: Band | None
    drug_left_over: Shown | None
    estimated: list[str]
    weighings: list[WeighingShown]
    triturations: list[TriturationShown]
    ladder: list[RungShown]
    sizes: list[SizeShown]
    offers: list[OfferShown]
    steps: list[StepShown]
    cautions: list[CautionShown]
    notices: list[NoticeShown]
    acknowledged: list[AcknowledgedShown]
    beyond_use: BeyondUseShown
    reverse_check: ReverseCheckShown | None
    spread: SpreadShown | None


class Answer(TypedDict):
    """The answer to one order."""

    order: dict[str, Any]
    defaults: list[str]
    plan: PlanShown
    fingerprint: str
    version: str


class FaultShown(TypedDict):
    """One fault of a refusal."""

    code: str
    field: str
    text: str


class StopShown(TypedDict):
    """One stop of a refusal."""

    code: str
    severity: Literal["hard", "soft"]
    field: str
    value: str
    reasons: list[str]
    text: str


class Problem(TypedDict):
    """A refusal (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: NotRequired[str]
    code: NotRequired[str]
    line: NotRequired[int]
    faults: NotRequired[list[FaultShown]]
    stops: NotRequired[list[StopShown]]
