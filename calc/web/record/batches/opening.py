"""`/record/batches/new`: a batch opened from the order of a plan, after a look at what is opened."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import redirect, render_template, request

from calc.faults import Refused
from calc.orders.query import Pairs, written
from calc.record.batch.acts import Open
from calc.record.batch.decide import decide
from calc.record.envelope import Signed
from calc.record.rights import Act
from calc.record.stamp import Stamp
from calc.record.streams import BATCH_STREAM
from calc.service.preparations import PREPARATIONS, Preparation
from calc.sheet.lines import PlanSheet
from calc.store.door import Appended, Decided
from calc.store.reading import Reading
from calc.web.forms import bench_query, query
from calc.web.forms.fields import QUESTION
from calc.web.record.batches.acting import address_of
from calc.web.record.batches.forms import OpenForm, text_of
from calc.web.record.ground import ground
from calc.web.record.routes import Answer, route
from calc.web.record.writing import write

#: The pages of plans, by preparation.
PAGES = {"capsule": "/", "liquid": "/liquid"}
#: How the name of a stop that a reason is given for ends.
_CODE = "-code"


@route("/batches/new", Act.OPEN_BATCH, methods=("GET", "POST"))
def new() -> Answer:
    """Show what is opened, and open it. A plan that is stopped is shown on its own page, which says why."""
    if request.method == "GET":
        pairs = list(request.args.items(multi=True))
        form = OpenForm(query=written(_without_answers(pairs)), page=request.path)
        pairs = pairs or parse_qsl(form.query.data or "")  # as it was before the session was lost
    else:
        form = OpenForm(request.form)
        pairs = parse_qsl(form.query.data or "")
    preparation, tree = _order(pairs)
    plan_address = f"{PAGES[preparation.key]}?{written(pairs)}"
    try:
        sheet = _sheet(preparation, tree)
    except Refused:
        return redirect(plan_address, 303)

    def page() -> str:
        return render_template(
            "record/batches/open.html", form=form, messages=form.told, sheet=sheet, plan_address=plan_address
        )

    if request.method == "GET":
        return page()
    act = Open(
        tree,
        text_of(form, "checking"),
        text_of(form, "reason"),
        text_of(form, "container"),
        text_of(form, "purpose"),
    )
    return write(form, Act.OPEN_BATCH, BATCH_STREAM, _opening(act), again=page, done=_opened)


def _without_answers(pairs: Pairs) -> Pairs:
    """Return the query of a plan without answers on the one who takes it, and without reasons that rest on them.

    They are asked before the release: what the page sends, and what is kept of it, has none of them.
    """
    stops = {question.stop.value for drug in ground().library.drugs.values() for question in drug.screening}
    rests = {name.removesuffix(_CODE) for name, value in pairs if name.endswith(_CODE) and value in stops}
    return [
        (name, value) for name, value in pairs if not name.startswith(QUESTION) and name.rpartition("-")[0] not in rests
    ]


def _order(pairs: Pairs) -> tuple[Preparation, dict[str, Any]]:
    """Return the preparation and the order in the query of a plan, without what was typed at the bench."""
    preparation = PREPARATIONS.get(dict(pairs).get("preparation", ""), PREPARATIONS["capsule"])
    ordered, _ = bench_query.apart(query.without_button(pairs))
    tree = query.tree(query.canonical(ordered, preparation.query), preparation.query)
    return preparation, tree


def _sheet(preparation: Preparation, tree: dict[str, Any]) -> PlanSheet:
    """Return the sheet of an order; raises `Refused`."""
    library, today = ground().library, ground().service.today()
    return preparation.sheet(preparation.plan(preparation.order.read(tree, library, today=today), library))


def _opening(act: Open) -> Any:
    def decided(reading: Reading, stamp: Stamp, signed: Signed | None) -> Decided:
        moment = reading.moment()
        number = reading.next_number(moment.day.year)
        settings = reading.site().settings
        found = decide(None, act, stamp, moment, ground().library, signed=signed, settings=settings, number=number)
        return Decided(found.drafts, found.documents, found.references)

    return decided


def _opened(appended: Appended) -> str:
    """Return the address of the batch that was opened."""
    opened = next(event for event in appended.events if event.type == "batch.opened")
    return address_of(opened.data["number"])
