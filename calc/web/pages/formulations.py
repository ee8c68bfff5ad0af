"""`GET /formulations`, `/formulations/<key>`: published formulations by drug and form; each with its order."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from calc.formulation import Formulation
from calc.handbook.formulations import formulation_page, found, searched
from calc.library import Library
from calc.orders.query import pairs_of, written
from calc.service.preparations import PREPARATIONS
from calc.wording import formulations as words


def blueprint(library: Library, addresses: dict[str, str]) -> Blueprint:
    """Return the routes of the pages for one library. `addresses` are those of the orders, by preparation."""
    pages = Blueprint("formulations", __name__)

    @pages.get("/formulations")
    def listed() -> tuple[str, int]:
        search = searched(request.args.get("drug", "").strip(" "), request.args.get("form", ""))
        shown = found(search, library)
        count = words.FOUND.format(shown=len(shown), all=len(library.formulations))
        page = render_template("handbook/formulations.html", search=search, found=shown, count=count, words=words)
        return page, 422 if search.faults else 200

    @pages.get("/formulations/<key>")
    def one(key: str) -> str:
        known = library.formulations.get(key)
        if known is None:
            abort(404)
        make = _order_of(key, known, library, addresses)
        return render_template("handbook/formulation.html", page=formulation_page(known), make=make, words=words)

    return pages


def _order_of(key: str, said: Formulation, library: Library, addresses: dict[str, str]) -> str:
    """Return the address of the order that a formulation says; blank for one that no order can say."""
    order = said.order_said(library.named(said.drug))
    if order is None:
        return ""
    del order["preparation"]  # the page says it
    quantities = PREPARATIONS[said.form].query.quantities
    return f"{addresses[said.form]}?{written([*pairs_of(order, quantities), ('formulation', key)])}"
