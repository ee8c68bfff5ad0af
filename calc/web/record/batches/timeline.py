"""Where a batch stands: its line from opened to released, what comes next, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from calc.record.batch.points import RELEASE
from calc.record.batch.state import BatchState, BatchStatus, CheckMade
from calc.record.envelope import Event
from calc.record.words.readings import lower_first, point_words, upper_first
from calc.web.record.batches.acting import address_of
from calc.web.record.batches.from_paper import done_when
from calc.web.record.batches.moments import time_of


class Mark(NamedTuple):
    """One mark on the line: its state ("done", "now", "wait", "halt" or "" for later), its title and what is said."""

    state: str
    title: str
    said: tuple[str, ...]


class Next(NamedTuple):
    """What comes next: its kind ("", "wait" or "stop"), its icon, a title and a sentence, and where it is done."""

    kind: str
    icon: str
    title: str
    text: str
    address: str = "#form"


class Action(NamedTuple):
    """Something that can be done, with its page; `filled` is what is done next, `posts` what a button does at once."""

    name: str
    address: str
    filled: bool = False
    posts: bool = False


NOT_YET, NEVER = "Not yet", "Not done"
_HALTED = {BatchStatus.HELD: "Held", BatchStatus.REJECTED: "Rejected", BatchStatus.CANCELLED: "Canceled"}


def line_of(state: BatchState, events: Sequence[Event]) -> tuple[Mark, ...]:
    """Return the four marks of a batch: opened, checked, made, released."""
    halted = _HALTED.get(state.status)
    opened = next(event for event in events if event.type == "batch.opened")
    checks = [check for check in state.checks if check.matched and check.point != RELEASE]
    due = state.point_due
    is_open = state.status is BatchStatus.OPEN
    made, released = state.made_as if state.made is not None else None, state.released
    over = made is not None
    later = NEVER if state.last_lock else NOT_YET
    marks = [
        Mark("now" if is_open else "done", "Open", (_who(opened),)),
        _checked(checks, due if state.status is BatchStatus.DUE else None, later, over=over),
        Mark("done" if made else "", "Made", (_who(made),) if made else (later,)),
    ]
    if released is not None:
        marks.append(Mark("done", "Released", (_who(released),)))
    else:
        who = "Whoever made it checks it" if state.self_checked else "A pharmacist who did not make it"
        text = later if state.last_lock else f"{later}. {who}"
        marks.append(Mark("wait" if state.status is BatchStatus.MADE else "", "Release", (text,)))
    if halted:
        place = 3 if over else 1
        last = marks[place]
        reason = state.held_because if state.status is BatchStatus.HELD else ""
        said = tuple(text for text in last.said if not text.startswith(later))
        marks[place] = Mark("halt", halted, (*((upper_first(reason),) if reason else ()), *said))
    return tuple(marks)


def _checked(checks: Sequence[CheckMade], due: str | None, later: str, *, over: bool) -> Mark:
    said = tuple(f"{point_words(check.point).title}: matched {time_of(check.at)}, {check.by.name}" for check in checks)
    if due is not None:
        return Mark("wait", "Due for a check", (*said, point_words(due).title))
    return Mark("done" if over else "", "Checks", said or (later,))


def _who(event: Event) -> str:
    return f"{done_when(event)}, {event.by.name}"


def next_of(state: BatchState, missing: Sequence[str], person: str) -> Next:
    """Return what comes next in a batch; `missing` names what the next check, or the signing of "made", waits for."""
    due = state.point_due
    if state.status is BatchStatus.HELD:
        if state.mismatch is not None:
            text = "The second reading differs, too. A pharmacist who did not make it looks at both."
            seen = address_of(state.number, "difference") if may_look(state, person) else "#answer"
            return Next("stop", "octagon", "Held.", text, seen)
        return Next("stop", "octagon", "Held.", "A pharmacist frees or rejects it.", "#answer")
    if due is not None and due != RELEASE:
        words = point_words(due)
        text = "The second person types what they read, without seeing the figures."
        if state.self_checked:
            text = "Read each thing again yourself, on an empty form."
        if state.tries(due):
            text = "Values differ: all are read again, once."
        return Next("wait", "clock", f"Next: {lower_first(words.title)}.", text, check_address(state.number, due))
    if state.status is BatchStatus.MADE:
        text = "A pharmacist reads tray and label, and goes through the record."
        return Next("wait", "clock", "Next: release.", text, address_of(state.number, "release"))
    if state.status is BatchStatus.OPEN:
        text = f"Still to be recorded: {', '.join(missing)}." if missing else "Record each step beside its target."
        return Next("", "arrow", "At the bench.", text)
    if state.status is BatchStatus.RELEASED:
        return Next("", "tick", "Released.", "It can be dispensed until its date.", "#answer")
    said = {
        BatchStatus.REJECTED: "Nothing of it is dispensed. What is left is destroyed.",
        BatchStatus.CANCELLED: "It was not made.",
    }
    title = {BatchStatus.REJECTED: "Rejected.", BatchStatus.CANCELLED: "Canceled."}.get(state.status, "Used up.")
    kind = "stop" if state.status is BatchStatus.REJECTED else ""
    return Next(
        kind, "octagon" if kind else "tick", title, said.get(state.status, "Nothing of it is on hand."), "#answer"
    )


def may_look(state: BatchState, person: str) -> bool:
    """Return True if a person may look into two readings that differ: no maker, but who checks alone."""
    return person not in state.makers or state.self_checked


def form_address(number: str, point: str) -> str:
    """Return the address of the form in which a point is read: that of the release is read with the release."""
    return address_of(number, "release") if point == RELEASE else check_address(number, point)


def check_address(number: str, point: str) -> str:
    """Return the address of the blind form of a point."""
    return address_of(number, f"check/{point}")


def actions_of(
    state: BatchState, person: str, *, writes: bool, ready: bool, reads: bool = False, off: Sequence[str] = ()
) -> Iterator[Action]:
    """Yield what a person can do with a batch, the next first; `ready` is True once it can be signed as made.

    `reads` is True for who may read references; `off` are the steps whose deviation the batch waits for.
    """
    number, status, due = state.number, state.status, state.point_due
    handed = not state.self_checked and person in state.makers | state.saw

    def to(page: str, name: str, *, filled: bool = False) -> Action:
        return Action(name, address_of(number, page), filled)

    if writes:
        if due is not None and due != RELEASE:
            if handed:
                yield Action("Hand over for the check", address_of(number, "hand-over"), filled=True, posts=True)
            else:
                yield Action(point_words(due).title, check_address(number, due), filled=True)
        if status in (BatchStatus.OPEN, BatchStatus.DUE):
            if ready:
                yield to("made", "Sign as made", filled=True)
            if off:
                yield to(f"deviation?step={off[0]}", "Record the deviation", filled=True)
            else:
                yield to("deviation", "Record a deviation")
            yield to("hold", "Hold the batch")
            yield to("cancel", "Cancel the batch")
        if status is BatchStatus.MADE:
            if handed:
                yield Action("Hand over for the release", address_of(number, "hand-over"), filled=True, posts=True)
            else:
                yield to("release", "Release the batch", filled=True)
            yield to("test", "Record a test")
            yield to("hold", "Hold the batch")
            yield to("reject", "Reject the batch")
        if status is BatchStatus.RELEASED:
            yield to("dispense", "Dispense", filled=True)
        if status is BatchStatus.HELD:
            if state.mismatch is not None:
                if may_look(state, person):
                    yield to("difference", "Look into the difference", filled=True)
            else:
                yield to("free", "Take out of hold", filled=True)
            yield to("test", "Record a test")
            yield to("deviation", "Record a deviation")
            yield to("reject", "Reject the batch")
        if state.is_made and status not in (BatchStatus.OPEN, BatchStatus.DUE, BatchStatus.MADE):
            yield to("return", "Take back")
            yield to("destroy", "Destroy")
            yield to("count", "Count")
        if status in (BatchStatus.RELEASED, BatchStatus.EXHAUSTED, BatchStatus.REJECTED):
            yield to("test", "Record a test")
        if status is BatchStatus.RELEASED:
            yield to("hold", "Hold the batch")
        if status in (BatchStatus.HELD, BatchStatus.REJECTED, BatchStatus.MADE) and state.out:
            yield to("dispense", "Enter a dispensing from paper")
    yield to("papers", "Papers")
    if reads and (state.released or state.moves):
        yield to("references", "References and answers")
