"""How the view tables follow the events: in the transaction that writes them, and for a whole stream once more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from calc.arithmetic.units import CAPSULE, ML, Figure
from calc.record.batch.state import SELF_CHECK, TWO_PERSONS, BatchState
from calc.record.envelope import Event
from calc.store.view_tables import BATCH, BATCH_CHECK, BATCH_PERSON, LOG

MAKER, CHECKER, SAW = "maker", "checker", "saw"
#: Microliters in a milliliter: what there is of a liquid is kept in whole ones.
_IN_ML = 1_000


class Change(NamedTuple):
    """A batch before and after what was written in one transaction, with the sequence of its last event."""

    before: BatchState | None
    after: BatchState
    seq: int


def note(connection: Connection, events: Iterable[Event], changes: Iterable[Change]) -> None:
    """Write what the view tables say of new events. The keys refuse what two acts may not both do."""
    rows = [logged(event) for event in events]
    if rows:
        connection.execute(insert(LOG), rows)
    for change in changes:
        note_batch(connection, change)


def logged(event: Event) -> dict[str, object]:
    """Return the row of the log of an event."""
    return {"seq": event.seq, "type": event.type, "day": event.day, "person": event.by.person}


def note_batch(connection: Connection, change: Change) -> None:
    """Write what the view tables say of a batch."""
    before, after = change.before, change.after
    number, row = after.number, batch_row(after, change.seq)
    standing = dict(_checks(after))
    gone = {} if before is None else dict(_checks(before).items() - standing.items())
    if gone:
        of_batch = BATCH_CHECK.c.batch == number
        connection.execute(delete(BATCH_CHECK).where(of_batch, BATCH_CHECK.c.point.in_(gone)))
    if before is None:
        connection.execute(insert(BATCH), row)
    else:
        connection.execute(update(BATCH).where(BATCH.c.number == number), row)
    _note_people(connection, before, after)
    new = standing.items() - (set() if before is None else _checks(before).items())
    part = MAKER if after.checking == SELF_CHECK else CHECKER
    for point, person in sorted(new):
        check = {"batch": number, "point": point, "checking": after.checking, "person": person, "part": part}
        connection.execute(insert(BATCH_CHECK), check)


def batch_row(state: BatchState, seq: int) -> dict[str, object]:
    """Return the row of a batch in its view table."""
    drug = state.order.get("drug", "")
    return {
        "number": state.number,
        "checking": state.checking,
        "state": state.status.value,
        "day": state.opened_on,
        "drug": drug if isinstance(drug, str) else drug["name"],
        "preparation": state.preparation,
        "due": state.point_due,
        "use_until": state.use_until,
        "on_hand": None if state.on_hand is None else whole(state.on_hand),
        "version": state.version,
        "seq": seq,
    }


def whole(amount: Figure) -> int:
    """Return an amount in whole capsules or microliters, since a database has no exact fractions.

    >>> from calc.arithmetic.units import figure
    >>> whole(figure("4.5", ML)), whole(figure("30", CAPSULE))
    (4500, 30)
    """
    if amount.unit is CAPSULE:
        return int(amount.value)
    return int(amount.to(ML).value * _IN_ML)


def _checks(state: BatchState) -> Mapping[str, str]:
    """Return who made the check that counts, by its point: of a batch by two persons, or by the maker of another."""
    found = {check.point: check.by.person for check in state.checks if not check.differ and not check.void}
    if state.checking == TWO_PERSONS:
        return found
    return {point: person for point, person in found.items() if person in state.makers}


def _note_people(connection: Connection, before: BatchState | None, after: BatchState) -> None:
    """Write who has which part: who saw the figures may still make the batch, and that is all that may change."""
    old = BatchState(after.number) if before is None else before
    rows = select(BATCH_PERSON.c.person, BATCH_PERSON.c.part).where(BATCH_PERSON.c.batch == after.number)
    parts = {row.person: row.part for row in connection.execute(rows)}
    for person in sorted(after.makers - old.makers):
        if parts.get(person) == SAW:
            key = (BATCH_PERSON.c.batch == after.number, BATCH_PERSON.c.person == person)
            connection.execute(update(BATCH_PERSON).where(*key), {"part": MAKER})
        elif parts.get(person) != MAKER:
            _add(connection, after.number, person, MAKER)
        parts[person] = MAKER
    for person in sorted(after.checkers - old.checkers):
        if parts.get(person) != CHECKER:
            _add(connection, after.number, person, CHECKER)
        parts[person] = CHECKER
    for person in sorted(after.saw - old.saw - parts.keys()):
        _add(connection, after.number, person, SAW)


def _add(connection: Connection, number: str, person: str, part: str) -> None:
    connection.execute(insert(BATCH_PERSON), {"batch": number, "person": person, "part": part})
