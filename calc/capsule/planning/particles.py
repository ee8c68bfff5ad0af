"""Powder of the source so little that the number of its particles differs from capsule to capsule."""

from __future__ import annotations

from calc import limits
from calc.arithmetic.roots import Root
from calc.arithmetic.units import CAPSULE, MG, RATIO, TABLET, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Powder
from calc.faults import NoticeCode, StopCode
from calc.planning.work import Work, of_one_capsule
from calc.reading.fields import canonical
from calc.rules import capsules, liquids
from calc.rules.triturations import squared_count


def judge_particles(order: Order, powder: Powder, work: Work) -> None:
    """Give notice of the spread that counting makes of little powder, and stop where no powder can be even."""
    each = powder_of_one(powder)
    if each is None or each >= limits.POWDER_COUNTS.value:
        return
    spread = Root(squared_count(limits.PARTICLE.value, each), RATIO)
    facts = {"powder": each, "least": limits.POWDER_COUNTS.value, "spread": figure(spread.significant(2), RATIO)}
    work.notice(NoticeCode.POWDER_COUNTS, **facts)
    if is_too_fine(powder):
        finest = {"powder": each, "least": limits.POWDER_TOO_FINE.value}
        work.stop(StopCode.TOO_FINE_FOR_POWDER, "dose", canonical(order.dose), **finest, **_by_volume(powder))


def powder_of_one(powder: Powder) -> Figure | None:
    """Return the powder of the source in one capsule; None while the tablets are not weighed."""
    if powder.needed is None:
        return None
    return of_one_capsule(capsules.powder_per_capsule(powder.needed, figure(powder.batch, CAPSULE)))


def is_too_fine(powder: Powder) -> bool:
    """Return True if the powder of the source in one capsule is known and too little to be even."""
    each = powder_of_one(powder)
    return each is not None and each < limits.POWDER_TOO_FINE.value


def one_tablet_holds(powder: Powder) -> bool:
    """Return True if one tablet holds the drug of the batch: it may be made a liquid first."""
    tablets = powder.tablets
    return tablets is not None and powder.drug_needed <= tablets.strength.read_as(MG)


def _by_volume(powder: Powder) -> dict[str, object]:
    """Return the facts of a first dilution as a liquid: 1 tablet in so much, and how much of it the batch takes."""
    tablets, volume = powder.tablets, limits.FIRST_VOLUME.value
    if tablets is None or not one_tablet_holds(powder):
        return {}
    strength = liquids.strength_of_whole_tablets(figure(1, TABLET), tablets.strength, volume)
    takes = liquids.volume_with_drug(powder.drug_needed, strength)
    return {"first_volume": volume, "strength": strength, "takes": takes}
