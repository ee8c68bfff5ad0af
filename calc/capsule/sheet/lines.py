"""The parts of a sheet of capsules: finished strings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from calc.sheet.lines import PlanSheet, Uncertainty


class OfferLine(NamedTuple):
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


class SizeLine(NamedTuple):
    """One capsule size, in cells."""

    size: str
    fill: str
    diluent: str
    share: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(PlanSheet):
    """Everything that a page or a paper shows of a plan of capsules."""

    uncertainty: Uncertainty
    offers: tuple[OfferLine, ...]
    sizes: tuple[SizeLine, ...]
    sizes_estimated: bool
    estimated_fill: bool
