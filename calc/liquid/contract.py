"""Types of the JSON answer to an order of a liquid; no key is left out, and what is not known is null, a list empty."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict  # pydantic reads only this one before Python 3.12

from calc.answers.contract import (
    AcknowledgedShown,
    AskedShown,
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


class WholeTabletVolumeShown(TypedDict):
    """A volume that whole tablets make exactly, and what it lasts for."""

    tablets: int
    volume: Shown
    doses: int
    days: int


class MarkShown(TypedDict):
    """A mark beside the dose, the drug at it, and how far that is from the dose."""

    volume: Shown
    dose: Shown
    deviation: Shown


class NearlyWholeShown(TypedDict):
    """Whole tablets beside an exact number within 0.1 % of theirs, and what they make."""

    code: Literal["nearly_whole_tablets"]
    tablets: int
    strength: Shown
    deviation: Shown
    volume: Shown


class SyringeShown(TypedDict):
    """The syringe that measures a dose; the marks are null where the dose is on one."""

    capacity: Shown
    graduation: Shown
    fillings: int
    on_a_mark: bool
    mark_below: MarkShown | None
    mark_above: MarkShown | None


class OtherStrengthShown(TypedDict):
    """A strength whose dose is on a mark, and of which syringe."""

    strength: Shown
    dose_volume: Shown
    capacity: Shown


class BottleShown(TypedDict):
    """The bottle, or the bottles that share the liquid evenly."""

    capacity: Shown
    count: int


class StrengthBackShown(TypedDict):
    """The strength computed back from the printed figures."""

    strength: Shown
    deviation: Shown


class PartOfVehicleShown(TypedDict):
    """One part of a mixed vehicle; its volume is null where it brings the whole to volume."""

    name: str
    volume: Shown | None
    in_table: bool


class VehicleShown(TypedDict):
    """The vehicle: its parts in the order of work, and what the table of vehicles knows of it."""

    sugar_free: str | None
    contains: list[str]
    mixed: Shown | None
    parts: list[PartOfVehicleShown]


class StrengthShown(TypedDict):
    """The strength as it was ordered, and what that is in 1 mL and in one dose."""

    text: str
    in_one_ml: Shown
    in_one_dose: Shown


class LiquidPlanShown(TypedDict):
    """The plan of a liquid, every figure shown."""

    drug_needed: Shown
    tablets_exact: Shown | None
    tablets_to_crush: int | None
    portion_share: Shown | None
    portion: Shown | None
    all_of_the_powder: bool
    drug_left_over: Shown | None
    whole_tablet_volumes: list[WholeTabletVolumeShown]
    nearly_whole_tablets: NearlyWholeShown | None
    strength: StrengthShown
    strength_per_container: Shown
    vehicle: VehicleShown
    ingredients: list[IngredientShown]
    dose_volume: Shown
    syringe: SyringeShown
    other_strengths: list[OtherStrengthShown]
    doses: int
    days: int
    bottle: BottleShown
    weighings: list[WeighingShown]
    steps: list[StepShown]
    cautions: list[CautionShown]
    controlled_schedule: str | None
    notices: list[NoticeShown]
    acknowledged: list[AcknowledgedShown]
    beyond_use: BeyondUseShown
    formulation: FormulationNamed | None
    reverse_check: StrengthBackShown | None
    bench: list[BenchStepShown]


class LiquidAnswer(TypedDict):
    """The answer to one order of a liquid."""

    order: dict[str, Any]
    defaults: list[str]
    plan: LiquidPlanShown
    fingerprint: str
    version: str
    asked: NotRequired[AskedShown]
