"""`plan_liquid(order, library)`: everything needed to make a liquid, or every stop that stands.

Pure, like the plan of capsules; drug, source, powder, balance, dates and override reasons are checked by the same
functions.
"""

from __future__ import annotations

from collections.abc import Callable

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.notation import counted, significant
from calc.arithmetic.units import DAY, MG, ML, PER_DAY, RATIO, TABLET, Figure, figure
from calc.drug import Drug, Study
from calc.faults import NoticeCode, StopCode
from calc.library import Library
from calc.liquid import measuring
from calc.liquid.order import LiquidOrder
from calc.liquid.ordered import field_of_strength, in_one_ml, strength_of, with_dose
from calc.liquid.plan import Bottle, LiquidPlan, StrengthBack, SyringeUsed, WholeTabletVolume
from calc.liquid.solids import solids, with_ingredients
from calc.liquid.source import source_of
from calc.liquid.vehicle import vehicle_used
from calc.planning import slips, stops
from calc.planning.basis import as_ordered, in_basis
from calc.planning.beyond_use import Expiry, dated, notices_of
from calc.planning.codes import Rounding, StepCode
from calc.planning.formulations import formulation_used, pellets_named
from calc.planning.ingredients import avoid, dates_of, ingredients_used, weighings_of
from calc.planning.parts import BeyondUse, DrugSource, Weighing, weighing_of_portion, weighings_of_tablets
from calc.planning.stops import dose_beside_strength
from calc.planning.work import CheckFailed, Work, per_tablet
from calc.rules import bulk
from calc.rules import liquids as rules
from calc.rules.tablets import deviation as deviation_of
from calc.rules.tablets import tablets_exact


def plan_liquid(order: LiquidOrder, library: Library) -> LiquidPlan:
    """Return everything needed to make `order`: tablets or powder, portion, dose on a syringe, bottle, dates.

    Raises `Refused` if a stop stands or an override reason matches none, and `CheckFailed`, an internal error, if the
    strength computed back from the printed figures is not the strength ordered.

    >>> from calc.library import load
    >>> library = load()
    >>> tree = {"preparation": "liquid", "dose": "4.5 mg", "strength": "1 mg", "volume": "100 mL"}
    >>> tree |= {"vehicle": {"name": "suspending vehicle", "preserved": "yes"}, "prepared_on": "2026-11-25"}
    >>> plan = plan_liquid(LiquidOrder.read(tree, library), library)
    >>> plan.source.tablets.number, plan.dose_volume, plan.doses
    (2, Figure(value=Fraction(9, 2), unit=Unit('mL')), 22)
    """
    work = Work(order.balance.readability.to(MG))
    drug = library.drug_of(order.drug)
    strength, labeled = strength_of(order, drug, work)
    order, volume = with_dose(order, strength, work), order.volume.to(ML)
    _screen(order, drug, library, labeled, work)
    dose_beside_strength(order, drug, work)
    _thickness(order, strength, labeled, work)
    needed = work.run(StepCode.DRUG_NEEDED, rules.drug_in_volume, labeled, volume)
    source, whole_tablets = source_of(order, needed, work)
    tablets = source.tablets
    slips.many_tablets(tablets, work)
    slips.dose_of_bulk(order, needed, work)
    solids(order, source, strength, work)
    dose_volume = work.run(StepCode.DOSE_VOLUME, rules.volume_with_drug, order.dose.to(MG), strength)
    doses, days = _doses_and_days(order, volume, dose_volume, work)
    volumes = _whole_tablet_volumes(order, source, labeled, dose_volume)
    _weighable(order, source, volumes, labeled, work)
    syringe = measuring.syringe_for(dose_volume, order, strength)
    _measurable(order, volume, dose_volume, syringe, work)
    bottle = measuring.bottle_for(volume)
    count = figure(bottle.count, RATIO)
    per_container = work.run(StepCode.STRENGTH_PER_CONTAINER, rules.drug_per_container, strength, volume, count)
    vehicle = vehicle_used(order, library, work)
    avoid(order.ingredients, drug, work)
    ingredients = ingredients_used(order.ingredients, volume, source.least, work)
    with_ingredients(order, source, ingredients, work)
    beyond_use = _beyond_use(order, drug, strength, library)
    _lasting(order, days, bottle, beyond_use, work)
    acknowledged = stops.acknowledge(order, work)
    return LiquidPlan(
        order=order,
        drug=drug,
        strength=strength,
        strength_as_labeled=labeled,
        source=source,
        whole_tablets=whole_tablets,
        whole_tablet_volumes=volumes,
        nearly_whole=None if tablets is None else measuring.nearly_whole(order, drug, tablets, labeled),
        strength_per_container=per_container,
        vehicle=vehicle,
        ingredients=ingredients,
        dose_volume=dose_volume,
        syringe=syringe,
        other_strengths=() if syringe.on_a_mark else tuple(measuring.other_strengths(order, strength)),
        doses=doses,
        days=days,
        bottle=bottle,
        weighings=(*(() if whole_tablets else _weighings(order, source)), *weighings_of(ingredients, source.least)),
        reverse_check=_reverse_check(order, drug, source, volume, labeled, whole_tablets, work),
        beyond_use=beyond_use,
        formulation=formulation_used(order, library, work, form="liquid", strength=labeled),
        steps=tuple(work.steps),
        notices=tuple(work.notices),
        acknowledged=acknowledged,
    )


def _screen(order: LiquidOrder, drug: Drug | None, library: Library, labeled: Figure, work: Work) -> None:
    """Record every stop and notice that needs no weighing and no measuring."""
    named = pellets_named(order, library, form="liquid", strength=labeled)
    stops.drug_and_dose(order, drug, library, work, at_one_time=True, pellets_named=named)
    stops.tablets_per_dose(order, drug, work)
    stops.expiries(order, order.other_expiries, work)
    stops.answers(order, drug, work)


def _expiries(order: LiquidOrder) -> tuple[Expiry, ...]:
    """Return the expiries of the vehicle, or of its parts, and of the ingredients, which bound the date."""
    of_ingredients = dates_of(order)
    of_others = order.other_expiries
    of_vehicle = of_others[: len(of_others) - len(of_ingredients)]
    return (*(("vehicle", expiry) for _, expiry in of_vehicle), *of_ingredients)


def _thickness(order: LiquidOrder, strength: Figure, labeled: Figure, work: Work) -> None:
    """Stop a strength that takes so much tablet powder in 1 mL that it was probably typed per bottle."""
    if order.source.strength is None:
        return
    tablet = order.source.strength
    in_one = tablets_exact(rules.drug_in_volume(labeled, figure(1, ML)), per_tablet(tablet))
    if in_one > limits.THICK_LIQUID.value:
        work.stop(
            StopCode.THICK_LIQUID,
            field_of_strength(order),
            counted(in_one.value, 4),
            strength=in_one_ml(order, strength),
            tablet=tablet,
            in_all=rules.drug_in_volume(strength, order.volume.to(ML)),
            volume=order.volume.to(ML),
            most=limits.THICK_LIQUID.value,
        )


def _class_of(order: LiquidOrder) -> str:
    """Return the liquid's class of beyond-use dates; a preservative counts only with water."""
    return limits.LIQUID_CLASSES[order.vehicle.aqueous, order.vehicle.preserved]


def _beyond_use(order: LiquidOrder, drug: Drug | None, strength: Figure, library: Library) -> BeyondUse:
    """Return the beyond-use date of a liquid; of the drug's file the studies of its class and strength count."""
    kind, studies_at = _class_of(order), _studies(order, drug, strength)
    rule, aqueous = library.beyond_use[kind], order.vehicle.aqueous == "yes"
    return dated(order, rule, _expiries(order), studies_at, order.vehicle.storage, aqueous=aqueous)


def _doses_and_days(order: LiquidOrder, volume: Figure, dose_volume: Figure, work: Work) -> tuple[int, int]:
    """Return the whole doses and the whole days that they last, with their steps."""
    _, doses = work.run_rounded(StepCode.DOSES, Rounding.DOWN_TO_WHOLE, rules.doses_in_volume, volume, dose_volume)
    often = figure(order.doses_per_day, PER_DAY)
    _, days = work.run_rounded(StepCode.DAYS_OF_DOSES, Rounding.DOWN_TO_WHOLE, rules.days_of_doses, doses, often)
    return doses.numerator, days.numerator


def _whole_tablet_volumes(
    order: LiquidOrder, source: DrugSource, labeled: Figure, dose_volume: Figure
) -> tuple[WholeTabletVolume, ...]:
    tablets = source.tablets
    if tablets is None:
        return ()
    return tuple(measuring.whole_tablet_volumes(order, tablets.strength, labeled, tablets.exact, dose_volume))


def _weighable(
    order: LiquidOrder, source: DrugSource, volumes: tuple[WholeTabletVolume, ...], labeled: Figure, work: Work
) -> None:
    """Stop a portion that cannot be weighed, and name an alternative."""
    portion, effect = source.portion, source.rounding_effect
    if portion is None or effect is None:
        return
    too_little, too_coarse = portion.exact < source.least, rounding.size_of(effect) > limits.ROUNDING_EFFECT.value
    if not (too_little or too_coarse):
        return
    facts: dict[str, object] = {"most_volume": limits.LIQUID_RANGES["volume"].high.to(ML)}
    if source.tablets is not None:
        facts["volumes"] = tuple((figure(each.tablets, TABLET), each.volume) for each in volumes)
    else:
        of_powder = source.strength  # always known for bulk powder
        facts["next_volume"] = of_powder and _next_volume(order, of_powder, source.least, labeled, work)
    if too_little:
        value = f"{significant(portion.exact.value, 4)} mg"
        named = {"what": "portion", "mass": portion.exact, "least": source.least, **facts}
        work.stop(StopCode.BELOW_LEAST_WEIGHABLE, "strength", value, **named)
    if too_coarse:
        value = f"{significant(effect.value * 100, 3)} %"
        named = {"exact": portion.exact, "shown": portion.shown, "effect": effect, **facts}
        work.stop(StopCode.ROUNDING_ABOVE_LIMIT, "strength", value, most=limits.ROUNDING_EFFECT.value, **named)


def _next_volume(order: LiquidOrder, of_powder: Figure, least: Figure, labeled: Figure, work: Work) -> Figure | None:
    """Return the least whole number of mL above the volume ordered that bulk powder can make on this balance."""
    most = int(limits.LIQUID_RANGES["volume"].high.to(ML).value)
    for number in range(rounding.down_to_whole(order.volume.to(ML)) + 1, most + 1):
        needed = rules.drug_in_volume(labeled, figure(number, ML))
        exact = bulk.powder_by_assay(needed, of_powder)
        effect = deviation_of(rounding.to_step(exact, work.readability), exact)
        if exact >= least and rounding.size_of(effect) <= limits.ROUNDING_EFFECT.value:
            return figure(number, ML)
    return None


def _measurable(order: LiquidOrder, volume: Figure, dose_volume: Figure, syringe: SyringeUsed, work: Work) -> None:
    """Check that a dose can be measured; give notice of how near the next marks are."""
    value = f"{significant(dose_volume.value, 4)} mL"
    facts = {"dose": order.dose, "dose_volume": dose_volume, "capacity": syringe.capacity}
    if volume < dose_volume:
        work.stop(StopCode.LESS_THAN_ONE_DOSE, "volume", value, volume=volume, **facts)
    if dose_volume < syringe.graduation:
        work.stop(StopCode.DOSE_BELOW_MARK, "dose", value, graduation=syringe.graduation, **facts)
    low, high = limits.DOSE_VOLUME_LOW.value, limits.DOSE_VOLUME_HIGH.value
    if not low <= dose_volume <= high:
        work.notice(NoticeCode.DOSE_VOLUME_UNUSUAL, low=low, high=high, **facts)
    if syringe.fillings > 1:
        work.notice(NoticeCode.SEVERAL_SYRINGES, fillings=syringe.fillings, **facts)
    below, above = syringe.mark_below, syringe.mark_above
    if below is not None and above is not None:
        marks = {"below": below.volume, "above": above.volume, "graduation": syringe.graduation}
        changes = {"less": rounding.size_of(below.deviation), "more": above.deviation}
        work.notice(NoticeCode.OFF_A_MARK, **marks, **changes, **facts)


def _studies(order: LiquidOrder, drug: Drug | None, strength: Figure) -> Callable[[str], tuple[Study, ...]]:
    """Return what gives the studies of the drug's file at one place, for liquids of the same class and strength."""
    if drug is None:
        return lambda _: ()
    stated = order.dose_basis or drug.default_basis
    usual = in_basis(strength, drug, stated, drug.default_basis, rules.strength_in_form)
    kind, known = _class_of(order), drug.studies
    return lambda place: tuple(study for study in known if study.applies_to(kind, usual, place))


def _lasting(order: LiquidOrder, days: int, bottle: Bottle, beyond_use: BeyondUse, work: Work) -> None:
    """Give notice if the doses last for an unusual time, or longer than the liquid may be used."""
    duration = figure(days, DAY)
    low, high = limits.DAYS_OF_DOSES_LOW.value, limits.DAYS_OF_DOSES_HIGH.value
    if not low <= duration <= high:
        work.notice(NoticeCode.DAYS_UNUSUAL, days=duration, low=low, high=high)
    notices_of(beyond_use.chosen, work)
    last = beyond_use.date
    if last is not None and duration > (usable := rules.days_usable(order.prepared_on, last)):
        work.notice(NoticeCode.OUTLASTS_USE, days=duration, usable=usable, date=last)
    if bottle.count > 1:
        work.notice(NoticeCode.SEVERAL_BOTTLES, bottles=bottle.count, capacity=bottle.capacity)


def _weighings(order: LiquidOrder, source: DrugSource) -> tuple[Weighing, ...]:
    """Return the weighings in the order of work, each with the balance's verdict."""
    portion = weighing_of_portion(source.portion, source.least)
    if source.tablets is None:
        return (portion,)
    return (*weighings_of_tablets(order, source.tablets.total_mass, source.least), portion)


def _reverse_check(
    order: LiquidOrder,
    drug: Drug | None,
    source: DrugSource,
    volume: Figure,
    labeled: Figure,
    whole_tablets: bool,
    work: Work,
) -> StrengthBack | None:
    """Return the strength computed back from printed figures. Raises `CheckFailed` if rounding does not explain it."""
    strength = _computed_back(source, volume, whole_tablets, work)
    if strength is None:
        return None
    deviation = work.run(StepCode.STRENGTH_DEVIATION, rules.strength_deviation, strength, labeled)
    masses = () if source.portion is None else (source.portion.shown,)
    most = rounding.combined(*((work.readability, mass) for mass in masses))
    if rounding.size_of(deviation) > most:
        raise CheckFailed("the strength computed back differs by more than the printed roundings")
    return StrengthBack(as_ordered(order, drug, strength, rules.strength_in_form), deviation)


def _computed_back(source: DrugSource, volume: Figure, whole_tablets: bool, work: Work) -> Figure | None:
    """Return the strength in the form of the label, from printed figures; None before the tablets are weighed."""
    code, tablets = StepCode.STRENGTH_COMPUTED_BACK, source.tablets
    if whole_tablets and tablets is not None:
        return work.run(code, rules.strength_of_whole_tablets, figure(tablets.number, TABLET), tablets.strength, volume)
    if source.portion is None or source.strength is None:
        return None
    portion = source.portion.shown
    total = None if tablets is None else tablets.total_mass
    if tablets is None or tablets.weighed is None or total is None:  # tablets of which a portion is taken are weighed
        return work.run(code, rules.strength_of_bulk_portion, source.strength, portion, volume)
    return work.run(
        code, rules.strength_of_portion, tablets.strength, figure(tablets.weighed, TABLET), total, portion, volume
    )
