"""The weighings of a batch of capsules, and the band for the mass of a filled capsule."""

from __future__ import annotations

from collections.abc import Iterator

from calc import limits
from calc.arithmetic.units import Figure
from calc.capsule.order import Order
from calc.capsule.plan import Fill, Powder, Trituration
from calc.faults import NoticeCode
from calc.planning.codes import FillRule, Rounding, StepCode, WeighingName
from calc.planning.ingredients import weighings_of
from calc.planning.parts import OnBalance, Weighing, weighing_of_portion, weighings_of_tablets
from calc.planning.work import Work, of_one_capsule
from calc.rules import capsules, checks


def all_weighings(
    order: Order, powder: Powder, triturations: tuple[Trituration, ...], fill: Fill, shell: Figure | None, work: Work
) -> tuple[Weighing, ...]:
    """Return the weighings in the order of work, each with the balance's verdict."""
    estimate = fill.rule is FillRule.ESTIMATE
    diluent = None if fill.diluent is None or estimate else fill.diluent.exact
    gross = None
    if shell is not None and fill.fill_mass is not None and not estimate:
        gross = of_one_capsule(capsules.fill_mass(shell, fill.fill_mass))
        if gross < powder.least:
            work.notice(NoticeCode.CAPSULE_BELOW_LEAST_WEIGHABLE, mass=gross, least=powder.least)
    tablets = () if powder.tablets is None else weighings_of_tablets(order, powder.tablets.total_mass, powder.least)
    portion = [] if powder.all_used else [weighing_of_portion(powder.portion, powder.least)]
    if triturations:
        portion = list(_of_triturations(powder, triturations))
    return (
        *tablets,
        *portion,
        *(() if fill.beside is None else weighings_of(fill.beside.used, powder.least)),
        Weighing(WeighingName.DILUENT, diluent if diluent is None or diluent.numerator > 0 else None, powder.least),
        Weighing(WeighingName.CAPSULE, gross, powder.least),
    )


def _of_triturations(powder: Powder, triturations: tuple[Trituration, ...]) -> Iterator[Weighing]:
    """Yield the first weighing, unless the first step uses all of the powder, and the aliquot of each step."""
    if not triturations[0].all_of_it:
        yield Weighing(WeighingName.TRITURATION, triturations[0].weigh, powder.least)
    for step in triturations:
        yield Weighing(WeighingName.ALIQUOT, step.take.exact, powder.least)


def gross_band(fill: Fill, shell: Figure | None, work: Work) -> tuple[OnBalance, OnBalance] | None:
    """Return the bounds for a filled capsule's mass, rounded inward to the balance; None without a measured fill."""
    if shell is None or fill.fill_mass is None or fill.rule is FillRule.ESTIMATE:
        return None
    low, high = limits.CAPSULE_BAND_LOW.value, limits.CAPSULE_BAND_HIGH.value
    lightest, least = work.run_rounded(
        StepCode.BAND_LOW, Rounding.UP_TO_STEP, checks.gross_mass, shell, low, fill.fill_mass
    )
    heaviest, most = work.run_rounded(
        StepCode.BAND_HIGH, Rounding.DOWN_TO_STEP, checks.gross_mass, shell, high, fill.fill_mass
    )
    if least > most:
        return None
    return (
        OnBalance(of_one_capsule(lightest), of_one_capsule(least)),
        OnBalance(of_one_capsule(heaviest), of_one_capsule(most)),
    )
