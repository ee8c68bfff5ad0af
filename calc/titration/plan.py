"""The plan of a titration: complete, immutable data, without words or strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique
from itertools import groupby

from calc.arithmetic.rounding import total
from calc.arithmetic.units import CAPSULE, MG, TABLET, Figure, Unit, figure
from calc.capsule.order import Order
from calc.capsule.plan import Plan
from calc.faults import Notice, Stop
from calc.orders.parts import TabletSource
from calc.orders.sources import COUNTED
from calc.planning.basis import unit_of_drug
from calc.planning.parts import Acknowledged, OnBalance, Tablets
from calc.rules.beyond_use import usable_on
from calc.rules.tablets import drug_left_over, portion_share
from calc.rules.titration import capsules_left_over
from calc.titration.schedule import Titration


@unique
class WayCode(StrEnum):
    """Ways to make the doses of a schedule."""

    ONE_STRENGTH = "one_strength"
    EACH_STRENGTH = "each_strength"
    TWO_STRENGTHS = "two_strengths"
    THREE_STRENGTHS = "three_strengths"


@unique
class WhyCode(StrEnum):
    """Reasons for which a way is recommended."""

    FEWEST = "fewest_batches_and_capsules"
    ONLY_WAY = "only_way"


@dataclass(frozen=True, slots=True)
class DatedStep:
    """One step of the schedule with its first and last day, its doses, and the drug that they hold together."""

    dose: Figure
    days: int
    first: date
    last: date
    doses: int
    drug: Figure


@dataclass(frozen=True, slots=True)
class Batch:
    """All capsules of one strength, needed from `first` to `last`: their plan, or the stops that refuse it.

    `order` is the order of this batch; planned on its own, it gives the same plan.
    """

    strength: Figure
    quantity: int
    first: date
    last: date
    order: Order
    plan: Plan | None
    stops: tuple[Stop, ...]
    acknowledged: tuple[Acknowledged, ...]

    @property
    def usable_until(self) -> date | None:
        """The beyond-use date; None without a plan."""
        return None if self.plan is None else self.plan.beyond_use.date

    @property
    def late(self) -> bool:
        """True if the batch is needed after its beyond-use date."""
        return self.usable_until is not None and not usable_on(self.last, self.usable_until)

    @property
    def left_over(self) -> int | None:
        """Number of capsules that no step takes; None without a plan."""
        if self.plan is None:
            return None
        made = figure(self.plan.powder.batch, CAPSULE)
        return int(capsules_left_over(made, figure(self.quantity, CAPSULE)).value)


@dataclass(frozen=True, slots=True)
class Taking:
    """The capsules of one strength that a step takes, at one time and in all; a step can take several strengths."""

    step: DatedStep
    strength: Figure
    at_one_time: int
    capsules: int


@dataclass(frozen=True, slots=True)
class Portion:
    """What a batch takes of the common powder: its share, and its portion on the balance.

    The portion is None until the tablets are weighed, and where a trituration is made from it.
    """

    strength: Figure
    share: Figure
    portion: OnBalance | None


@dataclass(frozen=True, slots=True)
class CommonPowder:
    """The powder of tablets crushed once for the batches of a way; masses are None until the tablets are weighed."""

    tablets: int
    mass: Figure | None
    portions: tuple[Portion, ...]

    @property
    def left_over(self) -> Figure | None:
        """The powder that no batch takes; None if a portion is not known."""
        taken = [each.portion.shown for each in self.portions if each.portion is not None]
        if self.mass is None or len(taken) < len(self.portions):
            return None
        return Figure(self.mass.value - total(taken, MG).value, MG)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to make the doses of a schedule. Figures that rest on plans are None while a batch is stopped."""

    code: WayCode
    batches: tuple[Batch, ...]
    takings: tuple[Taking, ...]

    @property
    def unit(self) -> Unit:
        """The unit in which amounts of drug are given: that of the doses."""
        return unit_of_drug(*(taking.step.dose for taking in self.takings))

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans of all batches; empty while one of them is stopped."""
        plans = tuple(batch.plan for batch in self.batches if batch.plan is not None)
        return plans if len(plans) == len(self.batches) else ()

    @property
    def capsules(self) -> int:
        """Number of capsules that the schedule takes."""
        return sum(batch.quantity for batch in self.batches)

    @property
    def lines(self) -> tuple[tuple[Taking, ...], ...]:
        """The takings of each step, in order: of several strengths, the largest first."""
        return tuple(tuple(of_step) for _, of_step in groupby(self.takings, key=lambda taking: taking.step))

    @property
    def most_at_one_time(self) -> int:
        """The most capsules that any dose takes."""
        return max(sum(taking.at_one_time for taking in line) for line in self.lines)

    @property
    def tablets(self) -> int | None:
        """Tablets to crush for all batches from one powder; None while a batch is stopped, and for bulk powder.

        Each batch needs its own with a reserve; the least number of the bench counts once for all of them.
        """
        source = self.batches[0].order.source
        if not self._tablets or not isinstance(source, COUNTED):
            return None
        return max(sum(tablets.need for tablets in self._tablets), source.least_tablets)

    @property
    def common_powder(self) -> CommonPowder | None:
        """The powder common to several batches of tablets; None while a batch is stopped."""
        of_one_kind = isinstance(self.batches[0].order.source, TabletSource)
        if self.tablets is None or len(self.batches) < 2 or not of_one_kind:
            return None
        number, of_tablets = figure(self.tablets, TABLET), self._tablets[0]
        weighed = of_tablets.number == self.tablets
        portions = tuple(
            Portion(
                batch.strength,
                portion_share(plan.powder.drug_needed, number, of_tablets.strength),
                plan.powder.portion if weighed else None,
            )
            for batch, plan in zip(self.batches, self.plans, strict=True)
        )
        return CommonPowder(self.tablets, of_tablets.there if weighed else None, portions)

    @property
    def drug_needed(self) -> Figure | None:
        """The drug that all batches hold; None while a batch is stopped."""
        return total((plan.powder.drug_needed for plan in self.plans), MG) if self.plans else None

    @property
    def drug_left_over(self) -> Figure | None:
        """The drug in leftover powder; None while a batch is stopped, and for bulk powder."""
        if self.tablets is None or self.drug_needed is None:
            return None
        return drug_left_over(figure(self.tablets, TABLET), self._tablets[0].strength, self.drug_needed)

    @property
    def _tablets(self) -> tuple[Tablets, ...]:
        """The tablets of each batch."""
        return tuple(plan.powder.tablets for plan in self.plans if plan.powder.tablets is not None)

    @property
    def capsules_left_over(self) -> int | None:
        """Number of capsules made that no step takes; None while a batch is stopped."""
        return sum(batch.left_over or 0 for batch in self.batches) if self.plans else None

    @property
    def calendar(self) -> tuple[tuple[Taking, ...], ...]:
        """The capsules taken, line by line with their days; empty while a batch is stopped."""
        return self.lines if self.plans else ()


@dataclass(frozen=True, slots=True)
class Recommended:
    """The way that is recommended, and why."""

    way: Way
    why: WhyCode


@dataclass(frozen=True, slots=True)
class TitrationPlan:
    """The plan of a titration: the ways to make its doses, which is recommended, and what to read first.

    `ways` are one strength in multiples and a batch for each; `together` those of two and of three strengths, if any.
    """

    titration: Titration
    steps: tuple[DatedStep, ...]
    ways: tuple[Way, ...]
    together: tuple[Way, ...]
    recommended: Recommended | None
    notices: tuple[Notice, ...]

    @property
    def every_way(self) -> tuple[Way, ...]:
        """All ways, in the order in which they are shown."""
        return (*self.ways, *self.together)
