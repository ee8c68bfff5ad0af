"""The Flask application: its settings, its blueprints, and its error handlers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask, Response, render_template, request
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException, MethodNotAllowed, ServiceUnavailable

from calc.answers.parts import VERSION
from calc.answers.problems import problem
from calc.library import TEMPLATES, load
from calc.reading.files import BadFile
from calc.reading.numbers import NUMBER
from calc.service import clock
from calc.service.answering import Service
from calc.service.clock import BadSetting, zone
from calc.service.mistakes import log_mistake
from calc.service.pharmacy import pharmacy
from calc.web import face as typeface
from calc.web import guard, problems
from calc.web.abbreviations import told_apart, unit_apart
from calc.web.api import endpoints, formulations, many
from calc.web.forms.drawing import FieldDrawer
from calc.web.forms.fields import field_name, is_number
from calc.web.pages import capsule, checks, handbook, health, liquid, paper_code, titration
from calc.web.pages import formulations as formulation_pages
from calc.web.templates import Templates
from calc.wording import workbench
from calc.wording.figures import value_said
from calc.wording.no_break import unbroken
from calc.wording.opened import of_source
from calc.wording.web import DETAILS, LIVE, PRINTED, TITLES

#: A host name without a port: letters, digits, points and hyphens, or an IPv6 address in brackets.
HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


class _Program(Flask):
    """An application whose log holds no address: `_fail` logs a mistake by its number alone."""

    jinja_environment = Templates

    def log_exception(self, exc_info: Any) -> None:
        """Log nothing, where Flask would write the path of the request and a traceback."""


def create_app(
    hosts: frozenset[str] = LOOPBACK, *, today: Callable[[], date] = clock.today, data: Path | None = None
) -> Flask:
    """Return the application, ready to serve.

    `hosts` are the names it answers for; `TRITURATE_HOSTS` (separated by commas) adds to them. `today` is its clock.
    `data` is the folder of the record; without it there is none, and nothing of it is imported.
    Raises `BadFile` for missing or invalid data, and `BadSetting` for an invalid environment variable.
    """
    zone()
    if not (TEMPLATES / "capsule/page.html").is_file():
        raise BadFile("the templates are not installed")
    more = _hosts(os.environ.get("TRITURATE_HOSTS", ""))
    service = Service(load(), today, pharmacy())
    app = _Program("calc", template_folder=str(TEMPLATES), static_folder="static")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    app.jinja_env.filters.update(
        unbroken=unbroken,
        told_apart=told_apart,
        of_source=of_source,
        unit_apart=unit_apart,
        said=value_said,
        field_name=field_name,
    )
    app.jinja_env.globals.update(
        version=VERSION,
        is_number=is_number,
        live=LIVE,
        number=NUMBER.pattern,
        printed=PRINTED,
        face=typeface.face(),
        bench_words=workbench,
        zip=zip,
    )
    app.jinja_env.globals["draw_fields"] = FieldDrawer(app.jinja_env)
    guard.guard(app, hosts | more)
    app.register_blueprint(endpoints.blueprint(service))
    app.register_blueprint(many.blueprint(service))
    app.register_blueprint(formulations.blueprint(service.library))
    orders = {page.key: page for page in (capsule.page(service), liquid.page(service))}
    for page in orders.values():
        app.register_blueprint(page.blueprint())
    app.register_blueprint(typeface.blueprint())
    app.register_blueprint(health.blueprint(service))
    app.register_blueprint(checks.blueprint(service))
    app.register_blueprint(paper_code.blueprint(orders))
    app.register_blueprint(titration.blueprint(service))
    app.register_blueprint(handbook.blueprint(service.library))
    addresses = {key: page.address for key, page in orders.items()}
    app.register_blueprint(formulation_pages.blueprint(service.library, addresses))
    if data is not None:
        from calc.web.record.app import register

        register(app, service, data)
    app.register_error_handler(HTTPException, _refuse)
    app.register_error_handler(Exception, _fail)
    return app


def _hosts(setting: str) -> frozenset[str]:
    """Return the host names in a setting; raises `BadSetting` for anything else, such as a whole URL.

    >>> sorted(_hosts("pharmacy.example, [FD00::7],"))
    ['[fd00::7]', 'pharmacy.example']
    """
    names = frozenset(name.strip().lower() for name in setting.split(",") if name.strip())
    for name in sorted(names):
        if not HOST.fullmatch(name):
            raise BadSetting(f"TRITURATE_HOSTS: {name!r} is not the name of a host")
    return names


def _refuse(fault: HTTPException) -> Response:
    """Answer an HTTP error, as problem JSON under `/api` and as a page elsewhere."""
    status = fault.code or 500
    kind = "host" if isinstance(fault, guard.BadHost) else problems.kind_of(status)
    headers = {}
    if isinstance(fault, ServiceUnavailable) and fault.retry_after is not None:
        headers["Retry-After"] = str(fault.retry_after)
    if isinstance(fault, MethodNotAllowed) and fault.valid_methods:
        headers["Allow"] = ", ".join(sorted(fault.valid_methods))
    return _say(kind, status, DETAILS.get(kind, ""), headers)


def _fail(fault: Exception) -> Response:
    """Answer an internal error, one of another answer to an error too, with its reference number and no figures."""
    fault = getattr(fault, "original_exception", None) or fault
    return _say("unexpected", 500, DETAILS["unexpected"].format(number=log_mistake(fault)), {})


def _say(kind: str, status: int, detail: str, headers: dict[str, str]) -> Response:
    if request.path.startswith("/api"):
        return problems.respond(problem(kind, status, detail), headers)
    body = render_template("shared/refused.html", title=TITLES[kind], detail=detail)
    return Response(body, status, headers, content_type="text/html; charset=utf-8")
