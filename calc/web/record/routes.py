"""The routes of the record: each names its act, and who may do it is looked up before the page is made.

A module of pages only has to be imported by `app` for its routes to be there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

from calc.record.rights import Act
from calc.web.record.rules import PREFIX as PREFIX
from calc.web.record.rules import PUBLIC as PUBLIC
from calc.web.record.rules import Rule
from calc.web.record.session import enter

#: The one blueprint of the record.
pages = Blueprint("record", __name__, url_prefix=PREFIX)

Answer = Response | str | tuple[str, int]

#: The rule of each route, by its endpoint.
RULES: dict[str, Rule] = {}


def route(
    address: str,
    act: Act | None,
    *,
    methods: Sequence[str] = ("GET",),
    at_any_screen: bool = False,
    while_locked: bool = False,
    signed: bool = False,
) -> Callable[[Callable[..., Answer]], Callable[..., Any]]:
    """Add a page at an address below `/record`, which names what is done there."""
    rule = Rule(act, at_any_screen, while_locked, signed)

    def add(view: Callable[..., Answer]) -> Callable[..., Any]:
        @wraps(view)
        def entered(**parts: Any) -> Any:
            refused = enter(rule)
            return view(**parts) if refused is None else refused

        RULES[f"{pages.name}.{view.__name__}"] = rule
        pages.add_url_rule(address, view.__name__, entered, methods=list(methods))
        return view

    return add
