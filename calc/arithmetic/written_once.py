"""Writes each distinct figure once: the same doses, counts and limits come again in one plan and from plan to plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from calc.arithmetic.units import Figure, Unit, in_lowest_terms

Writing = TypeVar("Writing", bound=Callable[..., str | tuple[str, ...]])
#: Texts kept by each function, those used last: some hundred bytes each, and never more.
KEPT = 2048


def written_once(write: Writing) -> Writing:
    """Keep what `write` makes of a figure and of what stands behind it, texts that nobody can change.

    A figure is known by its whole numbers and its unit: 1 g and 1,000 mg are equal, but not written alike. Threads may
    write the same figure at the same time; they write the same.

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
