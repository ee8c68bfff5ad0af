"""What a trituration is looked for with: the first quantity, the bounds of the balance, the room in the capsules."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.dilution_bounds import Bounds
from calc.arithmetic.grids import Grid
from calc.arithmetic.units import CAPSULE, MG, TABLET, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Fill, Powder
from calc.capsule.planning.filling import blend_of_batch
from calc.orders.sources import is_common
from calc.planning.codes import FillRule
from calc.planning.crushing import loss_in_reserve
from calc.planning.parts import Tablets
from calc.planning.work import Work
from calc.rules import capsules as capsule_rules
from calc.rules import tablets as tablet_rules
from calc.rules import triturations as rules
from calc.rules.dilutions import Dilution, Part, Whole, triturations


def powder_strength(powder: Powder) -> Figure:
    """Return the drug in one part of the powder. Raises `TypeError` while the tablets are not weighed."""
    if powder.strength is None:
        raise TypeError("a trituration is worked out once the mass of the powder is known")
    return powder.strength


def dilutions_of(powder: Powder, order: Order, batch: int, fill: Fill, work: Work) -> tuple[Dilution, ...]:
    """Return the best trituration whose aliquot holds the drug of a batch; empty if there is none.

    Whole tablets come first. Of powder that was weighed back or is common to other batches, of tablets too heavy for it
    and of bulk powder a part is weighed.
    """
    needed = tablet_rules.drug_needed(powder.dose_as_labeled, figure(batch, CAPSULE))
    bounds = _bounds(powder, batch, fill, work)
    most, tablets, recovered = bounds.most_total, powder.tablets, order.source.recovered_mass
    if recovered is not None:
        most = recovered
    elif tablets is not None and tablets.there is not None:
        whole = _whole(tablets, tablets.there, powder.least)
        found = () if is_common(order.source) else triturations(needed, whole, bounds)
        if found:
            return found
        most = tablet_rules.powder_after_loss(tablets.there, loss_in_reserve(order))
    return triturations(needed, Part(powder_strength(powder), most), bounds)


def dilutions_before_weighing(
    powder: Powder, tablets: Tablets, below: Figure, fill: Fill, work: Work
) -> tuple[Dilution, ...]:
    """Return the best trituration of whole tablets that weigh less than `below` together; empty if there is none."""
    count, ratio = figure(tablets.number, TABLET), limits.TRITURATION_RATIO.value
    lightest = tablet_rules.drug_held(count, rounding.larger(limits.LIGHT_TABLET.value, tablets.strength))
    heaviest = min(below, tablet_rules.drug_held(count, limits.HEAVY_TABLET.value))
    whole = _whole(tablets, heaviest, powder.least)
    whole = replace(whole, mass=None, most_total=rules.made_up_to(ratio, min(lightest, heaviest)))
    return triturations(powder.drug_needed, whole, _bounds(powder, powder.batch, fill, work))


def _whole(tablets: Tablets, mass: Figure, least: Figure) -> Whole:
    """Return the tablets, which weigh so much together, as the first quantity."""
    diluent = rounding.larger(limits.RUBBED_FIRST.value.to(MG), least)
    return Whole(
        drug=tablets.drug_held,
        mass=mass,
        least_total=rules.with_diluent_rubbed(mass, diluent),
        most_total=rules.made_up_to(limits.TRITURATION_RATIO.value, mass),
    )


def _bounds(powder: Powder, batch: int, fill: Fill, work: Work) -> Bounds:
    room = _room(powder, batch, fill)
    blend = room if room is not None else _most_of_blend(batch, fill)
    least_aliquot = powder.least
    if blend is not None:
        of_blend = rules.least_made_up(blend, limits.TRITURATION_RATIO.value)
        least_aliquot = min(of_blend, limits.LEAST_ALIQUOT.value.to(MG))
    return Bounds(
        grid=_grid(work.readability),
        least=powder.least,
        ratios=limits.TRITURATION_RATIOS.values,
        digits=limits.ROUND_DIGITS.values,
        most_total=limits.TRITURATION_TOTAL.value,
        most_steps=int(limits.TRITURATION_STEPS.value.value),
        least_aliquot=least_aliquot,
        most_aliquot=room,
        kept=limits.TRITURATION_KEPT.value,
        roundings=(limits.ROUNDING_SMALL.value, limits.ROUNDING_EFFECT.value),
        well_weighed=limits.WELL_WEIGHED.value,
        times=limits.WELL_ABOVE_LEAST.value,
    )


@lru_cache(maxsize=64)
def _grid(readability: Figure) -> Grid:
    """Return the masses, in mg, that a trituration weighs on a balance of this readability."""
    sizes = limits.HANDY_FINE, limits.HANDY_COARSE, limits.HANDY_START, limits.HANDY_COARSEST
    fine, coarse, start, coarsest = (size.value.to(MG).value for size in sizes)
    return Grid.of(readability.to(MG).value, fine=fine, coarse=coarse, start=start, coarsest=coarsest)


def _room(powder: Powder, batch: int, fill: Fill) -> Figure | None:
    """Return the mass that the capsules of the batch hold together; None if it is unknown or an estimate.

    Of tablets not weighed yet so little powder goes into a capsule that it is taken to hold diluent alone.
    """
    if fill.rule is FillRule.GIVEN and (fill.powder_per_capsule is not None or not powder.known):
        return blend_of_batch(batch, fill)
    if fill.rule is FillRule.PACKING and fill.fill_mass is not None:
        return blend_of_batch(batch, fill)
    if fill.rule is FillRule.PACKING and not powder.known and fill.packing_of_diluent is not None:
        held = fill.packing_of_diluent
        if fill.beside is not None:
            held = capsule_rules.diluent_by_packing(fill.beside.room, held)
        return capsule_rules.blend_of_batch(held, figure(batch, CAPSULE))
    return None


def _most_of_blend(batch: int, fill: Fill) -> Figure | None:
    """Return the most that the capsules may hold where it is not measured: no estimate decides about a weighing."""
    if fill.body_volume is None:
        return None
    return capsule_rules.most_of_blend(fill.body_volume, limits.BLEND_DENSITY.value, figure(batch, CAPSULE))
