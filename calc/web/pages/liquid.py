"""`GET /liquid`: the page of an order of a liquid."""

from __future__ import annotations

from calc.service.answering import Service
from calc.web.forms.folding import opened_by_liquid
from calc.web.forms.liquid import LiquidForm
from calc.web.pages.order_page import OrderPage
from calc.wording import liquid as words


def page(service: Service) -> OrderPage:
    """Return the page of liquids for one service.

    Every query names the preparation, so that the code on a paper leads back to this page.
    """
    return OrderPage(
        service,
        "liquid",
        "/liquid",
        "liquid/page.html",
        LiquidForm,
        opened_by_liquid,
        lambda _: {"words": words},
        always=(("preparation", "liquid"),),
    )
