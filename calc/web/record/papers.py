"""Papers of a batch: its preparation sheet and labels, each noted in the record, and the compounding record as PDF.

What is typed for one patient is printed and forgotten: it stands in no address and no event, and is not kept when a
session is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

import orjson
from flask import Response, redirect, render_template, request
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response as AnyResponse
from wtforms import SelectField, StringField, TextAreaField

from calc.answers.problems import fault_shown
from calc.faults import Refused
from calc.paper.dispensing import NAMES
from calc.paper.label import STOCKS
from calc.paper.pharmacy import Pharmacy
from calc.paper.press import PAPERS, DoesNotFit
from calc.record.batch.acts import Print
from calc.record.batch.codes import CHOICES
from calc.record.batch.state import BatchState
from calc.record.batch.view import is_hidden, withheld_points
from calc.record.chain import Head
from calc.record.envelope import Event
from calc.record.paper.batch_papers import label_of_batch, sheet_of_batch
from calc.record.paper.document import Kept, record_pdf
from calc.record.paper.people import anchor
from calc.record.refusals import ActRefused, Problem
from calc.record.rights import Act
from calc.record.streams import of_batch
from calc.record.words import paper as words
from calc.store.door import Appended
from calc.web.forms.fields import field_name, listed
from calc.web.pages.common import at_the_press, pdf
from calc.web.record import refused as not_made
from calc.web.record.batches.acting import deciding, may
from calc.web.record.batches.forms import choices_of
from calc.web.record.forms import RecordForm
from calc.web.record.ground import ground
from calc.web.record.routes import Answer, route
from calc.web.record.session import current, here
from calc.web.record.writing import write
from calc.wording import label_form
from calc.wording.paper import PAPER_NAMES

#: Why a paper is not printed.
_NOT_PRINTED = (ActRefused, DoesNotFit, Refused, ServiceUnavailable)


class SheetForm(RecordForm):
    """The size of a sheet."""

    size = SelectField(words.SIZE, choices=listed(PAPER_NAMES.items()), validate_choice=False)


class LabelForm(RecordForm):
    """The lines of a label for one patient, its size, and why it is printed again."""

    patient = StringField(label_form.LABELS["patient"])
    rx_number = StringField(label_form.LABELS["rx_number"])
    prescriber = StringField(label_form.LABELS["prescriber"])
    filled = StringField(label_form.LABELS["filled"], description=label_form.HINTS.get("filled", ""))
    directions = TextAreaField(label_form.LABELS["directions"])
    refills = StringField(label_form.LABELS["refills"])
    pharmacist = StringField(label_form.LABELS["pharmacist"])
    size = SelectField(
        label_form.LABELS["label"],
        choices=listed((key, stock.name) for key, stock in STOCKS.items()),
        validate_choice=False,
    )
    reason = SelectField(words.WHY_AGAIN, choices=choices_of(CHOICES["print"], words.FIRST_TIME), validate_choice=False)


@route("/batches/<number>/papers", Act.READ)
def papers(number: str) -> Answer:
    """Show the forms of the papers of a batch, and the way to its record."""
    state, _, _ = _seen(number)
    return _page(state, SheetForm(which="sheet"), LabelForm(which="label"))


@route("/batches/<number>/record.pdf", Act.PRINT_SHEET)
def print_record(number: str) -> Answer:
    """Print the compounding record; who may not see the figures yet is led to the batch."""
    state, events, head = _seen(number)
    if _is_hidden(state, current().person.id):
        return redirect(f"/record/batches/{number}", 303)
    size = request.args.get("size", "letter")
    if size not in PAPERS:
        return not_made.page("not_found", 404)
    with ground().store.reading() as reading:
        answer = orjson.loads(reading.document(state.answer))
    with at_the_press():
        kept = Kept(state, events, head, answer)
        body = record_pdf(kept, ground().library, size, _pharmacy())
    return pdf(body, f"record-{number}.pdf")


@route("/batches/<number>/sheet.pdf", Act.PRINT_SHEET, methods=("POST",))
def print_sheet(number: str) -> Answer:
    """Print the preparation sheet of a batch, with its number and the head of the record, and note that."""
    form = SheetForm(request.form, which="sheet")
    state, _, head = _seen(number)

    def page() -> str:
        return _page(state, form, LabelForm(which="label"))

    try:
        size = _size_in(form, PAPERS)
        with at_the_press():
            body = sheet_of_batch(state, head, ground().library, size, _pharmacy())
    except _NOT_PRINTED as refused:
        return _not_printed(form, refused, page)
    note = Print("sheet", size=size, head=anchor(head))
    return _noted(form, Act.PRINT_SHEET, state, note, page, (body, f"sheet-{number}.pdf"))


@route("/batches/<number>/label.pdf", Act.PRINT_LABEL, methods=("POST",))
def print_label(number: str) -> Answer:
    """Print a label of a batch, with its number and the head of the record, and note which lines were filled in."""
    form = LabelForm(request.form, which="label")
    state, _, head = _seen(number)

    def page() -> str:
        return _page(state, SheetForm(which="sheet"), form)

    typed = {name: str(form[name].data or "") for name in NAMES}
    try:
        size = _size_in(form, STOCKS)
        with at_the_press():
            printed = label_of_batch(state, head, ground().library, size, typed, _pharmacy())
    except _NOT_PRINTED as refused:
        return _not_printed(form, refused, page)
    lines, filled = printed.lines, printed.filled
    note = Print("label", size=size, lines=lines, filled=filled, head=anchor(head), reason=form.reason.data or "")
    return _noted(form, Act.PRINT_LABEL, state, note, page, (printed.pdf, f"label-{number}.pdf"))


def _seen(number: str) -> tuple[BatchState, list[Event], Head]:
    """Return a batch, its events and the head of the record, as of one moment. Raises `Unknown`."""
    with ground().store.reading() as reading:
        return reading.batch(number), reading.events(of_batch(number)), reading.head()


def _pharmacy() -> Pharmacy:
    """Return the pharmacy of the settings; by the name that the record has, where they name none."""
    pharmacy = ground().service.pharmacy
    return pharmacy if pharmacy.name else replace(pharmacy, name=here().site.pharmacy)


def _page(state: BatchState, sheet: SheetForm, label: LabelForm) -> str:
    shown: Mapping[str, Any] = {
        "number": state.number,
        "sheet": sheet,
        "label": label,
        "may_sheet": may(Act.PRINT_SHEET),
        "may_label": may(Act.PRINT_LABEL),
        "hidden_figures": _is_hidden(state, current().person.id),
        "words": words,
    }
    return render_template("record/papers.html", **shown)


def _size_in(form: RecordForm, sizes: Collection[str]) -> str:
    """Return the size that is chosen. Raises `ActRefused` for one that there is not."""
    size = str(form["size"].data)
    if size not in sizes:
        raise ActRefused(Problem("unknown_choice", "size"))
    return size


def _not_printed(form: RecordForm, refused: Exception, page: Callable[[], str]) -> Response:
    """Answer the page again with what was typed, and why it is not printed; nothing is noted."""
    headers, status = {}, 422
    match refused:
        case ActRefused():
            form.refuse(refused.problems)
        case DoesNotFit():
            form.refuse([("size", words.DOES_NOT_FIT.format(on=refused.on))])
        case Refused():
            shown = [fault_shown(fault, label_form.label_fault_text) for fault in refused.faults]
            told = [(field_name(fault["field"]), fault["text"]) for fault in shown]
            form.refuse(told or [("", words.CANNOT_BE_PLANNED)])
        case _:  # as many papers as may be are being set
            form.refuse([("", label_form.BUSY)])
            headers, status = {"Retry-After": "1"}, 503
    return Response(page(), status, headers, content_type="text/html; charset=utf-8")


def _noted(
    form: RecordForm, act: Act, state: BatchState, note: Print, page: Callable[[], str], paper: tuple[bytes, str]
) -> AnyResponse:
    """Note a paper in the record; answer it once that is written, else the page again.

    A form that was sent before is answered by the page, for what it prints now would stand nowhere.
    """

    def done(appended: Appended) -> Response:
        if not appended.repeated:
            return pdf(*paper)
        form.request_number.data = str(uuid4())
        form.refuse([("", words.PRINTED_BEFORE)])
        return Response(page(), 422, content_type="text/html; charset=utf-8")

    return write(form, act, of_batch(state.number), deciding(state.number, note), again=page, done=done)


def _is_hidden(state: BatchState, person: str) -> bool:
    """Return True if a person may not see what was recorded or read: it waits to be read, or two readings differ."""
    return is_hidden(state, person) or bool(withheld_points(state, person))
