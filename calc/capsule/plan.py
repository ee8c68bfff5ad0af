"""What a plan says: complete, immutable data with every step of its arithmetic. Sentences and strings come later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from calc.arithmetic.units import CAPSULE, Figure, figure
from calc.capsule.order import Order
from calc.drug import Drug
from calc.faults import Notice
from calc.planning.codes import FillRule, OfferCode
from calc.planning.parts import Acknowledged, BeyondUse, DrugSource, OnBalance, Weighing
from calc.planning.work import Step
from calc.rules.blending import Rung
from calc.rules.spread import Spread
from calc.rules.tablets import drug_needed


@dataclass(frozen=True, slots=True)
class Trituration:
    """One step of a trituration; what it weighs and adds is None while the tablets are not weighed.

    `all_of_it` says that the whole powder is used, which nobody weighs; `strength_after` is drug in one part of it.
    """

    weigh: Figure | None
    all_of_it: bool
    diluent: Figure | None
    total: Figure
    take: OnBalance
    strength_after: Figure


class SizeRow(NamedTuple):
    """One capsule size beside the chosen one; figures are None where the powder does not fit."""

    size: str
    fill_mass: Figure | None
    diluent: OnBalance | None
    share: Figure | None


class Offer(NamedTuple):
    """One way to make the order and what it costs."""

    code: OfferCode
    capsules: int
    tablets: int
    dose: Figure
    deviation: Figure
    deviation_at_loss: Figure
    drug_left_over: Figure
    surplus: int
    weighings: int

    @property
    def surplus_drug(self) -> Figure:
        """Drug in the capsules beyond those ordered."""
        return drug_needed(self.dose, figure(self.surplus, CAPSULE))


class ReverseCheck(NamedTuple):
    """The dose computed back from what is printed: from what is taken at last, and the diluent it is mixed with."""

    dose: Figure
    deviation: Figure
    taken: Figure
    diluent: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Powder(DrugSource):
    """From an order of capsules to the powder that holds their drug.

    `tablets_for_quantity` are tablets, exact, for the capsules ordered, where an allowance makes more; None of bulk.
    """

    batch: int
    dose: Figure
    dose_as_labelled: Figure
    tablets_for_quantity: Figure | None


class Fill(NamedTuple):
    """What goes into one capsule; None for what is not known."""

    rule: FillRule
    packing_of_powder: Figure | None = None
    packing_of_diluent: Figure | None = None
    powder_per_capsule: Figure | None = None
    share_of_body: Figure | None = None
    diluent_per_capsule: Figure | None = None
    fill_mass: Figure | None = None
    diluent: OnBalance | None = None
    body_volume: Figure | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything needed to make an order. `drug` is None for a drug without a file."""

    order: Order
    drug: Drug | None
    powder: Powder
    fill: Fill
    shell_mass: Figure | None
    shell_estimated: bool
    gross_band: tuple[OnBalance, OnBalance] | None
    estimated: tuple[str, ...]
    weighings: tuple[Weighing, ...]
    triturations: tuple[Trituration, ...]
    ladder: tuple[Rung, ...]
    sizes: tuple[SizeRow, ...]
    offers: tuple[Offer, ...]
    steps: tuple[Step, ...]
    notices: tuple[Notice, ...]
    acknowledged: tuple[Acknowledged, ...]
    beyond_use: BeyondUse
    reverse_check: ReverseCheck | None
    spread: Spread | None
