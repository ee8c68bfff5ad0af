"""A record made anew from a copy: its numbers go on above all that was ever given."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from calc.record.chain import Head
from calc.record.envelope import Draft
from calc.record.stamp import Moment
from calc.record.streams import SITE
from calc.store.commanding import commanded
from calc.store.copying import replicate
from calc.store.disk import sync_folder
from calc.store.door import Store
from calc.store.opening import APART, RESTORED, gap_between, refuse_network_drive
from calc.store.sqlite import FILE
from calc.store.upkeep import has_tables, make, upgrade
from calc.store.verify import verify
from calc.store.witness import Line, Witness, witness_of


class Restored(NamedTuple):
    """The head that the copy had, what the witness had seen last, and the number that new ones go above.

    `gap` is True where the witness had seen what is not in the copy, `told` where it was told what was restored.
    """

    head: Head
    witness: Head
    number: str
    gap: bool
    told: bool = True


def restore(
    source: Path, folder: Path, *, now: Callable[[], Moment], witness: Path | None = None, above: str = ""
) -> Restored | None:
    """Make a record in a folder from a copy; None where there is one already.

    A run that was ended early leaves no record there, and is begun again. Where the witness saw more than the copy has,
    it is kept beside, and a new one begins. `above` is the highest number of a batch on paper. Raises `Bad` for a copy
    that is not as it was written, `OSError` where the witness cannot be written.
    """
    verify(source)
    path, seen = folder / FILE, witness_of(folder, witness)
    if has_tables(path):
        return None
    last = (seen.last() if seen.exists() else None) or Line(Head())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_network_drive(folder)
    if not seen.exists():
        seen.begin(Line(Head()))
    with _apart(folder) as apart:
        handle = seen.opened()
        try:
            done, head = _made(source, apart, now, last, above)
            os.replace(apart / FILE, path)
            sync_folder(folder)
            with suppress(OSError):
                _tell(seen, handle, Line(head, done.number), gap=done.gap)
                return done
        finally:
            os.close(handle)
    return done._replace(told=False)


def _made(source: Path, apart: Path, now: Callable[[], Moment], last: Line, above: str) -> tuple[Restored, Head]:
    """Make a record in an empty folder from a copy, with the event that says so, and return its head."""
    make(apart)
    head = replicate(source, apart / FILE)
    upgrade(apart)
    with closing(Store.open(apart, now=now)) as store:
        with store.reading() as reading:
            number = max(above, last.number, reading.highest_number())
        with store.connection() as connection:
            gap = gap_between(connection, last) is not None
        data = {"upto": head.seq, "hash": head.hash, "witness": last.head.seq, "seen": last.head.hash, "number": number}
        written = commanded(store, Draft(SITE, RESTORED, data)).head
    return Restored(head, last.head, number, gap), written


def _tell(witness: Witness, handle: int, line: Line, *, gap: bool) -> None:
    """Tell the witness the head of a record that was restored, or begin a new one where it saw what is lost."""
    if gap:
        witness.set_aside()
        witness.begin(line)
    else:
        witness.add(handle, line)


@contextmanager
def _apart(folder: Path) -> Iterator[Path]:
    """Yield an empty folder in a folder, and remove it afterwards."""
    apart = folder / APART
    shutil.rmtree(apart, ignore_errors=True)
    apart.mkdir(mode=0o700)
    try:
        yield apart
    finally:
        shutil.rmtree(apart, ignore_errors=True)
