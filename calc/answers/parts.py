"""Parts of every JSON answer: steps, weighings, cautions, notices, overridden stops, the beyond-use date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any, Generic, NotRequired, TypedDict, TypeVar

from calc.answers.contract import (
    AcknowledgedShown,
    AskedShown,
    BeyondUseShown,
    CautionShown,
    Fills,
    FormulationNamed,
    IngredientShown,
    KeptShown,
    NoticeShown,
    Shown,
    StepShown,
    WeighingShown,
)
from calc.answers.figures import amount, as_shown, share
from calc.answers.fingerprint import fingerprint
from calc.answers.writer import Writer
from calc.arithmetic import notation
from calc.arithmetic.units import MG, RATIO, TABLET, Figure
from calc.drug import Drug
from calc.faults import Notice, Reason
from calc.orders.base import ReadableOrder
from calc.planning.basis import doses_of
from calc.planning.codes import WeighingName
from calc.planning.ingredients import IngredientUsed
from calc.planning.parts import Acknowledged, BeyondUse, DrugSource, FormulationUsed, KeptAt, OnBalance, Weighing
from calc.planning.work import Step, WorkedPlan
from calc.references import REFERENCES
from calc.wording import STEPS, notice_text, stop_text
from calc.wording.figures import said
from calc.wording.ingredients import ABOUT
from calc.wording.opened import retold_answer
from calc.wording.steps import GIVEN_A_REASON, REASONS, ROUNDINGS

VERSION = version("triturate")
ShownT = TypeVar("ShownT", bound=Mapping[str, Any])


PlanT = TypeVar("PlanT", bound=WorkedPlan)
#: For each key of an answer's plan, the function that writes it.
Writers = Mapping[str, Callable[[PlanT, Writer], object]]


def shown_under(
    plan: PlanT, writers: Writers[PlanT], keys: Iterable[str], writer: type[Writer] = Writer
) -> dict[str, Any]:
    """Return a plan as shown, under these keys; by another writer, as that shows its figures."""
    write = writer(plan.order.balance.readability)
    return retold_answer({key: writers[key](plan, write) for key in keys}, plan.order, plan.drug)


def but_the_bench(writers: Mapping[str, object]) -> tuple[str, ...]:
    """Return the keys that a sheet is written from: it tells the work at the bench in words of its own."""
    return tuple(key for key in writers if key != "bench")


def tablets_exact(source: DrugSource) -> Shown | None:
    """Return the exact number of tablets, never as the whole number that it exceeds; null for bulk powder."""
    if source.tablets is None:
        return None
    exact = source.tablets.exact
    return as_shown(exact.to(TABLET), notation.counted(exact, 4))


def tablets_to_crush(source: DrugSource) -> int | None:
    """Return the number of tablets to crush; null for bulk powder."""
    return None if source.tablets is None else source.tablets.number


def portion_share(source: DrugSource) -> Shown | None:
    """Return the part of the tablets that is used; null for bulk powder."""
    return None if source.tablets is None else share(source.tablets.share)


def left_over_shown(source: DrugSource) -> Shown | None:
    """Return the drug left over in the powder; null for bulk powder."""
    return None if source.tablets is None else amount(source.tablets.drug_left_over)


class Whole(TypedDict, Generic[ShownT]):
    """The whole answer to an order, whatever it is of."""

    order: dict[str, Any]
    defaults: list[str]
    plan: ShownT
    fingerprint: str
    version: str
    asked: NotRequired[AskedShown]


def whole(order: ReadableOrder, shown: ShownT) -> Whole[ShownT]:
    """Return the whole answer to an order, from its plan as shown."""
    understood = order.understood()
    return {
        "order": understood,
        "defaults": list(order.defaults),
        "plan": shown,
        "fingerprint": fingerprint(understood, shown),
        "version": VERSION,
    }


def weighings_shown(weighings: tuple[Weighing, ...], write: Writer) -> list[WeighingShown]:
    """Return the weighings, each with the balance's verdict."""
    return [
        {
            "name": weighing.name.value,
            "mass": mass_shown(weighing, write),
            "least": write.on_balance(weighing.least),
            "ok": weighing.ok,
        }
        for weighing in weighings
    ]


def mass_shown(weighing: Weighing, write: Writer) -> Shown | None:
    """Return the mass of a weighing as the balance shows it; that of tablets, full capsules and shells as typed."""
    if weighing.mass is None:
        return None
    if weighing.name in (WeighingName.TABLETS, WeighingName.SHELLS):
        return write.as_it_is(weighing.mass)
    return write.on_balance(weighing.mass if weighing.shown is None else OnBalance(weighing.mass, weighing.shown))


def ingredient_shown(
    each: IngredientUsed, write: Writer, per_capsule: Shown | None = None, fills: Fills | None = None
) -> IngredientShown:
    """Return an ingredient: weighed as the balance shows it, or measured."""
    exact = each.amount.exact
    return {
        "name": each.name,
        "role": each.role,
        "amount": amount(exact) if each.is_measured else write.on_balance(each.amount),
        "per_capsule": per_capsule,
        "fills": fills,
    }


def cautions_shown(drug: Drug | None, doses: Sequence[Figure]) -> list[CautionShown]:
    """Return the clinical warnings of a drug, with what speaks of these doses; none for a drug without a file."""
    return [
        {"code": caution.code, "text": caution.text_for(doses), "reference": caution.reference}
        for caution in (drug.cautions if drug is not None else ())
    ]


def notices_shown(notices: Iterable[Notice]) -> list[NoticeShown]:
    """Return the notices to be read first, each with its sentence."""
    return [{"code": notice.code.value, "text": notice_text(notice)} for notice in notices]


def acknowledged_shown(acknowledged: tuple[Acknowledged, ...]) -> list[AcknowledgedShown]:
    """Return the stops that were overridden, each with the reason given."""
    return [
        {
            "code": passed.stop.code.value,
            "value": passed.stop.value,
            "reason": passed.acknowledgement.reason,
            "text": GIVEN_A_REASON.format(
                stop=stop_text(passed.stop), reason=REASONS[Reason(passed.acknowledgement.reason)]
            ),
        }
        for passed in acknowledged
    ]


def beyond_use_shown(dated: BeyondUse) -> BeyondUseShown:
    """Return the beyond-use date, the limit that set it, the other dates considered, and the date at each storage."""
    chosen, *others = map(kept_shown, (dated.chosen, *dated.elsewhere))
    return {
        "date": chosen["date"],
        "bound_by": chosen["bound_by"],
        "others": chosen["others"],
        "hours": chosen["hours"],
        "by_storage": [chosen, *others],
    }


def kept_shown(kept: KeptAt) -> KeptShown:
    """Return the last day of use at one storage."""
    return {
        "storage": kept.storage,
        "date": None if kept.bound is None else kept.bound.date.isoformat(),
        "hours": kept.hours,
        "bound_by": "none" if kept.bound is None else kept.bound.by,
        "others": [{"by": limit.by, "date": limit.date.isoformat()} for limit in kept.others],
    }


def step_shown(step: Step, write: Writer) -> StepShown:
    """Return one line of work: the formula in words, with its numbers, and its result."""
    code, formula, given, exact, rounding, rounded, about = step
    result = notation.working(exact)
    if rounded is not None and rounding is not None and rounded != exact:
        result = f"{result}, {ROUNDINGS[rounding]} {_rounded(exact, rounded, write)}"
    elif exact.unit is RATIO and rounding is None:
        result = f"{result} ({said(exact)})"
    return {
        "code": str(code),
        "title": ABOUT.format(title=STEPS[code], about=about) if isinstance(about, str) else STEPS[code],
        "formula": formula.text,
        "substituted": formula.substituted(given),
        "result": result,
        "reference": REFERENCES[formula.reference],
    }


def _rounded(exact: Figure, rounded: Figure, write: Writer) -> str:
    if rounded.unit is MG:
        return write.on_balance(OnBalance(exact, rounded))["text"]
    return notation.plain(rounded)


def formulation_named(used: FormulationUsed | None) -> FormulationNamed | None:
    """Return the published formulation that an order names."""
    if used is None:
        return None
    return {"key": used.key, "title": used.said.title, "whole": used.said.whole, "changed": list(used.changed)}


#: The writers of the keys that the plan of every preparation has.
OF_EVERY_PLAN: Writers[WorkedPlan] = {
    "steps": lambda plan, write: [step_shown(step, write) for step in plan.steps],
    "cautions": lambda plan, _: cautions_shown(plan.drug, doses_of(plan)),
    "controlled_schedule": lambda plan, _: None if plan.drug is None else plan.drug.controlled_schedule,
    "notices": lambda plan, _: notices_shown(plan.notices),
    "acknowledged": lambda plan, _: acknowledged_shown(plan.acknowledged),
    "beyond_use": lambda plan, _: beyond_use_shown(plan.beyond_use),
    "formulation": lambda plan, _: formulation_named(plan.formulation),
}
#: The writers of keys of which a fingerprint takes the codes alone.
OF_FINGERPRINT: Writers[WorkedPlan] = {
    "steps": lambda plan, _: [{"code": str(step.code)} for step in plan.steps],
    "cautions": lambda plan, _: [{"code": caution.code} for caution in (plan.drug.cautions if plan.drug else ())],
}
