"""The table of preparations: how each is read, planned, answered, shown and printed.

Every edge handles orders through this table. To add a preparation, add a row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from calc.answers.parts import Writers
from calc.capsule import papers as capsule_papers
from calc.capsule.answer import WRITERS, answer
from calc.capsule.contract import Answer
from calc.capsule.order import Order
from calc.capsule.plan import Plan
from calc.capsule.planning import plan
from calc.capsule.planning.bench import work_of, work_of_batch
from calc.capsule.sheet import sheet
from calc.faults import Fault, FaultCode, Refused
from calc.library import Library
from calc.liquid import papers as liquid_papers
from calc.liquid.answer import WRITERS as LIQUID_WRITERS
from calc.liquid.answer import answer as liquid_answer
from calc.liquid.bench_steps import work_of as liquid_work_of
from calc.liquid.contract import LiquidAnswer
from calc.liquid.order import LiquidOrder
from calc.liquid.plan import LiquidPlan
from calc.liquid.planning import plan_liquid
from calc.liquid.sheet import liquid_sheet
from calc.orders.query import Fields, fields_of
from calc.planning.bench import BenchStep
from calc.reading.fields import choice
from calc.sheet.lines import PlanSheet

AnyPlan = Plan | LiquidPlan
AnyAnswer = Answer | LiquidAnswer
#: A function that prints a plan as PDF on a paper size or label stock, named as in a query; of a sheet, with its mark.
Press = Callable[..., bytes]


@dataclass(frozen=True, slots=True)
class Preparation:
    """One preparation: its key in an order, the model of its order, and the functions that process it.

    `plan` raises `Refused` for any stop that is not overridden. `papers` holds a press for each paper: sheet, label
    and leaflet; `sheet_content` and `label_lines` return the finished strings of the first two, `label_stocks` those
    of some label stocks that hold the label of a plan. `writers` write each key of its plan in an answer. `work`
    returns the steps at the bench, `work_of_batch` those of a batch of the record, `sheet` all finished strings, with
    what was typed there if anything was. `query` holds the fields of its order, by their names in a query.
    """

    key: str
    order: type[Order] | type[LiquidOrder]
    plan: Callable[[Any, Library], AnyPlan]
    answer: Callable[[Any], AnyAnswer]
    writers: Writers[Any]
    work: Callable[[Any], tuple[BenchStep, ...]]
    work_of_batch: Callable[[Any], tuple[BenchStep, ...]]
    sheet: Callable[..., PlanSheet]
    papers: Mapping[str, Press]
    sheet_content: Callable[..., Mapping[str, Any]]
    label_lines: Callable[..., Mapping[str, Any]]
    label_stocks: Callable[..., tuple[str, ...]]
    query: Fields


CAPSULES = Preparation(
    key="capsule",
    order=Order,
    plan=plan,
    answer=answer,
    writers=WRITERS,
    work=work_of,
    work_of_batch=work_of_batch,
    sheet=sheet,
    papers={
        "sheet": capsule_papers.sheet_pdf,
        "label": capsule_papers.label_pdf,
        "leaflet": capsule_papers.leaflet_pdf,
    },
    sheet_content=capsule_papers.sheet_content,
    label_lines=capsule_papers.label_lines,
    label_stocks=capsule_papers.label_stocks,
    query=fields_of(Order),
)
LIQUID = Preparation(
    key="liquid",
    order=LiquidOrder,
    plan=plan_liquid,
    answer=liquid_answer,
    writers=LIQUID_WRITERS,
    work=liquid_work_of,
    work_of_batch=liquid_work_of,
    sheet=liquid_sheet,
    papers={
        "sheet": liquid_papers.liquid_sheet_pdf,
        "label": liquid_papers.liquid_label_pdf,
        "leaflet": liquid_papers.liquid_leaflet_pdf,
    },
    sheet_content=liquid_papers.liquid_sheet_content,
    label_lines=liquid_papers.liquid_label_lines,
    label_stocks=liquid_papers.liquid_label_stocks,
    query=fields_of(LiquidOrder),
)
#: Every preparation by its key; the default comes first.
PREPARATIONS: dict[str, Preparation] = {each.key: each for each in (CAPSULES, LIQUID)}


def preparation_in(tree: Any) -> Preparation:
    """Return the preparation that the tree of an order names, by default capsules.

    Raises `Refused` for an unknown preparation, without whose fields nothing else can be validated.

    >>> preparation_in({"preparation": "liquid"}).key, preparation_in({"dose": "4.5 mg"}).key
    ('liquid', 'capsule')
    """
    key = tree.get("preparation") if isinstance(tree, Mapping) else None
    if key is None:
        return PREPARATIONS[CAPSULES.key]
    try:
        return PREPARATIONS[choice(*PREPARATIONS).read(key)]
    except PydanticCustomError as refused:
        facts = {name: fact for name, fact in (refused.context or {}).items() if name != "code"}
        raise Refused((Fault(FaultCode(refused.type), "preparation", facts),)) from refused


def preparation_of(plan: AnyPlan) -> Preparation:
    """Return the preparation of a plan."""
    return PREPARATIONS[plan.order.preparation]
