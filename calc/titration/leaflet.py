"""The patient's leaflet of a titration, with its calendar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.capsule.answer import answer
from calc.capsule.sheet import sheet
from calc.drug import Drug
from calc.library import Library
from calc.paper.leaflet import drug_with_leaflet, leaflet_of, section
from calc.paper.pharmacy import NO_PHARMACY, Pharmacy
from calc.paper.press import press
from calc.paper.until import by_said, day_of
from calc.sheet.names import form_name
from calc.sheet.parts import not_released, questions_of
from calc.titration.answer import doses_of_schedule
from calc.titration.plan import Taking, TitrationPlan, Way
from calc.titration.sheet import CalendarLine, calendar_line, listed, strengths_said
from calc.wording import paper as words
from calc.wording import titration as calendar_words
from calc.wording.dates import with_weekday
from calc.wording.opened import retold


def calendar_pdf(
    plan: TitrationPlan, way: Way, library: Library, paper: str, pharmacy: Pharmacy = NO_PHARMACY
) -> bytes:
    """Return the leaflet of one way, whose batches all have plans, as PDF on `paper`, one of `PAPERS`.

    Raises `NoLeaflet` for a drug without a file, `DoesNotFit` if the calendar needs more than a page.
    """
    order = plan.titration.order
    content = calendar_content(plan, way, drug_with_leaflet(library.drug_of(order.drug)), paper, pharmacy)
    return press("leaflet.typ", content, order.prepared_on, words.PAPER_NAMES[paper])


def calendar_content(
    plan: TitrationPlan, way: Way, drug: Drug, paper: str, pharmacy: Pharmacy = NO_PHARMACY
) -> Mapping[str, Any]:
    """Return everything that the leaflet of a titration prints, as finished strings."""
    order, plans = plan.titration.order, way.plans
    answers = [answer(batch_plan) for batch_plan in plans]
    prints = ", ".join(
        calendar_words.FINGERPRINT.format(strength=strength, fingerprint=words.plan_id(json_answer["fingerprint"]))
        for strength, json_answer in zip(strengths_said(way), answers, strict=True)
    )
    form = form_name(plans[0], order.dose_basis)
    often = plan.titration.doses_per_day
    several, kept = len(plans) > 1, words.LEAFLET_KEEP_AT[order.beyond_use.storage]
    strengths = calendar_words.STRENGTHS if several else words.LEAFLET_STRENGTH
    content = leaflet_of(
        drug,
        paper,
        state=not_released(questions_of(order, drug)),
        intro=[strengths.format(dose=listed(strengths_said(way)), form=form), words.LEAFLET_MADE],
        calendar={
            "title": calendar_words.CALENDAR,
            "head": calendar_words.CALENDAR_HEAD,
            "rows": [_row(line[0], calendar_line(line, often, way.unit)) for line in way.calendar],
            "lines": [
                _how(way),
                calendar_words.CALENDAR_END,
            ],
        },
        practice=[
            section(words.LEAFLET_TAKE, words.LEAFLET_TAKE_LINES, words.LEAFLET_TAKE_BLANK),
            section(words.LEAFLET_KEEP, [kept, *words.LEAFLET_KEEP_LINES, *_until(way)]),
        ],
        doses=doses_of_schedule(plan, drug),
        pharmacy=pharmacy,
        fingerprint=prints,
        version=answers[0]["version"],
        drawn=None,
        no_code=calendar_words.CODE_ON_LABELS,
    )
    return retold(content, order, drug)


def _how(way: Way) -> str:
    """Return how the calendar is read."""
    if any(len(line) > 1 for line in way.lines):
        return calendar_words.CALENDAR_TOGETHER
    return calendar_words.CALENDAR_SEVERAL if len(way.batches) > 1 else calendar_words.CALENDAR_ONE


def _row(taking: Taking, line: CalendarLine) -> list[str]:
    """Return a row of the calendar: from and to with their weekdays, days, dose, and what is taken."""
    return [with_weekday(taking.step.first), with_weekday(taking.step.last), line.days, line.dose, line.take]


def _until(way: Way) -> list[str]:
    """Return the beyond-use dates, each with its strengths, and what to do if one is too early."""
    by_date: dict[str, list[str]] = {}
    for strength, plan in zip(strengths_said(way), way.plans, strict=True):
        by_date.setdefault(day_of(plan.beyond_use), []).append(strength)
    open_expiry = any(sheet(plan).expiry_open for plan in way.plans)
    sentence = calendar_words.UNTIL_OPEN if open_expiry else calendar_words.UNTIL
    lines = [sentence.format(strengths=listed(strengths), date=date) for date, strengths in by_date.items()]
    lines += by_said(plan.beyond_use for plan in way.plans)
    return [*lines, *([calendar_words.LATE] if any(batch.late for batch in way.batches) else [])]
