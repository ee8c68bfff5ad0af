"""What is in band at the bench: by a step's own bounds, or about its target, as near as a balance and a hand come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from calc import limits
from calc.arithmetic.units import Figure, in_lowest_terms
from calc.planning.bench import Amount, BenchCode, BenchStep, Wants

#: Steps whose target is a volume.
_OF_VOLUME = frozenset({BenchCode.TO_VOLUME, BenchCode.MEASURE_PART, BenchCode.INGREDIENT_VOLUME})


class Bounds(NamedTuple):
    """The least and the most that the actual amount of a step may be; None where nothing bounds it.

    >>> from calc.arithmetic.units import MG, figure
    >>> Bounds(figure(144, MG), figure(176, MG)).side_of(figure("176.5", MG))
    1
    """

    low: Amount = None
    high: Amount = None

    def side_of(self, actual: Figure) -> int:
        """Return -1 for an amount below the bounds, 1 for one above them, 0 for one within or at a bound."""
        if isinstance(self.low, Figure) and actual < self.low:
            return -1
        return int(isinstance(self.high, Figure) and actual > self.high)

    @property
    def known(self) -> bool:
        """True if one of the bounds is known in figures."""
        return isinstance(self.low, Figure) or isinstance(self.high, Figure)


def about(target: Figure, share: Figure, steps: Figure, readability: Figure) -> Bounds:
    """Return the bounds that are so far from a target: a share of it, or so many steps of the balance if that is more.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> band = about(figure(432, MG), figure("0.01", RATIO), figure(1, RATIO), figure(1, MG))
    >>> str(band.low.value), str(band.high.value)
    ('10692/25', '10908/25')
    """
    step = readability.to(target.unit)
    above, below = target.numerator * share.numerator, target.denominator * share.denominator
    in_steps, over = step.numerator * steps.numerator, step.denominator * steps.denominator
    if above * over < in_steps * below:
        above, below = in_steps, over
    return _apart(target, above, below)


def part_of(target: Figure, share: Figure) -> Figure:
    """Return a share of a target."""
    return in_lowest_terms(target.numerator * share.numerator, target.denominator * share.denominator, target.unit)


def around(target: Figure, off: Figure) -> Bounds:
    """Return the bounds that are so far from a target, of its unit, on both sides."""
    return _apart(target, off.numerator, off.denominator)


def _apart(target: Figure, above: int, below: int) -> Bounds:
    """Return the bounds that are `above` / `below` of the target's unit from it."""
    middle, off, common = target.numerator * below, above * target.denominator, target.denominator * below
    return Bounds(
        in_lowest_terms(middle - off, common, target.unit), in_lowest_terms(middle + off, common, target.unit)
    )


def is_triturated(steps: Iterable[BenchStep]) -> bool:
    """Return True if the drug goes into the capsules by an aliquot of a trituration, whatever the tablets weigh."""
    return any(step.what == "capsules" and step.code is BenchCode.ALIQUOT for step in steps)


def band_of(step: BenchStep, readability: Figure, *, triturated: bool) -> Bounds:
    """Return the bounds within which the actual amount of a step is in band.

    Bounds of its own go before those about its target. Beside a trituration the diluent decides no less than the
    powder. A count is what was counted or it is not.
    """
    if step.low is not None or step.high is not None:
        return Bounds(step.low, step.high)
    target = step.target
    if not isinstance(target, Figure):
        return Bounds()
    if step.wants is Wants.COUNT:
        return Bounds(target, target)
    if step.code in _OF_VOLUME:
        return around(target, part_of(target, limits.BENCH_BAND.value))
    if step.wants is not Wants.MASS:
        return Bounds()
    bare = step.code is BenchCode.DILUENT and not triturated
    share = limits.BENCH_DILUENT.value if bare else limits.BENCH_BAND.value
    return about(target, share, limits.BENCH_STEPS.value, readability)
