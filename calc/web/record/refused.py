"""Pages that refuse: without a figure, and with the way on."""

from __future__ import annotations

from flask import Response, render_template

from calc.record.words import web as words


def page(kind: str, status: int, *, address: str = "", **facts: object) -> Response:
    """Return a page that says why, and leads to an address if there is one."""
    title, detail, link = words.REFUSED[kind]
    body = render_template(
        "record/refused.html", title=title, detail=detail.format(**facts), link=link, address=address or "/record"
    )
    headers = {"Retry-After": "5"} if status == 503 else {}
    return Response(body, status, headers, content_type="text/html; charset=utf-8")
