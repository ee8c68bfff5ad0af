"""One order in, its answer out: what the endpoint, each line of many orders and the command line do alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from calc.capsule.contract import Answer
from calc.capsule.plan import Plan
from calc.library import Library
from calc.liquid.contract import LiquidAnswer
from calc.liquid.plan import LiquidPlan
from calc.service import preparations


@dataclass(frozen=True, slots=True)
class Service:
    """The library and the clock that an edge of the program is handed once, when it starts."""

    library: Library
    today: Callable[[], date]


def planned(tree: Any, library: Library, today: date) -> Plan | LiquidPlan:
    """The plan of the order that `tree` writes; raises `Refused` with all its faults or all its stops."""
    return preparations.planned(preparations.read(tree, library, today=today), library)


def answer_to(tree: Any, library: Library, today: date) -> Answer | LiquidAnswer:
    """The whole answer to the order that `tree` writes; raises `Refused` with all its faults or all its stops.

    >>> from calc.library import load
    >>> answer_to({"dose": "4.5 mg", "quantity": 30}, load(), date(2026, 11, 22))["plan"]["tablets_to_crush"]
    3
    """
    return preparations.answered(planned(tree, library, today))
