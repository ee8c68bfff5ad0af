"""The figures of one capsule and its diluent: fill, sizes, weighings, band, ladder, and the dose computed back."""

from fractions import Fraction
from typing import Any

from tests.second_engine.fill import ESTIMATE, Fill, ladder_of, sizes_of, ways_of
from tests.second_engine.forms import as_ordered
from tests.second_engine.ingredients import ingredient_figures, ingredient_weighings, printed_masses
from tests.second_engine.portion import portion_figure, printed_portion, source_masses
from tests.second_engine.shown import (
    as_typed,
    deviation,
    down_to_grid,
    exact,
    on_grid,
    per_capsule,
    printed_per_capsule,
    quantity,
    share,
    significant,
    up_to_grid,
    weighed,
)
from tests.second_engine.spread import spread_figures
from tests.second_engine.work import Work

BAND_LOW, BAND_HIGH = Fraction(9, 10), Fraction(11, 10)


def fill_figures(work: Work) -> dict[str, Any]:
    """Everything about one capsule and the diluent, and the names of what is estimated."""
    order, fill, step = work.order, work.fill, work.order.readability
    names = ("share_of_body", "diluent_per_capsule", "diluent", "fill_mass", "gross_band")
    figures: dict[str, Any] = dict.fromkeys(names)
    figures |= {"estimated": [], "ladder": [], "reverse_check": None, "spread": None}
    figures["sizes"] = [_size(name, one, work) for name, one in sizes_of(order, work.batch, work.powder)]
    figures["weighings"] = _tablet_weighings(work)
    diluent_entry: dict[str, Any] = {"name": "diluent", "mass": None, "ok": None}
    capsule_entry: dict[str, Any] = {"name": "capsule", "mass": None, "ok": None}
    if fill is None:
        if work.portion is not None:
            work.notices.append("fill_unknown")
    else:
        estimate = fill.way == ESTIMATE
        diluent = None if fill.diluent is None else added_diluent(work, fill)
        if diluent is not None and diluent < 0:
            diluent = None  # the aliquot is more than the estimated fill: nothing that can be weighed
            work.notices.append("aliquot_above_estimate")
        figures["share_of_body"] = None if fill.share_of_body is None else share(fill.share_of_body)
        figures["diluent_per_capsule"] = None if fill.diluent is None else per_capsule(fill.diluent, step)
        figures["fill_mass"] = None if fill.fill is None else per_capsule(fill.fill, step)
        if diluent is not None:
            figures["diluent"] = weighed(diluent, step)
            if diluent != 0 and not estimate:
                diluent_entry["mass"] = figures["diluent"]
            if diluent == 0 and not estimate:  # nothing may rest on an estimate but the choice of a size
                work.notices.append("no_diluent_needed")
        if estimate:
            work.notices.append("fill_estimated")
            rest = ("share_of_body", "diluent_per_capsule", "diluent", "fill_mass")
            figures["estimated"] = [name for name in rest if figures[name] is not None]
        else:
            _weighed_fill(work, fill, diluent, figures, diluent_entry, capsule_entry)
            back = figures["reverse_check"]
            figures["spread"] = spread_figures(work, diluent, back and back["deviation"])
    if figures["sizes"] and fill is not None and fill.way == ESTIMATE:
        figures["estimated"].append("sizes")
    least = quantity(work.least / 1000, "g", weighed(work.least, step)["value"])
    figures["weighings"] += ingredient_weighings(order, work.batch, work.least)
    figures["weighings"] += [diluent_entry, capsule_entry]
    figures["ingredients"] = ingredient_figures(order, work.batch, ways_of(order))
    for entry in figures["weighings"]:
        entry["least"] = least
    return figures


def _weighed_fill(
    work: Work,
    fill: Fill,
    diluent: Fraction | None,
    figures: dict[str, Any],
    diluent_entry: dict[str, Any],
    capsule_entry: dict[str, Any],
) -> None:
    """What may rest only on a known fill: verdicts, band, ladder and the dose computed back."""
    order, step = work.order, work.order.readability
    if diluent:
        diluent_entry["ok"] = diluent >= work.least
        if diluent < work.least:
            work.notices.append("diluent_below_least_weighable")
    if fill.fill is not None and work.shell is not None:
        gross = work.shell + fill.fill
        capsule_entry["mass"] = weighed(gross, step)
        capsule_entry["ok"] = gross >= work.least
        if gross < work.least:
            work.notices.append("capsule_below_least_weighable")
        low, high = work.shell + BAND_LOW * fill.fill, work.shell + BAND_HIGH * fill.fill
        inner_low, inner_high = up_to_grid(low, step), down_to_grid(high, step)
        if inner_low <= inner_high:
            figures["gross_band"] = {
                "low": quantity(low, "mg", exact(inner_low)),
                "high": quantity(high, "mg", exact(inner_high)),
            }
            if order.shell is None:
                figures["estimated"].append("gross_band")
    if work.portion is None or diluent is None or fill.fill is None:
        return
    first = work.steps[-1].take if work.steps else work.portion  # the last aliquot takes the portion's place
    portion = on_grid(first, step) if work.steps else printed_portion(order, first, work.counted)
    added = on_grid(diluent, step) + sum(printed_masses(order, work.batch))
    figures["ladder"] = [
        {"add": weighed(add, step), "total": weighed(total, step)}
        for add, total in (ladder_of(portion, added, work.least) if on_grid(diluent, step) else ())
    ]
    figures["reverse_check"] = _reverse(work, portion, added, fill.fill)


def _reverse(work: Work, portion: Fraction, diluent: Fraction, fill: Fraction) -> dict[str, Any] | None:
    """The dose computed back from what is printed; it must agree within the printed roundings."""
    order, step = work.order, work.order.readability
    total, half = work.total or Fraction(0), step / 2  # what was typed is printed as typed
    if not portion or not (total or order.bulk):
        return None
    printed_fill = printed_per_capsule(fill, step)
    if order.bulk is not None:
        strength, bound = order.bulk.strength, Fraction(0)
    else:
        weighed = work.counted.weighed if work.counted else None
        strength, bound = order.strength * (weighed or 0) / total, half / total
    steps = work.steps
    if steps and steps[0].all_of_it:  # whole tablets: their drug is exact, and no mass of them enters
        strength, bound = order.strength * work.tablets / on_grid(steps[0].total, step), Fraction(0)
        steps = steps[1:]
    for one in steps:
        taken, made = on_grid(one.weigh or Fraction(0), step), on_grid(one.total, step)
        strength = strength * taken / made
    dose = strength * portion / (portion + diluent) * printed_fill
    off = dose / work.dose - 1
    bound += half / portion + step / (portion + diluent) + abs(printed_fill - fill) / fill
    if abs(off) > 2 * bound:
        raise ArithmeticError(f"computed back {exact(dose)}, ordered {exact(work.dose)}")
    dose = as_ordered(order, dose)
    return {"dose": quantity(dose, "mg/{capsule}", significant(dose, 4)), "deviation": deviation(off)}


def added_diluent(work: Work, fill: Fill) -> Fraction | None:
    """The diluent added to the portion, or to the last aliquot, which brings some along; for the whole batch."""
    if work.portion is None or not work.steps or fill.fill is None:
        return None if fill.diluent is None else fill.diluent * work.batch
    return fill.fill * work.batch - work.steps[-1].take - work.others


def _tablet_weighings(work: Work) -> list[dict[str, Any]]:
    """Tablets, and portion or what a trituration weighs, against the balance."""
    masses = source_masses(work.order, work.total)
    if work.portion is None or not work.steps:
        masses += [] if work.all_of_it else [("portion", work.portion)]
    else:
        if not work.steps[0].all_of_it:
            masses.append(("trituration", work.steps[0].weigh))
        masses += [("aliquot", one.take) for one in work.steps]
    return [
        {
            "name": name,
            "mass": None if mass is None else _weighing(work, name, mass),
            "ok": None if mass is None else mass >= work.least,
        }
        for name, mass in masses
    ]


def _weighing(work: Work, name: str, mass: Fraction) -> dict[str, str]:
    """One mass: of the tablets as typed, of a portion as there is powder for."""
    if name == "portion":
        return portion_figure(work.order, mass, work.counted)
    return (as_typed if name in ("tablets", "shells") else weighed)(mass, work.order.readability)


def _size(name: str, fill: Fill, work: Work) -> dict[str, Any]:
    """One size; a body too small for the powder has no figures."""
    step = work.order.readability
    entry: dict[str, Any] = {"size": name, "fill_mass": None, "diluent": None, "share": None}
    added = None if fill.diluent is None else added_diluent(work, fill)
    if not fill.too_small and fill.fill is not None and added is not None and added >= 0 and work.powder is not None:
        entry["fill_mass"] = per_capsule(fill.fill, step)
        entry["diluent"] = weighed(added, step)
        entry["share"] = share(work.powder / fill.fill)
    return entry
