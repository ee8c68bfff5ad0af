"""`plan(order, library)`: the only function that knows all rules of capsules and the order in which they apply.

Pure: the same order, which includes the date of making, gives the same plan. It returns a `Plan`, or raises `Refused`
with every stop that stands or with the override reasons that match none.
"""

from __future__ import annotations

from calc import limits
from calc.arithmetic.rounding import total
from calc.arithmetic.units import MG
from calc.capsule.order import Order
from calc.capsule.plan import ContentOfTablets, Fill, Offer, Plan, Powder, Trituration
from calc.capsule.planning import filling
from calc.capsule.planning.ingredients import beside_powder
from calc.capsule.planning.offers import all_offers, beside_trituration, of_ten_tablets
from calc.capsule.planning.packing import masses_of
from calc.capsule.planning.plausibility import plausible
from calc.capsule.planning.powder import powder_for
from calc.capsule.planning.reverse_check import computed_back
from calc.capsule.planning.stops import screen
from calc.capsule.planning.triturating import triturate
from calc.capsule.planning.uncertainty import spread
from calc.capsule.planning.weighings import all_weighings, gross_band
from calc.drug import Drug
from calc.library import Library
from calc.planning import slips
from calc.planning.beyond_use import Expiry, dated, notices_of
from calc.planning.codes import FillRule, StepCode
from calc.planning.formulations import formulation_used
from calc.planning.ingredients import dates_of, weighed_together
from calc.planning.parts import BeyondUse
from calc.planning.stops import acknowledge
from calc.planning.work import Work
from calc.rules import offers
from calc.rules.blending import Rung, ladder

__all__ = ["plan"]

#: Figures that rest on an estimate if the fill does.
ESTIMATED_FILL = ("share_of_body", "diluent_per_capsule", "diluent", "fill_mass", "sizes")


def plan(order: Order, library: Library) -> Plan:
    """Return everything needed to make `order`: masses, steps, checks, dates, cautions, offers.

    Raises `Refused` if a stop stands or an override reason matches none, and `CheckFailed`, an internal error, if the
    dose computed back from the printed figures is not the dose ordered.

    >>> from calc.library import load
    >>> library = load()
    >>> weighed = {"tablets_weighed": 3, "total_mass": "0.480 g"}
    >>> tree = {"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-22", "source": weighed}
    >>> plan(Order.read(tree, library), library).powder.portion.shown
    Figure(value=Fraction(432, 1), unit=Unit('mg'))
    """
    work = Work(order.balance.readability.to(MG))
    drug = library.drug_of(order.drug)
    screen(order, drug, library, work)
    masses = masses_of(order, library)
    plausible(order, drug, masses, work)
    powder = powder_for(order, drug, work)
    slips.whole_tablet_dose(order, work)
    slips.many_tablets(powder.tablets, work)
    slips.dose_of_bulk(order, powder.drug_needed, work)
    # Rules still run after a stop: all stops are reported at once.
    beside = beside_powder(order, drug, powder, work)
    fill = filling.fill(order, library, masses, powder, beside, work)
    powder, triturations = triturate(order, powder, fill, work)
    known = triturations if powder.known else ()
    fill = filling.with_diluent(fill, powder, known, work)
    shell, estimated_shell = filling.shell_mass(masses, work)
    band = gross_band(fill, shell, work)
    to_weigh = all_weighings(order, powder, known, fill, shell, work)
    acknowledged = acknowledge(order, work)
    estimated = _estimated(fill, band is not None and estimated_shell)
    if powder.tablets is not None:
        work.run(
            StepCode.CAPSULES_OF_ONE_TABLET,
            offers.capsules_of_one_tablet,
            powder.tablets.strength,
            powder.dose_as_labeled,
        )
    check = computed_back(order, drug, powder, known, fill, work)
    until = beyond_use(order, drug, library)
    notices_of(until.chosen, work)
    formulation = formulation_used(order, library, work, form="capsule")
    return Plan(
        order=order,
        drug=drug,
        powder=powder,
        fill=fill,
        shell_mass=shell,
        shell_estimated=estimated_shell,
        gross_band=band,
        estimated=estimated,
        weighings=to_weigh,
        triturations=triturations,
        ingredients=() if beside is None else beside.used,
        ladder=_ladder(powder, known, fill),
        sizes=filling.sizes(order, library, powder, known, fill, work),
        offers=_offers(order, powder, known),
        ten_tablets=None if known or powder.tablets is None else of_ten_tablets(order, powder, powder.tablets),
        content_of_tablets=None if powder.tablets is None else ContentOfTablets(powder.tablets.number),
        reverse_check=check,
        spread=None if check is None else spread(order, powder, known, () if beside is None else beside.used, check),
        beyond_use=until,
        formulation=formulation,
        steps=tuple(work.steps),
        notices=tuple(work.notices),
        acknowledged=acknowledged,
    )


def _offers(order: Order, powder: Powder, triturations: tuple[Trituration, ...]) -> tuple[Offer, ...]:
    if triturations:
        return beside_trituration(order, powder)
    return () if powder.tablets is None else all_offers(order, powder, powder.tablets)


def _estimated(fill: Fill, band_on_estimate: bool) -> tuple[str, ...]:
    """Return the names of the figures that rest on an estimate."""
    names: tuple[str, ...] = ()
    if fill.rule is FillRule.ESTIMATE and fill.fill_mass is not None:
        names = tuple(name for name in ESTIMATED_FILL if name != "diluent" or fill.diluent is not None)
    return (*names, "gross_band") if band_on_estimate else names


def _ladder(powder: Powder, triturations: tuple[Trituration, ...], fill: Fill) -> tuple[Rung, ...]:
    """Return the additions of diluent, from the two printed masses; none without any, or if it is only estimated."""
    first = triturations[-1].take if triturations else powder.portion
    if first is None or fill.diluent is None or fill.rule is FillRule.ESTIMATE or not fill.diluent.shown.numerator:
        return ()
    added = fill.diluent.shown
    if fill.beside is not None:
        added = total((added, weighed_together(fill.beside.used)), MG)
    return ladder(first.shown, added, powder.least)


def beyond_use(order: Order, drug: Drug | None, library: Library) -> BeyondUse:
    """Return the beyond-use date of capsules, the limit that set it, and all other dates considered."""
    studies = tuple(
        study
        for study in (drug.studies if drug is not None else ())
        if study.preparation == "capsule" and order.diluent.name in study.diluents
    )
    of_parts: tuple[Expiry, ...] = (("diluent", order.diluent.expiry), ("shells", order.capsule.expiry))
    expiries = (*of_parts, *dates_of(order))
    rule = library.beyond_use[limits.CAPSULE_CLASS]
    return dated(order, rule, expiries, lambda _: studies, order.beyond_use.storage, aqueous=False)
