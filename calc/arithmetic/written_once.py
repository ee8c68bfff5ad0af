"""A cache of written figures: the same doses, counts and limits recur within a plan and from plan to plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from calc.arithmetic.units import Figure, Unit, in_lowest_terms

Writing = TypeVar("Writing", bound=Callable[..., str | tuple[str, ...]])
#: Most texts kept by each function, of a few hundred bytes each; the least recently used go first.
KEPT = 2048


def written_once(write: Writing) -> Writing:
    """Cache the results of `write`, by figure and further arguments; they are immutable texts.

    The key is the figure's whole numbers and unit: 1 g and 1,000 mg are equal, but not written alike. Threads may
    write the same figure at the same time, with the same result.

    >>> from calc.arithmetic.units import MG, figure
    >>> half = written_once(lambda given: str(given.value / 2))
    >>> half(figure(9, MG)), half(figure("9", MG))
    ('9/2', '9/2')
    """

    @lru_cache(maxsize=KEPT)
    def once(above: int, below: int, unit: Unit, *how: Any) -> Any:
        return write(in_lowest_terms(above, below, unit), *how)

    @wraps(write)
    def written(figure: Figure, *how: Any) -> Any:
        return once(figure.numerator, figure.denominator, figure.unit, *how)

    return cast(Writing, written)
