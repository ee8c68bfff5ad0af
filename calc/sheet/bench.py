"""The bench part of a sheet: formulas for what is not measured yet, what is ticked, dates, what was assumed."""

from __future__ import annotations

from calc import figures, limits
from calc.contract import Answer, PlanShown
from calc.plans import FillRule, Plan
from calc.sheet.lines import Line
from calc.sheet.names import count_said, form_name, mg_said, strength_said, tablets_said, typed_said
from calc.wording import label, page
from calc.wording.said import said
from calc.wording.steps import BOUND_BY


def bench_formulas(plan: Plan) -> tuple[str, ...]:
    """The formulas of the bench with their constants, while what they need is not weighed or measured yet."""
    powder, fill = plan.powder, plan.fill
    measured = fill.rule in (FillRule.PACKING, FillRule.GIVEN)
    if powder.weighed and measured:
        return ()
    lines = []
    if not powder.weighed:
        lines.append(page.BENCH_W.format(tablets=tablets_said(powder.tablets)))
        held = figures.working(powder.drug_held)
        needed = figures.working(powder.drug_needed)
        whole = powder.drug_left_over.value == 0
        lines.append(page.BENCH_PORTION_ALL if whole else page.BENCH_PORTION.format(needed=needed, held=held))
    batch = count_said(powder.batch)
    if fill.rule is FillRule.GIVEN and fill.fill_mass is not None:
        lines.append(page.BENCH_DILUENT_GIVEN.format(batch=batch, fill=mg_said(fill.fill_mass)))
    elif fill.rule is FillRule.PACKING and fill.packing_of_diluent and fill.packing_of_powder:
        constants = {"p_d": mg_said(fill.packing_of_diluent), "p_t": mg_said(fill.packing_of_powder)}
        lines.append(page.BENCH_DILUENT_PACKING.format(batch=batch, **constants))
    else:
        lines += [page.BENCH_P_D, page.BENCH_P_T, page.BENCH_DILUENT_MEASURE.format(batch=batch)]
    return (*lines, page.BENCH_FILL.format(batch=batch), page.BENCH_LADDER)


def materials(plan: Plan) -> str:
    """What the capsules are filled up with, and their size."""
    size = plan.order.capsule.size
    capsules = page.MATERIALS_SIZE.format(size=size) if size is not None else page.MATERIALS_NO_SIZE
    return page.MATERIALS.format(diluent=plan.order.diluent.name, capsules=capsules)


def before_weighing(plan: Plan) -> tuple[str, ...]:
    """What is ticked before anything is weighed out."""
    others = plan.drug.confused_with if plan.drug is not None else ()
    identity = page.IDENTITY.format(
        form=form_name(plan, plan.drug.default_basis if plan.drug is not None else None),
        strength=strength_said(plan),
        release=plan.order.source.release,
        not_other="".join(page.IDENTITY_NOT.format(other=other) for other in others),
    )
    one = page.ONE_TABLET_UNWEIGHED.format(count=count_said(plan.powder.tablets))
    if plan.powder.one_tablet is not None:
        low, high = plan.powder.one_tablet
        one = page.ONE_TABLET.format(low=said(low), high=said(high))
    weigh = page.WEIGH_ALL.format(tablets=tablets_said(plan.powder.tablets))
    return (identity, weigh, one, page.CRUSH)


def after_blending(plan: Plan, shown: PlanShown) -> tuple[str, ...]:
    """What is ticked when the blend is made."""
    lines = [page.WHOLE_BLEND.format(batch=count_said(plan.powder.batch))]
    if shown["gross_band"] is not None:
        band = page.BAND.format(low=shown["gross_band"]["low"]["text"], high=shown["gross_band"]["high"]["text"])
        if plan.shell_estimated and plan.shell_mass is not None:
            band = f"{band} {page.BAND_TABLE.format(shell=said(plan.shell_mass))}"
        lines.append(band)
    return tuple(lines)


def remarks(plan: Plan, shown: PlanShown) -> tuple[str, ...]:
    """What is said of the whole: the dose computed back, what weighing cannot remove."""
    lines = []
    if shown["reverse_check"] is not None:
        check = shown["reverse_check"]
        lines.append(page.REVERSE.format(dose=check["dose"]["text"], deviation=check["deviation"]["text"]))
    if plan.powder.rounding_effect is not None and plan.powder.rounding_effect.value:
        lines.append(page.WEIGHING_EFFECT.format(effect=said(plan.powder.rounding_effect)))
    return (*lines, page.LABEL_CLAIM)


def beyond_use_headline(plan: Plan, shown: PlanShown) -> str:
    """Until when the preparation may be used; open while the expiry of a component is not known."""
    expiries = (plan.order.source.expiry, plan.order.diluent.expiry, plan.order.capsule.expiry)
    text = page.BEYOND_USE_OPEN if None in expiries else page.BEYOND_USE
    return text.format(date=shown["beyond_use"]["date"])


def beyond_use_lines(plan: Plan, shown: PlanShown) -> tuple[str, ...]:
    """Why the beyond-use date is that one, and what else was looked at."""
    bound = shown["beyond_use"]
    lines = [
        page.BEYOND_USE_WHY.format(
            by=BOUND_BY[bound["bound_by"]],
            counting=plan.order.beyond_use.counting,
            prepared_on=plan.order.prepared_on.isoformat(),
        )
    ]
    lines += [
        page.OTHER_DATE.format(by=BOUND_BY[limit["by"]].capitalize(), date=limit["date"]) for limit in bound["others"]
    ]
    expiries = {
        "tablets": plan.order.source.expiry,
        "diluent": plan.order.diluent.expiry,
        "shells": plan.order.capsule.expiry,
    }
    unknown = [page.COMPONENTS[name] for name, expiry in expiries.items() if expiry is None]
    if unknown:
        lines.append(page.BEYOND_USE_OR.format(date=bound["date"], unknown=", ".join(unknown)))
    return tuple(lines)


def assumptions(whole: Answer) -> tuple[Line, ...]:
    """Everything that the order did not say, with what was taken and why."""
    lines = []
    for path in whole["defaults"]:
        value = whole["order"]
        for part in path.split("."):
            value = value[part]
        lines.append(Line(label(path), typed_said(str(value)), _why(path)))
    return tuple(lines)


def _why(path: str) -> str:
    if path in {"prepared_on", "source.weighed_on"}:
        return page.WHY_TODAY if path == "prepared_on" else page.WHY_DAY
    return page.WHY_DEFAULT if path in limits.DEFAULTS or path == "drug" else page.WHY_DRUG
