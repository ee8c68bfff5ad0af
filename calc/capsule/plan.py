"""What a plan says: complete, immutable data with every step of its arithmetic. Sentences and strings come later."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import NamedTuple, Protocol

from calc.arithmetic.units import CAPSULE, Figure, figure
from calc.capsule.order import Order
from calc.drug import Drug
from calc.faults import Notice, Stop
from calc.library import BeyondUseRule
from calc.orders.base import Ordered
from calc.orders.parts import Acknowledgement
from calc.planning.codes import Step
from calc.rules.beyond_use import DatedLimit
from calc.rules.blending import Rung
from calc.rules.spread import Spread
from calc.rules.tablets import drug_needed


class Planned(Protocol):
    """What every plan is of: its order, and the file of its drug if there is one."""

    @property
    def order(self) -> Ordered:
        """The order."""

    @property
    def drug(self) -> Drug | None:
        """The file of the drug."""


class OnBalance(NamedTuple):
    """A mass to weigh: exact, and as the balance shows it."""

    exact: Figure
    shown: Figure


@unique
class WeighingName(StrEnum):
    """What is put on the balance."""

    TABLETS = "tablets"
    PORTION = "portion"
    TRITURATION = "trituration"
    ALIQUOT = "aliquot"
    DILUENT = "diluent"
    CAPSULE = "capsule"


class Weighing(NamedTuple):
    """One thing on the balance and whether this balance may weigh it; None while the mass is not known."""

    name: WeighingName
    mass: Figure | None
    least: Figure

    @property
    def ok(self) -> bool | None:
        """Whether the mass is at or above the least weighable quantity."""
        return None if self.mass is None else self.mass >= self.least


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


@unique
class OfferCode(StrEnum):
    """The ways to make an order."""

    WEIGH_PORTION = "weigh_portion"
    MOST_CAPSULES = "most_capsules"
    WHOLE_TABLETS = "whole_tablets"


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


@unique
class FillRule(StrEnum):
    """How the fill of a capsule is known."""

    PACKING = "packing"
    GIVEN = "given"
    ESTIMATE = "estimate"
    UNKNOWN = "unknown"


class Tablets(NamedTuple):
    """The tablets of a batch: how many, what they hold, what they weigh once they are weighed."""

    number: int
    strength: Figure
    exact: Figure
    share: Figure
    drug_held: Figure
    drug_left_over: Figure
    total_mass: Figure | None
    one_tablet: tuple[Figure, Figure] | None


@dataclass(frozen=True, slots=True)
class DrugSource:
    """What is taken of the tablets or of the bulk powder, and the portion on the balance.

    Before the tablets are weighed no mass is known. `portion` is what is weighed: None too where a trituration takes
    its place, or where all of the powder is used. `needed` is the powder that holds the drug either way, and
    `strength` the drug in one part of it.
    """

    drug_needed: Figure
    tablets: Tablets | None
    needed: Figure | None
    strength: Figure | None
    portion: OnBalance | None
    rounding_effect: Figure | None
    least: Figure

    @property
    def known(self) -> bool:
        """Whether the mass of powder is known: bulk powder, or tablets weighed on the day of making."""
        return self.needed is not None


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


class BeyondUse(NamedTuple):
    """The date after which the preparation is not used, what bound it, and every other date looked at."""

    bound: DatedLimit
    others: tuple[DatedLimit, ...]
    rule: BeyondUseRule


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A soft stop that was let pass, and the reason given."""

    stop: Stop
    acknowledgement: Acknowledgement


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
