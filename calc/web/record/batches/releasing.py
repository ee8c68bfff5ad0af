"""`/record/batches/N/release`: tray and label read again, the questions, the list gone through, and the release."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request
from wtforms import BooleanField

from calc.record.batch.acts import Release
from calc.record.batch.finishing import blank_steps, unexplained
from calc.record.batch.points import RELEASE, point_named
from calc.record.batch.review import ASKED, BY_FORM, LEFT_BLANK, Item, review, to_confirm
from calc.record.batch.screening import at_release
from calc.record.batch.state import BatchState, BatchStatus
from calc.record.batch.values import has_read
from calc.record.refusals import Unknown
from calc.record.rights import Act
from calc.record.words.meanings import meaning_of
from calc.record.words.review import ITEMS
from calc.record.words.steps import steps_said
from calc.store.door import Appended
from calc.web.record.batches import words
from calc.web.record.batches.acting import address_of, batch_of, hands_over, is_handed_over, readers_of, send, signer_of
from calc.web.record.batches.checking import differ_said, handing_over
from calc.web.record.batches.forms import ReleaseForm, text_of, with_fields
from calc.web.record.batches.readings import fields_of, groups_of, values_in
from calc.web.record.batches.screening import answers_in, boxes_in, boxes_of
from calc.web.record.batches.states import Chip
from calc.web.record.batches.timeline import check_address
from calc.web.record.ground import ground
from calc.web.record.private import OVERRIDE
from calc.web.record.routes import Answer, route
from calc.web.record.session import current

#: The state of an item that the form itself asks.
_BELOW = Chip("wait", "clock", "Below")
#: The beginning of the names of the items that are confirmed.
ITEM = "reviewed-"
_STATES = {
    "yes": Chip("ok", "tick", "Yes"),
    "no": Chip("stop", "triangle", "No"),
    "explained": Chip("wait", "clock", "Explained: confirm"),
    "asked": Chip("wait", "clock", "Look and confirm"),
    "not kept yet": Chip("", "", "Not kept yet"),
    "left blank": Chip("wait", "triangle", "Left blank"),
}


@route("/batches/<number>/release", Act.RELEASE, methods=("GET", "POST"), at_any_screen=True, while_locked=True)
def release(number: str) -> Answer:
    """Show the list and the boxes of the label, and release the batch."""
    state, person = batch_of(number), current().person
    point = point_named(state, RELEASE)
    if point is None:
        raise Unknown(RELEASE)
    if state.status is not BatchStatus.MADE:
        return redirect(address_of(number), 303)
    if request.method == "GET" and hands_over(state):
        return handing_over(state, RELEASE)
    reads = not has_read(state, person.id)
    found = review(state, ground().library, ground().store.now().day)
    confirmed = to_confirm(found)
    fields: dict[str, Any] = fields_of(state, point) if reads else {}
    fields |= boxes_of(at_release(state, ground().library))
    fields |= {f"{ITEM}{item.value}": BooleanField(ITEMS[item]) for item in confirmed}
    posted = request.form if request.method == "POST" else None
    form = with_fields(ReleaseForm, fields)(
        posted, meaning=meaning_of(state, Release, person.id), version=state.version, signer=signer_of(state)
    )
    if form.signer.names:
        form.signer.names = readers_of(state, Act.RELEASE)

    def page() -> str:
        return render_template(
            "record/batches/release.html",
            number=number,
            title=words.RELEASE,
            about=words.ABOUT_RELEASE,
            button=words.RELEASE,
            happens=words.RELEASE_HAPPENS,
            address=address_of(number, "release"),
            meaning=form.meaning,
            form=form,
            groups=tuple(groups_of(state, point, form)) if reads else (),
            review=[
                {
                    "text": _text(state, item, said),
                    "state": _BELOW if item in BY_FORM and said == ASKED else _STATES[said],
                    "field": _field(form, f"{ITEM}{item.value}"),
                }
                for item, said in found.items()
            ],
            questions=boxes_in(form),
            own_check=check_address(number, RELEASE) if state.point_due == RELEASE else "",
            messages=form.told,
            linked=not is_handed_over(),
            differ=differ_said(state, point) if reads else "",
        )

    if posted is None:
        return page()

    def done(appended: Appended) -> str:
        released = any(event.type in ("batch.released", "batch.held") for event in appended.events)
        return address_of(number, "" if released else "release")

    act = Release(
        values_in(state, point, form) if reads else {},
        answers_in(form),
        text_of(form, OVERRIDE),
        tuple(item.value for item in confirmed if form[f"{ITEM}{item.value}"].data),
    )
    return send(form, Act.RELEASE, number, [act], again=page, done=done)


def _field(form: ReleaseForm, name: str) -> Any:
    return next((field for field in form if field.name == name), None)


def _text(state: BatchState, item: Item, said: str) -> str:
    """Return an item of the list; with what was left blank, and why, where steps have no entry."""
    if said != LEFT_BLANK or state.made_as is None:
        return ITEMS[item]
    reason = state.made_as.data.get("blank_reason", "")
    return f"{ITEMS[item]}: {', '.join(filter(None, (steps_said(unexplained(blank_steps(state))), reason)))}"
