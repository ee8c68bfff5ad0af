"""A plan as finished strings, for the page and for paper. After it is built, nothing is computed or rounded."""

from __future__ import annotations

from dataclasses import dataclass

from calc import figures, limits
from calc.answer import Answer, CautionShown, NoticeShown, PlanShown, Shown, StepShown, answer
from calc.faults import NoticeCode
from calc.plans import FillRule, OfferCode, Plan, WeighingName
from calc.units import MG, MG_PER_CAPSULE, TABLET, Figure, figure
from calc.wording import label, notice_text, page
from calc.wording.said import said
from calc.wording.steps import BOUND_BY, OFFERS, WEIGHINGS

#: The notice that is the next action, and is therefore not said a second time among the notices.
SAID_AS_NEXT_ACTION = NoticeCode.WEIGH_TABLETS


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what stands beside it; `note` marks an estimate or says why."""

    name: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A screening question and its answer so far."""

    code: str
    question: str
    detail: str
    answer: str
    open: bool
    paper: str


@dataclass(frozen=True, slots=True)
class WeighingLine:
    """One thing on the balance."""

    name: str
    mass: str
    least: str
    verdict: str
    state: str


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One way to make the order, in cells."""

    name: str
    capsules: str
    tablets: str
    weighings: str
    dose: str
    deviation: str
    at_loss: str
    left_over: str
    surplus: str


@dataclass(frozen=True, slots=True)
class SizeLine:
    """One capsule size, in cells."""

    size: str
    fill: str
    diluent: str
    share: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a page or a paper shows of a plan."""

    headline: str
    echo: str
    answer: str
    next_action: str
    not_released: str
    general_rules_only: str
    human: str
    key_figures: tuple[Line, ...]
    notices: tuple[NoticeShown, ...]
    acknowledged: tuple[str, ...]
    questions: tuple[Question, ...]
    cautions: tuple[CautionShown, ...]
    weighings: tuple[WeighingLine, ...]
    bench: tuple[str, ...]
    blend: str
    ladder: tuple[Line, ...]
    materials: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    remarks: tuple[str, ...]
    offers: tuple[OfferLine, ...]
    sizes: tuple[SizeLine, ...]
    sizes_estimated: bool
    steps: tuple[StepShown, ...]
    beyond_use: str
    beyond_use_lines: tuple[str, ...]
    assumed: tuple[Line, ...]
    estimated_fill: bool
    fingerprint: str
    version: str


def sheet(plan: Plan) -> Sheet:
    """The finished strings of a plan."""
    whole = answer(plan)
    shown = whole["plan"]
    questions = _questions(plan)
    return Sheet(
        headline=page.HEADLINE.format(batch=_count(plan.powder.batch), drug=_drug(plan), dose=said(plan.order.dose)),
        echo=_echo(plan),
        answer=_answer_line(plan, shown),
        next_action=_next_action(plan, questions),
        not_released=page.NOT_RELEASED if any(question.open for question in questions) else "",
        general_rules_only="" if plan.drug is not None else page.GENERAL_RULES_ONLY.format(drug=_drug(plan)),
        human=_human(plan, shown),
        key_figures=_key_figures(plan, shown),
        notices=tuple(notice for notice in shown["notices"] if notice["code"] != SAID_AS_NEXT_ACTION),
        acknowledged=tuple(passed["text"] for passed in shown["acknowledged"]),
        questions=questions,
        cautions=tuple(shown["cautions"]),
        weighings=_weighings(shown),
        bench=_bench(plan),
        blend=page.BLEND if plan.ladder else page.BLEND_UNWEIGHED,
        ladder=tuple(
            Line(f"{number}", rung["add"]["text"], rung["total"]["text"])
            for number, rung in enumerate(shown["ladder"], start=1)
        ),
        materials=_materials(plan),
        before=_before(plan),
        after=_after(plan, shown),
        remarks=_remarks(plan, shown),
        offers=tuple(_offer(index, plan, shown) for index in range(len(plan.offers))),
        sizes=tuple(
            SizeLine(
                row["size"],
                _text(row["fill_mass"], page.TOO_SMALL),
                _text(row["diluent"], page.TOO_SMALL),
                _text(row["share"], page.TOO_SMALL),
                row["size"] == plan.order.capsule.size,
            )
            for row in shown["sizes"]
        ),
        sizes_estimated="sizes" in shown["estimated"],
        steps=tuple(shown["steps"]),
        beyond_use=page.BEYOND_USE.format(date=shown["beyond_use"]["date"]),
        beyond_use_lines=_beyond_use_lines(plan, shown),
        assumed=_assumed(whole),
        estimated_fill=plan.fill.rule is FillRule.ESTIMATE,
        fingerprint=whole["fingerprint"],
        version=whole["version"],
    )


def _text(shown: Shown | None, otherwise: str) -> str:
    return otherwise if shown is None else shown["text"]


def _count(number: int) -> str:
    return figures.grouped(str(number))


def _tablets(number: int) -> str:
    return figures.plain(figure(number, TABLET))


def _drug(plan: Plan) -> str:
    if plan.drug is not None:
        return plan.drug.name
    return plan.order.drug if isinstance(plan.order.drug, str) else plan.order.drug.name


def _form(plan: Plan, basis: str | None) -> str:
    return plan.drug.bases[basis].label if plan.drug is not None and basis is not None else _drug(plan)


def _strength(plan: Plan) -> str:
    return said(plan.order.source.strength) if plan.order.source.strength is not None else page.UNKNOWN


def _echo(plan: Plan) -> str:
    extra = plan.powder.batch - plan.order.quantity
    return (page.ECHO_FOR if extra else page.ECHO).format(
        batch=_count(plan.powder.batch),
        quantity=_count(plan.order.quantity),
        extra=_count(extra),
        dose=said(plan.order.dose),
        form=_form(plan, plan.order.dose_basis),
        strength=_strength(plan),
        release=plan.order.source.release,
    )


def _answer_line(plan: Plan, shown: PlanShown) -> str:
    facts = {
        "tablets": _tablets(plan.powder.tablets),
        "share": shown["portion_share"]["text"],
        "portion": _text(shown["portion"], ""),
        "diluent": _text(shown["diluent"], ""),
        "fill": _text(shown["fill_mass"], ""),
        "batch": _count(plan.powder.batch),
    }
    if plan.powder.portion is None:
        whole = plan.powder.share == figure(1, plan.powder.share.unit)
        return (page.ANSWER_ALL_UNWEIGHED if whole else page.ANSWER_UNWEIGHED).format(**facts)
    if plan.fill.diluent is None or plan.fill.rule is FillRule.ESTIMATE:
        return page.ANSWER_NO_FILL.format(**facts)
    if plan.fill.diluent.exact.value == 0:
        return page.ANSWER_NO_DILUENT.format(**facts)
    return page.ANSWER.format(**facts)


def _next_action(plan: Plan, questions: tuple[Question, ...]) -> str:
    if not plan.powder.weighed:
        return next(notice_text(notice) for notice in plan.notices if notice.code is SAID_AS_NEXT_ACTION)
    if plan.fill.rule is FillRule.ESTIMATE:
        return page.NEXT_MEASURE.format(size=plan.order.capsule.size)
    if plan.fill.rule is FillRule.UNKNOWN:
        return page.NEXT_FILL
    return page.NEXT_ASK if any(question.open for question in questions) else page.NEXT_MAKE


def _human(plan: Plan, shown: PlanShown) -> str:
    per_tablet = next(step for step in plan.steps if step.code == "capsules_of_one_tablet").result
    left = plan.powder.drug_left_over
    return (page.HUMAN if left.value else page.HUMAN_ALL).format(
        per_tablet=said(per_tablet),
        tablets=_tablets(plan.powder.tablets),
        held=said(plan.powder.drug_held),
        batch=_count(plan.powder.batch),
        needed=shown["drug_needed"]["text"],
        left=said(left),
    )


def _key_figures(plan: Plan, shown: PlanShown) -> tuple[Line, ...]:
    mark = dict.fromkeys(shown["estimated"], page.ESTIMATE)
    lines = [
        Line("Drug needed", shown["drug_needed"]["text"]),
        Line("Tablets, exact", shown["tablets_exact"]["text"]),
        Line("Tablets to crush", _tablets(shown["tablets_to_crush"])),
        Line(
            "Share of the powder",
            page.SHARE_OF.format(
                part=shown["tablets_exact"]["value"],
                tablets=_count(shown["tablets_to_crush"]),
                share=shown["portion_share"]["text"],
            ),
        ),
        Line("Powder to weigh", _text(shown["portion"], page.UNKNOWN)),
        Line("Powder in one capsule", _text(shown["powder_per_capsule"], page.UNKNOWN)),
        Line(
            "Diluent in one capsule",
            _text(shown["diluent_per_capsule"], page.UNKNOWN),
            mark.get("diluent_per_capsule", ""),
        ),
        Line("Diluent for the batch", _text(shown["diluent"], page.UNKNOWN), mark.get("diluent", "")),
        Line("Fill of one capsule", _text(shown["fill_mass"], page.UNKNOWN), mark.get("fill_mass", "")),
        Line("Drug left over", shown["drug_left_over"]["text"]),
    ]
    if plan.powder.tablets_for_quantity != plan.powder.tablets_exact:
        exact = figures.significant(plan.powder.tablets_for_quantity.value, 4)
        name = f"Tablets for {_count(plan.order.quantity)} capsules, exact"
        lines.insert(1, Line(name, figures.with_unit(exact, TABLET)))
    return tuple(lines)


def _questions(plan: Plan) -> tuple[Question, ...]:
    answers = {"opioids": plan.order.screening.opioids, "liver_disease": plan.order.screening.liver_disease}
    return tuple(
        Question(
            asked.code,
            asked.question,
            asked.detail,
            page.ANSWERS[answers[asked.code]],
            answers[asked.code] == "not asked",
            page.ON_PAPER[asked.code],
        )
        for asked in (plan.drug.screening if plan.drug is not None else ())
    )


_STATES = {True: "ok", False: "low", None: "unknown"}


def _weighings(shown: PlanShown) -> tuple[WeighingLine, ...]:
    return tuple(
        WeighingLine(
            WEIGHINGS[WeighingName(line["name"])],
            _text(line["mass"], page.UNKNOWN),
            line["least"]["text"],
            page.VERDICTS[line["ok"]],
            _STATES[line["ok"]],
        )
        for line in shown["weighings"]
    )


def _bench(plan: Plan) -> tuple[str, ...]:
    """The formulas of the bench with their constants, while what they need is not weighed or measured yet."""
    powder, fill = plan.powder, plan.fill
    measured = fill.rule in (FillRule.PACKING, FillRule.GIVEN)
    if powder.weighed and measured:
        return ()
    lines = []
    if not powder.weighed:
        lines.append(page.BENCH_W.format(tablets=_tablets(powder.tablets)))
        held = figures.working(powder.drug_held)
        needed = figures.working(powder.drug_needed)
        whole = powder.drug_left_over.value == 0
        lines.append(page.BENCH_PORTION_ALL if whole else page.BENCH_PORTION.format(needed=needed, held=held))
    batch = _count(powder.batch)
    if fill.rule is FillRule.GIVEN and fill.fill_mass is not None:
        lines.append(page.BENCH_DILUENT_GIVEN.format(batch=batch, fill=_mg(fill.fill_mass)))
    elif fill.rule is FillRule.PACKING and fill.packing_of_diluent and fill.packing_of_powder:
        constants = {"p_d": _mg(fill.packing_of_diluent), "p_t": _mg(fill.packing_of_powder)}
        lines.append(page.BENCH_DILUENT_PACKING.format(batch=batch, **constants))
    else:
        lines += [page.BENCH_P_D, page.BENCH_P_T, page.BENCH_DILUENT_MEASURE.format(batch=batch)]
    return (*lines, page.BENCH_FILL.format(batch=batch), page.BENCH_LADDER)


def _mg(each: Figure) -> str:
    return figures.plain(Figure(each.to(MG_PER_CAPSULE).value, MG))


def _materials(plan: Plan) -> str:
    size = plan.order.capsule.size
    capsules = page.MATERIALS_SIZE.format(size=size) if size is not None else page.MATERIALS_NO_SIZE
    return page.MATERIALS.format(diluent=plan.order.diluent.name, capsules=capsules)


def _before(plan: Plan) -> tuple[str, ...]:
    others = plan.drug.confused_with if plan.drug is not None else ()
    identity = page.IDENTITY.format(
        form=_form(plan, plan.drug.default_basis if plan.drug is not None else None),
        strength=_strength(plan),
        release=plan.order.source.release,
        not_other="".join(page.IDENTITY_NOT.format(other=other) for other in others),
    )
    one = page.ONE_TABLET_UNWEIGHED.format(count=_count(plan.powder.tablets))
    if plan.powder.one_tablet is not None:
        low, high = plan.powder.one_tablet
        one = page.ONE_TABLET.format(low=said(low), high=said(high))
    return (identity, one, page.CRUSH)


def _after(plan: Plan, shown: PlanShown) -> tuple[str, ...]:
    lines = [page.WHOLE_BLEND.format(batch=_count(plan.powder.batch))]
    if shown["gross_band"] is not None:
        band = page.BAND.format(low=shown["gross_band"]["low"]["text"], high=shown["gross_band"]["high"]["text"])
        if plan.shell_estimated and plan.shell_mass is not None:
            band = f"{band} {page.BAND_TABLE.format(shell=said(plan.shell_mass))}"
        lines.append(band)
    return tuple(lines)


def _remarks(plan: Plan, shown: PlanShown) -> tuple[str, ...]:
    lines = []
    if shown["reverse_check"] is not None:
        check = shown["reverse_check"]
        lines.append(page.REVERSE.format(dose=check["dose"]["text"], deviation=check["deviation"]["text"]))
    if plan.powder.rounding_effect is not None and plan.powder.rounding_effect.value:
        lines.append(page.WEIGHING_EFFECT.format(effect=said(plan.powder.rounding_effect)))
    return (*lines, page.LABEL_CLAIM)


def _offer(index: int, plan: Plan, shown: PlanShown) -> OfferLine:
    offer, cells = plan.offers[index], shown["offers"][index]
    return OfferLine(
        OFFERS[OfferCode(cells["code"])],
        _count(cells["capsules"]),
        _count(cells["tablets"]),
        str(offer.weighings),
        cells["dose"]["text"],
        cells["deviation"]["text"],
        cells["deviation_at_loss"]["text"],
        cells["drug_left_over"]["text"],
        f"{_count(offer.surplus)} ({said(offer.surplus_drug)})" if offer.surplus else "0",
    )


def _beyond_use_lines(plan: Plan, shown: PlanShown) -> tuple[str, ...]:
    bound = shown["beyond_use"]
    lines = [
        page.BEYOND_USE_WHY.format(
            by=BOUND_BY[bound["bound_by"]],
            counting=plan.order.beyond_use.counting,
            prepared_on=plan.order.prepared_on.isoformat(),
        )
    ]
    lines += [f"{BOUND_BY[limit['by']].capitalize()}: {limit['date']}." for limit in bound["others"]]
    expiries = {
        "tablets": plan.order.source.expiry,
        "diluent": plan.order.diluent.expiry,
        "shells": plan.order.capsule.expiry,
    }
    unknown = [page.COMPONENTS[name] for name, expiry in expiries.items() if expiry is None]
    if unknown:
        lines.append(page.BEYOND_USE_OR.format(date=bound["date"], unknown=", ".join(unknown)))
    return tuple(lines)


def _assumed(whole: Answer) -> tuple[Line, ...]:
    lines = []
    for path in whole["defaults"]:
        value = whole["order"]
        for part in path.split("."):
            value = value[part]
        why = "default" if path in limits.DEFAULTS else "default of the drug's file"
        if path == "prepared_on" or path == "source.weighed_on":
            why = "today" if path == "prepared_on" else "the date of making"
        lines.append(Line(label(path), str(value), why))
    return tuple(lines)
