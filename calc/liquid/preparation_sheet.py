"""The preparation sheet of a liquid: what its bench pages print, and its annex."""

from __future__ import annotations

from collections.abc import Sequence

from calc.answers.contract import IngredientShown
from calc.arithmetic.rounding import divided
from calc.arithmetic.units import ML
from calc.liquid.answer import volume_said
from calc.liquid.bench_steps import work_of
from calc.liquid.on_paper import LiquidOnPaper
from calc.liquid.order import Vehicle, VehiclePart
from calc.liquid.plan import LiquidPlan, PartUsed
from calc.liquid.said import dose_said, kind_said, strength_in_full
from calc.liquid.sheet import LiquidSheet, kept_said
from calc.paper.annex import annex
from calc.paper.components import Component, component, ingredients_of, made_from, source_in_short, source_of
from calc.paper.pharmacy import Pharmacy
from calc.paper.record import Settings, container, measured, record
from calc.planning.bench_entries import NOTHING_AT_BENCH, AtBench
from calc.sheet.names import amount_said, form_name, release_said, text_or
from calc.sheet.on_paper import Printed
from calc.wording import bench_targets
from calc.wording import liquid as words
from calc.wording import sheet as of_sheet
from calc.wording.figures import said


def bench_pages(
    plan: LiquidPlan, sheet: LiquidSheet, paper: str, pharmacy: Pharmacy, at_bench: AtBench = NOTHING_AT_BENCH
) -> Printed:
    """Return everything that the bench pages print, as finished strings."""
    shown = sheet.whole["plan"]
    entered = sheet.entered
    back = sheet.remarks[:1] if plan.reverse_check is not None else ()
    return {
        **record(plan, sheet, paper, pharmacy, _volume(plan)),
        "product": product(plan),
        "in_words": f"{sheet.in_words}.",
        "subtitle": of_sheet.SUBTITLE.format(source=source_in_short(plan)),
        "components": [*_components(plan, text_or(shown["portion"], ""), shown["ingredients"]), container(sheet)],
        "measured": measured(plan, plan.source, Settings([], [], []), at_bench.batch),
        "sections": LiquidOnPaper(plan, shown).sections(work_of(plan), entered),
        "back": " ".join(back),
    }


def annex_pages(plan: LiquidPlan, sheet: LiquidSheet, label_text: list[str]) -> Printed:
    """Return everything that the annex prints, as finished strings."""
    return annex(
        plan,
        sheet,
        storage=bench_targets.STORE[plan.order.vehicle.storage],
        facts=_facts(plan),
        components=_components(plan, "", sheet.whole["plan"]["ingredients"]),
        sure=list(sheet.remarks),
        label_text=label_text,
    )


def form_of(plan: LiquidPlan) -> str:
    """Return the chemical form that the dose is of."""
    return form_name(plan, plan.order.dose_basis)


def _volume(plan: LiquidPlan) -> str:
    return said(plan.order.volume.to(ML))


def in_one_bottle(plan: LiquidPlan) -> str:
    """Return the volume in one bottle."""
    return said(divided(plan.order.volume.to(ML), plan.bottle.count))


def product(plan: LiquidPlan) -> str:
    """Return the preparation in one line, printed on every page."""
    return words.PRODUCT.format(volume=_volume(plan), form=form_of(plan), strength=strength_in_full(plan))


def _facts(plan: LiquidPlan) -> list[list[str]]:
    """Return what the preparation is, each line a name and its text."""
    form = form_of(plan)
    several = bench_targets.BOTTLES if plan.bottle.count > 1 else bench_targets.BOTTLE
    bottles = several.format(count=plan.bottle.count, capacity=said(plan.bottle.capacity))
    in_all = {"drug": amount_said(plan, plan.strength_per_container), "volume": in_one_bottle(plan)}
    texts = {
        "preparation": words.PREPARATION.format(form=form, release=release_said(plan)),
        "strength": words.STRENGTH.format(strength=strength_in_full(plan), form=form),
        "per_container": words.PER_CONTAINER.format(form=form, **in_all),
        "dose": words.ONE_DOSE.format(dose=dose_said(plan), dose_volume=said(plan.dose_volume)),
        "quantity": words.QUANTITY.format(volume=_volume(plan), bottles=bottles),
        "from": made_from(plan, plan.source.tablets),
        "vehicle": words.VEHICLE.format(**kept_said(plan)),
    }
    return [[words.FACTS[key], text] for key, text in texts.items()]


def _components(plan: LiquidPlan, portion: str, shown: Sequence[IngredientShown]) -> list[Component]:
    """Return source and vehicle, each with the amount planned and its label data, as typed or blank to be written.

    Of a mixed vehicle that is each of its parts.
    """
    vehicle = plan.order.vehicle
    used: list[tuple[Vehicle | VehiclePart, str]] = [
        (vehicle.parts[part.place], _planned(plan, part)) for part in plan.vehicle.parts
    ]
    return [
        source_of(plan, plan.source.tablets, portion),
        *(
            component(
                each.name,
                words.VEHICLE_NOTE.format(kind=kind_said(plan, each)),
                planned,
                lot=each.lot,
                expiry=each.expiry,
            )
            for each, planned in used or [(vehicle, words.VEHICLE_PLANNED.format(volume=_volume(plan)))]
        ),
        *ingredients_of(plan.ingredients, plan.order.ingredients, shown),
    ]


def _planned(plan: LiquidPlan, part: PartUsed) -> str:
    """Return how much is planned of one part of the vehicle."""
    mixed = plan.vehicle.mixed
    if part.volume is None:
        return words.VEHICLE_PLANNED.format(volume=_volume(plan))
    if mixed is None:
        return volume_said(part.volume)
    return words.PART_OF_MIXED.format(volume=volume_said(part.volume), mixed=volume_said(mixed))
