"""What is written down later, from paper: the boxes that say when it was done, and how that is told."""

from __future__ import annotations

from typing import Any

from wtforms import Field, StringField

from calc.record.batch.codes import CHOICES
from calc.record.envelope import Event, Late
from calc.web.record.batches import words
from calc.web.record.batches.forms import chosen, text_of
from calc.web.record.batches.moments import done_moment, moment_of
from calc.web.record.forms import RecordForm

LATE = "late-"


def late_fields(which: str = "") -> dict[str, Any]:
    """Return the boxes that say when something was done, and why it is written down later.

    `which` tells their ids apart where two forms of one page have them.
    """
    done_at = StringField(words.DONE_AT, description=words.DONE_AT_HINT, id=f"{which}{LATE}done_at")
    reason = chosen(words.LATE_REASON, CHOICES["late"], id=f"{which}{LATE}reason")
    return {f"{LATE}done_at": done_at, f"{LATE}reason": reason}


def late_boxes(form: RecordForm) -> list[Field]:
    """Return the boxes of a form that say when something was done; none where it is never written down later."""
    return [field for field in form if field.name.startswith(LATE)]


def late_in(form: RecordForm) -> Late | None:
    """Return when what is typed was done, if it is written down later from paper; else None."""
    done_at, reason = text_of(form, f"{LATE}done_at"), text_of(form, f"{LATE}reason")
    return Late(done_at, reason) if done_at.strip() or reason else None


def done_when(event: Event) -> str:
    """Return when something was done, as its page says it: on paper before it was written, if it was."""
    return moment_of(event.at) if event.late is None else done_moment(event.late.done_at)


def written_later(event: Event) -> str:
    """Return that something was written down later, when and why; blank if it was not."""
    if event.late is None:
        return ""
    return words.WRITTEN_LATER.format(when=moment_of(event.at), reason=event.late.reason)
