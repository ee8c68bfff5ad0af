"""What is weighed of a batch once it is made; page, sheet, paper and check ask for the same."""

from __future__ import annotations

from typing import Literal

from calc import limits

#: Which capsules of a batch are weighed: ten (blank), all of fewer than ten, or the only one.
Sample = Literal["", "all", "one"]


def capsules_weighed(made: int) -> int:
    """Return how many of `made` capsules are weighed at the least: ten, or all where fewer are made.

    >>> capsules_weighed(30), capsules_weighed(7)
    (10, 7)
    """
    return min(made, int(limits.FEWEST_WEIGHED.value.value))


def sample_of(made: int) -> Sample:
    """Return which of `made` capsules are weighed.

    >>> sample_of(10), sample_of(9), sample_of(1)
    ('', 'all', 'one')
    """
    if made == 1:
        return "one"
    return "all" if capsules_weighed(made) < int(limits.FEWEST_WEIGHED.value.value) else ""
