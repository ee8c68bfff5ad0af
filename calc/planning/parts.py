"""The parts of every plan: what is weighed, the tablets, the source of the drug, the beyond-use date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from calc.arithmetic.units import Figure
from calc.drug import Drug, Study
from calc.faults import Stop
from calc.library import BeyondUseRule
from calc.orders.base import AnyOrder
from calc.orders.parts import Acknowledgement, Component
from calc.planning.codes import WeighingName
from calc.rules.beyond_use import DatedLimit


class Planned(Protocol):
    """What every plan is of: its order, and the file of its drug if there is one."""

    @property
    def order(self) -> AnyOrder:
        """The order."""

    @property
    def drug(self) -> Drug | None:
        """The file of the drug."""


class OnBalance(NamedTuple):
    """A mass to weigh: exact, and as the balance shows it."""

    exact: Figure
    shown: Figure


class Weighing(NamedTuple):
    """One thing on the balance and whether this balance may weigh it; None while the mass is not known."""

    name: WeighingName
    mass: Figure | None
    least: Figure

    @property
    def ok(self) -> bool | None:
        """Whether the mass is at or above the least weighable quantity."""
        return None if self.mass is None else self.mass >= self.least


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
    def component(self) -> Component:
        """What the drug comes from, as a component."""
        return "powder" if self.tablets is None else "tablets"

    @property
    def known(self) -> bool:
        """Whether the mass of powder is known: bulk powder, or tablets weighed on the day of making."""
        return self.needed is not None


class BeyondUse(NamedTuple):
    """The date after which the preparation is not used, what bound it, every other date looked at, and the studies."""

    bound: DatedLimit
    others: tuple[DatedLimit, ...]
    rule: BeyondUseRule
    studies: tuple[Study, ...]


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A soft stop that was let pass, and the reason given."""

    stop: Stop
    acknowledgement: Acknowledgement
