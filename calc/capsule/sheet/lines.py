"""The parts of a sheet of capsules: finished strings."""

from __future__ import annotations

from dataclasses import dataclass

from calc.sheet.lines import PlanSheet


@dataclass(frozen=True, slots=True)
class OfferLine:
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


@dataclass(frozen=True, slots=True)
class SizeLine:
    """One capsule size, in cells."""

    size: str
    fill: str
    diluent: str
    share: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TermLine:
    """One weighing, the balance's error at it, and what that does to the dose, in cells."""

    name: str
    mass: str
    error: str
    of_mass: str
    of_dose: str


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure the dose is. `said` are sentences; without `terms` nothing of the batch is known yet.

    `on_paper` is what the preparation sheet has room for.
    """

    title: str
    said: tuple[str, ...]
    head: tuple[str, ...]
    terms: tuple[TermLine, ...]
    conditions_title: str
    conditions: tuple[str, ...]
    unknown_title: str
    unknown: tuple[str, ...]
    on_paper: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(PlanSheet):
    """Everything a page or a paper shows of a plan of capsules."""

    sureness: Sureness
    offers: tuple[OfferLine, ...]
    sizes: tuple[SizeLine, ...]
    sizes_estimated: bool
    estimated_fill: bool
