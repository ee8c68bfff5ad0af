"""The endpoints: an order, a schedule or a check in, one answer or one refusal out, by the contract's letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from calc.asking import answer_to
from calc.contract import Problem
from calc.faults import Refused
from calc.finished.answers import answer_uniformity, answer_weights
from calc.library import Library
from calc.lines import written
from calc.reading import BadJson, read_json
from calc.refusal import bad_json, check_refusal, refusal
from calc.titration import Titration, titrate
from calc.titration.answer import answer as titration
from calc.web import openapi, problems
from calc.web.clock import today
from calc.web.doors import MOST_BODY


def blueprint(library: Library) -> Blueprint:
    """The endpoint over one library."""
    api = Blueprint("api", __name__, url_prefix="/api")
    description = openapi.document(library)

    @api.post("/v1/plan")
    def plan_one() -> Response:
        return _answered(lambda tree: answer_to(tree, library, today()), refusal)

    @api.post("/v1/titration")
    def titrate_one() -> Response:
        def titrated(tree: Any) -> Mapping[str, Any]:
            return titration(titrate(Titration.read(tree, library, today=today()), library), library)

        return _answered(titrated, refusal)

    @api.post("/v1/check/weights")
    def check_weights() -> Response:
        return _answered(answer_weights, check_refusal)

    @api.post("/v1/check/uniformity")
    def check_uniformity() -> Response:
        return _answered(answer_uniformity, check_refusal)

    @api.get("/v1/openapi.json")
    def describe() -> Response:
        return Response(description, content_type="application/json")

    return api


def _answered(work_out: Callable[[Any], Mapping[str, Any]], refuse: Callable[[Refused], Problem]) -> Response:
    """The answer to the JSON body of this request, or its refusal."""
    if request.mimetype != "application/json" or request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaType
    received = request.get_data(cache=False)
    if len(received) > MOST_BODY:
        raise RequestEntityTooLarge
    try:
        body = written(work_out(read_json(received)))
    except BadJson as fault:
        return problems.respond(bad_json(fault.code))
    except Refused as refused:
        return problems.respond(refuse(refused))
    return Response(body, content_type="application/json")
