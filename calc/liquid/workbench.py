"""The workbench of a liquid: the answer as verbs with their figures, and the order of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from calc.arithmetic.units import ML
from calc.liquid.answer import volume_said
from calc.liquid.contract import LiquidPlanShown
from calc.liquid.plan import LiquidPlan
from calc.liquid.said import dose_said, strength_said
from calc.sheet import workbench
from calc.sheet.lines import Progress, Question, Reading
from calc.wording import liquid
from calc.wording import workbench as words
from calc.wording.figures import said


def readout(plan: LiquidPlan, shown: LiquidPlanShown) -> Iterator[Reading]:
    """Yield the lines of the answer: what to crush, weigh out, make up with vehicle, and give each time."""
    yield from workbench.crushed(plan, plan.source)
    if plan.whole_tablets:
        yield Reading(words.RINSE_IN, words.TABLET_POWDER, instead=words.ALL_OF_IT)
    else:
        yield workbench.taken(plan.order.source.component, plan.source, shown["portion"], shown["portion_share"])
    with_vehicle = _with_vehicle(plan)
    yield workbench.reading(words.BRING_TO, with_vehicle, said(plan.order.volume.to(ML)))
    syringe = words.IN_SYRINGE.format(capacity=said(plan.syringe.capacity))
    yield workbench.reading(words.GIVE, syringe, shown["dose_volume"]["text"])


def _with_vehicle(plan: LiquidPlan) -> str:
    """Return what brings the liquid to volume, with what is measured or mixed before."""
    vehicle, name = plan.vehicle, plan.order.vehicle.name
    last = vehicle.to_volume
    if last is not None:
        measured = (
            liquid.MEASURED.format(volume=volume_said(part.volume), name=part.name) for part in vehicle.measured
        )
        return liquid.MEASURE_FIRST.format(measured=", ".join(measured), last=last.name)
    return (words.WITH_VEHICLE if vehicle.mixed is None else liquid.MIX_FIRST).format(vehicle=name)


def progress(
    plan: LiquidPlan,
    shown: LiquidPlanShown,
    questions: tuple[Question, ...],
    expiries: Mapping[str, date | None],
) -> Iterator[Progress]:
    """Yield what is entered in each step of the order of work."""
    order, source = plan.order, workbench.source_said(plan, plan.source)
    yield workbench.ordered(
        plan.drug,
        questions,
        words.OF_STRENGTH.format(volume=said(order.volume.to(ML)), strength=strength_said(plan)),
        words.FROM_LIQUID.format(dose=dose_said(plan), source=source),
    )
    yield workbench.weighed(plan, plan.source.tablets, known=plan.source.known or plan.whole_tablets)
    facts = {"volume": shown["dose_volume"]["text"], "capacity": shown["syringe"]["capacity"]["text"]}
    measured = words.ON_MARK if plan.syringe.on_a_mark else words.NOT_ON_MARK
    yield Progress("fill", order.vehicle.name, measured.format(**facts), done=True)
    yield workbench.release(questions, expiries)
