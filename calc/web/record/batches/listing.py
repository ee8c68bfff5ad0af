"""`/record/batches`: all batches, newest first, by key and not by page number; filtered, and as CSV."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request
from wtforms import Form, SelectField, StringField

from calc.answers.csv_text import csv_row
from calc.arithmetic import notation
from calc.arithmetic.units import ML, in_lowest_terms
from calc.record.batch.state import BatchStatus
from calc.record.batch.typed import Typed
from calc.record.rights import Act
from calc.record.streams import NUMBER
from calc.record.words import status_said
from calc.sheet.names import capsules_said
from calc.store.reading import BatchRow
from calc.web.forms.fields import listed
from calc.web.record.batches import words
from calc.web.record.batches.moments import day_of
from calc.web.record.batches.start import is_to_be_read, shown
from calc.web.record.ground import ground
from calc.web.record.routes import Answer, route

#: Batches of one page, and of one file.
PAGE, FILE = 50, 10_000
_STATES = {status.name.lower(): status for status in BatchStatus}
_HEAD = ("number", "preparation", "opened", "discard after", "on hand", "state")


class FilterForm(Form):
    """What the list is filtered by."""

    state = SelectField(
        words.STATE,
        choices=listed([("", words.ANY_STATE), *((key, status_said(status.value)) for key, status in _STATES.items())]),
        validate_choice=False,
    )
    day = StringField(words.OPENED_ON, description=words.DAY_HINT)
    drug = StringField(words.DRUG)


@route("/batches", Act.READ)
def batches() -> Answer:
    """Show one page of the list."""
    form, today = FilterForm(request.args), _today()
    rows = _rows(form, PAGE + 1)
    asked = {name: form[name].data for name in ("state", "day", "drug") if form[name].data}
    older = {**asked, "after": rows[PAGE - 1].number} if len(rows) > PAGE else {}
    return render_template(
        "record/batches/list.html",
        form=form,
        rows=[_line(row, today) for row in rows[:PAGE]],
        next=f"/record/batches?{urlencode(older)}" if older else "",
        csv=f"/record/batches.csv?{urlencode(asked)}" if asked else "/record/batches.csv",
    )


@route("/batches.csv", Act.READ)
def batches_csv() -> Answer:
    """Return the list as CSV; a batch that is due for a check says no more than on the page."""
    today = _today()
    lines = [_line(row, today) for row in _rows(FilterForm(request.args), FILE)]
    cells = (
        [line["number"], line["what"], line["opened"], line["use_until"], line["on_hand"], line["word"]]
        for line in lines
    )
    body = b"".join(map(csv_row, (_HEAD, *cells)))
    named = {"Content-Disposition": 'attachment; filename="batches.csv"'}
    return Response(body, headers=named, content_type="text/csv; charset=utf-8")


def _today() -> str:
    with ground().store.reading() as reading:
        return reading.moment().day.isoformat()


def _rows(form: FilterForm, limit: int) -> list[BatchRow]:
    """Return the rows that fit; none for a day or a state that is none."""
    status, day = _STATES.get(form.state.data or ""), _day(form.day.data or "")
    if day is None or (form.state.data and status is None):
        form.day.errors = [words.NO_DAY] if day is None else []
        return []
    after = request.args.get("after", "")
    with ground().store.reading() as reading:
        return reading.batches(
            state=status.value if status else None,
            day=day or None,
            drug=_drug(form.drug.data or "") or None,
            after=after if NUMBER.fullmatch(after) else None,
            limit=limit,
        )


def _drug(text: str) -> str:
    """Return the drug that a name, a synonym or a brand means; else the text itself, for a drug without a file."""
    meant = ground().library.drugs_meant_by(text.strip())
    return meant[0] if len(meant) == 1 else text.strip().lower()


def _day(text: str) -> str | None:
    """Return a day as it is kept; blank for none, None for what is no day."""
    if not text.strip():
        return ""
    day = Typed().day("day", text)
    return None if day is None else day.isoformat()


def _line(row: BatchRow, today: str) -> dict[str, Any]:
    line = shown(row, today)
    hidden = is_to_be_read(row)
    over = row.state in (BatchStatus.REJECTED, BatchStatus.CANCELLED)
    until = "" if hidden or over else row.use_until or ""
    return {
        **line,
        "opened": row.day,
        "day": day_of(row.day),
        "use_until": until,
        "until": day_of(until),
        "on_hand": "" if hidden or row.on_hand is None else on_hand_said(row),
        "word": line["state"].word,
    }


def on_hand_said(row: BatchRow) -> str:
    """Return what is on hand: capsules, or a volume, which is kept in microliters."""
    if row.preparation != "liquid":
        return capsules_said(row.on_hand or 0)
    return notation.with_unit(notation.grouped(notation.exact(in_lowest_terms(row.on_hand or 0, 1000, ML))), ML)
