"""`GET /check`: capsules that were made, checked by weight or by the contents that an assay found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict
from wtforms import StringField, TextAreaField
from wtforms.form import BaseForm

from calc.contract import FaultShown
from calc.faults import Fault, FaultCode, Refused
from calc.finished.asked import UniformityAsked, WeightsAsked
from calc.finished.sheet import CheckSheet, sheet_of_contents, sheet_of_weights
from calc.finished.uniformity import check_uniformity
from calc.finished.weights import check_weights
from calc.links import Pairs
from calc.readers import TypedCount
from calc.refusal import fault_shown
from calc.web.forms import MASS_UNITS, PERCENT_UNITS, QuantityField, TypedField
from calc.web.pages import CHECK_ADDRESS, Shown
from calc.wording import finished as words

#: Which check the query asks for; a query without it only fills the form in.
BY, WEIGHT, CONTENT = "by", "weight", "content"
MASSES, LISTS, COUNTS = ("theoretical_fill", "shell_mass"), ("capsules", "shells", "contents"), ("planned", "made")
FIELDS = {WEIGHT: ("theoretical_fill", "capsules", "shell_mass", "shells", "planned", "made"), CONTENT: ("contents",)}
_BETWEEN = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class Typed:
    """The query of the page: its names and values, and what is wrong with the names."""

    pairs: Pairs

    @property
    def values(self) -> dict[str, str]:
        """The first value of each name that says something."""
        found: dict[str, str] = {}
        for name, value in self.pairs:
            if value.strip(" \t\r\n"):
                found.setdefault(name, value)
        return found

    @property
    def by(self) -> str:
        """Which check is asked for; none while the form is only being filled in."""
        return self.values.get(BY, "").strip(" ")

    def faults(self) -> list[Fault]:
        """Names given twice, names that the check does not have, and a kind of check that there is none of."""
        faults: dict[tuple[str, str], Fault] = {}
        known = set(FIELDS.get(self.by, ()))
        known |= {f"{name}_unit" for name in known if name not in COUNTS} | {BY}
        seen: set[str] = set()
        for name, _ in self.pairs:
            code = FaultCode.DUPLICATE_FIELD if name in seen else FaultCode.UNKNOWN_FIELD
            if name in seen or name not in known:
                path = name.removesuffix("_unit") if name in seen else name
                faults.setdefault((code, path), Fault(code, path))
            seen.add(name)
        return list(faults.values())

    def tree(self) -> dict[str, Any]:
        """The check that the query writes; nothing is judged here."""
        values = self.values
        found: dict[str, Any] = {}
        for name in FIELDS.get(self.by, ()):
            if name not in values:
                continue
            unit = values.get(f"{name}_unit", "")
            if name in LISTS:
                found[name] = [f"{number} {unit}" for number in _BETWEEN.split(values[name].strip(" \t\r\n"))]
            elif name in COUNTS:
                found[name] = TypedCount(values[name])
            else:
                found[name] = f"{values[name]} {unit}"
        return found


class MassesField(TextAreaField):
    """Numbers with spaces or line ends between them, and one unit for all, shown again to the letter."""

    def __init__(self, *given: Any, units: tuple[str, ...], **named: Any) -> None:
        super().__init__(*given, **named)
        self.units = units
        self.unit = units[0]

    def process(self, formdata: Any, *given: Any, **named: Any) -> None:
        """Read the numbers as any text, and their unit beside them."""
        super().process(formdata, *given, **named)
        self.unit = (formdata or {}).get(f"{self.name}_unit", self.units[0])
        if self.unit not in self.units:
            self.units = (*self.units, self.unit)


class CheckForm(BaseForm):
    """The fields of both checks with what was typed in them, and the faults that came back."""

    def __init__(self, typed: MultiDict[str, str], faults: list[FaultShown]) -> None:
        super().__init__({name: _field(name) for names in FIELDS.values() for name in names})
        self.process(typed or None)
        for name, field in self._fields.items():
            field.errors = [fault["text"] for fault in faults if fault["field"].partition(".")[0] == name]
        self.of = {by: [self[name] for name in names] for by, names in FIELDS.items()}


def _field(name: str) -> Any:
    shown = {"label": words.LABELS[name], "description": words.HINTS[name]}
    if name in LISTS:
        return MassesField(**shown, units=PERCENT_UNITS if name == "contents" else MASS_UNITS)
    if name in MASSES:
        return QuantityField(**shown, units=MASS_UNITS)
    field: type[StringField] = TypedField
    return field(**shown)


def blueprint() -> Blueprint:
    """The page of the checks."""
    checks = Blueprint("checks", __name__)

    @checks.get(CHECK_ADDRESS)
    def check() -> Shown:
        typed = Typed(list(request.args.items(multi=True)))
        if not typed.pairs or BY not in dict(typed.pairs):
            return _render(typed), 200
        try:
            return _render(typed, sheet=_checked(typed)), 200
        except Refused as refused:
            return _render(typed, [fault_shown(fault, words.check_fault_text) for fault in refused.faults]), 422

    return checks


def _checked(typed: Typed) -> CheckSheet:
    """The check that the query asks for; raises `Refused` with the faults of the query and of the check."""
    if typed.by not in FIELDS:
        raise Refused((Fault(FaultCode.UNKNOWN_CHOICE, BY, {"typed": typed.by, "choices": tuple(FIELDS)}),))
    found = typed.faults()
    asked = WeightsAsked if typed.by == WEIGHT else UniformityAsked
    try:
        read = asked.read(typed.tree())
    except Refused as refused:
        raise Refused((*found, *(fault for fault in refused.faults if fault not in found))) from refused
    if found:
        raise Refused(tuple(found))
    if isinstance(read, WeightsAsked):
        return sheet_of_weights(check_weights(read))
    return sheet_of_contents(check_uniformity(read))


def _render(typed: Typed, faults: Iterable[FaultShown] = (), *, sheet: CheckSheet | None = None) -> str:
    found = list(faults)
    form = CheckForm(MultiDict(typed.pairs), found)
    return render_template(
        "check.html",
        form=form,
        by=typed.by,
        faults=[(fault, _target(fault["field"], form)) for fault in found],
        sheet=sheet,
        words=words,
    )


def _target(path: str, form: CheckForm) -> str:
    """The id that a line of the error summary leads to: the field, or the forms where there is no such field."""
    name = path.partition(".")[0]
    return name if name in form else "forms"
