"""The verdict on a printed paper: whether its plan ID still follows from the order in its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any

from calc.answers.fingerprint import SCHEME_1_NAMES, fingerprint
from calc.faults import NoticeCode
from calc.orders.defaults import part_and_name
from calc.service.preparations import AnyPlan, preparation_of


@unique
class Verdict(StrEnum):
    """What can be said of a paper by the code on it."""

    FOLLOWS = "follows"
    FOLLOWED_BEFORE = "followed_before"
    OTHERWISE = "otherwise"
    COMPARE = "compare"


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on a paper, and the paths of the defaults that changed since it was printed and that it left out."""

    verdict: Verdict
    changes: tuple[str, ...] = ()


#: The notice that came with a default: an order read with the default of then is without it.
_NOTICES_WITH = {"source.least_tablets": NoticeCode.FEW_TABLETS}


def judged(printed: str, plan: AnyPlan, earlier: Mapping[str, Any]) -> Judged:
    """Return the verdict on a paper with the fingerprint `printed`.

    `plan` is that of its order, read with the `earlier` defaults that it was printed with, if any.
    """
    order = plan.order.understood()
    left_out = tuple(path for path in earlier if path in plan.order.defaults_before)
    figures = preparation_of(plan).answer(plan)["plan"]
    later = {_NOTICES_WITH[path] for path in left_out if path in _NOTICES_WITH}
    figures["notices"] = [notice for notice in figures["notices"] if notice["code"] not in later]
    now = fingerprint(_without_later(order, left_out), figures)
    if now != printed.strip().upper():
        return Judged(Verdict.OTHERWISE, left_out)
    return Judged(Verdict.FOLLOWED_BEFORE if left_out else Verdict.FOLLOWS, left_out)


def _without_later(order: Mapping[str, Any], paths: tuple[str, ...]) -> dict[str, Any]:
    """Return the normalized order without those of the paths that it had no name for when papers were first printed."""
    known = SCHEME_1_NAMES.get((order.get("preparation", "capsule"), order["source"]["kind"]), frozenset())
    later = {part_and_name(path) for path in paths if path not in known}
    return {
        name: {inner: value for inner, value in part.items() if (name, inner) not in later}
        if isinstance(part, dict)
        else part
        for name, part in order.items()
        if ("", name) not in later
    }
