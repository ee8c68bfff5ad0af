"""`/api/v1/record`: batches, their events, and the head of the chain for other systems, each with its key.

A key stands in the header alone; no cookie is read, and nothing is answered that a cache may keep. A machine never
signs: what a person has to sign for is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import wraps
from secrets import token_hex
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from calc.answers.json_text import written
from calc.reading.json_body import read_json
from calc.record.batch.acts import Dispense, Open
from calc.record.batch.decide import decide
from calc.record.batch.evolve import TYPES
from calc.record.batch.state import BatchStatus
from calc.record.batch.typed import reference_in
from calc.record.envelope import Event
from calc.record.people.state import KeyState
from calc.record.refusals import ActRefused, NeedsSignature, NotAllowed, NotSetUp, Problem
from calc.record.rights import Act, Right, Role
from calc.record.stamp import Stamp
from calc.record.streams import of_batch
from calc.service.answering import Service
from calc.store.door import Appended, Decided, Store
from calc.store.reading import Reading
from calc.store.sessions import Sessions
from calc.web.guard import MOST_BODY
from calc.web.openapi import record as described
from calc.web.record import api_refusals
from calc.web.record.api_refusals import NoKey
from calc.web.record.api_shown import batch_shown, row_shown
from calc.web.record.lines import lines

ADDRESS = described.ADDRESS
#: Batches of one page of the list.
PAGE = 50
#: A whole number in a query.
WHOLE = re.compile(r"[0-9]{1,15}", re.ASCII)
#: What the data of a dispensing may say.
_DISPENSE = frozenset({"amount", "unit", "containers", "reference"})
#: What of data or an order concerns one patient: the reference, answers, and reasons that can rest on them.
_OF_PATIENT = frozenset({"reference", "screening", "acknowledgements"})
#: The one type of event that a key may write.
DISPENSED = "batch.dispensed"


def blueprint(service: Service, store: Store, sessions: Sessions) -> Blueprint:
    """Return the routes of the record's endpoint."""
    api = Blueprint("record_api", __name__, url_prefix=ADDRESS)
    description = described.document()

    def key_for(act: Act) -> KeyState:
        """Return the key of the request, which may do an act. Raises `NoKey`, `NotAllowed`."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        found = sessions.key_of(secret.strip()) if scheme.lower() == "bearer" and secret.strip() else None
        with store.reading() as reading:
            key = reading.keys().get(found or "")
            settings = reading.site().settings
        if key is None or key.ended:
            raise NoKey
        if act not in key.acts or settings.right(Role.SYSTEM, act) is not Right.YES:
            raise NotAllowed
        return key

    def route(rule: str, act: Act, method: str = "GET") -> Callable[[Callable[..., Response]], None]:
        """Register a view for keys that may do an act; its refusals are problems."""

        def register(view: Callable[..., Response]) -> None:
            @wraps(view)
            def answer(**parts: str) -> Response:
                try:
                    return view(key_for(act), **parts)
                except api_refusals.REFUSALS as fault:
                    return api_refusals.respond(fault)

            api.add_url_rule(rule, view.__name__, answer, methods=[method])

        return register

    @api.get("/openapi.json")
    def describe() -> Response:
        return Response(description, content_type="application/json")

    @route("/head", Act.READ)
    def head(_: KeyState) -> Response:
        with store.reading() as reading:
            now = reading.head()
            last = reading.log(after=now.seq - 1, limit=1)
        return _json({"seq": now.seq, "hash": now.hash, "at": last[0].at if last else None})

    @route("/batches", Act.READ)
    def batches(_: KeyState) -> Response:
        status = _choice("state", [each.value for each in BatchStatus])
        after = request.args.get("after") or None
        with store.reading() as reading:
            rows = reading.batches(state=status, after=after, limit=PAGE + 1)
        shown = [row_shown(row) for row in rows[:PAGE]]
        return _json({"batches": shown, "next": shown[-1]["number"] if len(rows) > PAGE else None})

    @route("/batches/<number>", Act.READ)
    def batch(_: KeyState, number: str) -> Response:
        with store.reading() as reading:
            state, events = reading.batch(number), reading.events(of_batch(number))
        return _json(batch_shown(state, events))

    @route("/events", Act.READ)
    def events(_: KeyState) -> Response:
        return lines(store, _whole("after", request.args.get("after", "0")))

    @route("/batches", Act.OPEN_BATCH, "POST")
    def open_batch(key: KeyState) -> Response:
        body = _body({"request", "order"}, {"checking", "reason", "container", "purpose"})
        given = {name: _text(name, body[name]) for name in body.keys() - {"request", "order"}}
        act, stamp = Open(_tree("order", body["order"]), **given), _stamp(key, body)

        def decided(reading: Reading) -> Decided:
            moment, settings = reading.moment(), reading.site().settings
            number = reading.next_number(moment.day.year)
            library = service.library
            made = decide(None, act, stamp, moment, library, signed=None, settings=settings, number=number)
            return Decided(made.drafts, made.documents)

        appended = store.append(stamp, decided)
        opened, planned = (_first(appended, kind) for kind in ("batch.opened", "batch.planned"))
        answer = {
            "number": opened.data["number"],
            "fingerprint": planned.data["fingerprint"],
            "version": planned.version,
            "head": {"seq": appended.head.seq, "hash": appended.head.hash},
        }
        return _json(answer, 201)

    @route("/batches/<number>/events", Act.DISPENSE, "POST")
    def write(key: KeyState, number: str) -> Response:
        body = _body({"request", "version", "type", "data"}, set())
        kind = _text("type", body["type"])
        if kind != DISPENSED:
            if kind in TYPES:
                raise NeedsSignature
            raise ActRefused(Problem("unknown_choice", "type"))
        act = _dispense(body["data"])
        version, stamp = _whole("version", body["version"]), _stamp(key, body)

        def decided(reading: Reading) -> Decided:
            settings = reading.site().settings
            state, moment = reading.batch(number), reading.moment()
            salt, library = token_hex(16), service.library
            made = decide(state, act, stamp, moment, library, signed=None, settings=settings, salt=salt)
            return Decided(made.drafts, made.documents, made.references)

        with store.reading() as reading:
            reading.batch(number)  # `Unknown` before anything is held against its version
        beside = {"reference": reference_in(act.reference)}
        appended = store.append(stamp, decided, expected={of_batch(number): version}, beside=beside)
        return _json({"seq": appended.head.seq, "hash": appended.head.hash}, 201)

    return api


def unopened(command: str) -> Blueprint:
    """Return routes that say that there is no record to be read; `command` helps."""
    closed = Blueprint("record_api", __name__, url_prefix=ADDRESS)

    @closed.route("/", defaults={"path": ""}, strict_slashes=False, methods=["GET", "POST"])
    @closed.route("/<path:path>", methods=["GET", "POST"])
    def refuse(path: str) -> Response:  # noqa: ARG001 - whatever it is
        return api_refusals.respond(NotSetUp(command))

    return closed


def _json(tree: Any, status: int = 200) -> Response:
    return Response(written(tree), status, content_type="application/json")


def _body(needed: set[str], offered: set[str]) -> dict[str, Any]:
    """Return the JSON object of the request. Raises `BadJson`, and `ActRefused` for each name missing or unknown."""
    if request.mimetype != "application/json" or request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaType
    received = request.get_data(cache=False)
    if len(received) > MOST_BODY:
        raise RequestEntityTooLarge
    body = _tree("", read_json(received))
    wrong = [Problem("required", name) for name in sorted(needed) if body.get(name) is None]
    wrong += [Problem("unknown_field", name[:40]) for name in sorted(body.keys() - needed - offered)]
    if not wrong and not _is_uuid(body["request"]):
        wrong.append(Problem("no_request_number", "request"))
    if wrong:
        raise ActRefused(*wrong)
    return {name: value for name, value in body.items() if value is not None}


def _is_uuid(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        return False


def _tree(name: str, value: Any) -> dict[str, Any]:
    """Return a value that is an object. Raises `ActRefused` for anything else."""
    if not isinstance(value, dict):
        raise ActRefused(Problem("wrong_type", name))
    return value


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ActRefused(Problem("wrong_type", name))
    return value


def _whole(name: str, value: Any) -> int:
    """Return a whole number from the body or the query. Raises `ActRefused` for anything else."""
    if isinstance(value, str) and WHOLE.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise ActRefused(Problem("not_whole", name))


def _choice(name: str, choices: list[str]) -> str | None:
    value = request.args.get(name) or None
    if value is not None and value not in choices:
        raise ActRefused(Problem("unknown_choice", name))
    return value


def _dispense(data: Any) -> Dispense:
    """Return the act in the data of an event; what they say is read by the rules of the record."""
    given = _tree("data", data)
    unknown = given.keys() - _DISPENSE
    if unknown:
        raise ActRefused(*(Problem("unknown_field", f"data.{name[:40]}") for name in sorted(unknown)))
    texts = {name: _text(f"data.{name}", value) for name, value in given.items()}
    amount, unit, reference = (texts.get(name, "") for name in ("amount", "unit", "reference"))
    return Dispense(amount, unit, texts.get("containers", "1"), reference)


def _stamp(key: KeyState, body: Mapping[str, Any]) -> Stamp:
    """Return by which system an act is asked for, with the digest of what was sent, less what concerns one patient."""
    parts = {
        part: {name: value for name, value in body[part].items() if name not in _OF_PATIENT}
        for part in ("data", "order")
        if part in body
    }
    text = json.dumps({**body, **parts}, sort_keys=True, default=_no_number)
    digest = hashlib.sha256(text.encode("ascii")).hexdigest()
    return Stamp(key.by, key.id, key.name, str(body["request"]).lower(), digest)


def _no_number(_: object) -> str:
    """Return what stands for a JSON number that no field takes: the rules refuse it at its field."""
    return "no whole number"


def _first(appended: Appended, kind: str) -> Event:
    return next(event for event in appended.events if event.type == kind)
