"""`GET /`: the page of an order of capsules, with pictures of its plan, and a way to check what was made."""

from __future__ import annotations

from typing import Any

from calc.answers.parts import Writer
from calc.capsule.plan import Plan
from calc.library import Library
from calc.orders.query import shortest_pairs_of, written
from calc.pictures import pictures
from calc.planning.codes import FillRule
from calc.service.answering import Service
from calc.web.forms import bench
from calc.web.forms.capsule import OrderForm
from calc.web.forms.folding import opened_by_plan
from calc.web.pages.order_page import KINDS, OrderPage
from calc.wording.web import BENCH

CHECK_ADDRESS = "/check"
#: What stands before each name of an order that a check is asked for with.
OF_ORDER = "order-"


def page(service: Service) -> OrderPage:
    """Return the page of capsules over one service."""

    def beside(plan: Plan | None) -> dict[str, Any]:
        return {
            "pictures": None if plan is None else pictures(plan),
            "check": "" if plan is None else check_address(plan),
            "bench": _bench(service.library),
        }

    return OrderPage(service, "capsule", "/", "capsule/page.html", OrderForm, opened_by_plan, beside)


def _bench(library: Library) -> dict[str, Any]:
    """What the page says of a bench, and what its script needs to know to keep one."""
    papers = [(kind.option, list(kind.choices.items())) for kind in (KINDS["sheet"], KINDS["label"])]
    return BENCH | bench.described(library) | {"papers": papers}


def check_address(plan: Plan) -> str:
    """Return the address of the page of checks, filled in: the order where its plan knows every mass, and its batch.

    Otherwise the fill of the plan, where it is not an estimate.
    """
    pairs = [("planned", str(plan.powder.batch))]
    if plan.spread is not None:
        order = [(f"{OF_ORDER}{name}", value) for name, value in shortest_pairs_of(plan.order)]
        return f"{CHECK_ADDRESS}?{written([*order, *pairs])}"
    fill = plan.fill
    if fill.fill_mass is not None and fill.rule is not FillRule.ESTIMATE:
        known = Writer(plan.order.balance.readability).of_capsule(fill.fill_mass)
        pairs = [("theoretical_fill", known["value"]), ("theoretical_fill_unit", "mg"), *pairs]
    return f"{CHECK_ADDRESS}?{written(pairs)}"
