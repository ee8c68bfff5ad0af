"""Chemical forms of the drug ordered: amounts in the form of the dose and in that of the source's label."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from calc.arithmetic.formula import Formula
from calc.arithmetic.units import G_PER_MOL, MCG, MG, Figure, Unit
from calc.drug import Drug
from calc.orders.base import AnyOrder
from calc.orders.sources import POWDERS
from calc.planning.codes import StepCode
from calc.planning.parts import Planned
from calc.planning.work import Work
from calc.rules import forms, liquids, tablets

#: A formula that converts an amount to another chemical form; takes the molar masses of the forms wanted and stated.
InForm = Callable[[Figure, Figure, Figure], Figure]


def drug_name(order: AnyOrder, drug: Drug | None) -> str:
    """Return the name of the drug ordered, with or without a file."""
    if drug is not None:
        return drug.name
    return order.drug if isinstance(order.drug, str) else order.drug.name


def form_named(order: AnyOrder, form: str) -> str:
    """Return a form of a drug without a file, behind the drug's name if the form's own text does not hold it."""
    name = drug_name(order, None)
    return form if name.casefold() in form.casefold() else f"{name} ({form})"


def unit_of_drug(*doses: Figure) -> Unit:
    """Return the one unit in which a plan gives amounts of drug: that of its dose, or mg if its doses differ.

    >>> from calc.arithmetic.units import figure
    >>> unit_of_drug(figure(25, MCG)), unit_of_drug(figure(25, MCG), figure(1, MG))
    (Unit('ug'), Unit('mg'))
    """
    return MCG if all(dose.unit is MCG for dose in doses) else MG


def in_basis(amount: Figure, drug: Drug, stated: str, wanted: str, by: InForm) -> Figure:
    """Convert an amount of `drug`, by the formula `by`, from the chemical form `stated` to the form `wanted`."""
    if stated == wanted:
        return amount
    bases = drug.bases
    return by(amount, bases[wanted].molar_mass_figure, bases[stated].molar_mass_figure)


def doses_told_of(order: AnyOrder, drug: Drug, dose: Figure, a_day: int = 1) -> tuple[Figure, ...]:
    """Return a dose, and the amount of so many a day, in the form in which the drug's file speaks of doses."""
    stated = order.dose_basis or drug.default_basis
    told = in_basis(dose.to(MG), drug, stated, drug.dose.basis, tablets.drug_in_form)
    return told, told if a_day == 1 else Figure(told.value * a_day, MG)


def doses_of(plan: Planned) -> tuple[Figure, ...]:
    """Return what is taken of a plan at one time and on one day; nothing for a drug without a file."""
    if plan.drug is None:
        return ()
    return doses_told_of(plan.order, plan.drug, plan.order.dose, vars(plan.order).get("doses_per_day", 1))


def as_labeled(
    order: AnyOrder, drug: Drug | None, amount: Figure, work: Work, code: StepCode, rule: Formula[Any]
) -> Figure:
    """Return an amount of the order in the form on the source's label; add a step if the two forms differ."""
    ratio = ratio_of_forms(order, drug)
    return amount if ratio is None else work.run(code, *_by(rule, *ratio, amount))


def stepped_as_ordered(
    order: AnyOrder, drug: Drug | None, amount: Figure, work: Work, code: StepCode, rule: Formula[Any]
) -> Figure:
    """Return an amount in the form on the source's label as the order states it; add a step if the two differ."""
    ratio = ratio_of_forms(order, drug)
    return amount if ratio is None else work.run(code, *_by(rule, *ratio[::-1], amount))


def on_label(order: AnyOrder, drug: Drug | None, amount: Figure, rule: Formula[Any]) -> Figure:
    """Convert an amount, by the formula `rule`, from the form that the order states to that on the source's label."""
    ratio = ratio_of_forms(order, drug)
    return amount if ratio is None else _computed(*_by(rule, *ratio, amount))


def as_ordered(order: AnyOrder, drug: Drug | None, amount: Figure, rule: Formula[Any]) -> Figure:
    """Convert an amount, by the formula `rule`, from the form on the source's label to that which the order states."""
    ratio = ratio_of_forms(order, drug)
    return amount if ratio is None else _computed(*_by(rule, *ratio[::-1], amount))


def ratio_of_forms(order: AnyOrder, drug: Drug | None) -> tuple[Figure, Figure] | None:
    """Return the figure of the form on the source's label and that of the form ordered; None if they are one form.

    They are molar masses, or for a drug without a file two amounts that are stated to be the same.
    """
    if drug is None:
        return None if order.forms is None else order.forms.ratio
    stated, label = order.dose_basis or drug.default_basis, basis_of_source(order, drug)
    if stated == label:
        return None
    return drug.bases[label].molar_mass_figure, drug.bases[stated].molar_mass_figure


def _by(rule: Formula[Any], wanted: Figure, stated: Figure, amount: Figure) -> tuple[Any, ...]:
    """Return the formula that converts by these two figures, and what it takes."""
    return (rule if wanted.unit is G_PER_MOL else _BY_EQUIVALENCE[rule.name]), amount, wanted, stated


def _computed(rule: Formula[Any], *given: Figure) -> Figure:
    return rule(*given)


#: The formula that does by a stated equivalence what another does by molar masses, by the name of that.
_BY_EQUIVALENCE: Mapping[str, Formula[Any]] = {
    tablets.dose_as_labelled.name: forms.dose_by_equivalence,
    tablets.drug_in_form.name: forms.drug_by_equivalence,
    liquids.strength_in_form.name: forms.strength_by_equivalence,
}


def basis_of_source(order: AnyOrder, drug: Drug) -> str:
    """Return the chemical form on the label of the source: the drug's default unless the bulk powder states one."""
    stated = order.source.basis if isinstance(order.source, POWDERS) else None
    return stated or drug.default_basis
