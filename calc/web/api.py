"""`POST /api/v1/plan`: one order in, one plan or one refusal out, by the contract's letter; and its description."""

from __future__ import annotations

import json

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from calc.answer import answer
from calc.faults import Refused
from calc.library import Library
from calc.order import Order
from calc.planning import plan
from calc.web import openapi, problems
from calc.web.clock import today
from calc.web.doors import MOST_BODY
from calc.web.reading import BadJson, read_json


def blueprint(library: Library) -> Blueprint:
    """The endpoint over one library."""
    api = Blueprint("api", __name__, url_prefix="/api")
    description = openapi.document(library)

    @api.post("/v1/plan")
    def plan_one() -> Response:
        if request.mimetype != "application/json" or request.headers.get("Content-Encoding", "identity") != "identity":
            raise UnsupportedMediaType
        try:
            received = request.get_data(cache=False)
            if len(received) > MOST_BODY:
                raise RequestEntityTooLarge
            tree = read_json(received)
            order = Order.read(tree, library, today=today())
            body = json.dumps(answer(plan(order, library)), ensure_ascii=False, separators=(",", ":"))
        except BadJson as fault:
            return problems.respond(problems.bad_json(fault.code))
        except Refused as refused:
            return problems.respond(problems.refusal(refused))
        return Response(body, content_type="application/json")

    @api.get("/v1/openapi.json")
    def describe() -> Response:
        return Response(description, content_type="application/json")

    return api
