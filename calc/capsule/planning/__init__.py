"""`plan(order, library)`: the only place that knows all rules and the order in which they apply.

Pure: the same order gives the same plan, the date of making included in the order. It answers with a `Plan` or raises
`Refused` with every stop that stands, or with acknowledgements that fit nothing.
"""

from __future__ import annotations

from calc import limits
from calc.arithmetic.units import MG
from calc.capsule.order import Order
from calc.capsule.plan import Fill, Plan, Powder, Trituration
from calc.capsule.planning import filling
from calc.capsule.planning.offers import all_offers
from calc.capsule.planning.plausibility import plausible
from calc.capsule.planning.powder import powder
from calc.capsule.planning.reverse_check import computed_back
from calc.capsule.planning.stops import screen
from calc.capsule.planning.triturating import triturate
from calc.capsule.planning.uncertainty import spread
from calc.capsule.planning.weighings import all_weighings, gross_band
from calc.drug import Drug
from calc.library import Library
from calc.planning.beyond_use import Expiry, dated
from calc.planning.codes import FillRule, StepCode
from calc.planning.parts import BeyondUse
from calc.planning.stops import acknowledge
from calc.planning.work import Work
from calc.rules import offers
from calc.rules.blending import Rung, ladder

__all__ = ["plan"]

#: The figures that rest on an estimate where the fill does.
ESTIMATED_FILL = ("share_of_body", "diluent_per_capsule", "diluent", "fill_mass", "sizes")


def plan(order: Order, library: Library) -> Plan:
    """Everything needed to make `order`: masses, steps, checks, dates, cautions, offers.

    Raises `Refused` where a stop stands or an acknowledgement fits nothing, and `CheckFailed`, our own mistake, where
    the dose computed back from the printed figures is not the dose ordered.

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
    plausible(order, drug, library, work)
    made = powder(order, drug, work)
    # Rules go on past a stop: all stops are told at once.
    fill = filling.fill(order, library, made, work)
    made, triturations = triturate(order, made, fill, work)
    known = triturations if made.known else ()
    fill = filling.with_diluent(fill, made, known, work)
    shell, estimated_shell = filling.shell_mass(order, library)
    band = gross_band(fill, shell, work)
    to_weigh = all_weighings(made, known, fill, shell, work)
    acknowledged = acknowledge(order, work)
    estimated = _estimated(fill, band is not None and estimated_shell)
    if made.tablets is not None:
        work.run(
            StepCode.CAPSULES_OF_ONE_TABLET, offers.capsules_of_one_tablet, made.tablets.strength, made.dose_as_labelled
        )
    check = computed_back(order, drug, made, known, fill, work)
    return Plan(
        order=order,
        drug=drug,
        powder=made,
        fill=fill,
        shell_mass=shell,
        shell_estimated=estimated_shell,
        gross_band=band,
        estimated=estimated,
        weighings=to_weigh,
        triturations=triturations,
        ladder=_ladder(made, known, fill),
        sizes=filling.sizes(order, library, made, known, fill, work),
        offers=() if known or made.tablets is None else all_offers(order, made, made.tablets),
        reverse_check=check,
        spread=None if check is None else spread(order, made, known, check),
        beyond_use=beyond_use(order, drug, library),
        steps=tuple(work.steps),
        notices=tuple(work.notices),
        acknowledged=acknowledged,
    )


def _estimated(fill: Fill, band_on_estimate: bool) -> tuple[str, ...]:
    """The names of the figures that rest on an estimate."""
    names: tuple[str, ...] = ()
    if fill.rule is FillRule.ESTIMATE and fill.fill_mass is not None:
        names = tuple(name for name in ESTIMATED_FILL if name != "diluent" or fill.diluent is not None)
    return (*names, "gross_band") if band_on_estimate else names


def _ladder(made: Powder, triturations: tuple[Trituration, ...], fill: Fill) -> tuple[Rung, ...]:
    """The additions of diluent, from the two masses as printed; none where the diluent is only estimated."""
    first = triturations[-1].take if triturations else made.portion
    if first is None or fill.diluent is None or fill.rule is FillRule.ESTIMATE:
        return ()
    return ladder(first.shown, fill.diluent.shown, made.least)


def beyond_use(order: Order, drug: Drug | None, library: Library) -> BeyondUse:
    """The beyond-use date of capsules, what bound it, and every other date that was looked at."""
    studies = tuple(
        study
        for study in (drug.studies if drug is not None else ())
        if study.preparation == "capsule" and order.diluent.name in study.diluents
    )
    expiries: tuple[Expiry, ...] = (("diluent", order.diluent.expiry), ("shells", order.capsule.expiry))
    return dated(order, library.beyond_use[limits.CAPSULE_CLASS], expiries, studies)
