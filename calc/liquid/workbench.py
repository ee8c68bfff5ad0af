"""The workbench of a liquid: the answer as verbs with their figures, and the order of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from calc.arithmetic.units import ML
from calc.liquid.contract import LiquidPlanShown
from calc.liquid.plan import LiquidPlan
from calc.sheet import workbench
from calc.sheet.lines import Progress, Question, Reading
from calc.sheet.names import amount_said, strength_said, text_or
from calc.wording import workbench as words
from calc.wording.figures import said


def readout(plan: LiquidPlan, shown: LiquidPlanShown) -> Iterator[Reading]:
    """Yield the lines of the readout: what to crush, weigh out, make up to, and give each time."""
    source, tablets = plan.source, plan.source.tablets
    if tablets is not None:
        unlikely = source.enough is not None and not source.enough.likely
        yield workbench.crush(plan, tablets, weigh_first=unlikely)
    yield _taken(plan, shown)
    with_vehicle = words.WITH_VEHICLE.format(vehicle=plan.order.vehicle.name)
    yield workbench.reading(words.MAKE_UP, with_vehicle, said(plan.order.volume.to(ML)))
    syringe = words.IN_SYRINGE.format(capacity=shown["syringe"]["capacity"]["text"])
    yield workbench.reading(words.GIVE, syringe, shown["dose_volume"]["text"])


def _taken(plan: LiquidPlan, shown: LiquidPlanShown) -> Reading:
    about = words.BULK_POWDER if plan.source.tablets is None else words.TABLET_POWDER
    if plan.whole_tablets:
        return Reading(words.WEIGH_OUT, about, instead=words.NOTHING_WEIGHED)
    if shown["portion"] is not None:
        return workbench.reading(words.WEIGH_OUT, about, shown["portion"]["text"])
    share = text_or(shown["portion_share"], "")
    return Reading(words.WEIGH_OUT, about, instead=words.SHARE_OF_POWDER.format(share=share))


def progress(
    plan: LiquidPlan,
    shown: LiquidPlanShown,
    questions: tuple[Question, ...],
    expiries: Mapping[str, date | None],
) -> Iterator[Progress]:
    """Yield what is entered in each step of the order of work."""
    order, tablets = plan.order, plan.source.tablets
    source = words.FROM_BULK if tablets is None else words.FROM_TABLETS.format(strength=strength_said(plan))
    yield workbench.ordered(
        plan,
        questions,
        words.OF_STRENGTH.format(volume=said(order.volume.to(ML)), strength=amount_said(plan, plan.strength)),
        words.FROM_LIQUID.format(dose=amount_said(plan, order.dose), source=source),
    )
    yield workbench.weighed(plan, tablets, known=plan.source.known or plan.whole_tablets)
    facts = {"volume": shown["dose_volume"]["text"], "capacity": shown["syringe"]["capacity"]["text"]}
    measured = words.ON_MARK if plan.syringe.on_a_mark else words.NOT_ON_MARK
    yield Progress("fill", words.IN_VEHICLE.format(vehicle=order.vehicle.name), measured.format(**facts), done=True)
    yield workbench.release(questions, expiries)
