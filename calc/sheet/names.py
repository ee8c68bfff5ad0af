"""Names on a sheet: drug, chemical form, strength, source, counts."""

from __future__ import annotations

from calc.answers.contract import Shown
from calc.arithmetic import notation
from calc.arithmetic.units import CAPSULE, MG, MG_PER_CAPSULE, TABLET, Figure, G, figure
from calc.orders.parts import Bulk
from calc.orders.sources import POWDERS, Dilution, Powders
from calc.planning.basis import basis_of_source, form_named, unit_of_drug
from calc.planning.basis import drug_name as name_of_drug
from calc.planning.parts import Planned
from calc.wording import page
from calc.wording.figures import drug_said, said
from calc.wording.figures import strength_said as label_strength_said


def text_or(shown: Shown | None, otherwise: str) -> str:
    """Return the text of a figure, or other words if it is not known."""
    return otherwise if shown is None else shown["text"]


def count_said(number: int) -> str:
    """Return a count with commas from 1,000."""
    return notation.grouped(str(number))


def capsules_said(number: int) -> str:
    """Return a count of capsules with its unit."""
    return notation.plain(figure(number, CAPSULE))


def tablets_said(number: int) -> str:
    """Return a count of tablets with its unit."""
    return notation.plain(figure(number, TABLET))


def amount_said(plan: Planned, amount: Figure) -> str:
    """Return an amount of drug, or a strength of the preparation, in the unit of the dose ordered."""
    return drug_said(amount, unit_of_drug(plan.order.dose))


def text_of_drug(plan: Planned, amount: Figure, shown: Shown) -> str:
    """Return an amount of drug as the answer shows it in mg, or in the unit of the dose ordered."""
    unit = unit_of_drug(plan.order.dose)
    return shown["text"] if unit is MG else drug_said(amount, unit)


def drug_name(plan: Planned) -> str:
    """Return the name of the drug ordered."""
    return name_of_drug(plan.order, plan.drug)


def form_name(plan: Planned, basis: str | None) -> str:
    """Return the name of the chemical form that an order states, or of the drug itself if no form is known."""
    if plan.order.forms is not None:
        return form_named(plan.order, plan.order.forms.dose)
    return plan.drug.bases[basis].label if plan.drug is not None and basis is not None else drug_name(plan)


def name_on_label(plan: Planned, basis: str | None) -> str:
    """Return the name of the drug as a label has it: short where its file says so, and with a capital letter."""
    if plan.drug is None or basis is None:
        return form_name(plan, basis)
    name = plan.drug.bases[basis].on_label or plan.drug.bases[basis].label
    return f"{name[:1].upper()}{name[1:]}"


def strength_said(plan: Planned) -> str:
    """Return the strength of one tablet."""
    strength = plan.order.source.strength
    return page.UNKNOWN if strength is None else label_strength_said(strength)


def release_said(plan: Planned) -> str:
    """Return how the preparation releases the drug: like its tablets, or at once if from bulk powder."""
    return plan.order.source.release or page.RELEASE_OF_BULK


def form_of_source(plan: Planned) -> str:
    """Return the chemical form on the label of the source."""
    if plan.order.forms is not None:
        return form_named(plan.order, plan.order.forms.source)
    return form_name(plan, None if plan.drug is None else basis_of_source(plan.order, plan.drug))


def source_said(plan: Planned) -> str:
    """Return the source of the drug in words."""
    source = plan.order.source
    if isinstance(source, POWDERS):
        begin = page.FROM_BULK if isinstance(source, Bulk) else page.FROM_DILUTION
        return begin.format(form=form_of_source(plan), assay=assay_said(source))
    return page.FROM_TABLETS.format(strength=strength_said(plan), release=source.release)


def assay_said(source: Powders) -> str:
    """Return the assay of a bulk powder, with its water or loss on drying, or the drug in a gram of a dilution."""
    if isinstance(source, Dilution):
        return page.IN_A_GRAM.format(drug=label_strength_said(source.drug_in_gram))
    water = "" if source.water is None else page.WATER[source.assay_basis].format(water=said(source.water))
    return page.ASSAY.format(assay=said(source.assay), basis=page.ASSAY_BASIS[source.assay_basis], water=water)


def grams_said(each: Figure) -> str:
    """Return a mass in one capsule in grams, in full, for a formula worked out at the bench."""
    return notation.plain(Figure(each.to(MG_PER_CAPSULE).value, MG).to(G))
