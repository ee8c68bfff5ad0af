"""The papers of a titration from a liquid: the patient's leaflet with its calendar, and the label of the bottle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from calc.arithmetic.units import MG, Figure
from calc.drug import Drug
from calc.library import Library
from calc.liquid.papers import kept_on_leaflet, liquid_label_pdf, liquid_label_stocks
from calc.liquid.plan import LiquidPlan
from calc.liquid.preparation_sheet import form_of
from calc.liquid.said import about
from calc.liquid.sheet import liquid_sheet
from calc.paper.leaflet import code_of, drug_with_leaflet, leaflet_of, section
from calc.paper.pharmacy import NO_PHARMACY, Pharmacy
from calc.paper.press import press
from calc.sheet.parts import not_released, questions_of
from calc.titration.answer import doses_of_schedule
from calc.titration.liquid_plan import LiquidTitrationPlan
from calc.titration.liquid_sheet import dose_on_label, measured_line
from calc.wording import liquid as words
from calc.wording import paper
from calc.wording import titration as calendar_words
from calc.wording.dates import with_weekday
from calc.wording.figures import said
from calc.wording.opened import retold


def measured_calendar_pdf(
    plan: LiquidTitrationPlan, made: LiquidPlan, library: Library, on: str, pharmacy: Pharmacy = NO_PHARMACY
) -> bytes:
    """Return the leaflet of a titration from a liquid, whose batch has the plan `made`, as PDF on `on`.

    Raises `NoLeaflet` for a drug without a file, `DoesNotFit` if the calendar needs more than a page.
    """
    drug = drug_with_leaflet(library.drug_of(plan.titration.order.drug))
    content = measured_calendar_content(plan, made, drug, on, pharmacy)
    return press("leaflet.typ", content, made.order.prepared_on, paper.PAPER_NAMES[on])


def measured_calendar_content(
    plan: LiquidTitrationPlan, made: LiquidPlan, drug: Drug, on: str, pharmacy: Pharmacy = NO_PHARMACY
) -> Mapping[str, Any]:
    """Return everything that the leaflet prints, as finished strings."""
    sheet = liquid_sheet(made)
    strength = calendar_words.LIQUID_STRENGTH.format(
        strength=about(made, Figure(made.strength.value, MG)), form=form_of(made)
    )
    used = plan.measured[0].syringe
    how = calendar_words.CALENDAR_SYRINGES
    if plan.one_syringe:
        how = calendar_words.CALENDAR_SYRINGE.format(capacity=said(used.capacity), graduation=said(used.graduation))
    content = leaflet_of(
        drug,
        on,
        title=words.LEAFLET_TITLE,
        state=not_released(questions_of(made.order, drug)),
        intro=[strength, words.LEAFLET_MADE[made.order.source.kind]],
        calendar={
            "title": calendar_words.CALENDAR,
            "head": calendar_words.CALENDAR_HEAD,
            "rows": [_row(plan, index) for index in range(len(plan.calendar))],
            "lines": [how, calendar_words.CALENDAR_END, *([calendar_words.LATE_LIQUID] if _ends_before(plan) else [])],
        },
        practice=[
            section(words.LEAFLET_TAKE, words.LEAFLET_TAKE_LINES, paper.LEAFLET_TAKE_BLANK),
            section(words.LEAFLET_KEEP, kept_on_leaflet(made, expiry_open=sheet.expiry_open)),
        ],
        doses=doses_of_schedule(plan, drug),
        pharmacy=pharmacy,
        fingerprint=paper.plan_id(sheet.fingerprint),
        version=sheet.version,
        drawn=code_of(sheet.fingerprint, made.order.internal_number),
        code_alt=paper.REFERENCE_ALT.format(plan_id=paper.plan_id(sheet.fingerprint)),
    )
    return retold(content, made.order, drug)


def _ends_before(plan: LiquidTitrationPlan) -> bool:
    """Return True if the bottle does not last, or may not be used, to the end of the schedule."""
    lasts = plan.batch.lasts_until
    return plan.late or lasts is None or lasts < plan.steps[-1].last


def _row(plan: LiquidTitrationPlan, index: int) -> list[str]:
    """Return a row of the calendar: from and to with their weekdays, days, dose, and the volume taken."""
    each = plan.calendar[index]
    line = measured_line(each, plan)
    take = line.take if plan.one_syringe else calendar_words.TAKE_WITH.format(take=line.take, syringe=line.syringe)
    return [with_weekday(each.step.first), with_weekday(each.step.last), line.days, line.dose, take]


def bottle_label_pdf(
    plan: LiquidTitrationPlan, made: LiquidPlan, stock: str, pharmacy: Pharmacy = NO_PHARMACY
) -> bytes:
    """Return the label of the bottle as PDF; it says the doses of the schedule, to be taken by the calendar.

    Raises `Refused` if the expiry of a component is not known, `DoesNotFit` if it needs more room.
    """
    return liquid_label_pdf(made, stock, pharmacy, doses=dose_on_label(plan))


def bottle_label_stocks(
    plan: LiquidTitrationPlan, made: LiquidPlan, among: Iterable[str], pharmacy: Pharmacy = NO_PHARMACY
) -> tuple[str, ...]:
    """Return those of some stocks that hold the label of the bottle."""
    return liquid_label_stocks(made, liquid_sheet(made), among, pharmacy, doses=dose_on_label(plan))
