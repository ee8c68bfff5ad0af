"""What pages of people, devices, keys and settings share: a form signed with the password, and how it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import StringField

from calc.record.envelope import By, Signed
from calc.record.people.decide import Change
from calc.record.rights import Act
from calc.record.stamp import Stamp
from calc.record.words import people as words
from calc.store.door import Appended, Decided
from calc.store.reading import Reading
from calc.web.record.forms import SignedForm
from calc.web.record.writing import write

NEVER_A_NAME = "One sentence; never the name of a patient."


class ManagingForm(SignedForm):
    """A form of the pharmacist-in-charge: signed, with the password."""

    def __init__(self, posted: MultiDict[str, str] | None = None, **how: Any) -> None:
        super().__init__(posted, meaning=words.MEANINGS["manage"], password_only=True, **how)


class ReasonForm(ManagingForm):
    """A reason, signed."""

    reason = StringField("Reason", description=NEVER_A_NAME)


def posted() -> MultiDict[str, str] | None:
    """Return what was posted; None where the page is only asked for."""
    return request.form if request.method == "POST" else None


def manage(
    form: ManagingForm,
    stream: str,
    change: Callable[[Reading, By, Signed | None], Change],
    *,
    again: Callable[[], str],
    done: Callable[[Appended], str | Response],
) -> Response:
    """Write what follows from an act of the pharmacist-in-charge."""

    def decided(reading: Reading, stamp: Stamp, signed: Signed | None) -> Decided:
        drafts, ended = change(reading, stamp.by, signed)
        return Decided(drafts, ended=[ended] if ended else [])

    return write(form, Act.MANAGE, stream, decided, again=again, done=done)
