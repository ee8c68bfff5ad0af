"""How a page finds its batch, and how an act on it is sent to the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from secrets import token_hex

from werkzeug.wrappers import Response

from calc.record.batch.acts import Act as BatchAct
from calc.record.batch.decide import decide_all
from calc.record.batch.state import BatchState
from calc.record.batch.view import is_hidden
from calc.record.envelope import Late, Signed
from calc.record.refusals import Problem, Unknown
from calc.record.rights import Act, Right
from calc.record.stamp import Stamp
from calc.record.streams import BATCH_STREAM, NUMBER, of_batch
from calc.record.words import said
from calc.store.door import Appended, Decided
from calc.store.reading import Reading
from calc.web.record.batches.moments import moment_of
from calc.web.record.batches.titles import TITLES
from calc.web.record.forms import RecordForm
from calc.web.record.ground import ground
from calc.web.record.session import current, here
from calc.web.record.writing import Decide, write


def address_of(number: str, page: str = "") -> str:
    """Return the address of a batch, or of one of its pages."""
    return f"/record/batches/{number}{page and '/'}{page}"


def batch_of(number: str) -> BatchState:
    """Return a batch; raises `Unknown`, which is answered with 404."""
    with ground().store.reading() as reading:
        return batch_in(reading, number)


def batch_in(reading: Reading, number: str) -> BatchState:
    """Return a batch; raises `Unknown`."""
    if not NUMBER.fullmatch(number):
        raise Unknown(number)
    return reading.batch(number)


def deciding(number: str, *acts: BatchAct, late: Late | None = None) -> Decide:
    """Return what the door calls to decide one act on a batch, or several as one: all of them or none.

    `late` says when they were done, if they are written down later.
    """

    def decided(reading: Reading, stamp: Stamp, signed: Signed | None) -> Decided:
        state = batch_in(reading, number)
        more = {"signed": signed, "settings": reading.site().settings, "salt": token_hex(16), "late": late}
        elsewhere = partial(_was_elsewhere, reading, state, stamp.by.person)
        moment, library = reading.moment(), ground().library
        found = decide_all(state, acts, stamp, moment, library, elsewhere=elsewhere, **more)
        return Decided(found.drafts, found.documents, found.references)

    return decided


def _was_elsewhere(reading: Reading, state: BatchState, person: str) -> bool:
    """Return True if a person who made a batch alone did something with another one since she signed it as made."""
    if state.made_as is None:
        return False
    since = reading.log(after=state.made_as.seq, person=person)
    return any(event.stream.startswith(BATCH_STREAM) and event.stream != of_batch(state.number) for event in since)


def send(
    form: RecordForm,
    act: Act,
    number: str,
    acts: Sequence[BatchAct],
    *,
    again: Callable[[], str],
    done: Callable[[Appended], str] | None = None,
    late: Late | None = None,
) -> Response:
    """Write acts on a batch; then show the batch, or the page again with what was typed and why it was not written."""

    def page() -> str:
        _tell_since(form, number)
        return again()

    to_batch = done or (lambda _: address_of(number))
    return write(form, act, of_batch(number), deciding(number, *acts, late=late), again=page, done=to_batch)


def _tell_since(form: RecordForm, number: str) -> None:
    """Say who recorded what since the page was made, if it was refused for that; what was typed can be sent again."""
    seen = form.version.data or ""
    if said(Problem("conflict")) not in {each["text"] for each in form.told} or not seen.isdecimal():
        return
    with ground().store.reading() as reading:
        events = reading.events(of_batch(number), after=int(seen))
        version = reading.version(of_batch(number))
    done = (event for event in events if event.type != "batch.planned")  # which nobody does
    lines = (f"{moment_of(event.at)}, {event.by.name}: {TITLES[event.type]}." for event in done)
    form.refuse([("", line) for line in lines])
    form.version.data = str(version)


def signer_of(state: BatchState) -> str:
    """Return the name that a check is offered to be signed by: nobody's where who is signed in made the batch."""
    person = current().person
    return "" if person.id in state.makers and not state.self_checked else person.name


def is_handed_over() -> bool:
    """Return True on a screen that was handed over: it is locked, and shows nothing but an empty form."""
    return not current().may_act


def hands_over(state: BatchState) -> bool:
    """Return True if this screen shows figures to somebody who cannot read the batch, and is handed over before."""
    knows = current().person.id in state.makers | state.saw
    return knows and not state.self_checked and not is_handed_over()


def readers_of(state: BatchState, act: Act) -> tuple[str, ...]:
    """Return who is offered to sign what was read: whoever may, and has neither made the batch nor seen its figures."""
    away = frozenset() if state.self_checked else state.makers | state.saw
    right = here().site.settings.right
    people = here().people.values()
    return tuple(
        each.name
        for each in people
        if not each.closed and each.id not in away and right(each.role, act) is not Right.NO
    )


def may(act: Act) -> bool:
    """Return True if the role at this screen may do an act, signed or not."""
    return here().site.settings.right(current().person.role, act) is not Right.NO


def may_see(state: BatchState) -> bool:
    """Return True if who is signed in may see the figures of a batch."""
    return not is_hidden(state, current().person.id)
