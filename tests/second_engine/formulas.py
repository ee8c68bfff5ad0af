"""Orders that name a published formulation: what they say otherwise than its own order does, as the contract asks."""

import copy
import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_engine import engine
from tests.second_engine.common import kind_of
from tests.second_engine.forms import needed_of_liquid, on_label
from tests.second_engine.ingredients import in_batch
from tests.second_engine.liquid import plan_of_liquid
from tests.second_engine.order import Liquid, Order
from tests.second_engine.reading import read_order
from tests.second_engine.tablets import counted
from tests.second_engine.vehicle_table import Part, known

#: A formulation by its key, as the endpoint of formulations answers it.
Formulas = dict[str, dict[str, Any]]
Tree = dict[str, Any]
#: What an order needs besides; none of it is fixed by a formulation.
FILLED = {"contents": "powder", "release": "immediate", "strength": "50 mg"}
MEASURED = Fraction(5, 100)
LEFT_ASIDE = {"storage", "beyond_use.studies"}


def order_of(formula: Tree) -> Tree:
    """The order of a formulation, with what is asked besides."""
    tree = copy.deepcopy(formula["order"])
    tree["dose"] = "1 mg"
    for name in formula["asked"]:
        part, _, name = name.rpartition(".")
        if part == "source":
            tree["source"].setdefault(name, FILLED[name])
    return {name: value for name, value in tree.items() if name != "formulation"}


def _studies(tree: Tree) -> set[tuple[Any, ...]]:
    """The published dates, by what is known of them."""
    names = {"storage": None, "days": None, "hours": None, "kind": "study"}
    names |= dict.fromkeys(("stability_indicating", "microbial"), "unknown")
    given = (tree.get("beyond_use") or {}).get("studies") or ()
    return {tuple(one.get(name) or default for name, default in names.items()) for one in given}


def _vehicle_name(part: Part) -> Any:
    """One name of all that the table has for a vehicle."""
    return part.name.casefold() if known(part.name) is None else id(known(part.name))


def _vehicle_differs(base: Liquid, sent: Liquid) -> bool:
    """Whether the parts, their shares or their volumes differ."""
    pairs = []
    for order, times in ((base, sent.volume / base.volume), (sent, Fraction(1))):
        parts = order.vehicle.each
        unit = math.gcd(*(part.share or 0 for part in parts)) if len(parts) > 1 else 0
        amounts = [
            ("share", Fraction(part.share, unit))
            if part.share and unit
            else ("volume", part.volume and part.volume * times)
            for part in parts
        ]
        pairs.append({_vehicle_name(part): amount for part, amount in zip(parts, amounts, strict=True)})
    mine, its = pairs
    if mine.keys() != its.keys():
        return True
    for name, (kind, amount) in mine.items():
        other, its_amount = its[name]
        room = MEASURED if kind == "volume" else Fraction(0)
        if kind != other or (amount is None) != (its_amount is None):
            return True
        if amount is not None and its_amount is not None and abs(amount - its_amount) > room:
            return True
    return False


def _ingredients(order: Liquid, times: Fraction) -> dict[str, tuple[bool, Fraction]]:
    """What each ingredient is in a batch so many times as large."""
    return {one.name.casefold(): (one.measured, in_batch(one, order.volume) * times) for one in order.ingredients}


def _ingredients_differ(base: Liquid, sent: Liquid) -> bool:
    """Whether names or amounts differ."""
    mine, its = _ingredients(base, sent.volume / base.volume), _ingredients(sent, Fraction(1))
    if mine.keys() != its.keys():
        return True
    for name, (measured, amount) in mine.items():
        room = MEASURED if measured else sent.readability / 2
        if its[name][0] != measured or abs(its[name][1] - amount) > room:
            return True
    return False


def _contents_differ(published: Tree, tree: Tree) -> bool:
    """Whether capsules hold something else than what the formulation says."""
    contents = published["source"].get("contents")
    return contents is not None and (tree.get("source") or {}).get("contents", contents) != contents


def changed(formula: Tree, base: Liquid, tree: Tree, sent: Liquid) -> list[str]:
    """The names of what the order says otherwise, in the order of the contract."""
    left_open, published = formula["left_open"], formula["order"]
    places = {one["storage"] for one in published["beyond_use"]["studies"]}
    place = "refrigerator" if sent.vehicle.cold else "room temperature"
    found = {
        "drug": (base.filed, (base.name or "").casefold()) != (sent.filed, (sent.name or "").casefold()),
        "strength": on_label(base, base.concentration) != on_label(sent, sent.concentration),
        "source.kind": kind_of(tree) != kind_of(published),
        "source.strength": base.strength != sent.strength,
        "source.contents": _contents_differ(published, tree),
        "vehicle": _vehicle_differs(base, sent),
        "ingredients": _ingredients_differ(base, sent),
        "storage": place not in places,
        "beyond_use.studies": _studies(published) != _studies(tree),
    }
    return [name for name, differs in found.items() if differs and name not in left_open]


def work_out_formula(formulas: Iterable[Tree], tree: Tree, today: date) -> Tree:
    """Answer an order that names one of the formulations."""
    by_key = {one["key"]: one for one in formulas}
    key, bare = tree.get("formulation"), {name: value for name, value in tree.items() if name != "formulation"}
    order, faults = read_order(bare, today)
    if key is not None and not isinstance(key, str):
        faults.append({"code": "wrong_type", "field": "formulation"})
    elif key is not None and key.strip(" ") not in by_key:
        faults.append({"code": "unknown_formulation" if key.strip(" ") else "required", "field": "formulation"})
    if order is None or faults:
        return {"faults": faults}
    if key is None:
        return _answer(order)
    formula = by_key[key.strip(" ")]
    notices = ["formulation_named"] if formula["whole"] else ["formulation_named", "formulation_incomplete"]
    if isinstance(order, Liquid) != (formula["form"] == "liquid"):
        said = ["preparation"]
    else:
        base, _ = read_order(order_of(formula), today)
        if not isinstance(base, Liquid) or not isinstance(order, Liquid):
            raise TypeError(key)
        said = changed(formula, base, tree, order)
        if _pellets_are_named(formula, order, set(said)):
            whole = counted(order, needed_of_liquid(order), may_be_whole=True).all_of_it
            notices += ["pellets_named"] if whole else []
            order = _ground(order, whole)
    answer = _answer(order)
    if "plan" in answer:
        title = {name: formula[name] for name in ("key", "title", "whole")}
        answer["plan"]["formulation"] = title | {"changed": said}
        answer["plan"]["notices"] = answer["plan"]["notices"] + notices + (["formulation_changed"] if said else [])
    return answer


def _answer(order: Liquid | Order) -> Tree:
    """The plan or the stops of an order."""
    return plan_of_liquid(order) if isinstance(order, Liquid) else engine.plan(order)


def _pellets_are_named(formula: Tree, order: Liquid, said: set[str]) -> bool:
    """Whether the formulation is one of pellets, and nothing of it is changed but its dates."""
    if formula["order"]["source"].get("contents") != "pellets" or said - LEFT_ASIDE:
        return False
    return order.opened is not None and order.opened.contents == "pellets"


def _ground(order: Liquid, whole: bool) -> Liquid:
    """The same order without what stops pellets; of a part of a capsule they do, whatever their release."""
    release = "immediate" if order.release == "delayed" else order.release
    contents = "powder" if whole else "pellets"
    return replace(order, release=release, opened=order.opened and replace(order.opened, contents=contents))
