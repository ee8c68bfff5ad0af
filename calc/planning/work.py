"""The shown work of a plan: its steps, stops and notices in the order in which they arise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from calc.arithmetic import rounding
from calc.arithmetic.formula import Formula
from calc.arithmetic.notation import decimal
from calc.arithmetic.sums import Sum
from calc.arithmetic.units import MG, MG_PER_CAPSULE, MG_PER_TABLET, Figure, figure, in_lowest_terms
from calc.faults import Notice, NoticeCode, Stop, StopCode
from calc.planning.codes import Rounding, StepCode
from calc.planning.parts import Acknowledged, BeyondUse, FormulationUsed, OnBalance, Planned

StepT = TypeVar("StepT")


def per_capsule(mass: Figure) -> Figure:
    """Return a mass that an order states for one capsule, in mg per capsule."""
    return mass.to(MG).read_as(MG_PER_CAPSULE)


def per_tablet(mass: Figure) -> Figure:
    """Return a mass that an order states for one tablet, in mg per tablet."""
    return mass.to(MG).read_as(MG_PER_TABLET)


def of_one_capsule(figure: Figure) -> Figure:
    """Return the mass of one capsule, or of its contents, as a mass on the balance in mg."""
    return figure.to(MG_PER_CAPSULE).read_as(MG)


#: How a figure is rounded, with the step of the balance.
_ROUNDED: Mapping[Rounding, Callable[[Figure, Figure], Figure]] = {
    Rounding.HALF_UP: rounding.to_step,
    Rounding.UP_TO_STEP: rounding.up_to_step,
    Rounding.DOWN_TO_STEP: rounding.down_to_step,
    Rounding.UP_TO_WHOLE: lambda exact, _: figure(rounding.up_to_whole(exact), exact.unit),
    Rounding.DOWN_TO_WHOLE: lambda exact, _: figure(rounding.down_to_whole(exact), exact.unit),
}


class Step(NamedTuple):
    """One line of shown work: the formula, its arguments, the result, and the result as rounded.

    `about` identifies the subject, if there are several.
    """

    code: StepCode
    formula: Formula[Any] | Sum
    given: tuple[Figure, ...]
    result: Figure
    rounding: Rounding | None = None
    rounded: Figure | None = None
    about: object = None

    @property
    def method(self) -> str:
        """The name of the formula, its key on the page of formulas; blank for a sum."""
        return self.formula.name if isinstance(self.formula, Formula) else ""


class WorkedPlan(Planned, Protocol):
    """A plan of any preparation with its shown work and what is told with it."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """The lines of shown work."""

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is to be read first."""

    @property
    def formulation(self) -> FormulationUsed | None:
        """The published formulation that the order names."""

    @property
    def acknowledged(self) -> tuple[Acknowledged, ...]:
        """The stops that were overridden."""

    @property
    def beyond_use(self) -> BeyondUse:
        """The beyond-use date."""


class Working(Generic[StepT]):
    """The shown work in the order in which it was done; `StepT` is the type of its steps."""

    def __init__(self) -> None:
        self.steps: list[StepT | Step] = []

    def run(self, code: StepCode, formula: Formula[Any], *given: Figure, about: object = None) -> Figure:
        """Compute one formula and keep the step; `about` identifies its subject, if there are several."""
        result = formula.compute(*given)
        self.steps.append(Step(code, formula, given, result, None, None, about))
        return result


class Work(Working[Step]):
    """The collected findings of one plan; the only mutable object in planning."""

    def __init__(self, readability: Figure) -> None:
        super().__init__()
        self.readability = readability
        self.readability_per_capsule = readability.read_as(MG_PER_CAPSULE)
        self.stops: list[Stop] = []
        self.notices: list[Notice] = []

    def run_rounded(
        self, code: StepCode, how: Rounding, formula: Formula[Any], *given: Figure
    ) -> tuple[Figure, Figure]:
        """Compute one formula, round its result once and keep the step; return (exact, rounded)."""
        exact = formula.compute(*given)
        rounded = self._round(exact, how)
        self.steps.append(Step(code, formula, given, exact, how, rounded))
        return exact, rounded

    def weigh(self, code: StepCode, formula: Formula[Any], *given: Figure, most: Figure | None = None) -> OnBalance:
        """Compute a mass and round it half up to the balance; down, where half up would be more than `most`."""
        exact = formula.compute(*given)
        how, shown = Rounding.HALF_UP, self._round(exact, Rounding.HALF_UP)
        if most is not None and most < shown:
            how, shown = Rounding.DOWN_TO_STEP, self._round(exact, Rounding.DOWN_TO_STEP)
        self.steps.append(Step(code, formula, given, exact, how, shown))
        return OnBalance(exact, shown)

    def _round(self, exact: Figure, how: Rounding) -> Figure:
        step = self.readability_per_capsule if exact.unit is MG_PER_CAPSULE else self.readability
        return _ROUNDED[how](exact, step)

    def stop(self, code: StopCode, field: str, value: str, **facts: object) -> None:
        """Record a limit passed at `field`."""
        self.stops.append(Stop(code, field, value, facts))

    def notice(self, code: NoticeCode, **facts: object) -> None:
        """Record a notice to be read first."""
        self.notices.append(Notice(code, facts))


class CheckFailed(Exception):
    """The dose or strength computed back is not the one ordered: an internal error; no figure may be shown."""


def capsule_step(readability: Figure) -> Figure:
    """Return the step in which masses per capsule are shown: one decimal finer than the readability in mg.

    >>> capsule_step(figure(1, MG)).value, capsule_step(figure("0.25", MG)).value, capsule_step(figure(10, MG)).value
    (Fraction(1, 10), Fraction(1, 1000), Fraction(1, 1))
    """
    size = readability.to(MG)
    decimals = len((decimal(size) or "").partition(".")[2])
    finer = decimals + 1 if decimals else max(2 - len(str(rounding.down_to_whole(size))), 0)
    return in_lowest_terms(1, 10**finer, MG_PER_CAPSULE)
