"""Labels for the container: contents, amount, beyond-use date, warnings; blanks for patient and pharmacy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from calc.paper.code import reference_code
from calc.paper.fitting import which_fit
from calc.paper.press import DoesNotFit
from calc.paper.until import last_day_of
from calc.planning.work import WorkedPlan
from calc.sheet.assessment import stored
from calc.sheet.lines import PlanSheet
from calc.sheet.parts import controlled
from calc.wording import assessment as on_drug
from calc.wording import paper as words
from calc.wording.paper import plan_id


@dataclass(frozen=True, slots=True)
class Stock:
    """A kind of label: its size, the largest code it takes, and how many labels a sheet has in columns and rows."""

    name: str
    width: str
    height: str
    code_modules: int
    module: str = "0.34mm"
    columns: int = 1
    rows: int = 1


#: Label stocks, by their name in a query. Lengths are in the notation of Typst.
STOCKS = {
    "2.25x1.25": Stock("2.25 \u00d7 1.25 in", "2.25in", "1.25in", 52),
    "4x2": Stock("4 \u00d7 2 in", "4in", "2in", 80, "0.42mm"),
    "62x29": Stock("62 \u00d7 29 mm", "62mm", "29mm", 52),
    "30": Stock("30 on a letter sheet, 2.625 \u00d7 1 in", "2.625in", "1in", 52, columns=3, rows=10),
}


def label_on(stock: str, lines: Mapping[str, Any], fingerprint: str, batch: str | None) -> Mapping[str, Any]:
    """Return a label with these lines on `stock`. Raises `DoesNotFit` if its code needs more room."""
    label = STOCKS[stock]
    drawn = reference_code(fingerprint, batch, most=label.code_modules)
    if drawn is None:
        raise DoesNotFit(label.name)
    return {
        "title": words.LABEL_TITLE.format(product=lines["title"]),
        "stock": _measures(label),
        "lines": lines,
        "code": {"modules": drawn.modules, "pixels": drawn.pixels},
        "code_alt": words.REFERENCE_ALT.format(plan_id=plan_id(fingerprint)),
    }


def _measures(label: Stock) -> Mapping[str, Any]:
    """Return what the layout of a label asks for."""
    return {
        "width": label.width,
        "height": label.height,
        "columns": label.columns,
        "rows": label.rows,
        "module": label.module,
    }


def stocks_that_hold(
    lines: Mapping[str, Any], fingerprint: str, batch: str | None, among: Iterable[str] = STOCKS
) -> tuple[str, ...]:
    """Return those of some stocks on which a label with these lines can be printed, by the layout that prints it."""
    drawn = {name: reference_code(fingerprint, batch, most=STOCKS[name].code_modules) for name in among}
    modules = {name: code.modules for name, code in drawn.items() if code is not None}
    tried = [{"stock": _measures(STOCKS[name]), "modules": number} for name, number in modules.items()]
    verdicts = which_fit("label_fits.typ", lines, tried) if tried else ()
    return tuple(name for name, fits in zip(modules, verdicts, strict=True) if fits)


def lines_of(
    plan: WorkedPlan, sheet: PlanSheet, *, title: str, what: str, store: str, warnings: Iterable[str] = ()
) -> Mapping[str, Any]:
    """Return the lines of a label, the most important first; the same lines are on the preparation sheet.

    `warnings` are those of the preparation; those of the drug's file follow them.
    """
    number = sheet.whole["order"]["internal_number"]
    last = last_day_of(plan.beyond_use).isoformat()
    by_study = words.LABEL_BY_STUDY if plan.beyond_use.by_study else ""
    until = (words.LABEL_UNTIL.format(date=last) + by_study, words.LABEL_UNTIL_OPEN if sheet.expiry_open else "")
    if sheet.by_pharmacist:
        limit = on_drug.LIMITS[plan.beyond_use.by_study]
        until = (on_drug.UNTIL, on_drug.UNTIL_LIMIT.format(limit=limit, date=last))
    return {
        "state": words.LABEL_NOT_RELEASED if sheet.not_released else "",
        "title": title,
        "what": what,
        "until": until[0],
        "until_open": until[1],
        "batch": words.LABEL_BATCH_OPEN if number is None else words.LABEL_BATCH.format(number=number),
        "store": stored(plan, store),
        "warnings": [
            *warnings,
            *(f"{text}." for text in controlled(plan.drug)),
            *(each.text for each in (plan.drug.label_warnings if plan.drug is not None else ())),
        ],
        "compounded": words.LABEL_COMPOUNDED,
        "children": words.LABEL_CHILDREN,
        "blanks": [words.LABEL_PATIENT, words.LABEL_PHARMACY],
    }
