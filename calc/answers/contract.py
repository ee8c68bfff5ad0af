"""Types of the JSON answers and refusals common to all endpoints, key by key.

The answers are built from these typed dictionaries, page and paper are filled from them, and the JSON Schema is
generated from them. No key is ever left out; an unknown figure is null.
"""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict  # pydantic reads only this one before Python 3.12

from calc.rules.beyond_use import LimitedBy


class Shown(TypedDict):
    """One figure: `value` rounded as shown in `unit`, `text` as printed, `exact` unrounded."""

    value: str
    unit: Literal["mg", "g", "ug", "mL", "{tablet}", "{capsule}", "mg/{capsule}", "mg/{tablet}", "mg/mL", "1", "%", "d"]
    text: str
    exact: str


class Band(TypedDict):
    """The least and the most that something may be."""

    low: Shown
    high: Shown


class OfTabletsShown(TypedDict):
    """A mass linear in W, the mass of all tablets before crushing: the constant plus so many times W."""

    times: str
    constant: Shown


#: A target or a bound of a step at the bench.
AmountShown = Shown | OfTabletsShown


class BenchStepShown(TypedDict):
    """One step of the work at the bench; null where it has no target, or no bound in figures."""

    key: str
    code: str
    stage: str
    wants: str
    unit: str
    target: AmountShown | None
    low: AmountShown | None
    high: AmountShown | None


#: What room an ingredient takes in a capsule.
Fills = Literal["packing", "mass", "neglected", "diluent"]


class IngredientShown(TypedDict):
    """One ingredient besides drug, diluent and vehicle: the amount for the batch; of capsules its room in one."""

    name: str
    role: str
    amount: Shown
    per_capsule: Shown | None
    fills: Fills | None


class WeighingShown(TypedDict):
    """One thing on the balance and the balance's verdict."""

    name: Literal["tablets", "shells", "portion", "trituration", "aliquot", "ingredient", "diluent", "capsule"]
    mass: Shown | None
    least: Shown
    ok: bool | None


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


class KeptShown(TypedDict):
    """The last day of use at one storage: what bound it, and the other dates; null and "none" where there is no date.

    `hours` are counted from the making, where they can end before that day does; else null.
    """

    storage: str
    date: str | None
    hours: int | None
    bound_by: LimitedBy | Literal["none"]
    others: list[DatedLimitShown]


class FormulationNamed(TypedDict):
    """The published formulation that the order names, and what the order says otherwise."""

    key: str
    title: str
    whole: bool
    changed: list[str]


class BeyondUseShown(TypedDict):
    """The beyond-use date as the order has it stored, and in `by_storage` at every place that a publication names."""

    date: str | None
    bound_by: LimitedBy | Literal["none"]
    others: list[DatedLimitShown]
    hours: int | None
    by_storage: list[KeptShown]


class AskedNotice(TypedDict):
    """One notice that depends on the day on which an answer was asked, or says how a date was read."""

    code: str
    text: str


class AskedShown(TypedDict):
    """The day an answer was asked on, its notices, and whether label and leaflet are printed on that day."""

    on: str
    notices: list[AskedNotice]
    papers: Literal["printed", "refused"]


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
