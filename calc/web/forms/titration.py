"""The form of a titration: the rows of its schedule, and the fields of the order shared by its batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import BaseModel
from werkzeug.datastructures import MultiDict
from wtforms import SelectField
from wtforms.fields.core import UnboundField

from calc import limits
from calc.library import Library
from calc.orders.ingredients import Ingredient, LiquidIngredient
from calc.service.preparations import CAPSULES
from calc.titration.liquid_schedule import GIVEN_BY_SCHEDULE
from calc.titration.schedule import OF_ONE_BATCH
from calc.web.forms import schedule_page, schedule_query
from calc.web.forms.capsule import GROUPS, with_questions
from calc.web.forms.fields import (
    MASS_UNITS,
    Choices,
    DayField,
    Group,
    QuantityField,
    TypedField,
    choices_from,
    chosen_drug,
    field_of,
    listed,
)
from calc.web.forms.ingredients import OF_CAPSULES, OF_LIQUIDS, with_ingredients
from calc.web.forms.liquid import liquid_field, liquid_groups
from calc.web.forms.prepared import FormOfOrder, Offered
from calc.wording.fields import TITRATION_LABELS, label
from calc.wording.titration import COMMON_GROUP, COMMON_HINTS, HINTS, HOW_OFTEN, MADE_AS, SCHEDULE, VOLUME_HINT

#: Rows for steps in an empty form, and those that the button for more adds; blank rows are ignored.
ROWS = 6
_LEFT_OUT = frozenset(path.replace(".", "-") for path in OF_ONE_BATCH)
_GIVEN = frozenset(path.replace(".", "-") for path in GIVEN_BY_SCHEDULE)
_KEPT = (
    replace(group, names=tuple(name for name in group.names if name not in _LEFT_OUT), more="") for group in GROUPS
)
ORDER_GROUPS = tuple(group for group in _KEPT if group.names or group.key in ("screening", "studies"))
COMMON_FIELDS = (schedule_query.COMMON_TABLETS, schedule_query.COMMON_MASS)
_FILLING = (*schedule_page.DOSES[:2], schedule_page.DAYS, *schedule_page.DOSES[2:])
#: What the fields about taking the doses offer.
_CHOSEN = {
    "doses_per_day": [(str(count), text) for count, text in HOW_OFTEN.items()],
    schedule_query.PREPARATION: list(MADE_AS.items()),
}
_OF_TAKING = ("doses_per_day", "start", schedule_query.PREPARATION)


class TitrationForm(FormOfOrder):
    """The fields of a titration with the values as typed, and with the faults of the titration."""

    #: Whether tablets can be weighed for all batches.
    has_common = True
    #: The fields that an answer needs.
    needed: tuple[str, ...] = ("schedule-0-dose", "schedule-0-days")
    #: What an ingredient of the preparation is, and what its fields offer.
    ingredient: type[BaseModel] = Ingredient
    offered: Choices = OF_CAPSULES

    def __init__(self, library: Library, typed: MultiDict[str, str], errors: Mapping[str, str]) -> None:
        values = typed.to_dict()
        used, rows = _rows(values, typed.getlist(schedule_page.MORE).count(SCHEDULE))
        groups = with_questions(self.order_groups(values), library, values)
        groups = with_ingredients(groups, typed, self.ingredient, more="")
        names = (*_names(rows), *(name for group in groups for name in group.names))
        super().__init__(names, self._offered_for(library, chosen_drug(library, values)), typed, errors)
        self.rows = [(self[f"schedule-{row}-dose"], self[f"schedule-{row}-days"]) for row in range(rows)]
        self.rows_used, self.more_rows = used, rows < limits.SCHEDULE_STEPS
        self.filling = [self[name] for name in _FILLING]
        self.taking = [self[name] for name in _OF_TAKING]
        schedule = Group(SCHEDULE, TITRATION_LABELS[SCHEDULE], (), always_open=True, drawn_by="titration/schedule.html")
        of_schedule = [*self.filling, *(field for row in self.rows for field in row), *self.taking]
        common = Group("common", COMMON_GROUP, (), always_open=True, step="weigh")
        weighed = [(common, [self[name] for name in COMMON_FIELDS])] if self.has_common else []
        of_order = ((group, [self[name] for name in group.names]) for group in groups)
        self.groups = ((schedule, of_schedule), *weighed, *of_order)

    @classmethod
    @cache
    def _offered_for(cls, library: Library, drug: str | None) -> Offered:
        choices = {**choices_from(library, drug), **cls.offered}
        return Offered(lambda name: _field(name) or cls.order_field(name, choices))

    @staticmethod
    def order_groups(_: Mapping[str, str]) -> tuple[Group, ...]:
        """Return the groups of the order, without what belongs to one batch."""
        return ORDER_GROUPS

    @staticmethod
    def order_field(name: str, choices: Choices) -> UnboundField[Any]:
        """Return the form field for one field of the order."""
        return field_of(name, CAPSULES.query, choices)


class LiquidTitrationForm(TitrationForm):
    """The fields of a titration from a liquid."""

    has_common = False
    needed = (*TitrationForm.needed, "strength")
    ingredient, offered = LiquidIngredient, OF_LIQUIDS

    @staticmethod
    def order_groups(typed: Mapping[str, str]) -> tuple[Group, ...]:
        """Return the groups of the order, without what belongs to one batch."""
        groups = liquid_groups(typed)
        kept = (
            replace(each, names=tuple(name for name in each.names if name not in _GIVEN), more="") for each in groups
        )
        return tuple(group for group in kept if group.names or group.key in ("screening", "studies"))

    @staticmethod
    def order_field(name: str, choices: Choices) -> UnboundField[Any]:
        """Return the form field for one field of the order."""
        return liquid_field(name, choices, VOLUME_HINT if name == "volume" else None)


def form_for(typed: MultiDict[str, str]) -> type[TitrationForm]:
    """Return the form of the preparation that a query names."""
    from_liquid = schedule_query.is_from_liquid(list(typed.items(multi=True)))
    return LiquidTitrationForm if from_liquid else TitrationForm


def _rows(typed: Mapping[str, str], more: int) -> tuple[int, int]:
    """Return the rows up to the last that is used, and those shown: at least six, one blank row, and more as wanted."""
    used = [row for row in range(100) if any(typed.get(f"schedule-{row}-{part}") for part in ("dose", "days"))]
    last = max(used, default=-1) + 1
    wanted = max(ROWS, last + 1) + ROWS * more
    return last, max(last, min(wanted, limits.SCHEDULE_STEPS))


def _names(rows: int) -> tuple[str, ...]:
    """Return the names of the fields besides those of the order."""
    of_rows = (f"schedule-{row}-{part}" for row in range(rows) for part in ("dose", "days"))
    return (*_FILLING, *of_rows, *COMMON_FIELDS, *_OF_TAKING)


def _field(name: str) -> UnboundField[Any] | None:
    """Return a field of the titration; None for one of the order."""
    shown = {"label": label(name.replace("-", "."))}
    if name in _FILLING or name.startswith("schedule-"):
        in_days = name.endswith("days")
        return TypedField(**shown) if in_days else QuantityField(**shown, units=MASS_UNITS)
    if name in COMMON_FIELDS:
        shown["description"] = COMMON_HINTS[name.partition("-")[2]]
        tablets = name == schedule_query.COMMON_TABLETS
        return TypedField(**shown) if tablets else QuantityField(**shown, units=("g", "mg", "mcg"))
    if name == "start":
        return DayField(**shown, description=HINTS["start"])
    return SelectField(**shown, choices=listed(_CHOSEN[name]), validate_choice=False) if name in _CHOSEN else None
