"""What one kind of order adds to the reading of all: what follows from its tree, and its faults of fields together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from calc.faults import Fault
from calc.library import Library


class Following(Protocol):
    """What a completed tree leaves out and what follows from it and the tables, by path."""

    def __call__(self, tree: Mapping[str, Any], library: Library, /) -> dict[str, Any]:
        """Return it."""


class Together(Protocol):
    """The faults of fields together that only one kind of order has."""

    def __call__(self, tree: Mapping[str, Any], /) -> Iterable[Fault]:
        """Return them."""
