"""`/record`: the start page, with what is due, open, held, waiting or expiring; and the box that finds a batch."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request

from calc.record.batch.state import BatchStatus
from calc.record.refusals import Unknown
from calc.record.rights import Act
from calc.record.streams import NUMBER
from calc.record.words.readings import point_words
from calc.store.reading import BatchRow, Reading
from calc.web.record.batches import words
from calc.web.record.batches.acting import address_of
from calc.web.record.batches.forms import FindForm
from calc.web.record.batches.states import CHIPS, PAST, Chip
from calc.web.record.batches.timeline import form_address
from calc.web.record.batches.watching import MOST, backup, expiring, group
from calc.web.record.ground import ground
from calc.web.record.routes import Answer, route
from calc.web.record.session import current
from calc.wording.dates import with_weekday


@route("", Act.READ)
def start() -> Answer:
    """Show what is to be done."""
    return _page(FindForm())


@route("/find", Act.READ, methods=("POST",))
def find() -> Answer:
    """Open the batch whose number was typed or scanned; a code may have more around the number."""
    form = FindForm(request.form)
    found = NUMBER.search(form.find.data or "")
    if found is None:
        form.refuse([("find", words.NOT_A_NUMBER)])
        return _page(form), 422
    try:
        with ground().store.reading() as reading:
            reading.batch(found[0])
    except Unknown:
        form.refuse([("find", words.NO_SUCH_BATCH.format(number=found[0]))])
        return _page(form), 422
    return redirect(address_of(found[0]), 303)


def _page(form: FindForm) -> str:
    with ground().store.reading() as reading:
        groups = [*(_group(reading, status) for status in words.GROUPS), expiring(reading)]
        today, copied = reading.moment().day, backup(reading, current().person.role)
    return render_template(
        "record/batches/start.html", form=form, groups=groups, today=with_weekday(today), backup=copied
    )


def _group(reading: Reading, status: BatchStatus) -> dict[str, Any]:
    title, none = words.GROUPS[status]
    rows, today = reading.batches(state=status.value, limit=MOST + 1), reading.moment().day.isoformat()
    found = [{**shown(row, today), "address": _next_page(row)} for row in rows]
    return group(title, none, found, f"/record/batches?state={status.name.lower()}")


def _next_page(row: BatchRow) -> str:
    """Return where the next thing is done with a batch: its blind form, its release, or its own page."""
    return address_of(row.number) if row.due is None else form_address(row.number, row.due)


def shown(row: BatchRow, today: str) -> dict[str, Any]:
    """Return a batch as a list shows it; one that may still be read by somebody says nothing that is read there."""
    return {
        "number": row.number,
        "address": address_of(row.number),
        "what": _held_back(row) if is_to_be_read(row) else f"{row.drug}, {words.KINDS[row.preparation]}",
        "next": point_words(row.due).title if row.due else "",
        "state": chip_of(row, today),
    }


def _held_back(row: BatchRow) -> str:
    return words.HIDDEN_HELD if row.state == BatchStatus.HELD else words.HIDDEN_UNCHECKED


def is_to_be_read(row: BatchRow) -> bool:
    """Return True for a batch that is due for a check, made and not released, or held, which it may be before that."""
    return row.due is not None or row.state in (BatchStatus.MADE, BatchStatus.HELD)


def chip_of(row: BatchRow, today: str) -> Chip:
    """Return the state of a batch as a chip; one that is past its date says that first."""
    status = BatchStatus(row.state)
    past = status is BatchStatus.RELEASED and row.use_until is not None and row.use_until < today
    return PAST if past else CHIPS[status]
