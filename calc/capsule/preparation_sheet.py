"""The preparation sheet of capsules: what its bench pages print, and its annex."""

from __future__ import annotations

from calc.capsule.components import components
from calc.capsule.plan import Plan
from calc.capsule.planning.bench import PACKING, work_of
from calc.capsule.sheet import Sheet
from calc.capsule.sheet.headings import ordered_and_made
from calc.capsule.sheet.on_paper import CapsulesOnPaper
from calc.paper.annex import annex
from calc.paper.components import made_from, source_in_short
from calc.paper.pharmacy import Pharmacy
from calc.paper.record import Settings, container, measured, record
from calc.planning.bench_codes import BenchCode
from calc.planning.bench_entries import NOTHING_AT_BENCH, AtBench
from calc.planning.codes import FillRule
from calc.sheet.names import (
    amount_said,
    capsules_said,
    count_said,
    form_name,
    release_said,
)
from calc.sheet.on_paper import Printed
from calc.wording import paper as words
from calc.wording import sheet as of_sheet
from calc.wording.figures import said


def product(plan: Plan) -> str:
    """Return the preparation in one line, printed on every page."""
    return words.PRODUCT.format(
        batch=ordered_and_made(plan),
        form=form_name(plan, plan.order.dose_basis),
        dose=amount_said(plan, plan.order.dose),
    )


def bench_pages(
    plan: Plan, plan_sheet: Sheet, paper: str, pharmacy: Pharmacy, at_bench: AtBench = NOTHING_AT_BENCH
) -> Printed:
    """Return everything that the bench pages print, as finished strings.

    How the powders pack has a row while it is not known, and where it was measured in a batch.
    """
    steps = work_of(plan, of_batch=not PACKING.isdisjoint(at_bench.amounts))
    shown = plan_sheet.whole["plan"]
    entered = plan_sheet.entered
    back = [text for text in plan_sheet.remarks if plan.reverse_check is not None][:1]
    return {
        **record(plan, plan_sheet, paper, pharmacy, count_said(plan.powder.batch)),
        "product": product(plan),
        "in_words": f"{plan_sheet.in_words}.",
        "subtitle": of_sheet.SUBTITLE.format(source=source_in_short(plan)),
        "components": [
            *components(plan, shown),
            container(plan_sheet),
        ],
        "measured": measured(plan, plan.powder, _settings(plan, at_bench), at_bench.batch),
        "sections": CapsulesOnPaper(plan, shown, at_bench).sections(steps, entered),
        "back": " ".join(back),
    }


def _settings(plan: Plan, at_bench: AtBench) -> Settings:
    """Return what the fill of a capsule rests on: the empty shell, and what a body holds of each powder."""
    fill, shell, found = plan.fill, plan.shell_mass, Settings([], [], [])
    others = found.measured if at_bench.batch is None else found.others
    if shell is not None and plan.shell_estimated:
        others.append(of_sheet.SHELL_OF_TABLE.format(mass=said(shell)))
    elif shell is not None:
        found.of(BenchCode.TEN_SHELLS, at_bench.batch).append(of_sheet.SHELL.format(mass=said(shell)))
    if fill.rule is FillRule.GIVEN and fill.fill_mass is not None:
        others.append(of_sheet.FILL_GIVEN.format(mass=said(fill.fill_mass)))
    if fill.rule is FillRule.PACKING and fill.packing_of_powder is not None and fill.packing_of_diluent is not None:
        powder = of_sheet.PACKED_POWDER.format(mass=said(fill.packing_of_powder))
        diluent = of_sheet.PACKED_DILUENT.format(mass=said(fill.packing_of_diluent))
        of_powder = found.of(BenchCode.PACKING_OF_POWDER, at_bench.batch)
        of_diluent = found.of(BenchCode.PACKING_OF_DILUENT, at_bench.batch)
        if of_powder is of_diluent:
            of_powder.append(of_sheet.PACKING.format(what=f"{powder}, {diluent}"))
        else:
            of_powder.append(of_sheet.PACKING.format(what=powder))
            of_diluent.append(of_sheet.PACKING.format(what=diluent))
    return found


def annex_pages(plan: Plan, plan_sheet: Sheet, label_text: list[str]) -> Printed:
    """Return everything that the annex prints, as finished strings."""
    return annex(
        plan,
        plan_sheet,
        storage=words.STORAGE[plan.order.beyond_use.storage],
        facts=_facts(plan),
        components=components(plan, plan_sheet.whole["plan"]),
        sure=[*plan_sheet.remarks, *plan_sheet.uncertainty.on_paper],
        label_text=label_text,
    )


def _facts(plan: Plan) -> list[list[str]]:
    """Return what the preparation is, each line a name and its text."""
    order = plan.order
    extra = plan.powder.batch - order.quantity
    form, dose = form_name(plan, order.dose_basis), amount_said(plan, order.dose)
    quantity = capsules_said(order.quantity)
    brand = f", {order.capsule.brand}" if order.capsule.brand is not None else ""
    sized = words.CAPSULE.format(size=order.capsule.size, brand=brand)
    texts = {
        "preparation": words.PREPARATION.format(form=form, release=release_said(plan)),
        "strength": words.STRENGTH.format(dose=dose, form=form),
        "quantity": words.QUANTITY_EXTRA.format(
            quantity=quantity, batch=count_said(plan.powder.batch), extra=count_said(extra)
        )
        if extra
        else quantity,
        "from": made_from(plan, plan.powder.tablets, words.MADE_FROM_BULK),
        "capsule": sized if order.capsule.size is not None else words.CAPSULE_NONE,
        "diluent": order.diluent.name,
    }
    return [[words.FACTS[key], text] for key, text in texts.items()]
