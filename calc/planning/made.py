"""What is weighed and counted once a batch is made, and what each count asks for: one rule for sheet, page and check.

Masses of capsules are judged in the checks; here are their number, and the mass of all of them against what was weighed
in.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from calc import limits
from calc.arithmetic.roots import Root
from calc.arithmetic.units import RATIO, Figure
from calc.verdicts import Verdict

#: Which capsules of a batch are weighed: ten (blank), all of fewer than ten, or the only one.
Sample = Literal["", "all", "one"]


def capsules_weighed(made: int) -> int:
    """Return how many of `made` capsules are weighed at the least: ten, or all where fewer are made.

    >>> capsules_weighed(30), capsules_weighed(7)
    (10, 7)
    """
    return min(made, limits.FEWEST_WEIGHED.value.numerator)


def sample_of(made: int) -> Sample:
    """Return which of `made` capsules are weighed.

    >>> sample_of(10), sample_of(9), sample_of(1)
    ('', 'all', 'one')
    """
    if made == 1:
        return "one"
    return "all" if capsules_weighed(made) < limits.FEWEST_WEIGHED.value.numerator else ""


class Counts(NamedTuple):
    """The least number of capsules that asks for nothing, and the least that asks for a reason; fewer are held."""

    good: int
    explained: int


def counts_of(batch: int) -> Counts:
    """Return what numbers of capsules ask for of a batch.

    >>> counts_of(30), counts_of(7), counts_of(300)
    (Counts(good=29, explained=27), Counts(good=7, explained=7), Counts(good=291, explained=270))
    """
    held = _part_of(batch, limits.MADE_HELD)
    unasked = limits.MISSING_ASKED.value.numerator - 1
    good = min(_part_of(batch, limits.MADE_EXPLAINED), batch - unasked)
    missing_asked = _part_of(batch, limits.MISSING_SHARE)
    return Counts(max(good, batch - missing_asked + 1, held), held)


def _part_of(batch: int, part: limits.Bound) -> int:
    """Return a part of a batch, rounded up to whole capsules."""
    return -(-batch * part.value.numerator // part.value.denominator)


def judge_count(batch: int, made: int) -> Verdict:
    """Return the verdict on the number of capsules made of a batch: pass, explain or hold.

    >>> [judge_count(30, made).value for made in (31, 30, 29, 28, 27, 26)]
    ['hold', 'pass', 'pass', 'explain', 'explain', 'hold']
    """
    good, explained = counts_of(batch)
    if made > batch or made < explained:
        return Verdict.HOLD
    return Verdict.PASS if made >= good else Verdict.EXPLAIN


def judge_mass_balance(share: Figure, uncertainty: Root | None, unaccounted: Figure, fill: Figure) -> Verdict:
    """Return the verdict on the mass of capsules and blend left, as a fraction of what was weighed in.

    `uncertainty` is that of the fraction, None if it is not known; `unaccounted` is the mass missing, and `fill` what
    one capsule should hold.

    >>> from calc.arithmetic.units import MG, figure
    >>> share, fill = figure("0.95", RATIO), figure("137.6", MG)
    >>> [judge_mass_balance(share, None, figure(lost, MG), fill).value for lost in (206, 137)]
    ['explain', 'pass']
    """
    over = Figure(share.to(RATIO).value - 1, RATIO)
    if share > limits.BALANCE_HELD.value and (uncertainty is None or _exceeds(over, uncertainty)):
        return Verdict.HOLD
    if share < limits.BALANCE_LEAST.value:
        return Verdict.HOLD
    return Verdict.EXPLAIN if share < limits.BALANCE_EXPLAINED.value and unaccounted > fill else Verdict.PASS


def _exceeds(over: Figure, uncertainty: Root) -> bool:
    """Return True for more than so many standard uncertainties, decided by squares."""
    times = limits.BALANCE_UNCERTAINTIES.value.value
    return over.value * over.value > times * times * uncertainty.square
