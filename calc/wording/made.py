"""The words for what a count of capsules and a mass balance ask for, as sheet and check say them."""

from __future__ import annotations

from calc import limits
from calc.planning.made import counts_of
from calc.wording.figures import said

GO_ON, EXPLAIN, HOLD = "{counts}: go on", "{counts}: write down why", "Any other number: hold for a pharmacist"
ONE, TWO, MORE = "{last:,}", "{first:,} or {last:,}", "{first:,} to {last:,}"
BALANCE_TAKEN = (
    "Above {held} or below {least}: hold for a pharmacist. Below {explained}, with more than one fill missing: write "
    "down why."
)


def counts_taken(batch: int) -> str:
    """Return what each number of capsules made of a batch asks for.

    >>> counts_taken(30)
    '29 or 30: go on. 27 or 28: write down why. Any other number: hold for a pharmacist.'
    >>> counts_taken(7)
    '7: go on. Any other number: hold for a pharmacist.'
    """
    good, explained = counts_of(batch)
    parts = [GO_ON.format(counts=_counts(good, batch))]
    if explained < good:
        parts.append(EXPLAIN.format(counts=_counts(explained, good - 1)))
    return f"{'. '.join([*parts, HOLD])}."


def balance_taken() -> str:
    """Return what a mass balance asks for.

    >>> balance_taken().partition(".")[0]
    'Above 101 % or below 90 %: hold for a pharmacist'
    """
    held, least = said(limits.BALANCE_HELD.value), said(limits.BALANCE_LEAST.value)
    return BALANCE_TAKEN.format(held=held, least=least, explained=said(limits.BALANCE_EXPLAINED.value))


def _counts(first: int, last: int) -> str:
    return (ONE if first == last else TWO if first + 1 == last else MORE).format(first=first, last=last)
