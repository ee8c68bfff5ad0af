"""The search for two or three strengths of which every dose of a schedule is a few capsules, taken together.

Complete within its bounds: every set of whole multiples of the largest common strength is looked at, up to the largest
dose. Doses and strengths are counted here in units of that common strength.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import ceil
from typing import NamedTuple

from calc import limits

#: Capsules of each strength of a set that make one dose, from the largest strength down.
Counts = tuple[int, ...]


class Chosen(NamedTuple):
    """A set of strengths, from the largest down, and the capsules of each that make a dose."""

    strengths: tuple[int, ...]
    doses: Mapping[int, Counts]


def strengths_together(taken: Mapping[int, int], number: int, tablet: Fraction | None) -> Chosen | None:
    """Return the best set of so many strengths; None if none makes every dose, or if the search has no bounds.

    `taken` says how often each dose is taken, `tablet` what one tablet holds, None for bulk powder. Of all sets that
    use each of their strengths the best has the fewest capsules at one time, then in all, then the fewest whole
    tablets, then the larger strengths.

    >>> strengths_together({1: 7, 2: 7, 3: 7, 4: 7, 9: 7}, 2, None)
    Chosen(strengths=(4, 1), doses={1: (0, 1), 2: (0, 2), 3: (0, 3), 4: (1, 0), 9: (2, 1)})
    """
    most = max(taken)
    if most > int(limits.MULTIPLES_SEARCHED.value.value) or len(taken) <= number:
        return None
    least, best, rank_of_best = min(taken), None, None
    for chosen in combinations(range(most, 0, -1), number):
        if chosen[-1] > least or (rank_of_best is not None and -(-most // chosen[0]) > rank_of_best[0]):
            continue
        made = _made(chosen, taken)
        if made is None:
            continue
        rank = _rank(made, taken, tablet)
        if rank_of_best is None or rank < rank_of_best:
            best, rank_of_best = made, rank
    return best


def _made(chosen: tuple[int, ...], taken: Iterable[int]) -> Chosen | None:
    """Return how a set makes every dose; None if it cannot make one, or has a strength that no dose uses."""
    doses: dict[int, Counts] = {}
    for dose in taken:
        counts = min(_counts(chosen, dose), key=_order, default=None)
        if counts is None:
            return None
        doses[dose] = counts
    used = [any(counts[place] for counts in doses.values()) for place in range(len(chosen))]
    return Chosen(chosen, doses) if all(used) else None


def _counts(chosen: Sequence[int], dose: int) -> Iterator[Counts]:
    """Yield every way in which capsules of a set make a dose."""
    largest, *others = chosen
    if not others:
        if dose % largest == 0:
            yield (dose // largest,)
        return
    for count in range(dose // largest, -1, -1):
        for rest in _counts(others, dose - count * largest):
            yield (count, *rest)


def _order(counts: Counts) -> tuple[int, int, tuple[int, ...]]:
    """Return what is compared of two ways to make a dose: capsules, different strengths, the larger strengths first."""
    return sum(counts), sum(count > 0 for count in counts), tuple(-count for count in counts)


def _rank(made: Chosen, taken: Mapping[int, int], tablet: Fraction | None) -> tuple[int, int, int, tuple[int, ...]]:
    """Return what is compared of two sets."""
    at_one_time = max(sum(counts) for counts in made.doses.values())
    of_each = [
        sum(counts[place] * taken[dose] for dose, counts in made.doses.items()) for place in range(len(made.strengths))
    ]
    whole = (
        0
        if tablet is None
        else sum(ceil(number * strength / tablet) for number, strength in zip(of_each, made.strengths, strict=True))
    )
    return at_one_time, sum(of_each), whole, tuple(-strength for strength in made.strengths)
