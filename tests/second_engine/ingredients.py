"""What is in a batch besides the drug and what it is made up with: how much of each, its room, its dates."""

from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_engine import tables
from tests.second_engine.order import Common, Ingredient
from tests.second_engine.reader import Reader
from tests.second_engine.shown import exact, on_grid, per_capsule, quantity, significant, weighed
from tests.second_engine.stops import Stop

NAMES = ("name", "amount", "per", "role", "lot", "expiry")
ROLES = ("buffer", "preservative", "antioxidant", "sweetener", "flavor", "glidant", "wetting agent", "other")
MOST = 8
#: Of the fill: what takes no room by its packing is neglected up to so much.
LITTLE = Fraction(2, 100)
Figures = dict[str, Any]


def _amount(reader: Reader, item: dict[str, Any], field: str, liquid: bool) -> tuple[Fraction | None, bool]:
    """How much, and whether it is a volume."""
    typed = item.get("amount")
    if liquid and isinstance(typed, str) and typed.strip(" ").endswith(tuple(tables.VOLUME_UNITS)):
        return reader.amount(item, field, "volume", like="ingredients.volume"), True
    return reader.amount(item, field, like="ingredients.mass"), False


def _read(reader: Reader, item: dict[str, Any], path: str, liquid: bool) -> Ingredient:
    """One ingredient, complete only when there are no faults."""
    reader.unknown(item, f"{path}.", NAMES if liquid else (*NAMES, "packing_statistic"))
    for name in ("name", "amount"):
        if item.get(name) is None:
            reader.fault("required", f"{path}.{name}")
    amount, measured = _amount(reader, item, f"{path}.amount", liquid)
    reader.text(item, f"{path}.lot")
    packs = None if liquid else reader.amount(item, f"{path}.packing_statistic", like="ingredients.packing_statistic")
    return Ingredient(
        name=reader.text(item, f"{path}.name") or "",
        amount=amount or Fraction(1),
        measured=measured,
        per=reader.choice(item, f"{path}.per", ("batch", "100 mL" if liquid else "capsule")) or "batch",
        role=reader.choice(item, f"{path}.role", ROLES) or "other",
        packs=packs,
        expiry=reader.day(item, f"{path}.expiry", month=True),
    )


def read_ingredients(reader: Reader, tree: dict[str, Any], liquid: bool) -> list[Ingredient]:
    """Every ingredient of an order, in its order."""
    items = tree.get("ingredients")
    if items is None:
        return []
    if not isinstance(items, list):
        reader.fault("wrong_type", "ingredients")
        return []
    if len(items) > MOST:
        reader.fault("list_too_long", "ingredients")
        return []
    read = []
    for at, item in enumerate(items):
        if isinstance(item, dict):
            read.append(_read(reader, item, f"ingredients.{at}", liquid))
        else:
            reader.fault("wrong_type", f"ingredients.{at}")
    return read


def in_batch(one: Ingredient, made: Fraction | int) -> Fraction:
    """How much of it the batch takes; `made` are its capsules, or its volume in mL."""
    return one.amount * {"batch": Fraction(1), "100 mL": Fraction(made) / 100, "capsule": Fraction(made)}[one.per]


def in_one(order: Common, batch: int) -> list[Fraction]:
    """How much of each is in one capsule."""
    return [in_batch(one, batch) / batch for one in order.ingredients]


def printed_masses(order: Common, batch: int) -> list[Fraction]:
    """The masses as they stand on paper."""
    return [on_grid(in_batch(one, batch), order.readability) for one in order.ingredients]


def expiries_of(order: Common) -> dict[str, date | None]:
    """Each expiry by its field."""
    return {f"ingredients.{at}.expiry": one.expiry for at, one in enumerate(order.ingredients)}


def least_stops(order: Common, made: Fraction | int, least: Fraction) -> list[Stop]:
    """Stops on what is too little to weigh."""
    return [
        Stop("ingredient_below_least", f"ingredients.{at}.amount", "")
        for at, one in enumerate(order.ingredients)
        if not one.measured and in_batch(one, made) < least
    ]


def most_stops(order: Common, volume: Fraction, powder: Fraction, most: Fraction) -> list[Stop]:
    """A stop on more than so many mg in 1 mL of a liquid, ingredients and powder, unless it is the powder alone."""
    masses = [Fraction(0) if one.measured else in_batch(one, volume) for one in order.ingredients]
    if not any(masses) or powder > most or powder + sum(masses) / volume <= most:
        return []
    return [Stop("ingredients_above_most", f"ingredients.{masses.index(max(masses))}.amount", "")]


def neglected(order: Common, batch: int, of: Fraction | None) -> tuple[list[Stop], list[str]]:
    """What is said of ingredients without a packing statistic, where the others have one; `of` is the fill."""
    without = [at for at, one in enumerate(order.ingredients) if one.packs is None]
    if not without or not of:
        return [], []
    part = sum((in_one(order, batch)[at] for at in without), Fraction(0)) / of
    if part <= LITTLE:
        return [], ["ingredients_neglected"]
    value = f"{significant(100 * part, 3)} %"
    return [Stop("ingredients_not_packed", f"ingredients.{without[0]}.packing_statistic", value)], []


def ingredient_weighings(order: Common, made: Fraction | int, least: Fraction) -> list[Figures]:
    """Each that is weighed, against the balance."""
    masses = [in_batch(one, made) for one in order.ingredients if not one.measured]
    return [{"name": "ingredient", "mass": weighed(mass, order.readability), "ok": mass >= least} for mass in masses]


def ingredient_figures(order: Common, made: Fraction | int, fills: list[str | None] | None) -> list[Figures]:
    """Each for the answer; `fills` is how each takes its room in a capsule, None in a liquid."""
    found = []
    for at, one in enumerate(order.ingredients):
        amount = in_batch(one, made)
        each = None if fills is None else per_capsule(amount / made, order.readability)
        found.append(
            {
                "name": one.name,
                "role": one.role,
                "amount": quantity(amount, "mL", exact(amount)) if one.measured else weighed(amount, order.readability),
                "per_capsule": each,
                "fills": fills and fills[at],
            }
        )
    return found
