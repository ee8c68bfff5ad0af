"""`GET /healthz` and `GET /readyz`: health checks that the program is alive, and that it can plan."""

from __future__ import annotations

from flask import Blueprint, Response

from calc.service.answering import Service, plan_of

#: The order that `/readyz` plans.
READY = {"dose": "4.5 mg", "quantity": 30}


def blueprint(service: Service) -> Blueprint:
    """Return the routes for one service."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n", content_type="text/plain; charset=utf-8")

    @health.get("/readyz")
    def readyz() -> Response:
        plan_of(READY, service.library, service.today())
        return Response("ready\n", content_type="text/plain; charset=utf-8")

    return health
