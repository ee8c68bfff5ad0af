"""The compounding record of a batch as PDF: all that is kept of it, as finished strings, set in type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from calc.answers.figures import share
from calc.answers.parts import VERSION
from calc.arithmetic.units import RATIO, Figure, in_lowest_terms
from calc.library import Library
from calc.paper.pharmacy import NO_PHARMACY, Pharmacy
from calc.paper.press import PAPERS, press
from calc.planning.bench_codes import BenchCode
from calc.record.batch import figures
from calc.record.batch.review import Item
from calc.record.batch.state import SELF_CHECK, BatchState, BatchStatus
from calc.record.chain import Head
from calc.record.envelope import Event
from calc.record.paper import findings, work
from calc.record.paper.people import by_and_when, said_at, when, who
from calc.record.paper.planned import OfPlan, of_plan
from calc.record.paper.work import Printed, Written, joined
from calc.record.words import paper as words
from calc.record.words.review import ITEMS
from calc.record.words.steps import steps_said
from calc.verdicts import Verdict
from calc.wording import paper as of_papers
from calc.wording.figures import said
from calc.wording.paper import plan_id

#: States of a batch from which on its release stands on the record.
_RELEASED = frozenset({BatchStatus.RELEASED, BatchStatus.EXHAUSTED})


class Kept(NamedTuple):
    """What is kept of a batch: its state, its events in order, the head of the chain, its whole answer."""

    state: BatchState
    events: Sequence[Event]
    head: Head
    answer: Mapping[str, Any]


def record_pdf(kept: Kept, library: Library, paper: str = "letter", pharmacy: Pharmacy = NO_PHARMACY) -> bytes:
    """Return the compounding record of a batch as PDF on `paper`, one of `PAPERS`."""
    content = record_content(kept, library, paper, pharmacy)
    made_on = date.fromisoformat(kept.state.order["prepared_on"])
    return press("record.typ", content, made_on, words.PAPER.format(name=of_papers.PAPER_NAMES[paper]))


def record_content(
    kept: Kept, library: Library, paper: str = "letter", pharmacy: Pharmacy = NO_PHARMACY
) -> Mapping[str, Any]:
    """Return everything that the record prints, as finished strings."""
    state = kept.state
    written = Written(state, kept.events)
    plan = of_plan(state, kept.answer, library, pharmacy, paper)
    lists = list(_lists(written))
    address = ", ".join(filter(None, (pharmacy.address, pharmacy.phone)))
    return {
        "paper": PAPERS[paper],
        "states": list(_states(state, plan)),
        "pharmacy": {"name": pharmacy.name, "address": address},
        "batch": state.number,
        "made_on": state.order["prepared_on"],
        "fingerprint": plan_id(state.fingerprint),
        "head": said_at(kept.head),
        "version": of_papers.VERSION.format(version=VERSION),
        "product": plan.product,
        "in_words": joined([plan.in_words, plan.subtitle], " "),
        "facts": list(_facts(written, plan)),
        "signatures": findings.signatures(written),
        "components": work.components(plan, written),
        "measured": plan.measured,
        "sections": work.rows(plan, written),
        "back": plan.back,
        "checks": findings.checks(written),
        "lists": [[title, rows] for title, rows in lists if rows],
        "none": words.NONE_OF.format(names=", ".join(title.lower() for title, rows in lists if not rows)),
        "made": list(_made(written)),
        "release": _release(written),
        "passed": plan.passed,
        "until": " ".join(plan.until),
        "steps": plan.steps,
        "sure": " ".join(plan.sure),
        "cautions": plan.cautions,
        "label": _label(written) or plan.label,
        "order": plan.order,
        "not_kept": words.NOT_KEPT_YET,
        "void": words.EARLIER_SHEETS.format(plan_id=plan_id(state.fingerprint)),
        "words": _WORDS,
    }


def _states(state: BatchState, plan: OfPlan) -> Iterator[str]:
    """Yield what heads every page: that nobody else looked, that the batch is not released, that figures are kept."""
    if state.self_checked:
        yield words.SELF_CHECK
    if state.status not in _RELEASED:
        yield words.NOT_RELEASED.format(status=words.STATUS[state.status])
    if plan.otherwise:
        yield plan.otherwise


def _facts(written: Written, plan: OfPlan) -> Iterator[list[str]]:
    """Yield the facts of the batch and of its preparation, each with its name."""
    state, (opened, *_) = written.state, written.events
    named = state.order.get("formulation")
    finished = [event for event in written.of("mismatch.resolved") if event.data["checking"] == SELF_CHECK]
    reason = words.SELF_REASON.format(reason=written.value((opened, *finished)[-1], "reason"))
    made, planned = (said(amount) if amount is not None else "" for amount in (state.made, state.planned))
    counted = words.of_planned(made, planned) if made else words.NOT_COUNTED.format(planned=planned)
    texts = {
        "opened": by_and_when(opened),
        "made": ", ".join(dict.fromkeys(when(event) for event in written.of("batch.made"))) or words.NOT_WRITTEN,
        "checking": reason if state.self_checked else words.TWO_PERSONS,
        "purpose": state.purpose,
        "quantity": counted,
        "status": words.STATUS[state.status],
        "container": _container(state) or words.NOT_WRITTEN,
        "formulation": words.NO_FORMULATION if named is None else words.FORMULATION.format(key=named),
    }
    yield from ([words.FACTS[key], text] for key, text in texts.items())
    yield from plan.facts[:6]


def _container(state: BatchState) -> str:
    """Return the container and its closure as opened with, else as written down at the bench."""
    entry = state.entries.get(BenchCode.CONTAINER)
    return state.container or ("" if entry is None else entry.text)


def _lists(written: Written) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the lists of findings, each with its title; one without any says so."""
    yield words.DEVIATIONS, findings.deviations(written)
    yield words.CORRECTIONS, findings.corrections(written)
    yield words.HOLDS, findings.holds(written)
    yield words.TESTS, findings.tests(written)
    yield words.MOVES, findings.moves(written)
    yield words.PAPERS, findings.papers(written)


def _made(written: Written) -> Iterator[list[str]]:
    """Yield what was made: the yield, the description, the masses, what was destroyed, and by whom."""
    for event in written.of("batch.made"):
        made, planned = written.value(event, "made"), event.data["planned"]
        part = share(part_of(figures.read(made), figures.read(planned)))["text"]
        yield [words.YIELD, words.YIELD_SAID.format(counted=words.of_planned(made, planned), share=part)]
        texts = {
            words.DESCRIPTION: written.value(event, "description"),
            words.MASSES: joined([masses_said(event.data["masses"]), _verdict(event)], ": "),
            words.MEAN_FILL: event.data["mean_fill"] or "",
            words.SHELLS: masses_said(event.data["shells"]),
            words.LEFT_OVER: written.value(event, "left_over"),
        }
        yield from ([name, text] for name, text in texts.items() if text)
        if reason := written.value(event, "reason"):
            yield [words.REASON, reason]
        if blank := event.data.get("blank"):
            yield [words.LEFT_BLANK, joined([steps_said(blank), event.data["blank_reason"]], ": ")]


def _verdict(event: Event) -> str:
    """Return the verdict of the check by weight; blank if it could not be made."""
    found = event.data["weights"]
    return "" if found is None else words.VERDICTS[Verdict(found)]


def part_of(made: Figure, planned: Figure) -> Figure:
    """Return the part of what was planned that was made.

    >>> from calc.arithmetic.units import CAPSULE, figure
    >>> part_of(figure(27, CAPSULE), figure(30, CAPSULE)).value
    Fraction(9, 10)
    """
    made = made.to(planned.unit)
    return in_lowest_terms(made.numerator * planned.denominator, made.denominator * planned.numerator, RATIO)


def _label(written: Written) -> list[str]:
    """Return the lines of the last label as it was printed, without those of one patient, which are not kept."""
    printed = written.of("label.printed")
    return list(printed[-1].data.get("lines") or ()) if printed else []


def _release(written: Written) -> Printed:
    """Return the review before release: each item with what was found, by whom and when."""
    event = written.state.released
    if event is None:
        return {"by": words.NOT_REVIEWED, "items": []}
    items = [
        [ITEMS[Item(item)], words.ANSWERED.get(said_of, said_of)] for item, said_of in event.data["review"].items()
    ]
    items += [[words.QUESTIONS, event.data["screening"]], [words.UNTIL, event.data["until"]]]
    return {"by": words.REVIEWED.format(who=who(event.by), at=when(event)), "items": items}


def masses_said(masses: Sequence[str]) -> str:
    """Return masses of an event, their unit once.

    >>> masses_said(["185 mg", "184.5 mg"]), masses_said([])
    ('185, 184.5 mg', '')
    """
    if not masses:
        return ""
    *others, last = masses
    return ", ".join([*(each.partition(" ")[0] for each in others), last])


#: Words that are the same on every record.
_WORDS = {
    "title": words.TITLE,
    "page": words.PAGE,
    "batch": words.BATCH,
    "made": words.MADE,
    "plan": words.PLAN,
    "retain": words.RETAIN,
    "signatures": words.SIGNATURES,
    "signature_head": words.SIGNATURE_HEAD,
    "unsigned": words.UNSIGNED,
    "component_head": words.COMPONENT_HEAD,
    "work_head": words.WORK_HEAD,
    "checks": words.CHECKS,
    "no_checks": words.NO_CHECKS,
    "none": words.NONE,
    "product": words.PRODUCT,
    "release": words.RELEASE,
    "until": words.BEYOND_USE,
    "label": words.LABEL_TEXT,
    "cautions": words.CAUTIONS,
    "steps": words.CALCULATIONS,
    "order": words.ORDER,
    "not_kept": words.NOT_KEPT,
    "passed": of_papers.PASSED,
}
