"""The endpoints for one order, one titration or one check: JSON in, one answer or one refusal out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotAcceptable, RequestEntityTooLarge, UnsupportedMediaType

from calc.answers.contract import Problem
from calc.answers.json_text import written
from calc.answers.problems import bad_json, check_refusal, problem, refusal
from calc.capsule import fhir
from calc.capsule.plan import Plan
from calc.checks.answer import answer_uniformity, answer_weights
from calc.faults import Refused
from calc.reading.json_body import BadJson, read_json
from calc.service.answering import Service, plan_of
from calc.service.asked import answer_asked
from calc.service.chosen import FIELDS, UnknownField, chosen, fields_in
from calc.titration.answer import answer as titration
from calc.titration.liquid_answer import liquid_titration_answer
from calc.titration.liquid_planning import titrate_liquid
from calc.titration.liquid_schedule import LiquidTitration, read_titration
from calc.titration.planning import titrate
from calc.web import problems
from calc.web.api import media_types
from calc.web.guard import MOST_BODY
from calc.web.openapi import document
from calc.web.openapi.page import readable
from calc.wording import openapi as words


def blueprint(service: Service) -> Blueprint:
    """Return the routes of the endpoints for one service."""
    api = Blueprint("api", __name__, url_prefix="/api")
    tree = document.described(service.library)
    description, page = document.document(tree), readable(tree)
    has_fhir = fhir.is_installed()

    @api.post("/v1/plan")
    def plan_one() -> Response:
        fields = request.args.getlist(FIELDS)
        in_fhir = media_types.asks_for_fhir(request.accept_mimetypes, can=has_fhir and not fields)

        def work_out(tree: Any) -> bytes:
            today = service.today()
            plan = plan_of(tree, service.library, today)
            if fields:
                return written(chosen(plan, fields_in(",".join(fields)), today))
            if not in_fhir:
                return written(answer_asked(plan, today))
            if not isinstance(plan, Plan):
                raise NotAcceptable
            return fhir.written(fhir.medication(plan))

        try:
            response = _answered(work_out, refusal, media_types.SENT if in_fhir else media_types.JSON)
        except UnknownField as unknown:
            response = problems.respond(problem("request", 422, str(unknown)))
        response.headers["Vary"] = "Accept"
        return response

    @api.post("/v1/titration")
    def titrate_one() -> Response:
        def titrated(tree: Any) -> bytes:
            schedule = read_titration(tree, service.library, today=service.today())
            if isinstance(schedule, LiquidTitration):
                return written(liquid_titration_answer(titrate_liquid(schedule, service.library), service.library))
            return written(titration(titrate(schedule, service.library), service.library))

        return _answered(titrated, refusal)

    @api.post("/v1/check/weights")
    def check_weights() -> Response:
        return _answered(lambda tree: written(answer_weights(tree, service.library, service.today())), check_refusal)

    @api.post("/v1/check/uniformity")
    def check_uniformity() -> Response:
        return _answered(lambda tree: written(answer_uniformity(tree)), check_refusal)

    @api.get("/v1/openapi.json")
    def describe() -> Response:
        return Response(description, content_type="application/json")

    @api.get("")
    def read() -> str:
        return render_template("handbook/api.html", page=page, words=words)

    return api


def _answered(
    work_out: Callable[[Any], bytes], refuse: Callable[[Refused], Problem], sent_as: str = media_types.JSON
) -> Response:
    """Answer the JSON body of the current request, or refuse it."""
    if request.mimetype != "application/json" or request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaType
    received = request.get_data(cache=False)
    if len(received) > MOST_BODY:
        raise RequestEntityTooLarge
    try:
        body = work_out(read_json(received))
    except BadJson as fault:
        return problems.respond(bad_json(fault))
    except Refused as refused:
        return problems.respond(refuse(refused))
    return Response(body, content_type=sent_as)
