"""Two or three strengths that make every dose of a schedule: all sets are looked at, and the best one is taken."""

from collections.abc import Callable
from functools import lru_cache
from itertools import combinations

#: The largest dose, in the largest common strength, for which sets are searched.
MOST_UNITS = 40
Made = tuple[int, ...]


@lru_cache(maxsize=65536)
def made_of(units: int, sizes: Made) -> Made | None:
    """How many of each size make so many units; sizes from the largest down. None where none of them do.

    Fewest of all, of the fewest different sizes, then most of the largest, and of the next.
    """
    best: tuple[tuple[int, ...], Made] | None = None
    for numbers in _ways(units, sizes):
        key = (sum(numbers), sum(number > 0 for number in numbers), *(-number for number in numbers))
        if best is None or key < best[0]:
            best = (key, numbers)
    return None if best is None else best[1]


def _ways(units: int, sizes: Made) -> list[Made]:
    """Every way to make so many units."""
    if len(sizes) == 1:
        return [] if units % sizes[0] else [(units // sizes[0],)]
    found = []
    for number in range(units // sizes[0] + 1):
        found += [(number, *rest) for rest in _ways(units - number * sizes[0], sizes[1:])]
    return found


@lru_cache(maxsize=8)
def _all_sets(most: int, number: int) -> list[Made]:
    """Every set of so many sizes up to the largest dose, each from the largest down."""
    return list(combinations(range(most, 0, -1), number))


def best_set(doses: dict[int, int], number: int, tablets: Callable[[Made, Made], int]) -> Made | None:
    """The best set of so many sizes for these units of a dose, each taken so many times; None where there is none.

    `tablets`: the whole tablets for so many capsules of each size.
    """
    most = max(doses)
    if len(doses) <= number or most > MOST_UNITS:
        return None
    asked, held = sum(1 << units for units in doses), (1 << (most + 1)) - 1
    sums = dict.fromkeys(_all_sets(most, number), 1)  # a bit for each sum of up to so many capsules
    for _ in range(most):
        reached = []
        for sizes, bits in sums.items():
            more = bits
            for size in sizes:
                more |= bits << size
            sums[sizes] = more & held
            if asked & more == asked:
                reached.append(sizes)
        ranked = [(key, sizes) for sizes in reached if (key := _rank(doses, sizes, tablets)) is not None]
        if ranked:
            return min(ranked)[1]
        for sizes in reached:
            del sums[sizes]  # it leaves one of its sizes unused, however many capsules are taken
    return None


def _rank(doses: dict[int, int], sizes: Made, tablets: Callable[[Made, Made], int]) -> Made | None:
    """Capsules of the whole schedule, whole tablets, and the larger sizes first; None where one is not used."""
    capsules = [0] * len(sizes)
    for units, times in doses.items():
        for at, number in enumerate(made_of(units, sizes) or ()):
            capsules[at] += number * times
    if not all(capsules):
        return None
    return sum(capsules), tablets(sizes, tuple(capsules)), *(-size for size in sizes)
