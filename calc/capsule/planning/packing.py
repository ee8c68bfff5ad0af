"""Bodies and empty shells weighed together: the mean of one, and whether any powder packs so densely."""

from __future__ import annotations

from typing import Any, NamedTuple

from calc import limits
from calc.arithmetic.formula import Formula
from calc.arithmetic.notation import decimal, significant
from calc.arithmetic.units import CAPSULE, MG, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Powder
from calc.faults import NoticeCode, Refused, Stop, StopCode
from calc.library import Library, Shell
from calc.orders.packing import powder_not_measured
from calc.orders.parts import BulkPowder, Capsule, Packing
from calc.orders.sources import DilutionInCapsules
from calc.planning.codes import StepCode
from calc.planning.work import Work, per_capsule
from calc.rules import capsules as rules
from calc.rules import samples

#: Characters of the longest mass in the value that a reason must repeat.
LONGEST_VALUE = 9


class Mean(NamedTuple):
    """A mass in or of one capsule, and the field it was typed in; `formula` made it of `given`, unless it was typed."""

    field: str
    mass: Figure
    formula: Formula[Any] | None = None
    given: tuple[Figure, ...] = ()

    def shown(self, code: StepCode, work: Work) -> Figure:
        """Return the mass, and keep the division as a step of the work."""
        return self.mass if self.formula is None else work.run(code, self.formula, *self.given)


class Masses(NamedTuple):
    """The masses in and of one capsule of an order, beside what the tables say of its size and its diluent.

    What was not measured, or is in no table, is None; `powder` is that of the tablets or the bulk powder.
    """

    shell: Shell | None
    tapped: Figure | None
    powder: Mean | None
    diluent: Mean | None
    fill: Mean | None
    empty: Mean | None

    @property
    def volume(self) -> Figure | None:
        """The volume of the shell's body, by the table."""
        return None if self.shell is None else self.shell.volume


def masses_of(order: Order, library: Library) -> Masses:
    """Return the masses in and of one capsule of an order."""
    return Masses(
        shell=_shell_of(order, library),
        tapped=_tapped(order, library),
        powder=of_powder(order),
        diluent=of_diluent(order),
        fill=_typed("capsule.fill_mass", order.capsule.fill_mass),
        empty=_empty_shell(order.capsule),
    )


def of_diluent(order: Order) -> Mean | None:
    """Return what fills one body of the diluent, if it was measured."""
    return _mean("diluent", order.diluent.packing_statistic, order.diluent.packing)


def of_powder(order: Order) -> Mean | None:
    """Return what fills one body of the tablet powder or the bulk powder, if it was measured."""
    source = order.source
    if isinstance(source, (BulkPowder, DilutionInCapsules)):
        return _mean("source", source.packing_statistic, source.packing)
    return _mean("tablet_powder", order.tablet_powder.packing_statistic, order.tablet_powder.packing)


def _empty_shell(capsule: Capsule) -> Mean | None:
    """Return the mass of one empty shell, if it was weighed."""
    shells = capsule.shells
    if shells is not None:
        given = shells.total.to(MG), figure(shells.number, CAPSULE)
        return Mean("capsule.shells", samples.mean_mass.compute(*given), samples.mean_mass, given)
    return _typed("capsule.shell_mass", capsule.shell_mass)


def _mean(part: str, statistic: Figure | None, packing: Packing | None) -> Mean | None:
    if packing is None:
        return _typed(f"{part}.packing_statistic", statistic)
    formula: Formula[Any] = rules.packing_of_bodies
    given: tuple[Figure, ...] = packing.total.to(MG), figure(packing.bodies, CAPSULE)
    if isinstance(packing.shells, Figure):
        formula, given = rules.packing_beside_shells, (given[0], packing.shells.to(MG), given[1])
    return Mean(f"{part}.packing", formula.compute(*given), formula, given)


def _typed(field: str, mass: Figure | None) -> Mean | None:
    return None if mass is None else Mean(field, per_capsule(mass))


def stops_of_packing(order: Order, library: Library, part: str, total: Figure, bodies: int) -> tuple[Stop, ...]:
    """Return what stops a powder that so many tared bodies hold so much of, before the other powder is measured.

    `part` names it in an order. Empty for a size whose brand has no known body volume.
    """
    work, shell = Work(order.balance.readability), _shell_of(order, library)
    if shell is not None:
        each = rules.packing_of_bodies.compute(total.to(MG), figure(bodies, CAPSULE))
        _density(Mean(f"{part}.packing", each), shell, _tapped(order, library), work)
    return tuple(work.stops)


def shell_of_table_beside(order: Order, library: Library, total: Figure, number: int) -> Figure | None:
    """Return what the table's shell weighs, if so many shells of so much together are nothing like it; else None."""
    shell = _shell_of(order, library)
    mean = samples.mean_mass.compute(total.to(MG), figure(number, CAPSULE))
    return None if shell is None or _is_like(mean, shell) else shell.mass


def stand_for_powder(diluent: Mean, powder: Powder, work: Work) -> None:
    """Let the diluent stand for tablet powder that was not measured, if it takes little of the body, and say so.

    Raises `Refused` if it takes more, or if its mass is not known today.
    """
    if powder.needed is not None:
        each = rules.powder_per_capsule(powder.needed, figure(powder.batch, CAPSULE))
        share = rules.share_of_body(each, diluent.mass)
        if share < limits.STANDS_FOR_POWDER.value:
            work.notice(NoticeCode.DILUENT_STANDS_FOR_POWDER, share=share, most=limits.STANDS_FOR_POWDER.value)
            return
    raise Refused((powder_not_measured("tablet_powder", diluent.field),))


def judge_masses(order: Order, masses: Masses, work: Work) -> None:
    """Stop a powder denser than powders pack; give notice of other masses far from what such a capsule holds or weighs.

    A size whose brand has no known body volume is not looked at.
    """
    shell, tapped = masses.shell, masses.tapped
    if shell is None:
        return
    for mean in (masses.powder, masses.diluent, masses.fill):
        if mean is not None:
            _density(mean, shell, tapped, work)
    for mean in (masses.diluent, masses.fill):
        if mean is not None and tapped is not None:
            _beside_the_table(mean, order, shell, tapped, work)
    if masses.empty is not None and not _is_like(masses.empty.mass, shell):
        work.notice(NoticeCode.SHELL_UNLIKELY, mass=masses.empty.mass, size=shell.size, known=shell.mass)


def _shell_of(order: Order, library: Library) -> Shell | None:
    return None if order.capsule.size is None else library.shell(order.capsule.size, order.capsule.brand)


def _tapped(order: Order, library: Library) -> Figure | None:
    return library.diluents[order.diluent.name].tapped_density


def _is_like(mass: Figure, shell: Shell) -> bool:
    """Return True if a shell weighs about what the table says of its size, or the table does not say."""
    if shell.mass is None:
        return True
    return limits.SHELL_LOW.value <= rules.times_the_table(mass, shell.mass) <= limits.SHELL_HIGH.value


def _dense(tapped: Figure | None) -> Figure:
    """Return the density from which on powders are said to pack densely, beside a diluent of this tapped density."""
    dense = limits.POWDER_DENSE.value
    return dense if tapped is None else max(dense, rules.times_tapped(limits.POWDER_ABOVE_TAPPED.value, tapped))


def _density(mean: Mean, shell: Shell, tapped: Figure | None, work: Work) -> None:
    """Stop a powder that packs too densely, or more densely than a diluent of this tapped density lets expect."""
    density, low = rules.density_in_body(mean.mass, shell.volume), limits.POWDER_DENSITY_LOW.value
    if low <= density <= limits.POWDER_DENSE.value:
        return
    too_dense, dense = limits.POWDER_TOO_DENSE.value, _dense(tapped)
    facts = {"mass": mean.mass, "size": shell.size, "density": density}
    if density > too_dense:
        work.stop(StopCode.PACKS_TOO_DENSE, mean.field, _value(mean), most=too_dense, **facts)
    elif density > dense:
        work.stop(StopCode.PACKS_DENSE, mean.field, _value(mean), most=dense, **facts)
    elif density < low:
        work.notice(NoticeCode.FILL_UNLIKELY, field=mean.field, low=low, **facts)


def _value(mean: Mean) -> str:
    """Return the powder and its mass in one body: two powders may pack alike, and each needs a reason of its own."""
    text = decimal(mean.mass)
    if text is None or len(text) > LONGEST_VALUE:
        text = significant(mean.mass, LONGEST_VALUE - 1)
    return f"{mean.field.partition('.')[0]} {text} mg"


def _beside_the_table(mean: Mean, order: Order, shell: Shell, tapped: Figure, work: Work) -> None:
    """Give notice of a diluent, or of a whole fill, unlike the planning estimate of the same diluent."""
    estimate = rules.packing_by_density(shell.volume, tapped)
    times = rules.times_the_estimate(mean.mass, estimate)
    if not limits.PACKING_LOW.value <= times <= limits.PACKING_HIGH.value:
        facts = {"field": mean.field, "mass": mean.mass, "size": shell.size, "known": estimate}
        work.notice(NoticeCode.PACKING_UNLIKELY, diluent=order.diluent.name, **facts)
