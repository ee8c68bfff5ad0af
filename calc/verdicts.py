"""Verdicts of a check on finished capsules and the actions to follow, as codes; `calc.wording` words them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique


@unique
class Verdict(StrEnum):
    """Verdicts on a batch after a check."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    EXPLAIN = "explain"
    HOLD = "hold"
    FAIL = "fail"
    ASSAY_MORE = "assay 20 more"


@unique
class ActionCode(StrEnum):
    """Actions to follow a check."""

    WEIGHTS_GOOD = "weights_good"
    CAPSULES_OUT = "capsules_out"
    MEAN_OUT = "mean_out"
    COUNT_ABOVE = "count_above"
    COUNT_EXPLAINED = "count_explained"
    COUNT_LOW = "count_low"
    BALANCE_HIGH = "balance_high"
    BALANCE_EXPLAINED = "balance_explained"
    BALANCE_LOW = "balance_low"
    CONTENTS_GOOD = "contents_good"
    ASSAY_TWENTY_MORE = "assay_twenty_more"
    ACCEPTANCE_VALUE_HIGH = "acceptance_value_high"
    UNITS_OUT = "units_out"


@dataclass(frozen=True, slots=True)
class NextAction:
    """One action, the facts for its sentence, and the numbers of the capsules or units concerned."""

    code: ActionCode
    facts: Mapping[str, object] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()
