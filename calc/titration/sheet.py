"""A titration as finished strings, for page and leaflet; nothing is computed or rounded afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calc.answers.contract import NoticeShown, StopShown
from calc.arithmetic.notation import plain
from calc.arithmetic.units import DAY, MG, Figure, Unit, figure
from calc.capsule.plan import Plan
from calc.faults import NoticeCode
from calc.library import Library
from calc.orders.parts import TabletSource
from calc.planning.assessment import is_open
from calc.sheet.lines import Line
from calc.sheet.names import count_said, tablets_said, text_or
from calc.sheet.parts import questions_of
from calc.sheet.until import day_said, limit_said
from calc.titration.answer import answer, recommended_said, take_said
from calc.titration.contract import BatchShown, CommonPowderShown, TitrationAnswer, TogetherShown, WayShown
from calc.titration.filling import Filled
from calc.titration.head import Head, head_of
from calc.titration.plan import Batch, Taking, TitrationPlan, Way
from calc.titration.workbench import progress
from calc.wording import assessment as on_drug
from calc.wording import titration, workbench
from calc.wording.dates import in_words
from calc.wording.figures import drug_said, said
from calc.wording.opened import retold

AnyWayShown = WayShown | TogetherShown
#: Notices of a batch that concern the schedule; the others are for whoever makes the batch, and are in its plan.
OF_THE_DOSE = frozenset({NoticeCode.DOSE_BELOW_USUAL_NOTICE, NoticeCode.DOSE_UNLIKE_STRENGTH})
#: Notices of what every batch is made from, told once for all of them.
OF_EVERY_BATCH = frozenset({NoticeCode.WATER_NOT_USED, NoticeCode.FORMS_CONVERTED})


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch, in cells; `query` is that of its own plan, and a stopped batch has blank cells."""

    strength: str
    capsules: str
    needed: str
    made: str
    tablets: str
    left_over: str
    until: str
    late: bool
    until_by: str
    query: str
    stops: tuple[StopShown, ...]
    notices: tuple[str, ...]
    acknowledged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """One line of the calendar, in cells."""

    first: str
    last: str
    days: str
    dose: str
    take: str
    capsules: str


@dataclass(frozen=True, slots=True)
class CommonLines:
    """The powder common to the batches of a way: what to do, and for each batch its strength, share and portion."""

    text: str
    portions: tuple[tuple[str, str, str], ...]
    left_over: str


@dataclass(frozen=True, slots=True)
class WaySheet:
    """One way: its batches and its calendar, which is empty while a batch is stopped."""

    code: str
    title: str
    about: str
    batches: tuple[BatchLine, ...]
    common: CommonLines | None
    calendar: tuple[CalendarLine, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the comparison: a name, and the text for each way, in order."""

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TitrationSheet(Head):
    """Everything that the page shows of a titration as capsules."""

    compared: tuple[Compared, ...]
    recommended: str
    figures: tuple[Line, ...]
    to_crush: str
    ways: tuple[WaySheet, ...]


def titration_sheet(plan: TitrationPlan, library: Library) -> TitrationSheet:
    """Return the finished strings of a titration."""
    json_answer = answer(plan, library)
    every_way: list[AnyWayShown] = [*json_answer["ways"], *json_answer["together"]]
    order = plan.titration.order
    drug = library.drug_of(order.drug)
    questions = questions_of(order, drug)
    overridden = (passed for way in plan.every_way for batch in way.batches for passed in batch.acknowledged)
    sheet = TitrationSheet(
        **head_of(order, drug, plan.steps, plan.ways[0].unit, questions, overridden),
        stopped=tuple(
            titration.STOPPED_WAY.format(way=titration.WAY_TITLES[way.code]) for way in plan.every_way if not way.plans
        ),
        notices=(
            *(notice["text"] for notice in (*json_answer["notices"], *_of_recommended(json_answer))),
            *_of_every_batch(every_way),
        ),
        compared=_compared(plan, every_way),
        recommended="" if plan.recommended is None else recommended_said(plan.recommended),
        figures=tuple(_figures(plan)),
        to_crush=titration.COMPARED["tablets"],
        ways=tuple(
            way_sheet(way, shown, plan.titration.doses_per_day)
            for way, shown in zip(plan.every_way, every_way, strict=True)
        ),
        cautions=tuple(json_answer["cautions"]),
        progress=tuple(progress(plan, drug, questions)),
        version=json_answer["version"],
    )
    return retold(sheet, order, drug)


def filled_said(rows: Filled) -> str:
    """Return what is said of rows that were filled in: how many, and that the last step is smaller, if it is."""
    count = titration.FILLED_STEPS[min(len(rows.doses), 2)].format(count=len(rows.doses))
    first, last = (drug_said(figure(text, rows.unit), rows.unit) for text in (rows.doses[0], rows.doses[-1]))
    facts = {"first": first, "last": last, "by": said(rows.by), "days": plain(figure(rows.days, DAY)), "count": count}
    text = titration.FILLED_IN.format(**facts)
    if rows.last_step is None:
        return text
    return f"{text} {titration.LAST_STEP.format(step=said(rows.last_step), last=last)}"


def way_sheet(way: Way, shown: AnyWayShown, often: int) -> WaySheet:
    """Return the finished strings of one way."""
    return WaySheet(
        code=way.code,
        title=titration.WAY_TITLES[way.code],
        about=titration.WAY_ABOUT[way.code].format(strengths=listed(strengths_said(way))),
        batches=tuple(
            _batch(batch, cells, way.unit) for batch, cells in zip(way.batches, shown["batches"], strict=True)
        ),
        common=_common(way, shown["common_powder"]),
        calendar=tuple(calendar_line(line, often, way.unit) for line in way.calendar),
    )


def _common(way: Way, shown: CommonPowderShown | None) -> CommonLines | None:
    """Return the common powder of a way: weighed, or with shares alone."""
    if shown is None:
        return None
    text = titration.COMMON if shown["mass"] is None else titration.COMMON_WEIGHED
    tablets = tablets_said(shown["tablets"])
    return CommonLines(
        text=text.format(tablets=tablets, mass=text_or(shown["mass"], "")),
        portions=tuple(
            (strength, each["share"]["text"], text_or(each["portion"], titration.AFTER_WEIGHING[shown["mass"] is None]))
            for strength, each in zip(strengths_said(way), shown["portions"], strict=True)
        ),
        left_over=text_or(shown["left_over"], ""),
    )


def strengths_said(way: Way) -> list[str]:
    """Return the strengths of a way, in the order of first need."""
    return [_strength(batch, way.unit) for batch in way.batches]


def listed(names: list[str]) -> str:
    """Return names as a list within a sentence.

    >>> listed(["1.5 mg"]), listed(["1.5 mg", "3 mg", "4.5 mg"])
    ('1.5 mg', '1.5 mg, 3 mg and 4.5 mg')
    """
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def calendar_line(line: tuple[Taking, ...], often: int, unit: Unit) -> CalendarLine:
    """Return one line of the calendar, with amounts of drug in `unit`."""
    step = line[0].step
    return CalendarLine(
        first=in_words(step.first),
        last=in_words(step.last),
        days=plain(figure(step.days, DAY)),
        dose=drug_said(step.dose, unit),
        take=take_said(line, often, unit),
        capsules=count_said(sum(taking.capsules for taking in line)),
    )


def _strength(batch: Batch, unit: Unit) -> str:
    return drug_said(Figure(batch.strength.value, MG), unit)


def _left_over(batch: Batch, unit: Unit) -> str:
    """Return the drug that a batch leaves over in its powder; of a common powder it is told of all batches together."""
    if batch.plan is None or batch.plan.powder.tablets is None:
        return ""
    source = batch.order.source
    if isinstance(source, TabletSource) and source.tablets_crushed is not None:
        return titration.OF_COMMON_POWDER
    return drug_said(batch.plan.powder.tablets.drug_left_over, unit)


def _batch(batch: Batch, cells: BatchShown, unit: Unit) -> BatchLine:
    plan = cells["plan"]
    return BatchLine(
        strength=_strength(batch, unit),
        capsules=count_said(batch.quantity),
        needed=titration.NEEDED.format(first=in_words(batch.first), last=in_words(batch.last)),
        made=count_said(plan["batch"]) if plan is not None else "",
        tablets="" if plan is None or plan["tablets_to_crush"] is None else tablets_said(plan["tablets_to_crush"]),
        left_over=_left_over(batch, unit),
        until="" if batch.plan is None else day_said(batch.plan.beyond_use.chosen) or workbench.NO_DATE,
        late=batch.late,
        until_by="" if batch.plan is None else _until_by(batch.plan),
        query=cells["query"],
        stops=tuple(cells["stops"]),
        notices=tuple(
            notice["text"] for notice in (plan["notices"] if plan is not None else ()) if notice["code"] in OF_THE_DOSE
        ),
        acknowledged=tuple(passed["text"] for passed in cells["acknowledged"]),
    )


def _until_by(plan: Plan) -> str:
    """Return what stands before the last day of use while it is left to the pharmacist; blank otherwise."""
    if not is_open(plan.order, plan.drug):
        return ""
    return on_drug.BATCH_UNTIL.format(limit=limit_said(plan))


def _of_every_batch(every_way: list[AnyWayShown]) -> Iterator[str]:
    """Yield what is told of the source of every batch, each text once."""
    plans = [batch["plan"] for way in every_way for batch in way["batches"] if batch["plan"] is not None]
    told = (notice["text"] for plan in plans for notice in plan["notices"] if notice["code"] in OF_EVERY_BATCH)
    yield from dict.fromkeys(told)


def _of_recommended(json_answer: TitrationAnswer) -> list[NoticeShown]:
    """Return the notices of strengths taken together, if that way is the one that is recommended."""
    chosen = json_answer["recommended"]
    ways = json_answer["together"] if chosen is not None else []
    return [notice for way in ways if chosen is not None and way["code"] == chosen["way"] for notice in way["notices"]]


def _figures(plan: TitrationPlan) -> Iterator[Line]:
    """Yield the figures of the way that is recommended; nothing while every way is stopped."""
    if plan.recommended is None:
        return
    way = plan.recommended.way
    names = titration.COMPARED
    yield Line(names["strengths"], listed(strengths_said(way)), large=True)
    yield Line(names["batches"], count_said(len(way.batches)))
    yield Line(names["capsules"], count_said(way.capsules), large=True)
    yield Line(names["most"], count_said(way.most_at_one_time))
    if way.tablets is not None:
        yield Line(names["tablets"], count_said(way.tablets), large=True)


def _compared(plan: TitrationPlan, shown: list[AnyWayShown]) -> tuple[Compared, ...]:
    """Return the ways side by side."""
    cells: list[dict[str, str]] = []
    for way, figures in zip(plan.every_way, shown, strict=True):
        unknown = titration.STOPPED
        cells.append(
            {
                "strengths": listed(strengths_said(way)),
                "batches": count_said(len(way.batches)),
                "capsules": count_said(figures["capsules"]),
                "most": count_said(figures["most_capsules_a_dose"]),
                "tablets": unknown if figures["tablets"] is None else count_said(figures["tablets"]),
                "drug_needed": unknown if way.drug_needed is None else drug_said(way.drug_needed, way.unit),
                "drug_left_over": unknown if way.drug_left_over is None else drug_said(way.drug_left_over, way.unit),
                "capsules_left_over": unknown
                if figures["capsules_left_over"] is None
                else count_said(figures["capsules_left_over"]),
            }
        )
    return tuple(Compared(name, tuple(each[key] for each in cells)) for key, name in titration.COMPARED.items())
