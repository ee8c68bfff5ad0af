"""Verdicts of a check on finished capsules and the actions to follow, as codes; `calc.wording` words them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique


@unique
class Verdict(StrEnum):
    """Verdicts on a batch after a check."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    ASSAY_MORE = "assay 20 more"


@unique
class ActionCode(StrEnum):
    """Actions to follow a check."""

    WEIGHTS_GOOD = "weights_good"
    CAPSULES_OUT = "capsules_out"
    MEAN_OUT = "mean_out"
    LOSS_HIGH = "loss_high"
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
