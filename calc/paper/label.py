"""Labels for the container: drug and strength, directions, patient, beyond-use date, warnings, pharmacy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from calc.formulation import KEY_PREFIX
from calc.paper.code import reference_code
from calc.paper.fitting import which_fit
from calc.paper.pharmacy import Pharmacy
from calc.paper.press import DoesNotFit
from calc.paper.until import last_day_of
from calc.planning.work import WorkedPlan
from calc.sheet.assessment import stored
from calc.sheet.lines import PlanSheet
from calc.sheet.parts import controlled
from calc.sheet.until import blanks_said, day_said, limit_said
from calc.wording import assessment as on_drug
from calc.wording import paper as words
from calc.wording import until
from calc.wording.dates import in_words
from calc.wording.formulations import ON_LABEL, SHORT_ON_LABEL
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
    "2.25x1.25": Stock("2.25 \u00d7 1.25 in", "2.25in", "1.25in", 26),
    "4x2": Stock("4 \u00d7 2 in", "4in", "2in", 40),
    "62x29": Stock("62 \u00d7 29 mm", "62mm", "29mm", 26),
    "30": Stock("30 on a letter sheet, 2.625 \u00d7 1 in", "2.625in", "1in", 26, columns=3, rows=10),
}


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a container, as finished strings; the short ones are for small labels.

    `title` names drug, form and strength in one line. `handling` is what the preparation asks for, as to shake it.
    `take` are the words between which the directions are written by hand.
    """

    title: str
    drug: str
    strength: str
    quantity: str
    what: str
    what_short: str
    store: str
    store_short: str
    take: tuple[str, str] = words.LABEL_TAKE
    handling: tuple[str, ...] = ()


#: A label on which nothing is typed: every line for the patient is written by hand.
NOTHING_TYPED: Mapping[str, str] = {}


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
    plan: WorkedPlan, sheet: PlanSheet, said: Contents, pharmacy: Pharmacy, typed: Mapping[str, str]
) -> Mapping[str, Any]:
    """Return what stands on a label, part by part; `said` is what is in it.

    `typed` are the lines for one patient, as finished strings by their names; what is not typed is a line to write on.
    """
    number = sheet.whole["order"]["internal_number"]
    labels = plan.drug.label_warnings if plan.drug is not None else ()
    grave = sum(1 for each in takewhile(lambda each: each.joined, labels[1:])) + 1
    lines = {
        "state": words.LABEL_NOT_RELEASED if sheet.not_released else "",
        "drug": said.drug,
        "strength": said.strength,
        "quantity": said.quantity,
        "what": said.what,
        "what_short": said.what_short,
        "until": _until(plan, sheet),
        "batch": words.LABEL_BATCH_OPEN if number is None else words.LABEL_BATCH.format(number=number),
        "store": stored(plan, said.store),
        "store_short": stored(plan, said.store_short),
        "grave": labels[0].text if labels else "",
        "grave_more": " ".join(each.text for each in labels[1:grave]),
        "handling": [*said.handling, *_handling(plan)],
        "warnings": [each.text for each in labels[grave:]],
        "compounded": " ".join(filter(None, (words.LABEL_COMPOUNDED, _formula(plan, ON_LABEL)))),
        "compounded_short": _formula(plan, SHORT_ON_LABEL) or words.LABEL_COMPOUNDED,
        "children": words.LABEL_CHILDREN,
        "children_short": words.LABEL_CHILDREN_SHORT,
    }
    blanks = {
        "title": said.title,
        "text": list(_text(said.title, lines)),
        "pharmacy": {
            "address": pharmacy.address,
            **{part: _line(name, getattr(pharmacy, part)) for part, name in words.LABEL_PHARMACY.items()},
        },
        "fields": [_line(words.LABEL_LINES[name], typed.get(name, "")) for name in _ON_ONE_LINE],
        **{name: _line(words.LABEL_LINES[name], typed.get(name, "")) for name in ("patient", "pharmacist")},
        "take": list(said.take),
        "directions": typed.get("directions", ""),
    }
    return {**lines, **blanks}


_ON_ONE_LINE = ("rx_number", "filled", "refills", "prescriber")


def _line(name: str, text: str) -> Mapping[str, str]:
    return {"name": name, "text": text}


def _until(plan: WorkedPlan, sheet: PlanSheet) -> str:
    """Return the last day of use; on the sheet of a plan with an expiry that is not known, when it will be printed."""
    kept, last = plan.beyond_use.chosen, in_words(last_day_of(plan.beyond_use))
    if sheet.by_pharmacist:
        return on_drug.UNTIL.format(limit=limit_said(plan), date=day_said(kept))
    if sheet.expiry_open:
        return words.LABEL_UNTIL_OPEN
    day = f"{last}{until.ON_LABEL[plan.beyond_use.published_by]}"
    if kept.hours is None:
        return words.LABEL_UNTIL.format(date=day)
    return blanks_said(kept, plan.order, day)


def _handling(plan: WorkedPlan) -> Iterator[str]:
    """Yield what the drug or the answers on it ask for on every label."""
    yield from (f"{text}." for text in controlled(plan.drug))
    if plan.order.assessment.hazardous == "yes":
        yield f"{on_drug.HAZARDOUS}."


def _formula(plan: WorkedPlan, said: Mapping[bool, str]) -> str:
    """Return which published formula is followed, or was changed; blank if the order names none."""
    used = plan.formulation
    if used is None:
        return ""
    return said[not used.changed and used.said.whole].format(key=used.key, name=used.key.removeprefix(KEY_PREFIX))


def _text(title: str, lines: Mapping[str, Any]) -> Iterator[str]:
    """Yield the text of the label as a sheet tells it, line by line, without what is written for one patient."""
    if lines["state"]:
        yield lines["state"]
    yield title
    yield f"{lines['quantity']}, {lines['what']}"
    yield lines["until"]
    yield lines["batch"]
    warned = (lines["grave"], lines["grave_more"], *lines["handling"], *lines["warnings"])
    yield " ".join(text for text in (*warned, lines["store"], lines["children"], lines["compounded"]) if text)
