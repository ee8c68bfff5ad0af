"""The plan of a liquid as finished strings, for page and paper; nothing is computed or rounded afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from calc.arithmetic.notation import apart, plain, printed
from calc.arithmetic.units import DAY, MCG, MCG_PER_ML, MG, MG_PER_ML, ML, Figure, figure
from calc.liquid.answer import answer_for_sheet
from calc.liquid.bench import strength_back, work
from calc.liquid.contract import LiquidPlanShown, MarkShown
from calc.liquid.plan import LiquidPlan, Mark
from calc.liquid.said import about, dose_said, in_words, strength_in_full, strength_said
from calc.liquid.workbench import progress, readout
from calc.orders.sources import last_use
from calc.planning.assessment import is_open
from calc.planning.basis import unit_of_drug
from calc.planning.bench_entries import NOTHING_AT_BENCH, AtBench
from calc.sheet.lines import Line, PlanSheet, Question
from calc.sheet.names import (
    amount_said,
    count_said,
    drug_name,
    form_name,
    source_said,
    tablets_said,
    text_of_drug,
    text_or,
)
from calc.sheet.parts import (
    SAID_AS_NEXT_ACTION,
    ask_or_make,
    expiries_of_ingredients,
    for_reserve,
    framed,
    questions_asked,
)
from calc.wording import assessment as on_drug
from calc.wording import bench_targets, page
from calc.wording import liquid as words
from calc.wording.figures import said
from calc.wording.steps import BOUND_BY

#: Key figures that are read at the bench.
LARGE = frozenset({"tablets_to_crush", "portion", "dose_volume"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LiquidSheet(PlanSheet):
    """Everything that a page or a paper shows of a liquid."""

    whole_tablets: tuple[tuple[str, ...], ...]
    other_strengths: tuple[tuple[str, ...], ...]


def liquid_sheet(plan: LiquidPlan, at_bench: AtBench = NOTHING_AT_BENCH) -> LiquidSheet:
    """Return the finished strings of a liquid, with what was typed at the bench."""
    json_answer = answer_for_sheet(plan)
    shown, order = json_answer["plan"], plan.order
    questions = questions_asked(plan)
    drug, strength, volume = drug_name(plan), strength_said(plan), said(order.volume.to(ML))
    facts = {"volume": volume, "strength": strength_in_full(plan), "form": form_name(plan, order.dose_basis)}
    kind = words.KINDS[order.vehicle.aqueous, order.vehicle.preserved]
    default = words.BOUND_BY_DEFAULT.format(kind=kind, storage=words.STORED[order.vehicle.storage])
    expiries = {order.source.component: last_use(order.source), **_expiries(plan), **expiries_of_ingredients(order)}
    return framed(
        LiquidSheet,
        plan,
        json_answer,
        expiries,
        {**BOUND_BY, "default": default},
        headline=words.HEADLINE.format(volume=volume, drug=drug, strength=strength),
        in_words=in_words(plan),
        echo=words.ECHO.format(dose=dose_said(plan), source=source_said(plan), **facts),
        answer=_answer(plan, shown, volume),
        readout=tuple(readout(plan, shown)),
        progress=tuple(progress(plan, shown, questions, expiries)),
        next_action=_next(plan, shown, questions),
        human=_human(plan, shown),
        key_figures=tuple(_figures(plan, shown)),
        materials=words.MATERIALS.format(**kept_said(plan)),
        work=work(plan, shown, at_bench),
        bench_back=strength_back(plan, at_bench),
        remarks=tuple(_remarks(plan, shown)),
        whole_tablets=tuple(
            (count_said(each["tablets"]), each["volume"]["text"], count_said(each["doses"]), count_said(each["days"]))
            for each in shown["whole_tablet_volumes"]
        ),
        other_strengths=tuple(
            (amount_said(plan, other.strength), each["dose_volume"]["text"], each["capacity"]["text"])
            for other, each in zip(plan.other_strengths, shown["other_strengths"], strict=True)
        ),
    )


def _expiries(plan: LiquidPlan) -> dict[str, date | None]:
    """Return the expiry of the vehicle, or of each of its parts by its name."""
    vehicle = plan.order.vehicle
    if not vehicle.parts:
        return {"vehicle": vehicle.expiry}
    numbered = enumerate(vehicle.parts, start=1)
    return {words.PART_EXPIRY.format(name=part.name, number=number): part.expiry for number, part in numbered}


def kept_said(plan: LiquidPlan) -> dict[str, str]:
    """Return the vehicle, its kind, and where the liquid is kept."""
    vehicle = plan.order.vehicle
    kind, storage = words.KINDS[vehicle.aqueous, vehicle.preserved], words.STORED[vehicle.storage]
    if is_open(plan.order, plan.drug):
        storage = on_drug.KEEP.format(storage=storage)
    return {"vehicle": vehicle.name, "kind": kind, "storage": storage}


def _answer(plan: LiquidPlan, shown: LiquidPlanShown, volume: str) -> str:
    """Return the answer in one line."""
    tablets = plan.source.tablets
    enough = plan.source.enough
    if enough is not None and not enough.likely:
        return page.WEIGH_FIRST[False, enough.never]
    facts = {
        "tablets": "" if tablets is None else tablets_said(tablets.number),
        "share": text_or(shown["portion_share"], ""),
        "portion": text_or(shown["portion"], ""),
    }
    begin = words.BEGIN_WEIGHED
    if tablets is None:
        begin = words.BEGIN_POWDER[plan.order.source.component]
    elif plan.whole_tablets:
        begin = words.BEGIN_WHOLE
    elif shown["portion"] is None:
        begin = words.BEGIN_UNWEIGHED
    dose_volume = shown["dose_volume"]["text"]
    return words.ANSWER.format(begin=begin.format(**facts), volume=volume, dose_volume=dose_volume)


def _next(plan: LiquidPlan, shown: LiquidPlanShown, questions: tuple[Question, ...]) -> str:
    """Return the one next action."""
    weigh = [notice["text"] for notice in shown["notices"] if notice["code"] == SAID_AS_NEXT_ACTION]
    if weigh:
        return weigh[0]
    return for_reserve(plan.notices, plan.source.tablets) or ask_or_make(plan, questions)


def _human(plan: LiquidPlan, shown: LiquidPlanShown) -> str:
    """Return the figures on a human scale."""
    count, drug = plan.bottle.count, text_of_drug(plan, plan.strength_per_container, shown["strength_per_container"])
    return words.HUMAN.format(
        doses=words.DOSES[plan.doses == 1].format(doses=count_said(plan.doses), volume=shown["dose_volume"]["text"]),
        days=plain(figure(plan.days, DAY)) if plan.days else words.NO_DAY,
        bottles=(words.EACH_BOTTLE if count > 1 else words.ONE_BOTTLE).format(count=count, drug=drug),
    )


def _figures(plan: LiquidPlan, shown: LiquidPlanShown) -> Iterator[Line]:
    """Yield the figures of the plan, each with its name."""
    tablets, in_syringe, bottle = plan.source.tablets, shown["syringe"], shown["bottle"]
    syringe = words.SYRINGE if in_syringe["fillings"] == 1 else words.SYRINGE_TIMES
    several = bench_targets.BOTTLES if bottle["count"] > 1 else bench_targets.BOTTLE
    texts = {
        "drug_needed": text_of_drug(plan, plan.source.drug_needed, shown["drug_needed"]),
        "tablets_exact": text_or(shown["tablets_exact"], ""),
        "tablets_to_crush": "" if tablets is None else tablets_said(tablets.number),
        "portion_share": text_or(shown["portion_share"], ""),
        "portion": words.NOTHING_WEIGHED if plan.whole_tablets else text_or(shown["portion"], page.UNKNOWN),
        "drug_left_over": _left_over(plan, shown),
        "strength": about(plan, Figure(plan.strength.value, MG)),
        "dose": dose_said(plan) if plan.order.dose_is_volume else "",
        "per_container": text_of_drug(plan, plan.strength_per_container, shown["strength_per_container"]),
        "bottle": several.format(count=bottle["count"], capacity=bottle["capacity"]["text"]),
        "dose_volume": shown["dose_volume"]["text"],
        "syringe": syringe.format(
            capacity=in_syringe["capacity"]["text"],
            graduation=in_syringe["graduation"]["text"],
            times=in_syringe["fillings"],
        ),
        "mark_below": _mark(plan, plan.syringe.mark_below, in_syringe["mark_below"]),
        "mark_above": _mark(plan, plan.syringe.mark_above, in_syringe["mark_above"]),
        "doses": count_said(plan.doses),
        "days": count_said(plan.days),
    }
    for key, name in words.FIGURES.items():
        if texts[key]:
            yield Line(name, texts[key], large=key in LARGE)


def _left_over(plan: LiquidPlan, shown: LiquidPlanShown) -> str:
    tablets, left = plan.source.tablets, shown["drug_left_over"]
    return "" if tablets is None or left is None else text_of_drug(plan, tablets.drug_left_over, left)


def _mark(plan: LiquidPlan, mark: Mark | None, shown: MarkShown | None) -> str:
    if mark is None or shown is None:
        return ""
    dose = text_of_drug(plan, mark.dose, shown["dose"])
    return words.MARK.format(volume=shown["volume"]["text"], dose=dose, deviation=shown["deviation"]["text"])


def _in_one_ml(plan: LiquidPlan, strength: Figure) -> str:
    """Return a strength in the unit of the plan, with the digits that tell it from the one ordered."""
    unit = MCG_PER_ML if unit_of_drug(plan.order.dose) is MCG else MG_PER_ML
    return printed(apart(strength.to(unit), plan.strength.to(unit), 4), unit)


def _remarks(plan: LiquidPlan, shown: LiquidPlanShown) -> Iterator[str]:
    """Yield remarks on the liquid: the strength computed back, errors that weighing cannot remove."""
    check, effect = shown["reverse_check"], plan.source.rounding_effect
    if check is not None and plan.reverse_check is not None:
        strength = text_of_drug(plan, plan.reverse_check.strength, check["strength"])
        yield words.REVERSE.format(strength=strength, deviation=check["deviation"]["text"])
    if effect is not None and effect.numerator:
        yield page.ROUNDING.format(effect=said(effect))
    near = shown["nearly_whole_tablets"]
    if near is not None and plan.nearly_whole is not None:
        yield words.NEARLY_WHOLE.format(
            tablets=tablets_said(near["tablets"]),
            volume=said(plan.order.volume.to(ML)),
            strength=_in_one_ml(plan, plan.nearly_whole.strength),
            deviation=near["deviation"]["text"],
            other_volume=near["volume"]["text"],
            ordered=amount_said(plan, plan.strength),
        )
    facts = [] if plan.vehicle.sugar_free is None else [words.SUGAR[plan.vehicle.sugar_free]]
    if plan.vehicle.contains:
        facts.append(words.EXCIPIENTS.format(excipients=", ".join(plan.vehicle.contains)))
    if facts:
        yield words.BY_TABLE.format(facts=" and ".join(facts))
    if plan.source.tablets is not None:
        yield words.SUSPENSION
        yield page.LABEL_CLAIM
