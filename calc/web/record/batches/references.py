"""`/record/batches/N/references`: what is kept beside the chain of a batch, for pharmacists only."""

from __future__ import annotations

import json
from typing import Any

from flask import render_template

from calc.drug import ScreeningQuestion
from calc.record.batch.state import BatchState
from calc.record.envelope import Event
from calc.record.rights import Act
from calc.record.streams import of_batch
from calc.record.words.readings import upper_first
from calc.store.reading import Reading
from calc.web.record.batches import words
from calc.web.record.batches.acting import batch_in
from calc.web.record.batches.from_paper import done_when
from calc.web.record.batches.titles import TITLES
from calc.web.record.ground import ground
from calc.web.record.routes import Answer, route
from calc.wording.steps import REASONS as REASON_WORDS


@route("/batches/<number>/references", Act.READ_REFERENCES)
def references(number: str) -> Answer:
    """Show reference and answers of each release and dispensing, or that they were removed."""
    with ground().store.reading() as reading:
        state = batch_in(reading, number)
        events = [each for each in reading.events(of_batch(number)) if each.type in Reading.WITH_REFERENCES]
        rows = [_row(reading, state, event) for event in events]
    return render_template("record/batches/references.html", number=number, rows=rows, none=words.NOTHING_BESIDE)


def _row(reading: Reading, state: BatchState, event: Event) -> dict[str, Any]:
    reference, answers = (_text(reading, event.data.get(name)) for name in ("reference", "answers"))
    said = [words.REMOVED] if answers is None else _answers(state, answers)
    return {
        "when": done_when(event),
        "what": upper_first(TITLES[event.type]),
        "reference": words.REMOVED if reference is None else reference,
        "answers": said,
    }


def _text(reading: Reading, digest: str | None) -> str | None:
    """Return what is kept by a digest: blank where nothing was kept, None where it was removed."""
    return reading.reference(digest) if digest else ""


def _answers(state: BatchState, text: str) -> list[str]:
    if not text:
        return []
    kept, drug = json.loads(text), ground().library.drug_of(state.order["drug"])
    asked: dict[str, ScreeningQuestion] = {} if drug is None else {each.code: each for each in drug.screening}
    lines = [f"{asked[code].question if code in asked else code} {said}" for code, said in kept["answers"].items()]
    reasons = {reason.value: text for reason, text in REASON_WORDS.items()}
    override = kept.get("override")
    return [*lines, words.GIVEN_BECAUSE.format(reason=reasons.get(override, override))] if override else lines
