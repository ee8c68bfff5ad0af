"""Types of the JSON answer to a titration from a liquid; no key is left out, and what is not known is null."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict  # pydantic reads only this one before Python 3.12

from calc.answers.contract import AcknowledgedShown, BeyondUseShown, CautionShown, NoticeShown, Shown, StopShown
from calc.liquid.contract import BottleShown, SyringeShown
from calc.titration.contract import ScheduleStepShown


class LiquidBatchPlanShown(TypedDict):
    """What the plan of the liquid comes to; the whole plan is the answer to the batch's order."""

    tablets_to_crush: int | None
    portion: Shown | None
    portion_share: Shown | None
    drug_needed: Shown
    drug_left_over: Shown | None
    bottle: BottleShown
    beyond_use: BeyondUseShown
    notices: list[NoticeShown]
    fingerprint: str


LiquidBatchShown = TypedDict(
    "LiquidBatchShown",
    {
        "strength": Shown,
        "volume_needed": Shown,
        "volume": Shown,
        "from": str,
        "to": str,
        "lasts_until": str | None,
        "order": dict[str, Any],
        "query": str,
        "plan": LiquidBatchPlanShown | None,
        "stops": list[StopShown],
        "acknowledged": list[AcknowledgedShown],
    },
)
LiquidBatchShown.__doc__ = "The liquid of a schedule: its plan in short, or the stops that refuse it."

MeasuredShown = TypedDict(
    "MeasuredShown",
    {
        "from": str,
        "to": str,
        "dose": Shown,
        "volume": Shown,
        "syringe": SyringeShown,
        "volume_in_all": Shown,
        "text": str,
    },
)
MeasuredShown.__doc__ = "One line of the calendar: the volume of a dose, and the syringe that measures it."


class RoundStrengthShown(TypedDict):
    """A strength with which one syringe has a mark for every dose."""

    strength: Shown
    capacity: Shown


class LiquidTitrationAnswer(TypedDict):
    """The answer to a schedule taken from one liquid."""

    preparation: Literal["liquid"]
    schedule: list[ScheduleStepShown]
    doses_per_day: int
    batch: LiquidBatchShown
    one_syringe: bool
    other_strengths: list[RoundStrengthShown]
    calendar: list[MeasuredShown]
    cautions: list[CautionShown]
    notices: list[NoticeShown]
    version: str
