"""`/record/batches/N/check/POINT`: the blind check, on an empty form; and `/hand-over`, which locks a screen for it."""

from __future__ import annotations

from flask import redirect, render_template, request

from calc.record.batch.acts import Check
from calc.record.batch.points import RELEASE, Point, point_named
from calc.record.batch.state import BatchState
from calc.record.refusals import Unknown
from calc.record.rights import Act
from calc.record.words.meanings import meaning_of
from calc.record.words.readings import point_words
from calc.store.door import Appended
from calc.web.record.batches import words
from calc.web.record.batches.acting import address_of, batch_of, hands_over, is_handed_over, readers_of, send, signer_of
from calc.web.record.batches.forms import CheckForm, with_fields
from calc.web.record.batches.readings import fields_of, groups_of, labels_of, values_in
from calc.web.record.batches.timeline import check_address, form_address
from calc.web.record.ground import ground
from calc.web.record.routes import Answer, route
from calc.web.record.session import current


@route(
    "/batches/<number>/check/<point>",
    Act.CHECK_BEFORE_MIXING,
    methods=("GET", "POST"),
    at_any_screen=True,
    while_locked=True,
)
def check(number: str, point: str) -> Answer:
    """Show the empty form of a point, and compare what was read."""
    state = batch_of(number)
    at = point_named(state, point)
    if at is None:
        raise Unknown(point)
    if state.point_due != point:
        return redirect(address_of(number), 303)
    if request.method == "GET" and hands_over(state):
        return handing_over(state, point)
    person = current().person
    made = with_fields(CheckForm, fields_of(state, at))
    posted = request.form if request.method == "POST" else None
    form = made(posted, meaning=meaning_of(state, Check, person.id), version=state.version, signer=signer_of(state))
    if form.signer.names:
        form.signer.names = readers_of(state, at.act)
    if posted is None:
        return _page(state, at, form)

    def done(appended: Appended) -> str:
        found = next(event for event in appended.events if event.type == "check.made")
        again = found.data["differ"] and not any(event.type == "batch.held" for event in appended.events)
        return check_address(number, point) if again else address_of(number)

    acts = [Check(point, values_in(state, at, form))]
    return send(form, at.act, number, acts, again=lambda: _page(state, at, form), done=done)


def _page(state: BatchState, point: Point, form: CheckForm) -> str:
    said = point_words(point.key)
    return render_template(
        "record/batches/check.html",
        number=state.number,
        point=point.key,
        title=said.title,
        unlocks=said.unlocks,
        why=said.why,
        about=words.ABOUT_CHECK[state.checking],
        meaning=form.meaning,
        form=form,
        groups=tuple(groups_of(state, point, form)),
        messages=form.told,
        linked=not is_handed_over(),
        differ=differ_said(state, point),
    )


@route("/batches/<number>/hand-over", Act.READ, methods=("POST",))
def hand_over(number: str) -> Answer:
    """Lock this screen, and show the empty form of the point that is due: all else asks for a secret from then on."""
    state = batch_of(number)
    if state.point_due is None:
        return redirect(address_of(number), 303)
    ground().sessions.lock(current().hash)
    return redirect(form_address(number, state.point_due), 303)


def handing_over(state: BatchState, point: str) -> str:
    """Return the page on which a screen is handed over, for a form that is not shown beside figures."""
    return render_template(
        "record/batches/hand_over.html",
        number=state.number,
        title=words.HAND_OVER_RELEASE if point == RELEASE else words.HAND_OVER,
        about=words.ABOUT_HANDING_OVER.format(name=current().person.name),
        address=address_of(state.number, "hand-over"),
        token=current().token,
    )


def differ_said(state: BatchState, point: Point) -> str:
    """Return which values of the reading before differ, by their names alone; blank if none was made."""
    before = [check for check in state.checks if check.point == point.key and check.differ and not check.void]
    if not before:
        return ""
    names = before[-1].differ
    said = words.ONE_DIFFERS if len(names) == 1 else words.SOME_DIFFER
    return said.format(count=len(names), names=labels_of(state, point, names))
