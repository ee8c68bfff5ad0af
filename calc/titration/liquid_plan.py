"""The plan of a titration from a liquid, as immutable data: its batch, and the volume of each step on a syringe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calc.arithmetic.units import Figure, Unit
from calc.faults import Notice, Stop
from calc.liquid.order import LiquidOrder
from calc.liquid.plan import LiquidPlan, SyringeUsed
from calc.planning.basis import unit_of_drug
from calc.planning.parts import Acknowledged
from calc.rules.beyond_use import usable_on
from calc.titration.liquid_schedule import LiquidTitration
from calc.titration.plan import DatedStep


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the calendar: the volume of a dose, the syringe that measures it, and what the step takes in all."""

    step: DatedStep
    volume: Figure
    syringe: SyringeUsed
    in_all: Figure


@dataclass(frozen=True, slots=True)
class RoundStrength:
    """A strength with which every dose of the schedule is on a mark of one syringe, and that syringe's capacity."""

    strength: Figure
    capacity: Figure


@dataclass(frozen=True, slots=True)
class LiquidBatch:
    """The liquid for the schedule: its plan, or the stops that refuse it.

    `order` has the dose of the first step; planned on its own, it gives the same plan. `lasts_until` is the last day
    on which it may be used and whose doses it holds; None if that is not even the first, and without a plan.
    """

    strength: Figure
    volume_needed: Figure
    order: LiquidOrder
    plan: LiquidPlan | None
    lasts_until: date | None
    stops: tuple[Stop, ...]
    acknowledged: tuple[Acknowledged, ...]


@dataclass(frozen=True, slots=True)
class LiquidTitrationPlan:
    """The plan of a titration from a liquid, and what to read first."""

    titration: LiquidTitration
    steps: tuple[DatedStep, ...]
    batch: LiquidBatch
    measured: tuple[Measured, ...]
    other_strengths: tuple[RoundStrength, ...]
    notices: tuple[Notice, ...]

    @property
    def one_syringe(self) -> bool:
        """True if one syringe, filled once, measures every dose."""
        used = {(each.syringe.capacity, each.syringe.graduation) for each in self.measured}
        return len(used) == 1 and all(each.syringe.fillings == 1 for each in self.measured)

    @property
    def unit(self) -> Unit:
        """The unit in which amounts of drug are given: that of the doses."""
        return unit_of_drug(*(step.dose for step in self.steps))

    @property
    def calendar(self) -> tuple[Measured, ...]:
        """The volumes taken, line by line with their days; empty while the batch is stopped."""
        return self.measured if self.batch.plan is not None else ()

    @property
    def late(self) -> bool:
        """True if the schedule goes on after the beyond-use date of the batch."""
        plan = self.batch.plan
        last = None if plan is None else plan.beyond_use.date
        return last is not None and not usable_on(self.steps[-1].last, last)
