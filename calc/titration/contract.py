"""Types of the JSON answer to a titration; no key is left out, and what is not known is null, a list empty."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict  # pydantic reads only this one before Python 3.12

from calc.answers.contract import AcknowledgedShown, BeyondUseShown, CautionShown, NoticeShown, Shown, StopShown

ScheduleStepShown = TypedDict(
    "ScheduleStepShown",
    {"dose": Shown, "days": int, "from": str, "to": str, "doses": int, "drug": Shown},
)
ScheduleStepShown.__doc__ = "One step of the schedule: its days, its doses and the drug in them."


class BatchPlanShown(TypedDict):
    """What the plan of a batch comes to; the whole plan is the answer to the batch's order."""

    batch: int
    tablets_to_crush: int | None
    drug_needed: Shown
    drug_left_over: Shown | None
    capsules_left_over: int
    beyond_use: BeyondUseShown
    notices: list[NoticeShown]
    fingerprint: str


BatchShown = TypedDict(
    "BatchShown",
    {
        "strength": Shown,
        "quantity": int,
        "from": str,
        "to": str,
        "order": dict[str, Any],
        "query": str,
        "plan": BatchPlanShown | None,
        "stops": list[StopShown],
        "acknowledged": list[AcknowledgedShown],
    },
)
BatchShown.__doc__ = "All capsules of one strength: their plan in short, or the stops that refuse it."

TakingShown = TypedDict(
    "TakingShown",
    {"from": str, "to": str, "dose": Shown, "capsules_a_dose": int, "strength": Shown, "capsules": int, "text": str},
)
TakingShown.__doc__ = "One line of the calendar: how many capsules of which strength make the dose."


class PortionShown(TypedDict):
    """What a batch takes of the common powder."""

    strength: Shown
    share: Shown
    portion: Shown | None


class CommonPowderShown(TypedDict):
    """The powder of tablets crushed once for all batches of a way."""

    tablets: int
    mass: Shown | None
    portions: list[PortionShown]
    left_over: Shown | None


class _AnyWayShown(TypedDict):
    """What every way says; null and empty what rests on plans while one of its batches is stopped."""

    batches: list[BatchShown]
    capsules: int
    most_capsules_a_dose: int
    tablets: int | None
    drug_needed: Shown | None
    drug_left_over: Shown | None
    capsules_left_over: int | None
    common_powder: CommonPowderShown | None


class WayShown(_AnyWayShown):
    """One way to make the schedule; null and empty what rests on plans while one of its batches is stopped."""

    code: Literal["one_strength", "each_strength"]
    calendar: list[TakingShown]


class PartShown(TypedDict):
    """The capsules of one strength that a dose takes together with others."""

    strength: Shown
    capsules_a_dose: int
    capsules: int


TakenTogetherShown = TypedDict(
    "TakenTogetherShown",
    {
        "from": str,
        "to": str,
        "dose": Shown,
        "capsules_a_dose": int,
        "parts": list[PartShown],
        "capsules": int,
        "text": str,
    },
)
TakenTogetherShown.__doc__ = "One line of the calendar: how many capsules of which strengths make the dose."


class TogetherShown(_AnyWayShown):
    """A way of two or three strengths taken together; null and empty as in any way while a batch is stopped."""

    code: Literal["two_strengths", "three_strengths"]
    notices: list[NoticeShown]
    calendar: list[TakenTogetherShown]


class RecommendedShown(TypedDict):
    """The way that is recommended, and why."""

    way: Literal["one_strength", "each_strength", "two_strengths", "three_strengths"]
    reason: Literal["fewest_batches_and_capsules", "only_way"]
    text: str


class TitrationAnswer(TypedDict):
    """The answer to one schedule: its ways side by side, and the one that is recommended."""

    schedule: list[ScheduleStepShown]
    doses_per_day: int
    ways: list[WayShown]
    together: list[TogetherShown]
    recommended: RecommendedShown | None
    cautions: list[CautionShown]
    notices: list[NoticeShown]
    version: str
