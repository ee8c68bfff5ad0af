"""`GET /check`: the page that checks finished capsules by weight or by assayed content."""

from __future__ import annotations

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
from calc.capsule.plan import Plan
from calc.capsule.planning import plan
from calc.capsule.sheet.headings import echo, headline
from calc.checks.assayed import UniformityAsked
from calc.checks.from_order import printed_fill, read_weights
from calc.checks.sheet import CheckSheet, sheet_of_contents, sheet_of_weights
from calc.checks.uniformity import check_uniformity
from calc.checks.weights import check_weights
from calc.faults import Fault, FaultCode, Refused
from calc.orders.query import Pairs, written
from calc.reading.fields import TypedCount
from calc.reading.numbers import joined, numbers_in
from calc.service.answering import Service
from calc.service.preparations import CAPSULES
from calc.web.forms import query
from calc.web.forms.fields import MASS_UNITS, PERCENT_UNITS, QuantityField, TypedField
from calc.web.pages.capsule import CHECK_ADDRESS, OF_ORDER
from calc.web.pages.common import Shown
from calc.wording import checks as words

#: The name of the requested check, and its values; a query without it only fills in the form.
BY, WEIGHT, CONTENT = "by", "weight", "content"
LISTS, COUNTS = ("capsules", "shells", "contents", "masses"), ("planned", "made")
#: The fields that take one quantity, with the units offered.
UNITS = {
    **dict.fromkeys(("theoretical_fill", "shell_mass", "label", "shell"), MASS_UNITS),
    "assay": PERCENT_UNITS,
    **dict.fromkeys(("weighed_in", "blend_left"), ("g", "mg", "mcg")),
}
FIELDS = {
    WEIGHT: (
        *("theoretical_fill", "capsules", "shell_mass", "shells", "planned", "made"),
        *("weighed_in", "blend_left"),
    ),
    CONTENT: ("contents", "label", "masses", "shell", "assay"),
}


@dataclass(frozen=True)
class Typed:
    """The query of the page: its names and values, and the faults of the names."""

    pairs: Pairs

    @property
    def values(self) -> dict[str, str]:
        """The first value of each name that is not blank."""
        values: dict[str, str] = {}
        for name, value in self.pairs:
            if value.strip(" \t\r\n"):
                values.setdefault(name, value)
        return values

    @property
    def ordered(self) -> Pairs:
        """The query of the order of the capsules; empty if the fill is entered instead."""
        return [(name.removeprefix(OF_ORDER), value) for name, value in self.pairs if name.startswith(OF_ORDER)]

    @property
    def by(self) -> str:
        """The requested check; empty while the form is being filled in."""
        return self.values.get(BY, "").strip(" ")

    def faults(self) -> list[Fault]:
        """Return the faults of the names: duplicates, and names that the check does not have."""
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
        """Return the tree of the check in the query, without validating it."""
        values = self.values
        tree: dict[str, Any] = {}
        for name in FIELDS.get(self.by, ()):
            if name not in values:
                continue
            unit = values.get(f"{name}_unit", "")
            if name in LISTS:
                tree[name] = [joined(number, unit) for number in numbers_in(values[name])]
            elif name in COUNTS:
                tree[name] = TypedCount(values[name])
            else:
                tree[name] = joined(values[name], unit)
        if self.by == WEIGHT and self.ordered:
            tree["order"] = query.tree(query.canonical(self.ordered, CAPSULES.query), CAPSULES.query)
        return tree


class MassesField(QuantityField):
    """Numbers separated by spaces or line ends, with one unit for all, shown exactly as typed."""

    widget = TextArea()


class CheckForm(BaseForm):
    """The fields of both checks with the values as typed, and with the faults of the check."""

    def __init__(self, typed: MultiDict[str, str], faults: list[FaultShown]) -> None:
        super().__init__({name: _field(name) for names in FIELDS.values() for name in names})
        self.process(typed or None)
        for name, field in self._fields.items():
            field.errors = [fault["text"] for fault in faults if fault["field"].partition(".")[0] == name]
        self.of = {by: [self[name] for name in names] for by, names in FIELDS.items()}


def _field(name: str) -> Any:
    shown = {"label": words.LABELS[name], "description": words.HINTS[name]}
    if name in LISTS:
        return MassesField(**shown, units=(*PERCENT_UNITS, *MASS_UNITS) if name == "contents" else MASS_UNITS)
    if name in UNITS:
        return QuantityField(**shown, units=UNITS[name])
    field: type[StringField] = TypedField
    return field(**shown)


def blueprint(service: Service) -> Blueprint:
    """Return the route of the page; `service` plans the orders of the capsules."""
    checks = Blueprint("checks", __name__)

    @checks.get(CHECK_ADDRESS)
    def check() -> Shown:
        typed = Typed(list(request.args.items(multi=True)))
        order = _plan_of(typed, service)
        if not typed.pairs or BY not in dict(typed.pairs):
            return _render(typed, order), 200
        try:
            return _render(typed, order, sheet=_checked(typed, service)), 200
        except Refused as refused:
            faults = [fault_shown(fault, words.check_fault_text) for fault in refused.faults]
            return _render(typed, order, faults, [stop_shown(stop) for stop in refused.stops]), 422

    return checks


def _plan_of(typed: Typed, service: Service) -> Plan | None:
    """Return the plan of the capsules' order; None if there is none, or if it cannot be planned as it stands."""
    if not typed.ordered or query.faults_of(typed.ordered, CAPSULES.query):
        return None
    tree = query.tree(query.canonical(typed.ordered, CAPSULES.query), CAPSULES.query)
    try:
        capsules = plan(Order.read(tree, service.library, today=service.today()), service.library)
    except Refused:
        return None
    return None if capsules.spread is None else capsules


def _order_said(capsules: Plan | None) -> dict[str, str]:
    """Return the order of the capsules for the page: a sentence with its fill, its headline, its batch number."""
    if capsules is None:
        return {"order": "", "headline": words.TITLE, "batch": ""}
    return {
        "order": words.MADE_BY.format(order=echo(capsules), fill=printed_fill(capsules)),
        "headline": headline(capsules),
        "batch": capsules.order.internal_number or "",
    }


def _checked(typed: Typed, service: Service) -> CheckSheet:
    """Run the requested check. Raises `Refused` with the faults of the query and of the check, or with stops."""
    if typed.by not in FIELDS:
        raise Refused((Fault(FaultCode.UNKNOWN_CHOICE, BY, {"typed": typed.by, "choices": tuple(FIELDS)}),))
    faults = typed.faults()
    try:
        if typed.by == WEIGHT:
            weights, capsules = read_weights(typed.tree(), service.library, service.today())
        else:
            contents = UniformityAsked.read(typed.tree())
    except Refused as refused:
        all_faults = (*faults, *(fault for fault in refused.faults if fault not in faults))
        raise Refused(all_faults, () if all_faults else refused.stops) from refused
    if faults:
        raise Refused(tuple(faults))
    if typed.by == WEIGHT:
        return sheet_of_weights(check_weights(weights, capsules))
    return sheet_of_contents(check_uniformity(contents))


def _render(
    typed: Typed,
    capsules: Plan | None,
    faults: Iterable[FaultShown] = (),
    stops: Sequence[StopShown] = (),
    *,
    sheet: CheckSheet | None = None,
) -> str:
    shown = list(faults)
    form = CheckForm(MultiDict(typed.pairs), shown)
    return render_template(
        "checks/page.html",
        form=form,
        by=typed.by,
        faults=[(fault, _target(fault["field"], form)) for fault in shown],
        stops=stops,
        **_order_said(capsules),
        plan_address=f"/?{written(typed.ordered)}",
        ordered=[(f"{OF_ORDER}{name}", value) for name, value in typed.ordered],
        sheet=sheet,
        words=words,
    )


def _target(path: str, form: CheckForm) -> str:
    """Return the id that a line of the error summary links to: the field, or the forms if there is no such field."""
    name = path.partition(".")[0]
    return name if name in form else "forms"
