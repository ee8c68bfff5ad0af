"""Which preparation an order asks for: capsules, or a liquid. Each is read, planned and answered by its own package."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic_core import PydanticCustomError

from calc.capsule.answer import answer as answer_capsules
from calc.capsule.contract import Answer
from calc.capsule.order import Order
from calc.capsule.plan import Plan
from calc.capsule.planning import plan
from calc.faults import Fault, FaultCode, Refused
from calc.library import Library
from calc.liquid.answer import answer as answer_liquid
from calc.liquid.contract import LiquidAnswer
from calc.liquid.order import LiquidOrder
from calc.liquid.plan import LiquidPlan
from calc.liquid.planning import plan_liquid
from calc.reading.fields import choice


def is_liquid(tree: Any) -> bool:
    """Whether a tree says that it is of a liquid; whatever else it says is read as of capsules."""
    kind = tree.get("preparation") if isinstance(tree, Mapping) else None
    return isinstance(kind, str) and kind.strip(" ") == "liquid"


def read(tree: Any, library: Library, *, today: date | None = None) -> Order | LiquidOrder:
    """The order that a tree asks for, of capsules where it does not say. Raises `Refused` with every fault.

    >>> from calc.library import load
    >>> type(read({"dose": "4.5 mg", "quantity": 30}, load(), today=date(2026, 11, 25))).__name__
    'Order'
    """
    asked: type[Order | LiquidOrder] = LiquidOrder if is_liquid(tree) else Order
    kind = tree.get("preparation") if isinstance(tree, Mapping) else None
    if kind is not None:
        _known(kind)
    return asked.read(tree, library, today=today)


def _known(kind: Any) -> None:
    """Of a preparation that there is not, no other field can be judged: it is the only fault then."""
    try:
        choice("capsule", "liquid").read(kind, None)
    except PydanticCustomError as refused:
        facts = {name: fact for name, fact in (refused.context or {}).items() if name != "code"}
        raise Refused((Fault(FaultCode(refused.type), "preparation", facts),)) from refused


def planned(order: Order | LiquidOrder, library: Library) -> Plan | LiquidPlan:
    """The plan of an order; raises `Refused` where a stop stands."""
    return plan_liquid(order, library) if isinstance(order, LiquidOrder) else plan(order, library)


def answered(made: Plan | LiquidPlan) -> Answer | LiquidAnswer:
    """The whole answer of the endpoint."""
    return answer_liquid(made) if isinstance(made, LiquidPlan) else answer_capsules(made)
