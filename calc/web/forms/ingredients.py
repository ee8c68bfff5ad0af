"""The fields of a form for ingredients besides drug, diluent and vehicle: a row for each, and one more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel
from werkzeug.datastructures import MultiDict

from calc import limits
from calc.orders.ingredients import BATCH, CAPSULE, LIQUID, OTHER, ROLES
from calc.web.forms.fields import Choices, Group, rows_of
from calc.web.forms.query import INGREDIENTS, MORE
from calc.wording.ingredients import GROUP, PER

#: The group that the ingredients stand behind in a form.
_AFTER = frozenset({"shells", "vehicle.parts"})


def with_ingredients(
    groups: Iterable[Group], typed: MultiDict[str, str], model: type[BaseModel], more: str = INGREDIENTS
) -> tuple[Group, ...]:
    """Return the groups of a form with that of the ingredients, whose fields are those of `model`, at its place.

    Where a button adds `more`, nothing but the button is there until it is pressed.
    """
    parts = tuple(model.model_fields)
    bare = more and more not in typed.getlist(MORE) and not any(name.startswith(f"{INGREDIENTS}-") for name in typed)
    rows = 0 if bare else rows_of(typed.to_dict(), INGREDIENTS, parts, 1, limits.MOST_INGREDIENTS)
    names = tuple(f"{INGREDIENTS}-{row}-{part}" for row in range(rows) for part in parts)
    return tuple(_placed(groups, Group(INGREDIENTS, GROUP, names, step="fill", more=more)))


def _placed(groups: Iterable[Group], own: Group) -> Iterator[Group]:
    for group in groups:
        yield group
        if group.key in _AFTER:
            yield own


def chosen_of(stated_for: str) -> Choices:
    """Return what the fields offer: an amount of the batch or `stated_for` one capsule or 100 mL, and the roles."""
    roles = [("" if role == OTHER else role, role) for role in (OTHER, *ROLES[:-1])]
    per = [("", PER[BATCH]), (stated_for, PER[stated_for])]
    rows = range(limits.MOST_INGREDIENTS)
    return {f"{INGREDIENTS}-{row}-{part}": offered for row in rows for part, offered in (("per", per), ("role", roles))}


OF_CAPSULES, OF_LIQUIDS = chosen_of(CAPSULE), chosen_of(LIQUID)
