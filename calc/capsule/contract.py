"""Types of the JSON answer to an order of capsules; no key is left out, and what is not known is null, a list empty."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from calc.answers.contract import (
    AcknowledgedShown,
    AskedShown,
    Band,
    BenchStepShown,
    BeyondUseShown,
    CautionShown,
    FormulationNamed,
    IngredientShown,
    NoticeShown,
    Shown,
    StepShown,
    WeighingShown,
)


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

    code: Literal["weigh_portion", "most_capsules", "whole_tablets", "ten_tablets", "dilute_by_volume"]
    capsules: int
    tablets: int
    dose: Shown
    deviation: Shown
    deviation_at_loss: Shown
    drug_left_over: Shown
    surplus: int


class ReverseCheckShown(TypedDict):
    """The dose computed back from the printed figures."""

    dose: Shown
    deviation: Shown


class SpreadTermShown(TypedDict):
    """One weighing, the balance's error at it, and what that does to the dose: standard uncertainties."""

    name: Literal["tablets", "shells", "portion", "trituration", "aliquot", "diluent", "ingredient"]
    step: int
    mass: Shown
    error: Shown
    kind: Literal["bound", "deviation"]
    of_mass: Shown
    of_dose: Shown


class LargestShown(TypedDict):
    """What does most to the dose; `step` tells weighings of one name apart."""

    name: Literal["tablets", "shells", "portion", "trituration", "aliquot", "diluent", "ingredient", "fill"]
    step: int


class SpreadShown(TypedDict):
    """What the weighings leave open in the dose of the whole batch; `largest` is null where they leave nothing open."""

    terms: list[SpreadTermShown]
    batch: Shown
    largest: LargestShown | None
    shift: Shown
    conditions: list[str]


class ContentOfTabletsShown(TypedDict):
    """What single tablets leave open in the dose: of those weighed comes their mass, of those crushed the content."""

    weighed: int | None
    crushed: int
    typical: Shown
    worst: Shown


class PlanShown(TypedDict):
    """The plan, every figure shown."""

    batch: int
    drug_needed: Shown
    tablets_exact: Shown | None
    tablets_to_crush: int | None
    portion_share: Shown | None
    portion: Shown | None
    all_of_the_powder: bool
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
    ingredients: list[IngredientShown]
    ladder: list[RungShown]
    sizes: list[SizeShown]
    offers: list[OfferShown]
    ten_tablets: OfferShown | None
    steps: list[StepShown]
    cautions: list[CautionShown]
    controlled_schedule: str | None
    notices: list[NoticeShown]
    acknowledged: list[AcknowledgedShown]
    beyond_use: BeyondUseShown
    formulation: FormulationNamed | None
    reverse_check: ReverseCheckShown | None
    spread: SpreadShown | None
    content_of_tablets: ContentOfTabletsShown | None
    bench: list[BenchStepShown]


class Answer(TypedDict):
    """The answer to one order."""

    order: dict[str, Any]
    defaults: list[str]
    plan: PlanShown
    fingerprint: str
    version: str
    asked: NotRequired[AskedShown]
