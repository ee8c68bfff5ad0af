"""What a record prints of the plan: the words of this version, or what was kept where it plans otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from calc.arithmetic.units import Figure
from calc.capsule.planning.bench import PACKING
from calc.faults import Refused
from calc.library import Library
from calc.liquid.plan import LiquidPlan
from calc.paper.pharmacy import Pharmacy
from calc.record.batch.back import at_bench_of
from calc.record.batch.planned import plan_batch
from calc.record.batch.state import BatchState
from calc.record.words import paper as words
from calc.service.preparations import AnyPlan, preparation_of
from calc.sheet.on_paper import IN_A_FIELD, Printed
from calc.wording import label
from calc.wording import paper as of_papers
from calc.wording import sheet as of_sheet
from calc.wording.figures import said, value_said

#: The component that every batch has beside those of its order.
CONTAINER = "container"


class PlannedRow(NamedTuple):
    """One step of the work: its key, what is done, and its target with its bounds, as printed."""

    key: str
    do: str
    target: str


class Component(NamedTuple):
    """One component: the part of the order that it is, its name and note, the amount planned."""

    key: str
    name: str
    note: str
    planned: str


class OfPlan(NamedTuple):
    """What the plan says of a batch, as finished strings. `otherwise` is said where this version plans otherwise."""

    product: str
    in_words: str
    subtitle: str
    facts: list[list[str]]
    components: list[Component]
    measured: str
    sections: list[tuple[str, list[PlannedRow]]]
    back: list[list[str]]
    passed: list[str]
    until: list[str]
    steps: list[list[str]]
    sure: list[str]
    cautions: list[str]
    label: list[str]
    order: list[list[str]]
    otherwise: str = ""


def of_plan(state: BatchState, answer: Mapping[str, Any], library: Library, pharmacy: Pharmacy, paper: str) -> OfPlan:
    """Return what the plan of a batch says; `answer` is the whole answer as it was kept with the batch."""
    try:
        plan = plan_batch(state.order, library).plan
        at_bench = at_bench_of(state.entries, state.made_as)
        content = preparation_of(plan).sheet_content(plan, paper, pharmacy, at_bench, annex=True)
    except Refused:
        return _as_kept(state, answer)
    if content["fingerprint"] != of_papers.plan_id(state.fingerprint):
        return _as_kept(state, answer)
    annex, measured = content["annex"], content["measured"]
    preparation = preparation_of(plan)
    work = preparation.work if PACKING.isdisjoint(state.entries) else preparation.work_of_batch
    keys = [step.key for step in work(plan) if step.code not in IN_A_FIELD]
    rows = iter(keys)
    # a batch keeps no answer in its order: what was asked stands in its review
    questions = {label(f"screening.{name}") for name in state.order["screening"]}
    return OfPlan(
        product=content["product"],
        in_words=content["in_words"],
        subtitle=f"{content['subtitle']} {content['warned']}".strip(),
        facts=annex["facts"],
        components=[
            Component(key, each["name"], without_blanks(each["note"]), each["cells"][0])
            for key, each in zip(component_keys(plan), content["components"], strict=True)
        ],
        measured=f"{measured['title']} {measured['text']} {measured['least']} {content['back']}".strip(),
        sections=[(part["title"], [_row(next(rows), row) for row in part["rows"]]) for part in content["sections"]],
        back=[[line["name"], joined(line["figure"], line["text"])] for line in content["weighed"]],
        passed=content["passed"],
        until=[f"{annex['until']}.", *annex["until_lines"]],
        steps=annex["steps"],
        sure=annex["sure"],
        cautions=content["cautions"],
        label=[line for line in annex["label"] if line != of_papers.LABEL_NOT_RELEASED],
        order=[[name, value] for name, value, _ in annex["order"] if name not in questions],
    )


def joined(*parts: str) -> str:
    """Return those sentences that are not blank, one after the other."""
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def component_keys(plan: AnyPlan) -> list[str]:
    """Return the parts of the order that the components of a plan are, in the order in which papers name them."""
    ingredients = [f"ingredients.{each.place}" for each in plan.ingredients]
    if isinstance(plan, LiquidPlan):
        parts = [f"vehicle.parts.{part.place}" for part in plan.vehicle.parts] or ["vehicle"]
        return ["source", *parts, *ingredients, CONTAINER]
    return ["source", "diluent", *ingredients, "capsule", CONTAINER]


def component_name(part: str) -> str:
    """Return the name of a component by the part of the order that it is."""
    return of_sheet.CONTAINER if part == CONTAINER else label(part)


def leaves(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path and value of each field of an order that has one.

    >>> list(leaves({"dose": "4.5 mg", "source": {"lot": None, "maker": "M"}}))
    [('dose', '4.5 mg'), ('source.maker', 'M')]
    """
    for key, value in tree.items():
        path = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from leaves(value, f"{path}.")
        elif isinstance(value, list | tuple):
            yield from leaves({str(index): each for index, each in enumerate(value)}, f"{path}.")
        elif value is not None:
            yield path, value


def _row(key: str, row: Printed) -> PlannedRow:
    band = f", {row['band']}" if row["band"] and row["target"] else row["band"]
    return PlannedRow(key, without_blanks(f"{row['do']} {row['note']}"), f"{row['target']}{band}")


def without_blanks(text: str) -> str:
    """Return a text of the sheet without the sentences that ask for something to be written there by hand.

    >>> without_blanks("Destroy the rest. Witness ________"), without_blanks("Tight. Type, size:")
    ('Destroy the rest.', 'Tight.')
    """
    kept = [part for part in text.strip().split(". ") if "__" not in part and not part.endswith(":")]
    return f"{'. '.join(kept).rstrip('.')}." if kept else ""


def _as_kept(state: BatchState, answer: Mapping[str, Any]) -> OfPlan:
    """Return what was kept of the plan, its steps by their keys, with every figure as it was then."""
    plan, order = answer["plan"], state.order
    taken = dict.fromkeys(lot.component for lot in state.lots)
    dose = order.get("dose") or order.get("strength") or ""
    drug = order["drug"] if isinstance(order["drug"], str) else order["drug"]["name"]
    return OfPlan(
        product=f"{drug} {value_said(str(dose))}",
        in_words="",
        subtitle="",
        facts=[],
        components=[
            Component(each, label(each) if each != CONTAINER else of_sheet.CONTAINER, "", "") for each in taken
        ],
        measured="",
        sections=[(of_sheet.SECTION_HEAD[0], [_kept_row(target) for target in state.targets])],
        back=[],
        passed=[each["text"] for each in plan.get("acknowledged", ())],
        until=[f"{state.use_until or ''}"],
        steps=[
            [step["title"], step["formula"], step["substituted"], step["result"], step["reference"]]
            for step in plan["steps"]
        ],
        sure=[],
        cautions=[each["text"] for each in plan.get("cautions", ())],
        label=[],
        order=[
            [label(path), value_said(str(value))] for path, value in leaves(order) if not path.startswith("screening.")
        ],
        otherwise=words.PLANNED_OTHERWISE.format(version=state.program),
    )


def _kept_row(target: Any) -> PlannedRow:
    low, high = target.low, target.high
    amount = said(target.target) if isinstance(target.target, Figure) else ""
    ends = " to ".join(said(end) for end in (low, high) if isinstance(end, Figure))
    return PlannedRow(target.step, target.step.replace("_", " "), amount or ends)
