"""How the things of a plan are named on a sheet: drug, form, strength, counts."""

from __future__ import annotations

from calc import figures
from calc.contract import Shown
from calc.planning.screens import drug_name as name_of_drug
from calc.plans import Plan
from calc.units import MG, MG_PER_CAPSULE, TABLET, Figure, figure
from calc.wording import page
from calc.wording.said import said


def text_or(shown: Shown | None, otherwise: str) -> str:
    """The text of a figure, or other words where it is not known."""
    return otherwise if shown is None else shown["text"]


def count_said(number: int) -> str:
    """A count with commas from 1,000."""
    return figures.grouped(str(number))


def tablets_said(number: int) -> str:
    """A count of tablets with its unit."""
    return figures.plain(figure(number, TABLET))


def drug_name(plan: Plan) -> str:
    """The name of the drug ordered."""
    return name_of_drug(plan.order, plan.drug)


def form_name(plan: Plan, basis: str | None) -> str:
    """The name of a chemical form of the drug, or of the drug itself where no form is known."""
    return plan.drug.bases[basis].label if plan.drug is not None and basis is not None else drug_name(plan)


def strength_said(plan: Plan) -> str:
    """The strength of one tablet."""
    return said(plan.order.source.strength) if plan.order.source.strength is not None else page.UNKNOWN


def mg_said(each: Figure) -> str:
    """A mass in one capsule as a mass in mg."""
    return figures.plain(Figure(each.to(MG_PER_CAPSULE).value, MG))
