"""The work at the bench as data: its steps in order, each with its target amount.

Page, sheet and paper follow from these steps, and so do the records kept with them. The words of a step are in
`calc.wording.bench`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from calc import limits
from calc.arithmetic.rounding import larger
from calc.arithmetic.units import CAPSULE, MG, RATIO, TABLET, Figure, figure, in_lowest_terms
from calc.orders.base import AnyOrder
from calc.orders.parts import Component
from calc.orders.sources import CapsuleSource
from calc.planning.bench_codes import STAGE_OF as STAGE_OF
from calc.planning.bench_codes import BenchCode as BenchCode
from calc.planning.bench_codes import BenchStage as BenchStage
from calc.planning.bench_codes import Wants as Wants
from calc.planning.crushing import crushed_band
from calc.planning.parts import DrugSource, EnoughForPortion, Tablets
from calc.rules.tablets import drug_held

_NOTHING = figure(0, MG)
#: The part of the powder that the largest loss which is let pass leaves in the mortar.
_KEPT = figure(1 - limits.CRUSHING_LOSS_NOTICE.value.value, RATIO)
#: Spare shells, counted out with those of the batch for the weighings.
SPARE_SHELLS = 10


class OfTablets(NamedTuple):
    """A mass linear in W, the mass of all tablets before crushing: `constant` plus `times` W.

    >>> OfTablets(figure(0, MG), Fraction(9, 10)).at(figure(480, MG))
    Figure(value=Fraction(432, 1), unit=Unit('mg'))
    """

    constant: Figure
    times: Fraction

    def at(self, total_mass: Figure) -> Figure:
        """Return the mass, in mg, if the tablets weigh `total_mass` together."""
        return Figure(self.constant.to(MG).value + self.times * total_mass.to(MG).value, MG)


#: A target or a bound of a step; None while it is not known, or if the step has none.
Amount = Figure | OfTablets | None


class BenchStep(NamedTuple):
    """One step of the work: the action and its subject, the target, its bounds, and the entry to be written down.

    Amounts are exact, and rounded to the balance only where they are shown: no nonzero amount may be shown as zero.
    `step` numbers the steps of one code from 1, or is 0 if there is only one; `what` selects the subject of a code with
    several; `unit` is that of the actual amount. `shown` is the target as the balance shows it, where it is not rounded
    half up.
    """

    code: BenchCode
    what: str = ""
    target: Amount = None
    low: Amount = None
    high: Amount = None
    unit: str = ""
    wants: Wants = Wants.TICK
    step: int = 0
    shown: Figure | None = None

    @property
    def key(self) -> str:
        """The permanent name of this step within a plan."""
        return f"{self.code}-{self.step}" if self.step else self.code.value

    @property
    def stage(self) -> BenchStage:
        """The stage of the work that this step belongs to."""
        return STAGE_OF[self.code]


def of_balance(source: DrugSource) -> Iterator[BenchStep]:
    """Yield the steps that prepare the balance for weighing; `low` is its least weighable quantity."""
    yield BenchStep(BenchCode.LEVEL_BALANCE, wants=Wants.TEXT)
    yield BenchStep(BenchCode.ZERO_BALANCE, low=source.least)


def read_source(component: Component) -> BenchStep:
    """Return the reading of the source's label, before anything is opened."""
    return BenchStep(BenchCode.READ_SOURCE, what=component)


def count_tablets(tablets: Tablets) -> BenchStep:
    """Return the counting of the tablets: those to crush, or those to weigh if they are more."""
    number = max(tablets.number, tablets.weighed or 0)
    return BenchStep(BenchCode.COUNT_TABLETS, target=figure(number, TABLET), unit="tablets", wants=Wants.COUNT)


def weigh_source(order: AnyOrder, source: DrugSource, tablets: Tablets) -> Iterator[BenchStep]:
    """Yield the weighing of the tablets; of capsules full, opened and empty, and what their contents weigh by that."""
    of = order.source
    if not isinstance(of, CapsuleSource):
        yield from weigh_tablets(source, tablets)
        return
    known = tablets.total_mass is not None
    for code, mass in ((BenchCode.FULL_CAPSULES, of.full_mass), (BenchCode.EMPTY_SHELLS, of.shells_mass)):
        target = mass.to(MG) if known and mass is not None else None
        yield BenchStep(code, target=target, unit="g", wants=Wants.MASS)
    yield from (step for step in weigh_tablets(source, tablets) if step.code is BenchCode.ALL_TABLETS)


def weigh_tablets(source: DrugSource, tablets: Tablets) -> Iterator[BenchStep]:
    """Yield the weighing of one tablet, of those that give the mean, and of those to crush unless they are the same.

    Until they are weighed, the bounds for one tablet are linear in their mass W, which has bounds of its own: a tablet
    weighs more than its drug, and a heavy one needs a reason.
    """
    weighed = tablets.weighed or tablets.number
    low: Amount
    high: Amount
    if tablets.one_tablet is not None and tablets.total_mass is not None:
        low, high = tablets.one_tablet[0].read_as(MG), tablets.one_tablet[1].read_as(MG)
    else:
        ends = limits.ONE_TABLET_LOW, limits.ONE_TABLET_HIGH
        low, high = (OfTablets(_NOTHING, share.value.value / weighed) for share in ends)
    yield BenchStep(BenchCode.ONE_TABLET, low=low, high=high, unit="g", wants=Wants.MASS)
    lightest, heaviest = (
        None if tablets.total_mass is not None else drug_held(figure(weighed, TABLET), each)
        for each in (tablets.strength, limits.HEAVY_TABLET.value)
    )
    least = lightest if lightest is None or source.all_used else larger(lightest, source.least)
    if least is not None and heaviest is not None and least > heaviest:
        heaviest = None
    what = "" if weighed == tablets.number else "some"
    yield BenchStep(
        BenchCode.ALL_TABLETS,
        what=what,
        target=tablets.total_mass,
        low=least,
        high=heaviest,
        unit="g",
        wants=Wants.MASS,
    )
    if tablets.expected_mass is not None and weighed != tablets.number:
        yield _weigh_crushed(tablets, tablets.expected_mass)


def _weigh_crushed(tablets: Tablets, expected: Figure) -> BenchStep:
    """Return the weighing of the tablets to crush, where the mean is that of others, too."""
    low, high = (Figure(expected.value * part, MG) for part in crushed_band(tablets.number))
    return BenchStep(BenchCode.CRUSHED_TABLETS, target=expected, low=low, high=high, unit="g", wants=Wants.MASS)


def look_at_mass(enough: EnoughForPortion, *, diluted: bool) -> BenchStep:
    """Return the look at the mass of tablets before they are crushed: `target` is enough for a portion.

    Below `low` no portion can be weighed, so they are `diluted` if the work says how; between the two the program has
    to be asked.
    """
    what = "dilute" if enough.least == enough.enough else "dilute or enter"
    if enough.never:
        what = "never" if diluted else "never, enter"
    elif enough.least is None or not diluted:
        what = "enter"
    low = enough.least if diluted else None
    return BenchStep(BenchCode.ENOUGH_FOR_PORTION, what=what, target=enough.enough, low=low)


def weigh_back(source: DrugSource, at_least: Figure | None = None) -> BenchStep:
    """Return the weighing of the powder recovered from the mortar.

    It is no more than there was, and no less than what the largest loss that is let pass leaves of that; nor less than
    the portion, both exact and as shown, or than `at_least`, which a trituration takes of it.
    """
    portion = source.portion
    there = None if source.tablets is None else source.tablets.there
    what = "all" if source.all_used else "" if at_least is None else "part"
    low: Amount
    high: Amount
    if there is None:
        share = portion_of(source)
        most = max(_KEPT.value, share.times) if isinstance(share, OfTablets) and not what else _KEPT.value
        low, high = OfTablets(_NOTHING, most), OfTablets(_NOTHING, Fraction(1))
    else:
        part = there.numerator * _KEPT.numerator, there.denominator * _KEPT.denominator
        low, high = in_lowest_terms(*part, MG), there
        for least in (at_least, *(portion or ())) if what != "all" else ():
            low = low if least is None else larger(low, least)
    return BenchStep(BenchCode.RECOVERED, what=what, low=low, high=high, unit="g", wants=Wants.MASS)


def weigh_portion(source: DrugSource) -> BenchStep:
    """Return the weighing of the portion of powder, or the use of all of it, which is not weighed out."""
    portion = portion_of(source)
    if source.all_used:
        return BenchStep(BenchCode.USE_ALL, target=portion)
    what = ""
    if portion is None:
        what = "by the program"
    elif isinstance(portion, OfTablets) and source.drug_needed < limits.WELL_WEIGHED.value:
        what = "little"
    shown = None if source.portion is None else source.portion.shown
    return BenchStep(BenchCode.PORTION, what=what, target=portion, unit="g", wants=Wants.MASS, shown=shown)


def weigh_boat(code: BenchCode, mass: Amount, step: int = 0) -> Iterator[BenchStep]:
    """Yield the weighing back of the boat if it bore so little powder with drug that what stays in it matters."""
    if isinstance(mass, Figure) and mass < limits.WELL_WEIGHED.value:
        most = Figure(mass.to(MG).value * limits.LEFT_IN_BOAT.value.value, MG)
        yield BenchStep(code, high=most, unit="mg", wants=Wants.MASS, step=step)


def portion_of(source: DrugSource) -> Amount:
    """Return the portion: exact, or linear in the mass of tablets not weighed yet.

    None if nothing is portioned, or if no tablets that are expected weigh enough for it.
    """
    if source.portion is not None:
        return source.portion.exact
    if source.tablets is None or source.known or source.never_enough:
        return None
    held = source.tablets.drug_held.to(source.drug_needed.unit)
    return OfTablets(figure(0, MG), source.drug_needed.value / held.value)


def destroy_powder(tablets: Tablets) -> BenchStep:
    """Return the destruction of the leftover powder; its target is the drug in it."""
    return BenchStep(BenchCode.DESTROY_POWDER, target=tablets.drug_left_over)


def of_capsules(code: BenchCode, number: int) -> BenchStep:
    """Return a step that ends with the counting of `number` capsules."""
    return BenchStep(code, target=figure(number, CAPSULE), unit="capsules", wants=Wants.COUNT)
