"""The search for two or three strengths of which every dose of a schedule is a few capsules, taken together.

Complete within its bounds: every set of whole multiples of the largest common strength is looked at, up to the largest
dose. Doses and strengths are counted here in units of that common strength.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
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
    Chosen(strengths=(3, 1), doses={1: (0, 1), 2: (0, 2), 3: (1, 0), 4: (1, 1), 9: (3, 0)})
    """
    most = max(taken)
    if most > int(limits.MULTIPLES_SEARCHED.value.value) or len(taken) <= number:
        return None
    best, rank_of_best = None, None
    for strengths, fewest in _sets((), (0, *[None] * most), number, min(taken)):
        if rank_of_best is not None and -(-most // strengths[0]) > rank_of_best[0]:
            break  # so many of the largest strength of this set, or of any after it, do not hold the largest dose
        counts = [fewest[dose] for dose in taken]
        if any(count is None for count in counts):
            continue
        rank = _rank_of_counts(counts, taken.values())
        if rank_of_best is not None and rank > rank_of_best[:2]:
            continue
        made = _made(strengths, taken)
        if made is not None:
            in_full = *rank, _whole_tablets(made, taken, tablet), tuple(-strength for strength in strengths)
            if rank_of_best is None or in_full < rank_of_best:
                best, rank_of_best = made, in_full
    return best


def _sets(
    chosen: tuple[int, ...], fewest: Sequence[int | None], number: int, least: int
) -> Iterator[tuple[tuple[int, ...], Sequence[int | None]]]:
    """Yield every set of so many more strengths below the last of `chosen`, with the fewest capsules of each dose.

    The smallest strength is not above the `least` dose, which no set could make otherwise.
    """
    if not number:
        yield chosen, fewest
        return
    top = chosen[-1] - 1 if chosen else len(fewest) - 1
    for strength in range(min(top, least) if number == 1 else top, number - 1, -1):
        yield from _sets((*chosen, strength), _with(fewest, strength), number - 1, least)


def _with(fewest: Sequence[int | None], strength: int) -> Sequence[int | None]:
    """Return the fewest capsules of each dose with one more strength in the set; None for a dose that has none."""
    found = list(fewest)
    for dose in range(strength, len(found)):
        before, now = found[dose - strength], found[dose]
        if before is not None and (now is None or before + 1 < now):
            found[dose] = before + 1
    return found


def _rank_of_counts(counts: Sequence[int | None], times: Iterable[int]) -> tuple[int, int]:
    """Return the most capsules at one time, and how many there are in all."""
    known = [count or 0 for count in counts]
    return max(known), sum(count * often for count, often in zip(known, times, strict=True))


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


def _whole_tablets(made: Chosen, taken: Mapping[int, int], tablet: Fraction | None) -> int:
    """Return the whole tablets that hold the drug of each strength of a set; none for bulk powder."""
    if tablet is None:
        return 0
    in_all = [
        sum(counts[place] * taken[dose] for dose, counts in made.doses.items()) for place in range(len(made.strengths))
    ]
    return sum(ceil(number * strength / tablet) for number, strength in zip(in_all, made.strengths, strict=True))
