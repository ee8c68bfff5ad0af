"""`titrate(titration, library)`: a schedule as capsules in two ways, each batch planned as an order of its own.

Pure, like `plan`. Override reasons that match no batch refuse the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from calc import limits
from calc.arithmetic.units import CAPSULE, DAY, MG, MG_PER_CAPSULE, PER_DAY, RATIO, Figure, figure
from calc.faults import Notice, NoticeCode
from calc.library import Library
from calc.planning.basis import unit_of_drug
from calc.rules import titration as rules
from calc.titration.acknowledging import given_for, matched
from calc.titration.batches import Worked, as_strength
from calc.titration.common_powder import from_common_powder
from calc.titration.plan import Batch, DatedStep, Recommended, Taking, TitrationPlan, Way, WayCode, WhyCode
from calc.titration.schedule import Step, Titration
from calc.titration.together import Chosen, strengths_together

#: The ways of which every dose is taken from one batch.
ALONE = frozenset({WayCode.ONE_STRENGTH, WayCode.EACH_STRENGTH})


def titrate(titration: Titration, library: Library) -> TitrationPlan:
    """Return the ways to make the doses of a schedule: of one strength, of each, and of two and three together.

    Raises `Refused` if an override reason matches no batch.

    >>> from calc.library import load
    >>> library = load()
    >>> tree = {"schedule": [{"dose": "1.5 mg", "days": 14}, {"dose": "4.5 mg", "days": 30}], "start": "2026-11-23"}
    >>> titration = Titration.read({**tree, "order": {"prepared_on": "2026-11-23"}}, library)
    >>> [(way.capsules, way.tablets) for way in titrate(titration, library).ways]
    [(104, 4), (44, 4)]
    """
    steps = dated(titration.schedule, titration.doses_per_day, titration.start)
    takings = _takings(titration, steps)
    drafts = {code: _drafts(titration, taken) for code, taken in takings.items()}
    worked = Worked(steps, takings, drafts, library)
    given = titration.order.acknowledgements
    if titration.common_powder is not None:
        alone = worked.judged(given_for(given, worked.raised))
        drafts = {code: from_common_powder(titration, each, alone[code]) for code, each in drafts.items()}
        worked = Worked(steps, takings, drafts, library)
    batches = worked.judged(matched(given, worked.raised))
    every_way = tuple(Way(code, batches[code], taken) for code, taken in takings.items())
    ways, together = every_way[:2], every_way[2:]
    return TitrationPlan(titration, steps, ways, together, recommended(every_way), (*turn(steps), *notices_of(ways)))


def _takings(titration: Titration, steps: tuple[DatedStep, ...]) -> dict[WayCode, tuple[Taking, ...]]:
    """Return what each way takes: of one strength, of each, and of two and three where there are such sets."""
    common = rules.largest_common_strength(step.dose for step in steps)
    takings = {
        WayCode.ONE_STRENGTH: tuple(_taking(step, common) for step in steps),
        WayCode.EACH_STRENGTH: tuple(_taking(step, as_strength(step.dose)) for step in steps),
    }
    taken: dict[int, int] = {}
    for taking in takings[WayCode.ONE_STRENGTH]:
        taken[taking.at_one_time] = taken.get(taking.at_one_time, 0) + taking.step.doses
    tablet = titration.order.source.strength
    whole = None if tablet is None else tablet.to(MG).value / common.value
    for code, number in ((WayCode.TWO_STRENGTHS, 2), (WayCode.THREE_STRENGTHS, 3)):
        chosen = strengths_together(taken, number, whole)
        if chosen is not None:
            takings[code] = tuple(_taken_together(takings[WayCode.ONE_STRENGTH], chosen, common))
    return takings


def _taken_together(of_one: tuple[Taking, ...], chosen: Chosen, common: Figure) -> Iterator[Taking]:
    """Yield the capsules of each strength of a set, step by step; `of_one` has the doses in the common strength."""
    for taking in of_one:
        for strength, count in zip(chosen.strengths, chosen.doses[taking.at_one_time], strict=True):
            if count:
                capsules = rules.capsules_of_step(figure(count, CAPSULE), figure(taking.step.doses, RATIO))
                strength_of_one = Figure(strength * common.value, MG_PER_CAPSULE)
                yield Taking(taking.step, strength_of_one, count, int(capsules.value))


def recommended(ways: tuple[Way, ...]) -> Recommended | None:
    """Return the way with the fewest batches and capsules at one time, counted together; None if all are stopped.

    Of equal ones it is the way with the fewest batches.
    """
    whole = [way for way in ways if way.plans]
    if not whole:
        return None
    best = min(whole, key=lambda way: (len(way.batches) + way.most_at_one_time, len(way.batches)))
    return Recommended(best, WhyCode.FEWEST if len(whole) > 1 else WhyCode.ONLY_WAY)


def dated(schedule: tuple[Step, ...], doses_per_day: int, start: date) -> tuple[DatedStep, ...]:
    """Return the steps with their dates, one after another from the first day on, and their doses in one unit."""
    steps = []
    unit = unit_of_drug(*(step.dose for step in schedule))
    first = start
    for step in schedule:
        doses = rules.doses_of_step(figure(step.days, DAY), figure(doses_per_day, PER_DAY))
        last = rules.last_day_of_step(first, step.days)
        drug = rules.drug_of_step(step.dose.to(MG), doses)
        steps.append(DatedStep(step.dose.to(unit), step.days, first, last, int(doses.value), drug))
        first = last + timedelta(days=1)
    return tuple(steps)


def _taking(step: DatedStep, strength: Figure) -> Taking:
    """Return the capsules of a strength that a step takes; the strength divides the step's dose exactly."""
    each = rules.capsules_for_dose(step.dose, strength)
    capsules = rules.capsules_of_step(each, figure(step.doses, RATIO))
    return Taking(step, strength, int(each.value), int(capsules.value))


def _drafts(titration: Titration, takings: tuple[Taking, ...]) -> tuple[Batch, ...]:
    """Return one unplanned batch for each strength, in the order of first need; a dose that returns is in one batch."""
    drafts = []
    unit = unit_of_drug(*(taking.step.dose for taking in takings))
    for strength in dict.fromkeys(taking.strength for taking in takings):
        needed = [taking for taking in takings if taking.strength == strength]
        quantity = sum(taking.capsules for taking in needed)
        order = titration.order.model_copy(
            update={"dose": _held(strength).to(unit), "quantity": quantity, "acknowledgements": ()}
        )
        first, last = needed[0].step.first, needed[-1].step.last
        drafts.append(Batch(strength, quantity, first, last, order, plan=None, stops=(), acknowledged=()))
    return tuple(drafts)


def turn(steps: tuple[DatedStep, ...]) -> Iterator[Notice]:
    """Yield a notice at the first step where rising doses fall or falling ones rise: two may have been swapped."""
    rising = None
    for number, (before, step) in enumerate(pairwise(steps), start=2):
        if step.dose == before.dose:
            continue
        if rising is not None and rising is not (step.dose > before.dose):
            yield Notice(NoticeCode.DOSES_TURN, {"dose": step.dose, "before": before.dose, "step": number})
            return
        rising = step.dose > before.dose


def notices_of(ways: tuple[Way, ...]) -> Iterator[Notice]:
    """Yield notices of doses of many capsules, and of capsules needed after their beyond-use date."""
    for way in ways:
        most = max(way.takings, key=lambda taking: taking.at_one_time)
        capsules = figure(most.at_one_time, CAPSULE)
        if way.code in ALONE and capsules > limits.CAPSULES_AT_ONE_TIME.value:
            facts = {
                "way": way.code,
                "dose": most.step.dose,
                "capsules": capsules,
                "strength": _held(most.strength).to(way.unit),
            }
            yield Notice(NoticeCode.MANY_CAPSULES_AT_ONE_TIME, {**facts, "most": limits.CAPSULES_AT_ONE_TIME.value})
        for batch in way.batches:
            if batch.late:
                facts = {"way": way.code, "strength": _held(batch.strength).to(way.unit), "last": batch.last}
                dates = {"prepared_on": batch.order.prepared_on, "date": batch.usable_until}
                yield Notice(NoticeCode.NEEDED_AFTER_BEYOND_USE, {**facts, **dates})


def _held(strength: Figure) -> Figure:
    """Return the drug that one capsule of a strength holds, as a mass in mg."""
    return Figure(strength.value, MG)
