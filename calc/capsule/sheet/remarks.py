"""The rest of a sheet: materials, remarks on the whole, the beyond-use date and why, what was assumed."""

from __future__ import annotations

from calc.capsule.contract import PlanShown
from calc.capsule.plan import Plan
from calc.wording import bench, page
from calc.wording.figures import said
from calc.wording.steps import BOUND_BY


def materials(plan: Plan) -> str:
    """What the capsules are filled up with, and their size."""
    size = plan.order.capsule.size
    capsules = page.MATERIALS_SIZE.format(size=size) if size is not None else page.MATERIALS_NO_SIZE
    return page.MATERIALS.format(diluent=plan.order.diluent.name, capsules=capsules)


def remarks(plan: Plan, shown: PlanShown) -> tuple[str, ...]:
    """What is said of the whole: the dose computed back, what weighing cannot remove."""
    lines = []
    if shown["reverse_check"] is not None:
        check = shown["reverse_check"]
        lines.append(bench.REVERSE.format(dose=check["dose"]["text"], deviation=check["deviation"]["text"]))
    if plan.powder.rounding_effect is not None and plan.powder.rounding_effect.value:
        lines.append(bench.ROUNDING.format(effect=said(plan.powder.rounding_effect)))
    return (*lines, bench.LABEL_CLAIM) if plan.powder.tablets is not None else tuple(lines)


def expiry_open(plan: Plan) -> bool:
    """Whether the expiry of a component is not known yet, and may be sooner than the date."""
    return None in (plan.order.source.expiry, plan.order.diluent.expiry, plan.order.capsule.expiry)


def beyond_use_headline(plan: Plan, shown: PlanShown) -> str:
    """Until when the preparation may be used; open while the expiry of a component is not known."""
    text = page.BEYOND_USE_OPEN if expiry_open(plan) else page.BEYOND_USE
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
        "tablets" if plan.powder.tablets is not None else "powder": plan.order.source.expiry,
        "diluent": plan.order.diluent.expiry,
        "shells": plan.order.capsule.expiry,
    }
    unknown = [page.COMPONENTS[name] for name, expiry in expiries.items() if expiry is None]
    if unknown:
        lines.append(page.BEYOND_USE_OR.format(date=bound["date"], unknown=", ".join(unknown)))
    return tuple(lines)
