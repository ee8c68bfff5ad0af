"""The dose of a capsule computed back from what was weighed at the bench, from the first boat on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calc.arithmetic.rounding import total
from calc.arithmetic.units import CAPSULE, MG, MG_PER_CAPSULE, TABLET, Figure, figure
from calc.capsule.plan import Plan
from calc.capsule.planning.bench import is_triturated
from calc.planning.basis import as_ordered
from calc.planning.bench import BenchCode, BenchStep
from calc.planning.bench_entries import AtBench
from calc.planning.bench_judged import Back
from calc.planning.bench_used import Used
from calc.rules import checks
from calc.rules.bench import dose_in_each
from calc.rules.tablets import dose_as_labelled
from calc.rules.triturations import strength_after, strength_of_powder


def doses_back(plan: Plan, steps: Sequence[BenchStep], at_bench: AtBench) -> Iterator[Back]:
    """Yield the dose by the masses weighed, and by the mean fill once that is known; nothing before the first boat.

    Masses that nobody typed yet are taken as planned.
    """
    used = Used(steps, at_bench)
    blend = _drug_and_powder(plan, used)
    shared, fill = used.entry(BenchCode.DIVIDE), used.entry(BenchCode.MEAN_FILL)
    if blend is None or not used.typed:
        return
    strength, powder = blend
    is_open = used.open
    capsules = figure(plan.powder.batch, CAPSULE) if shared is None else shared
    yield _back(plan, dose_in_each(strength, powder, capsules), by_fill=False, is_open=is_open)
    diluent = used.mass(BenchCode.DILUENT) if BenchCode.DILUENT in used.steps else figure(0, MG)
    others = [used.mass(step.code, step.step) for step in steps if step.code is BenchCode.INGREDIENT]
    if fill is not None and diluent is not None:
        mixed_in = total((diluent, *(mass for mass in others if mass is not None)), MG)
        dose = checks.dose_from_powder(strength, powder, mixed_in, fill.read_as(MG_PER_CAPSULE))
        yield _back(plan, dose, by_fill=True, is_open=used.open)


def _back(plan: Plan, dose: Figure, *, by_fill: bool, is_open: bool) -> Back:
    deviation = checks.dose_deviation(dose, plan.powder.dose_as_labeled)
    return Back(as_ordered(plan.order, plan.drug, dose, dose_as_labelled), deviation, by_fill, is_open)


def _drug_and_powder(plan: Plan, used: Used) -> tuple[Figure, Figure] | None:
    """Return the drug in one part of the portion or aliquot, and its mass; None while either is not known."""
    tablets = plan.powder.tablets
    strength, crushed = plan.powder.strength, None
    if tablets is not None:
        of_tablets = used.tablets(tablets)
        if of_tablets is None:
            return None
        strength, crushed = of_tablets
    if strength is None:
        return None
    if is_triturated(plan):
        return _through_triturations(plan, used, strength, crushed)
    if plan.powder.all_used:
        recovered = used.entry(BenchCode.RECOVERED)
        powder = crushed if recovered is None else recovered
    else:
        powder = used.mass(BenchCode.PORTION, boat=BenchCode.PORTION_BOAT)
    return None if powder is None else (strength, powder)


def _through_triturations(
    plan: Plan, used: Used, strength: Figure, crushed: Figure | None
) -> tuple[Figure, Figure] | None:
    """Return the drug in one part of the last trituration, and the aliquot taken of it."""
    several, taken = len(plan.triturations) > 1, None
    for number, trituration in enumerate(plan.triturations, start=1):
        step = number if several else 0
        diluent = used.mass(BenchCode.TRITURATION_DILUENT, step)
        if trituration.all_of_it:
            powder = crushed
        elif number == 1:
            powder = used.mass(BenchCode.TRITURATION_POWDER, step, BenchCode.TRITURATION_BOAT)
        else:
            powder = taken
        if powder is None or diluent is None:
            return None
        made = total((powder, diluent), MG)
        if trituration.all_of_it and plan.powder.tablets is not None:
            number_crushed = figure(plan.powder.tablets.number, TABLET)
            strength = strength_of_powder(number_crushed, plan.powder.tablets.strength, made)
        else:
            strength = strength_after(strength, powder, made)
        taken = used.mass(BenchCode.ALIQUOT, step, BenchCode.ALIQUOT_BOAT)
    return None if taken is None else (strength, taken)
