"""The trituration at the bench: weigh, add, mix, take, step by step; or in formulas before the tablets are weighed."""

from __future__ import annotations

from collections.abc import Iterator

from calc import limits
from calc.answers.parts import Writer, step_shown
from calc.capsule.contract import PlanShown, TriturationShown
from calc.capsule.plan import Plan
from calc.planning.codes import FillRule, StepCode
from calc.rules.triturations import least_made_up, least_powder
from calc.sheet.lines import Action
from calc.sheet.names import count_said, grams_said, text_or
from calc.wording import bench
from calc.wording.figures import said


def dilution(plan: Plan, shown: PlanShown) -> Iterator[Action]:
    """The actions of the stage; none where no trituration is needed."""
    if not plan.powder.known:
        yield from _before_weighing(plan, shown)
        return
    workings = _workings(plan)
    steps = shown["triturations"]
    for index, step in enumerate(steps, start=1):
        number = bench.TRITURATION_STEP.format(index=index, steps=len(steps)) if len(steps) > 1 else ""
        yield from _weigh(index, step, number)
        yield Action(
            bench.TRITURATION_ADD.format(step=number, diluent=plan.order.diluent.name),
            text_or(step["diluent"], ""),
            bench.TRITURATION_TOTAL.format(total=step["total"]["text"]),
            working=workings[StepCode.TRITURATION_DILUENT][index - 1],
            unit=bench.G,
        )
        yield _mix(step, number)
        last = index == len(steps)
        yield Action(
            (bench.ALIQUOT_LAST if last else bench.ALIQUOT).format(step=number),
            step["take"]["text"],
            working=workings[StepCode.ALIQUOT][0] if last else "",
            note=bench.ALIQUOT_NOTE,
            unit=bench.G,
        )


def _workings(plan: Plan) -> dict[StepCode, list[str]]:
    """How each figure of the trituration was found, step by step."""
    write = Writer(plan.order.balance.readability)
    found: dict[StepCode, list[str]] = {StepCode.TRITURATION_DILUENT: [], StepCode.ALIQUOT: []}
    for step in plan.steps:
        if step.code in found:
            line = step_shown(step, write)
            found[step.code].append(f"{line['substituted']} = {line['result']}")
    return found


def _weigh(index: int, step: TriturationShown, number: str) -> Iterator[Action]:
    mass = text_or(step["weigh"], "")
    if step["all_of_it"]:
        yield Action(
            bench.ALL_OF_IT.format(step=number), bench.ALL_OF_IT_TARGET.format(mass=mass), note=bench.ALL_OF_IT_NOTE
        )
    elif index == 1:
        yield Action(bench.TRITURATION_WEIGH.format(step=number), mass, unit=bench.G)


def _mix(step: TriturationShown, number: str) -> Action:
    band = bench.TRITURATION_STRENGTH.format(strength=step["strength_after"]["text"])
    return Action(bench.TRITURATION_MIX.format(step=number), band=band, note=bench.END_POINT_NOTE, name=" ")


def _before_weighing(plan: Plan, shown: PlanShown) -> Iterator[Action]:
    """One step in formulas, for tablets that turn out too light."""
    of = plan.powder.tablets
    for made, step in zip(plan.triturations, shown["triturations"], strict=True):
        high = "" if of is None else said(least_powder(plan.powder.least, of.share))
        low, total = said(least_made_up(made.total, limits.TRITURATION_RATIO.value)), step["total"]["text"]
        yield Action(
            bench.ONLY_IF_LIGHT,
            bench.ONLY_IF_LIGHT_TARGET.format(low=low, high=high),
            note=bench.ONLY_IF_LIGHT_NOTE.format(low=low, high=high),
            formula=True,
        )
        yield Action(bench.ALL_OF_IT.format(step=""), note=bench.ALL_OF_IT_NOTE)
        yield Action(
            bench.TRITURATION_ADD.format(step="", diluent=plan.order.diluent.name),
            bench.TRITURATION_FORMULA.format(total=total),
            bench.TRITURATION_TOTAL.format(total=total),
            unit=bench.G,
            formula=True,
        )
        yield _mix(step, "")
        note = bench.ALIQUOT_FOR_PORTION.format(diluent=_diluent_beside(plan, step["take"]["text"]))
        yield Action(bench.ALIQUOT_LAST.format(step=""), step["take"]["text"], note=note, unit=bench.G)


def _diluent_beside(plan: Plan, take: str) -> str:
    """The diluent of the batch beside an aliquot, as a formula: what the capsules hold, less the aliquot."""
    each = plan.fill.fill_mass if plan.fill.rule is FillRule.GIVEN else plan.fill.packing_of_diluent
    measured = plan.fill.rule in (FillRule.GIVEN, FillRule.PACKING)
    filled = grams_said(each) if measured and each is not None else bench.PACKING_OF_DILUENT
    return bench.DILUENT_FORMULA_ALIQUOT.format(batch=count_said(plan.powder.batch), filled=filled, take=take)
