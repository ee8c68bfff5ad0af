"""Parts common to all plans: weighings, tablets, the source of the drug, the beyond-use date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
    """Any plan: its order, and its drug's file if there is one."""

    @property
    def order(self) -> AnyOrder:
        """The order planned."""

    @property
    def drug(self) -> Drug | None:
        """The drug's file; None for a drug without one."""


class OnBalance(NamedTuple):
    """A mass to weigh: exact, and as the balance shows it."""

    exact: Figure
    shown: Figure


class Weighing(NamedTuple):
    """One weighing and whether this balance is fit for it; `mass` is None while it is not known."""

    name: WeighingName
    mass: Figure | None
    least: Figure

    @property
    def ok(self) -> bool | None:
        """True if the mass is at or above the least weighable quantity; None while it is not known."""
        return None if self.mass is None else self.mass >= self.least


class Tablets(NamedTuple):
    """The tablets of a batch: their number, the drug they hold, and their mass once weighed."""

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
    """The powder taken from the tablets or from the bulk powder, and the portion of it on the balance.

    `needed` is the mass of powder that holds the drug, `strength` the drug in one part of it. Both are None before the
    tablets are weighed, and for a liquid made of whole tablets; so is `portion`, which is also None if a trituration
    takes its place.
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
        """The source as a component."""
        return "powder" if self.tablets is None else "tablets"

    @property
    def known(self) -> bool:
        """True if the mass of powder is known: bulk powder, or tablets weighed on the day of making."""
        return self.needed is not None


class BeyondUse(NamedTuple):
    """The limit that sets the beyond-use date, all other limits considered, the general rule and the studies.

    `bound` is None where neither a general rule nor a study gives a date; `rule` is None where no general rule does.
    """

    bound: DatedLimit | None
    others: tuple[DatedLimit, ...]
    rule: BeyondUseRule | None
    studies: tuple[Study, ...]

    @property
    def date(self) -> date | None:
        """The last day of use; None where there is none."""
        return None if self.bound is None else self.bound.date


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A soft stop that was overridden, and the reason given."""

    stop: Stop
    acknowledgement: Acknowledgement
