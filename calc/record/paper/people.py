"""Who and when, as a record prints them: name, role and license of that day, the local date and time."""

from __future__ import annotations

from calc.record.chain import Head
from calc.record.envelope import By, Event
from calc.record.rights import Role
from calc.record.stamp import local
from calc.record.words import paper as words


def who(by: By) -> str:
    """Return a person as a record names her: with the role and the license of that day.

    >>> who(By("p1", "Compounder One", "compounder", "C 1"))
    'Compounder One, compounder, license C 1'
    """
    said = words.WHO.format(name=by.name, role=words.ROLES[Role(by.role)])
    return said + words.LICENSE.format(license=by.license) if by.license else said


def when(event: Event) -> str:
    """Return when an event was written, and when it was done if it was written down later."""
    at = local(event.at, event.zone)
    if event.late is None:
        return at
    return f"{at}, {words.LATE.format(done_at=event.late.done_at, reason=event.late.reason)}"


def by_and_when(event: Event) -> str:
    """Return the name of a person and the moment, in short, for a column of a table."""
    return f"{event.by.name}, {when(event)}"


def brief(event: Event, day: str) -> str:
    """Return the name of a person and the time, for a narrow column: the date too if it is not `day`."""
    at = when(event)
    return f"{event.by.name} {at.removeprefix(day).strip()}"


def short(hash_of_event: str) -> str:
    """Return the first sixteen characters of a hash in fours."""
    return Head(0, hash_of_event).short


def said_at(head: Head) -> str:
    """Return up to which event a paper was printed, with the hash of that event.

    >>> said_at(Head(3, "0123456789abcdef" * 4))
    'Record to entry 3, head 0123 4567 89AB CDEF'
    """
    return words.HEAD.format(seq=head.seq, head=head.short)


def on_label(head: Head) -> str:
    """Return the head as a label has room for it: as much of the hash as `verify-log --head` asks for.

    >>> on_label(Head(3, "0123456789abcdef" * 4))
    '3:0123 4567'
    """
    return f"{head.seq}:{head.short[:9]}"


def anchor(head: Head) -> str:
    """Return the head that a paper bears as an event keeps it, and as `verify-log --head` takes it.

    >>> anchor(Head(3, "0123456789abcdef" * 4))
    '3:0123456789ABCDEF'
    """
    return f"{head.seq}:{head.hash[:16].upper()}"
