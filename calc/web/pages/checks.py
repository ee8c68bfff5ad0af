"""`GET /check`: capsules that were made, checked by weight or by the contents that an assay found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.form import BaseForm
from wtforms.widgets import TextArea

from calc.answers.contract import FaultShown, StopShown
from calc.answers.problems import fault_shown, stop_shown
from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.capsule.sheet.headings import echo
from calc.checks.from_order import printed_fill, read_weights
from calc.checks.sample import UniformityAsked
from calc.checks.sheet import CheckSheet, sheet_of_contents, sheet_of_weights
from calc.checks.uniformity import check_uniformity
from calc.checks.weights import check_weights
from calc.faults import Fault, FaultCode, Refused
from calc.orders.query import Pairs, written
from calc.reading.fields import TypedCount
from calc.service.answering import Service
from calc.service.preparations import CAPSULES
from calc.web.forms import query
from calc.web.forms.fields import MASS_UNITS, PERCENT_UNITS, QuantityField, TypedField
from calc.web.pages.capsule import CHECK_ADDRESS, OF_ORDER
from calc.web.pages.common import Shown
from calc.wording import checks as words

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
    def ordered(self) -> Pairs:
        """The query of the order that the capsules were made by; none where the fill is entered."""
        return [(name.removeprefix(OF_ORDER), value) for name, value in self.pairs if name.startswith(OF_ORDER)]

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
        if self.by == WEIGHT and self.ordered:
            for fault in query.faults_of(self.ordered, CAPSULES.query):
                faults[(fault.code, f"order.{fault.field}")] = replace(fault, field=f"order.{fault.field}")
        for name, _ in self.pairs:
            if self.by == WEIGHT and name.startswith(OF_ORDER):
                continue
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
        if self.by == WEIGHT and self.ordered:
            found["order"] = query.tree(query.canonical(self.ordered, CAPSULES.query), CAPSULES.query)
        return found


class MassesField(QuantityField):
    """Numbers with spaces or line ends between them, and one unit for all, shown again to the letter."""

    widget = TextArea()


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


def blueprint(service: Service) -> Blueprint:
    """The page of the checks; orders of capsules are planned over one service."""
    checks = Blueprint("checks", __name__)

    @checks.get(CHECK_ADDRESS)
    def check() -> Shown:
        typed = Typed(list(request.args.items(multi=True)))
        order = _order_said(typed, service)
        if not typed.pairs or BY not in dict(typed.pairs):
            return _render(typed, order), 200
        try:
            return _render(typed, order, sheet=_checked(typed, service)), 200
        except Refused as refused:
            faults = [fault_shown(fault, words.check_fault_text) for fault in refused.faults]
            return _render(typed, order, faults, [stop_shown(stop) for stop in refused.stops]), 422

    return checks


def _order_said(typed: Typed, service: Service) -> str:
    """The order that the capsules were made by, said back with its fill; nothing while it cannot be planned."""
    if not typed.ordered or query.faults_of(typed.ordered, CAPSULES.query):
        return ""
    tree = query.tree(query.canonical(typed.ordered, CAPSULES.query), CAPSULES.query)
    try:
        made = plan(Order.read(tree, service.library, today=service.today()), service.library)
    except Refused:
        return ""
    return "" if made.spread is None else words.MADE_BY.format(order=echo(made), fill=printed_fill(made))


def _checked(typed: Typed, service: Service) -> CheckSheet:
    """The check that the query asks for; raises `Refused` with the faults of the query and of the check."""
    if typed.by not in FIELDS:
        raise Refused((Fault(FaultCode.UNKNOWN_CHOICE, BY, {"typed": typed.by, "choices": tuple(FIELDS)}),))
    found = typed.faults()
    try:
        if typed.by == WEIGHT:
            weights, made = read_weights(typed.tree(), service.library, service.today())
        else:
            contents = UniformityAsked.read(typed.tree())
    except Refused as refused:
        faults = (*found, *(fault for fault in refused.faults if fault not in found))
        raise Refused(faults, () if faults else refused.stops) from refused
    if found:
        raise Refused(tuple(found))
    if typed.by == WEIGHT:
        return sheet_of_weights(check_weights(weights, made))
    return sheet_of_contents(check_uniformity(contents))


def _render(
    typed: Typed,
    order: str,
    faults: Iterable[FaultShown] = (),
    stops: Sequence[StopShown] = (),
    *,
    sheet: CheckSheet | None = None,
) -> str:
    found = list(faults)
    form = CheckForm(MultiDict(typed.pairs), found)
    return render_template(
        "checks/page.html",
        form=form,
        by=typed.by,
        faults=[(fault, _target(fault["field"], form)) for fault in found],
        stops=stops,
        order=order,
        plan_address=f"/?{written(typed.ordered)}",
        ordered=[(f"{OF_ORDER}{name}", value) for name, value in typed.ordered],
        sheet=sheet,
        words=words,
    )


def _target(path: str, form: CheckForm) -> str:
    """The id that a line of the error summary leads to: the field, or the forms where there is no such field."""
    name = path.partition(".")[0]
    return name if name in form else "forms"
