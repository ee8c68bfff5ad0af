"""`GET /api/v1/formulations`: the published formulations, all of them or those of the keys in the query."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from calc.answers.formulations import answer_formulations
from calc.answers.json_text import written
from calc.library import Library
from calc.web.openapi.formulations import ADDRESS, KEY


def blueprint(library: Library) -> Blueprint:
    """Return the route of the formulations of one library."""
    api = Blueprint("formulations_api", __name__)

    @api.get(ADDRESS)
    def formulations() -> Response:
        answer = answer_formulations(library, request.args.getlist(KEY))
        if answer is None:
            abort(404)
        return Response(written(answer), content_type="application/json")

    return api
