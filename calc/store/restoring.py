"""A record made anew from a copy: its numbers go on above all that was ever given."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import select

from calc.record.chain import Head
from calc.record.envelope import By, Draft
from calc.record.rights import Role
from calc.record.stamp import Moment, Stamp
from calc.record.streams import BATCH_STREAM, SITE
from calc.store.copying import replicate
from calc.store.door import RESTORED, WITNESS, Appended, Decided, Store
from calc.store.reading import Reading
from calc.store.sqlite import FILE
from calc.store.tables import EVENT
from calc.store.upkeep import make, upgrade
from calc.store.verify import verify
from calc.store.witness import Line, Witness

#: Who writes for a command: the program itself, signing nothing.
COMMAND = By("triturate", "triturate", Role.SYSTEM.value)
_END = f"{BATCH_STREAM[:-1]};"


class Restored(NamedTuple):
    """The head that the copy had, what the witness had seen last, and the number that new ones go above."""

    head: Head
    witness: Head
    number: str


def restore(
    source: Path, folder: Path, *, now: Callable[[], Moment], witness: Path | None = None, above: str = ""
) -> Restored | None:
    """Make a record in a folder from a copy; None where there is one already.

    The witness that is there is kept beside, and a new one begins. `above` is the highest number of a batch on paper.
    Raises `Bad` for a copy that is not as it was written.
    """
    verify(source)
    seen = Witness(witness or folder / WITNESS)
    last = (seen.last() if seen.exists() else None) or Line(Head())
    if not make(folder, witness):
        return None
    head = replicate(source, folder / FILE)
    upgrade(folder)
    store = Store.open(folder, now=now, witness=witness)
    try:
        with store.connection() as connection:
            streams = select(EVENT.c.stream).where(EVENT.c.stream > BATCH_STREAM, EVENT.c.stream < _END)
            highest = connection.execute(streams.order_by(EVENT.c.stream.desc()).limit(1)).scalar() or ""
        number = max(above, last.number, highest.removeprefix(BATCH_STREAM))
        store.number = number
        data = {"upto": head.seq, "hash": head.hash, "witness": last.head.seq, "seen": last.head.hash, "number": number}
        commanded(store, Draft(SITE, RESTORED, data))
    finally:
        store.close()
    return Restored(head, last.head, number)


def commanded(store: Store, draft: Draft) -> Appended:
    """Write an event that a command of the program asks for."""
    return decided_by_command(store, lambda _: Decided([draft]))


def decided_by_command(store: Store, decide: Callable[[Reading], Decided]) -> Appended:
    """Write what a command of the program asks for, decided inside the door."""
    request = str(uuid4())
    stamp = Stamp(COMMAND, "", "command line", request, hashlib.sha256(request.encode()).hexdigest())
    return store.append(stamp, decide)
