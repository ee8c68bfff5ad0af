"""The pages of one act each: made, deviation, hold, free, reject, cancel, test, dispense, return, destroy, count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request
from wtforms.fields.choices import SelectChoice

from calc.record.batch import acts, figures
from calc.record.batch.codes import CHOICES, OF_DOSE, OF_PLAN, WAYS
from calc.record.batch.finishing import missing_for_made
from calc.record.batch.points import is_recorded
from calc.record.batch.screening import at_dispensing
from calc.record.batch.state import BatchState, BatchStatus
from calc.record.batch.stock import to_dispense
from calc.record.batch.view import data_shown
from calc.record.envelope import Event
from calc.record.rights import Act, Right
from calc.record.words.meanings import meaning_of
from calc.web.forms.fields import listed
from calc.web.record.batches import act_words as said_of
from calc.web.record.batches import words
from calc.web.record.batches.acting import address_of, batch_of, may_see, send
from calc.web.record.batches.forms import (
    DeviationForm,
    DispenseForm,
    MadeForm,
    MoveForm,
    ReasonForm,
    SignedDeviationForm,
    TestForm,
    choices_of,
    shown,
    text_of,
    with_fields,
)
from calc.web.record.batches.from_paper import late_boxes, late_fields, late_in
from calc.web.record.batches.made import explained, hint, made_in, still_blank
from calc.web.record.batches.moments import day_of
from calc.web.record.batches.names import Names
from calc.web.record.batches.page import shown as read_batch
from calc.web.record.batches.screening import answers_in, boxes_in, boxes_of
from calc.web.record.forms import RecordForm, SignedForm
from calc.web.record.ground import ground
from calc.web.record.private import OVERRIDE
from calc.web.record.routes import Answer, route
from calc.web.record.session import current, here

#: What a batch fills of the lists of a form, by field.
Lists = dict[str, list[SelectChoice]]


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one act: its words, right and form, the act that is typed, and what a batch gives to it."""

    name: str
    words: said_of.ActWords
    right: Act
    form: type[RecordForm]
    kind: type[Any]
    build: Callable[[RecordForm], acts.Act]
    lists: Callable[[BatchState], Lists] = lambda _: {}
    more: Callable[[BatchState], Mapping[str, Any]] = lambda _: {}
    about: Callable[[BatchState], str] = lambda _: ""
    hint: Callable[[BatchState, RecordForm], None] = lambda _, __: None
    on_paper: bool = False  # it happens on paper while the record is down, and is written down later


def _reasons(kind: str) -> Callable[[BatchState], Lists]:
    return lambda _: {"reason": choices_of(CHOICES[kind])}


def _units(state: BatchState) -> list[SelectChoice]:
    unit = "mL" if state.is_liquid else "capsules"
    return listed([(unit, unit)])


def _moves(kind: str) -> Callable[[BatchState], Lists]:
    ways = choices_of(WAYS) if kind == "destroyed" else listed([("", words.NO_WAY)])
    return lambda state: {"reason": choices_of(CHOICES[kind]), "unit": _units(state), "way": ways}


def _reason_of(act: Callable[[str, str], acts.Act]) -> Callable[[RecordForm], acts.Act]:
    return lambda form: act(text_of(form, "reason"), text_of(form, "text"))


def _move_of(kind: str) -> Callable[[RecordForm], acts.Act]:
    names = ("amount", "unit", "way", "witness", "reason", "text")
    return lambda form: acts.Move(kind, *(text_of(form, name) for name in names))


def _test(form: RecordForm) -> acts.Act:
    return acts.RecordTest(*(text_of(form, name) for name in ("what", "laboratory", "found", "passes", "text")))


def _dispense(form: RecordForm) -> acts.Act:
    amount, unit, containers, reference = (
        text_of(form, name) for name in ("amount", "unit", "containers", "reference")
    )
    return acts.Dispense(amount, unit, containers, reference, answers_in(form), text_of(form, OVERRIDE))


def _questions(state: BatchState) -> Mapping[str, Any]:
    return boxes_of(at_dispensing(state, ground().library))


def _to_dispense(state: BatchState) -> str:
    there = to_dispense(state)
    if there is None or state.status is not BatchStatus.RELEASED or not may_see(state):
        return ""
    return said_of.TO_DISPENSE.format(amount=figures.written(there), until=day_of(state.use_until or ""))


def _move(name: str, said: said_of.ActWords, kind: str) -> Page:
    return Page(name, said, Act.GIVE_BACK, MoveForm, acts.Move, _move_of(kind), _moves(kind), on_paper=True)


PAGES = (
    Page(
        "made",
        said_of.MADE,
        Act.SIGN_MADE,
        MadeForm,
        acts.Make,
        made_in,
        lambda state: {"unit": _units(state)},
        explained,
        still_blank,
        hint,
        on_paper=True,
    ),
    Page("hold", said_of.HOLD, Act.SIGN_DEVIATION, ReasonForm, acts.Hold, _reason_of(acts.Hold), _reasons("hold")),
    Page("free", said_of.FREE, Act.SIGN_DEVIATION, ReasonForm, acts.Free, _reason_of(acts.Free), _reasons("free")),
    Page("reject", said_of.REJECT, Act.RELEASE, ReasonForm, acts.Reject, _reason_of(acts.Reject), _reasons("reject")),
    Page("cancel", said_of.CANCEL, Act.CANCEL, ReasonForm, acts.Cancel, _reason_of(acts.Cancel), _reasons("cancel")),
    Page("test", said_of.TEST, Act.SIGN_DEVIATION, TestForm, acts.RecordTest, _test),
    Page(
        "dispense",
        said_of.DISPENSE,
        Act.DISPENSE,
        DispenseForm,
        acts.Dispense,
        _dispense,
        lambda state: {"unit": _units(state)},
        _questions,
        _to_dispense,
        on_paper=True,
    ),
    _move("return", said_of.RETURN, "returned"),
    _move("destroy", said_of.DESTROY, "destroyed"),
    _move("count", said_of.COUNT, "counted"),
)


def _add(page: Page) -> None:
    """Add the route of a page; whoever signs is asked for her own right, so it stands on any screen."""

    def view(number: str) -> Answer:
        return answer(page, number)

    view.__name__ = f"batch_{page.name}"
    signed = issubclass(page.form, SignedForm)
    address = f"/batches/<number>/{page.name}"
    route(address, page.right, methods=("GET", "POST"), at_any_screen=signed, signed=signed)(view)


for each in PAGES:
    _add(each)


def answer(page: Page, number: str) -> Answer:
    """Show the form of an act, and do it."""
    state, posted = batch_of(number), request.form if request.method == "POST" else None
    meaning = meaning_of(state, page.kind, current().person.id) if issubclass(page.form, SignedForm) else ""
    if page.name == "made" and posted is None and missing_for_made(state):
        return redirect(address_of(number), 303)
    fields = {**page.more(state), **(late_fields() if page.on_paper else {})}
    form = made(with_fields(page.form, fields), posted, state, meaning, page.lists(state))

    def again() -> str:
        page.hint(state, form)
        said = page.words._replace(about=page.about(state) or page.words.about)
        return rendered(state, form, said, address_of(number, page.name), meaning)

    if posted is None:
        return again()
    return send(form, page.right, number, [page.build(form)], again=again, late=late_in(form))


def made(
    kind: type[RecordForm],
    posted: Any,
    state: BatchState,
    meaning: str,
    lists: Lists,
) -> RecordForm:
    """Return the form of an act with the lists that its batch fills."""
    more = {"meaning": meaning} if issubclass(kind, SignedForm) else {}
    form = kind(posted, version=state.version, **more)
    for name, choices in lists.items():
        form[name].choices = choices
        if len(choices) == 1 or (posted is None and form[name].data is None):
            form[name].data = choices[0].value
        if name == "unit" and len(choices) == 1:
            for amount in {"made", "amount"} & form.data.keys():
                form[amount].description = words.IN_UNIT.format(unit=choices[0].label)
    return form


def rendered(state: BatchState, form: RecordForm, said: said_of.ActWords, address: str, meaning: str) -> str:
    """Return the page of an act."""
    questions, late = boxes_in(form), late_boxes(form)
    return render_template(
        "record/batches/act.html",
        number=state.number,
        title=said.title,
        about=said.about,
        button=said.button,
        happens=said.happens,
        address=address,
        meaning=meaning,
        form=form,
        shown=[field for field in shown(form) if field not in questions and field not in late],
        questions=questions,
        late=late,
        messages=form.told,
    )


@route("/batches/<number>/deviation", Act.DRAFT_DEVIATION, methods=("GET", "POST"), at_any_screen=True, signed=True)
def deviation(number: str) -> Answer:
    """Record a deviation: signed by a pharmacist, or as a draft that waits for one.

    With `signs` in the address it is the draft of that entry which is signed.
    """
    seen, posted = read_batch(number), request.form if request.method == "POST" else None
    state = seen.state
    signs = request.args.get("signs", "")
    signed = bool(posted.get("secret")) if posted is not None else _signs()
    kind = SignedDeviationForm if signed else DeviationForm
    meaning = meaning_of(state, acts.Deviate, current().person.id)
    draft = next((event for event in state.deviations if str(event.seq) == signs), None)
    form = made(kind, posted, state, meaning, {"step": _steps(state, seen.names, draft)})
    if posted is None:
        form["step"].data = request.args.get("step", "") or (draft.data["step"] if draft is not None else "")
        if draft is not None:
            told = data_shown(state, draft, current().person.id)
            form["reason"].data, form["text"].data = told["reason"], told.get("text", "")
    address = address_of(number, f"deviation?signs={signs}" if draft is not None else "deviation")

    def again() -> str:
        said = said_of.DEVIATION if isinstance(form, SignedForm) else said_of.DRAFT
        if draft is not None and not may_see(state):
            said = said._replace(about=said_of.DRAFT_HIDDEN)
        return rendered(state, form, said, address, meaning if isinstance(form, SignedForm) else "")

    if posted is None:
        return again()
    step, reason, text = (text_of(form, name) for name in ("step", "reason", "text"))
    act = acts.Deviate(step, reason, text, draft.seq if draft is not None else None)
    right = Act.SIGN_DEVIATION if isinstance(form, SignedForm) else Act.DRAFT_DEVIATION
    return send(form, right, number, [act], again=again)


def _signs() -> bool:
    """Return True if who is at the screen signs deviations."""
    return here().site.settings.right(current().person.role, Act.SIGN_DEVIATION) is not Right.NO


def _steps(state: BatchState, names: Names, draft: Event | None) -> list[SelectChoice]:
    """Return where a deviation can be: at a step, at the dose by what was weighed, at figures of another version.

    A draft is signed where it was written, also if the work has no such step any more.
    """
    said = names if may_see(state) else Names.without_figures(state.source)
    steps = [
        (target.step, said.step(target.step))
        for target in state.targets
        if target.wants != "tick" and is_recorded(state, target)
    ]
    if draft is not None and draft.data["step"] not in {OF_DOSE, OF_PLAN, *(step for step, _ in steps)}:
        steps.append((draft.data["step"], said.step(draft.data["step"])))
    return listed([("", words.CHOOSE), (OF_DOSE, words.OF_DOSE), (OF_PLAN, words.OF_PLAN), *steps])
