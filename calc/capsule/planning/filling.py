"""The fill of a capsule, from the portion and the diluent; sizes side by side (rules 9 and 10)."""

from __future__ import annotations

from calc.arithmetic.rounding import to_step
from calc.arithmetic.units import CAPSULE, RATIO, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Beside, Fill, Powder, SizeRow, Trituration
from calc.capsule.planning import packing
from calc.capsule.planning.ingredients import like_the_diluent, neglect, room_beside
from calc.capsule.planning.packing import Masses
from calc.faults import NoticeCode, StopCode
from calc.library import Library, Shell
from calc.planning.codes import FillRule, Rounding, StepCode
from calc.planning.parts import OnBalance
from calc.planning.work import Work, of_one_capsule
from calc.reading.fields import canonical
from calc.rules import capsules as rules
from calc.rules import ingredients as of_ingredients


def fill(order: Order, library: Library, masses: Masses, powder: Powder, beside: Beside | None, work: Work) -> Fill:
    """Return the contents of one capsule by the best of the three rules that the order allows; None if not known.

    `beside` are the ingredients besides drug and diluent.
    """
    known = _how_it_packs(masses, powder, work)
    if beside is not None:
        if known.rule is FillRule.ESTIMATE and known.packing_of_diluent is not None:
            beside = like_the_diluent(beside, known.packing_of_diluent)
        known = known._replace(beside=beside)
    if powder.needed is None:
        if beside is not None and known.rule is FillRule.PACKING and known.packing_of_diluent is not None:
            neglect(beside, known.packing_of_diluent, work)
        fill_mass = known.fill_mass if known.rule is FillRule.GIVEN else None
        return known._replace(fill_mass=fill_mass)
    batch = figure(powder.batch, CAPSULE)
    each = work.run(StepCode.POWDER_PER_CAPSULE, rules.powder_per_capsule, powder.needed, batch)
    if known.fill_mass is not None:
        return _to_given_mass(known.fill_mass, each, known, work)
    if known.packing_of_powder is not None and known.packing_of_diluent is not None:
        if known.rule is FillRule.ESTIMATE:
            work.notice(NoticeCode.FILL_ESTIMATED, size=order.capsule.size)
        return _by_packing(order, library, known.packing_of_powder, known.packing_of_diluent, each, known, work)
    work.notice(NoticeCode.FILL_UNKNOWN)
    return Fill(known.rule, powder_per_capsule=each, body_volume=known.body_volume, beside=beside)


def _how_it_packs(masses: Masses, powder: Powder, work: Work) -> Fill:
    """Return the fill by measured packing statistics, else a given fill mass, else an estimate, else nothing."""
    volume, of_powder = masses.volume, masses.powder
    if masses.diluent is not None:
        diluent = masses.diluent.shown(StepCode.PACKING_OF_DILUENT, work)
        if of_powder is None:
            packing.stand_for_powder(masses.diluent, powder, work)
            return Fill(FillRule.PACKING, diluent, diluent, body_volume=volume)
        return Fill(FillRule.PACKING, of_powder.shown(StepCode.PACKING_OF_POWDER, work), diluent, body_volume=volume)
    if masses.fill is not None:
        return Fill(FillRule.GIVEN, fill_mass=masses.fill.mass, body_volume=volume)
    if volume is None or masses.tapped is None:
        return Fill(FillRule.UNKNOWN, body_volume=volume)
    # The powder's own packing is not known either: it is assumed to pack like the diluent.
    estimate = rules.packing_by_density(volume, masses.tapped)
    return Fill(FillRule.ESTIMATE, estimate, estimate, body_volume=volume)


def shell_mass(masses: Masses, work: Work) -> tuple[Figure | None, bool]:
    """Return the mass of one empty shell, and whether it is only the table's estimate."""
    if masses.empty is not None:
        return masses.empty.shown(StepCode.MEAN_SHELL, work), False
    return (None if masses.shell is None else masses.shell.mass), True


def _to_given_mass(wanted: Figure, each: Figure, known: Fill, work: Work) -> Fill:
    powders = _together(each, known.beside, work)
    if powders > wanted:
        work.stop(
            StopCode.CAPSULE_TOO_SMALL,
            "capsule.fill_mass",
            canonical(of_one_capsule(wanted)),
            powder=powders,
            holds=wanted,
            sizes=(),
        )
        return known
    diluent = work.run(StepCode.DILUENT_PER_CAPSULE, rules.diluent_to_fill_mass, wanted, powders)
    return Fill(
        known.rule,
        powder_per_capsule=each,
        diluent_per_capsule=diluent,
        fill_mass=wanted,
        body_volume=known.body_volume,
        beside=known.beside,
    )


def _together(each: Figure, beside: Beside | None, work: Work) -> Figure:
    """Return the powder in one capsule with the ingredients; the powder itself without any."""
    if beside is None:
        return each
    return work.run(StepCode.POWDERS_PER_CAPSULE, of_ingredients.powders_per_capsule, each, beside.each)


def _by_packing(
    order: Order,
    library: Library,
    of_powder: Figure,
    of_diluent: Figure,
    each: Figure,
    known: Fill,
    work: Work,
) -> Fill:
    share = work.run(StepCode.SHARE_OF_BODY, rules.share_of_body, each, of_powder)
    if each > of_powder:
        fits = _sizes_that_hold(order, library, of_powder, each, known.body_volume)
        facts = {"size": order.capsule.size, "powder": each, "holds": of_powder, "sizes": fits}
        work.stop(StopCode.CAPSULE_TOO_SMALL, "capsule.size", str(order.capsule.size), **facts)
        return known
    beside, room, powders = known.beside, share, each
    if beside is not None:
        quiet = Work(work.readability) if known.rule is FillRule.ESTIMATE else work
        room, powders = room_beside(beside, share, quiet), _together(each, beside, quiet)
        if room > figure(1, RATIO):
            facts = {"size": order.capsule.size, "room": room, "sizes": ()}
            work.stop(StopCode.CAPSULE_TOO_SMALL, "capsule.size", str(order.capsule.size), **facts)
            return known
    if known.rule is FillRule.ESTIMATE:
        # An estimate fills no capsule: its figures are kept for the choice of a size, not as steps of the work.
        diluent = rules.diluent_by_packing(room, of_diluent)
        total = rules.fill_mass(powders, diluent)
    else:
        diluent = work.run(StepCode.DILUENT_PER_CAPSULE, rules.diluent_by_packing, room, of_diluent)
        total = work.run(StepCode.FILL_MASS, rules.fill_mass, powders, diluent)
    if beside is not None:
        neglect(beside, total, work)
    return Fill(
        known.rule, of_powder, of_diluent, each, share, diluent, total, body_volume=known.body_volume, beside=beside
    )


def blend_of_batch(batch: int, fill: Fill) -> Figure | None:
    """Return the mass that the capsules of the batch hold together, ingredients apart; None while it is not known."""
    return None if fill.fill_mass is None else rules.blend_of_batch(_without(fill), figure(batch, CAPSULE))


def _without(fill: Fill) -> Figure:
    """Return the fill of one capsule without its ingredients. Raises `TypeError` while it is not known."""
    if fill.fill_mass is None:
        raise TypeError("the fill of a capsule is not known")
    if fill.beside is None:
        return fill.fill_mass
    return of_ingredients.fill_beside_ingredients(fill.fill_mass, fill.beside.each)


def with_diluent(fill: Fill, powder: Powder, triturations: tuple[Trituration, ...], work: Work) -> Fill:
    """Return the fill with the diluent of the batch, less what the aliquot of a trituration brings along."""
    if fill.diluent_per_capsule is None or fill.fill_mass is None or powder.needed is None:
        return fill
    batch = figure(powder.batch, CAPSULE)
    if fill.rule is FillRule.ESTIMATE:
        # An estimate fills no capsule: its figures are kept for the choice of a size, not as steps of the work.
        exact = _beside(fill.diluent_per_capsule, _without(fill), batch, triturations)
        return fill._replace(diluent=None if exact is None else OnBalance(exact, to_step(exact, work.readability)))
    if triturations:
        filled = fill.fill_mass
        if fill.beside is not None:
            given = fill.fill_mass, fill.beside.each
            filled = work.run(StepCode.FILL_BESIDE_INGREDIENTS, of_ingredients.fill_beside_ingredients, *given)
        inputs = filled, batch, triturations[-1].take.exact
        exact, shown = work.run_rounded(StepCode.DILUENT, Rounding.HALF_UP, rules.diluent_beside_aliquot, *inputs)
    else:
        each = fill.diluent_per_capsule
        exact, shown = work.run_rounded(StepCode.DILUENT, Rounding.HALF_UP, rules.diluent_for_batch, each, batch)
    if exact.numerator == 0:
        work.notice(NoticeCode.NO_DILUENT_NEEDED, **({} if fill.beside is None else {"ingredients": True}))
    elif exact < powder.least:
        work.notice(NoticeCode.DILUENT_BELOW_LEAST_WEIGHABLE, mass=exact, least=powder.least)
    return fill._replace(diluent=OnBalance(exact, shown))


def _beside(each: Figure, total: Figure, batch: Figure, triturations: tuple[Trituration, ...]) -> Figure | None:
    """Return the diluent of a batch, added to the aliquot if there is one; None if that leaves no room for it."""
    if not triturations:
        return rules.diluent_for_batch(each, batch)
    exact = rules.diluent_beside_aliquot(total, batch, triturations[-1].take.exact)
    return None if exact.numerator < 0 else exact


def _sizes_that_hold(
    order: Order, library: Library, of_powder: Figure, each: Figure, volume: Figure | None
) -> tuple[str, ...]:
    """Return the sizes whose body holds the powder for one capsule, packed as in the known size; smallest first."""
    if volume is None:
        return ()
    return tuple(
        shell.size
        for shell in reversed(library.shells_of(order.capsule.brand))
        if rules.packing_at_size(of_powder, shell.volume, volume) >= each
    )


def sizes(
    order: Order, library: Library, powder: Powder, triturations: tuple[Trituration, ...], known: Fill, work: Work
) -> tuple[SizeRow, ...]:
    """Return the chosen size and two on either side, largest first; none while the powder or the fill is not known.

    A size not chosen is estimated: the same powders are assumed to pack as in the known size. With further ingredients
    only the chosen one is told of: how they pack in another is not known.
    """
    chosen, each, volume = order.capsule.size, known.powder_per_capsule, known.body_volume
    if chosen is None or each is None or volume is None or known.rule is FillRule.UNKNOWN:
        return ()
    if known.beside is not None:
        return (_row(chosen, each, known.fill_mass, known.diluent),)
    batch = figure(powder.batch, CAPSULE)
    available = library.shells_of(order.capsule.brand)
    here = [shell.size for shell in available].index(chosen)
    rows = []
    for shell in available[max(0, here - 2) : here + 3]:
        if shell.size == chosen:
            rows.append(_row(chosen, each, known.fill_mass, known.diluent))
        else:
            rows.append(_other_size(shell, each, known, volume, batch, triturations, work))
    return tuple(rows)


def _row(size: str, each: Figure, total: Figure | None, diluent: OnBalance | None) -> SizeRow:
    share = rules.share_of_blend(each, total) if total is not None and diluent is not None else None
    return SizeRow(size, total if diluent is not None else None, diluent, share)


def _other_size(
    shell: Shell,
    each: Figure,
    known: Fill,
    volume: Figure,
    batch: Figure,
    triturations: tuple[Trituration, ...],
    work: Work,
) -> SizeRow:
    if known.rule is FillRule.GIVEN and known.fill_mass is not None:
        total = rules.packing_at_size(known.fill_mass, shell.volume, volume)
        diluent = rules.diluent_to_fill_mass(total, each)
    elif known.packing_of_powder is not None and known.packing_of_diluent is not None:
        packing_of = known.packing_of_diluent, known.packing_of_powder
        diluent = rules.diluent_at_size(*packing_of, each, shell.volume, volume)
        total = rules.fill_mass(each, diluent)
    else:
        raise TypeError("sizes are compared where the fill of one is known")
    exact = None if diluent.numerator < 0 else _beside(diluent, total, batch, triturations)
    if exact is None:
        return SizeRow(shell.size, None, None, None)  # the powder does not fit, or its aliquot leaves no room
    return _row(shell.size, each, total, OnBalance(exact, to_step(exact, work.readability)))
