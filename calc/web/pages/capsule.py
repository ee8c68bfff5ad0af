"""`GET /`: the page of an order of capsules, with pictures of its plan and a link to the checks."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import render_template
from markupsafe import Markup

from calc.answers.writer import Writer
from calc.capsule.plan import Plan
from calc.library import Library
from calc.orders.query import shortest_pairs_of, written
from calc.pictures import pictures
from calc.planning.codes import FillRule
from calc.service.answering import Service
from calc.web.forms import bench
from calc.web.forms.capsule import OrderForm
from calc.web.forms.folding import opened_by_plan
from calc.web.pages.kinds import KINDS
from calc.web.pages.order_page import OrderPage
from calc.wording.web import BENCH

CHECK_ADDRESS = "/check"
#: The prefix of an order's names in the query of a check.
OF_ORDER = "order-"


def page(service: Service) -> OrderPage:
    """Return the page of capsules for one service."""

    @cache
    def my_bench() -> Markup:
        """Return the saved settings as every page shows them."""
        return Markup(render_template("shared/my_bench.html", bench=_bench(service.library)))  # noqa: S704 - drawn

    def beside(plan: Plan | None) -> dict[str, Any]:
        return {
            "pictures": None if plan is None else pictures(plan),
            "check": "" if plan is None else check_address(plan),
            "my_bench": my_bench(),
        }

    return OrderPage(service, "capsule", "/", "capsule/page.html", OrderForm, opened_by_plan, beside)


def _bench(library: Library) -> dict[str, Any]:
    """Return the texts about the saved settings, and what the page's script needs to keep them."""
    papers = [(kind.option, list(kind.choices.items())) for kind in (KINDS["sheet"], KINDS["label"])]
    return BENCH | bench.described(library) | {"papers": papers}


def check_address(plan: Plan) -> str:
    """Return the address of the page of checks, filled in with the batch and, if its plan knows every mass, the order.

    Without the order, the fill of the plan is filled in unless it is an estimate.
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
