"""The sample of a batch that is made, as its page shows it: each mass, the limits, and what lies beyond them."""

from __future__ import annotations

from datetime import date

from calc.checks.answer import weights_shown
from calc.faults import Refused
from calc.library import Library
from calc.record.batch import figures
from calc.record.batch.finishing import weights_of
from calc.record.batch.state import BatchState
from calc.record.paper.document import masses_said
from calc.record.words import paper as of_paper
from calc.web.record.batches import words


def sample_said(state: BatchState, library: Library) -> str:
    """Return what was weighed of the capsules made, and the limits that it was judged by; blank if nothing was."""
    event = state.made_as
    if event is None or not event.data["masses"]:
        return ""
    data = event.data
    said = f"{of_paper.MASSES}: {masses_said(data['masses'])}."
    masses, shells = (tuple(figures.read(each) for each in data[name]) for name in ("masses", "shells"))
    try:
        checked = weights_of(state, figures.read(data["made"]), masses, shells, library, date.fromisoformat(event.day))
    except Refused:  # corrected since, so that it is judged by nothing
        return said
    answer = weights_shown(checked)
    limits = words.LIMITS_OF_FILL.format(
        low=answer["band"]["low"]["text"],
        high=answer["band"]["high"]["text"],
        mean_low=answer["mean_band"]["low"]["text"],
        mean_high=answer["mean_band"]["high"]["text"],
    )
    beyond = [
        words.FILL_BEYOND.format(number=number, fill=answer["fills"][number - 1]["fill"]["text"])
        for number in checked.out
    ]
    if not checked.mean_ok:
        beyond.append(words.MEAN_BEYOND.format(fill=answer["mean_fill"]["text"]))
    return " ".join([said, limits, *([words.BEYOND.format(what=", ".join(beyond))] if beyond else [])])
