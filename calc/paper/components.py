"""The components on a preparation sheet: name and characteristics, amount planned, label data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from calc.answers.contract import IngredientShown
from calc.orders.ingredients import Ingredient, LiquidIngredient
from calc.orders.sources import POWDERS, last_use
from calc.planning.ingredients import IngredientUsed
from calc.planning.parts import Planned, Tablets
from calc.sheet.names import form_of_source, source_said, strength_said, tablets_said
from calc.wording import ingredients as of_ingredients
from calc.wording import page
from calc.wording import paper as words
from calc.wording import sheet as of_sheet
from calc.wording.figures import said

#: One component: its name, a note, and its cells: amount planned, maker, NDC, lot, expiry.
Component = Mapping[str, Any]


def component(
    name: str,
    note: str,
    planned: str,
    *,
    maker: str | None = None,
    ndc: str | None = None,
    lot: str | None,
    expiry: date | None,
) -> Component:
    """Return a component; an unknown value is a blank to write on."""
    dated = "" if expiry is None else expiry.isoformat()
    return {"name": name, "note": note, "cells": [planned, maker or "", ndc or "", lot or "", dated]}


def source_of(plan: Planned, tablets: Tablets | None, powder: str) -> Component:
    """Return the tablets or the bulk powder as a component; `powder` is the amount of bulk powder planned."""
    source, form = plan.order.source, form_of_source(plan)
    label = {"maker": source.maker, "ndc": source.ndc, "lot": source.lot}
    if tablets is None:
        name, note = words.POWDERS[source.component]
        said = note.format(assay=source_said(plan))
        return component(name.format(form=form), said, powder, expiry=last_use(source), **label)
    name = words.TABLETS.format(form=form, strength=strength_said(plan))
    note = words.CHARACTERISTICS.format(basis=form)
    return component(name, note, tablets_said(tablets.number), expiry=source.expiry, **label)


def source_in_short(plan: Planned) -> str:
    """Return the source of the preparation in two or three words."""
    if isinstance(plan.order.source, POWDERS):
        return of_sheet.FROM_BULK.format(powder=page.COMPONENTS[plan.order.source.component])
    return of_sheet.FROM_TABLETS.format(strength=strength_said(plan))


def made_from(plan: Planned, tablets: Tablets | None, bulk: str = "{source}") -> str:
    """Return the source of the preparation in words; `bulk` is the pattern for bulk powder."""
    if tablets is None:
        return bulk.format(source=source_said(plan))
    counted, release = tablets_said(tablets.number), plan.order.source.release
    return words.MADE_FROM.format(tablets=counted, strength=strength_said(plan), release=release)


def ingredients_of(
    used: Iterable[IngredientUsed], items: Sequence[Ingredient | LiquidIngredient], shown: Sequence[IngredientShown]
) -> list[Component]:
    """Return the ingredients as components, each with the amount planned as its step at the bench says it."""
    return [
        component(
            each.name,
            of_ingredients.COMPONENT_NOTE.format(role=of_ingredients.ROLES[each.role]),
            said(each.amount.exact) if each.is_measured else line["amount"]["text"],
            lot=items[each.place].lot,
            expiry=items[each.place].expiry,
        )
        for each, line in zip(used, shown, strict=True)
    ]
