"""The components of a preparation sheet: what each is, how much of it is planned, what its label says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.capsule.contract import PlanShown
from calc.capsule.plan import Plan
from calc.orders.parts import BulkPowder
from calc.planning.bench import SPARE_SHELLS
from calc.planning.codes import FillRule
from calc.sheet.names import count_said, form_of_source, source_said, strength_said, tablets_said, text_or
from calc.wording import paper as words


def components(plan: Plan, shown: PlanShown) -> list[Mapping[str, Any]]:
    """Each component: what it is, how much is planned, and what its label says, as typed or to be written."""
    order = plan.order
    measured = plan.fill.rule in (FillRule.PACKING, FillRule.GIVEN)
    diluent = shown["diluent"] if measured else None
    size = words.SHELLS_SIZE.format(size=order.capsule.size) if order.capsule.size is not None else ""
    brand = f", {order.capsule.brand}" if order.capsule.brand is not None else ""
    shells = count_said(plan.powder.batch + SPARE_SHELLS)

    def dated(expiry: Any) -> str:
        return "" if expiry is None else str(expiry.isoformat())

    return [
        _source(plan, shown, dated(order.source.expiry)),
        {
            "name": order.diluent.name,
            "note": words.DILUENT_CHARACTERISTICS,
            "cells": [
                " + ".join([*_in_triturations(shown), diluent["text"] if diluent is not None else words.BY_FORMULA]),
                "",
                "",
                order.diluent.lot or "",
                dated(order.diluent.expiry),
            ],
        },
        {
            "name": words.SHELLS.format(size=size, brand=brand),
            "note": words.SHELL_CHARACTERISTICS,
            "cells": [
                words.SHELLS_PLANNED.format(shells=shells),
                "",
                "",
                order.capsule.lot or "",
                dated(order.capsule.expiry),
            ],
        },
    ]


def made_from(plan: Plan) -> str:
    """What the capsules are made from."""
    of, source = plan.powder.tablets, source_said(plan)
    if of is None:
        return words.MADE_FROM_BULK.format(source=source)
    return words.MADE_FROM.format(tablets=tablets_said(of.number), source=source)


def _source(plan: Plan, shown: PlanShown, expiry: str) -> Mapping[str, Any]:
    """The tablets or the bulk powder."""
    source, form, of = plan.order.source, form_of_source(plan), plan.powder.tablets
    if isinstance(source, BulkPowder) or of is None:
        return {
            "name": words.BULK.format(form=form),
            "note": words.BULK_CHARACTERISTICS.format(assay=source_said(plan)),
            "cells": [_powder_planned(shown), source.maker or "", "", source.lot or "", expiry],
        }
    return {
        "name": words.TABLETS.format(form=form, strength=strength_said(plan)),
        "note": words.CHARACTERISTICS.format(basis=form),
        "cells": [tablets_said(of.number), source.maker or "", source.ndc or "", source.lot or "", expiry],
    }


def _powder_planned(shown: PlanShown) -> str:
    """How much bulk powder is weighed: the portion, or what a trituration begins with."""
    begin = shown["triturations"][0]["weigh"] if shown["triturations"] else shown["portion"]
    return text_or(begin, "")


def _in_triturations(shown: PlanShown) -> list[str]:
    """The diluent of each step of a trituration."""
    return [step["diluent"]["text"] for step in shown["triturations"] if step["diluent"] is not None]
