"""The service that every edge calls: one order in, its answer out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from calc.library import Library
from calc.paper.pharmacy import NO_PHARMACY, Pharmacy
from calc.service.asked import answer_asked
from calc.service.preparations import AnyPlan, preparation_in


@dataclass(frozen=True, slots=True)
class Service:
    """The library, the clock and the pharmacy of the papers, passed to each edge of the program at startup."""

    library: Library
    today: Callable[[], date]
    pharmacy: Pharmacy = NO_PHARMACY


def plan_of(tree: Any, library: Library, today: date) -> AnyPlan:
    """Return the plan of the order in a tree. Raises `Refused` with all its faults or all its stops.

    `today` is the default date of making.
    """
    preparation = preparation_in(tree)
    return preparation.plan(preparation.order.read(tree, library, today=today), library)


def answer_to(tree: Any, library: Library, today: date) -> Mapping[str, Any]:
    """Return the complete answer to the order in a tree, and beside its plan what depends on `today`.

    Raises `Refused` with all its faults or all its stops.

    >>> from calc.library import load
    >>> answer_to({"dose": "4.5 mg", "quantity": 30}, load(), date(2026, 11, 22))["plan"]["tablets_to_crush"]
    3
    """
    return answer_asked(plan_of(tree, library, today), today)
