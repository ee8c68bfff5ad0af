"""The form of a label for one patient: its lines, the size, and whether the label is shown or saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import SelectField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.widgets import TextArea

from calc.answers.contract import FaultShown
from calc.faults import Fault, FaultCode
from calc.paper.dispensing import NAMES
from calc.web.forms.fields import TypedField, listed
from calc.wording.label_form import HINTS, LABELS, SEND

#: The field of the size, and that of the two buttons.
STOCK, SENT = "label", "send"


class LinesField(TypedField):
    """A text of several lines, shown exactly as typed."""

    widget = TextArea()


class LabelForm(BaseForm):
    """The fields of a label with the values as typed, and with the faults of what was typed."""

    def __init__(
        self, stocks: Mapping[str, str], typed: MultiDict[str, str], faults: Iterable[FaultShown] = ()
    ) -> None:
        lines: dict[str, UnboundField[Any]] = {
            name: (LinesField if name == "directions" else TypedField)(
                label=LABELS[name], description=HINTS.get(name, "")
            )
            for name in NAMES
        }
        sizes = SelectField(label=LABELS[STOCK], choices=listed(stocks.items()), validate_choice=False)
        super().__init__({**lines, STOCK: sizes})
        self.process(typed or None)
        self.faults = list(faults)
        for name, field in self._fields.items():
            field.errors = [fault["text"] for fault in self.faults if fault["field"] == name]
        self.lines = [self[name] for name in NAMES]


def faults_of_names(typed: MultiDict[str, str]) -> list[Fault]:
    """Return the faults of the names in a body: one given twice, and one that the form does not have."""
    known = {*NAMES, STOCK, SENT}
    twice = [Fault(FaultCode.DUPLICATE_FIELD, name) for name, values in typed.lists() if len(values) > 1]
    unknown = [Fault(FaultCode.UNKNOWN_FIELD, name) for name in typed if name not in known]
    return [*twice, *unknown]


def choice_of(name: str, choices: Iterable[str], typed: MultiDict[str, str]) -> tuple[str, list[Fault]]:
    """Return what is chosen in a field, by default the first choice, and its fault."""
    offered = tuple(choices)
    chosen = typed.get(name, "").strip(" ") or offered[0]
    if chosen in offered:
        return chosen, []
    return offered[0], [Fault(FaultCode.UNKNOWN_CHOICE, name, {"typed": chosen[:40], "choices": offered})]


def sent_by(typed: MultiDict[str, str]) -> tuple[str, list[Fault]]:
    """Return whether the label is to be shown or saved, and its fault."""
    return choice_of(SENT, SEND, typed)
