"""Removing what is kept beside the chain: references of dispensings and answers, once nobody needs them any more."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam

from calc.record.envelope import Draft
from calc.record.streams import SITE
from calc.store.commanding import decided_by_command
from calc.store.committing import Decided
from calc.store.door import Store
from calc.store.reading import Reading
from calc.store.tables import REFERENCE

REMOVED = "references.removed"


def remove_references(store: Store, before: str) -> int:
    """Delete salt and text of all that was kept before a day; the digests stay in their events. Return how many.

    The event that says so is written with them, or neither. Raises `NotSaved`.
    """

    def decide(reading: Reading) -> Decided:
        digests = reading.kept_beside(before=before)
        draft = Draft(SITE, REMOVED, {"before": before, "number": len(digests)})
        return Decided([draft], also=[lambda connection: _delete(connection, digests)])

    (event,) = decided_by_command(store, decide).events
    return int(event.data["number"])


def _delete(connection: Connection, digests: list[str]) -> None:
    if digests:
        one = REFERENCE.delete().where(REFERENCE.c.digest == bindparam("removed"))
        connection.execute(one, [{"removed": digest} for digest in digests])
