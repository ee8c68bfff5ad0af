"""The pages of the record as a part of the application: there where a folder for it is set, else not even imported."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, request

from calc.limits.people import LOCKED_AFTER
from calc.record.refusals import NotSaved, NotSetUp, Unknown
from calc.record.rights import Right
from calc.record.stamp import Moment
from calc.record.words import people as words
from calc.record.words import web
from calc.service.answering import Service
from calc.store.accounts import HASHER, Accounts, Hasher
from calc.store.door import Store
from calc.store.sessions import Sessions
from calc.store.settings import moment, witness_file
from calc.store.sqlite import FILE, BadSettings
from calc.web.pages.paper_code import LEADS
from calc.web.record import api, devices, log, own, papers, people, refused, settings, setup, sign_in
from calc.web.record.batches.pages import PAGES as OF_BATCHES
from calc.web.record.forms import secret_label
from calc.web.record.ground import NAME, Ground, ground
from calc.web.record.leads import leads_of
from calc.web.record.routes import PREFIX, PUBLIC, Answer, pages, route
from calc.web.record.session import here

#: The modules of pages. To be imported is all that they need.
PAGES = (sign_in, setup, own, people, devices, settings, log, papers, *OF_BATCHES)


def register(
    app: Flask,
    service: Service,
    folder: Path,
    *,
    now: Callable[[], Moment] = moment,
    hasher: Hasher = HASHER,
) -> None:
    """Add the record in a folder to an application.

    A record that cannot be opened is answered by 503 on each of its pages; calculating works as ever. `hasher` is the
    cost of a hash; tests of pages take one with lower costs. Raises `BadSetting` for a folder that no record may be in.
    """
    frame = app.jinja_env.globals["record"] = Frame(folder)
    try:
        store = Store.open(folder, now=now, witness=witness_file())
    except NotSetUp as fault:
        frame.helps = fault.command
    except (sqlite3.Error, BadSettings, OSError):
        frame.helps = "triturate doctor"
    if frame.helps:
        app.register_blueprint(_unopened(frame.helps))
        app.register_blueprint(api.unopened(frame.helps))
        return
    frame.store = store
    made = Ground(service, store, Accounts(store, now, hasher), Sessions(store, now))
    app.extensions |= {NAME: made, LEADS: leads_of(store)}
    app.register_blueprint(pages)
    app.register_blueprint(api.blueprint(service, store, made.sessions))


class Frame:
    """What the frame around every page knows of the record: whether it is down; on its own pages, who is there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        #: The store, if it could be opened; else the command that helps.
        self.store: Store | None = None
        self.helps = ""

    @property
    def down(self) -> str:
        """Why nothing can be recorded, as a sentence for every page; "" where all is well."""
        if self.store is None:
            return web.UNOPENED.format(command=self.helps)
        if not (self.folder / FILE).is_file():
            return web.GONE
        return web.TROUBLE[self.store.trouble] if self.store.trouble else ""

    @property
    def session(self) -> Any:
        """The session of this request, or None."""
        return here().session

    #: Seconds without a key or a touch after which a screen locks by itself.
    locked_after = LOCKED_AFTER

    @property
    def secret_label(self) -> str:
        """What is asked for on this device."""
        return secret_label()

    @property
    def own_pages(self) -> list[tuple[str, str]]:
        """The pages of this pharmacy that whoever is signed in may open: their addresses and names."""
        session = self.session
        if session is None:
            return []
        right = here().site.settings.right
        return [
            (address, name)
            for address, (name, act) in words.PAGES.items()
            if right(session.person.role, act) != Right.NO
        ]

    @property
    def pharmacy(self) -> str:
        """The name of the pharmacy."""
        return here().site.pharmacy


def _unopened(command: str) -> Blueprint:
    """Return pages that say that the record cannot be opened, and what helps."""
    closed = Blueprint(NAME, __name__, url_prefix=PREFIX)

    @closed.route("/", defaults={"path": ""}, strict_slashes=False, methods=["GET", "POST"])
    @closed.route("/<path:path>", methods=["GET", "POST"])
    def unopened(path: str) -> Response:
        if path == "readyz":
            return Response("unopened\n", 503, content_type="text/plain; charset=utf-8")
        return refused.page("unreadable", 503, command=command)

    return closed


@route("/readyz", PUBLIC)
def readyz() -> Answer:
    """Say whether the record can be written; else why, as a word."""
    why = ground().store.ready()
    return Response(f"{why or 'ready'}\n", 503 if why else 200, content_type="text/plain; charset=utf-8")


@pages.errorhandler(NotSaved)
def _not_saved(fault: NotSaved) -> Response:
    why = words.NOT_SAVED.get(fault.why, words.NOT_SAVED_OTHER)
    return refused.page("not_saved", 503, address=request.path, why=why)


@pages.errorhandler(Unknown)
def _unknown(_: Unknown) -> Response:
    return refused.page("not_found", 404)
