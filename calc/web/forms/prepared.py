"""Forms of an order: each blank field is made once, and a page makes those alone that something is typed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from calc.web.forms import query
from calc.web.forms.fields import follow_choices


class Offered:
    """The fields that a form offers for the drug chosen. A blank one is shared by all pages and never changed."""

    def __init__(self, unbound: Callable[[str], UnboundField[Any]]) -> None:
        self.unbound = unbound
        self._blank: dict[str, Any] = {}

    def blank(self, name: str) -> Any:
        """Return the field as every page shows it that nothing is typed in."""
        if name not in self._blank:
            self._blank[name] = self.new(name)
        return self._blank[name]

    def has(self, field: Any) -> bool:
        """Return True if this is a blank field that pages share."""
        return self._blank.get(field.name) is field

    def new(self, name: str) -> Any:
        """Return a blank field for one page, which may be changed."""
        form = BaseForm({name: self.unbound(name)})
        form.process(None)
        form[name].errors = []
        return form[name]


class FormOfOrder(BaseForm):
    """The fields of these names with the values as typed, and with the faults and soft stops of their order."""

    _fields: dict[str, Any]

    def __init__(
        self, names: Iterable[str], offered: Offered, typed: MultiDict[str, str], errors: Mapping[str, str]
    ) -> None:
        wanted = tuple(names)
        own = (name for name in wanted if name in typed or f"{name}_unit" in typed or name in errors)
        super().__init__({name: offered.unbound(name) for name in own})
        self.process(typed or None)
        for name, field in self._fields.items():
            field.errors = [errors[name]] if name in errors else []
        self._fields = {name: self._fields.get(name) or offered.blank(name) for name in wanted}
        self._offered = offered
        self.typed, self.values = typed, typed.to_dict()
        follow_choices(self)

    def is_blank(self, field: Any) -> bool:
        """Return True for a field that all pages share."""
        return self._offered.has(field)

    def own(self, name: str) -> Any:
        """Return a field that may be changed, since this page alone has it."""
        if self.is_blank(self[name]):
            self._fields[name] = self._offered.new(name)
        return self[name]

    @staticmethod
    def is_open(fields: Iterable[Any]) -> bool:
        """Return True if a folded group must open, because a field in it has a fault or a stop."""
        return any(field.errors for field in fields)

    def entered(self, fields: Iterable[Any]) -> int:
        """Return the number of fields that a person filled in, so that a folded group hides nothing unnoticed."""
        return sum(query.is_entered(self.values, field.name) for field in fields)
