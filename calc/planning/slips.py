"""Tenfold and thousandfold slips: whole tablets in a capsule, thousands of tablets, bulk powder in another unit."""

from __future__ import annotations

from calc import limits
from calc.arithmetic.notation import plain
from calc.arithmetic.units import MCG, MG, TABLET, Figure, G, figure
from calc.faults import NoticeCode, StopCode
from calc.orders.base import AnyOrder
from calc.orders.parts import NamedDrug
from calc.orders.sources import POWDERS
from calc.planning.basis import drug_name, on_label, unit_of_drug
from calc.planning.parts import Tablets
from calc.planning.work import Work, per_tablet
from calc.rules.tablets import drug_in_form, tablets_exact

#: From so much on a dose of bulk powder in mg is also given in g, below it in mcg.
_SAID_IN_G = figure(1, G)


def whole_tablet_dose(order: AnyOrder, work: Work) -> None:
    """Give notice if a capsule of a drug without a file takes a whole tablet or more."""
    strength = order.source.strength
    if not isinstance(order.drug, NamedDrug) or strength is None:
        return
    dose = on_label(order, None, order.dose.to(MG), drug_in_form)
    part = tablets_exact(dose, per_tablet(strength))
    if part >= limits.WHOLE_TABLET.value:
        work.notice(NoticeCode.WHOLE_TABLET_DOSE, dose=order.dose, part=part, strength=strength)


def many_tablets(tablets: Tablets | None, work: Work) -> None:
    """Stop a batch of more tablets than anybody crushes."""
    if tablets is None or figure(tablets.number, TABLET) <= limits.MOST_TABLETS.value:
        return
    work.stop(
        StopCode.MANY_TABLETS,
        "source.strength",
        str(tablets.number),
        strength=tablets.strength,
        most=limits.MOST_TABLETS.value,
    )


def dose_of_bulk(order: AnyOrder, needed: Figure, work: Work) -> None:
    """Say a dose of bulk powder without a file in the neighboring unit, too; stop one that may be in the wrong unit."""
    if not isinstance(order.drug, NamedDrug) or not isinstance(order.source, POWDERS):
        return
    facts = {
        "dose": order.dose,
        "other": plain(in_other_unit(order.dose)),
        "drug": drug_name(order, None),
        "needed": needed,
    }
    work.notice(NoticeCode.DOSE_IN_OTHER_UNIT, **facts)
    if (
        order.dose < limits.BULK_DOSE_LOW.value
        or order.dose.unit is MCG
        or needed.to(MG) > limits.BULK_DRUG_HIGH.value.to(MG)
    ):
        work.stop(StopCode.DOSE_UNIT_UNCHECKED, "dose", order.typed("dose"), **facts)


def in_other_unit(dose: Figure) -> Figure:
    """Return a dose in the unit that it may be mistaken for: mg and mcg in each other's place, or g from 1 g on.

    >>> in_other_unit(figure("7.5", MG)), in_other_unit(figure("50", MCG))
    (Figure(value=Fraction(7500, 1), unit=Unit('ug')), Figure(value=Fraction(1, 20), unit=Unit('mg')))
    """
    if unit_of_drug(dose) is MCG:
        return dose.to(MG)
    return dose.to(G if dose >= _SAID_IN_G else MCG)
