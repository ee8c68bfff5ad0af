"""`/record/batches/N/correct/SEQ`: a new value beside the old one, with a reason."""

from __future__ import annotations

from flask import request
from wtforms.fields.choices import SelectChoice

from calc.record.batch.acts import Correct
from calc.record.batch.correcting import DONE, Corrected, correctable, ends_batch
from calc.record.batch.rights import right_to_correct
from calc.record.batch.tested import TEST
from calc.record.refusals import Unknown
from calc.record.rights import Act
from calc.record.words.meanings import meaning_of
from calc.web.forms.fields import listed
from calc.web.record.batches import act_words, words
from calc.web.record.batches.acting import address_of, may_see, send
from calc.web.record.batches.acts import made, rendered
from calc.web.record.batches.entries import FIELDS, value_of
from calc.web.record.batches.forms import CorrectForm, SignedCorrectForm, text_of
from calc.web.record.batches.names import Names
from calc.web.record.batches.page import shown as read_batch
from calc.web.record.routes import Answer, route
from calc.web.record.session import current

_MASSES, _VOLUMES = ("g", "mg"), ("mL",)


@route("/batches/<number>/correct/<int:seq>", Act.CORRECT_OWN, methods=("GET", "POST"), at_any_screen=True)
def correct(number: str, seq: int) -> Answer:
    """Show an entry with its old value, and correct it: one's own unsigned before any check; else it is signed."""
    seen, posted = read_batch(number), request.form if request.method == "POST" else None
    state = seen.state
    found = correctable(state, seq)
    if found is None or not may_see(state):
        raise Unknown(str(seq))
    right = right_to_correct(state, seq, current().person.id)
    kind = CorrectForm if right is Act.CORRECT_OWN else SignedCorrectForm
    fields = listed(
        [
            (name, f"{FIELDS[name]}: {value_of(name, value, seen.names, found.touches)}")
            for name, value in found.fields.items()
        ]
    )
    meaning = meaning_of(state, Correct, current().person.id) if kind is SignedCorrectForm else ""
    form = made(kind, posted, state, meaning, {"field": fields, "unit": _units(found)})
    if found.touches == TEST:
        form["new"].description = words.NEW_OF_TEST
    if DONE in found.fields:
        form["new"].description = words.NEW_OF_TICK

    def again() -> str:
        said = act_words.CORRECT._replace(about=_about(seen.names, found))
        if ends_batch(state, found.touches):
            said = said._replace(happens=(act_words.ENDS, *said.happens))
        return rendered(state, form, said, address_of(number, f"correct/{seq}"), meaning)

    if posted is None:
        return again()
    act = Correct(seq, *(text_of(form, name) for name in ("field", "new", "reason", "unit", "text")))
    return send(form, right, number, [act], again=again)


def _units(found: Corrected) -> list[SelectChoice]:
    """Return the units that the new value of an entry may have; none for a text, a count, a lot or a day."""
    written = set() if found.touches == TEST else {value.rpartition(" ")[2] for value in found.fields.values()}
    units = _MASSES if written & set(_MASSES) else _VOLUMES if written & set(_VOLUMES) else ()
    return listed([("", words.CHOOSE if units else words.NO_UNIT), *((unit, unit) for unit in units)])


def _about(names: Names, found: Corrected) -> str:
    """Return which entry is corrected and what it says now."""
    kind, _, component = found.touches.partition(".")
    step = names.component(component) if kind == "lot" else FIELDS.get(kind) or names.step(kind)
    now = ", ".join(value_of(name, value, names, found.touches) for name, value in found.fields.items() if value)
    return f"{step}: {now}. {act_words.CORRECT.about}"
