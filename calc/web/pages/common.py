"""What the pages of all preparations do alike: redirects, dates, links to papers, the targets of an error summary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, url_for
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from calc.orders.query import Pairs, written
from calc.paper.label import STOCKS
from calc.paper.press import PAPERS
from calc.service.answering import Service
from calc.web.forms import query
from calc.wording import paper as words

Shown = Response | tuple[str, int]


def redirect_to(address: str, pairs: Pairs) -> Response:
    """A plain redirect that keeps nothing but the query: it is the whole state of the page."""
    answer = redirect(f"{address}?{written(pairs)}" if pairs else address, code=303)
    return Response(answer.get_data(), 303, answer.headers)


def dated(service: Service, pairs: Pairs) -> Pairs:
    """The query with its dates written in once tablets were weighed: tomorrow the link must not mean tomorrow."""
    names = {name for name, _ in pairs}
    if "source-total_mass" not in names or "source-weighed_on" in names:
        return pairs
    prepared = next((value for name, value in pairs if name == "prepared_on"), service.today().isoformat())
    kept = [pair for pair in pairs if pair[0] != "prepared_on"]
    return [*kept, ("prepared_on", prepared), ("source-weighed_on", prepared)]


def papers_of(service: Service, pairs: Pairs, of: Mapping[str, str], fields: query.Fields) -> list[dict[str, Any]]:
    """The links to the papers of this order, each on every size it is printed on; the order is dated in each.

    `of` names the endpoint of each paper.
    """
    dated = pairs if "prepared_on" in dict(pairs) else [*pairs, ("prepared_on", service.today().isoformat())]
    base = query.canonical(dated, fields)

    def links(path: str, option: str, names: dict[str, str]) -> list[dict[str, str]]:
        return [{"href": f"{path}?{written([*base, (option, key)])}", "name": name} for key, name in names.items()]

    sizes = {key: words.PAPER_NAMES[key] for key in PAPERS}
    stocks = {key: stock.name for key, stock in STOCKS.items()}
    kinds = {
        words.TITLE: links(url_for(of["sheet"]), "paper", sizes),
        words.LABEL: links(url_for(of["label"]), "label", stocks),
        words.LEAFLET: links(url_for(of["leaflet"]), "paper", sizes) if "drug-name" not in dict(base) else [],
    }
    return [{"name": name, "links": found} for name, found in kinds.items() if found]


def _field_name(path: str) -> str:
    return path.replace(".", "-")


def target(path: str, form: BaseForm) -> str:
    """The id that a line of the error summary leads to: the field, or the form where there is no such field."""
    name = _field_name(path)
    if name in form:
        return name
    return "-".join(name.split("-")[:2]) if name.startswith("acknowledgements-") else "form"


def acknowledgements_in(typed: MultiDict[str, str]) -> list[dict[str, str]]:
    """What was acknowledged already, by index, to be sent again with the form."""
    given: list[dict[str, str]] = []
    while f"acknowledgements-{len(given)}-code" in typed and len(given) < 100:
        prefix = f"acknowledgements-{len(given)}"
        given.append({part: typed.get(f"{prefix}-{part}", "") for part in ("code", "value", "reason")})
    return given
