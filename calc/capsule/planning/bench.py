"""The work at the bench for a batch of capsules, as data."""

from __future__ import annotations

from collections.abc import Iterator

from calc import limits
from calc.arithmetic.rounding import up_to_step
from calc.arithmetic.units import CAPSULE, MG, TABLET, Figure, figure
from calc.capsule.plan import Plan, Trituration
from calc.planning import bench
from calc.planning.bench import SPARE_SHELLS, Amount, BenchCode, BenchStep, OfTablets, Wants
from calc.planning.bench_ingredients import mix_into_diluent, read_labels, weigh
from calc.planning.codes import FillRule
from calc.planning.made import counts_of, sample_of
from calc.planning.work import of_one_capsule
from calc.rules.capsules import diluent_by_packing
from calc.rules.samples import limit_of_fill
from calc.rules.triturations import least_made_up

#: Steps that measure how a powder packs.
PACKING = frozenset({BenchCode.PACKING_OF_DILUENT, BenchCode.PACKING_OF_POWDER})


def work_of(plan: Plan, *, of_batch: bool = False) -> tuple[BenchStep, ...]:
    """Return every step of the work, in order; `of_batch` also those that measure how the powders of the order pack.

    >>> from datetime import date
    >>> from calc.capsule.order import Order
    >>> from calc.capsule.planning import plan
    >>> from calc.library import load
    >>> library = load()
    >>> order = Order.read({"dose": "4.5 mg", "quantity": 30}, library, today=date(2026, 11, 22))
    >>> steps = {step.key: step for step in work_of(plan(order, library))}
    >>> steps["portion"].target.at(figure(480, MG))
    Figure(value=Fraction(432, 1), unit=Unit('mg'))
    """
    return tuple(_steps(plan, packs=not is_measured(plan) or (of_batch and plan.fill.rule is FillRule.PACKING)))


def work_of_batch(plan: Plan) -> tuple[BenchStep, ...]:
    """Return the work of a batch of the record, at whose bench all can be measured that its order brings along."""
    return work_of(plan, of_batch=True)


def is_measured(plan: Plan) -> bool:
    """Return True if the fill is measured or given: no weighing, ladder, band or mean then rests on an estimate."""
    return plan.fill.rule in (FillRule.PACKING, FillRule.GIVEN)


def is_triturated(plan: Plan) -> bool:
    """Return True if an aliquot of a trituration takes the place of the portion, whatever the tablets weigh."""
    return bool(plan.triturations) and (plan.powder.known or plan.powder.never_enough)


def is_crushed_in_diluent(plan: Plan) -> bool:
    """Return True if the tablets are crushed in the diluent of a trituration, so that no powder is weighed."""
    return is_triturated(plan) and plan.triturations[0].all_of_it


def _steps(plan: Plan, *, packs: bool) -> Iterator[BenchStep]:
    powder, tablets = plan.powder, plan.powder.tablets
    yield BenchStep(BenchCode.PROTECT, wants=Wants.TEXT)
    yield from bench.of_balance(powder)
    yield BenchStep(BenchCode.MORTAR)
    yield BenchStep(BenchCode.PLATE, wants=Wants.TEXT)
    shells = figure(powder.batch + SPARE_SHELLS, CAPSULE)
    yield BenchStep(BenchCode.SHELLS, target=shells, unit="shells", wants=Wants.COUNT)
    yield bench.read_source(plan.order.source.component)
    yield BenchStep(BenchCode.READ_DILUENT)
    yield from read_labels(plan.ingredients)
    if tablets is not None:
        yield bench.count_tablets(tablets)
        yield from bench.weigh_source(plan.order, powder, tablets)
        if powder.enough is not None:
            yield bench.look_at_mass(powder.enough, diluted=bool(plan.triturations))
    yield BenchStep(BenchCode.TEN_SHELLS, unit="mg", wants=Wants.MASS)
    if packs:
        yield BenchStep(BenchCode.PACKING_OF_DILUENT, unit="g", wants=Wants.MASS)
    yield from _crush(plan, packs=packs)
    yield from _triturate(plan)
    yield from _blend(plan)
    yield bench.of_capsules(BenchCode.DIVIDE, powder.batch)
    yield from _check(plan)
    yield BenchStep(BenchCode.CONTAINER, wants=Wants.TEXT)
    yield bench.of_capsules(BenchCode.LABEL, plan.order.quantity)
    if powder.batch > plan.order.quantity:
        yield bench.of_capsules(BenchCode.EXTRAS, powder.batch - plan.order.quantity)
    if is_crushed_in_diluent(plan) or (tablets is None and is_triturated(plan)):
        yield BenchStep(BenchCode.DESTROY_TRITURATION, target=None if tablets is None else tablets.drug_left_over)
    elif tablets is not None:
        yield bench.destroy_powder(tablets)
    yield BenchStep(BenchCode.WASH)
    yield BenchStep(BenchCode.DEVIATIONS, wants=Wants.TEXT)


def _crush(plan: Plan, *, packs: bool) -> Iterator[BenchStep]:
    """Yield the crushing of tablets, the weighing of the portion unless a trituration replaces it, and the diluent.

    Tablets that are crushed in the diluent of a trituration are crushed there.
    """
    powder = plan.powder
    if powder.tablets is not None and not is_crushed_in_diluent(plan):
        yield BenchStep(BenchCode.CRUSH)
        first = plan.triturations[0].weigh if is_triturated(plan) else None
        yield bench.weigh_back(powder, first)
    if not is_triturated(plan):
        if packs:
            what = "powder" if powder.tablets is None else ""
            yield BenchStep(BenchCode.PACKING_OF_POWDER, what=what, unit="g", wants=Wants.MASS)
        portion = bench.weigh_portion(powder)
        yield portion
        yield from bench.weigh_boat(BenchCode.PORTION_BOAT, portion.target)
    yield from weigh(plan.ingredients)
    if needs_no_diluent(plan):
        yield BenchStep(BenchCode.NO_DILUENT, what="ingredients" if plan.ingredients else "")
    else:
        target = _diluent(plan)
        what = "" if isinstance(target, Figure) else "open"
        if powder.never_enough and not plan.triturations:
            what = "by the program"
        yield BenchStep(BenchCode.DILUENT, what=what, target=target, unit="g", wants=Wants.MASS)


def needs_no_diluent(plan: Plan) -> bool:
    """Return True if the powder alone fills the capsules, to within half a step of the balance."""
    return is_measured(plan) and plan.fill.diluent is not None and not plan.fill.diluent.shown.numerator


def _diluent(plan: Plan) -> Amount:
    """Return the diluent: exact, or linear in the mass of tablets not weighed yet; None while it is neither."""
    fill, portion = plan.fill, bench.portion_of(plan.powder)
    if is_measured(plan) and fill.diluent is not None:
        return fill.diluent.exact
    if not isinstance(portion, OfTablets) or is_triturated(plan):
        return None
    if fill.rule is FillRule.GIVEN and fill.fill_mass is not None:
        return OfTablets(_less_ingredients(plan, _for_batch(plan, fill.fill_mass)), -portion.times)
    if fill.rule is FillRule.PACKING and fill.packing_of_diluent is not None and fill.packing_of_powder is not None:
        ratio = fill.packing_of_diluent.value / fill.packing_of_powder.to(fill.packing_of_diluent.unit).value
        held = fill.packing_of_diluent
        if fill.beside is not None:
            held = diluent_by_packing(fill.beside.room, held)
        return OfTablets(_for_batch(plan, held), -portion.times * ratio)
    return None


def _less_ingredients(plan: Plan, blend: Figure) -> Figure:
    """Return what is left of the blend of a batch beside its ingredients, which are weighed before."""
    return (
        blend if plan.fill.beside is None else Figure(blend.value - _for_batch(plan, plan.fill.beside.each).value, MG)
    )


def _for_batch(plan: Plan, each: Figure) -> Figure:
    """Return the mass for the whole batch from the mass in each capsule."""
    return Figure(each.value * plan.powder.batch, MG)


def _triturate(plan: Plan) -> Iterator[BenchStep]:
    """Yield the weighing, adding, mixing, sieving and taking of each step; nothing if no trituration is needed.

    Before the tablets are weighed it begins with the masses for which it is done: of those the first diluent follows.
    """
    several = len(plan.triturations) > 1
    for number, trituration in enumerate(plan.triturations, start=1):
        step = number if several else 0
        if number == 1:
            yield from _begin(plan, trituration, step)
        else:
            yield _add_diluent(trituration, step)
        yield BenchStep(BenchCode.TRITURATION_MIX, wants=Wants.TEXT, step=step)
        yield BenchStep(BenchCode.TRITURATION_SIEVE, step=step)
        last = "capsules" if is_triturated(plan) else "portion"
        what = last if number == len(plan.triturations) else "next step"
        take = trituration.take.exact
        yield BenchStep(BenchCode.ALIQUOT, what=what, target=take, unit="g", wants=Wants.MASS, step=step)
        yield from bench.weigh_boat(BenchCode.ALIQUOT_BOAT, take, step)


def _begin(plan: Plan, trituration: Trituration, step: int) -> Iterator[BenchStep]:
    """Yield the first quantity and its diluent: powder that is weighed, or whole tablets crushed in the diluent."""
    if not trituration.all_of_it:
        mass = trituration.weigh
        yield BenchStep(BenchCode.TRITURATION_POWDER, target=mass, unit="g", wants=Wants.MASS, step=step)
        yield from bench.weigh_boat(BenchCode.TRITURATION_BOAT, mass, step)
        yield _add_diluent(trituration, step)
        return
    tablets = plan.powder.tablets
    if not plan.powder.known:
        enough, readability = plan.powder.enough, plan.order.balance.readability
        low = up_to_step(least_made_up(trituration.total, limits.TRITURATION_RATIO.value), readability)
        what, high = ("all", None) if is_triturated(plan) else ("", None if enough is None else enough.least)
        yield BenchStep(BenchCode.ONLY_IF_LIGHT, what=what, low=low, high=high)
    yield BenchStep(BenchCode.ALL_OF_THE_POWDER, target=trituration.weigh, step=step)
    yield _add_diluent(trituration, step, "whole tablets")
    yield BenchStep(BenchCode.RUB_DILUENT, target=limits.RUBBED_FIRST.value.to(MG), step=step)
    number = None if tablets is None else figure(tablets.number, TABLET)
    yield BenchStep(BenchCode.CRUSH_IN_DILUENT, target=number, step=step)


def _add_diluent(trituration: Trituration, step: int, what: str = "") -> BenchStep:
    target: Amount = OfTablets(trituration.total, figure(-1, MG).value)
    if trituration.diluent is not None:
        target = trituration.diluent.exact
    code = BenchCode.TRITURATION_DILUENT
    return BenchStep(code, what=what, target=target, unit="g", wants=Wants.MASS, step=step)


def _blend(plan: Plan) -> Iterator[BenchStep]:
    """Yield the blending by geometric dilution, and its end point; the end point alone if there is no diluent."""
    bare = needs_no_diluent(plan)
    yield from mix_into_diluent(plan.ingredients, diluent=not bare)
    if not bare:
        what = "aliquot" if is_triturated(plan) else "portion"
        first = plan.triturations[-1].take if is_triturated(plan) else plan.powder.portion
        begin, shown = first if plan.ladder and first is not None else (None, None)
        yield BenchStep(BenchCode.BEGIN_BLEND, what=what, target=begin, shown=shown)
        for number, rung in enumerate(plan.ladder, start=1):
            rest = "rest" if number == len(plan.ladder) else ""
            yield BenchStep(BenchCode.RUNG, what=rest, target=rung.add, step=number)
        if not plan.ladder:
            yield BenchStep(BenchCode.RUNGS_OPEN, wants=Wants.TEXT)
    yield BenchStep(BenchCode.END_POINT, wants=Wants.TEXT)


def _check(plan: Plan) -> Iterator[BenchStep]:
    """Yield the weighing of ten capsules, or of all, against their band; their mean fill, count and description."""
    sample = sample_of(plan.powder.batch)
    low, high = plan.gross_band if plan.gross_band is not None else (None, None)
    yield BenchStep(
        BenchCode.TEN_CAPSULES,
        what=sample,
        low=None if low is None else low.shown,
        high=None if high is None else high.shown,
        unit="mg",
        wants=Wants.MASS,
    )
    fill = plan.fill.fill_mass if is_measured(plan) else None
    yield BenchStep(
        BenchCode.MEAN_FILL,
        what=sample,
        target=None if fill is None else of_one_capsule(fill),
        low=None if fill is None else of_one_capsule(limit_of_fill(limits.MEAN_FILL_LOW.value, fill)),
        high=None if fill is None else of_one_capsule(limit_of_fill(limits.MEAN_FILL_HIGH.value, fill)),
        unit="mg",
        wants=Wants.MASS,
    )
    batch = plan.powder.batch
    made = figure(batch, CAPSULE)
    least = figure(counts_of(batch).good, CAPSULE)
    yield BenchStep(BenchCode.YIELD, target=made, low=least, high=made, unit="capsules", wants=Wants.COUNT)
    yield BenchStep(BenchCode.DESCRIBE, wants=Wants.TEXT)
