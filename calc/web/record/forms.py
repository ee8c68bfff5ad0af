"""Forms of the record: each carries the token of its session, the number of the request, and what the page had seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, Form, HiddenField, PasswordField, StringField

from calc.faults import Stop
from calc.record.refusals import Problem
from calc.record.words import said
from calc.web.forms.fields import field_name
from calc.web.record.session import current, here, kept
from calc.web.record.tokens import SessionToken
from calc.wording import label


class RecordForm(Form):
    """A form that writes. `which` tells forms of one kind on one page apart.

    Without `posted` it is empty, or as it was typed before the session was locked or lost. `version` is that of the
    stream as this page shows it; `request` makes a second sending of one page the first one's answer again.
    """

    class Meta:
        """WTForms reads these by name."""

        csrf, csrf_class, csrf_field_name = True, SessionToken, "csrf_token"

    request_number = HiddenField(name="request")
    version = HiddenField()
    form_name = HiddenField(name="form")
    page = HiddenField()

    def __init__(
        self, posted: MultiDict[str, str] | None = None, *, which: str = "", version: int | None = None, **data: Any
    ) -> None:
        name = f"{type(self).__name__}{which and ':'}{which}"
        #: Whether the page of this form says what it had seen.
        self.says_version = version is not None
        # What a posted form leaves out is not made up for it: it would be another request each time that it is sent.
        seen = {"request_number": str(uuid4()), "version": "" if version is None else str(version)}
        fixed = seen if posted is None else {}
        super().__init__(
            posted if posted is not None else _typed_before(name),
            data={**fixed, "form_name": name, "page": request.full_path.rstrip("?"), **data},
            meta={"csrf_context": current().token},
        )
        if which:  # ids are told apart by it, names are not
            for field in self:
                field.id = f"{which}-{field.name}"
                field.label.field_id = field.id
        #: What is said above the form: problems of no field of it, and those of fields with a link.
        self.told: list[dict[str, str]] = []
        #: The stops of a plan that refused it.
        self.stops: tuple[Stop, ...] = ()

    def refuse(self, problems: Iterable[Problem | tuple[str, str]]) -> None:
        """Put problems at their fields, and those of no field above the form; a pair is a field and its sentence."""
        for problem in problems:
            name, text = (field_name(problem.field), said(problem)) if isinstance(problem, Problem) else problem
            field = self._field(name)
            if field is not None:
                field.errors = [*field.errors, text]
            self.told.append({"field": field.id if field is not None else "", "text": _named(field, text)})

    def label_of(self, path: str) -> str:
        """Return what a field is called here, by its path in a fault; one that this form does not have as elsewhere."""
        field = self._field(field_name(path))
        return label(path) if field is None else str(field.label.text).rstrip(".?")

    def _field(self, name: str) -> Field | None:
        found = (field for field in self if name in {field.short_name, field.name} and field.type != "HiddenField")
        return next(found, None)

    @property
    def number(self) -> str | None:
        """The number of the request, if it is one."""
        try:
            return str(UUID(self.request_number.data or ""))
        except ValueError:
            return None


class SignerField(StringField):
    """The name of who signs: chosen from `names` on an enrolled device, typed elsewhere."""

    names: tuple[str, ...] = ()


class SignedForm(RecordForm):
    """A form that is signed: it asks for name and secret again, whoever is signed in.

    `meaning` is the sentence that the signature stands for. Where `password_only`, a PIN is not enough.
    """

    signer = SignerField("Name")
    secret = PasswordField("Password")

    def __init__(
        self,
        posted: MultiDict[str, str] | None = None,
        *,
        meaning: str,
        password_only: bool = False,
        **data: Any,
    ) -> None:
        super().__init__(posted, **{"signer": current().person.name, **data})
        self.meaning, self.password_only = meaning, password_only
        self.takes_pin = not password_only and takes_pins()
        if here().device is not None:
            self.signer.names = tuple(person.name for person in here().people.values() if not person.closed)
        self.secret.label.text = secret_label() if self.takes_pin else "Password"


def _named(field: Field | None, text: str) -> str:
    """Return what is wrong as it stands above the form: with the name of its field, once; a box names itself."""
    if field is None or isinstance(field, BooleanField):
        return text
    name = str(field.label.text).rstrip(".?")
    return text if text.startswith(f"{name}:") else f"{name}: {text}"


def takes_pins() -> bool:
    """Return True if a PIN will do on this device: it is enrolled, and the pharmacy takes PINs."""
    return here().device is not None and here().site.settings.pins_allowed


def secret_label() -> str:
    """Return what a field for a secret is called on this device."""
    return "PIN or password" if takes_pins() else "Password"


def _typed_before(name: str) -> MultiDict[str, str] | None:
    """Return what was typed into this form before, from what was kept for this page."""
    waiting = kept()
    if waiting is None or ("form", name) not in waiting.fields:
        return None
    return MultiDict(waiting.fields)
