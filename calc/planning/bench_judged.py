"""What is to be said of what was typed at the bench: each amount against its band, and the dose against the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum, unique
from typing import NamedTuple

from calc import limits
from calc.arithmetic.rounding import size_of
from calc.arithmetic.units import Figure
from calc.planning.bench import Amount, BenchCode, BenchStep, OfTablets, Wants
from calc.planning.bench_bands import Bounds, about, around, band_of, is_triturated, part_of
from calc.planning.bench_entries import AtBench

#: Steps after which what was put together cannot be parted any more.
MIXES = frozenset(
    {
        *(BenchCode.CRUSH_IN_DILUENT, BenchCode.TRITURATION_MIX, BenchCode.RUNG, BenchCode.RUNGS_OPEN),
        *(BenchCode.END_POINT, BenchCode.WET, BenchCode.THIN, BenchCode.ADD_PART, BenchCode.RINSE, BenchCode.TO_VOLUME),
        *(BenchCode.WET_WITH, BenchCode.ADD_INGREDIENT),
        *(BenchCode.SHAKE, BenchCode.DIVIDE, BenchCode.FILL_BOTTLES),
    }
)
#: Steps that hang on a portion, which tablets that are too light do not give.
_OF_PORTION = frozenset({BenchCode.PORTION, BenchCode.DILUENT})


class Judged(NamedTuple):
    """One entry against its band: its amounts, and the side of the band of each (-1, 0, 1).

    `far` is true beyond what a deviation may be, `mixed` once nothing can be put right any more.
    """

    step: BenchStep
    bounds: Bounds
    actual: tuple[Figure, ...]
    sides: tuple[int, ...]
    far: bool
    mixed: bool

    @property
    def side(self) -> int | None:
        """The side of the first amount outside the band, 0 if all are within it; None if nothing bounds them."""
        if not self.bounds.known:
            return None
        return next((side for side in self.sides if side), 0)


def with_mass(steps: Sequence[BenchStep], at_bench: AtBench) -> tuple[BenchStep, ...]:
    """Return the steps with amounts that hang on the mass of the tablets, once that was typed at the bench.

    A mass out of its bounds, or one that the program has to be asked about, settles nothing.
    """
    mass = next((at_bench.amount(step.key) for step in steps if _is_open_mass(step)), None)
    if mass is None or any(_is_open_mass(step) and Bounds(step.low, step.high).side_of(mass) for step in steps):
        return tuple(steps)
    enough = next((step.target for step in steps if step.code is BenchCode.ENOUGH_FOR_PORTION), None)
    light = isinstance(enough, Figure) and mass < enough
    return tuple(_at_mass(step, mass) if not (light and step.code in _OF_PORTION) else step for step in steps)


def _is_open_mass(step: BenchStep) -> bool:
    return step.code is BenchCode.ALL_TABLETS and step.target is None


def _at_mass(step: BenchStep, mass: Figure) -> BenchStep:
    def at(amount: Amount) -> Amount:
        return amount.at(mass) if isinstance(amount, OfTablets) else amount

    return step._replace(target=at(step.target), low=at(step.low), high=at(step.high))


def is_mixed(steps: Sequence[BenchStep], at_bench: AtBench) -> bool:
    """Return True if any mixing was ticked or written down."""
    return any(step.code in MIXES and at_bench.is_reached(step.key) for step in steps)


def judged(steps: Sequence[BenchStep], readability: Figure, at_bench: AtBench) -> Mapping[str, Judged]:
    """Return what is to be said of each amount that was typed, by the key of its step."""
    triturated = is_triturated(steps)
    found: dict[str, Judged] = {}
    for index, step in enumerate(steps):
        actual = at_bench.amounts.get(step.key)
        if actual is None:
            continue
        bounds = band_of(step, readability, triturated=triturated)
        found[step.key] = Judged(
            step,
            bounds,
            actual,
            tuple(map(bounds.side_of, actual)),
            any(_is_far(step, each, readability) for each in actual),
            is_mixed(steps[index + 1 :], at_bench),
        )
    return found


def _is_far(step: BenchStep, actual: Figure, readability: Figure) -> bool:
    """Return True for a mass or a volume so far off its target that no deviation covers it."""
    if not isinstance(step.target, Figure) or step.wants not in (Wants.MASS, Wants.VOLUME):
        return False
    share = limits.BENCH_FAR.value
    if step.wants is Wants.VOLUME:
        return around(step.target, part_of(step.target, share)).side_of(actual) != 0
    return about(step.target, share, limits.BENCH_FAR_STEPS.value, readability).side_of(actual) != 0


@unique
class BackState(StrEnum):
    """How far the dose by what was weighed is off the one ordered."""

    IN = "in"
    NOTICE = "notice"
    DEVIATION = "deviation"
    STOP = "stop"


class Back(NamedTuple):
    """The dose, or the strength of a liquid, computed back from what was weighed.

    `by_fill` is true for that of the mean fill; `open` if masses that nobody typed yet were taken as planned.
    """

    found: Figure
    deviation: Figure
    by_fill: bool
    open: bool

    @property
    def state(self) -> BackState:
        """How far it is off.

        >>> from calc.arithmetic.units import MG_PER_CAPSULE, PERCENT, figure
        >>> dose = figure(5, MG_PER_CAPSULE)
        >>> [Back(dose, figure(off, PERCENT), False, False).state.value for off in ("-1", "1.01", "2.01", "-5.01")]
        ['in', 'notice', 'deviation', 'stop']
        """
        off = size_of(self.deviation)
        if off > limits.BACK_STOP.value:
            return BackState.STOP
        if off > limits.BACK_DEVIATION.value:
            return BackState.DEVIATION
        return BackState.NOTICE if off > limits.BACK_NOTICE.value else BackState.IN
