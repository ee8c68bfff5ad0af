"""Checks on the host and size of every request, and security headers for every response."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, RequestURITooLarge

from calc.web.pages.common import redirect_to

MOST_BODY = 64 * 1024
MOST_QUERY = 32 * 1024
PLANS = "/api/v1/plans"
#: The paths that accept a larger body, with its size in bytes.
LARGER = {PLANS: 16 * 1024 * 1024}

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


#: Names that mail programs and advertisers add to an address; they say nothing of an order.
TRACKING = re.compile(r"utm_[a-z_]{1,30}|fbclid|gclid|dclid|gbraid|wbraid|msclkid|mc_cid|mc_eid", re.ASCII)


#: What the environment of a request for another host says; its own name is left out.
OTHER_HOST = "calc.other_host"


class BadHost(BadRequest):
    """A request for a host that this program does not answer for."""


def guard(app: Flask, hosts: frozenset[str]) -> None:
    """Register the checks on every request to `app` and the headers of every response."""
    serve = app.wsgi_app

    def check_host(environ: dict[str, Any], start_response: Any) -> Any:
        # Before anything reads the name: no route can be looked up, and no page drawn, for one that is not a host name.
        if host_name(environ.get("HTTP_HOST", "")) not in hosts:
            environ = {**environ, "HTTP_HOST": "localhost", OTHER_HOST: True}
        return serve(environ, start_response)

    app.wsgi_app = check_host  # type: ignore[method-assign]

    @app.before_request
    def check_request() -> Response | None:
        if OTHER_HOST in request.environ:
            raise BadHost
        if len(request.query_string) > MOST_QUERY:
            raise RequestURITooLarge
        most = most_of(request.path)
        if (request.content_length or 0) > most:
            raise RequestEntityTooLarge
        # One byte more than the limit, so that a body of undeclared length is cut off there and known to be too long.
        request.max_content_length = most + 1
        return _without_tracking()

    @app.after_request
    def add_headers(answer: Response) -> Response:
        kept = answer.headers.get("Cache-Control") if request.blueprint == "face" else None
        answer.headers.update(HEADERS)
        if request.blueprint == "record":  # a form there says where it came from; under no-referrer it would say null
            answer.headers["Referrer-Policy"] = "same-origin"
        if request.endpoint == "static" or kept:
            answer.headers["Cache-Control"] = kept or "no-cache"
        return answer


def _without_tracking() -> Response | None:
    """Redirect a page with tracking parameters in its address to the same address without them."""
    if request.endpoint is None or request.method not in {"GET", "HEAD"} or request.path.startswith("/api"):
        return None
    pairs = list(request.args.items(multi=True))
    kept = [pair for pair in pairs if not TRACKING.fullmatch(pair[0])]
    return None if kept == pairs else redirect_to(request.path, kept)


def most_of(path: str) -> int:
    """Return the most bytes accepted in a body sent to this path."""
    return LARGER.get(path, MOST_BODY)


def host_name(host: str) -> str:
    """Return the name in a Host header, without its port.

    >>> host_name("127.0.0.1:8000"), host_name("[::1]:8000"), host_name("LOCALHOST")
    ('127.0.0.1', '[::1]', 'localhost')
    """
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() and (not name.count(":") or name.endswith("]")) else host.lower()
