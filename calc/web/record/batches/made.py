"""What the page that signs a batch as made asks for, and what it says of steps that have no entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from calc.planning.bench_codes import BenchCode
from calc.record.batch import figures
from calc.record.batch.acts import Make
from calc.record.batch.codes import CHOICES
from calc.record.batch.finishing import blank_steps, least_unasked, unexplained
from calc.record.batch.planned import plan_batch
from calc.record.batch.state import BatchState
from calc.record.words.readings import shells_said
from calc.record.words.steps import steps_said
from calc.web.record.batches import act_words, words
from calc.web.record.batches.acting import may_see
from calc.web.record.batches.forms import chosen, text_of
from calc.web.record.forms import RecordForm
from calc.web.record.ground import ground


def made_in(form: RecordForm) -> Make:
    """Return the act that is typed."""
    return Make(**{each.name: text_of(form, each.name) for each in fields(Make)})


def explained(state: BatchState) -> Mapping[str, Any]:
    """Return the box for the reason why steps that matter for the dose have no entry; none if all have one."""
    if not unexplained(blank_steps(state)):
        return {}
    return {"blank": chosen(words.BLANK, CHOICES["blank"], words.BLANK_HINT)}


def still_blank(state: BatchState) -> str:
    """Return what is signed, and which steps have no entry yet; blank if all have one."""
    blank = blank_steps(state)
    return f"{act_words.MADE.about} {act_words.STILL_BLANK.format(steps=steps_said(blank))}" if blank else ""


def hint(state: BatchState, form: RecordForm) -> None:
    """Say at the boxes when a number asks for a reason, and how empty shells are typed; only to who sees figures."""
    if may_see(state):
        least = least_unasked(plan_batch(state.order, ground().library).plan)
        form["reason"].description = words.YIELD_ASKED.format(least=figures.written(least))
        form["shells"].description = _shells_hint(state)


def _shells_hint(state: BatchState) -> str:
    """Return how the masses of empty shells are typed, and that none need be where some were weighed together."""
    weighed = state.entries.get(BenchCode.TEN_SHELLS)
    if weighed is None:
        return words.SHELLS_HINT
    return words.SHELLS_KNOWN.format(shells=shells_said(weighed.shells or 1), mass=weighed.text)
